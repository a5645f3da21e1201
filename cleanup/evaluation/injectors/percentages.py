"""Per cent signs with a blank, or in front of their number."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

BLANK, FRONT = "blank before a per cent sign", "per cent sign in front of its number"
BROKEN = "broken decimal before a per cent sign"

_PERCENTAGE = re.compile(r"(?<![\w.,/%€$£-])(?P<number>\d{1,3}(?:\.\d{1,2})?)%(?![\w%-])")
_FRAMES = (
    "Only {whole}% of the guests came by boat, which is {part}% fewer than in the summer before.",
    "The price of rope rose by {part}% within a month, and that of lamp oil by {whole}%.",
    "Some {whole}% of the islanders keep bees, but no more than {part}% of them sell any honey.",
    "At the last count {whole}% were in favour of the pier and {part}% had not heard of it.",
)
_RULES = ("words/percent-spacing",)


def _draw(chance: Random) -> dict[str, str]:
    return {"whole": str(chance.randint(2, 98)), "part": f"{chance.randint(1, 60)}.{chance.randint(1, 9)}"}


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _PERCENTAGE):
        number = match["number"]
        faults.append(Fault(start, end, number + chance.choice([" ", " ", " ", "\u00a0", "\u202f"]) + "%", BLANK))
        faults.append(Fault(start, end, chance.choice(["%", "%", "% "]) + number, FRONT))
        if "." in number:
            broken = chance.choice([number.replace(".", ". "), number.replace(".", " .")])
            faults.append(Fault(start, end, broken + chance.choice(["%", " %"]), BROKEN))
    return faults


INJECTOR = Injector(
    "percentages",
    {
        BLANK: _RULES,
        FRONT: _RULES,
        BROKEN: ("words/decimal-comma", *_RULES),
    },
    _places,
    with_figures(_FRAMES, _draw),
)
