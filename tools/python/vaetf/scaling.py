"""From stored values to a model's numbers and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Scaling:
    """``x = (raw - shift) / scale``, entry by entry of the last axis.

    Attributes:
        kind: a name for people, such as ``none``, ``unit`` or ``standard``.
        shift: one number for all entries, or one for each entry of the last axis.
        scale: as many numbers as ``shift``, none of them zero.
    """

    kind: str = "none"
    shift: tuple[float, ...] = (0.0,)
    scale: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shift", tuple(float(value) for value in self.shift))
        object.__setattr__(self, "scale", tuple(float(value) for value in self.scale))
        if not self.shift or len(self.shift) != len(self.scale):
            raise ValueError(
                f"scaling: {len(self.shift)} shifts and {len(self.scale)} scales;"
                " expected as many of one as of the other, at least 1"
            )
        if not all(map(math.isfinite, self.shift + self.scale)) or 0.0 in self.scale:
            raise ValueError("scaling: expected finite shifts, and scales finite and not zero")

    def check_fits(self, shape: tuple[int, ...]) -> None:
        """Raises ValueError unless there is one entry, or one for each of the last axis."""
        last = shape[-1] if shape else 1
        if len(self.shift) not in (1, last):
            raise ValueError(
                f"scaling: {len(self.shift)} entries for rows of shape {list(shape)};"
                f" expected 1 or {last}"
            )

    def apply(self, raw: ArrayLike) -> NDArray[np.float32]:
        """Stored values, any shape that ends in the last axis, to the model's numbers."""
        values = np.asarray(raw, dtype=np.float64)
        scaled = (values - self._array(self.shift)) / self._array(self.scale)
        return scaled.astype(np.float32)

    def invert(self, x: ArrayLike) -> NDArray[np.float32]:
        """The model's numbers back to stored values."""
        values = np.asarray(x, dtype=np.float64)
        stored = values * self._array(self.scale) + self._array(self.shift)
        return stored.astype(np.float32)

    def to_json(self) -> dict[str, Any]:
        """The manifest's form."""
        return {"kind": self.kind, "shift": list(self.shift), "scale": list(self.scale)}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Scaling:
        """From the manifest's form; KeyError, TypeError or ValueError where it is not that."""
        return Scaling(str(value["kind"]), tuple(value["shift"]), tuple(value["scale"]))

    @staticmethod
    def _array(values: tuple[float, ...]) -> NDArray[np.float64]:
        return np.array(values[0] if len(values) == 1 else values)
