"""A proper noun without its capital.

Four kinds of evidence, and each finding says which: the lexicon knows the word only as a
name; or this very article writes it with a capital inside sentences and English has no such
word; or it writes it all in capitals, as an acronym; or the user's own corpus has the name,
which makes an unsafe fix. Words among foreign ones, in
passages without capitals and in Latin names are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Any

from cleanup.article import PATIENCE, Article, Span, standing
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import (
    ConditionChecker,
    Conditions,
    Prepared,
    finditer,
    in_small_quotation,
    places,
    refuse_unknown,
    string_list,
)
from cleanup.persons import Persons
from cleanup.rule import Haystack, Needs, Rule

_OPTIONS = {"names", "never", "kinds", *Conditions.KEYS}
_SHORTEST = 4  # code points of a name known from the article alone
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 7  # code points
_COUNTED = "p"  # the source of a name that is on no list
_TIMES_SEEN = 1  # capitals that alone make no name of an unknown word
_SUFFIX = expression(
    r"(?:ers?|ors?|ists?|ism|isms|ity|ities|ions?|ings?|ed|ly|ness|ments?|able|ible|ics?|als?|ous|ive|ary|ology|ologies"
    r"|ologists?|ships?|hoods?|wards?|ways?|ful|less|like|man|men|woman|women|ers'|ians?|ide|ides|ine|ase|ases|osis)$"
)
_HEADLINE = 400  # code points of a line that tell whether it is one
_SURE = 10  # texts of the corpus whose capital makes a name of what is built like a word
_TIMES_SMALL = 2  # beside capitals of the same word, more than a slip
_INSIDE = expression(r"(?<=[\p{Ll}\p{M},;][ \u00a0])\p{Lu}[\p{L}\p{M}]*+")
_BEFORE_INSIDE = expression(r"[\p{Ll}\p{M},;][ \u00a0]\Z")
_PAIR = expression(
    r"(?<![\p{L}\p{M}])(?P<first>\p{Lu}\p{Ll}[\p{L}\p{M}]{0,40}+)(?=[ \u00a0](?P<second>\p{Lu}[\p{L}\p{M}]{0,40}+))"
)
_SHOUTED = expression(rf"(?<![\p{{L}}\p{{M}}])\p{{Lu}}{{{_SHORTEST_ACRONYM},{_LONGEST_ACRONYM}}}+(?![\p{{L}}\p{{M}}])")
_SPOKEN = expression(r"[^\W\daeiouy][aeiouyà-ÿ]")
_DRAWN_OUT = expression(r"(.)\1\1")
_ARTICLES = frozenset(("a", "an"))
_ADDRESSES = frozenset("mr mrs ms dr prof professor president senator minister chancellor premier mayor".split())
_NO_NOUN = frozenset(["", *"is was has had of and or in on at to for from with by that who which".split()])
_INITIAL = expression(r"(?<!\p{L})\p{Lu}\.[ \u00a0]$")
_HYPHENS = ("-", "\u2010", "\u2011", "\u2013")
_PREFIX = expression(
    r"(?:^|[^\p{L}])(?:anti|pro|non|ex|pre|post|neo|mid|inter|trans|north|south|east|west|central|half|all|semi|"
    r"sub|un|\p{Lu}[\p{L}\p{M}]*)[-\u2010\u2011\u2013]$"
)


class Names(Prepared):
    """A card's own names beside the lexicon's."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.names = {name.lower(): name for name in string_list(options, "names")}
        self.never = frozenset(string_list(options, "never"))
        self.kinds = frozenset(string_list(options, "kinds"))
        self.conditions = Conditions(options)

    def waking(self, words: Set[str], evidence: Evidence) -> Set[str]:
        """The lower-case words that may be names: the card's, the lexicon's, or unknown."""
        small = {word for word in words if word.islower()} - self.never
        unknown = {word for word in small - evidence.words_among(small) if len(word) >= _SHORTEST_ACRONYM}
        return unknown | (small & self.names.keys()) | evidence.names_among(small)

    def has_reason(self, word: str, text: Haystack, evidence: Evidence) -> bool:
        """Whether the lexicon, the user's corpus or the text has the word with a capital."""
        known = word in self.names or evidence.is_name(word) or evidence.learnt.name(word)
        if known or (len(word) >= _SHORTEST and text.has(word[:1].upper() + word[1:])):
            return True
        return len(word) <= _LONGEST_ACRONYM and text.has(word.upper())


