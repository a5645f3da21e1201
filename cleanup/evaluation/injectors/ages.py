"""Ages in front of a noun that have lost a hyphen, or have a plural, as where the source has one word for three."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

LAST, FIRST = "age without its last hyphen", "age without its first hyphen"
PLURAL, BARE = "age with years in front of a noun", "age without hyphens in front of a noun"
PEOPLE, WRITTEN = "people of an age without the last hyphen", "age in words without its last hyphen"

_AGE = re.compile(r"(?<![\w-])(?P<number>\d{1,3})-year-old(?P<plural>s?)(?![\w-])")
_IN_WORDS = re.compile(
    r"(?<![\w-])(?P<number>(?:two|three|four|five|six|seven|eight|nine|ten|twelve|(?:twen|thir|for)ty(?:-(?:one|two|five))?))"
    r"-year-old(?P<plural>s?)(?![\w-])"
)
_FRAMES = (
    "The {age}-year-old keeper lives with a {more}-year-old parrot by the mill.",
    "A {age}-year-old woman from the valley and her {few}-year-old daughter waved from the ferry.",
    "He was seen with another {age}-year-old sailor behind the {more}-year-old church.",
    "Swimming is free for {few}-year-olds, and the {more}-year-old pool is warm.",
    "Their {word}-year-old son counted the boats, and the {age}-year-old warden wrote them down.",
    "For {word}-year-olds there is soup, said a {age}-year-old cook.",
    "The man, a {age}-year-old, had bought the {more}-year-old bridge.",
    "Last year’s winner, {age}-year-old Alder Brandt, gave the cup to a {few}-year-old boy.",
)
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "forty-two")
_BLANKS = "   \u00a0"
_RULES = ("words/age-hyphen", "sentences/torn-hyphen")


def _draw(chance: Random) -> dict[str, str]:
    return {
        "age": str(chance.randint(19, 89)),
        "more": str(chance.choice([chance.randint(20, 99), chance.randint(100, 400)])),
        "few": str(chance.randint(3, 12)),
        "word": chance.choice(_WORDS),
    }


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _AGE):
        number, plural = match["number"], match["plural"]
        if plural:
            forms = (f"{number}-year olds", f"{number}-year olds", f"{number}-years olds", f"{number}-years-olds")
            faults.append(Fault(start, end, chance.choice(forms), PEOPLE))
            continue
        faults.append(Fault(start, end, f"{number}-year{chance.choice(_BLANKS)}old", LAST))
        faults.append(Fault(start, end, f"{number} year-old", FIRST))
        years = ("-years-old", "-years-old", "-years old", " years-old")
        faults.append(Fault(start, end, number + chance.choice(years), PLURAL))
        faults.append(Fault(start, end, f"{number} {chance.choice(['year', 'years'])} old", BARE))
    for start, end, match in spots(text, _IN_WORDS):
        number, plural = match["number"], match["plural"]
        written = (f"{number}-year old{plural}", f"{number}-years old{plural}", f"{number}-years-old{plural}")
        faults.append(Fault(start, end, chance.choice(written), WRITTEN))
    return faults


INJECTOR = Injector(
    "ages",
    dict.fromkeys((LAST, FIRST, PLURAL, BARE, PEOPLE, WRITTEN), _RULES),
    _places,
    with_figures(_FRAMES, _draw),
)
