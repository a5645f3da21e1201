"""Count the forms of words that the lexicon does not know: with and without capital, ``'s`` and s.

What is counted is in how many different texts a form stands: once for each, however often it
has it, and however many copies of it there are. Only words are counted that have no
lower-case reading in the lexicon: without that veto no count tells names for sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from math import log
from zlib import crc32

from cleanup.article import WORD
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.learnt import lines_of

FEWEST_NAMES, FEWEST_STEMS = 3, 5
"""Texts that must have a name with its capital, or with ``'s``."""
OTHERS = 20
"""So many times as many texts as have the other form."""

_MOST_FORMS = 3_000_000
_SHORTEST, _LONGEST = 4, 40  # code points of a word
_INSIDE = expression(r"(?<=[\p{Ll}\p{M},;][ \u00a0])\p{Lu}[\p{L}\p{M}]*+(?![\p{L}\p{M}]|['’-]\p{L})")
_POSSESSIVE = expression(r"(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}]*+)['’]s(?!\p{L})")
_HASHES = 1 << 32
_BITS = 512


class Spread:
    """In how many different texts each form stands.

    Each form has some bits, and each text that has the form sets one of them, by the text's
    hash. So copies make no difference, shares of a corpus add up in any order, and a form takes
    no more room however many texts have it. Up to ten texts the number is nearly always
    exact; beyond, it is an estimate.
    """

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}

    def add(self, forms: Iterable[str], text_hash: int) -> None:
        """The text with this hash has ``forms``."""
        bits, bit = self._bits, 1 << text_hash % _BITS
        for form in forms:
            bits[form] = bits.get(form, 0) | bit

    def merge(self, other: Spread) -> None:
        """Add another share."""
        for form, bits in other._bits.items():
            self._bits[form] = self._bits.get(form, 0) | bits

    def keep_below(self, limit: int) -> None:
        """Forget the forms whose hashes are not below ``limit``."""
        self._bits = {form: bits for form, bits in self._bits.items() if _hash(form) < limit}

    def __getitem__(self, form: str) -> int:
        set_bits = self._bits.get(form, 0).bit_count()
        return round(-_BITS * log(1 - min(set_bits, _BITS - 1) / _BITS))

    def __iter__(self) -> Iterator[str]:
        return iter(self._bits)

    def __len__(self) -> int:
        return len(self._bits)


class Strangers:
    """The lexicon, asked for the words that it does not know; what it knows is remembered.

    Args:
        evidence: the lexicon.
        but: words of which nothing is to be learnt, in lower case.
    """

    _REMEMBERED = 500_000  # words as they are cased

    def __init__(self, evidence: Evidence, but: Set[str]) -> None:
        self._evidence, self._but = evidence, but
        self._known: set[str] = set()

    def of(self, text: str) -> set[str]:
        """The words of ``text`` that have no reading in the lexicon, as they are cased."""
        fresh = set(WORD.findall(text)) - self._known
        lower = {word.lower() for word in fresh if _SHORTEST <= len(word) <= _LONGEST}
        unknown = lower - self._evidence.words_among(lower) - self._evidence.names_among(lower) - self._but
        strangers = {word for word in fresh if word.lower() in unknown}
        if len(self._known) > self._REMEMBERED:
            self._known.clear()
        self._known |= fresh - strangers
        return strangers

    def may_possess(self, stem: str) -> bool:
        """Whether nothing is known of a name with an s: no word, no name, no possessive."""
        if not _SHORTEST <= len(stem) <= _LONGEST or stem[-1] == "s" or stem.isupper() or stem.endswith("an"):
            return False
        lower, evidence = f"{stem.lower()}s", self._evidence
        known = evidence.is_word(lower) or evidence.is_name(lower) or evidence.is_word(stem)
        return not known and lower not in self._but and stem not in evidence.possessive_stems


@dataclass
class Forms:
    """The forms of the words that the lexicon does not know.

    Attributes:
        large, small: words with their capital inside sentences, and in lower case.
        possessive, plural: names with ``'s``, and with a bare s.
        most: how many forms are kept at the most; beyond, hashes choose.
    """

    large: Spread = field(default_factory=Spread)
    small: Spread = field(default_factory=Spread)
    possessive: Spread = field(default_factory=Spread)
    plural: Spread = field(default_factory=Spread)
    most: int = _MOST_FORMS
    _limit: int = _HASHES  # no word is counted whose hash is not below

    @property
    def _spreads(self) -> tuple[Spread, ...]:
        return self.large, self.small, self.possessive, self.plural

    def add(self, text: str, text_hash: int, lexicon: Strangers) -> None:
        """Count one text, whose hash is given."""
        strangers = lexicon.of(text)
        small = {word for word in strangers if word.islower()}
        large = {word for word in strangers - small if not word.isupper()}
        if large:
            large &= {word for line in _prose(text) for word in _INSIDE.findall(line)}
        stems = {stem for stem in set(_POSSESSIVE.findall(text)) if lexicon.may_possess(stem)}
        plurals = {word[:-1] for word in strangers if word[-1] == "s" and word[0].isupper()}
        for spread, forms in zip(self._spreads, (large, small, stems, plurals), strict=True):
            spread.add((word for word in forms if self._limit == _HASHES or _hash(word) < self._limit), text_hash)
        self._bound()

    def merge(self, other: Forms) -> None:
        """Add another share."""
        self._limit = min(self._limit, other._limit)
        for own, more in zip(self._spreads, other._spreads, strict=True):
            own.merge(more)
        if self._limit < _HASHES:
            self._prune()
        self._bound()

    def _bound(self) -> None:
        while sum(map(len, self._spreads)) > self.most:
            self._limit //= 2
            self._prune()

    def _prune(self) -> None:
        for spread in self._spreads:
            spread.keep_below(self._limit)

    def names(self) -> dict[str, tuple[int, int]]:
        """Words that are names: how written, in how many texts so, and in how many small."""
        spellings: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for cased in self.large:
            spellings[cased.lower()].append((self.large[cased], cased))
        names = {}
        for lower, found in spellings.items():
            found.sort(key=lambda item: (-item[0], item[1]))
            times, cased = found[0]
            small = self.small[lower]
            if times >= FEWEST_NAMES and _clear(times, sum(other for other, _ in found[1:]) + small):
                names[cased] = (times, small)
        return names

    def stems(self) -> dict[str, tuple[int, int]]:
        """Names that possess: in how many texts they stand with ``'s``, and with a bare s."""
        stems = {}
        for stem in self.possessive:
            times, plural = self.possessive[stem], self.plural[stem]
            # One that is a word as well may be a verb where it has an s.
            if times >= FEWEST_STEMS and _clear(times, plural + self.small[stem.lower()]):
                stems[stem] = (times, plural)
        return stems


def _clear(times: int, other: int) -> bool:
    return times >= OTHERS * other


def _prose(text: str) -> Iterator[str]:
    """The lines that are no headlines: In Those Every Word May Have a Capital."""
    for line in lines_of(text):
        words = line[:400].split()
        if words and sum(word[:1].isupper() for word in words) * 2 <= len(words) + 1:
            yield line


def _hash(word: str) -> int:
    return crc32(word.lower().encode("utf-8", "surrogatepass"))
