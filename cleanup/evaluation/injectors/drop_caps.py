"""The big first letter of an article, translated apart from its word or not at all."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose
from cleanup.settings import shipped_evidence

FOREIGN, DOUBLE = "drop cap of the source in the place of the first letter", "drop cap of the source before the word"
APART, LINE = "drop cap apart from its word", "drop cap on a line of its own"

_FIRST = re.compile(r"[A-Z][a-z]{1,9}(?= [a-z])")
_OPENERS = frozenset(
    """
    The There They This These That Those When While Where What With Without After Although According Before During In On
    At As From For He She We It Its His Her Their Our Most Many Some Since Then But And Until Under Nobody Every One Two
    """.split()
)

_RULES = ("structure/drop-cap", "structure/drop-cap-taken")


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    is_word = shipped_evidence().is_word
    # Only an article has such a letter, or one of its first parts.
    for line in prose(text)[:3]:
        match = _FIRST.match(line.text)
        if match is None or match.group() not in _OPENERS:
            continue
        word, start = match.group(), line.start
        end = start + len(word)
        others = [letter for letter in "DLEIBUASNPVMWCQ" if letter != word[0]]
        # `Dhere` may be There or Where; `Dhe` is hardly ever She.
        alone = sum(opener[1:] == word[1:] for opener in _OPENERS) == 1 or word == "The"
        foreign = [letter for letter in others if not is_word((letter + word[1:]).lower())]
        if len(word) >= 3 and foreign and alone:
            faults.append(Fault(start, end, chance.choice(foreign[:6]) + word[1:], FOREIGN))
        if len(word) >= 2:
            faults.append(Fault(start, end, chance.choice(others) + word, DOUBLE))
        # A letter that is a word may stand alone before another one: "A s" is plain, "A round" is not.
        if word[0] not in "AIO" or not is_word(word[1:]):
            faults.append(Fault(start, end, f"{word[0]} {word[1:]}", APART))
        faults.append(Fault(start, end, f"{word[0]}\n{word[1:]}", LINE))
    return faults


INJECTOR = Injector(
    "drop caps",
    dict.fromkeys((FOREIGN, DOUBLE, APART, LINE), _RULES),
    _places,
)
