"""Quotations in the marks of another language, or in what a keyboard has instead."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, quotations, with_paragraph
from cleanup.evaluation.injectors._sentences import with_quotation

_FORMS: dict[str, tuple[str, ...]] = {
    "guillemets": ("«{}»", "«{}»", "<<{}>>"),
    "guillemets with blanks": ("« {} »", "«\u00a0{}\u00a0»", "«\u202f{}\u202f»", "<< {} >>"),
    "guillemets both the same way": ("« {} «", "«{}«", "»{}»", "» {} »"),
    "guillemets turned inside out": ("»{}«", "» {} «", "›{}‹"),
    "guillemet and another mark": ("«{}”", "«{}\"", "“{}»", "\"{}»", "« {}\"", "\" {} »"),
    "German quotation marks": ("„{}“", "„{}“", "„{}”", "„{}\"", ",,{}“", ",,{}\""),
    "East Asian quotation marks": ("「{}」", "『{}』", "《{}》", "〈{}〉", "〝{}〞"),
    "primes": ("″{}″", "′′{}′′", "′′ {} ′′", "″{}''"),
    "two apostrophes for a quotation mark": ("''{}''", "''{}''", "’’{}’’", "‘‘{}’’", "'' {} ''", "´´{}´´"),
}  # fmt: skip
_RULES = ("sentences/foreign-quotation-marks", "sentences/typewriter-quotes")


def _prepare(text: str, chance: Random) -> str:
    """Enough quotations that the text shows which marks are its own."""
    for _ in range(3 - len(list(quotations(text)))):
        text = with_paragraph(text, in_style(with_quotation(chance), text), chance)
    return text


def _fitting(inner: str) -> bool:
    """Whether the words at the edges have no mark of their own that a foreign one would run into."""
    return inner == inner.strip() and not re.search("['’‘«»„′]", inner[0] + inner[-1])


def _places(text: str, chance: Random) -> list[Fault]:
    found = list(quotations(text))
    if len(found) < 3:
        return []
    faults = []
    for start, end, match in found:
        inner = match.group()[1:-1]
        if not _fitting(inner):
            continue
        for kind, forms in _FORMS.items():
            opening, closing = chance.choice(forms).split("{}")
            faults.append(Fault(start, end, f"{opening}{inner}{closing}", kind))
    return faults


INJECTOR = Injector("foreign quotation marks", dict.fromkeys(_FORMS, _RULES), _places, _prepare)
