"""Variational autoencoders exchanged with vae-tf on the JVM, as SavedModels of one contract.

``load`` opens a model that either side wrote, ``save`` writes a Keras encoder and decoder so that
either side can open it. NumPy in, NumPy out; TensorFlow is imported only when one of them is
called. ``read_run`` and ``read_runs`` read what trainings leave, into pandas.
"""

from vaetf.classes import Classes
from vaetf.contract import ContractError
from vaetf.reader import Vae, load
from vaetf.runs import Run, RunError, read_evaluation, read_run, read_runs
from vaetf.scaling import Scaling
from vaetf.version import __version__
from vaetf.writer import save

__all__ = [
    "Classes",
    "ContractError",
    "Run",
    "RunError",
    "Scaling",
    "Vae",
    "__version__",
    "load",
    "read_evaluation",
    "read_run",
    "read_runs",
    "save",
]
