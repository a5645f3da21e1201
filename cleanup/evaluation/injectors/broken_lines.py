"""A line break inside a sentence or a word, as a narrow column or a PDF leaves it."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import sentences
from cleanup.settings import shipped_evidence

LINE, PARAGRAPH = "line break inside a sentence", "paragraph break inside a sentence"
COMMA, WORD = "line break behind a comma", "word divided between two lines"

_GAP = re.compile(r"(?<=[a-z]) (?=[a-z])")
_COMMA = re.compile(r"(?<=[a-z],) (?=[a-z])")
_LONG = re.compile(r"(?<![\w'’-])[a-z]{8,}(?![\w'’-])")
# Where a careful typesetter divides a word: between two consonants, vowels on both sides.
_DIVISION = re.compile(r"(?<=[a-z][aeiou][lmnrstcp])(?=[bcdfgmnpt][aeiou][a-z])")
_ASIDE = 4  # words of the sentence on each side
_RULES = ("structure/torn-paragraph",)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    is_word = shipped_evidence().is_word
    for start, sentence in sentences(text):
        for expression, kinds in ((_GAP, ((LINE, "\n"), (PARAGRAPH, "\n\n"))), (_COMMA, ((COMMA, "\n"),))):
            for match in expression.finditer(sentence):
                before, behind = sentence[: match.start()].split(), sentence[match.end() :].split()
                if min(len(before), len(behind)) >= _ASIDE:
                    span = start + match.start(), start + match.end()
                    faults += [Fault(*span, chance.choice([gap, gap, f" {gap}"]), kind) for kind, gap in kinds]
        for match in _LONG.finditer(sentence):
            for division in _DIVISION.finditer(match.group()):
                at = start + match.start() + division.start()
                # Two halves that are words could as well be a compound that keeps its hyphen.
                halves = match.group()[: division.start()], match.group()[division.start() :]
                if not all(map(is_word, halves)):
                    faults.append(Fault(at, at, "-\n", WORD))
    return faults


INJECTOR = Injector("broken lines", dict.fromkeys((LINE, PARAGRAPH, COMMA, WORD), _RULES), _places)
