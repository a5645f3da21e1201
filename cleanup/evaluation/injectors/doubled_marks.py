"""A mark twice, or two that exclude each other."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import quotations, sentence_breaks, spots, unless_found

COMMA, STOP = "comma twice", "full stop twice"
MIXED, QUOTED = "comma and full stop together", "mark on both sides of a closing quotation mark"
QUOTES, OTHER = "quotation marks twice", "colon or semicolon twice"

_COMMA = re.compile(r"(?<= )[a-z]{4,}, (?=[a-z])")  # behind short forms a stop before a comma is right
_COLON = re.compile(r"(?<=[a-z]{2})[:;](?= )")
_LAST = re.compile(r"(?<=[a-z]{3})\.$")
_CLOSED = re.compile(r"(?<=[a-z])(?P<mark>[,.])(?P<quote>[\"”])(?= [A-Za-z]|$)")
_OWN = (
    "“The lamp is lit,” said the keeper, who had one rule: no noise after nine. The guests, all tired, slept well.",
    "“Nobody came,” wrote the warden; the gate, a heavy one, had stayed shut. “It was better so.” The rest is known.",
)
_RULES = ("sentences/doubled-mark", "sentences/doubled-stop")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for _, end, _ in spots(text, _COMMA):
        start = end - 2
        faults.append(Fault(start, end, chance.choice([",, ", ", , ", " , , ", ",,, "]), COMMA))
        faults.append(Fault(start, end, chance.choice([",. ", "., ", " ,. "]), MIXED))
    for start, end, match in sentence_breaks(text):
        if match.string[match.start() - 1] == ".":
            faults.append(Fault(start - 1, end, chance.choice([". . ", ".. ", " . . "]), STOP))
            faults.append(Fault(start - 1, end, chance.choice([",. ", ", . ", "., "]), MIXED))
    for start, end, _ in spots(text, _LAST):
        faults.append(Fault(start, end, chance.choice(["..", ". .", " . ."]), STOP))
        faults.append(Fault(start, end, chance.choice([",.", ", ."]), MIXED))
    for start, end, match in spots(text, _COLON):
        faults.append(Fault(start, end, match.group() * 2, OTHER))
    for start, end, match in spots(text, _CLOSED):
        faults.append(Fault(start, end, f"{match['mark']}{match['quote']}{match['mark']}", QUOTED))
    for start, end, match in quotations(text):
        whole = match.group()
        faults.append(Fault(start, end, f"{whole[0]}{whole}{whole[-1]}", QUOTES))
    return faults


INJECTOR = Injector(
    "doubled marks",
    dict.fromkeys((COMMA, STOP, MIXED, QUOTED, QUOTES, OTHER), _RULES),
    _places,
    unless_found(re.compile(r"[a-z],[\"”] [a-z].*[a-z][:;] "), _OWN),
)
