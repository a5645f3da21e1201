"""Curly quotation marks that point the wrong way."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import Line, lines, with_paragraph

TURNED = "closing quotation mark turned round"
SPACED = "closing quotation mark turned round, with a blank in front"
OPENING, OPENING_SPACED = (
    "opening quotation mark turned round",
    "opening quotation mark turned round, a blank behind it",
)
BOTH, STRAIGHT = "both quotation marks turned round", "one straight quotation mark and one curly"

_PAIR = re.compile(r"(?<![^\s(\[—–-])\"(?=\S)([^\"“”\n]*[^\s\"“”\n])\"(?!\w)")
_WELL_PAIRED = re.compile(r"(?:[^“”\"]*“[^“”\"]*”)+[^“”\"]*")
_OWN = (
    "The sign above the bakery reads “No bread before seven” and has done so for years.",
    "On the wall somebody had painted “Give us back our bench”.",
    "She called the new timetable “a poem without verbs” and went home.",
    "“The lamps stay on,” the keeper wrote in his last letter to the town.",
    "“Who counts the gulls?” asked the youngest of the visitors.",
    "The report speaks of “a certain lack of chairs”, and of draughts.",
)
_RULES = ("sentences/quote-direction",)


def _prepare(text: str, chance: Random) -> str:
    """Straight pairs become curly, line by line, where it is plain how they pair."""
    if '"' in text:
        text = "\n".join(_curled(line) for line in text.split("\n"))
    if not _paired(text):
        text = with_paragraph(text, chance.choice(_OWN), chance)
    return text


def _curled(line: str) -> str:
    curled = _PAIR.sub(r"“\1”", line)
    return line if '"' in curled else curled


def _paired(text: str) -> list[Line]:
    """The lines whose marks pair up, without those that hold code or addresses."""
    return [line for line in lines(text) if _WELL_PAIRED.fullmatch(line.text) and not re.search("[`<>@=]", line.text)]


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in _paired(text):
        for match in re.finditer("”", line.text):
            start, end = line.start + match.start(), line.start + match.end()
            faults.append(Fault(start, end, "“", TURNED))
            # Behind a comma and a blank nobody could tell it from a mark that opens.
            if text[start - 1] != ",":
                faults.append(Fault(start, end, " “", SPACED))
        for match in re.finditer("“(?P<inner>[^“”]+)”", line.text):
            start, end, inner = line.start + match.start(), line.start + match.end(), match["inner"]
            faults.append(Fault(start, start + 1, "”", OPENING))
            # Between two words and two blanks a mark that stands alone could as well close something.
            if match.start() == 0 or line.text[match.start() - 2] in ",:":
                faults.append(Fault(start, start + 1, "” ", OPENING_SPACED))
            faults.append(Fault(start, end, f"”{inner}“", BOTH))
            faults.append(Fault(start, end, chance.choice([f'"{inner}”', f'“{inner}"']), STRAIGHT))
    return faults


INJECTOR = Injector(
    "quotation marks",
    dict.fromkeys((TURNED, SPACED, OPENING, OPENING_SPACED, BOTH, STRAIGHT), _RULES),
    _places,
    _prepare,
)
