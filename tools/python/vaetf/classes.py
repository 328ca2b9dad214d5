"""The classes that a conditional model's labels are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Classes:
    """How many classes there are, and their names.

    Attributes:
        count: 0 for a model that is not conditional.
        names: of label 0, label 1 and so on; empty where labels are numbers alone.
    """

    count: int = 0
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(str(name) for name in self.names))
        if self.count < len(self.names):
            raise ValueError(
                f"classes: {self.count} with {len(self.names)} names; expected as many at least"
            )

    @staticmethod
    def of(classes: int | Sequence[str]) -> Classes:
        """From a number, or from names."""
        if isinstance(classes, (int, np.integer)):
            return Classes(int(classes))
        return Classes(len(classes), tuple(classes))

    def labels(self, label: ArrayLike | str | None, rows: int) -> NDArray[np.int64] | None:
        """One label for each row, as signatures take them; None where there are no classes.

        Args:
            label: one for all rows, by number or name, or one number for each row.
            rows: how many there are.

        Raises:
            ValueError: if it is missing, is one too many, or is of no class.
        """
        if (label is not None) != (self.count > 0):
            raise ValueError(
                f"this model is conditional: label is missing; expected {self._known()}"
                if label is None
                else "this model is not conditional: it takes no label"
            )
        if label is None:
            return None
        if isinstance(label, str):
            if label not in self.names:
                raise ValueError(f"label is '{label}'; expected {self._known()}")
            label = self.names.index(label)
        values = np.asarray(label)
        if values.shape not in ((), (rows,)):
            raise ValueError(
                f"label has shape {list(values.shape)}; expected one for all rows, or [{rows}]"
            )
        if values.size and not np.issubdtype(values.dtype, np.integer):
            raise ValueError(f"label is {values.dtype.name}; expected whole numbers")
        unknown = values[(values < 0) | (values >= self.count)]
        if unknown.size:
            raise ValueError(f"label is {unknown.flat[0]}; expected {self._known()}")
        return np.broadcast_to(values, [rows]).astype(np.int64)

    def to_json(self) -> dict[str, Any]:
        """The manifest's form."""
        return {"count": self.count, "names": list(self.names)}

    @staticmethod
    def from_json(value: Mapping[str, Any] | None) -> Classes:
        """From the manifest's form; TypeError or ValueError where it is not that."""
        if value is None:
            return Classes()
        return Classes(int(value.get("count", 0)), tuple(value.get("names") or ()))

    def _known(self) -> str:
        numbers = f"a whole number from 0 to {self.count - 1}"
        return f"one of {', '.join(self.names)}; or {numbers}" if self.names else numbers
