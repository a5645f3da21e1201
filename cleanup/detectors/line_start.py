"""A paragraph whose first word has lost its capital: ``the talks were broken off.``

The paragraph must read as prose from a sentence's start to a sentence's end, the one before
it must have ended, and most paragraphs of the article must start with a capital. What is
small on purpose is left: verse, lists, chats, wrapped lines and what a quotation carries on.
``[with]`` holds ``never``, words that start small wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, refuse_unknown, string_list
from cleanup.rule import Needs, Rule

_OPENING = "[\"“‘'„«]"
_SMALL = expression(
    rf"(?m)^\ufeff?[ \u00a0]{{0,4}}+{_OPENING}?(?P<word>\p{{Ll}}[\p{{L}}\p{{M}}]*+)(?=[ ,\u00a0]|['’]\p{{Ll}})"
)
_CAPITAL_START = expression(rf"[ \u00a0]*+{_OPENING}?[\p{{Lu}}\p{{N}}]")
_END = expression(r"[.!?…][\"”’'»)]{0,3}\Z")
_ABBREVIATION = expression(
    r"(?:(?<!\p{L})\p{L}|\b(?:Mr|Mrs|Ms|Dr|St|Nos?|vs|etc|cf|al|ca|Jr|Sr|Inc|Co|Ltd|[aApP]\.m))\.\Z"
)
_INFORMAL = expression(r"\.{2}|…|[!?]{2}|[:;]-?[()]")
_CHAT = expression(
    r"(?<![\p{L}\p{N}.'’-])i (?:am|have|think|was|find|do|can|agree|know|would)\b|\.{5}|\b(?:lol|btw|imo)\b"
)
_TAIL = 200  # code points that tell how a line ends
_SHORTEST = 4  # words of a paragraph
_WITNESSES = 3  # other paragraphs of prose
_MOST_SMALL = 0.4  # of an article's paragraphs: more, and small starts are its way of writing
_MOST_UNENDED = 0.4  # of its lines of some length: more, and the article is wrapped, or verse
_LONG = 40  # code points


class Never:
    """A card's words that stay small."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("never",))
        self.never = frozenset(string_list(options, "never"))


def prepare(options: Mapping[str, Any]) -> Never:
    """Read the card's words."""
    return Never(options)


def needs(prepared: Never) -> Needs:
    """A line that starts with a small letter."""
    return Needs(patterns=(rf"(?:^|\n)[ \x{{a0}}]?{_OPENING}?[a-z][a-zé]*[ ,'’]",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """The first word of every paragraph that should have started with a capital."""
    card: Never = rule.prepared
    text = article.text
    manner = _Manner(article)
    for match in finditer(_SMALL, text):
        word = match["word"]
        if word in card.never or not evidence.is_word(word) or (len(word) == 1 and word != "a"):
            continue
        line = article.line_at(match.start("word"))
        if line.end < match.end() or not manner.is_prose(line) or not manner.is_usual:
            continue
        if not manner.follows_an_end(line) or _INFORMAL.search(text, line.start, line.end):
            continue
        start = match.start("word")
        yield rule.finding(start, start + 1, word[0].upper(), evidence=manner.witness)


class _Manner:
    """How an article writes its paragraphs."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._index = {line: at for at, line in enumerate(article.lines)}

    def is_prose(self, line: Span) -> bool:
        """Whether a line is a sentence or more to its end."""
        text = self._article.text
        return self._ends(line) and len(text[line.start : line.start + _TAIL].split()) >= _SHORTEST

    def follows_an_end(self, line: Span) -> bool:
        """Whether the line before, if there is one in the same part, ends a sentence of its own."""
        at = self._index[line]
        before = self._article.lines[at - 1] if at else None
        if before is None or before.end <= (self._article.title_end or -1) < line.start:
            return True
        return self._ends(before) and _ABBREVIATION.search(self._tail(before)) is None

    @cached_property
    def is_usual(self) -> bool:
        """Whether the article's paragraphs start with capitals and end as sentences do."""
        capital, small = self._starts
        if _CHAT.search(self._article.text):
            return False
        if capital < _WITNESSES or small > _MOST_SMALL * (capital + small):
            return False
        long = [line for line in self._article.lines if line.end - line.start >= _LONG]
        return sum(not self._ends(line) for line in long) <= _MOST_UNENDED * len(long)

    @property
    def witness(self) -> str:
        """What was counted, in words."""
        capital, small = self._starts
        return f"{capital} paragraphs here start with a capital, {small} with a small letter"

    @cached_property
    def _starts(self) -> tuple[int, int]:
        prose = [line for line in self._article.lines if self.is_prose(line)]
        capital = sum(_CAPITAL_START.match(self._article.text, line.start) is not None for line in prose)
        return capital, len(prose) - capital

    def _ends(self, line: Span) -> bool:
        return _END.search(self._tail(line)) is not None

    def _tail(self, line: Span) -> str:
        return self._article.text[max(line.start, line.end - _TAIL) : line.end].rstrip()
