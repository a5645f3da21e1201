"""Blanks beside the hyphen of a compound."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, with_paragraph

BEFORE, BEHIND = "blank before a hyphen", "blank behind a hyphen"
BOTH, AGE = "hyphen of a known compound between blanks", "hyphens of an age between blanks"

_COMPOUND = re.compile(r"(?<=[a-z,] )(?P<left>[a-z]{2,})-(?P<right>[a-z]{3,})(?![\w-])")
_AGE = re.compile(r"(?<= )\d{1,3}-(?:year|month|day|hour|minute|mile|metre|meter|page)-(?:old|long|high)\b")
_NUMBERED = re.compile(r"(?<= )\d{1,4}-(?=(?:year|month|day|hour|minute|mile|metre|meter|page|member|seat)\b)")
# Between blanks a hyphen is a dash for most pairs of words, but for none of these.
_KNOWN = re.compile(
    r"(?P<left>so|well|full|long|short|high|low|large|small|first|second|third|two|three|four|five|six|old|new|ex|self|"
    r"anti|non|co|semi|multi|mid|pre|post|pro|vice)-(?:called|known|scale|term|level|time|class|quality|speed|day|year|"
    r"standing|range|profile|rate|hand|storey|defence|defense|government|president|fashioned|old|war|century)"
)
_WITH = ("well-known", "so-called", "full-time", "long-term", "second-hand", "self-taught", "hard-working")
_RULES = ("sentences/torn-hyphen", "sentences/torn-hyphen-unsure", "words/age-hyphen")


def _prepare(text: str, chance: Random) -> str:
    one, two = chance.sample(_WITH, 2)
    age, more = chance.randint(19, 90), chance.randint(19, 90)
    own = f"The {age}-year-old lives with a {one} sailor, a {two} painter and their {more}-year-old parrot by the mill."
    return with_paragraph(text, own, chance)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, _, match in spots(text, _COMPOUND):
        at = start + len(match["left"])
        faults.append(Fault(at, at + 1, " -", BEFORE))
        # `two- and three-year` is right as it stands.
        if match["right"] not in ("and", "or", "to"):
            faults.append(Fault(at, at + 1, "- ", BEHIND))
        if _KNOWN.fullmatch(match.group()):
            faults.append(Fault(at, at + 1, " - ", BOTH))
    for _, end, _ in spots(text, _NUMBERED):
        faults.append(Fault(end - 1, end, " -", BEFORE))
    for start, end, match in spots(text, _AGE):
        faults.append(Fault(start, end, match.group().replace("-", chance.choice([" - ", " -", "- "])), AGE))
    return faults


INJECTOR = Injector("split hyphens", dict.fromkeys((BEFORE, BEHIND, BOTH, AGE), _RULES), _places, _prepare)
