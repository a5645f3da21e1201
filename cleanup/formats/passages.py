"""Where changes stand: lines and columns, and changes as a reader sees them, in whole words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from cleanup.edit import Change

_LONGEST_WORD = 60  # code points; scripts without blanks have no words to complete
_BYTE_ORDER_MARK = "\ufeff"


class Lines:
    """The lines of a text, which end at a line feed and nowhere else.

    That is what patches, compilers and editors count; a lone carriage return or U+2028 is
    a character of its line.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def number(self, offset: int) -> int:
        """The line that ``offset`` is in, from 1."""
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of ``offset``, both from 1, the column in code points.

        A byte-order mark takes no column: no editor shows one.
        """
        line = self.number(offset)
        column = offset - self.starts[line - 1] + 1
        marked = line == 1 and column > 1 and self._text.startswith(_BYTE_ORDER_MARK)
        return line, column - marked

    def start(self, offset: int) -> int:
        """Where the line of ``offset`` starts."""
        return self.starts[self.number(offset) - 1]

    def end(self, offset: int) -> int:
        """Where the line of ``offset`` ends, without its line end."""
        end = self._text.find("\n", offset)
        end = len(self._text) if end < 0 else end
        return end - 1 if end > offset and self._text[end - 1] == "\r" else end


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more changes, widened to the words that they cut.

    Attributes:
        start, end: the span in the original.
        before, after: what stood there, and what stands there now.
        changes: the changes in it.
    """

    start: int
    end: int
    before: str
    after: str
    changes: tuple[Change, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of all its changes, each once."""
        return tuple(dict.fromkeys(rule for change in self.changes for rule in change.rules))


def passages(text: str, changes: Iterable[Change]) -> list[Passage]:
    """The changes of one field as passages, in order; changes within one word are together."""
    gathered: list[tuple[int, int, list[Change]]] = []
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        start, end = _whole_words(text, change)
        if gathered and start < gathered[-1][1]:
            last = gathered.pop()
            start, end, joined = last[0], max(end, last[1]), [*last[2], change]
        else:
            joined = [change]
        gathered.append((start, end, joined))
    return [
        Passage(start, end, text[start:end], _changed(text, start, end, joined), tuple(joined))
        for start, end, joined in gathered
    ]


def _changed(text: str, start: int, end: int, changes: Iterable[Change]) -> str:
    pieces: list[str] = []
    at = start
    for change in changes:
        pieces += (text[at : change.start], change.after)
        at = change.end
    return "".join((*pieces, text[at:end]))


def _whole_words(text: str, change: Change) -> tuple[int, int]:
    """The span of ``change``, widened on each side where it cuts a word, old or new."""
    start, end = change.start, change.end
    first = (text[start : start + 1], change.after[:1] or text[end : end + 1])
    last = (text[max(end - 1, 0) : end], change.after[-1:] or text[max(start - 1, 0) : start])
    return (
        _word_edge(text, start, -1) if any(map(_in_word, first)) else start,
        _word_edge(text, end, 1) if any(map(_in_word, last)) else end,
    )


def _word_edge(text: str, at: int, step: int) -> int:
    """How far the word reaches from ``at``; ``at`` itself if that is too far to show."""
    edge = at
    while 0 <= (beside := edge - (step < 0)) < len(text) and _in_word(text[beside]):
        edge += step
        if abs(edge - at) > _LONGEST_WORD:
            return at
    return edge


def _in_word(character: str) -> bool:
    return bool(character) and (
        character.isalnum() or character in "'’" or unicodedata.category(character).startswith("M")
    )