def prepare(options: Mapping[str, Any]) -> Names:
    """Read the card's own names."""
    return Names(options)


def needs(prepared: Names) -> Needs:
    """A lower-case word that English does not have, or knows as a name."""
    return Needs(test=prepared.waking, beside=prepared.has_reason)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every lower-case word that the lexicon or the article knows only as a name."""
    names: Names = rule.prepared
    seen = _Seen(article, names, evidence)
    words = article.cue(rule.id).words
    known = {word: seen.as_name(word) or seen.as_acronym(word) or seen.as_learnt(word) for word in words}
    conditions = names.conditions.checker(article)
    for start, end in places(article.text, (word for word in known if known[word])):
        as_name = known[article.text[start:end]]
        if as_name and _fits(article, start, end, names, evidence, conditions):
            cased, why, tier = as_name
            yield rule.finding(start, end, cased, evidence=why, tier=tier)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


class _Seen:
    """What lexicon and article know of a word."""

    def __init__(self, article: Article, names: Names, evidence: Evidence) -> None:
        self._article, self._names, self._evidence = article, names, evidence
        self._lines: dict[Span, bool] = {}
        self._persons = Persons(article)
        self._asked = 0

    def as_name(self, word: str) -> tuple[str, str, Tier] | None:
        """How ``word`` is cased as a name, why, and how surely; ``None`` if it may be no name."""
        own = self._names.names.get(word)
        name = self._evidence.name(word)
        cased = own or (name.cased if name else word[:1].upper() + word[1:])
        capitals, small = self._capitals_inside(cased), self._article.times(word)
        if capitals and small > _TIMES_SMALL:
            return None  # an article that uses both, often, tells them apart
        if own or name:
            where = "on the card" if own else "in the lexicon"
            # A name that no list has, but only the counts, wants a second witness.
            tier: Tier = "unsafe" if name and name.sources == _COUNTED and not capitals else "safe"
            return cased, f"{word}: capitalised {_times(capitals)} here; {where} only as {cased}", tier
        if len(word) < _SHORTEST:
            return None
        bearer = self._article.times(cased) and self._persons.have(cased)
        if bearer:
            capitals = self._article.times(cased)  # a name that speaks has its capital everywhere
        if capitals < small or not capitals:
            return None
        if not bearer and self._may_be_a_word(word):
            return None
        tier = "safe" if bearer or self._behind_a_name(cased) or capitals > max(small, _TIMES_SEEN) else "unsafe"
        return cased, f"{word}: {cased} {_times(capitals)} here, {word} {small}; no such word in the lexicon", tier

    def as_acronym(self, word: str) -> tuple[str, str, Tier] | None:
        """The same for an unknown word that the article otherwise writes all in capitals."""
        evidence, upper = self._evidence, word.upper()
        if not _SHORTEST_ACRONYM <= len(word) <= _LONGEST_ACRONYM or len(upper) != len(word):
            return None
        if word in self._names.never or evidence.is_name(word) or evidence.is_word(word) or _DRAWN_OUT.search(word):
            return None
        small = self._article.times(word)
        capitals, introduced = self._shouted.get(upper, (0, False))
        if small > _TIMES_SMALL or capitals < small or not capitals:
            return None
        # What can be spoken may be a word of some kind, and one that was shouted once.
        if _SPOKEN.search(word) and not introduced and (capitals == small or self._may_be_a_word(word)):
            return None
        return upper, f"{word}: {upper} {_times(capitals)} here, {word} {small}", "safe"

    @cached_property
    def _shouted(self) -> dict[str, tuple[int, bool]]:
        """Words in capitals among words that are not: how often each stands, and whether in brackets."""
        text = self._article.text
        found: dict[str, tuple[int, bool]] = {}
        for line in self._prose:
            for match in finditer(_SHOUTED, text, *line):
                start, end = match.span()
                beside = (self._article.previous_word(start), self._article.next_word(end))
                if not any(len(word) > 1 and word.isupper() for word in beside):
                    times, introduced = found.get(match.group(), (0, False))
                    found[match.group()] = times + 1, introduced or text[start - 1 : start] == "("
        return found

    def as_learnt(self, word: str) -> tuple[str, str, Tier] | None:
        """The same by the user's corpus alone, which has the last word where no other has one."""
        learnt = self._evidence.learnt.name(word)
        if learnt is None or word in self._names.names or self._evidence.is_name(word) or self._evidence.is_word(word):
            return None
        capitals, small = self._capitals_inside(learnt.form), self._article.times(word)
        if capitals and small > _TIMES_SMALL:
            return None
        if learnt.times < _SURE and self._may_be_a_word(word):
            return None
        texts = f"in {learnt.times} texts of the corpus, {word} in {learnt.other}"
        return learnt.form, f"{word}: {learnt.form} {_times(capitals)} here, {texts}", "unsafe"

    def _behind_a_name(self, cased: str) -> bool:
        """Whether the article has the word behind a name or title: ``Karl Beierlein``."""
        names = self._before.get(cased, ())
        return any(self._evidence.is_name(name) or not self._evidence.is_word(name) for name in names)

    @cached_property
    def _before(self) -> dict[str, set[str]]:
        """The capitalised words that stand directly before each capitalised word."""
        before: dict[str, set[str]] = {}
        for line in self._prose:
            for match in finditer(_PAIR, self._article.text, *line):
                before.setdefault(match["second"], set()).add(match["first"].lower())
        return before

    @cached_property
    def _prose(self) -> list[Span]:
        return [line for line in self._article.lines if self._is_prose(line)]

    def _is_prose(self, line: Span) -> bool:
        """Whether a line is no headline: In Those Every Word May Have a Capital."""
        if line not in self._lines:
            words = self._article.text[line.start : min(line.end, line.start + _HEADLINE)].split()
            self._lines[line] = sum(word[:1].isupper() for word in words) * 2 <= len(words) + 1
        return self._lines[line]

    def _may_be_a_word(self, word: str) -> bool:
        """Whether an unknown word is built like one: by a suffix, or of two others."""
        if _SUFFIX.search(word):
            return True
        is_word = self._evidence.is_word
        return any(is_word(word[:cut]) and is_word(word[cut:]) for cut in range(3, len(word) - 2))

    def _capitals_inside(self, cased: str) -> int:
        """How often a capitalised word stands where no sentence starts."""
        self._asked += 1
        if self._asked > PATIENCE:
            return self._all_capitals_inside[cased]
        text = self._article.text
        places = (at for at in standing(text, cased) if _BEFORE_INSIDE.search(text, max(at - 2, 0), at))
        return sum(self._is_prose(self._article.line_at(at)) for at in places)

    @cached_property
    def _all_capitals_inside(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for line in self._prose:
            counts.update(match.group() for match in finditer(_INSIDE, self._article.text, *line))
        return counts


def _fits(
    article: Article, start: int, end: int, names: Names, evidence: Evidence, conditions: ConditionChecker
) -> bool:
    text = article.text
    if not article.writes_capitals(article.line_at(start)) or in_small_quotation(text, start, end):
        return False
    left = text[max(start - 30, 0) : start]
    if left.endswith(_HYPHENS) and not _PREFIX.search(left):
        return False
    before, after = article.previous_word(start), article.next_word(end)
    if before.lower() in _ARTICLES and after.lower() in _NO_NOUN:
        return False  # a braga is a drink
    if after.lower() in names.kinds or _is_epithet(text, start, before, evidence):
        return False
    return _among_english(before, after, evidence) and conditions.hold(start, end)


def _is_epithet(text: str, start: int, before: str, evidence: Evidence) -> bool:
    """Whether the word stands behind a genus: ``Bufo marinus``, ``A. anguilla``."""
    if text[max(start - len(before) - 2, 0) : start].startswith("(") and text[start:].partition(")")[0].isalpha():
        return True  # (Ovis aries)
    if before[:1].isupper() and before[1:].islower():
        first = before.lower()
        return not (evidence.is_word(first) or evidence.is_name(first)) and not before.endswith("s")
    return _INITIAL.search(text[max(start - 4, 0) : start]) is not None


def _among_english(before: str, after: str, evidence: Evidence) -> bool:
    """Whether the neighbours are English: none of them an unknown word in lower case.

    Unknown neighbours mean a foreign phrase, or a name that writes itself small; behind an
    English form of address they mean a surname that lacks its capital too.
    """
    if before.lower() in _ADDRESSES:
        return True
    told = [word.strip("'’-").partition("'")[0].partition("’")[0] for word in (before, after)]
    return not any(
        len(word) > 2
        and word.islower()
        and not evidence.is_word(word)
        and not evidence.is_name(word)
        and "-" not in word
        for word in told
    )
