"""Quotation marks that are none in English, written as the article's own: ``« so »``, ``„so“``.

The marks are read as a sequence (:mod:`cleanup.quotations`), and a pair is put right whole:
``«so"`` gets both its marks from the article. What is quoted in another language keeps its
marks, and so do marks that are spoken of, arrows, inches and markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, refuse_unknown
from cleanup.quotations import ANY, BETWEEN_CITED, BLANKS, Mark, Roles, beside, marks_in, paired_roles, with_blanks
from cleanup.rule import Needs, Rule

_NEEDS = (
    "[«»‹›„‟″〝〞〟＂「」『』《》〈〉]",
    "′′",
    "(?:^|[^'])''(?:[^']|$)",
    "(?:^|[^`])``[^`]",
    "<<[ \\x{a0}]?\\pL",
    "(?:^|[\\s(]),,\\pL",
    "‘‘|’’|´´",
)
_OWN = frozenset('"“”')
_SURE_ALONE = frozenset(("«", "»", "„", "‟", "``", "''", ",,"))  # the partner may stand in another paragraph
_POINTING = frozenset(("guillemets", "single guillemets"))
# Of these one may pair with a mark of another kind: «so", „so", ″so''.
_MIXED = frozenset(("curly", "two singles", "guillemets", "single guillemets", "primes"))
_SMALL = expression(r"(?<!\p{L})\p{Ll}[\p{L}\p{M}]*+")
_CAPITALS = expression(r"(?<!\p{L})\p{Lu}{2,}+(?!\p{L})")
_LATIN, _LETTER = expression(r"\p{Latin}"), expression(r"\p{L}")
_LOOKED_AT = 200  # code points of what is quoted
_MARKUP = expression(r"\\(?:begin|cite|emph|textbf|section)\b|'''|\[\[|^==", regex.MULTILINE)
_CURLY, _STRAIGHT = expression(r"“[^“”\"«»„\n]{1,500}+”"), expression(r'"[^“”"«»„\n]{1,500}+"')
_SINGLE_CLOSING = expression(r"‘|’(?!\p{L})")
_SENTENCE_END = ".!?…,;:"
_GOES_ON = frozenset(_SENTENCE_END + ")]([—–-")

_Pair = tuple[Mark, ...]


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A mark that is none in English."""
    return Needs(patterns=_NEEDS)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every pair of marks with one in it that English does not use."""
    text = article.text
    straight, markup = _is_straight(text), _MARKUP.search(text) is not None
    matches = (m for m in finditer(ANY, text) if m.group() not in _OWN)
    for line in dict.fromkeys(article.line_at(match.start()) for match in matches):
        marks = marks_in(article, line, ANY)
        done: set[Mark] = set()
        for pair, roles in _pairs(article, line, marks, markup=markup):
            if done.isdisjoint(pair) and not _is_cited(article, pair, evidence):
                done.update(pair)
                around = _spans(paired_roles([mark for mark in marks if mark.text in _OWN and mark not in pair]))
                inner = any(start < pair[0].start and pair[-1].end < end for start, end in around)
                edits = tuple(_edits(text, line, pair, roles, _own_marks(straight=straight, inner=inner)))
                if edits:
                    yield rule.finding(edits[0].start, edits[-1].end, edits=edits)


def _own_marks(*, straight: bool, inner: bool) -> dict[str, str]:
    """The article's marks by their role."""
    return dict(zip("OC", ("''" if straight else "‘’") if inner else ('""' if straight else "“”"), strict=True))


def _edits(text: str, line: Span, pair: _Pair, roles: Mapping[Mark, str], own: Mapping[str, str]) -> Iterator[Edit]:
    for mark in pair:
        start, end = with_blanks(text, line, mark, roles[mark])
        if text[start:end] != own[roles[mark]]:
            yield Edit(start, end, own[roles[mark]])


def _pairs(
    article: Article, line: Span, marks: Sequence[Mark], *, markup: bool
) -> Iterator[tuple[_Pair, dict[Mark, str]]]:
    """The quotations with a foreign mark, and the roles of their marks, one family after the other."""
    text = article.text
    for family in dict.fromkeys(mark.family for mark in marks if mark.text not in _OWN):
        members = [mark for mark in marks if mark.family == family]
        if (markup and family == "two singles") or not _is_prose(article, line, family, members):
            continue
        roles = paired_roles(members) if len(members) % 2 == 0 else []
        if not roles and family in _MIXED:
            roles = paired_roles(marks)
        roles = roles or paired_roles(members)
        of_family = [(mark, role) for mark, role in roles if mark.family == family]
        if _are_spoken_of(text, of_family) or any(_is_beside_another(text, line, mark) for mark, _ in of_family):
            continue
        alone = all(_is_attached(text, line, mark, role) for mark, role in of_family)
        for pair in _paired(roles):
            foreign = any(mark.family == family and mark.text not in _OWN for mark in pair)
            sure = len(pair) == 2 or (alone and pair[0].text in _SURE_ALONE)
            if foreign and sure and _is_one_quotation(text, line, pair):
                yield pair, dict(roles)


