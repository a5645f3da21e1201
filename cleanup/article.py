"""The text under repair, and the parts of it that detectors ask for.

An :class:`Article` is immutable and lazy: nothing is computed until a detector asks, and
each part is computed once. All spans are half-open and in code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

import regex

from cleanup.expressions import expression

TIME_LIMIT = 20.0
"""Seconds that one expression may spend on one text before the text fails aloud."""

Kind = Literal["code", "urls", "markup", "kept"]

WORD = expression(r"\p{L}[\p{L}\p{M}]*+")
"""A word: letters with their combining marks. Apostrophes and hyphens part words."""

PATIENCE = 32
"""Searches for a word that together take about as long as finding all words of an article."""

_FIRST_MARK = "\u0300"  # no code point below is a combining mark

_CAPITAL = expression(r"(?<!\p{L})(?!I(?!\p{L}))\p{Lu}")
_LINE = expression(r"[^\r\n]++")

# What each kind of protected text looks like, and the characters without which it cannot
# occur. The expressions consume possessively, and none but the first of its kind can start
# where another has not ended: a hostile megabyte costs one pass.
_PROTECTED: tuple[tuple[Kind, str, regex.Pattern[str]], ...] = (
    # A fence closes with at least as many marks on a line of its own, or with the text.
    ("code", "```", expression(r"(?ms)^[ ]{0,3}(`{3,})[^`\r\n]*+$.*?(?:^[ ]{0,3}\1`*+[ ]*+$|\Z)")),
    ("code", "```", expression(r"(?s)```.*?```")),
    ("code", "~~~", expression(r"(?ms)^[ ]{0,3}(~{3,})[^\r\n]*+$.*?(?:^[ ]{0,3}\1~*+[ ]*+$|\Z)")),
    ("code", "`", expression(r"(?<!`)(`{1,3})(?!`)(?:[^`\r\n]|(?!(?<!`)\1(?!`))`){1,2000}+(?<!`)\1(?!`)")),
    ("code", "</", expression(r"(?is)<(code|pre|script|style|kbd|samp|tt)\b[^<>]{0,2000}+>.*?(?:</\1[ ]*+>|\Z)")),
    ("markup", "<", expression(r"""</?[A-Za-z](?:[^<>"'”]|"[^"<]{0,2000}+"|'[^'<]{0,2000}+'|["'”]){0,4000}+>""")),
    ("markup", "-->", expression(r"(?s)<!--.*?-->")),
    ("markup", "&", expression(r"&#?\w{2,10};")),
    ("urls", "://", expression(r"\b[A-Za-z][A-Za-z+.-]{1,15}://[^\s<>\"“”]++")),
    ("urls", "data:", expression(r"\bdata:[\w/+.-]{3,64}+[;,][^\s<>\"“”]++")),
    ("urls", "www.", expression(r"\bwww\.[^\s<>\"“”]++")),
    ("urls", "@", expression(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}+(?:\.[\w-]{1,64}+)++")),
    ("urls", "@", expression(r"(?<![\w/])@\w{2,64}+")),
    ("urls", "#", expression(r"(?<![\w/])\#\w{2,64}+")),
    ("urls", "/", expression(r"(?<![\w/.~])(?:~|\.{1,2})?+(?:/[\w.-]{1,64}+){2,40}+")),
    ("urls", "\\", expression(r"\b[A-Za-z]:(?:\\[\w.-]{1,64}+){1,40}+")),
    # A domain that is followed by a path needs no known ending.
    ("urls", "/", expression(r"(?<![\w.-])[\w-]{1,63}+(?:\.[\w-]{2,63}+){1,5}+/[^\s<>\"“”]++")),
    (
        "urls",
        ".",
        expression(
            r"(?<=\w)\.(?:com|org|net|edu|gov|info|io|eu|uk|fr|de|es|it|ru|ua|pl"
            r"|py|js|ts|json|toml|yaml|yml|txt|md|csv|html|htm|xml|pdf|exe|zip|nl|ch|be|se|shop|cz|jp|tv|app|travel|news|docx?|xlsx?|pptx?|odt|jpe?g|png|gif|svg|mp[34]|css|php|log|cfg|ini)\b(?:/[^\s<>\"“”]*+)?"
        ),
    ),
)
_HOST_LEFT = expression(r"[\w.-]*+$")
_BEHIND_MARK = 100_000  # code points that a span may reach behind its last mark
_LONGEST_HOST = 256  # code points


def standing(text: str, word: str) -> Iterator[int]:
    """Where ``word`` stands in ``text`` as one that :data:`WORD` finds: between letters it does not."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        left, right = text[at - 1 : at], text[end : end + 1]
        if not left.isalpha() and not right.isalpha():
            if left < _FIRST_MARK > right:
                yield at
            elif any(match.span() == (at, end) for match in WORD.finditer(text, max(at - 100, 0), end + 100)):
                yield at  # a combining mark stands there: it belongs to the word beside it, if there is one
        at = text.find(word, end)


