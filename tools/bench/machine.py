"""What the machine is and which versions run on it."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from xml.etree import ElementTree

from data import ROOT

CORES = len(os.sched_getaffinity(0))
PACKAGES = ["torch", "pythae", "tensorflow-cpu", "keras", "jax", "numpy"]


def _value(file: str, key: str) -> str:
    for line in Path(file).read_text().splitlines():
        if line.replace("\t", " ").startswith(key):
            return line.split("=" if "=" in line else ":", 1)[1].strip().strip('"')
    return "unknown"


def cpu() -> str:
    return _value("/proc/cpuinfo", "model name")


def vector_instructions() -> str:
    """The widest vector instructions of the processor."""
    flags = _value("/proc/cpuinfo", "flags").split()
    return next((name for name in ("avx512f", "avx2", "avx") if name in flags), "none")


def cores() -> int:
    """The cores that this process was given, also after it has confined itself to fewer."""
    return CORES


def busy_seconds() -> float:
    """Seconds that all cores together have worked since the machine started."""
    ticks = [int(part) for part in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]]
    user, nice, system_, _idle, _waiting, interrupts, soft_interrupts = ticks
    busy = user + nice + system_ + interrupts + soft_interrupts
    return busy / os.sysconf("SC_CLK_TCK")


def own_seconds() -> float:
    """Seconds that this process and those it has ended have worked."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def memory_gib() -> float:
    return int(_value("/proc/meminfo", "MemTotal").split()[0]) / 1024**2


def system() -> str:
    return f"{_value('/etc/os-release', 'PRETTY_NAME')}, Linux {platform.release()}"


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)
    except (OSError, subprocess.TimeoutExpired):
        return "not found"
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[0].strip() if lines and done.returncode == 0 else "not found"


def _dl4j() -> str:
    pom = ElementTree.parse(ROOT / "tools/bench/dl4j/pom.xml").getroot()
    return next(node.text or "" for node in pom.iter() if node.tag.endswith("dl4j.version"))


def versions() -> dict[str, str]:
    """Names and versions of everything that takes part."""
    found = {
        "vae-tf": _first_line(["java", "-jar", "target/vae-tf.jar", "--version"]).removeprefix("vae-tf "),
        "commit": _first_line(["git", "rev-parse", "--short", "HEAD"]),
        "Java": _first_line(["java", "-version"]),
        "Python": platform.python_version(),
        "Deeplearning4j": _dl4j(),
    }
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
