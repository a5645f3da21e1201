"""Control characters that programs leave in a text that they tear out of a document."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, with_paragraph

BESIDE, INSIDE = "control character beside a word", "control character inside a word"
BLANK, LINE = "control character for a blank", "control character at a line's end"
WINDOWS, COLOUR = "mark of Windows-1252 as a control character", "colour code of a terminal"
SPREADSHEET = "control character as a spreadsheet writes it"

# Null of UTF-16, what word processors use for a soft hyphen and for fields, and what a page description has.
_STRAY = "\x00\x00\x02\x03\x07\x08\x0e\x0f\x14\x15\x1b\x1f\x7f"
_FOR_A_BLANK = "\x0b\x0c\x1c\x1d\x1e\x1f\x00\x85"
_EDGE = re.compile(r"(?<=[a-z] )(?=[a-z]{2})|(?<=[a-z]{2})(?=[ ,.])")
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z][a-z]{4,}(?![\w'’-])")
_BETWEEN = re.compile(r"(?<=[a-z]) (?=[a-z]{2})")
_END = re.compile(r"(?<=[a-z][.!?])(?=$)", re.MULTILINE)
_MARK = re.compile(r"[“”‘’–—…€•™]")
_RUN = re.compile(r"(?<=[a-z] )[a-z]{3,}(?: [a-z]{2,}){0,3}(?=[ ,.])")
_OWN = (
    "“The baker’s oven”—she had two—was never cold… or so they said in the “Blue Hen”.",
    "On the quay a coffee is €2 – “with a view”, as the captain’s sister likes to say…",
    "It was ‘nobody’s boat’, he wrote, and the “harbour–mill” ferry took it in tow.",
)
_RULES = ("characters/control-character",)


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, chance.choice(_OWN), chance)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, _, _ in spots(text, _EDGE):
        faults.append(Fault(start, start, chance.choice(_STRAY) * chance.choice([1, 1, 2]), BESIDE))
    for start, end, _ in spots(text, _WORD):
        at = chance.randrange(start + 1, end)
        faults.append(Fault(at, at, chance.choice(_STRAY), INSIDE))
    for start, end, _ in spots(text, _BETWEEN):
        faults.append(Fault(start, end, chance.choice(_FOR_A_BLANK), BLANK))
    for start, _, _ in spots(text, _END):
        faults.append(Fault(start, start, chance.choice(["\x00", "\x03", "\x04", "\x1a", " \x07"]), LINE))
        faults.append(Fault(start, start, chance.choice(["_x000D_", "_x000d_", " _x000D_", "_x000B_"]), SPREADSHEET))
    for start, end, match in spots(text, _MARK):
        faults.append(Fault(start, end, match.group().encode("cp1252").decode("latin-1"), WINDOWS))
    for start, end, match in spots(text, _RUN):
        opening = chance.choice(["\x1b[1m", "\x1b[31m", "\x1b[4m", "\x1b[01;34m", "\x1b[K"])
        closing = chance.choice(["\x1b[0m", "\x1b[0m", "\x1b[m"])
        faults.append(Fault(start, end, f"{opening}{match.group()}{closing}", COLOUR))
    return faults


INJECTOR = Injector(
    "control characters",
    {
        **dict.fromkeys((BESIDE, INSIDE, BLANK, LINE, WINDOWS, COLOUR), _RULES),
        SPREADSHEET: (*_RULES, "characters/literal-escape"),
    },
    _places,
    _prepare,
)
