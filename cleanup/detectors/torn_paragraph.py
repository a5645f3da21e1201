"""A line break inside a sentence: a paragraph stops in its middle and the next one goes on.

``[with]`` holds ``ends``, words that no paragraph ends with, and ``starts``, words that carry
a sentence on. Where one of them stands at the break the halves are joined; where neither does
the join is less certain. Text that is broken into short lines throughout, verse, lists and
subtitles are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_SHORTEST = 60  # code points of a first half that is no line of verse
_SHORTEST_END = 20  # code points of a second half
_MOST_SHARE = 5  # at most every fifth line of an article is torn
_SENTENCE_END = expression(r"[.!?…][\"'”’»)\]]*+\s*+$")
_LETTERS_AT_END = expression(r"(?:^|[ \u00a0(\"“‘«])(\p{Ll}[\p{Ll}’']*+)[ \u00a0]*+$")
_ITEM = expression(r"\s*(?:[-–—*•·>#|]|\p{L}[.)]|\(?\p{N}+[.)])")
_FIRST_WORD = expression(r"(\p{Ll}[\p{Ll}’'-]*+)(?=[ \u00a0,])")


class Breaks(Prepared):
    """A card's words."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, {"ends", "starts"})
        self._ends, self._starts = string_list(options, "ends"), string_list(options, "starts")
        if not self._ends and not self._starts:
            raise OptionError("", "give ends or starts, or no join is certain")

    @cached_property
    def ends(self) -> frozenset[str]:
        """Words behind which a sentence goes on."""
        return frozenset(self._ends)

    @cached_property
    def starts(self) -> frozenset[str]:
        """Words that carry a sentence on."""
        return frozenset(self._starts)


def prepare(options: Mapping[str, Any]) -> Breaks:
    """Take a card's words."""
    return Breaks(options)


def needs(prepared: Breaks) -> Needs:
    """A line that ends in a small letter or a comma, and another that begins with one."""
    return Needs(patterns=(r"[a-z],?[ \t]*\r?\n[\r\n]*[a-z]+[ ,]",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every break between a long line without an end and one that begins in lower case."""
    lines, text = article.lines, article.text
    torn = [index for index in range(1, len(lines) - 1) if _is_torn(article, index)]
    if not torn or _MOST_SHARE * _unended(article) > len(lines):
        return  # wrapped by hand, or verse, or a list
    places = frozenset(torn)
    for index in torn:
        if index - 1 in places or index + 1 in places:
            continue  # three lines of one sentence: something else is meant
        first, second = lines[index], lines[index + 1]
        start, end = first.start + len(text[first.start : first.end].rstrip()), second.start
        yield rule.finding(
            start, end, " ", tier=_tier(rule.prepared, text[first.start : start], text[end : second.end])
        )


def _is_torn(article: Article, index: int) -> bool:
    text = article.text
    first, second = article.lines[index], article.lines[index + 1]
    if first.end - first.start < _SHORTEST or second.end - second.start < _SHORTEST_END:
        return False
    left, right = text[max(first.end - 200, first.start) : first.end].rstrip(), text[second.start : second.end]
    if not left[-1:].islower() and not (left.endswith(",") and left[-2:-1].islower()):
        return False
    if not right[:1].islower() or not text[first.start : first.end].lstrip('"“‘« ')[:1].isupper():
        return False
    if _ITEM.match(text, first.start, first.end) or _ITEM.match(right) or not _SENTENCE_END.search(right[-40:]):
        return False
    if index + 2 < len(article.lines) and text[article.lines[index + 2].start].islower():
        return False  # a list whose items begin in lower case
    return not article.protection(second.start, second.start + 1) and not article.protection(first.end - 1, first.end)


def _unended(article: Article) -> int:
    """How many lines below the title do not end as a sentence does and are no short heading."""
    text = article.text
    return sum(
        end - start >= _SHORTEST_END and _SENTENCE_END.search(text, max(end - 40, start), end) is None
        for start, end in article.lines[1:]
    )


def _tier(breaks: Breaks, left: str, right: str) -> Tier | None:
    if left.endswith(","):
        return "unsafe"
    last = _LETTERS_AT_END.search(left[-40:])
    first = _FIRST_WORD.match(right)
    certain = (last is not None and last[1] in breaks.ends) or (first is not None and first[1] in breaks.starts)
    return None if certain else "unsafe"
