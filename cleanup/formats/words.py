"""The changes word by word as plain text, in the manner of ``wdiff``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleanup.edit import FieldName
from cleanup.formats.escape import visible
from cleanup.formats.passages import Lines, Passage, passages

if TYPE_CHECKING:
    from cleanup.report import Report

_CONTEXT = 160  # code points that are searched for the words around a passage
_LEFT = re.compile(r"(?:\S+\s+){0,4}\S*\Z")
_RIGHT = re.compile(r"\S*(?:\s+\S+){0,4}")


def word_diff(report: Report) -> str:
    """Every change of ``report`` on a line: line number, the words around it, its rules.

    Removed words stand in ``[-…-]``, added ones in ``{+…+}``. Empty if nothing changed.
    """
    return "".join((*_lines(report, "title"), *_lines(report, "body")))


def _lines(report: Report, field: FieldName) -> list[str]:
    changes = [change for change in report.changes if change.field == field]
    if not changes:
        return []
    text = report.field_text(field)
    lines = Lines(text)
    name = "title" if field == "title" else "line"
    return [
        f"{name} {lines.number(passage.start)}: {_in_context(text, lines, passage)}  ({', '.join(passage.rules)})\n"
        for passage in passages(text, changes)
    ]


def _in_context(text: str, lines: Lines, passage: Passage) -> str:
    line_start, line_end = lines.start(passage.start), lines.end(passage.end)
    left_from = max(line_start, passage.start - _CONTEXT)
    left = _LEFT.search(text, left_from, passage.start)
    right = _RIGHT.match(text, passage.end, max(passage.end, min(line_end, passage.end + _CONTEXT)))
    start = left.start() if left else passage.start
    end = right.end() if right else passage.end
    return "".join(
        (
            "… " if start > line_start else "",
            visible(text[start : passage.start]),
            marked(passage.before, passage.after),
            visible(text[passage.end : end]).rstrip(),
            " …" if text[end:line_end].strip() else "",
        )
    )


def marked(before: str, after: str) -> str:
    """``before`` as removed and ``after`` as added; an empty one is left out."""
    removed = f"[-{visible(before)}-]" if before else ""
    return removed + (f"{{+{visible(after)}+}}" if after else "")
