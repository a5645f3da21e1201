"""Currency signs with a blank, behind their number, or doubled by their word."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

BLANK, BEHIND = "blank behind a currency sign", "currency sign behind its number"
INSIDE, WORD = "currency sign between a number and its million", "currency sign and word together"
CAPITAL = "currency word with a capital"

_SUM = re.compile(
    r"(?<![\w$€£])(?P<sign>[$€£])(?P<number>\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?)"
    r"(?P<many> (?:million|billion|trillion))?(?![\w%]|[,.-]\w)"
)
_WORD = re.compile(r"(?<=\d )(?:dollars|euros|pounds|rubles|roubles|francs|crowns|yen|yuan|lira)\b")
_NAMES = {"$": "dollars", "€": "euros", "£": "pounds"}
_FRAMES = (
    "The new lamp cost {sign}{long}, and the old one had been sold for {sign}{short}.",
    "A ticket is {sign}{short} in winter; the whole boat can be had for {sign}{long}.",
    "The town owes {sign}{short} million to the bank and {sign}{long} to the baker.",
    "Nobody would pay {long} {word} for a pier, but {short} {word} for a bench was thought fair.",
    "They asked for {sign}{short} billion and came home with {long} {word} in an envelope.",
)
_RULES = ("words/currency-spacing", "words/currency-after", "words/capital-currency")


def _draw(chance: Random) -> dict[str, str]:
    sign = chance.choice("$$€€£")
    long = f"{chance.randint(1, 90)},{chance.randint(1, 9)}{chance.choice(['00', '50', '25'])}"
    return {"sign": sign, "word": _NAMES[sign], "short": str(chance.randint(2, 90)), "long": long}


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _SUM):
        sign, number, many = match["sign"], match["number"], match["many"] or ""
        blank = chance.choice([" ", " ", " ", "\u00a0", "\u202f"])
        faults.append(Fault(start, end, f"{sign}{blank}{number}{many}", BLANK))
        faults.append(Fault(start, end, f"{number}{many}{chance.choice(['', blank])}{sign}", BEHIND))
        if many:
            faults.append(Fault(start, end, chance.choice([f"{number} {sign}{many}", f"{number}{sign}{many}"]), INSIDE))
        faults.append(Fault(start, end, f"{sign}{number}{many} {_NAMES[sign]}", WORD))
    for start, end, match in spots(text, _WORD):
        faults.append(Fault(start, end, match.group().capitalize(), CAPITAL))
    return faults


INJECTOR = Injector(
    "currencies",
    dict.fromkeys((BLANK, BEHIND, INSIDE, WORD, CAPITAL), _RULES),
    _places,
    with_figures(_FRAMES, _draw),
)
