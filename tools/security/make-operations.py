"""Writes the list of operations that the loader lets a SavedModel run: those that only compute.

Needs TensorFlow of the version that the library uses:
    python tools/security/make-operations.py > src/main/resources/org/vaetf/export/operations.txt
"""

from __future__ import annotations

import importlib
import inspect
import re

# Arithmetic, shapes, layers, random numbers, control flow; nothing that reads files, parses bytes,
# talks to other machines or runs Python.
MODULES = [
    "array_ops",
    "bitwise_ops",
    "control_flow_ops",
    "functional_ops",
    "image_ops",
    "linalg_ops",
    "list_ops",
    "manip_ops",
    "math_ops",
    "nn_ops",
    "random_ops",
    "special_math_ops",
    "spectral_ops",
    "stateless_random_ops",
    "stateless_random_ops_v2",
]
# Variables may be read; who fills them is looked at by itself.
ALSO = ["VarHandleOp", "ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VariableShape", "Assert"]
# In those modules, but not arithmetic: ends the process, leaves it, runs what no node names, or
# decodes files.
NOT = {
    "Abort",
    "Batch",
    "DebugGradientIdentity",
    "DebugGradientRefIdentity",
    "RemoteCall",
    "SymbolicGradient",
    "Unbatch",
}
DECODING = ("Decode", "Encode", "Jpeg")


def operations() -> list[str]:
    """The names, sorted."""
    names = set(ALSO)
    for module in MODULES:
        source = inspect.getsource(importlib.import_module(f"tensorflow.python.ops.gen_{module}"))
        names.update(re.findall(r'_apply_op_helper\(\s*"(\w+)"', source))
    return sorted(
        name for name in names if name not in NOT and not any(part in name for part in DECODING)
    )


if __name__ == "__main__":
    print("\n".join(operations()))
