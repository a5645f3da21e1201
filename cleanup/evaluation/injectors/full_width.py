"""Full-width forms and East Asian marks left in English sentences."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import sentence_breaks, spots, unless_found

LETTERS, MARK = "full-width letters or digits", "full-width mark"
STOP, BLANK = "ideographic full stop", "ideographic blank"

_CHARACTERS = re.compile(r"(?<![\w.,:/-])(?:\d{1,4}|[A-Z]{2,5})(?![\w.,:/%-])")
_MARKS = re.compile(r"(?<=[a-z])(?:[,;:] (?=[a-z])|[?!] (?=[A-Z])| \((?=\w)|\)(?=[ .,]))")
_LAST = re.compile(r"(?<=[a-z]{3})\.$")
_GAP = re.compile(r"(?<=[a-z]) (?=[a-z])")
_OWN = (
    "The stall sold 48 lamps (most of them blue) in May, and the BBC sent a boy with a drum.",
    "Some 350 guests came (nobody had counted on so many), and a NATO band played until two.",
)
_RULES = ("characters/full-width-form",)


def _wide(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _CHARACTERS):
        faults.append(Fault(start, end, _wide(match.group()), LETTERS))
    for start, end, match in spots(text, _MARKS):
        # The mark brings its own room along: mostly the blank beside it goes.
        wide = _wide(match.group())
        faults.append(Fault(start, end, chance.choice([wide.strip(), wide.strip(), wide]), MARK))
    for start, end, match in sentence_breaks(text):
        if match.string[match.start() - 1] == ".":
            faults.append(Fault(start - 1, end, chance.choice(["。", "。", "。 ", "．", "｡"]), STOP))
    for start, end, _ in spots(text, _LAST):
        faults.append(Fault(start, end, chance.choice(["。", "。", "．", "｡"]), STOP))
    for start, end, _ in spots(text, _GAP):
        faults.append(Fault(start, end, "\u3000", BLANK))
    return faults


INJECTOR = Injector(
    "full-width forms",
    dict.fromkeys((LETTERS, MARK, STOP, BLANK), _RULES),
    _places,
    unless_found(re.compile(r"[a-z] \(.*[A-Z]{3}|\b\d\d\b.*[a-z] \("), _OWN),
)
