"""Ordinal numbers with a wrong ending, another language's, or none."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

WRONG, BLANK = "ordinal with the wrong ending", "ordinal with a blank or hyphen"
STOP, FOREIGN = "ordinal with a full stop for its ending", "ordinal with the ending of another language"

_ORDINAL = re.compile(r"(?<![\w.,-])(?P<number>\d{1,3})(?P<end>st|nd|rd|th)(?= [a-z]{2})")
_FRAMES = (
    "The {one} century had barely begun when the {two} keeper climbed the stairs.",
    "She lives on the {two} floor and celebrated her {one} birthday in the yard.",
    "On the {one} day of the strike the {two} ship turned back.",
    "It was the {two} time that the {one} edition of the race was put off.",
)
_FOREIGN_ENDS = ("º", "º", "ª", "ème", "er", "°", "-го", "-й", "ter")
_RULES = ("words/ordinal",)


def _ordinal(number: int) -> str:
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _draw(chance: Random) -> dict[str, str]:
    one = chance.choice([17, 19, 20, 21, 22, 23, 31, 32, 33, 41, 101, 112])
    two = chance.choice([2, 3, 4, 5, 8, 11, 12, 13])
    return {"one": _ordinal(one), "two": _ordinal(two)}


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _ORDINAL):
        number, ending = match["number"], match["end"]
        if _ordinal(int(number)) != match.group():
            continue
        wrong = [other for other in ("st", "nd", "rd") if other != ending]
        faults.append(Fault(start, end, number + ("th" if ending != "th" else chance.choice(wrong)), WRONG))
        faults.append(Fault(start, end, number + chance.choice([" ", " ", "-", " -", "\u00a0"]) + ending, BLANK))
        faults.append(Fault(start, end, f"{number}.", STOP))
        faults.append(Fault(start, end, number + chance.choice(_FOREIGN_ENDS), FOREIGN))
    return faults


INJECTOR = Injector(
    "ordinals", dict.fromkeys((WRONG, BLANK, STOP, FOREIGN), _RULES), _places, with_figures(_FRAMES, _draw)
)
