"""Characters that came as HTML entities and were never decoded."""

from __future__ import annotations

import re
from html.entities import codepoint2name
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, spots, with_paragraph

NAMED, NUMBERED = "entity by name", "entity by number"
DOUBLED, SPACED = "entity encoded twice", "entity with blanks in it"
BLANK = "entity for a blank"

_MARK = re.compile(r"[&\"'“”‘’–—…£€°éèêëàâäöüçñáíóúßøå]")
_BLANK = re.compile(r"(?<=[a-z,]) (?=[a-z])")
_OWN = (
    "The firm of “Marsh & Daughter” has mended clocks in the café’s back room for years.",
    "Pell & Sons gave £40 to the band—and the band’s drummer gave it back.",
    "The “Fish & Lamp” opened its doors, and nobody’s coat stayed dry.",
)
_RULES = ("characters/html-entity",)


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, in_style(chance.choice(_OWN), text), chance)


def _named(character: str, chance: Random) -> str:
    if character == "'":
        return "&apos;"
    return f"&{codepoint2name[ord(character)]};"


def _numbered(character: str, chance: Random) -> str:
    number = ord(character)
    return chance.choice([f"&#{number};", f"&#{number:03};", f"&#x{number:x};", f"&#x{number:X};", f"&#{number};"])


def _either(character: str, chance: Random) -> str:
    return chance.choice([_named, _numbered])(character, chance)


def _doubled(character: str, chance: Random) -> str:
    return "&amp;" + "amp;" * chance.choice([0, 0, 0, 1]) + _either(character, chance)[1:]


def _spaced(character: str, chance: Random) -> str:
    """Translation engines take the marks of an entity for punctuation and put blanks between."""
    entity = _either(character, chance)
    head, body = entity[0], entity[1:-1]
    split = body.replace("#", "# ")
    return chance.choice([f"{head} {body};", f"{head}{body} ;", f"{head} {body} ;", f"{head} {split};"])


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _MARK):
        for kind, form in ((NAMED, _named), (NUMBERED, _numbered), (DOUBLED, _doubled), (SPACED, _spaced)):
            faults.append(Fault(start, end, form(match.group(), chance), kind))
    for start, end, _ in spots(text, _BLANK):
        faults.append(Fault(start, end, chance.choice(["&nbsp;", "&#160;", "&nbsp; ", " &nbsp;", "&amp;nbsp;"]), BLANK))
    return faults


INJECTOR = Injector("entities", dict.fromkeys((NAMED, NUMBERED, DOUBLED, SPACED, BLANK), _RULES), _places, _prepare)
