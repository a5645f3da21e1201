"""What is counted of a rule: how often it is right, and where it was tried."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import sqrt

Z = 1.96
"""The normal quantile of a two-sided interval of 95 %."""


@dataclass(slots=True)
class Figures:
    """Counts for one rule; those of several measurements add up.

    Attributes:
        right, wrong, undecided: natural changes judged by references or by hand.
        clean_words: words of human text that the rule was run over.
        false: changes in human text that are wrong by hand verdict, or not judged yet.
        exposures: places in human text that the rule's gate let in.
        injected, restored: faults put in on purpose, and those restored to the letter.
    """

    right: int = 0
    wrong: int = 0
    undecided: int = 0
    clean_words: int = 0
    false: int = 0
    exposures: int = 0
    injected: int = 0
    restored: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)))

    @property
    def decided(self) -> int:
        """Changes that a reference or a reader decided on."""
        return self.right + self.wrong

    @property
    def lower_bound(self) -> float:
        """The Wilson lower bound of precision; 0 where nothing is decided."""
        return wilson(self.right, self.decided)


def wilson(right: int, decided: int, z: float = Z) -> float:
    """The lower bound of the Wilson score interval of a proportion (Wilson 1927).

    >>> round(wilson(73, 73), 4)
    0.95
    """
    if not decided:
        return 0.0
    share, square = right / decided, z * z
    centre = share + square / (2 * decided)
    spread = z * sqrt(share * (1 - share) / decided + square / (4 * decided * decided))
    return (centre - spread) / (1 + square / decided)


@dataclass(frozen=True, slots=True)
class Measured:
    """One set of texts: its name, a hash of its bytes (12 hex digits), its words."""

    name: str
    sha256: str
    words: int
