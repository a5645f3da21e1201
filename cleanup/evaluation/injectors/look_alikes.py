"""Letters of another script that look like Latin ones, inside Latin words."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots

ONE, SEVERAL = "Cyrillic letter inside a Latin word", "Cyrillic letters inside a Latin word"
GREEK, CAPITAL = "Greek letter inside a Latin word", "Cyrillic capital at the head of a Latin word"

_CYRILLIC = dict(zip("aceopxyisjABCEHIKMOPTXS", "асеорхуіѕјАВСЕНІКМОРТХЅ", strict=True))
_HELLENIC = dict(zip("ovABEHIKMNOPTXYZ", "ονΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True))
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z][a-z]{3,}(?![\w'’-])")
# Letters that no Cyrillic or Greek one looks like: with two of them a word is Latin beyond doubt.
_LATIN_ONLY = re.compile(r"[bdfghlmnqrtwzDFGLQRUVW]")
_RULES = ("characters/look-alike-letter",)


def _swapped(word: str, places: list[int], letters: dict[str, str]) -> str:
    return "".join(letters[letter] if n in places else letter for n, letter in enumerate(word))


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _WORD):
        word = match.group()
        if len(_LATIN_ONLY.findall(word)) < 2:
            continue
        alike = [n for n, letter in enumerate(word) if letter in _CYRILLIC]
        if alike:
            faults.append(Fault(start, end, _swapped(word, [chance.choice(alike)], _CYRILLIC), ONE))
        if len(alike) >= 2:
            faults.append(Fault(start, end, _swapped(word, alike, _CYRILLIC), SEVERAL))
        if word[0] in _CYRILLIC and word[0].isupper():
            faults.append(Fault(start, end, _swapped(word, [0], _CYRILLIC), CAPITAL))
        hellenic = [n for n, letter in enumerate(word) if letter in _HELLENIC]
        if hellenic:
            faults.append(Fault(start, end, _swapped(word, [chance.choice(hellenic)], _HELLENIC), GREEK))
    return faults


INJECTOR = Injector("look-alike letters", dict.fromkeys((ONE, SEVERAL, GREEK, CAPITAL), _RULES), _places)
