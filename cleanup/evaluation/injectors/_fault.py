"""A fault to put in, and what can make such faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Fault:
    """``base[start:end]`` is to become ``faulty``.

    Attributes:
        start, end: the span in the clean text, in code points.
        faulty: what is put there.
        kind: the class of fault that it is counted under.
    """

    start: int
    end: int
    faulty: str
    kind: str


def _as_it_is(text: str, chance: Random) -> str:
    return text


@dataclass(frozen=True)
class Injector:
    """One family of faults.

    Attributes:
        name: the family's name.
        classes: the rules that a fault of each class is meant for; the first named answers
            for those that no rule restored.
        places: every fault of the family that fits a text; forms are chosen by ``chance``.
        prepare: makes a text fit for the family, by converting its quotation marks or adding
            a sentence of ours. The result is the clean text that faults are put into.
    """

    name: str
    classes: Mapping[str, tuple[str, ...]]
    places: Callable[[str, Random], list[Fault]]
    prepare: Callable[[str, Random], str] = _as_it_is

    @property
    def rules(self) -> frozenset[str]:
        """The ids of all rules that the family exercises."""
        return frozenset(rule for rules in self.classes.values() for rule in rules)
