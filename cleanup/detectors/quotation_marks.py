"""What is wrong with a paragraph's quotation marks, read as a sequence (:mod:`cleanup.quotations`).

Where the marks of a paragraph can be paired, ``[with]`` ``mends`` says what is put right:

- ``direction``: a curly mark that points the wrong way, with the blank between it and its word;
- ``blanks``: blanks inside a quotation;
- ``partners``: nothing, but marks without a partner are shown.

Where they cannot be paired nothing is certain, and nothing is found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.matching import Prepared, finditer, refuse_unknown
from cleanup.quotations import (
    BETWEEN_CITED,
    BLANKS,
    NATIVE,
    Mark,
    beside,
    marks_in,
    paired_roles,
    single_roles,
    with_blanks,
)
from cleanup.rule import Needs, OptionError, Rule

_NEEDS = {
    "direction": (
        "“(?:[ \\x{a0}\\t]|[.,;:!?)…])",
        "(?m)“$",
        "[\\pL.,!?]“",
        "(?m)(?:^|[ \\x{a0}(])”[\\pL\\pN\\x{a0} ]",
        "„",
    ),
    "blanks": (
        '(?m)(?:^|[ \\x{a0}(])["“”][ \\x{a0}]',
        '[ \\x{a0}]["“”](?:[.,;:!?)]|[ \\x{a0}]*$)',
        '(?m)[ \\x{a0}]["“”]$',
        "“[ \\x{a0}]",
        "[ \\x{a0}]”",
    ),
    "partners": ('[“”]{2}|""\\pL|\\pL[.,!?]?""', "“[^”\\n]*“", "”[^“\\n]*”", "(?m)“[^”\\n]*$", "(?m)^[^“\\n]*”"),
}


class Marks(Prepared):
    """What a card wants put right."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("mends",))
        mends = options.get("mends")
        if not isinstance(mends, str) or mends not in _NEEDS:
            raise OptionError("mends", f"mends must be one of {', '.join(_NEEDS)}, not {mends!r}")
        self.mends: str = mends


def prepare(options: Mapping[str, Any]) -> Marks:
    """Validate a card's options."""
    return Marks(options)


def needs(prepared: Marks) -> Needs:
    """A mark beside what should not stand there."""
    return Needs(patterns=_NEEDS[prepared.mends])


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every mark that can be put right for certain."""
    mends = rule.prepared.mends
    for line in dict.fromkeys(article.line_at(match.start()) for match in finditer(NATIVE, article.text)):
        if mends == "direction":
            yield from _directions(article, rule, line)
        elif mends == "blanks":
            yield from _blanks(article, rule, line)
        else:
            yield from _alone(article, rule, line)


def _directions(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    text = article.text
    marks = marks_in(article, line, NATIVE)
    if any(mark.text == "„" and text[mark.end : mark.end + 1].isalnum() for mark in marks):
        return  # German pairs „ “ and „ ” are right together: another rule's matter
    curly = [mark for mark in marks if mark.family == "curly"]
    roles = paired_roles(curly) or single_roles(curly) or paired_roles(marks)
    for at, (mark, role) in enumerate(roles):
        if mark.family == "straight" or not role:
            continue
        partner, _ = roles[max(at - 1, 0) if role == "C" else min(at + 1, len(roles) - 1)]
        wanted = "“" if role == "O" else "”"
        # One that stands alone between blanks is sure of its role by its partner alone.
        if mark.text == wanted or not (mark.shape or partner.shape):
            continue
        if not mark.shape and all(beside and beside not in BLANKS for beside in beside(text, line, mark)):
            continue  # nothing parts it from either side
        if not _encloses_a_joint(text, mark, partner):
            start, end = with_blanks(text, line, mark, role)
            yield rule.finding(start, end, wanted)


def _encloses_a_joint(text: str, one: Mark, other: Mark) -> bool:
    """Whether only a word stands between two marks that joins two quotations: “yes ”and“ no”."""
    first, second = sorted((one, other))
    return text[first.end : second.start].strip(BLANKS) in BETWEEN_CITED


def _blanks(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    marks = marks_in(article, line, NATIVE)
    if any(mark.text in "„‟" for mark in marks):
        return
    roles = paired_roles(marks)
    if any(mark.family == "curly" and mark.text != ("“" if role == "O" else "”") for mark, role in roles):
        return  # first they have to be turned round
    for mark, role in roles:
        start, end = with_blanks(article.text, line, mark, role)
        if (start, end) != (mark.start, mark.end):
            outer = mark.start if role == "O" else mark.end
            # The blank may be on the wrong side of the mark: `said" word` is another fault.
            if outer in (line.start, line.end) or not article.text[outer - (role == "O")].isalnum():
                # References have this one too, so that no count can vouch for it.
                tier: Tier = "unsafe" if role == "C" and outer == line.end else "safe"
                yield rule.finding(start, end, mark.text, tier=tier)


def _alone(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    """Marks written twice, and curly ones without a partner in their paragraph."""
    text = article.text
    marks = marks_in(article, line, NATIVE)
    for one, other in pairwise(marks):
        if one.end == other.start and one.text == other.text:
            yield rule.finding(one.start, other.end)
            return
    if text[line.start].islower() or text[line.end - 1] not in '.!?…”"':
        return  # a broken line: the partner stands in another
    waiting: list[Mark] = []
    for mark in marks:
        if mark.text == "“":
            waiting.append(mark)
        elif mark.text == "”" and waiting:
            waiting.pop()
        elif mark.text == "”":
            yield rule.finding(mark.start, mark.end)
            return
    following = article.lines[bisect_right(article.lines, line) :][:1]
    # A quotation that goes on in the next paragraph is opened there again.
    if len(waiting) == 1 and waiting[0].shape == "O" and not any(text[at.start] == "“" for at in following):
        yield rule.finding(waiting[0].start, waiting[0].end)
