"""What a tool changed in a line, and whether a human's line agrees.

All tools are judged by what they made of a line, not by what they say they did. A change is
a stretch of tokens (words, single marks, white space) in which the lines differ; stretches
with nothing but white space between them are one change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

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


def verdicts(before: str, after: str, reference: str) -> Iterator[tuple[str, str, str]]:
    """For every change from ``before`` to ``after``: verdict, old and new window.

    The window is the change with one token on each side, quote glyphs folded. ``right`` if
    the new one stands in the reference and the old one does not, ``wrong`` if the reverse;
    else ``undecided``.

    >>> [v for v, _, _ in verdicts("He came to kyiv, too.", "He came to Kyiv, too.", "They came to Kyiv, also.")]
    ['right']
    >>> [v for v, _, _ in verdicts("In Lyon , he", "In Lyons , he", "In Lyon , it")]
    ['wrong']
    """
    old, new, reference = tokens(before), tokens(after), folded(reference)
    for change in stretches(old, new):
        left, right = _left(old, change.start), _right(old, change.end)
        was = "".join(old[left:right])
        now = "".join(old[left : change.start] + new[change.new_start : change.new_end] + old[change.end : right])
        stood, stands = _stands(was, reference), _stands(now, reference)
        yield ("undecided" if stood == stands else "right" if stands else "wrong"), was, now


def page(before: str, expected: str, after: str) -> tuple[int, int, int]:
    """For a whole page: its faults, how many came out as expected, and changes elsewhere.

    A fault is a stretch in which the page and the expected one differ; it is mended if that
    stretch, with one token on each side, is in the result to the letter. Blank lines do not
    count.

    >>> page("I dont know kyiv now.", "I don't know Kyiv now.", "I don't know kyiv then.")
    (2, 1, 1)
    """
    old, right, got = (tokens("\n".join(filter(str.strip, text.split("\n")))) for text in (before, expected, after))
    faults = stretches(old, right)
    blocks = SequenceMatcher(None, right, got, autojunk=False).get_matching_blocks()
    fixed = 0
    for fault in faults:
        start, end = _left(right, fault.new_start), _right(right, fault.new_end)
        fixed += any(block.a <= start and end <= block.a + block.size for block in blocks)
    damaged = sum(
        not any(change.start <= fault.end and fault.start <= change.end for fault in faults)
        for change in stretches(old, got)
    )
    return len(faults), fixed, damaged


def restored(faulty: str, clean: str, after: str) -> tuple[int, int]:
    """How many faults put into ``clean`` there are, and how many are out again to the letter."""
    faults, fixed, _ = page(faulty, clean, after)
    return faults, fixed


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


def _left(line: list[str], at: int) -> int:
    """Where the token before ``at`` begins, white space not counted."""
    at -= 1
    return max(at - (at > 0 and line[at].isspace()), 0)


def _right(line: list[str], at: int) -> int:
    """Where the token from ``at`` on ends, white space not counted."""
    return min(at + 1 + (at < len(line) and line[at].isspace()), len(line))


def _stands(window: str, reference: str) -> bool:
    """Whether the window stands in the reference, at the edges of words."""
    window = folded(window).strip()
    if not window:
        return not reference.strip()
    edges = (r"(?<!\w)" if re.match(r"\w", window) else "", r"(?!\w)" if re.search(r"\w$", window) else "")
    return bool(window in reference and re.search(edges[0] + re.escape(window) + edges[1], reference))
