"""Two sentences without the blank between them, with and without quotation marks."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, quotations, sentence_breaks, spots, with_paragraph
from cleanup.evaluation.injectors._sentences import dialogue, sentence

STOP, QUESTION = "sentences glued", "sentences glued behind a question or exclamation mark"
CLOSED, OPENED = "sentences glued behind a quotation", "sentences glued before a quotation"
MOVED, COMMA = "blank before the full stop, none behind it", "comma glued to the next word"

_COMMA = re.compile(r"(?<=[a-z]{3}), (?=[a-z]{2})")
_RULES = ("sentences/glued-sentence", "sentences/glued-clause")


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, in_style(f"{dialogue(chance)} {_question(chance)}", text), chance)


def _question(chance: Random) -> str:
    asked = chance.choice(["Who rings at this hour", "What did the letter say", "Who lit the lamp"])
    return f"{asked}? {sentence(chance)} {sentence(chance)}"


def _kind(before: str, behind: str) -> str:
    if before in '"”':
        return CLOSED
    if behind in '"“':
        return OPENED
    return STOP if before == "." else QUESTION


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    quoted = [(spot.start, spot.end) for spot in quotations(text)]
    for start, _, match in sentence_breaks(text):
        before, behind = match.string[match.start() - 1], match.string[match.end()]
        kind = _kind(before, behind)
        # A straight mark says nothing of its direction: its partner in the line has to.
        if kind == CLOSED and not any(end == start for _, end in quoted):
            continue
        if kind == OPENED and not any(first == start + 1 for first, _ in quoted):
            continue
        # The fault takes the blank away, so it holds the mark before it.
        faults.append(Fault(start - 1, start + 1, before, kind))
        if kind == STOP:
            faults.append(Fault(start - 1, start + 1, " .", MOVED))
    for start, end, _ in spots(text, _COMMA):
        faults.append(Fault(start, end, ",", COMMA))
    return faults


INJECTOR = Injector(
    "glued sentences",
    {
        **dict.fromkeys((STOP, QUESTION, CLOSED, OPENED), _RULES),
        MOVED: (*_RULES, "sentences/space-before-mark"),
        COMMA: ("sentences/glued-words", *_RULES),
    },
    _places,
    _prepare,
)
