"""An invented subject and verb between a quotation and its real attribution."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, prose, with_paragraph

VERB = "ghost attribution before a verb"
SUBJECT = "ghost attribution before a subject"

_SAYING = (
    "said|says|told|tells|added|adds|explained|explains|announced|declared|noted|notes|warned|warns|insisted|replied|"
    "answered|asked|asks|stressed|recalled|admitted|argued|wrote|writes|claimed|continued|concluded|remarked|joked|"
    "complained|promised|denounced|assured|emphasised|emphasized|pointed out|acknowledged|lamented|confirmed"
)
_QUOTE_ENDS = r"(?<=[,!?.…][\"”]) "
_BEFORE_VERB = re.compile(rf"{_QUOTE_ENDS}(?=(?:{_SAYING})\b)")
_BEFORE_SUBJECT = re.compile(rf"{_QUOTE_ENDS}(?=(?:the|a|an|one|his|her|its|their) (?:[\w-]+ ){{1,4}}(?:{_SAYING})\b)")

_GHOSTS = (
    "he said", "he said", "she said", "they said", "he added", "she added", "he says", "he explained",
    "she explained", "he declared", "he told reporters", "he stressed", "he noted", "it said", "he continued",
)  # fmt: skip

_QUOTATIONS = (
    "We counted the boats twice and came out with the same number",
    "Nobody asked the fishermen what they thought of the new pier",
    "The roof will hold another winter if the snow stays light",
    "I have waited eleven years for a bus that stops here",
    "There is enough flour for a month and enough salt for ten years",
    "Our school has never had a choir as loud as this one",
    "It was a mistake to close the road before the harvest",
    "You can hear the river from every room of the house",
)
_VERBS = ("said", "told the press", "added", "explained", "warned", "announced", "declared", "complained", "recalled")
_SUBJECTS = (
    "the mayor of the island", "the owner of the mill", "a spokeswoman for the ferry company", "the head of the union",
    "the chief of the fire brigade", "a teacher from the upper valley", "the director of the museum",
)  # fmt: skip


def _prepare(text: str, chance: Random) -> str:
    for expression, build in ((_BEFORE_VERB, _inverted), (_BEFORE_SUBJECT, _straight)):
        if not any(expression.search(line.text) for line in prose(text)):
            text = with_paragraph(text, in_style(build(chance), text), chance)
    return text


def _inverted(chance: Random) -> str:
    return f"“{chance.choice(_QUOTATIONS)},” {chance.choice(_VERBS)} {chance.choice(_SUBJECTS)} on the quay."


def _straight(chance: Random) -> str:
    return f"“{chance.choice(_QUOTATIONS)},” {chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} in the afternoon."


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in prose(text):
        for expression, kind in ((_BEFORE_VERB, VERB), (_BEFORE_SUBJECT, SUBJECT)):
            for match in expression.finditer(line.text):
                at = line.start + match.end()
                faults.append(Fault(at, at, f"{chance.choice(_GHOSTS)}. ", kind))
    return faults


INJECTOR = Injector(
    "ghost attributions",
    {VERB: ("sentences/ghost-attribution",), SUBJECT: ("sentences/ghost-attribution",)},
    _places,
    _prepare,
)
