"""Titles, offices and surnames in small letters, in front of and behind the names they belong to."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots, with_paragraph
from cleanup.settings import shipped_evidence

TITLE = "form of address in small letters"
OFFICE = "title in front of a name in small letters"
SURNAME = "surname in small letters behind a first name"

_TITLE = re.compile(r"(?<=[a-z,] )(?P<word>Mr|Mrs|Ms|Dr|Sir|Prof)(?=\.? [A-Z][a-z]+)")
_OFFICE = re.compile(
    r"(?<=[a-z] )(?P<word>President|Chancellor|Minister|Professor|Judge|General|Governor|Senator|Queen|King|Prince)"
    r"(?= [A-Z][a-z]{2,})"
)
_SURNAME = re.compile(r"(?<=[a-z,] )(?P<first>[A-Z][a-z]{2,}) (?P<word>[A-Z][a-z]{3,})(?![\w'’.-]| [A-Z])")


_OWN = (
    "A letter from President Halvorsen had lain on the desk of Mr Tolliver since the spring.",
    "The boat belonged to Ingrid Vaskelien, and the harbour to Judge Ottersen and his sons.",
    "They asked Dr Pellinore and later Queen Astrida, but Viktor Zambrowski knew the answer.",
    "Nobody had told General Okonjima that the house of Sir Humbert stood empty.",
)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    evidence = shipped_evidence()
    for kind, expression in ((TITLE, _TITLE), (OFFICE, _OFFICE), (SURNAME, _SURNAME)):
        for spot in spots(text, expression):
            word = spot.match["word"]
            # A surname that is a word as well is not lost for want of its capital alone.
            if kind == SURNAME and (evidence.is_word(word) or evidence.is_word(spot.match["first"])):
                continue
            start = spot.start + spot.match.start("word") - spot.match.start()
            faults.append(Fault(start, start + len(word), word.lower(), kind))
    return faults


INJECTOR = Injector(
    "titles",
    {
        TITLE: ("words/lower-case-title",),
        OFFICE: ("words/lower-case-office",),
        SURNAME: ("words/lower-case-surname", "words/lower-case-name"),
    },
    _places,
    lambda text, chance: with_paragraph(text, chance.choice(_OWN), chance),
)
