"""The changes as a person reads them: word by word in their line, with the rule and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cleanup.edit import APPLIED, Change, Diagnostic
from cleanup.formats.escape import visible
from cleanup.formats.passages import Lines, Passage, passages
from cleanup.formats.words import marked

if TYPE_CHECKING:
    from cleanup.report import Report

_CONTEXT = 48  # code points to each side of a change
_NAMED = 32  # code points of a change that are repeated beside its rule

Style = Callable[[str, str], str]
"""Takes a text and what it is (``place``, ``removed``, ``added``, ``note``), returns it dressed."""


def coloured_diff(report: Report, path: str, colour: bool) -> str:
    """Every changed line with its place, and below it the rules and what they saw.

    With ``colour``, removed words are red and struck through and added ones green; without,
    they stand in ``[-…-]`` and ``{+…+}``. Empty if nothing changed.
    """
    changes = [change for change in report.changes if change.field == "body"]
    if not changes:
        return ""
    text, lines, style = report.original, Lines(report.original), style_for(colour)
    applied = [d for d in report.diagnostics if d.outcome == APPLIED and d.field == "body"]
    pieces = []
    for together in _by_line(passages(text, changes), lines):
        pieces.append(style(f"{visible(path)}:{lines.number(together[0].start)}", "place") + "\n")
        pieces.append("  " + "".join(_stretches(text, lines, together, style, colour)).strip() + "\n")
        pieces += (f"    {note}\n" for note in _notes(together, applied, style))
    return "".join(pieces)


def _by_line(passages: list[Passage], lines: Lines) -> Iterator[list[Passage]]:
    """Passages that share a line; one may reach over several."""
    group: list[Passage] = []
    for passage in passages:
        if group and lines.number(passage.start) > lines.number(max(group[-1].start, group[-1].end - 1)):
            yield group
            group = []
        group.append(passage)
    yield group


def style_for(colour: bool) -> Style:
    """How to dress a text for a terminal, or not at all."""
    if not colour:
        return lambda text, _: text
    from termcolor import colored

    looks: dict[str, tuple[str | None, list[str]]] = {
        "place": ("cyan", ["bold"]),
        "removed": ("red", ["strike"]),
        "added": ("green", []),
        "rule": ("yellow", []),
        "note": (None, ["dark"]),
    }

    def dressed(text: str, kind: str) -> str:
        hue, attributes = looks[kind]
        return colored(text, hue, attrs=attributes, force_color=True) if text else ""

    return dressed


def _stretches(text: str, lines: Lines, group: list[Passage], style: Style, colour: bool) -> Iterator[str]:
    """The line of ``group``, with an ellipsis for what is far from any change."""
    at = lines.start(group[0].start)
    for passage in group:
        yield _gap(text[at : passage.start], head=at != lines.start(group[0].start), tail=True)
        if colour:
            yield style(visible(passage.before), "removed") if passage.before else ""
            yield style(visible(passage.after), "added") if passage.after else ""
        else:
            yield marked(passage.before, passage.after)
        at = passage.end
    if not group[-1].before.endswith("\n"):  # else the next line begins here
        yield _gap(text[at : max(at, lines.end(at))], head=True, tail=False)


def _gap(text: str, *, head: bool, tail: bool) -> str:
    """Unchanged text: what stands beside a change at its head or its tail, elided between."""
    longest = _CONTEXT * (head + tail) + 3
    if len(text) <= longest:
        return visible(text)
    first = text[: text.rfind(" ", 0, _CONTEXT) if " " in text[:_CONTEXT] else _CONTEXT] if head else ""
    beginning = len(text) - _CONTEXT
    cut = text.find(" ", beginning) + 1 or beginning
    last = text[cut:] if tail else ""
    return visible(f"{first} … {last}")


def _notes(group: list[Passage], applied: list[Diagnostic], style: Style) -> Iterator[str]:
    """For each change its rules and what they saw; which change, where there are several."""
    changes = [(passage, change) for passage in group for change in passage.changes]
    for passage, change in changes:
        which = f"{_short(passage.before)} → {_short(passage.after)}: " if len(changes) > 1 else ""
        for rule in change.rules:
            seen = _seen(rule, change, applied)
            yield style(which, "note") + style(rule, "rule") + (style(f"  {visible(seen)}", "note") if seen else "")


def _seen(rule: str, change: Change, applied: list[Diagnostic]) -> str:
    """The evidence of ``rule`` for ``change``; its message if it does not count anything."""
    for diagnostic in applied:
        if diagnostic.rule == rule and diagnostic.start <= change.end and change.start <= diagnostic.end:
            return diagnostic.evidence or diagnostic.message
    return ""


def _short(text: str) -> str:
    shown = visible(text) if text else "nothing"
    return shown if len(shown) <= _NAMED else f"{shown[: _NAMED - 1]}…"
