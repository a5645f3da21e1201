"""Quotation marks as a sequence: each paragraph's marks open and close in turn.

A mark with a blank in front and a word behind opens; one behind a word closes; what its own
neighbours leave open, the marks before and after it decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import regex

from cleanup.article import Article, Span
from cleanup.expressions import expression
from cleanup.matching import finditer

BLANKS = " \t\u00a0\u2009\u202f"
"""What may stand between a mark and what it encloses."""

BETWEEN_CITED = frozenset(("and", "or", "to", "by", "for", "with", "et", "und"))
"""Words that join two quotations, or two marks that are spoken of."""

NATIVE = expression('["“”„‟]')
"""The double marks of English, and those that are easily taken for them."""

ANY = expression(
    "[\"“”„‟«»‹›″〝〞〟＂「」『』《》〈〉]|′′|(?<!')''(?!')|(?<!`)``(?!`)|(?<![<>=\\p{L}\\p{N}])<<(?=\\p{L})|(?<=[\\p{L}\\p{N}.!?,])>>(?![<>=\\p{L}\\p{N}])|(?<!,),,(?!,)"
    "|(?<!‘)‘‘(?!‘)|(?<!’)’’(?!’)|(?<!´)´´(?!´)"
)
"""What may be a mark in any language. Two straight apostrophes and the like are one mark."""

_OPENERS = "([{‘'/"
_DASHES = "—–-―"
_AFTER_CLOSE = ".,;:!?)]}…%"
_SIGNS = "$€£¥#@+~§"
_MOST_MARKS = 400  # in one paragraph: more is no prose
_OPENS_ITSELF = frozenset(("„", "«", "‹", "“", "〝", "「", "『", "《", "〈", "``", "<<", ",,", "‟", "‘‘"))
_CLOSES_ITSELF = frozenset(("»", "›", "”", "〞", "〟", "」", "』", "》", "〉", ">>"))
_NEVER_CLOSES = frozenset(("„", ",,", "``", "<<", "「", "『", "《", "〈", "〝", "‘‘"))
# Other languages write these either way round: « so », »so« and »so».
_EITHER_WAY = frozenset("«»‹›")
_KINDS = {
    "straight": '"',
    "curly": "“ ” „ ‟",
    "guillemets": "« »",
    "single guillemets": "‹ ›",
    "corners": "「 」",
    "white corners": "『 』",
    "title brackets": "《 》",
    "angle brackets": "〈 〉",
    "slanting": "〝 〞 〟",
    "full width": "＂",
    "primes": "″ ′′",
    "angles": "<< >>",
    "two singles": "'' `` ,, ‘‘ ’’ ´´",
}
_FAMILIES = {mark: family for family, marks in _KINDS.items() for mark in marks.split()}
_IN_ANGLES = frozenset(("markup",))


class Mark(NamedTuple):
    """A quotation mark in its place.

    Attributes:
        start, end: where it stands.
        text: the mark.
        shape: ``O`` if what stands around it makes it an opening mark, ``C`` a closing one, else empty.
    """

    start: int
    end: int
    text: str
    shape: str

    @property
    def family(self) -> str:
        """Marks of one family pair with each other."""
        return _FAMILIES[self.text]

    @property
    def hinted(self) -> str:
        """Its shape, or else what the mark is by itself."""
        if self.shape:
            return self.shape
        return "O" if self.text in _OPENS_ITSELF else "C" if self.text in _CLOSES_ITSELF else ""


Roles = list[tuple[Mark, str]]
"""Marks, each with what it does: ``O`` opens, ``C`` closes."""


def marks_in(article: Article, line: Span, pattern: regex.Pattern[str]) -> list[Mark]:
    """The marks of a line that are not protected; none if they are too many for prose."""
    text = article.text
    marks = []
    for match in finditer(pattern, text, *line):
        start, end = match.span()
        # What stands between << and >> looks like markup to those who look for that.
        if article.protection(start, end) <= (_IN_ANGLES if match.group() in ("<<", ">>") else frozenset()):
            marks.append(Mark(start, end, match.group(), _shape(text, line, start, end)))
        if len(marks) > _MOST_MARKS:
            return []
    return marks


def paired_roles(marks: Sequence[Mark]) -> Roles:
    """Each mark with its role, if the marks can be paired; else nothing."""
    if not marks:
        return []
    for shapes in ([mark.hinted for mark in marks], [mark.shape for mark in marks]):
        for first in "OC":
            turns = ["OC"[(at + (first == "C")) % 2] for at in range(len(marks))]
            if _fits(marks, shapes, turns):
                return list(zip(marks, turns, strict=True))
        if all(shapes) and _is_nested(shapes):
            return list(zip(marks, shapes, strict=True))
    return []


def single_roles(marks: Sequence[Mark]) -> Roles:
    """Where a paragraph's marks cannot all be paired: those that fit between their neighbours."""
    shapes = [mark.shape for mark in marks]
    opposite = {"O": "C", "C": "O"}
    roles = []
    for at, mark in enumerate(marks):
        beside = [*shapes[max(at - 1, 0) : at], *shapes[at + 1 : at + 2]]
        fits = mark.shape and beside and all(shape == opposite[mark.shape] for shape in beside)
        roles.append((mark, mark.shape if fits else ""))
    return roles if any(role for _, role in roles) else []


