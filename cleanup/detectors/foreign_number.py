"""A number that is written as another language writes it: ``1.000.000``, ``3,5 million``, ``10 000``.

``find`` is the whole number, with a group ``whole``, the digits before the decimal mark with
whatever parts them, and perhaps a group ``fraction``, the digits behind it; where several
numbers stand in one finding, each has its groups. ``counted`` is a list of words that
``\\L<counted>`` in ``find`` stands for, and ``before``, ``after``, ``within`` and ``unless``
limit where. The repair is English: commas between groups of three, a point before the fraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Conditions, Prepared, finditer_near, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = ("find", "counted", *Conditions.KEYS)
_NOT_DIGIT = expression(r"\P{Nd}++")


class Numbers(Prepared):
    """A card's expression and its word list."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        find = options.get("find")
        if not isinstance(find, str) or "(?<whole>" not in find:
            raise OptionError("find", "find must be a regular expression with a group named whole")
        self._find = find
        self._counted = string_list(options, "counted")
        self.conditions = Conditions(options)

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """``find``, with ``counted`` where it asks for it."""
        try:
            return expression(self._find, counted=self._counted) if self._counted else expression(self._find)
        except (regex.error, ValueError) as error:
            raise OptionError("find", f"find is no regular expression: {error}") from None


def prepare(options: Mapping[str, Any]) -> Numbers:
    """Validate a card's expression and word list."""
    return Numbers(options)


def needs(prepared: Numbers) -> Needs:
    """Nothing by itself: a card says what it needs as RE2 expressions."""
    return Needs()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every number whose conditions hold, in the manner of English."""
    numbers: Numbers = rule.prepared
    conditions = numbers.conditions.checker(article)
    for match in finditer_near(article, rule, numbers.pattern):
        edits = tuple(_edits(match))
        if edits and conditions.hold(edits[0].start, edits[-1].end):
            before = article.text[edits[0].start : edits[0].end]
            seen = f"{before}: in English {edits[0].replacement}"
            yield rule.finding(edits[0].start, edits[-1].end, edits=edits, evidence=seen)


def _edits(match: regex.Match[str]) -> Iterator[Edit]:
    """One edit for each number in ``match`` that English writes otherwise."""
    fractions = match.spans("fraction") if "fraction" in match.re.groupindex else []
    for start, end in match.spans("whole"):
        number = _NOT_DIGIT.sub(",", match.string[start:end])
        # A fraction begins one mark behind the digits that it belongs to.
        fraction = next(((s, e) for s, e in fractions if s == end + 1), None)
        if fraction is not None:
            number, end = f"{number}.{match.string[slice(*fraction)]}", fraction[1]
        if number != match.string[start:end]:
            yield Edit(start, end, number)
