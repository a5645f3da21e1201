"""Thousands that are grouped as another language does it, and decimals behind a comma."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

BLANKS, STOPS = "thousands grouped with blanks", "millions grouped with stops"
MARKS, BROKEN = "thousands grouped with apostrophes", "blank beside the comma of a group"
DECIMAL, MANY, UNIT = "decimal comma", "decimal comma before a million", "decimal comma before a unit"
SPLIT = "blank inside a decimal number"

_GROUPED = re.compile(r"(?<![\w.,$€£/%-])\d{1,3}(?:,\d{3})+(?![\w%]|[.,/-]\w)")
_DECIMAL = re.compile(r"(?<![\w.,/:-])(?P<whole>\d{1,3})\.(?P<part>\d{1,2})(?P<unit>%| (?:[a-z]+))")
_UNITS = frozenset(
    "% percent per metres meters kilometres kilometers km kilograms kg tonnes tons litres liters".split()
)
# A full stop between hours and minutes is a decimal for nobody.
_TIMES = frozenset("am pm a p o on oclock hours hrs".split())
_FRAMES = (
    "The archive holds {long} letters, {group} of them unread, and weighs {small}.{digit} tonnes.",
    "About {group} people live on the coast, and {long} letters or {small}.{digit} million cards went out to them.",
    "In a good year {group} visitors come, and every one of them eats {small}.{digit} eggs a day.",
    "The road is {small}.{digit} kilometres long and was walked by {group} pilgrims, {long} of them in one summer.",
    "The harbour took in {small}.{digit} million crates and lost {group} of them in the storm of that year.",
)


def _draw(chance: Random) -> dict[str, str]:
    return {
        "group": f"{chance.randint(1, 99)},{chance.randint(0, 999):03}",
        "long": f"{chance.randint(1, 9)},{chance.randint(0, 999):03},{chance.randint(0, 999):03}",
        "small": str(chance.randint(1, 9)),
        "digit": str(chance.randint(1, 9)),
    }


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _GROUPED):
        number = match.group()
        before, behind = match.string[: match.start()], match.string[match.end() :]
        if not re.search(r"\d ?\Z", before) and not re.match(r" ?\d", behind):
            faults.append(Fault(start, end, number.replace(",", chance.choice([" ", " ", "\u00a0", "\u202f"])), BLANKS))
            if number.endswith("000"):
                faults.append(Fault(start, end, number.replace(",", chance.choice([", ", " ,", " , "])), BROKEN))
        faults.append(Fault(start, end, number.replace(",", chance.choice(["'", "’"])), MARKS))
        # With one group `1.800` could as well be a decimal number.
        if number.count(",") > 1:
            faults.append(Fault(start, end, number.replace(",", "."), STOPS))
            faults.append(Fault(start, end, number.replace(",", chance.choice([", ", " ,"])), BROKEN))
    for start, _, match in spots(text, _DECIMAL):
        whole, part, unit = match["whole"], match["part"], match["unit"].strip()
        if unit in _TIMES:
            continue
        end = start + len(whole) + 1 + len(part)
        kind = UNIT if unit in _UNITS else MANY if unit in ("million", "billion", "trillion") else DECIMAL
        faults.append(Fault(start, end, f"{whole},{part}", kind))
        if kind != DECIMAL:
            faults.append(Fault(start, end, f"{whole}{chance.choice(['. ', ' .', ' . '])}{part}", SPLIT))
    return faults


_GROUPING, _COMMA = ("words/thousands-blank", "words/thousands-stop"), ("words/decimal-comma",)
INJECTOR = Injector(
    "large numbers",
    {
        **dict.fromkeys((BLANKS, STOPS, MARKS, BROKEN), _GROUPING),
        **dict.fromkeys((DECIMAL, MANY, UNIT, SPLIT), _COMMA),
    },
    _places,
    with_figures(_FRAMES, _draw),
)
