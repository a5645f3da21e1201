"""An opening quotation mark that stands where a quotation closes.

Marks are followed from left to right in each paragraph. One that opens inside an open
quotation, stands behind a word and is not followed by one, closes it. Blanks in front of it
go with it. German pairs („ “) close that way by right and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, refuse_unknown
from cleanup.rule import Needs, Rule

_MARK = expression("[“”]")
_BLANKS = " \u00a0\t"
_FOLLOWS_A_CLOSE = ".,;:!?)…"


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """An opening mark with no word behind it."""
    return Needs(patterns=("(?m)“(?:[\\s\\x{a0}.,;:!?)…]|$)",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every opening mark that can only be a closing one."""
    text = article.text
    for line in article.lines:
        if "“" not in text[line.start : line.end] or "„" in text[line.start : line.end]:
            continue
        for mark in _closing(text, line):
            start = mark
            while text[start - 1] in _BLANKS:
                start -= 1
            yield rule.finding(start, mark + 1, "”")


def _closing(text: str, line: Span) -> Iterator[int]:
    marks = [match.start() for match in finditer(_MARK, text, *line)]
    is_open = False
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if text[mark] == "”":
            is_open = False
        elif not is_open:
            if text[mark + 1 : mark + 2].isspace():
                return  # neither opens nor closes: the marks of this line cannot be followed
            is_open = True
        elif _closes(text, mark, line):
            # “one “ two” may be a quotation within a quotation: not for certain.
            if following is None or text[following] == "“":
                yield mark
            is_open = False


def _closes(text: str, mark: int, line: Span) -> bool:
    left = mark
    while left > line.start and text[left - 1] in _BLANKS:
        left -= 1
    before = text[max(left - 1, line.start) : left]
    after = text[mark + 1 : min(mark + 2, line.end)]
    behind_word = before.isalnum() or before in tuple(".,!?…%)’")
    return behind_word and before != "" and (after == "" or after in _BLANKS or after in _FOLLOWS_A_CLOSE)
