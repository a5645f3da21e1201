"""Count the forms of words that the lexicon does not know: with and without capital, ``'s`` and s.

A document counts once for each form that it has, however often. Only words are counted that
have no lower-case reading in the lexicon: without that veto no count tells names for sure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from zlib import crc32

from cleanup.article import WORD
from cleanup.evidence import Evidence
from cleanup.expressions import expression

FEWEST = 3
"""Documents that must have a form."""
OTHERS = 20
"""So many times as many documents as have the other form."""

_MOST_FORMS = 3_000_000
_SHORTEST, _LONGEST = 4, 40  # code points of a word
_INSIDE = expression(r"(?<=[\p{Ll}\p{M},;][ \u00a0])\p{Lu}[\p{L}\p{M}]*+(?![\p{L}\p{M}]|['’-]\p{L})")
_POSSESSIVE = expression(r"(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}]*+)['’]s(?!\p{L})")
_HASHES = 1 << 32


def _counters() -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    return Counter(), Counter(), Counter(), Counter()


@dataclass
class Forms:
    """In how many documents each form stands.

    Attributes:
        counters: of words with their capital inside sentences; of words in lower case; of
            names that stand with ``'s``, and with a bare s.
    """

    counters: tuple[Counter[str], Counter[str], Counter[str], Counter[str]] = field(default_factory=_counters)
    most: int = _MOST_FORMS
    _limit: int = _HASHES  # no word is counted whose hash is not below

    def add(self, text: str, evidence: Evidence, but: Set[str]) -> None:
        """Count one document; of the words ``but`` nothing is learnt."""
        types = {word for word in WORD.findall(text) if _SHORTEST <= len(word) <= _LONGEST}
        lower = {word.lower() for word in types}
        unknown = lower - evidence.words_among(lower) - evidence.names_among(lower) - but
        small = {word for word in types if word in unknown}
        large = {word for line in _prose(text) for word in _INSIDE.findall(line)}
        large = {word for word in large if word.lower() in unknown and not word.isupper()}
        stems = {stem for stem in set(_POSSESSIVE.findall(text)) if _may_possess(stem, evidence, but)}
        plurals = {word[:-1] for word in types if word[-1] == "s" and word[0].isupper() and word.lower() in unknown}
        for counter, forms in zip(self.counters, (large, small, stems, plurals), strict=True):
            counter.update(word for word in forms if self._limit == _HASHES or _hash(word) < self._limit)
        self._bound()

    def merge(self, other: Forms) -> None:
        """Add what another process has counted."""
        self._limit = min(self._limit, other._limit)
        for own, more in zip(self.counters, other.counters, strict=True):
            own.update(more)
        if self._limit < _HASHES:
            self._prune()
        self._bound()

    def _bound(self) -> None:
        while sum(map(len, self.counters)) > self.most:
            self._limit //= 2
            self._prune()

    def _prune(self) -> None:
        for counter in self.counters:
            for word in [word for word in counter if _hash(word) >= self._limit]:
                del counter[word]

    def names(self) -> dict[str, tuple[int, int]]:
        """Words that are names: how written, in how many documents so, and in how many small."""
        large, small = self.counters[:2]
        spellings: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for cased, times in large.items():
            spellings[cased.lower()].append((times, cased))
        names = {}
        for lower, found in spellings.items():
            found.sort(key=lambda item: (-item[0], item[1]))
            times, cased = found[0]
            others = sum(other for other, _ in found[1:]) + small[lower]
            if _clear(times, others):
                names[cased] = (times, small[lower])
        return names

    def stems(self) -> dict[str, tuple[int, int]]:
        """Names that possess: in how many documents they stand with ``'s``, and with a bare s."""
        possessive, plural = self.counters[2:]
        return {stem: (times, plural[stem]) for stem, times in possessive.items() if _clear(times, plural[stem])}


def _clear(times: int, other: int) -> bool:
    return times >= FEWEST and times >= OTHERS * other


def _may_possess(stem: str, evidence: Evidence, but: Set[str]) -> bool:
    if not _SHORTEST <= len(stem) <= _LONGEST or stem[-1] == "s" or stem.isupper() or stem.endswith("an"):
        return False
    lower = f"{stem.lower()}s"
    if lower in but:
        return False
    known = evidence.is_word(lower) or evidence.is_name(lower) or evidence.is_word(stem)
    return not known and stem not in evidence.possessive_stems


def _prose(text: str) -> Iterator[str]:
    """The lines that are no headlines: In Those Every Word May Have a Capital."""
    for line in text.splitlines():
        words = line[:400].split()
        if words and sum(word[:1].isupper() for word in words) * 2 <= len(words) + 1:
            yield line


def _hash(word: str) -> int:
    return crc32(word.lower().encode("utf-8", "surrogatepass"))
