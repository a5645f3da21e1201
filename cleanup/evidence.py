"""Facts that were counted rather than ruled: the baked lexicon, and the user's own corpus.

The article's own evidence is counted by :class:`cleanup.article.Article`. How the lexicon
was made, and from what, stands in ``rules/lexicon/SOURCES.md``.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from cleanup.learnt import NOTHING, Learnt, LearntFile

_CURATED = b"\tk\n"  # how the line of a name ends that only the list made by hand has


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


class WordList:
    """A sorted file of lines, asked whether it has a word.

    A single article asks a few hundred times, which a binary search answers sooner than the
    whole list can be read; a corpus asks on, and then the list becomes a set.

    Args:
        data: the file: UTF-8 lines, sorted by their first column in lower case.
    """

    _PATIENCE = 600  # searches; making the set takes about as long as 1,500, and a text asks 300

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._asked = 0
        self._keys: frozenset[str] | None = None

    def among(self, words: Set[str]) -> set[str]:
        """Those of ``words``, in lower case, that the list has."""
        if self._keys is None and self._asked + len(words) < self._PATIENCE:
            return {word for word in words if word in self}
        return {*words} & self._all

    def line(self, lower: str) -> str | None:
        """The line whose first column, in lower case, is ``lower``."""
        return self._search(lower) if lower in self else None

    def __contains__(self, lower: str) -> bool:
        if self._keys is not None:
            return lower in self._keys
        self._asked += 1
        return self._search(lower) is not None if self._asked < self._PATIENCE else lower in self._all

    @property
    def _all(self) -> frozenset[str]:
        if self._keys is None:
            lines = self._data.decode().lower().split("\n")
            self._keys = frozenset([line.partition("\t")[0] for line in lines] if b"\t" in self._data else lines) - {""}
        return self._keys

    def _search(self, lower: str) -> str | None:
        data, first, last = self._data, 0, len(self._data)
        while first < last:
            start = data.rfind(b"\n", first, (first + last) // 2) + 1 or first
            end = data.find(b"\n", start)
            end = len(data) if end < 0 else end
            line = data[start:end].decode()
            key = line.partition("\t")[0].lower()
            if key == lower:
                return line
            if key < lower:
                first = end + 1
            else:
                last = start
        return None


class Evidence:
    """The lexicon in one folder, each part read when it is first asked for.

    Attributes:
        learnt: what was counted in the user's corpus: a witness beside the lexicon.

    Args:
        folder: where the lexicon stands.
        learnt: what was counted in the user's corpus.
        digest: the lexicon's hash, if somebody has taken it already.
    """

    def __init__(self, folder: Path, learnt: Learnt = NOTHING, digest: str = "") -> None:
        self._folder = folder
        self._digest = digest
        self.learnt = learnt

    @cached_property
    def words(self) -> WordList:
        """English words that are written in lower case."""
        return WordList((self._folder / "words.txt").read_bytes())

    @cached_property
    def _names(self) -> WordList:
        return WordList((self._folder / "names.tsv").read_bytes())

    @cached_property
    def curated_names(self) -> frozenset[str]:
        """Names chosen by hand, in lower case: some are words too, such as kremlin and macron."""
        data = (self._folder / "names.tsv").read_bytes()
        names = set()
        at = data.find(_CURATED)
        while at >= 0:
            line = data[data.rfind(b"\n", 0, at) + 1 : at]
            names.add(line.partition(b"\t")[0].decode().lower())
            at = data.find(_CURATED, at + 1)
        return frozenset(names)

    @cached_property
    def possessive_stems(self) -> frozenset[str]:
        """Names whose form in -s is no word, but which are common with ``'s``."""
        lines = (self._folder / "possessives.txt").read_text("utf-8").split("\n")
        return frozenset(line for line in lines if line and line[0] != "#")

    def is_word(self, word: str) -> bool:
        """Whether ``word`` has a lower-case reading in English."""
        return word.lower() in self.words

    def is_name(self, lower: str) -> bool:
        """Whether the lower-case ``lower`` can only be a proper noun without its capital."""
        return lower in self._names

    def words_among(self, lower: Set[str]) -> set[str]:
        """Those of ``lower`` that have a lower-case reading in English."""
        return self.words.among(lower)

    def names_among(self, lower: Set[str]) -> set[str]:
        """Those of ``lower`` that can only be proper nouns without their capital."""
        return self._names.among(lower)

    def name(self, lower: str) -> Name | None:
        """The proper noun that ``lower`` is without its capital, if it can be nothing else."""
        line = self._names.line(lower)
        if line is None:
            return None
        cased, margin, sources = line.split("\t")
        return Name(cased, None if margin == "-" else float(margin), sources)

    @cached_property
    def digest(self) -> str:
        """A hash of the lexicon: eight hex digits."""
        if self._digest:
            return self._digest
        import hashlib

        total = hashlib.sha256()
        for name in ("words.txt", "names.tsv", "possessives.txt"):
            total.update((self._folder / name).read_bytes())
        return total.hexdigest()[:8]


@lru_cache(maxsize=8)
def load(folder: Path, digest: str = "") -> Evidence:
    """The evidence in ``folder``, shared by all who ask for it; ``digest`` if that is known."""
    return Evidence(folder, digest=digest)


@lru_cache(maxsize=8)
def load_learnt(folder: Path, digest: str, file: LearntFile) -> Evidence:
    """The evidence in ``folder``, of this digest if known, beside what ``cleanup learn`` wrote into ``file``.

    Raises:
        cleanup.learnt.LearntError: the file cannot be used.
    """
    return Evidence(folder, file.read(), digest)
