"""A name that is also a word, among its kin: ``turkey`` in an article about Ankara.

``[with]`` gives each name the words that tell of it. The lower-case form gets its capital
where a preposition stands before it, nothing behind it makes it a thing (``turkey stock``),
and the article has the name itself or one of its kin with a capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import Conditions, Prepared, in_small_quotation, places, string_list
from cleanup.rule import Needs, OptionError, Rule


class Kin(Prepared):
    """A card's names, each with its kin."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.conditions = Conditions(options)
        self.names: dict[str, tuple[str, ...]] = {}
        for name in options:
            if name in Conditions.KEYS:
                continue
            kin = string_list(options, name)
            if not name[:1].isupper() or not kin:
                raise OptionError(name, f"{name!r} must be a name with its capital, and a list of its kin")
            self.names[name.lower()] = (name, *kin)


def prepare(options: Mapping[str, Any]) -> Kin:
    """Read the card's names."""
    return Kin(options)


def needs(prepared: Kin) -> Needs:
    """One of the names."""
    return Needs(exact=frozenset(prepared.names))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every such name in lower case, in its place, if the article tells of it."""
    card: Kin = rule.prepared
    small = article.cue(rule.id).words
    told = {word: _told(article, card.names[word]) for word in small}
    conditions = card.conditions.checker(article)
    for start, end in places(article.text, small):
        word = article.text[start:end]
        if not told[word] or not article.writes_capitals(article.line_at(start)):
            continue
        if conditions.hold(start, end) and not in_small_quotation(article.text, start, end):
            cased = card.names[word][0]
            yield rule.finding(start, end, cased, evidence=f"{word}: the article tells of {told[word]}")


def _told(article: Article, names: tuple[str, ...]) -> str:
    """The first of ``names`` that stands in the article; empty if none does."""
    return next((name for name in names if name in article.text and places(article.text, [name])), "")
