"""What a replacement throughout a text does inside words: `again` to `once more`, in `against`."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots

SYNONYM = "synonym put inside a word"
MONTH = "short form of a month or day written out inside the long one"

# What is replaced, by what, and in which words: each a common word or beginning of a word.
_SYNONYMS = (
    ("again", "once more", "against"),
    ("program", "programme", "programs programming programmed"),
    ("color", "colour", "colorful"),
)
_SHORT = {
    "Jan": "January",
    "Feb": "February",
    "Aug": "August",
    "Sept": "September",
    "Oct": "October",
    "Nov": "November",
}
_SHORT |= {"Dec": "December", "Mon": "Monday", "Tues": "Tuesday", "Fri": "Friday"}
_SHORT |= {"Sat": "Saturday", "Sun": "Sunday"}
_WORD = re.compile(r"\b[A-Za-z]{5,}\b")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _WORD):
        word = match.group()
        for old, new, inside in _SYNONYMS:
            if word in inside.split() and old != word and not (new + word[len(old) :]).startswith("programmes"):
                faults.append(Fault(start, end, new + word[len(old) :], SYNONYM))
        for short, long in _SHORT.items():
            if word == long:
                faults.append(Fault(start, end, long + word[len(short) :], MONTH))
    return faults


INJECTOR = Injector("wreckage", dict.fromkeys((SYNONYM, MONTH), ("words/substitution-wreckage",)), _places)
