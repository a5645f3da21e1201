"""The marks by which engines cut words into pieces, left in the output."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import sentences, spots, unless_found

HYPHEN, PIECES = "hyphen between at signs", "word in pieces with at signs"
NUMBER, BLOCKS = "comma or point of a number between at signs", "lower blocks for blanks"
HASHES, END = "word in pieces with hashes", "token of a sentence's end or beginning"

_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z]{2})")
_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_LONG = re.compile(r"(?<=[a-z,] )[a-z]{6,}(?=[ ,.])")
_RUN = re.compile(r"(?<=[a-z] )[a-z]{2,}(?: [a-z]+){1,6}(?=[ ,.])")
_OWN = (
    "The well-known keeper sold 1,250 cards and 3.5 pounds of full-grown beans in a single week.",
    "A second-hand lamp costs 2,400 crowns or 4.5 goats at the long-standing market by the mill.",
)
_RULES = ("sentences/tokeniser-mark", "characters/subword-marks")


def _pieces(word: str, join: str, chance: Random) -> str:
    """``word`` cut once or twice, at least two letters apart."""
    first = chance.randint(2, len(word) - 2)
    cuts = [
        first,
        *([chance.randint(first + 2, len(word) - 1)] if first + 3 < len(word) and chance.random() < 0.3 else []),
    ]
    starts, ends = [0, *cuts], [*cuts, len(word)]
    return join.join(word[start:end] for start, end in zip(starts, ends, strict=True))


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, _ in spots(text, _HYPHEN):
        faults.append(Fault(start, end, chance.choice([" @-@ ", " @-@ ", "@-@", " @ - @ "]), HYPHEN))
    for start, end, match in spots(text, _NUMBER):
        faults.append(Fault(start, end, f" @{match.group()}@ ", NUMBER))
    for start, end, match in spots(text, _LONG):
        faults.append(Fault(start, end, _pieces(match.group(), "@@ ", chance), PIECES))
        faults.append(Fault(start, end, _pieces(match.group(), " ##", chance), HASHES))
    for start, end, match in spots(text, _RUN):
        forms = (match.group().replace(" ", "▁"), match.group().replace(" ", " ▁"))
        faults.append(Fault(start, end, chance.choice(forms), BLOCKS))
    for start, sentence in sentences(text):
        end = start + len(sentence)
        faults.append(Fault(end, end, chance.choice(["</s>", " </s>", "<eos>", " <eos>", "</S>"]), END))
        faults.append(Fault(start, start, chance.choice(["<s> ", "<s>", "▁", "<S> "]), END))
    return faults


INJECTOR = Injector(
    "subword debris",
    {
        **dict.fromkeys((HYPHEN, PIECES, NUMBER, BLOCKS, HASHES), _RULES),
        END: (*_RULES, "characters/left-over-markup"),
    },
    _places,
    unless_found(re.compile(r"[a-z]-[a-z].*\d[.,]\d"), _OWN),
)