def with_blanks(text: str, line: Span, mark: Mark, role: str) -> tuple[int, int]:
    """The span of a mark with the blanks between it and what it encloses."""
    start, end = mark.start, mark.end
    if role == "C":
        while start > line.start and text[start - 1] in BLANKS:
            start -= 1
        return (start if start > line.start else mark.start), end
    while end < line.end and text[end] in BLANKS:
        end += 1
    return start, (end if end < line.end else mark.end)


def beside(text: str, line: Span, mark: Mark) -> tuple[str, str]:
    """The characters in front of and behind a mark; empty at the ends of the line."""
    return text[max(mark.start - 1, line.start) : mark.start], text[mark.end : min(mark.end + 1, line.end)]


def _shape(text: str, line: Span, start: int, end: int) -> str:
    """``O`` or ``C`` where a mark's neighbours decide, else empty."""
    left = text[start - 1] if start > line.start else ""
    right = text[end] if end < line.end else ""
    if not left or not right:
        return "C" if left else "O" if right else ""
    begins = right.isalnum() or right in _OPENERS or right in _SIGNS
    if left in BLANKS:
        if right in BLANKS:
            return ""
        return "O" if begins else "C" if right in _AFTER_CLOSE and text[end : end + 2] not in ("..", ". ") else ""
    if left in _OPENERS or left in _DASHES:
        return "O" if begins else "C" if right in BLANKS and left in _DASHES else ""
    if right in BLANKS or right in _AFTER_CLOSE or right in _DASHES or right in "'’/":
        return "C"
    return ""


def _fits(marks: Sequence[Mark], shapes: Sequence[str], turns: Sequence[str]) -> bool:
    """Whether opening and closing in turn agrees with every shape, and something vouches for it."""
    if any(shape and shape != turn for shape, turn in zip(shapes, turns, strict=True)):
        return False
    if any(mark.text in _NEVER_CLOSES and turn == "C" for mark, turn in zip(marks, turns, strict=True)):
        return False
    # A quotation may have begun before the paragraph or end behind it, but that has to be seen.
    if (turns[0] == "C" != _seen(marks[0], shapes[0])) or (turns[-1] == "O" != _seen(marks[-1], shapes[-1])):
        return False
    # Without one shape to go by, an even number of marks begins with one that opens.
    return any(shapes) or (len(marks) % 2 == 0 and turns[0] == "O")


def _seen(mark: Mark, shape: str) -> str:
    """What is known of a mark from more than its own form, where that may be either."""
    return mark.shape if mark.text in _EITHER_WAY else shape


def _is_nested(shapes: Sequence[str]) -> bool:
    """Whether marks pair, quotations within quotations allowed."""
    depths = list(accumulate(1 if shape == "O" else -1 for shape in shapes))
    return depths[-1] == 0 and set(depths) <= {0, 1, 2}
