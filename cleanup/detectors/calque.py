"""A phrase that is put together as in another language: ``since three years``. Shown, never changed.

``[with.phrases]`` holds the phrases, each with what English would say. A phrase is an RE2
expression without its word edges; ``<name>`` in it stands for one of ``[with.forms]``, a list
of words, and ``#`` for a number in figures or words. ``before``, ``after``, ``within`` and
``unless`` limit where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import Conditions, Prepared, is_whole, re2_spans, refuse_unknown
from cleanup.rule import Needs, OptionError, Rule

_BLANK = r"[ \x{a0}]"
_NUMBER = (
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a hundred)"
)
_FORM = re.compile(r"<(\w+)>")
_GROUP = re.compile(r"\((?!\?)")


class Calques(Prepared):
    """A card's phrases as one expression, and what English has instead of each."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("phrases", "forms", *Conditions.KEYS))
        phrases, self._forms = options.get("phrases"), options.get("forms", {})
        if not isinstance(phrases, Mapping) or not phrases:
            raise OptionError("phrases", "phrases is missing: a table of phrases and what English has instead")
        for phrase, better in phrases.items():
            if not isinstance(better, str) or not better:
                raise OptionError(phrase, f"{phrase!r} must name what English has instead, not {better!r}")
        self._phrases: Mapping[str, str] = phrases
        self.conditions = Conditions(options)
        self.source = rf"(?i)\b(?:{'|'.join(map(self._expanded, phrases))})"

    def _expanded(self, phrase: str) -> str:
        """``phrase`` with its forms and numbers written out, and no group that captures."""

        def words(form: re.Match[str]) -> str:
            listed = self._forms.get(form[1])
            if not isinstance(listed, list):
                raise OptionError(phrase, f"{phrase!r} asks for <{form[1]}>, which forms does not have")
            return f"(?:{'|'.join(listed)})"

        written = _FORM.sub(words, _GROUP.sub("(?:", phrase)).replace("#", _NUMBER).replace(" ", _BLANK)
        return written if phrase.endswith((",", "]")) else written + r"\b"

    @cached_property
    def finder(self) -> Any:
        """All phrases as one RE2 expression."""
        return self._compiled(self.source)

    @cached_property
    def sorter(self) -> Any:
        """The same with a group for each phrase, to tell which of them was found."""
        return self._compiled(rf"(?i)(?:{'|'.join(f'({self._expanded(phrase)})' for phrase in self._phrases)})")

    def better(self, found: str) -> str:
        """What English has instead of ``found``."""
        match = self.sorter.fullmatch(found.encode())
        return tuple(self._phrases.values())[int(match.lastindex) - 1]

    @staticmethod
    def _compiled(source: str) -> Any:
        import re2

        try:
            return re2.compile(source.encode())
        except re2.error as error:
            raise OptionError("phrases", f"phrases are no RE2 expressions: {error}") from None


def prepare(options: Mapping[str, Any]) -> Calques:
    """Validate the card's phrases and conditions."""
    return Calques(options)


def needs(prepared: Calques) -> Needs:
    """One of the phrases."""
    return Needs(patterns=(prepared.source,))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every phrase that stands whole, with what English has instead."""
    calques: Calques = rule.prepared
    conditions = calques.conditions.checker(article)
    for start, end in re2_spans(calques.finder, article.text):
        if is_whole(article.text, start, end) and conditions.hold(start, end):
            found = article.text[start:end]
            yield rule.finding(start, end, evidence=f"{found}: better {calques.better(found)!r}")
