"""A name that an article spells in two ways: once as the rest of it does, once as another language."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, with_paragraph

OTHER = "second spelling of a name"

_SPELLINGS = {
    "Luhansk": ("Lugansk", "Lougansk"),
    "Kharkiv": ("Kharkov",),
    "Chernihiv": ("Chernigov",),
    "Zaporizhzhia": ("Zaporozhye",),
    "Hezbollah": ("Hizbullah", "Hizbollah"),
    "Khamenei": ("Khameneï",),
}
_FRAMES = (
    "The road to {0} was closed, and nobody in {0} knew for how long. A driver from {0} slept in his cab.",
    "What was said of {0} in the morning was not what was said of {0} at night, and {0} said nothing.",
    "Her letters from {0} were short. She had come to write about {0} and wrote about the weather in {0}.",
)
_NAME = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, chance.choice(_FRAMES).format(chance.choice(sorted(_SPELLINGS))), chance)


def _places(text: str, chance: Random) -> list[Fault]:
    found = [(start, end, match.group()) for start, end, match in spots(text, _NAME)]
    names = [name for _, _, name in found]
    # Where a name stands but once there is no other spelling beside it.
    return [
        Fault(start, end, chance.choice(_SPELLINGS[name]), OTHER) for start, end, name in found if names.count(name) > 2
    ]


INJECTOR = Injector("spellings", {OTHER: ("words/one-spelling",)}, _places, _prepare)