def _paired(roles: Roles) -> Iterator[_Pair]:
    """The marks two by two; one without a partner by itself."""
    waiting: list[Mark] = []
    for mark, role in roles:
        if role == "O":
            waiting.append(mark)
        else:
            yield (waiting.pop(), mark) if waiting else (mark,)
    yield from ((mark,) for mark in waiting)


def _spans(roles: Roles) -> list[tuple[int, int]]:
    return [(pair[0].start, pair[1].end) for pair in _paired(roles) if len(pair) == 2]


def _is_one_quotation(text: str, line: Span, pair: _Pair) -> bool:
    """Whether nothing speaks against what stands between two marks being quoted."""
    if len(pair) == 1:
        return True
    one, other = pair
    inside = text[one.end : other.start]
    if one.family == "two singles" and not one.text.isascii():
        return not _SINGLE_CLOSING.search(inside)  # ‘‘A’ and ‘B’’: quotations within one
    free = inside[:1] in BLANKS and inside[-1:] in BLANKS
    if free and (one.start, other.end) == line and (one.family in _POINTING or one.family == "angles"):
        return inside.rstrip(BLANKS)[-1:] in _SENTENCE_END  # « Older posts Newer posts »
    if free and one.family in _POINTING and one.text == other.text:
        return _is_in_a_sentence(text, line, one, other)
    return True


def _is_in_a_sentence(text: str, line: Span, one: Mark, other: Mark) -> bool:
    """Whether a sentence runs through two marks that might be arrows: Home » News » Town hall."""
    before, behind = text[line.start : one.start].rstrip(BLANKS), text[other.end : line.end].lstrip(BLANKS)
    inside = text[one.end : other.start].strip(BLANKS)
    ends = (behind or inside).rstrip("\"”’')] [0123456789")[-1:]
    led = not before or before[-1] in ",:.([" or before.split()[-1][:1].islower() or inside[:1].islower()
    goes_on = behind[:1].islower() or behind[:1] in _GOES_ON or inside[-1:] in _SENTENCE_END
    return bool(inside) and ends != "" and ends in _SENTENCE_END and led and goes_on


def _is_prose(article: Article, line: Span, family: str, marks: Sequence[Mark]) -> bool:
    """Whether these marks are used as quotation marks, not as arrows, inches or markup."""
    text = article.text
    if family in ("two singles", "primes") and any(text[m.start - 1 : m.start].isdigit() for m in marks if m.start):
        return False
    if family == "angles":
        return [mark.hinted for mark in marks] == ["O", "C"] * (len(marks) // 2) and all(
            _LETTER.search(text, one.end, other.start) and ">" not in text[one.end : other.start]
            for one, other in zip(marks[::2], marks[1::2], strict=True)
        )
    return family not in _POINTING or "|" not in text[line.start : line.end]


def _is_cited(article: Article, pair: _Pair, evidence: Evidence) -> bool:
    """Whether what is quoted is in another language: „bis gleich“ on a note, «MARCHÉ» on a poster."""
    if len(pair) == 1:
        return False
    text = article.text
    start, end = pair[0].end, min(pair[1].start, pair[0].end + _LOOKED_AT)
    letters = len(_LETTER.findall(text, start, end))
    if letters > 2 * len(_LATIN.findall(text, start, end)):
        return True
    words = _SMALL.findall(text, start, end)
    if not words:
        return any(not word.isascii() for word in _CAPITALS.findall(text, start, end))
    # A word that English has not may be the article's own, which it uses elsewhere too.
    return 2 * sum(evidence.is_word(word) or article.times(word) > words.count(word) for word in words) <= len(words)


def _are_spoken_of(text: str, roles: Roles) -> bool:
    """Whether the marks themselves are spoken of: « and »."""
    for (one, role), (other, _) in pairwise(roles):
        inside = text[one.end : other.start]
        if role == "O" and not any(map(str.isalnum, inside)):
            return True
        words = inside.split()
        if role == "O" and inside[0] in BLANKS and words[0] in BETWEEN_CITED:
            return len(words) < 3 or words[-1] in BETWEEN_CITED  # opens with « and closes with »
    return not roles


def _is_straight(text: str) -> bool:
    """Whether the article writes straight quotation marks; curly if it shows neither kind.

    Pairs come before single marks: the other half of those may be what is wrong.
    """
    straight, curly = len(_STRAIGHT.findall(text)), len(_CURLY.findall(text))
    if straight == curly:
        straight, curly = text.count('"'), text.count("“") + text.count("”")
    if straight == curly == 0:
        return "'" in text.replace("''", "") and "’" not in text.replace("’’", "")
    return straight > curly


def _is_attached(text: str, line: Span, mark: Mark, role: str) -> bool:
    """Whether a mark touches the word that it belongs to."""
    neighbour = beside(text, line, mark)[role == "O"]
    return bool(neighbour) and neighbour not in BLANKS


def _is_beside_another(text: str, line: Span, mark: Mark) -> bool:
    """Whether a native mark stands directly beside this one: two quotations begin or end there."""
    return any(neighbour and neighbour in _OWN for neighbour in beside(text, line, mark))
