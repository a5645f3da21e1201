"""What a neural engine says again and again until something stops it."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots

WORD, PHRASE = "word in a loop", "phrase in a loop"
COMMAS, ENDING = "phrase in a loop with commas", "end of a word in a loop"

_WORD = re.compile(r"(?<=[a-z] )[a-z]{4,}(?=[ ,.])")
_PHRASE = re.compile(r"(?<=[a-z] )[a-z]+(?: [a-z]+){1,5}(?=[ ,.])")
_ENDING = re.compile(r"(?<=[a-z] )[a-z]{3,}(?P<end>tion|ment|ness|able|ical|ising|izing|ting|ated|ally)(?=[ ,.])")
_EDGES = frozenset("and or but nor than to by after for".split())
_RULES = ("sentences/doubled-phrase", "sentences/doubled-word")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for _, end, match in spots(text, _WORD):
        faults.append(Fault(end, end, f" {match.group()}" * chance.randint(3, 20), WORD))
    for start, _, match in spots(text, _PHRASE):
        words = match.group().split(" ")
        run = words[: chance.randint(2, min(5, len(words)))]
        if run[0] in _EDGES or run[-1] in _EDGES or len(set(run)) < len(run):
            continue
        phrase = " ".join(run)
        at, times = start + len(phrase), chance.randint(2, 12)
        faults.append(Fault(at, at, f" {phrase}" * times, PHRASE))
        faults.append(Fault(at, at, f", {phrase}" * times, COMMAS))
    for _, end, match in spots(text, _ENDING):
        faults.append(Fault(end, end, match["end"] * chance.randint(2, 12), ENDING))
    return faults


INJECTOR = Injector("loops", dict.fromkeys((WORD, PHRASE, COMMAS, ENDING), _RULES), _places)
