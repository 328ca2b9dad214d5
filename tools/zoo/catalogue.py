"""Writes what was measured of a model into its card and into the catalogue, saved_models/zoo.json.

    python3 tools/zoo/catalogue.py NAME TEXT JSON

TEXT and JSON are files with what `evaluate` printed, without and with --json. All else that the
catalogue tells stands in the card and in the model's manifest.
"""

import json
import re
import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "saved_models"
CATALOGUE = MODELS / "zoo.json"


def means(measured: dict) -> dict:
    """The numbers by name; lists, as of the active units, are left out."""
    metrics = {}
    for name, value in measured.items():
        if isinstance(value, dict):
            value = value["mean"]
        if isinstance(value, (int, float)):
            metrics[name] = value
    return metrics


def main(name: str, text: str, measured: str) -> None:
    folder = MODELS / name
    card = (folder / "README.md").read_text(encoding="utf-8")
    block = "```text\n" + Path(text).read_text(encoding="utf-8") + "```\n"
    card, found = re.subn(r"^```text\n.*?^```\n", lambda _: block, card, flags=re.M | re.S)
    if found != 1:
        sys.exit(
            f"{folder}/README.md has {found} blocks of text; expected 1, for what was measured"
        )
    (folder / "README.md").write_text(card, encoding="utf-8")

    manifest = json.loads((folder / "assets.extra" / "vae.json").read_text(encoding="utf-8"))
    entry = {
        "name": name,
        "title": card.split("\n\n")[1].replace("\n", " ").rstrip("."),
        "preset": re.search(r"--preset (\S+)", card).group(1),
        "data": re.search(r"--data (\S+)", card[card.index("## Made by") :]).group(1),
        "latent": manifest["model"]["latent"],
        "bytes": sum(
            (folder / file).stat().st_size for file in ("saved_model.pb", "assets.extra/vae.json")
        ),
        "metrics": means(json.loads(Path(measured).read_text(encoding="utf-8"))),
    }
    catalogue = (
        json.loads(CATALOGUE.read_text(encoding="utf-8")) if CATALOGUE.exists() else {"models": []}
    )
    others = [other for other in catalogue["models"] if other["name"] != name]
    catalogue["models"] = sorted(others + [entry], key=lambda model: model["name"])
    CATALOGUE.write_text(
        json.dumps(catalogue, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
