"""Who takes part, and how each is started."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

from data import FOLDER, ROOT

HERE = Path(__file__).resolve().parent
OURS = "vae-tf"
DL4J = HERE / "dl4j" / "target"
MISSING = FOLDER / "missing"

TRAINING = [
    "torch plain",
    "torch fused",
    "torch compiled",
    "keras tf-graph",
    "keras tf-jit",
    "keras jax",
    "pythae plain",
    "pythae fused",
    "dl4j",
]
SERVING = [
    "torch eager",
    "torch compiled",
    "torch jit",
    "keras tf-graph",
    "keras tf-jit",
    "keras tf-saved",
    "keras jax",
    "pythae plain",
    "dl4j",
]
SERVING_QUICK = ["torch eager", "torch compiled", "keras tf-graph", "keras jax", "dl4j"]
FIRST_STEP = ["torch plain", "keras tf-graph", "keras jax", "pythae plain", "dl4j"]
FIRST_SAMPLE = ["torch eager", "keras tf-saved", "keras jax", "pythae plain", "dl4j"]
QUALITY = ["torch fused", "torch compiled", "keras tf-jit", "keras jax", "pythae fused", "dl4j"]
GROWING = ["torch fused", "torch compiled", "keras tf-jit", "keras jax"]
MATRIX_ROOFLINES = [f"roofline {v}" for v in ("numpy", "torch", "torch-each", "tensorflow")]
ROOFLINES = [*MATRIX_ROOFLINES, "roofline memory"]


def ours(spec: dict[str, Any]) -> list[str]:
    """The one place that says how vae-tf's own contestant is started."""
    path = f"{FOLDER / 'classes'}:{ROOT / 'target' / 'vae-tf.jar'}"
    return ["java", "-cp", path, "org.vaetf.bench.Contestant", json.dumps(spec)]


def dl4j(spec: dict[str, Any]) -> list[str]:
    path = f"{DL4J / 'classes'}:{DL4J / 'lib'}/*"
    return ["java", "-cp", path, "org.vaetf.bench.dl4j.Dl4jContestant", json.dumps(spec)]


PYTHON = {
    "torch": "torch_vae.py",
    "keras": "keras_vae.py",
    "pythae": "pythae_vae.py",
    "roofline": "roofline.py",
}


def command(name: str, spec: dict[str, Any]) -> list[str]:
    """The command that starts the contestant of that name."""
    peer, _, variant = name.partition(" ")
    spec = spec | {"variant": variant or "default"}
    if peer == OURS:
        return ours(spec)
    if peer == "dl4j":
        return dl4j(spec)
    return [sys.executable, str(HERE / "contestants" / PYTHON[peer]), json.dumps(spec)]


def missing(name: str) -> str:
    """Why a contestant's peer is not installed, as run.sh noted it; nothing if it is."""
    peer, _, variant = name.partition(" ")
    parts = [peer]
    if peer == "keras" or variant == "tensorflow":
        parts = ["jax", "tensorflow"] if variant == "jax" else ["tensorflow"]
    elif peer == "pythae" or variant.startswith("torch"):
        parts = ["torch", "pythae"] if peer == "pythae" else ["torch"]
    for part in parts:
        file = MISSING / part
        if file.exists():
            return f"not installed: {file.read_text().strip()}"
    return ""


def check_tools() -> None:
    """Stops early where the benchmark cannot run at all."""
    if platform.system() != "Linux":
        sys.exit("the benchmark runs on Linux: it reads /proc and stops processes by signals")
    if not shutil.which("java"):
        sys.exit("java is missing: install a JDK, 17 or later")
