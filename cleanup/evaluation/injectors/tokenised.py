"""Text as translation engines take it apart, not put together again."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, prose, quotations, spots, with_paragraph

CONTRACTION, NOT = "contraction tokenised", "contraction with not, tokenised"
POSSESSIVE, PLURAL = "possessive tokenised", "possessive of a plural tokenised"
BRACKETS, QUOTES, TICKS = "brackets tokenised", "quotation marks tokenised", "quotation marks as ticks"
WHOLE = "sentence tokenised throughout"

_CONTRACTION = re.compile(
    r"(?i:(?<![\w'’-])(?:I|you|he|she|it|we|they|that|there|who|what))(?=['’](?:m|s|re|ve|ll|d)\b)"
)
_NOT = re.compile(r"(?<=[a-z])(?=n['’]t\b)")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z][a-z])(?=['’]s [a-z])")
_PLURAL = re.compile(r"(?<=[A-Za-z] )(?P<noun>[A-Za-z][a-z]+s)(?=['’] [a-z])")
_BRACKETS = re.compile(r"(?<=[a-z] )\((?P<inner>[\w][^()\n]{1,60}\w)\)(?=[ .,])")
_OWN = (
    "“It doesn’t rain (or not for long) in the sailors’ hall,” she said, “and that’s the captain’s doing.”",
    "The fishermen’s dog didn’t bark (it never does), and they’re sure that it knew the keeper’s voice.",
)
_NAMES = ("words/spaced-apostrophe", "words/spaced-plural-possessive")


def _prepare(text: str, chance: Random) -> str:
    for own in _OWN:
        text = with_paragraph(text, in_style(own, text), chance)
    return text


def _tokenised(line: str) -> str:
    """A line as the tokeniser of a treebank leaves it, but for its quotation marks."""
    line = re.sub(r"(?<=[A-Za-z])(n['’]t)\b", r" \1", line)
    line = re.sub(r"(?<=[A-Za-z])(['’](?:s|m|re|ve|ll|d))\b", r" \1", line)
    line = re.sub(r"(?<=[a-z]{2})([,;:?!])(?= )", r" \1", line)
    line = re.sub(r"\((?=\w)", "( ", line)
    line = re.sub(r"(?<=\w)\)", " )", line)
    return re.sub(r"(?<=[a-z]{2})([.?!])$", r" \1", line)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for expression, kind in ((_CONTRACTION, CONTRACTION), (_POSSESSIVE, POSSESSIVE)):
        for _, end, match in spots(text, expression):
            # What is before the apostrophe may be a pronoun, and then it is no possessive.
            if kind == CONTRACTION or not _CONTRACTION.search(match.string[: match.end() + 2][-12:]):
                faults.append(Fault(end, end, " ", kind))
    for _, end, _ in spots(text, _NOT):
        faults.append(Fault(end, end, " ", NOT))
    for _, end, match in spots(text, _PLURAL):
        # An apostrophe that closes a quotation stands in the same place.
        if not re.search(r"(?<!\w)['‘]", match.string):
            faults.append(Fault(end, end, " ", PLURAL))
    for start, end, match in spots(text, _BRACKETS):
        faults.append(Fault(start, end, f"( {match['inner']} )", BRACKETS))
    for start, end, match in quotations(text):
        inner, whole = match.group()[1:-1], match.group()
        if inner == inner.strip():
            faults.append(Fault(start, end, f"{whole[0]} {inner} {whole[-1]}", QUOTES))
            faults.append(Fault(start, end, chance.choice([f"`` {inner} ''", f"``{inner}''", f"`` {inner}''"]), TICKS))
    for line in prose(text):
        text_of = line.text.rstrip()
        spaced = _tokenised(text_of)
        if not re.search('["“”‘]', text_of) and len(spaced) - len(text_of) >= 3:
            faults.append(Fault(line.start, line.start + len(text_of), spaced, WHOLE))
    return faults


INJECTOR = Injector(
    "tokenised text",
    {
        CONTRACTION: _NAMES,
        NOT: _NAMES,
        POSSESSIVE: _NAMES,
        PLURAL: _NAMES,
        BRACKETS: ("sentences/padded-bracket",),
        QUOTES: ("sentences/blanks-in-quotation",),
        TICKS: ("sentences/typewriter-quotes",),
        WHOLE: (*_NAMES[:1], "sentences/space-before-mark"),
    },
    _places,
    _prepare,
)
