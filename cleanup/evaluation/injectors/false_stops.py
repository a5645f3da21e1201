"""A full stop inside a sentence, with the lower case behind it left as it was."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose

OTHER = "false stop before another word"
SPACED = "false stop with a blank in front"
TWICE, COMMA = "false stop, twice", "false stop before a comma"
_KINDS = {
    "false stop before a preposition": (
        "about above across after against along among around at before behind below beneath beside between beyond by "
        "despite down during for from in inside into near of off on onto out outside over past since through "
        "throughout to toward towards under until up upon via with within without"
    ),
    "false stop before a conjunction": (
        "although and because but if nor or so than though unless when whereas while yet"
    ),
    "false stop before an auxiliary": (
        "am are can could did do does had has have is may might must shall should was were will would"
    ),
    "false stop before a relative": "that where which who whom whose",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}

# No segmenter cuts behind a word that cannot end anything.
_NEVER_LAST = frozenset(
    "the a an and or but of to in on at for with from by his her its their our my no is was".split()
)
_GAP = re.compile(r"(?<=[^\W\d_]{2}) (?=(?P<next>[a-z]{2,})\b)")
_COMMA = re.compile(r"(?<= )(?!approx)[a-z]{4,},(?= [a-z]{2})")  # a stop may stand before a comma in short forms
_RULES = ("sentences/false-stop",)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in prose(text):
        for match in _GAP.finditer(line.text):
            before, after = line.text[: match.start()], line.text[match.end() :]
            # Both halves need some words of their own sentence.
            head, tail = re.split(r"[.!?:;“”\"]", before)[-1].split(), re.split(r"[.!?:;“”\"]", after)[0].split()
            if len(head) < 3 or len(tail) < 3 or head[-1].lower() in _NEVER_LAST:
                continue
            start, end = line.start + match.start(), line.start + match.end()
            kind = _KIND_OF.get(match["next"], OTHER)
            faults.append(Fault(start, end, ". ", kind))
            if kind != OTHER:
                faults.append(Fault(start, end, " . ", SPACED))
                faults.append(Fault(start, end, chance.choice([". . ", " . . ", ".. "]), TWICE))
        for match in _COMMA.finditer(line.text):
            at = line.start + match.end() - 1
            faults.append(Fault(at, at + 1, chance.choice([". ,", " . ,", ".,"]), COMMA))
    return faults


INJECTOR = Injector(
    "false stops",
    {
        **dict.fromkeys((*_KINDS, OTHER, SPACED), _RULES),
        **dict.fromkeys((TWICE, COMMA), (*_RULES, "sentences/doubled-mark")),
    },
    _places,
)
