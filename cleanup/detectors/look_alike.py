"""Letters of another script that look like the right ones: ``Мoscow`` with a Cyrillic capital.

A word that mixes scripts is repaired if each letter of the lesser script has one look-alike in
the other. In a Latin word the result must be known to the lexicon or to the article; in a
Cyrillic one, of which there is no lexicon, each Latin letter must stand by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_CYRILLIC, _AS_LATIN = "АВЕЅІЈКМНОРСТХаеорсухіјѕ", "ABESIJKMHOPCTXaeopcyxijs"
_GREEK, _GREEK_AS_LATIN = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον", "ABEZHIKMNOPTYXov"
_TO_LATIN = dict(zip(_CYRILLIC + _GREEK, _AS_LATIN + _GREEK_AS_LATIN, strict=True))
# Russian has neither і nor ј nor ѕ.
_TO_CYRILLIC = {latin: own for own, latin in zip(_CYRILLIC, _AS_LATIN, strict=True) if own not in "ЅІЈіјѕ"}

_WAKES = (r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}",)
_MIXED = expression(
    r"(?<![\p{L}\p{M}])(?:\p{Latin}++[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]++\p{Latin})[\p{L}\p{M}]*+"
)
_ABOUT = expression(r"(?i)\b(?:cyrillic|greek (?:letters?|alphabet|script)|homoglyphs?|look-?alikes?)\b")
_LATIN_RUN = expression(r"\p{Latin}{2,}|\p{Latin}\Z|(?<!\A)[\p{Latin}&&\p{Lu}]", regex.V1)
_FEWEST = 3  # letters of a word that is judged by its letters alone
_LONGEST = 40
_SAFE: Tier = "safe"


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A Latin letter beside one of Cyrillic or Greek."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each word whose foreign letters all have a look-alike."""
    text = article.text
    about: dict[int, bool] = {}
    for match in finditer(_MIXED, text):
        start, end = match.span()
        word = match.group()
        if len(word) > _LONGEST or article.protection(start, end) or is_cited(text, start, end):
            continue
        latin = sum(map(_is_latin, word))
        right, tier = _in_latin(word, article, evidence) if 2 * latin >= len(word) else ("", _SAFE)
        if not right and 2 * latin <= len(word):
            right, tier = _in_cyrillic(word, article)
        if not right:
            continue
        if tier == "display-only":
            yield rule.finding(start, end, tier=tier)
            continue
        line = article.line_at(start)
        if line.start not in about:
            about[line.start] = bool(_ABOUT.search(text, line.start, line.end))
        if about[line.start]:
            tier = "unsafe"
        pairs = enumerate(zip(word, right, strict=True), start)
        edits = tuple(Edit(at, at + 1, new) for at, (old, new) in pairs if old != new)
        shown = ", ".join(f"U+{ord(text[e.start]):04X}" for e in edits)
        yield rule.finding(start, end, edits=edits, tier=tier, evidence=f"{right}; {shown}")


def _is_latin(character: str) -> bool:
    return character.isascii() or "\u00c0" <= character <= "\u024f" or "\u1e00" <= character <= "\u1eff"


def _in_latin(word: str, article: Article, evidence: Evidence) -> tuple[str, Tier]:
    right = "".join(c if _is_latin(c) else _TO_LATIN.get(c, "") for c in word)
    if len(right) != len(word):
        return "", _SAFE  # some letter is like no other
    if article.times(right):
        return right, _SAFE
    if len(right) < _FEWEST or not (right.islower() or right.istitle() or right.isupper()):
        return "", _SAFE
    name = evidence.name(right.lower())
    known = evidence.is_word(right) or (name is not None and right in (name.cased, name.cased.upper()))
    return right, _SAFE if known else "display-only"


def _in_cyrillic(word: str, article: Article) -> tuple[str, Tier]:
    right = "".join(_TO_CYRILLIC.get(c, "") if _is_latin(c) else c for c in word)
    if len(right) != len(word):
        return "", _SAFE
    if article.times(right):
        return right, _SAFE
    own = [c for c in word if not _is_latin(c) and c not in _TO_LATIN]
    # Two Latin letters together, or capitals inside, are an abbreviation with an ending.
    if len(word) < _FEWEST + 1 or not own or _LATIN_RUN.search(word) or not (right.islower() or right.istitle()):
        return "", _SAFE
    return right, _SAFE
