"""A blank in front of a mark, or on the wrong side of it."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, unless_found

COMMA, STOP = "space before a comma", "space before a full stop"
QUESTION, COLON = "space before a question or exclamation mark", "space before a colon or semicolon"
MOVED = "space moved in front of a comma"

# Between words in small letters, or behind a number that is not one of a list: no doubt what the mark is.
_MARKS = {
    COMMA: re.compile(r"(?<=[a-z]{2}),(?= [a-zA-Z])|(?<= \d{4}),(?= [a-z])"),
    STOP: re.compile(r"(?<=[a-z]{3})\.(?= [A-Z]|$|[\"”](?: |$))"),
    QUESTION: re.compile(r"(?<=[a-z]{2})[?!](?= [A-Z]|$|[\"”])"),
    COLON: re.compile(r"(?<=[a-z]{2})[:;](?= [a-zA-Z\"“])"),
}
_MOVED = re.compile(r"(?<=[a-z]{2}), (?=[a-z])")
_OWN = (
    "The question is simple: who pays for the lamp? Nobody on the island knew; the mayor, asleep, said nothing.",
    "What did the letter say? It said one thing: the boat, an old one, would come on Monday; and it came.",
)
_RULES = ("sentences/space-before-mark", "sentences/space-before-comma")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for kind, expression in _MARKS.items():
        for start, end, match in spots(text, expression):
            blank = chance.choice([" ", " ", " ", " ", "\u00a0", "\u202f"])
            faults.append(Fault(start, end, blank + match.group(), kind))
    for start, end, _ in spots(text, _MOVED):
        faults.append(Fault(start, end, " ,", MOVED))
    return faults


INJECTOR = Injector(
    "spaced marks",
    dict.fromkeys((*_MARKS, MOVED), _RULES),
    _places,
    unless_found(re.compile(r"[a-z]{2}[:;] [a-z].*[a-z]{2}\? "), _OWN),
)
