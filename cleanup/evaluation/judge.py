"""Was one change right? A reference decides where it can, and is silent elsewhere.

A change is judged in a window: the words it touches and one word more on each side, with
all other changes of the line made. If the window with the change stands in the reference
line, and without it does not, the change is right; the other way round it is wrong;
otherwise the reference does not tell. Whole-line distances were tried and mislead: they
punish correct repairs of spacing by chance alignments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal

from cleanup.edit import Change

Verdict = Literal["right", "wrong", "undecided"]

_GLYPHS = str.maketrans(dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("‘’‚‛‹›′`´＇", "'"))
_LINE_EDGE = "\n"  # no token contains it


@dataclass(frozen=True, slots=True)
class LineEdit:
    """What one change does to one line: ``line[start:end]`` becomes ``after``."""

    line: int
    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True)
class Windows:
    """The words that two readings of a line do not share, and one word more on each side."""

    unchanged: tuple[str, ...]
    changed: tuple[str, ...]


def line_edits(lines: Sequence[str], changes: Iterable[Change]) -> list[tuple[LineEdit, ...]]:
    """For each change what it does to each of the lines that it touches.

    The lines of a text stay as many as they were: of a change that takes away a line end,
    every line keeps what resembles it most, so a removed line becomes empty and the lines
    beside it stay what they were.
    """
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return [tuple(_split(starts, change)) for change in changes]


def _split(starts: list[int], change: Change) -> Iterable[LineEdit]:
    first = bisect_right(starts, change.start) - 1
    before = change.before.split("\n")
    for offset, (old, new) in enumerate(zip(before, _shared_out(change.after.split("\n"), before), strict=True)):
        start = 0 if offset else change.start - starts[first]
        if old != new:
            yield LineEdit(first + offset, start, start + len(old), new)


def _shared_out(new: list[str], old: list[str]) -> list[str]:
    """The lines of ``new`` on as many lines as ``old``, each where it resembles what stood there."""
    if len(new) >= len(old):
        return [*new[: len(old) - 1], " ".join(new[len(old) - 1 :])]
    result = [""] * len(old)
    at = 0
    for index, line in enumerate(new):
        last = len(old) - (len(new) - index)
        best = max(range(at, last + 1), key=lambda k: SequenceMatcher(None, old[k], line, autojunk=False).ratio())
        result[best] = line
        at = best + 1
    return result


def corrected(line: str, edits: Iterable[LineEdit]) -> str:
    """``line`` with ``edits`` made.

    >>> corrected("They dont know.", [LineEdit(0, 5, 9, "don't")])
    "They don't know."
    """
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        pieces += (line[at : edit.start], edit.after)
        at = edit.end
    return "".join((*pieces, line[at:]))


def verdict(line: str, edits: Sequence[LineEdit], one: LineEdit, reference: str) -> Verdict:
    """What the reference line says to one of the edits of a line.

    A removed line has no window. That it went is right where the reference line is blank;
    wrong where the reference has these very words; and undecided else, as the reference
    may tell the same in other words, or something else that this line should have told.

    >>> dont = LineEdit(0, 5, 9, "don't")
    >>> verdict("They dont know.", [dont], dont, "But they say They don’t know.")
    'right'
    """
    unchanged = corrected(line, [edit for edit in edits if edit != one])
    changed = corrected(line, edits)
    if unchanged.strip() and not changed.strip():
        if not reference.strip():
            return "right"
        return "wrong" if _stands(tokens(unchanged), tokens(reference)) else "undecided"
    return compare(unchanged, changed, reference)


def compare(unchanged: str, changed: str, reference: str) -> Verdict:
    """Which of two readings of a line the reference has."""
    pair = windows(unchanged, changed)
    expected = (_LINE_EDGE, *tokens(reference), _LINE_EDGE)
    before, after = _stands(pair.unchanged, expected), _stands(pair.changed, expected)
    if before == after:
        return "undecided"
    return "right" if after else "wrong"


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a change from those on its lines: one line that is wrong makes it wrong."""
    found = set(verdicts)
    return "wrong" if "wrong" in found else "right" if "right" in found else "undecided"


def tokens(text: str) -> tuple[str, ...]:
    """Runs of what is not blank, with quotation marks and apostrophes as straight ones.

    >>> tokens("« Oui » — ‘it’s’  ``so''")
    ('"', 'Oui', '"', '—', "'it's'", '"so"')
    """
    return tuple(text.translate(_GLYPHS).replace("''", '"').split())


def windows(unchanged: str, changed: str) -> Windows:
    """The words in which two readings of a line differ, with one shared word on each side.

    Where the line ends beside them there is no such word, and the window is shorter. Only
    where words were added or taken away without others in their place, the end of the line
    counts as a word: else the one neighbour left would be found in almost any reference.

    >>> windows("Now in kyiv today.", "Now in Kyiv today.").changed
    ('in', 'Kyiv', 'today.')
    """
    old, new = tokens(unchanged), tokens(changed)
    shortest = min(len(old), len(new))
    head = next((k for k in range(shortest) if old[k] != new[k]), shortest)
    rest = shortest - head
    tail = next((k for k in range(rest) if old[-1 - k] != new[-1 - k]), rest)
    if head + tail == shortest:
        old, new = ((_LINE_EDGE, *side, _LINE_EDGE) for side in (old, new))
        head, tail = head + 1, tail + 1
    start = max(head - 1, 0)
    stop = max(tail - 1, 0)
    return Windows(old[start : len(old) - stop], new[start : len(new) - stop])


def _stands(window: tuple[str, ...], line: tuple[str, ...]) -> bool:
    size = len(window)
    return any(line[at : at + size] == window for at in range(len(line) - size + 1))
