"""TensorFlow, imported late: whoever needs it does ``from vaetf.backend import tf``."""

try:
    import tensorflow as tf
except ImportError as missing:
    raise ImportError(
        "vaetf needs TensorFlow, which is not installed; install tensorflow or tensorflow-cpu"
    ) from missing

__all__ = ["tf"]
