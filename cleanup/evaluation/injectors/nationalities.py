"""Nationalities that are words as well, in front of what only a nation has."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose, with_paragraph

_KIND = "nationality that is a word, before an institution"
_NATIONS = ("Polish", "French", "English", "Dutch", "Danish", "Welsh", "Swiss", "Afghan")
_INSTITUTIONS = (
    "government", "president", "parliament", "embassy", "ambassador", "police", "army", "prime minister",
    "foreign minister", "delegation", "authorities", "border guards", "court", "newspaper", "airline", "champion",
)  # fmt: skip
_FRAMES = (
    "The {} {} was asked twice and answered once.",
    "Nobody from the {} {} came to the opening of the lock.",
    "They had heard of the {} {} before the letter arrived.",
    "A note by the {} {} lay on the table until noon.",
)


def _prepare(text: str, chance: Random) -> str:
    """A paragraph of ours with three of them."""
    nations = chance.sample(_NATIONS, 3)
    sentences = [chance.choice(_FRAMES).format(nation, chance.choice(_INSTITUTIONS)) for nation in nations]
    return with_paragraph(text, " ".join(sentences), chance)


def _places(text: str, chance: Random) -> list[Fault]:
    expression = re.compile(rf"\b({'|'.join(_NATIONS)}) (?:{'|'.join(_INSTITUTIONS)})\b")
    faults = []
    for line in prose(text):
        for match in expression.finditer(line.text):
            start = line.start + match.start()
            faults.append(Fault(start, start + len(match[1]), match[1].lower(), _KIND))
    return faults


INJECTOR = Injector("nationalities", {_KIND: ("words/lower-case-nationality-in-context",)}, _places, _prepare)
