"""Golden bytes and numbers for TensorBoard's event files.

    python tools/golden/events.py

``records``: what TensorFlow's own writer makes of ``data``, both in hexadecimal; ``crc32c``: the
check value of RFC 3720 (B.4 and the usual "123456789") masked as TensorFlow does; ``histograms``:
left edge, right edge and count of 30 intervals, by TensorBoard's own ``histogram_pb``.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf  # noqa: E402
from tensorboard.plugins.histogram.summary_v2 import histogram_pb  # noqa: E402
from tensorboard.util.tensor_util import make_ndarray  # noqa: E402

from golden import exact, write  # noqa: E402

DATA = [b"", b"a", b"123456789", bytes(range(256)), "z = μ + σ ε".encode()]

# CRC-32C of 32 bytes of zeros, of 32 bytes of ones (RFC 3720, B.4), and of "123456789".
CHECKS = [(bytes(32), 0x8A9136AA), (b"\xff" * 32, 0x62A8AB43), (b"123456789", 0xE3069283)]


def record(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record"
        with tf.io.TFRecordWriter(str(file)) as writer:
            writer.write(data)
        return file.read_bytes()


def masked(crc: int) -> int:
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def histogram(values: np.ndarray) -> np.ndarray:
    return make_ndarray(histogram_pb("tag", values).value[0].tensor)


def main() -> None:
    random = np.random.default_rng(1)
    samples = {
        "normal": exact(random.normal(size=100)),
        "two": exact([-1.5, 2.25]),
        "same": exact([0.75] * 5),
        "edges": exact(np.arange(31.0)),
    }
    write(
        __file__,
        {
            "records": [{"data": one.hex(), "record": record(one).hex()} for one in DATA],
            "crc32c": [{"data": data.hex(), "masked": masked(crc)} for data, crc in CHECKS],
            "histograms": {
                name: {"values": values, "rows": histogram(values)}
                for name, values in samples.items()
            },
        },
    )


if __name__ == "__main__":
    main()
