"""Times of day as another language writes them."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

LETTER, STOP = "time with an h", "time with a full stop"
BLANK, DOUBLED = "time with a blank beside its colon", "time with a word too many"

_TIME = re.compile(
    r"(?P<before>\b(?:at|until|from|by|before|after|around|about) )(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?![\d:])"
)
_FRAMES = (
    "The last boat leaves at {late} and nobody waits for it after {later} in the evening.",
    "At the station the clock stopped at {late}, and from {early} on the trains were late.",
    "The choir sings from {early} to noon and again at {late} if enough of them come.",
    "He came at {early} and stayed until {later}, as he did every Sunday.",
)
_RULES = ("words/clock-spacing", "words/hour-letter", "words/date-stop")


def _draw(chance: Random) -> dict[str, str]:
    def minute() -> int:
        return chance.choice([0, 5, 10, 12, 15, 20, 30, 35, 40, 45, 47, 56])

    return {
        "early": f"{chance.randint(10, 11)}:{minute():02}",
        "late": f"{chance.randint(13, 19)}:{minute():02}",
        "later": f"{chance.randint(20, 23)}:{minute():02}",
    }


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _TIME):
        first, hour, minute = start + len(match["before"]), match["hour"], match["minute"]
        half = re.match(r" ?(?:[ap]\.?m|o['’]clock|hours|hrs)", match.string[match.end() :], re.I)
        faults.append(Fault(first, end, f"{hour}{chance.choice(['h', 'h', ' h ', 'H', 'h '])}{minute}", LETTER))
        faults.append(Fault(first, end, f"{hour}{chance.choice([': ', ' :', ' : '])}{minute}", BLANK))
        # `at 5.30` may be a price; behind noon an hour with minutes is nothing else.
        if int(hour) > 12 or half:
            faults.append(Fault(first, end, f"{hour}.{minute}", STOP))
        if not half:
            word = chance.choice([" h", "h", " o'clock", " hours", " hrs", " Uhr", " uhr"])
            faults.append(Fault(first, end, f"{hour}{chance.choice([':', '.'])}{minute}{word}", DOUBLED))
    return faults


INJECTOR = Injector(
    "times of day", dict.fromkeys((LETTER, STOP, BLANK, DOUBLED), _RULES), _places, with_figures(_FRAMES, _draw)
)
