"""What every way of measuring hands back."""

from __future__ import annotations

from typing import Any, Protocol

from cleanup.figures import Figures, Measured, wilson

__all__ = ["Evaluation", "Figures", "Measured", "wilson"]


class Evaluation(Protocol):
    """The outcome of one mode."""

    mode: str
    sets: tuple[Measured, ...]

    def figures(self) -> dict[str, Figures]:
        """What was counted, by rule id."""
        ...

    def as_json(self) -> dict[str, Any]:
        """Everything, for ``--format json``."""
        ...

    def as_text(self) -> str:
        """A table for people, ending with a newline."""
        ...
