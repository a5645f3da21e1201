"""Apostrophes with a blank beside them, or with another mark in their place."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, spots, with_paragraph

BEFORE, BEHIND = "blank before an apostrophe", "blank behind an apostrophe"
BOTH, OTHER = "blanks on both sides of an apostrophe", "another mark for an apostrophe"
TWICE, LETTER = "apostrophe twice", "blank between a name and its s"

_APOSTROPHE = re.compile(r"(?<=[A-Za-z])['’](?=(?:s|t|m|re|ve|ll|d)(?![\w'’]))")
_OF_NAME = re.compile(r"(?<=[a-z,] )(?P<name>[A-Z][a-z]{3,})['’]s(?= [a-z])")
_OTHERS = "´´´`ʼ′‘"
_OWN = (
    "The keeper doesn’t sleep, and it’s the captain’s dog that wakes him.",
    "They’re sure that Monday’s boat won’t come, and the dog’s supper is cold.",
)
_RULES = ("words/spaced-apostrophe", "words/false-apostrophe", "words/blank-for-apostrophe")


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, in_style(chance.choice(_OWN), text), chance)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _APOSTROPHE):
        mark = match.group()
        # Behind a plural the mark may as well end a possessive: `the sailors' t`.
        if match.string[match.start() - 1] == "s":
            continue
        faults.append(Fault(start, end, f" {mark}", BEFORE))
        faults.append(Fault(start, end, f"{mark} ", BEHIND))
        faults.append(Fault(start, end, f" {mark} ", BOTH))
        faults.append(Fault(start, end, chance.choice(_OTHERS), OTHER))
        faults.append(Fault(start, end, mark * 2, TWICE))
    for _, end, _ in spots(text, _OF_NAME):
        faults.append(Fault(end - 2, end, " s", LETTER))
    return faults


INJECTOR = Injector(
    "apostrophes",
    {
        **dict.fromkeys((BEFORE, BEHIND, BOTH, OTHER, TWICE), _RULES),
        LETTER: (*_RULES, "words/lost-possessive"),
    },
    _places,
    _prepare,
)
