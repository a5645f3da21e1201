"""Days of dates with the full stop that German, Czech, Danish and others write behind them."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

STOP, GLUED = "day of a date with a full stop", "day of a date glued to its month by a full stop"
BEHIND, YEAR = "full stop behind the day of an American date", "full stop behind the month of a date"
RANGE = "full stops in a range of days"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAY_FIRST = re.compile(rf"(?<![\w.,:/–-])(?<!\d )(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?![\w-])")
_WITH_YEAR = re.compile(rf"(?<![\w.,:/–-])(?<!\d )(?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>[12]\d{{3}})(?!\w)")
_MONTH_FIRST = re.compile(rf"(?<!\w)(?P<month>{_MONTH}) (?P<day>\d{{1,2}}), (?P<year>[12]\d{{3}})(?!\w)")
_RANGE = re.compile(
    rf"(?<![\w.,:/–-])(?P<one>\d{{1,2}})(?P<join>–|-| to | and )(?P<two>\d{{1,2}}) (?P<month>{_MONTH})(?!\w)"
)
_FRAMES = (
    "On {one} {january} the ferry was late, and it has been late since {two} {may} {year}.",
    "The mill opened on {weekday}, {one} {january} {year}, and burnt down on {may} {two}, {after}.",
    "From {one} {january} to {two} {may} nobody may fish in the harbour.",
    "She was born on {one} {january} {year} and died on the evening of {two} {may} {after}.",
    "A letter dated {one} {january} {year} was found; the answer of {two} {may} was not.",
    "The fair ({one}–{later} {january}) is older than the one that they hold by {two} {may}.",
    "Until {one} {january}, they wrote, the bridge stays shut; {two} {may} was the day it opened.",
    "Whoever came between {one} and {later} {january} got soup, and on {two} {may} bread.",
)
_RULES = ("words/date-stop", "words/foreign-date")


def _draw(chance: Random) -> dict[str, str]:
    one, year = chance.randint(1, 19), chance.randint(1890, 2019)
    return {
        "one": str(one),
        "later": str(chance.randint(one + 1, 28)),
        "two": str(chance.randint(1, 28)),
        "january": chance.choice(_MONTHS),
        "may": chance.choice(_MONTHS),
        "year": str(year),
        "after": str(year + chance.randint(1, 60)),
        "weekday": chance.choice(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    }


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _DAY_FIRST):
        faults.append(Fault(start, end, f"{match['day']}. {match['month']}", STOP))
        faults.append(Fault(start, end, f"{match['day']}.{match['month']}", GLUED))
    for start, end, match in spots(text, _WITH_YEAR):
        faults.append(Fault(start, end, f"{match['day']} {match['month']}. {match['year']}", YEAR))
    for start, end, match in spots(text, _MONTH_FIRST):
        form = chance.choice(["{month} {day}., {year}", "{month} {day}. {year}", "{month} {day}.,{year}"])
        faults.append(Fault(start, end, form.format(**match.groupdict()), BEHIND))
    for start, end, match in spots(text, _RANGE):
        form = chance.choice(["{one}.{join}{two}. {month}", "{one}.{join}{two}.{month}", "{one}{join}{two}. {month}"])
        faults.append(Fault(start, end, form.format(**match.groupdict()), RANGE))
    return faults


_CLASSES = dict.fromkeys((STOP, GLUED, BEHIND, YEAR, RANGE), _RULES)

INJECTOR = Injector("dates", _CLASSES, _places, with_figures(_FRAMES, _draw))
