"""A line that many pages of a site share, as ``cleanup learn`` counted: it goes.

There is nothing built in: without evidence from the user's corpus the rule never wakes. The
first line of an article, its title, and a line that repeats the title are left, and where
more than a quarter of the words would go the lines are only shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.learnt import Learnt, Line, normal_line
from cleanup.matching import refuse_unknown
from cleanup.rule import Needs, Rule

_MOST = 0.25  # share of the words


def prepare(options: Mapping[str, Any]) -> None:
    """There are no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A line that was learnt."""
    return Needs(learnt=Learnt.has_line_of)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every line of the page that is not the title."""
    text = article.text
    title_end = -1 if article.title_end is None else article.title_end
    title = normal_line(text[slice(*article.lines[0])]) if article.lines else ""
    found: list[tuple[int, Line]] = []
    for index, (start, end) in enumerate(article.lines):
        if index == 0 or start < title_end:
            continue
        line = evidence.learnt.line(text[start:end])
        if line and normal_line(text[start:end]) != title:
            found.append((index, line))
    words = sum(len(text[slice(*article.lines[index])].split()) for index, _ in found)
    too_much = bool(found) and words > _MOST * len(text.split())
    for index, line in found:
        gone = article.whole_line(index)
        why = _why(line)
        if too_much:
            shown = f"{why}; such lines are more than a quarter of this text"
            yield rule.finding(*article.lines[index], evidence=shown, tier="display-only")
        else:
            yield rule.finding(*article.lines[index], edits=(Edit(gone.start, gone.end, ""),), evidence=why)


def _why(line: Line) -> str:
    where = line.site or "the corpus"
    more = f", and on {line.sites - 1} more sites" if line.sites > 1 else ""
    return f"on {line.times} of {line.articles} pages of {where}{more}"
