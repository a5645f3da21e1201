"""Possessives of names without their apostrophe."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose
from cleanup.settings import shipped_evidence

PLAIN = "possessive without apostrophe"
WORD = "possessive without apostrophe, a word as well"
ACRONYM = "possessive of an acronym without apostrophe"
BLANK = "possessive with a blank for the apostrophe"

# Sentences open with capitals of their own, and pronouns and the like take a contracted `is`.
_POSSESSIVE = re.compile(r"(?<=[\w,;] )(?P<stem>[A-Z]\w+)['’]s(?= [a-z])")
_NO_NAMES = frozenset("It He She That There Here What Who Where How Let".split())
_RULES = ("words/lost-possessive",)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    is_word = shipped_evidence().is_word
    for line in prose(text):
        for match in _POSSESSIVE.finditer(line.text):
            stem = match["stem"]
            if stem in _NO_NAMES:
                continue
            start, end = match.start() + line.start, match.end() + line.start
            kind = ACRONYM if stem.isupper() else WORD if is_word(f"{stem}s") else PLAIN
            faults.append(Fault(start, end, f"{stem}s", kind))
            faults.append(Fault(start, end, f"{stem} s", BLANK))
    return faults


INJECTOR = Injector(
    "possessives",
    {
        PLAIN: _RULES,
        WORD: _RULES,
        ACRONYM: ("words/lost-possessive-acronym", *_RULES),
        BLANK: _RULES,
    },
    _places,
)
