"""A dash between a quotation and who said it, as Russian and other languages write it."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots

COMMA = "dash behind the comma of a quotation"
QUESTION = "dash behind the question or exclamation mark of a quotation"

_ATTRIBUTION = re.compile(
    r"(?P<mark>[,?!])[\"”](?P<gap> )(?=(?:(?:he|she|they|we|I) )?"
    r"(?:said|says|told|added|explained|asked|wrote|replied|noted|recalled|warned)\b)"
)
_DASHES = (" - ", " – ", " — ", " -")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for spot in spots(text, _ATTRIBUTION):
        gap = spot.start + spot.match.start("gap") - spot.match.start()
        faults.append(Fault(gap, gap + 1, chance.choice(_DASHES), COMMA if spot.match["mark"] == "," else QUESTION))
    return faults


INJECTOR = Injector("attributions", dict.fromkeys((COMMA, QUESTION), ("sentences/dash-before-attribution",)), _places)
