"""Was one change right? A reference decides where it can, and is silent elsewhere.

A change is judged in a window: what it replaces and one token on each side, with all other
changes of the line made. If the window with the change stands in the reference
line, and without it does not, the change is right; the other way round it is wrong;
otherwise the reference does not tell. Whole-line distances were tried and mislead: they
punish correct repairs of spacing by chance alignments.
"""

from __future__ import annotations

import re
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
# What adjoins a change, to the left and to the right: one token, or what the change leaves
# of the one that it cuts; then the same and a token more.
_LEFT = (re.compile(r"\S*\s*\Z"), re.compile(r"(?:\S+\s+)?\S*\s*\Z"))
_RIGHT = (re.compile(r"\s*\S*"), re.compile(r"\s*\S*(?:\s+\S+)?"))

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineEdit:
    """What one change does to one line: ``line[start:end]`` becomes ``after``."""

    line: int
    start: int
    end: int
    after: str


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
    prefix = corrected(line[: one.start], (e for e in edits if e is not one and e.end <= one.start))
    rest = (
        LineEdit(e.line, e.start - one.end, e.end - one.end, e.after)
        for e in edits
        if e is not one and e.start >= one.end
    )
    suffix = corrected(line[one.end :], rest)
    old = line[one.start : one.end]
    if not (prefix + one.after + suffix).strip():
        if not reference.strip():
            return "right"
        return "wrong" if _stands(tokens(prefix + old + suffix), tokens(reference)) else "undecided"
    unchanged, changed = windows(prefix, old, one.after, suffix)
    expected = (_LINE_EDGE, *tokens(reference), _LINE_EDGE)
    before, after = _stands(unchanged, expected), _stands(changed, expected)
    if before == after:
        return "undecided"
    return "right" if after else "wrong"


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a change from those on its lines: one line that is wrong makes it wrong."""
    found = set(verdicts)
    return "wrong" if "wrong" in found else "right" if "right" in found else "undecided"


def folded(text: str) -> str:
    """``text`` with quotation marks and apostrophes as straight ones: which glyph is no matter of right."""
    return text.translate(_GLYPHS).replace("''", '"')


def tokens(text: str) -> Tokens:
    """Runs of what is not blank, with quotation marks and apostrophes as straight ones.

    >>> tokens("« Oui » — ‘it’s’  ``so''")
    ('"', 'Oui', '"', '—', "'it's'", '"so"')
    """
    return tuple(folded(text).split())


def windows(prefix: str, old: str, new: str, suffix: str) -> tuple[Tokens, Tokens]:
    """A line's words around a change, without it and with it.

    One token on each side, never across the line. Where that leaves a single word, as with
    an apostrophe put into it or at the end of a line, it is two on each side: one word may
    stand anywhere. Where a line begins or ends with words that are added or taken away
    without others in their place, its end counts as a word, for the same reason.

    >>> windows("Now in ", "kyiv", "Kyiv", ", they said")
    (('in', 'kyiv,'), ('in', 'Kyiv,'))
    >>> windows("the deal", ".", "", " in Geneva")
    (('deal.', 'in'), ('deal', 'in'))
    """
    for left, right in zip(_LEFT, _RIGHT, strict=True):
        head, tail = _found(left, prefix), _found(right, suffix, at_start=True)
        pair = tokens(head + old + tail), tokens(head + new + tail)
        if min(map(len, pair)) > 1:
            break
    if not old.strip() or not new.strip():
        start = () if prefix.strip() else (_LINE_EDGE,)
        end = () if suffix.strip() else (_LINE_EDGE,)
        pair = (*start, *pair[0], *end), (*start, *pair[1], *end)
    return pair


def _found(expression: re.Pattern[str], text: str, *, at_start: bool = False) -> str:
    found = expression.match(text) if at_start else expression.search(text)
    return found[0] if found else ""


def _stands(window: Tokens, line: Tokens) -> bool:
    size = len(window)
    return any(line[at : at + size] == window for at in range(len(line) - size + 1))
