"""Tags of the page that stand in the text, sound or broken by the translation."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose, spots

PAIR, SPACED, ENTITIES = "pair of tags", "pair of tags with blanks in them", "pair of tags as entities"
SINGLE, BREAK = "tag without its other half", "tag of a line or paragraph"

_PHRASE = re.compile(r"(?<=[a-z,] )[A-Za-z]\w{2,}(?: [a-z]{3,}){0,2}(?=[ ,.])")
_NAMES = ("strong", "strong", "b", "i", "em", "span", "a", "u", "sup")
_ATTRIBUTES = {
    "a": ' href="#"',
    "span": ' class="highlight"',
    "strong": ' style="color: #333;"',
}
_RULES = ("characters/left-over-markup", "characters/broken-tag")


def _pair(chance: Random) -> tuple[str, str]:
    name = chance.choice(_NAMES)
    attributes = _ATTRIBUTES.get(name, "") if chance.random() < 0.5 or name == "a" else ""
    return f"<{name}{attributes}>", f"</{name}>"


def _spaced(chance: Random) -> tuple[str, str]:
    name = chance.choice(["strong", "b", "i", "em", "span", "u"])
    return chance.choice(
        [
            (f"< {name}>", f"</ {name}>"),
            (f"<{name} >", f"</{name} >"),
            (f"< {name} >", f"</ {name} >"),
            (f"< {name} >", f"< / {name} >"),
            (f"< {name} > ", f" < / {name} >"),
            (f"<{name}> ", f" </{name}>"),
        ]
    )


def _as_entities(chance: Random) -> tuple[str, str]:
    opening, closing = (tag.replace("<", "&lt;").replace(">", "&gt;") for tag in _pair(chance))
    return opening.replace('"', "&quot;"), closing


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _PHRASE):
        for kind, tags in ((PAIR, _pair), (SPACED, _spaced), (ENTITIES, _as_entities)):
            opening, closing = tags(chance)
            faults.append(Fault(start, end, opening + match.group() + closing, kind))
        opening, closing = chance.choice([_pair, _spaced])(chance)
        at, tag = chance.choice([(start, opening.strip()), (end, closing.strip())])
        faults.append(Fault(at, at, tag, SINGLE))
    for line in prose(text):
        end = line.start + len(line.text.rstrip())
        at_end = chance.choice(["<br>", "<br />", "<br/>", "< br >", "</p>", "</div>", "&lt;br&gt;", "</ p>"])
        faults.append(Fault(end, end, at_end, BREAK))
        faults.append(Fault(line.start, line.start, chance.choice(["<p>", "<div>", "< p >", "<br>", "<p> "]), BREAK))
    return faults


INJECTOR = Injector("markup", dict.fromkeys((PAIR, SPACED, ENTITIES, SINGLE, BREAK), _RULES), _places)
