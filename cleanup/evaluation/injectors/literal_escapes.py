"""Escapes of JSON and program text that stand in the article as they are."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import quotations, sentence_breaks, spots, with_paragraph

LETTER, MARK = "escape for a letter", "escape for a mark"
QUOTE, BREAK = "escaped quotation mark or apostrophe", "escape for a line break"

_LETTER = re.compile(r"[\u00c0-\u024f]")
_MARK = re.compile(r"[“”‘’–—…£€°]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])'(?=[a-z])")
_OWN = (
    "The café’s owner paid £12 for the sign that says “Piñata soup”.",
    "Zoë’s brother—he keeps bees—drove to Málaga for “a single lemon”.",
    "At 4° the pond by Renée’s mill smells of mint… or so they say in “The Crow”.",
)
_RULES = ("characters/literal-escape",)


def _prepare(text: str, chance: Random) -> str:
    return text if _LETTER.search(text) and _MARK.search(text) else with_paragraph(text, chance.choice(_OWN), chance)


def _escape(character: str, chance: Random) -> str:
    number = ord(character)
    forms = [f"\\u{number:04x}", f"\\u{number:04x}", f"\\u{number:04X}", f"\\\\u{number:04x}"]
    return chance.choice(forms)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for expression, kind in ((_LETTER, LETTER), (_MARK, MARK)):
        for start, end, match in spots(text, expression):
            faults.append(Fault(start, end, _escape(match.group(), chance), kind))
    for start, end, match in quotations(text):
        if match["straight"]:
            faults.append(Fault(start, end, f'\\"{match["straight"]}\\"', QUOTE))
    for start, end, _ in spots(text, _APOSTROPHE):
        faults.append(Fault(start, end, "\\'", QUOTE))
    # Between paragraphs the break itself is escaped; inside one it stands beside the real blank.
    for match in re.finditer(r"(?<=[a-z][.!?])\n+(?=[A-Z“\"])", text):
        faults.append(Fault(match.start(), match.end(), match.group().replace("\n", "\\n"), BREAK))
    for start, end, _ in sentence_breaks(text):
        faults.append(Fault(start, end, chance.choice(["\\n ", " \\n", "\\r\\n "]), BREAK))
    return faults


INJECTOR = Injector("literal escapes", dict.fromkeys((LETTER, MARK, QUOTE, BREAK), _RULES), _places, _prepare)
