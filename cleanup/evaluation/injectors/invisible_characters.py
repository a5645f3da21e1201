"""Characters that nobody sees, inside words and beside blanks."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots

INSIDE, HYPHEN = "invisible character inside a word", "soft hyphen inside a word"
BESIDE, MARK = "invisible character beside a blank", "byte order mark inside the text"

_JOINERS = "\u200b\u200b\u200b\u200c\u200d\u2060\u200e\u200f"
_BYTE_ORDER = "\ufeff"
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z][a-z]{3,}(?![\w'’-])")
# Between a vowel and two more letters there is a place where a page would break the word.
_SYLLABLE = re.compile(
    r"(?<=[a-z]{2}[aeiou])(?=[bcdfgklmnprstv][aeiou][a-z])|(?<=[a-z][mnrlst])(?=[bcdfgkmpst][aeiour])"
)
_RULES = ("characters/hidden-character", "characters/control-character")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, _, match in spots(text, _WORD):
        word, at = match.group(), chance.randrange(1, len(match.group()))
        faults.append(Fault(start + at, start + at, chance.choice(_JOINERS) * chance.choice([1, 1, 2]), INSIDE))
        syllables = [found.start() for found in _SYLLABLE.finditer(word)]
        if len(word) >= 7 and syllables:
            cut = chance.sample(syllables, chance.randint(1, len(syllables)))
            soft = "".join("\u00ad" * (n in cut) + letter for n, letter in enumerate(word))
            faults.append(Fault(start, start + len(word), soft, HYPHEN))
        side = chance.choice([start, start + len(word)])
        beside = chance.choice(["\u200b", "\u200b\u200b", "\u200e", "\u2060", "\u200d"])
        faults.append(Fault(side, side, beside, BESIDE))
        faults.append(Fault(side, side, _BYTE_ORDER, MARK))
    return faults


INJECTOR = Injector("invisible characters", dict.fromkeys((INSIDE, HYPHEN, BESIDE, MARK), _RULES), _places)
