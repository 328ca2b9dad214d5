"""Gathers the runs of disentanglement.sh: a table, disentanglement.json and, where matplotlib is there, a picture."""

import json
import re
import statistics
import sys
from pathlib import Path

METRICS = ["mig", "sap", "dci_disentanglement", "factor_vae_score", "beta_vae_score"]
NAMES = {"beta-vae": "β-VAE", "beta-tc-vae": "β-TC-VAE"}


def number(value: float | dict[str, float]) -> float:
    return value["mean"] if isinstance(value, dict) else value


def gather(out: Path) -> list[dict[str, float | str]]:
    """One row a run, in the order of preset, β and seed."""
    rows = []
    for file in out.glob("*/evaluation.json"):
        preset, beta, seed = re.fullmatch(r"(.+)-([0-9.]+)-(\d+)", file.parent.name).groups()
        read = json.loads(file.read_text())
        rows.append(
            {"preset": preset, "beta": float(beta), "seed": int(seed)}
            | {"reconstruction_error_nats": number(read["reconstruction_error_nats"])}
            | {name: number(read[name]) for name in METRICS}
        )
    return sorted(rows, key=lambda row: (row["preset"], row["beta"], row["seed"]))


def groups(rows: list[dict]) -> dict[tuple[str, float], list[dict]]:
    found: dict[tuple[str, float], list[dict]] = {}
    for row in rows:
        found.setdefault((row["preset"], row["beta"]), []).append(row)
    return found


def table(rows: list[dict]) -> str:
    lines = [
        "| objective | β | seeds | reconstruction error, nats | MIG | SAP | DCI | FactorVAE score |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (preset, beta), runs in groups(rows).items():
        cells = [NAMES[preset], f"{beta:g}", str(len(runs))]
        for name, places in [
            ("reconstruction_error_nats", 1), ("mig", 3), ("sap", 3), ("dci_disentanglement", 3), ("factor_vae_score", 3)
        ]:
            values = [run[name] for run in runs]
            spread = statistics.stdev(values) if len(values) > 1 else 0
            cells.append(f"{statistics.mean(values):.{places}f} ± {spread:.{places}f}")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def mig_at(rows: list[dict], seed: int, error: float) -> float | None:
    """β-VAE's MIG at a reconstruction error, on the line between its two runs of a seed around it; None outside of them."""
    own = sorted(
        (row["reconstruction_error_nats"], row["mig"]) for row in rows if row["preset"] == "beta-vae" and row["seed"] == seed
    )
    for (low, at_low), (high, at_high) in zip(own, own[1:]):
        if low <= error <= high:
            return at_low + (at_high - at_low) * (error - low) / (high - low)
    return None


def at_equal_error(rows: list[dict]) -> str:
    """β-TC-VAE's MIG less β-VAE's at the same reconstruction error, seed by seed."""
    lines = []
    for (preset, beta), runs in groups(rows).items():
        if preset != "beta-tc-vae":
            continue
        found = [(run["mig"], mig_at(rows, run["seed"], run["reconstruction_error_nats"])) for run in runs]
        gains = [own - other for own, other in found if other is not None]
        if len(gains) > 1:
            lines.append(
                f"MIG of β-TC-VAE at β = {beta:g} less β-VAE's at the same reconstruction error:"
                f" {statistics.mean(gains):+.3f} ± {statistics.stdev(gains):.3f} over {len(gains)} seeds,"
                f" above 0 in {sum(gain > 0 for gain in gains)}"
            )
    return "\n".join(lines)


def draw(rows: list[dict], file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 4.2), dpi=120)
    styles = {"beta-vae": ("#d55e00", "s"), "beta-tc-vae": ("#0072b2", "o")}
    for preset, (colour, marker) in styles.items():
        own = [row for row in rows if row["preset"] == preset]
        axes.scatter(
            [row["reconstruction_error_nats"] for row in own], [row["mig"] for row in own],
            s=18, color=colour, marker=marker, alpha=0.4, linewidths=0,
        )
        means = [
            (statistics.mean(r["reconstruction_error_nats"] for r in runs), statistics.mean(r["mig"] for r in runs), beta)
            for (name, beta), runs in groups(own).items()
        ]
        axes.plot([m[0] for m in means], [m[1] for m in means], color=colour, marker=marker, label=NAMES[preset])
        for x, y, beta in means:
            axes.annotate(f"β = {beta:g}", (x, y), textcoords="offset points", xytext=(6, 6), fontsize=8, color=colour)
    axes.set_xlabel("reconstruction error, nats")
    axes.set_ylabel("mutual information gap (MIG)")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(file)


def main() -> None:
    out = Path(sys.argv[1])
    rows = gather(out)
    if not rows:
        raise SystemExit(f"{out}: no evaluations")
    (out / "disentanglement.json").write_text(json.dumps(rows, indent=1) + "\n")
    print(table(rows))
    print(at_equal_error(rows))
    try:
        draw(rows, out / "disentanglement.png")
    except ImportError:
        print("no picture: matplotlib is not installed", file=sys.stderr)


main()
