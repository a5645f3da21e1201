"""Two words without the blank between them."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, with_paragraph
from cleanup.evaluation.injectors._sentences import with_acronym
from cleanup.settings import shipped_evidence

SMALL, LITTLE = "words glued", "word glued to a little word"
CAPITAL, ACRONYM, NUMBER = "words glued before a capital", "words glued behind an acronym", "number glued to a word"

_PAIR = re.compile(r"(?<=[a-z,] )(?P<left>[a-z]{3,}) (?=(?P<right>[a-z]{3,})[ ,.])")
_BEFORE_CAPITAL = re.compile(r"(?<= )(?P<left>[a-z]{2,}) (?=(?P<right>[A-Z][a-z]{2,})[ ,.])")
_BEHIND_ACRONYM = re.compile(r"(?<= )(?P<left>[A-Z]{3,5}) (?=(?P<right>[a-z]{3,}) )")
_NUMBER = re.compile(r"(?<=[a-z] )(?P<left>[12]\d{3}) (?=(?P<right>the|and|when|after|with|for|but|because|that|to)\b)")
_SHORT = ("in", "of", "to", "by", "at", "on")
_LITTLE = frozenset("the and for with from that this was were has had not but who which its his her their than".split())
_RULES = ("sentences/glued-words",)


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, with_acronym(chance), chance)


def _splits(joined: str) -> int:
    """In how many ways the letters are two words."""
    is_word = shipped_evidence().is_word
    halves = ((joined[:n], joined[n:]) for n in range(1, len(joined)))
    return sum((len(a) > 1 or a in "ai") and len(b) > 1 and is_word(a) and is_word(b) for a, b in halves)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    is_word = shipped_evidence().is_word
    for start, end, match in spots(text, _PAIR):
        left, right = match["left"], match["right"]
        # The letters must be no word, and two words in one way only.
        if not is_word(left + right) and is_word(left) and is_word(right) and _splits(left + right) == 1:
            kind = LITTLE if left in _LITTLE or right in _LITTLE else SMALL
            faults.append(Fault(start, end, left, kind))
    for expression, kind in ((_BEFORE_CAPITAL, CAPITAL), (_BEHIND_ACRONYM, ACRONYM), (_NUMBER, NUMBER)):
        for start, end, match in spots(text, expression):
            left, right = match["left"], match["right"]
            # Two letters before a capital are a name's own part now and then: `deVries`.
            if left[0].islower() and (not is_word(left) or (len(left) < 3 and left not in _SHORT)):
                continue
            if kind == ACRONYM and is_word((left + right).lower()):
                continue
            faults.append(Fault(start, end, left, kind))
    return faults


INJECTOR = Injector(
    "glued words",
    dict.fromkeys((SMALL, LITTLE, CAPITAL, ACRONYM, NUMBER), _RULES),
    _places,
    _prepare,
)
