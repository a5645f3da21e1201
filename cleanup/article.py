"""The text under repair, and the parts of it that detectors ask for.

An :class:`Article` is immutable and lazy: nothing is computed until a detector asks, and
each part is computed once. All spans are half-open and in code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

import regex

Kind = Literal["code", "urls", "markup", "kept"]

WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*+")
"""A word: letters with their combining marks. Apostrophes and hyphens part words."""

_CAPITAL = regex.compile(r"(?<!\p{L})(?!I(?!\p{L}))\p{Lu}")
_LINE = regex.compile(r"[^\r\n]*[^\s][^\r\n]*")

# What each kind of protected text looks like, and the characters without which it cannot
# occur. The expressions consume possessively: a hostile megabyte costs one pass.
_PROTECTED: tuple[tuple[Kind, str, regex.Pattern[str]], ...] = (
    ("code", "`", regex.compile(r"```[^`]*+(?:`{1,2}[^`]++)*+```|(?<!`)`[^`\r\n]++`(?!`)")),
    ("markup", "<", regex.compile(r"</?[A-Za-z][^<>\r\n]{0,300}>|<!--(?:[^-]|-(?!->)){0,5000}+-->")),
    ("markup", "&", regex.compile(r"&#?\w{2,10};")),
    ("urls", "://", regex.compile(r"\b(?:https?|ftp)://[^\s<>\"“”]++")),
    ("urls", "www.", regex.compile(r"\bwww\.[^\s<>\"“”]++")),
    ("urls", "@", regex.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}+(?:\.[\w-]{1,64}+)++")),
    ("urls", "@", regex.compile(r"(?<![\w/])@\w{2,64}+")),
    ("urls", "#", regex.compile(r"(?<![\w/])\#\w{2,64}+")),
    ("urls", "/", regex.compile(r"(?<![\w/])(?:~|\.{1,2})?(?:/[\w.-]{1,64}+){2,40}+")),
    (
        "urls",
        ".",
        regex.compile(
            r"(?<=\w)\.(?:com|org|net|edu|gov|info|io|eu|uk|fr|de|es|it|ru|ua|pl"
            r"|py|js|ts|json|toml|yaml|yml|txt|md|csv|html|htm|xml|pdf|exe|zip)\b(?:/[^\s<>\"“”]*+)?"
        ),
    ),
)
_HOST_LEFT = regex.compile(r"[\w.-]*+$")
_LONGEST_HOST = 256  # code points


class Span(NamedTuple):
    """A half-open span of code points."""

    start: int
    end: int


class Protected(NamedTuple):
    """A span that only rules which ``touch`` its kind may change."""

    start: int
    end: int
    kind: Kind


def _host_start(text: str, dot: int) -> int:
    """Where the host or file name starts whose last dot stands at ``dot``."""
    head = text[max(dot - _LONGEST_HOST, 0) : dot]
    left = _HOST_LEFT.search(head)
    return dot - (len(left.group()) if left else 0)


class Cue(NamedTuple):
    """What in a text woke a rule.

    Attributes:
        words: the word types that did, as they are cased there.
        pattern: whether one of the rule's patterns matched somewhere.
    """

    words: frozenset[str] = frozenset()
    pattern: bool = False


class Article:
    """One text with its parts.

    Args:
        text: the whole text; where a title was given apart, title, blank line, body.
        title_end: where the title ends if it was given apart, else ``None``.
        protected: spans that the caller wants left alone.
        keep: words that the caller wants left alone, matched whole and as written.
        cues: what woke each rule in this text, by rule id.
    """

    def __init__(
        self,
        text: str,
        *,
        title_end: int | None = None,
        protected: tuple[tuple[int, int], ...] = (),
        keep: frozenset[str] = frozenset(),
        cues: Mapping[str, Cue] | None = None,
    ) -> None:
        self.text = text
        self.title_end = title_end
        self._named = protected
        self._keep = keep
        self._cues = cues or {}

    def cue(self, rule_id: str) -> Cue:
        """What woke the rule in this text."""
        return self._cues.get(rule_id, Cue())

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The paragraphs: lines that are not blank, without line ends and byte-order mark."""
        start = 1 if self.text.startswith("\ufeff") else 0
        return tuple(Span(*m.span()) for m in _LINE.finditer(self.text, start))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Span:
        """The line that holds ``offset``; an empty span there if it lies on a blank one."""
        index = bisect_right(self._line_starts, offset) - 1
        if index >= 0 and offset <= self.lines[index].end:
            return self.lines[index]
        return Span(offset, offset)

    def whole_line(self, index: int) -> Span:
        """Line ``index`` with the break that parts it from its neighbour: what goes with it."""
        start, end = self.lines[index]
        if index + 1 < len(self.lines):
            return Span(start, self.lines[index + 1].start)
        return Span(self.lines[index - 1].end if index else start, end)

    def writes_capitals(self, line: Span) -> bool:
        """Whether some word in ``line`` has a capital, apart from the pronoun I.

        Poems, chats and corpora that are all in lower case are meant to be.
        """
        if line not in self._writes_capitals:
            self._writes_capitals[line] = bool(_CAPITAL.search(self.text, line.start, line.end))
        return self._writes_capitals[line]

    @cached_property
    def _writes_capitals(self) -> dict[Span, bool]:
        return {}

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often each word stands in the text, as it is cased there."""
        return Counter(WORD.findall(self.text))

    @cached_property
    def protected(self) -> tuple[Protected, ...]:
        """Code, links, markup and what the caller named, ordered by start."""
        text = self.text
        spans = [
            Protected(_host_start(text, m.start()) if mark == "." else m.start(), m.end(), kind)
            for kind, mark, pattern in _PROTECTED
            if mark in text
            for m in pattern.finditer(text)
        ]
        spans += (Protected(start, end, "kept") for start, end in self._named)
        if self._keep:
            kept = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\L<words>(?![\p{L}\p{M}\p{N}])", words=self._keep)
            spans += (Protected(*m.span(), "kept") for m in kept.finditer(self.text))
        return tuple(sorted(spans))

    @cached_property
    def _protected_starts(self) -> list[int]:
        return [span.start for span in self.protected]

    @cached_property
    def _longest_protected(self) -> int:
        return max((span.end - span.start for span in self.protected), default=0)

    def protection(self, start: int, end: int) -> frozenset[Kind]:
        """The kinds of protected span that ``[start, end)`` reaches into.

        An empty span reaches into a protected one only strictly inside it.
        """
        if not self.protected:
            return frozenset()
        kinds = set()
        index = bisect_right(self._protected_starts, max(end - 1, start))
        while index > 0:
            index -= 1
            span = self.protected[index]
            if span.start + self._longest_protected <= start:
                break
            if span.start < end and start < span.end:
                kinds.add(span.kind)
        return frozenset(kinds)

    @cached_property
    def apostrophe(self) -> str:
        """The apostrophe this article uses: ``'`` or ``’``; ``'`` when it shows neither."""
        curly, straight = self.text.count("\u2019"), self.text.count("'")
        if curly == straight:
            return "\u2019" if "\u201c" in self.text else "'"
        return "\u2019" if curly > straight else "'"

    def styled(self, replacement: str) -> str:
        """``replacement`` with its straight apostrophes in the article's own style."""
        return replacement.replace("'", self.apostrophe)

    def previous_word(self, offset: int) -> str:
        """The word that ends before ``offset`` on the same line, blanks between; else empty."""
        text, end = self.text, offset
        while end > 0 and text[end - 1] in " \u00a0\t":
            end -= 1
        start = end
        while start > 0 and end - start < 64 and (text[start - 1].isalpha() or text[start - 1] in "'’-"):
            start -= 1
        return text[start:end]

    def next_word(self, offset: int) -> str:
        """The word that starts after ``offset`` on the same line, blanks between; else empty."""
        text, start = self.text, offset
        while start < len(text) and text[start] in " \u00a0\t":
            start += 1
        end = start
        while end < len(text) and end - start < 64 and (text[end].isalpha() or text[end] in "'’-"):
            end += 1
        return text[start:end]
