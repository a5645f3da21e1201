"""What was found as a list, a table, JSON, and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleanup.edit import APPLIED, TIERS, Diagnostic, Tier
from cleanup.formats.escape import visible
from cleanup.formats.passages import Lines
from cleanup.formats.terminal import style_for

if TYPE_CHECKING:
    from cleanup.report import Report


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic and where it stands: lines and columns from 1, columns in code points."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    diagnostic: Diagnostic

    @property
    def fixable(self) -> bool:
        """Whether ``fix`` with the same options mends it."""
        return self.diagnostic.outcome == APPLIED


def located(report: Report, path: str) -> list[Finding]:
    """All diagnostics of ``report`` with their places, in order."""
    if not report.diagnostics:
        return []
    fields = {"title": Lines(report.field_text("title")), "body": Lines(report.field_text("body"))}
    return [
        Finding(path, *fields[found.field].place(found.start), *fields[found.field].place(found.end), found)
        for found in report.diagnostics
    ]


def refused(diagnostic: Diagnostic) -> bool:
    """Whether a fix was asked for and a guard stood against it."""
    return diagnostic.outcome.startswith("refused")


def certain(tier: Tier) -> Callable[[Finding], bool]:
    """A test for findings that are as certain as ``tier`` or more, and not refused."""
    reach = TIERS.index(tier)
    return lambda found: TIERS.index(found.diagnostic.tier) <= reach and not refused(found.diagnostic)


def listing(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """A line for each finding; ``[*]`` marks what ``fix`` mends."""
    style = style_for(colour)
    return "".join(
        f"{style(f'{visible(found.path)}:{found.line}:{found.column}', 'place')}: "
        f"{style(found.diagnostic.rule, 'rule')} {'[*] ' if found.fixable else ''}{_said(found.diagnostic)}\n"
        for found in findings
    )


def _said(diagnostic: Diagnostic) -> str:
    said = visible(diagnostic.message)
    if diagnostic.evidence:
        said += f" ({visible(diagnostic.evidence)})"
    return f"{said} [{visible(diagnostic.outcome)}]" if refused(diagnostic) else said


def as_json(findings: Iterable[Finding]) -> str:
    """A list of objects, one to a line; pure ASCII, so that it is safe to print."""
    import json

    rows = ",\n".join(json.dumps(_row(found)) for found in findings)
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def _row(found: Finding) -> dict[str, Any]:
    diagnostic = found.diagnostic
    edits = [[edit.start, edit.end, edit.replacement] for edit in diagnostic.fix.edits] if diagnostic.fix else []
    return {
        "path": found.path,
        "line": found.line,
        "col": found.column,
        "end_line": found.end_line,
        "end_col": found.end_column,
        "start": diagnostic.start,
        "end": diagnostic.end,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "evidence": diagnostic.evidence,
        "tier": diagnostic.tier,
        "effect": diagnostic.effect,
        "severity": diagnostic.severity,
        "outcome": diagnostic.outcome,
        "edits": edits,
    }


def statistics(findings: Iterable[Finding]) -> str:
    """A table of how often each rule spoke, the most frequent first."""
    counts = Counter((f.diagnostic.rule, f.diagnostic.tier) for f in findings)
    messages = {f.diagnostic.rule: f.diagnostic.message for f in reversed(list(findings))}
    rows = sorted(((-count, *key) for key, count in counts.items()))
    width = max((len(rule) for _, rule, _ in rows), default=0)
    return "".join(
        f"{-count:>6}  {rule:<{width}}  {tier:<12}  {visible(messages[rule])}\n" for count, rule, tier in rows
    )


@dataclass
class Tally:
    """What a run of ``check`` has counted so far."""

    texts: int = 0
    faulty: int = 0
    listed: int = 0
    fixable: int = 0
    unsafe: int = 0
    shown_only: int = 0
    refused: int = 0

    def add(self, findings: list[Finding], listed: list[Finding]) -> None:
        """Count one text: all that was found in it, and what of it is listed."""
        shown = set(map(id, listed))
        hidden = [f for f in findings if id(f) not in shown]
        self.texts += 1
        self.faulty += bool(listed)
        self.listed += len(listed)
        self.fixable += sum(f.fixable for f in listed)
        self.unsafe += sum(_waits_for_unsafe(f.diagnostic) for f in listed)
        self.refused += sum(refused(f.diagnostic) for f in hidden)
        self.shown_only += sum(not refused(f.diagnostic) for f in hidden)

    def summary(self) -> str:
        """One sentence on all of it."""
        said = f"No faults in {count(self.texts, 'text')}"
        if self.listed:
            said = f"Found {count(self.listed, 'fault')} in {self.faulty} of {count(self.texts, 'text')}"
            ways = [f"{self.fixable} fixable with `cleanup fix`"] if self.fixable else []
            ways += [f"{self.unsafe} with --unsafe"] if self.unsafe else []
            said += f" ({', '.join(ways)})" if ways else ""
        more = [f"{self.shown_only} more {_be(self.shown_only)} display-only"] if self.shown_only else []
        more += [f"{count(self.refused, 'repair')} refused"] if self.refused else []
        return f"{said}; {', '.join(more)} (--show all)." if more else f"{said}."


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _waits_for_unsafe(diagnostic: Diagnostic) -> bool:
    return diagnostic.tier == "unsafe" and diagnostic.fix is not None and diagnostic.outcome != APPLIED


def count(number: int, noun: str) -> str:
    """A number and its noun: ``1 text``, ``1,204 texts``.

    >>> count(2, "text")
    '2 texts'
    """
    return f"{number:,} {noun if number == 1 else noun + 's'}"
