"""A paragraph that stands twice: exactly, but for its marks, or as a lead that the text begins with.

The copy with fewer marks goes, and of two alike the second. Only paragraphs of an article are
looked at: lines of a poem, items of a list, headings and quoted prayers may come again. What
comes a third time, or is short and far from its first copy, is less certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from itertools import pairwise
from typing import Any, NamedTuple

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.matching import refuse_unknown
from cleanup.rule import Haystack, Needs, Rule

_FEWEST_WORDS = 8
_CERTAIN_WORDS = 20  # of a copy that does not stand beside the first
_FEWEST_WORDS_LEAD = 10  # of a lead that the next paragraph begins with
_TITLE = 40  # words of a title, at most
_LEAD_WITHIN = 4  # lines, title included, in which a lead stands; its copy within twice as many
_PARAGRAPH = 15  # words, from where on a line that ends as a sentence does is a paragraph
_PARAGRAPHS = 3  # so many, the copies included, make the text an article
_LONGEST = 20_000  # code points
_SHORTEST = 40  # code points of a line that has eight words
_BEGINNING = 16  # code points in which two copies agree but for a mark in front
_ALIKE = 24  # letters in which they agree
_OPENERS = " \t\"'“”„«‘’…."
_CLOSERS = "\"'”’») \t\r"
_ENDS = (".", "!", "?", "…")
_ITEM_MARKS = ("-", "–", "—", "*", "•", "·", "#", "|", ">")


class _Paragraph(NamedTuple):
    line: int
    shown: str
    letters: str

    @property
    def words(self) -> int:
        return len(self.shown.split(None, _CERTAIN_WORDS))

    @property
    def marks(self) -> int:
        return sum(not c.isalnum() and not c.isspace() for c in self.shown)

    @property
    def is_quoted(self) -> bool:
        return self.shown[:1] in '"“«„‘' and self.shown[-1:] in '"”»“’'


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """Two long lines that begin alike."""
    return Needs(glance=_glance)


def _glance(haystack: Haystack) -> bool:
    if not haystack.begins_alike:
        return False
    lines = [line for line in haystack.text.split("\n") if len(line) >= _SHORTEST]
    if len({line.lstrip(_OPENERS)[:_BEGINNING].casefold() for line in lines}) == len(lines):
        return False
    alike = {"".join(filter(str.isalnum, line[: 2 * _ALIKE]))[:_ALIKE].casefold() for line in lines}
    return len(alike) < len(lines)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every paragraph that has stood before, and a lead that the text begins with."""
    paragraphs = _paragraphs(article)
    if sum(p.words >= _PARAGRAPH for p in paragraphs) < _PARAGRAPHS:
        return
    copies: dict[str, list[_Paragraph]] = {}
    for paragraph in paragraphs:
        copies.setdefault(paragraph.letters, []).append(paragraph)
    single = {paragraph.line for paragraph in paragraphs if len(copies[paragraph.letters]) == 1}
    for first, *others in copies.values():
        for other in others:
            if first.line == 0 and len(first.shown.split(None, _TITLE)) <= _TITLE:
                continue  # of two copies of a title, `title_echo` takes one, or they head parts of the article
            better = first.marks >= other.marks or len(others) > 1 or first.line == 0
            stays, goes = (first, other) if better else (other, first)
            yield _finding(article, rule, goes, stays, _tier(first, other, len(others), single))
    for lead, text in pairwise(paragraphs):
        if lead.line < _LEAD_WITHIN and text.line == lead.line + 1 and _is_begun_with(lead, text):
            yield _finding(article, rule, lead, text, None)


def _paragraphs(article: Article) -> list[_Paragraph]:
    """The lines that end as sentences do, have enough words, and are no items of a list."""
    found = []
    for index, (start, end) in enumerate(article.lines):
        if not _SHORTEST <= end - start <= _LONGEST:
            continue
        shown = article.text[start:end].strip()
        if shown.startswith(_ITEM_MARKS) or shown[:1].isdigit() or not shown.rstrip(_CLOSERS).endswith(_ENDS):
            continue
        if len(shown.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS:
            found.append(_Paragraph(index, shown, "".join(filter(str.isalnum, shown)).casefold()))
    return found


def _tier(first: _Paragraph, other: _Paragraph, others: int, single: Set[int]) -> Tier | None:
    """How certain a copy is: the card's tier, or a lower one."""
    if others > 1 or first.is_quoted:
        return "unsafe"  # a refrain, a disclaimer, a prayer
    if other.line - first.line == 1 or (first.line < _LEAD_WITHIN - 1 and other.line <= 2 * _LEAD_WITHIN):
        return None
    # A quotation or a caption that is set apart has more beside it that belongs to it.
    among = {other.line - 1, other.line + 1} <= single
    return None if among and first.words >= _CERTAIN_WORDS else "unsafe"


def _is_begun_with(lead: _Paragraph, text: _Paragraph) -> bool:
    """Whether ``text`` says all of ``lead``, and then goes on; a lead may be cut off."""
    if len(lead.letters) >= len(text.letters) or not text.letters.startswith(lead.letters):
        return False
    if len(lead.shown.split(None, _FEWEST_WORDS_LEAD)) < _FEWEST_WORDS_LEAD:
        return False
    seen = at = 0
    while seen < len(lead.letters):
        seen += text.shown[at].isalnum()
        at += 1
    return lead.shown.endswith(("…", "...")) or text.shown[at : at + 1] in _ENDS


def _finding(article: Article, rule: Rule, goes: _Paragraph, stays: _Paragraph, tier: Tier | None) -> Diagnostic:
    start, end = article.whole_line(goes.line)
    seen = f"same words as line {stays.line + 1} of those that are not blank"
    return rule.finding(*article.lines[goes.line], edits=(Edit(start, end, ""),), evidence=seen, tier=tier)
