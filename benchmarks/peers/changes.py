"""What a tool changed in a text, and whether the result is what it should be.

All tools are judged by what they made of a line, not by what they say they did. A change is
a stretch of tokens (words, single marks, white space) in which the lines differ; stretches
with nothing but white space between them are one change.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from cleanup.evaluation.judge import LineEdit

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_FOLD = str.maketrans("“”„‟«»″‘’‚‛‹›′`´", '"' * 7 + "'" * 9)


class Stretch(NamedTuple):
    """Where two lists of tokens differ: ``[start, end)`` became ``[new_start, new_end)``."""

    start: int
    end: int
    new_start: int
    new_end: int


def tokens(text: str) -> list[str]:
    """Words, single marks and white space; joined again they are the text."""
    return _TOKEN.findall(text)


def folded(text: str) -> str:
    """The text with one glyph for all double and one for all single quotation marks.

    >>> folded("‘So’, “he” said")
    '\\'So\\', "he" said'
    """
    return text.translate(_FOLD)


def stretches(before: list[str], after: list[str]) -> list[Stretch]:
    """The changes that turn the one list of tokens into the other.

    >>> stretches(tokens("in new york , too"), tokens("in New York, too"))
    [Stretch(start=2, end=6, new_start=2, new_end=5)]
    """
    found: list[Stretch] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and not "".join(before[found[-1].end : start]).strip():
            start, new_start = found[-1].start, found[-1].new_start
            found.pop()
        found.append(Stretch(start, end, new_start, new_end))
    return found


def line_edits(before: str, after: str) -> list[LineEdit]:
    """The changes that turn one line into the other, as `cleanup eval mt` judges them.

    >>> from cleanup.evaluation.judge import verdict
    >>> edits = line_edits("He left kyiv, too.", "He left Kyiv, too.")
    >>> edits
    [LineEdit(line=0, start=8, end=12, after='Kyiv')]
    >>> verdict("He left kyiv, too.", edits, edits[0], "They left Kyiv, too.")
    'right'
    """
    old, new = tokens(before), tokens(after)
    starts = [0, *accumulate(map(len, old))]
    return [
        LineEdit(0, starts[change.start], starts[change.end], "".join(new[change.new_start : change.new_end]))
        for change in stretches(old, new)
    ]


def page(before: str, expected: str, after: str) -> tuple[int, int, int]:
    """For a whole page: its faults, how many came out as expected, and changes elsewhere.

    A fault is a stretch in which the page and the expected one differ; it is mended if what
    the tool made of that stretch, and of what it changed beside it, is as expected to the
    letter. Blank lines do not count.

    >>> page("I dont know kyiv now.", "I don't know Kyiv now.", "I don't know kyiv then.")
    (2, 1, 1)
    >>> page("Rain\\nRain\\nIt rains.", "Rain\\nIt rains.", "Rain\\nRain\\nIt rains.")
    (1, 0, 0)
    """
    old, right, got = (tokens("\n".join(filter(str.strip, text.split("\n")))) for text in (before, expected, after))
    faults = stretches(old, right)
    if got == right:
        return len(faults), len(faults), 0
    made = stretches(old, got) if got != old else []
    fixed = 0
    for fault in faults:
        near = [change for change in made if _touch(change, fault)]
        start, end = min(c.start for c in (fault, *near)), max(c.end for c in (fault, *near))
        fixed += bool(near) and _became(start, end, made, old, got) == _became(start, end, faults, old, right)
    return len(faults), fixed, sum(not any(_touch(change, fault) for fault in faults) for change in made)


def _touch(one: Stretch, other: Stretch) -> bool:
    return one.start <= other.end and other.start <= one.end


def _became(start: int, end: int, changes: list[Stretch], old: list[str], new: list[str]) -> str:
    """What ``old[start:end]`` is once the changes that touch it are made."""
    pieces, at = [], start
    for change in changes:
        if start <= change.end and change.start <= end:
            pieces += (*old[at : change.start], *new[change.new_start : change.new_end])
            at = change.end
    return "".join((*pieces, *old[at:end]))


def count(before: list[str], after: list[str]) -> Counter[str]:
    """Changes in an article's lines: ``all``, and ``glyphs``, those of nothing but quote glyphs."""
    found: Counter[str] = Counter()
    for one, other in zip(before, after, strict=True):
        if one == other:
            continue
        old, new = tokens(one), tokens(other)
        for change in stretches(old, new):
            was = "".join(old[change.start : change.end])
            now = "".join(new[change.new_start : change.new_end])
            found["all"] += 1
            found["glyphs"] += folded(was) == folded(now)
    return found
