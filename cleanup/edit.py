"""What a detector says and what the pipeline did: plain values, no behaviour.

All offsets are in code points. A span is half-open: ``text[start:end]``.
This module imports nothing of the project, so that everything else may import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tier = Literal["safe", "unsafe", "display-only"]
Effect = Literal["repair", "removal"]
Severity = Literal["neutral", "minor", "major"]
FieldName = Literal["title", "body"]

TIERS: tuple[Tier, ...] = ("safe", "unsafe", "display-only")
"""From the most to the least certain."""

APPLIED = "applied"
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that only make sense together, ordered by start and not overlapping."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    Attributes:
        rule: the id of the rule, ``stage/name``.
        start, end: the span of the fault; in a report, of the original text.
        message: what is wrong, in one sentence.
        evidence: what was counted, for rules that count; else empty.
        tier: ``safe``, ``unsafe`` or ``display-only``.
        effect: ``repair``, or ``removal`` where a whole paragraph goes.
        severity: ``neutral``, ``minor`` or ``major``.
        fix: the repair, if there is one; in a report, in offsets of the original.
        outcome: ``applied``, ``not asked`` or ``refused: reason``.
        field: ``body``, or ``title`` where a title was given apart.
    """

    rule: str
    start: int
    end: int
    message: str
    evidence: str = ""
    tier: Tier = "safe"
    effect: Effect = "repair"
    severity: Severity = "minor"
    fix: Fix | None = None
    outcome: str = NOT_ASKED
    field: FieldName = "body"


@dataclass(frozen=True, slots=True)
class Change:
    """What was really changed: ``original[start:end] == before`` became ``after``.

    Changes of one report never overlap or touch. Those that share a ``group`` belong
    together: accept or reject them whole.
    """

    field: FieldName
    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]
    group: int
