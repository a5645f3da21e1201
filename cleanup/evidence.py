"""Facts that were counted rather than ruled: the baked lexicon.

The article's own evidence is counted by :class:`cleanup.article.Article`. How the lexicon
was made, and from what, stands in ``rules/lexicon/SOURCES.md``.
"""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple


class Name(NamedTuple):
    """A proper noun of the lexicon.

    Attributes:
        cased: how it is written.
        margin: by how much its natural log probability with the capital exceeds the one
            without; ``None`` if it was never seen without.
        sources: one letter for each list that has it (see ``SOURCES.md``).
    """

    cased: str
    margin: float | None
    sources: str


class Evidence:
    """The lexicon in one folder, each part read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _lines(self, name: str) -> list[str]:
        text = (self._folder / name).read_text("utf-8")
        return [line for line in text.split("\n") if line and line[0] != "#"]

    @cached_property
    def words(self) -> frozenset[str]:
        """English words that are written in lower case."""
        return frozenset(self._lines("words.txt"))

    @cached_property
    def _names(self) -> dict[str, str]:
        return {line.partition("\t")[0].lower(): line for line in self._lines("names.tsv")}

    @cached_property
    def possessive_stems(self) -> frozenset[str]:
        """Names whose form in -s is no word, but which are common with ``'s``."""
        return frozenset(self._lines("possessives.txt"))

    def is_word(self, word: str) -> bool:
        """Whether ``word`` has a lower-case reading in English."""
        return word.lower() in self.words

    def is_name(self, lower: str) -> bool:
        """Whether the lower-case ``lower`` can only be a proper noun without its capital."""
        return lower in self._names

    def name(self, lower: str) -> Name | None:
        """The proper noun that ``lower`` is without its capital, if it can be nothing else."""
        line = self._names.get(lower)
        if line is None:
            return None
        cased, margin, sources = line.split("\t")
        return Name(cased, None if margin == "-" else float(margin), sources)

    @cached_property
    def digest(self) -> str:
        """A hash of all that was counted: eight hex digits."""
        total = hashlib.sha256()
        for name in ("words.txt", "names.tsv", "possessives.txt"):
            total.update((self._folder / name).read_bytes())
        return total.hexdigest()[:8]


@lru_cache(maxsize=8)
def load(folder: Path) -> Evidence:
    """The evidence in ``folder``, shared by all who ask for it."""
    return Evidence(folder)
