r"""Find by a regular expression, and replace by a template.

``[with]`` holds ``find``, an expression of the ``regex`` package, and, for a rule that
repairs, ``replace``, a template with ``\1`` or ``\g<name>``. If ``find`` has a group named
``fault``, the finding is that group and the rest is context. ``before``, ``after``,
``within`` and ``unless`` limit where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import Conditions, Prepared, compiled, finditer_near, refuse_unknown
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = {"find", "replace", *Conditions.KEYS}


class Finder(Prepared):
    """A card's expression and template."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.conditions = Conditions(options)
        self._find, self.replace = options.get("find"), options.get("replace")

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """``find``."""
        return compiled("find", self._find)

    def force(self) -> None:
        """Compile everything now, and try the template.

        Raises:
            OptionError: an option is wrong, or ``replace`` does not fit ``find``.
        """
        super().force()
        if self.replace is None:
            return
        if not isinstance(self.replace, str):
            raise OptionError("replace", f"replace must be a template, not {self.replace!r}")
        try:
            regex.compile(f"{self.pattern.pattern}|").sub(self.replace, "")
        except (regex.error, IndexError) as error:
            raise OptionError("replace", f"replace does not fit find: {error}") from None


def prepare(options: Mapping[str, Any]) -> Finder:
    """Compile a card's expression and try its template."""
    return Finder(options)


def needs(prepared: Finder) -> Needs:
    """Nothing by itself: a card says what it needs as RE2 expressions, or always runs."""
    return Needs()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every match whose conditions hold."""
    finder: Finder = rule.prepared
    conditions = finder.conditions.checker(article)
    # All matches first: the time limit is the expression's, not that of the conditions.
    for match in tuple(finditer_near(article, rule, finder.pattern)):
        start, end = match.span("fault") if "fault" in finder.pattern.groupindex else match.span()
        if not conditions.hold(start, end):
            continue
        replacement = None
        if finder.replace is not None:
            replacement = article.styled(match.expand(finder.replace))
            if replacement == article.text[start:end]:
                continue
        yield rule.finding(start, end, replacement)
