"""``python -m vaetf info PATH`` prints a model's manifest. Needs no TensorFlow."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from vaetf.contract import ContractError
from vaetf.manifest import read_manifest
from vaetf.reader import model_folder


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 not a model, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="vaetf", description="Look at models of vae-tf.")
    commands = parser.add_subparsers(dest="command", required=True)
    info = commands.add_parser("info", help="print a model's manifest")
    info.add_argument("path", help="a SavedModel, or a run folder")
    options = parser.parse_args(arguments)
    try:
        manifest = read_manifest(model_folder(options.path))
    except ContractError as refused:
        print(refused, file=sys.stderr)
        return 1
    print(json.dumps(manifest, indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
