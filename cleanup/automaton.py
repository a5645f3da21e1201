"""Many RE2 expressions in one pass over a text: which of them match somewhere.

It is a sieve and lets through too much rather than too little. So Unicode classes are
replaced by coarse ones, ASCII as it is and all letters and marks of other scripts alike (or, in
a negated class, none of them): their tables make an automaton large and slow to build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import re2

_BEYOND_ASCII = r"\x{aa}-\x{1fff}\x{2c00}-\x{10ffff}"
_COARSE = {
    "L": "A-Za-z" + _BEYOND_ASCII,
    "Ll": "a-z" + _BEYOND_ASCII,
    "Lu": "A-Z" + _BEYOND_ASCII,
    "M": r"\x{300}-\x{1fff}\x{20d0}-\x{20ff}\x{2c00}-\x{10ffff}",
    "N": r"0-9\x{b2}-\x{1fff}\x{2070}-\x{2bff}\x{3000}-\x{10ffff}",
}
_SURE = {"L": "A-Za-z", "Ll": "a-z", "Lu": "A-Z", "M": "", "N": "0-9"}
_PART = re.compile(r"\\p(?:\{(?P<long>\w+)\}|(?P<short>\w))|\\.|\[\^?\]?|\]|.", re.DOTALL)


class Automaton:
    """The expressions of a few owners, matched together.

    Of a few only: the states of expressions that have nothing in common multiply.

    Args:
        expressions: RE2 expressions by owner.
    """

    def __init__(self, expressions: Mapping[int, Iterable[str]]) -> None:
        self._set = re2.Set.SearchSet(_options())
        self._owners: list[int] = []
        for owner, sources in expressions.items():
            for source in sources:
                self._set.Add(coarse(source))
                self._owners.append(owner)
        self._set.Compile()

    def matching(self, encoded: bytes) -> Iterator[int]:
        """The owners of which an expression matches in the UTF-8 text."""
        return (self._owners[i] for i in self._set.Match(encoded) or ())


@lru_cache(maxsize=256)
def any_of(sources: tuple[str, ...]) -> Any:
    """One compiled RE2 expression that matches wherever one of ``sources`` does, and more."""
    return re2.compile("|".join(f"(?:{coarse(source)})" for source in sources).encode(), _options())


def _options() -> Any:
    options = re2.Options()
    options.max_mem = 64 << 20
    options.log_errors = False  # without memory it goes on more slowly, which is no news to a user
    return options


def coarse(source: str) -> str:
    r"""``source`` with coarse classes for Unicode ones; it matches wherever ``source`` does.

    A negated class excludes less: what is such a letter for sure.

    >>> coarse(r"[0-9\pN]\p{Cyrillic}[^\pL]") == r"[0-9" + _COARSE["N"] + r"]\p{Cyrillic}[^A-Za-z]"
    True
    """
    parts: list[str] = []
    inside = negated = False
    for match in _PART.finditer(source):
        part, name = match.group(), match["long"] or match["short"] or ""
        if part[0] == "[" and not inside:
            inside, negated = True, part.startswith("[^")
        elif part == "]":
            inside = negated = False
        elif name in _COARSE:
            part = (_SURE if negated else _COARSE)[name] if inside else f"[{_COARSE[name]}]"
        parts.append(part)
    return "".join(parts)
