"""Tags that translation has torn apart: ``< strong >``, ``</ p>``. No reader of HTML takes them for markup.

A tag within the line goes; one that ends a line becomes a blank. Names of one letter are also
letters between two comparisons, so they go in pairs only. Well-formed markup is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_BREAKING = frozenset("br p div li ul ol tr td th h1 h2 h3 h4 h5 h6 blockquote center".split())
_NAMES = "strong|span|small|font|nowiki|sub|sup|em|big|br|div|li|ul|ol|tr|td|th|h[1-6]|blockquote|center|[biups]"
_TAG = expression(
    rf"(?i)<(?:[ ]{{1,3}}(?<shut>/)?[ ]{{0,3}}|(?<shut>/)[ ]{{1,3}})(?<name>{_NAMES})[ ]{{0,3}}/?[ ]{{0,3}}>"
)
_WAKES = (rf"(?i)<(?: {{1,3}}/? {{0,3}}|/ {{1,3}})(?:{_NAMES}) {{0,3}}/? {{0,3}}>",)
_ABOUT_MARKUP = expression(r"(?i)(?<![\w./])(?:x?html|xml|tags?|markup)(?![\w/])")


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A tag with a blank where none may stand."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each broken tag."""
    text = article.text
    matches = [m for m in finditer(_TAG, text) if not article.protection(*m.span()) and not is_cited(text, *m.span())]
    if not matches:
        return
    about: dict[int, bool] = {}
    paired: set[int] = set()
    opened: dict[tuple[int, str], int] = {}
    for match in matches:
        key = article.line_at(match.start()).start, match["name"].lower()
        if not match["shut"]:
            opened[key] = match.start()
        elif key in opened:
            paired |= {opened.pop(key), match.start()}
    for match in matches:
        start, end = match.span()
        if len(match["name"]) == 1 and start not in paired and text[start + 1] != "/":
            continue
        line = article.line_at(start)
        if line.start not in about:
            about[line.start] = bool(_ABOUT_MARKUP.search(text, line.start, line.end))
        tier: Tier = "unsafe" if about[line.start] else "safe"
        before, after = text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
        replacement = ""
        if before == " " and after == " ":
            end += 1  # one blank is enough
        elif match["name"].lower() in _BREAKING and not before.isspace() and not after.isspace():
            replacement = " "
        yield rule.finding(start, end, replacement, tier=tier)
