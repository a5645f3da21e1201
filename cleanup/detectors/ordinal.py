"""An ordinal in figures that is torn, has the wrong ending, or that of another language.

``find`` is an expression with a group ``number``, the digits, and ``ordinal``, the digits with
what stands for their ending; ``nouns`` is a list of words that ``\\L<nouns>`` in it stands for.
The repair is the ending that the number asks for: ``21st``, ``12th``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule


class Ordinals(Prepared):
    """A card's expression and its nouns."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("find", "nouns"))
        find = options.get("find")
        if not isinstance(find, str) or "(?<number>" not in find or "(?<ordinal>" not in find:
            raise OptionError("find", "find must be a regular expression with groups number and ordinal")
        self._find = find
        self._nouns = string_list(options, "nouns")

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """``find``, with ``nouns`` where it asks for them."""
        try:
            return expression(self._find, nouns=self._nouns) if self._nouns else expression(self._find)
        except (regex.error, ValueError) as error:
            raise OptionError("find", f"find is no regular expression: {error}") from None


def prepare(options: Mapping[str, Any]) -> Ordinals:
    """Validate the card's expression and nouns."""
    return Ordinals(options)


def needs(prepared: Ordinals) -> Needs:
    """Nothing by itself: a card says what it needs as RE2 expressions."""
    return Needs()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every ordinal that is not written as its number asks."""
    ordinals: Ordinals = rule.prepared
    for match in finditer(ordinals.pattern, article.text):
        right = match["number"] + ending(match["number"])
        if right != match["ordinal"]:
            yield rule.finding(*match.span("ordinal"), right, evidence=f"{match['ordinal']}: in English {right}")


def ending(number: str) -> str:
    """The ending of the ordinal of ``number``.

    >>> [ending(number) for number in ("1", "12", "22", "103", "40")]
    ['st', 'th', 'nd', 'rd', 'th']
    """
    if number[-2:-1] == "1":
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")
