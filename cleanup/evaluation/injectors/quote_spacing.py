"""Blanks inside quotation marks, and none outside them."""

from __future__ import annotations

from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, quotations, with_paragraph
from cleanup.evaluation.injectors._sentences import with_quotation

BOTH = "blanks inside both quotation marks"
OPENING, CLOSING = "blank behind an opening quotation mark", "blank before a closing quotation mark"
GLUED = "opening quotation mark glued to the word before it"
GLUED_BEHIND = "closing quotation mark glued to the next word"
SWAPPED = "blank on the wrong side of an opening quotation mark"

_RULES = ("sentences/blanks-in-quotation",)


def _prepare(text: str, chance: Random) -> str:
    for _ in range(2):
        text = with_paragraph(text, in_style(with_quotation(chance), text), chance)
    return text


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in quotations(text):
        whole, line = match.group(), match.string
        opening, inner, closing = whole[0], whole[1:-1], whole[-1]
        if inner != inner.strip():
            continue
        blank = chance.choice([" ", " ", " ", "\u00a0", "\u202f"])
        faults.append(Fault(start, end, f"{opening}{blank}{inner}{blank}{closing}", BOTH))
        faults.append(Fault(start, end, f"{opening}{blank}{inner}{closing}", OPENING))
        faults.append(Fault(start, end, f"{opening}{inner}{blank}{closing}", CLOSING))
        before, behind = line[: match.start()][-2:], line[match.end() :][:2]
        if before[:1].isalpha() and before[1:] == " ":
            faults.append(Fault(start - 1, start + 1, opening, GLUED))
            faults.append(Fault(start - 1, start + 1, f"{opening} ", SWAPPED))
        if behind[:1] == " " and behind[1:].isalpha() and behind[1:].islower():
            faults.append(Fault(end - 1, end + 1, closing, GLUED_BEHIND))
    return faults


INJECTOR = Injector(
    "spaced quotation marks",
    {
        **dict.fromkeys((BOTH, OPENING, CLOSING, GLUED, GLUED_BEHIND), _RULES),
        SWAPPED: (*_RULES, "sentences/quote-direction"),
    },
    _places,
    _prepare,
)
