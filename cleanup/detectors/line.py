"""A whole line that belongs to the page and not to the article: it goes.

``[with]`` holds ``leads``, phrases that stand at the start of such a line and are followed
by a colon, bar, dash or arrow; ``lines``, expressions that match such a line whole; and
``most-words``, above which a line is taken for text. Case makes no difference, and arrows
or bullets in front of the line are passed over. The first line is never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import TIME_LIMIT, Article
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, compiled, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = {"leads", "lines", "most-words"}
_MOST_WORDS = 30
_ORNAMENT = r"[\s>»›→➡►▶▸•·*|\[(–—-]*"
_SECOND_SENTENCE = expression(r"[.!?]['”\")]*[ \u00a0]+\p{Lu}")
_MARK = r"[ \u00a0]?(?:[:：|>»›→►▶]|[–—]|-(?=[ \u00a0]))"


class Lines(Prepared):
    """A card's leads and lines as one expression."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.leads = string_list(options, "leads")
        self.lines = string_list(options, "lines")
        if not self.leads and not self.lines:
            raise OptionError("", "give leads or lines, or the rule finds nothing")
        self.most_words = options.get("most-words", _MOST_WORDS)
        if type(self.most_words) is not int or self.most_words < 1:
            raise OptionError("most-words", f"most-words must be a whole number, not {self.most_words!r}")

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """All leads and lines as one expression."""
        for source in self.lines:
            compiled("lines", source)
        phrases = "|".join("[ \u00a0]+".join(map(regex.escape, lead.split())) for lead in self.leads)
        parts = [f"(?P<lead>(?:{phrases}){_MARK}.*)"] if phrases else []
        parts += (f"(?:{source})" for source in self.lines)
        return expression(f"(?i){_ORNAMENT}(?:{'|'.join(parts)})")


def prepare(options: Mapping[str, Any]) -> Lines:
    """Compile a card's leads and lines."""
    return Lines(options)


def needs(prepared: Lines) -> Needs:
    """One of the leads; nothing for a card with ``lines``."""
    if prepared.lines or not prepared.leads:
        return Needs()  # a card with lines says itself what it needs
    phrases = ("[ \\x{a0}]+".join(regex.escape(w) for w in lead.split()) for lead in prepared.leads)
    return Needs(patterns=(f"(?im)^[^\\pL\\n]{{0,12}}(?:{'|'.join(phrases)})[ \\x{{a0}}]?[^\\pL\\n ]",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every line but the first that matches whole and is short enough."""
    lines: Lines = rule.prepared
    text = article.text
    for index, (start, end) in enumerate(article.lines):
        if index == 0 or end - start > 20 * lines.most_words:
            continue
        shown = text[start:end].strip()
        match = lines.pattern.fullmatch(shown, timeout=TIME_LIMIT)
        if match is None or len(shown.split()) > lines.most_words:
            continue
        gone = article.whole_line(index)
        lead = match.groupdict().get("lead")
        tier: Tier | None = "unsafe" if lead and _reads_as_text(lead) else None
        yield rule.finding(start, end, edits=(Edit(gone.start, gone.end, ""),), tier=tier)


def _reads_as_text(lead: str) -> bool:
    """Whether what follows a lead is a sentence, or several, rather than a headline."""
    if _SECOND_SENTENCE.search(lead):
        return True
    return lead.rstrip("\"'”’»)").endswith(".") and not lead.endswith("...")
