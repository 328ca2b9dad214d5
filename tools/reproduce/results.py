"""The table of docs/RESULTS.md from the folder that the scripts beside this one wrote:

python3 tools/reproduce/results.py runs/reproduce
"""

import csv
import json
import sys
from pathlib import Path

# Name of the script, what it is, published -log p(x) in nats, where, and pythae's own reproduction of it.
ROWS = [
    ("vae-k1", "VAE, 1 draw", "86.76", "Burda et al., table 1", "–"),
    ("vae-k5", "VAE, 5 draws", "86.47", "Burda et al., table 1", "–"),
    ("iwae-k5", "IWAE, 5 draws", "85.54", "Burda et al., table 1", "–"),
    ("iwae-k50", "IWAE, 50 draws", "84.78", "Burda et al., table 1", "–"),
    ("iwae-k64", "IWAE, 64 draws", "–", "to compare with the three below", "–"),
    ("ciwae", "CIWAE, 64 draws, β = 0.05", "84.57", "Rainforth et al.", "84.74"),
    ("piwae", "PIWAE, 8 × 8 draws", "84.46", "Rainforth et al.", "84.58"),
    ("miwae", "MIWAE, 8 × 8 draws", "84.97", "Rainforth et al.", "85.09"),
    ("vamp", "VampPrior, 500 pseudo-inputs", "85.57 (static digits)", "Tomczak and Welling", "85.79"),
    ("vae-iaf", "IAF posterior, 2 steps, 1 draw", "–", "", "–"),
    ("vae-flows", "IAF posterior and MAF prior", "–", "", "–"),
]


def epochs(run: Path) -> tuple[int, float]:
    """How many epochs a run has done, and the minutes they took."""
    with (run / "metrics.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return len(rows), sum(float(row["seconds"]) for row in rows) / 60


def main() -> None:
    out = Path(sys.argv[1])
    print("| model | ours, −log p(x) | −ELBO | active units | published | pythae | epochs | batch | minutes | seed |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, what, published, source, pythae in ROWS:
        run = out / name
        if not (run / "evaluation.json").exists():
            continue
        found = json.loads((run / "evaluation.json").read_text())
        config = json.loads((run / "config.json").read_text())
        done, minutes = epochs(run)
        likelihood = found["log_likelihood_nats"]
        cells = [
            f"[{what}](../tools/reproduce/{name}.sh)",
            f"**{-likelihood['mean']:.2f}** ± {likelihood['standard_error']:.2f}",
            f"{found['negative_elbo_nats']['mean']:.2f}",
            str(found.get("active_units", "–")),
            published + (f" ({source})" if source else ""),
            pythae,
            f"{done:,} of {config['training']['epochs']:,}",
            str(config["training"]["batch"]),
            f"{minutes:.0f}",
            str(config["training"]["seed"]),
        ]
        print("| " + " | ".join(cells) + " |")


main()
