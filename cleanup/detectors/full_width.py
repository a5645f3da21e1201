"""Full-width letters, digits and marks in Latin text, as Chinese and Japanese pages have them.

Such a mark holds its blank in itself, so one is written where it goes. A line that has Chinese,
Japanese or Korean letters is left alone: there the forms are at home.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_OFFSET = 0xFEE0  # from a form to its ASCII character
_RUN = expression(r"[\uff01-\uff5e\u3000]++|(?<=[\p{Latin}\p{Nd})”\"])[\u3001\u3002]")
_WAKES = (r"[\x{ff01}-\x{ff5e}\x{3000}]", r"[\p{Latin}0-9)”\"][\x{3001}\x{3002}]")
_AT_HOME = expression(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}]")
_LATIN = expression(r"\p{Latin}")
_MOST_OF_OTHERS = 10  # Latin letters for each of theirs
_ABOUT = expression(r"(?i)\b(?:full|half)[- ]?width\b")
_OTHER = {"\u3000": " ", "\u3001": ",", "\u3002": "."}
_HOLDS_BLANK = frozenset(",.;:!?)]")
_MARKUP = frozenset("<>`")
_IN_NUMBERS = frozenset(",.:-")


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A full-width form, or an ideographic comma or stop behind a Latin word."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each run of such forms in a Latin line."""
    text = article.text
    latin: dict[int, bool] = {}
    tier: Tier | None = None
    if len(_AT_HOME.findall(text)) * _MOST_OF_OTHERS > len(_LATIN.findall(text)):
        return  # an article of theirs, in which some line has Latin letters only
    for match in finditer(_RUN, text):
        start, end = match.span()
        line = article.line_at(start)
        if line.start not in latin:
            is_latin = _LATIN.search(text, line.start, line.end) and not _AT_HOME.search(text, line.start, line.end)
            latin[line.start] = bool(is_latin)
        if not latin[line.start] or article.protection(start, end) or is_cited(text, start, end):
            continue
        if _is_drawn(text[max(start - 1, 0) : start]) or _is_drawn(text[end : end + 1]):
            continue  # a face: (＾▽＾)
        replacement = _narrow(text, start, end)
        if not _MARKUP.isdisjoint(replacement):
            continue  # it would make markup or code
        if tier is None:
            tier = "unsafe" if _ABOUT.search(text) else "safe"
        yield rule.finding(start, end, article.styled(replacement), tier=tier)


def _is_drawn(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sk", "Sm", "Lm")


def _narrow(text: str, start: int, end: int) -> str:
    """``text[start:end]`` in ASCII, with the blanks that its marks held."""
    written = ""
    for at in range(start, end):
        before = written[-1:] or (text[at - 1] if at else "\n")
        after = text[at + 1 : at + 2] or "\n"
        character = _OTHER.get(text[at]) or chr(ord(text[at]) - _OFFSET)
        within_number = before.isdigit() and _ascii(after).isdigit()
        if character == " ":
            written += "" if before.isspace() or after.isspace() else " "
        elif character == "~" and within_number:
            written += "–"
        elif character == "(" and before.isalnum():
            written += " ("
        elif character == "|":
            written += "" if before.isspace() else " "
            written += "|" if after.isspace() else "| "
        elif character in _HOLDS_BLANK and _ascii(after).isalnum() and not (within_number and character in _IN_NUMBERS):
            written += character + " "
        else:
            written += character
    return written


def _ascii(character: str) -> str:
    return chr(ord(character) - _OFFSET) if "\uff01" <= character <= "\uff5e" else character
