"""Contractions without their apostrophe."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose
from cleanup.settings import shipped_evidence

PLAIN = "contraction without apostrophe"
WORD = "contraction without apostrophe, a word as well"
BLANK = "contraction with a blank for the apostrophe"

# The brief list of what everybody stumbles over; the lexicon knows more of them.
_COLLIDING = frozenset("its were well cant wont shant hell shell ill id wed hed shed lets whore hows".split())
_CONTRACTION = re.compile(
    r"(?<![\w'’-])(?:[A-Za-z]{2,}n['’]t|"
    r"(?:I|(?i:you|he|she|it|we|they|that|there|here|what|who|where|how|let))['’](?:m|s|re|ve|ll|d))(?![\w'’-])"
)
_RULES = ("words/lost-contraction",)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    is_word = shipped_evidence().is_word
    for line in prose(text):
        for match in _CONTRACTION.finditer(line.text):
            start, end = match.start() + line.start, match.end() + line.start
            joined = re.sub("['’]", "", match.group())
            collides = joined.lower() in _COLLIDING or is_word(joined)
            faults.append(Fault(start, end, joined, WORD if collides else PLAIN))
            faults.append(Fault(start, end, re.sub("['’]", " ", match.group()), BLANK))
    return faults


INJECTOR = Injector("contractions", {PLAIN: _RULES, WORD: _RULES, BLANK: _RULES}, _places)