def kept_spans(text: str, keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where the words to keep stand in ``text``, whole and as written."""
    if keep:
        kept = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\L<words>(?![\p{L}\p{M}\p{N}])", words=keep)
        for match in kept.finditer(text, timeout=TIME_LIMIT):
            yield match.span()


class Span(NamedTuple):
    """A half-open span of code points."""

    start: int
    end: int


class Protected(NamedTuple):
    """A span that only rules which ``touch`` all its kinds may change."""

    start: int
    end: int
    kinds: frozenset[Kind]


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
        return tuple(Span(*m.span()) for m in _LINE.finditer(self.text, start) if not m.group().isspace())

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_index(self, offset: int) -> int:
        """The index of the line that holds ``offset``, or of the one before; -1 in front of all."""
        return bisect_right(self._line_starts, offset) - 1

    def line_at(self, offset: int) -> Span:
        """The line that holds ``offset``; an empty span there if it lies on a blank one."""
        index = self.line_index(offset)
        if index >= 0 and offset <= self.lines[index].end:
            return self.lines[index]
        return Span(offset, offset)

    def whole_line(self, index: int) -> Span:
        """Line ``index`` with the break that parts it from its neighbour in the same field."""
        start, end = self.lines[index]
        # A break that parts the fields is no part of either.
        title_end = -1 if self.title_end is None else self.title_end
        if index + 1 < len(self.lines) and not end <= title_end < self.lines[index + 1].start:
            return Span(start, self.lines[index + 1].start)
        before = self.lines[index - 1].end if index else start
        return Span(start if before <= title_end < start else before, end)

    @property
    def parts(self) -> tuple[Span, ...]:
        """Title and body where they were given apart, else the whole."""
        if self.title_end is None:
            return (Span(0, len(self.text)),)
        return Span(0, self.title_end), Span(self.title_end, len(self.text))

    def solid(self, start: int, end: int) -> int:
        """How many code points of a part are not blank."""
        if (start, end) not in self._solid:
            self._solid[start, end] = sum(map(len, self.text[start:end].split()))
        return self._solid[start, end]

    @cached_property
    def _solid(self) -> dict[tuple[int, int], int]:
        return {}

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

    def times(self, word: str) -> int:
        """How often ``word`` stands in the text, as it is cased."""
        if word not in self._times:
            if len(self._times) >= PATIENCE:
                return self._word_counts[word]
            self._times[word] = sum(1 for _ in standing(self.text, word))
        return self._times[word]

    @cached_property
    def _times(self) -> dict[str, int]:
        return {}

    @cached_property
    def _word_counts(self) -> Counter[str]:
        return Counter(WORD.findall(self.text))

    @cached_property
    def protected(self) -> tuple[Protected, ...]:
        """Code, links, markup and what the caller named: ordered, and merged where they overlap."""
        merged: list[Protected] = []
        for start, end, kind in sorted(self._protected_spans()):
            if merged and start < merged[-1].end:
                last = merged.pop()
                merged.append(Protected(last.start, max(last.end, end), last.kinds | {kind}))
            else:
                merged.append(Protected(start, end, frozenset({kind})))
        return tuple(merged)

    def _protected_spans(self) -> Iterator[tuple[int, int, Kind]]:
        text = self.text
        for kind, mark, pattern in _PROTECTED:
            if mark not in text:
                continue
            reach = text.rfind(mark) + len(mark) + _BEHIND_MARK
            for m in pattern.finditer(text, 0, reach, timeout=TIME_LIMIT):
                yield _host_start(text, m.start()) if mark == "." else m.start(), m.end(), kind
        for start, end in self._named:
            if start <= end:
                yield start, end, "kept"
        for start, end in kept_spans(text, self._keep):
            yield start, end, "kept"

    @cached_property
    def _protected_starts(self) -> list[int]:
        return [span.start for span in self.protected]

    def protection(self, start: int, end: int) -> frozenset[Kind]:
        """The kinds of protected span that ``[start, end)`` reaches into.

        An empty span reaches into a protected one only strictly inside it.
        """
        kinds: frozenset[Kind] = frozenset()
        index = bisect_right(self._protected_starts, max(end - 1, start)) if self.protected else 0
        while index > 0 and self.protected[index - 1].end > start:
            index -= 1
            if self.protected[index].start < end:
                kinds |= self.protected[index].kinds
        return kinds

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
