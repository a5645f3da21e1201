"""The copy desk: :func:`clean` and :func:`check` on one text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cleanup.edit import Change, Diagnostic
from cleanup.evidence import Evidence
from cleanup.report import Report
from cleanup.settings import (
    UNITS,
    ConfigError,
    Settings,
    Unit,
    as_evidence,
    as_settings,
    as_tuple,
    evidence_in_force,
    pipeline,
    signature,
)
from cleanup.stages import TITLE_BREAK, Outcome


def clean(
    text: str,
    *,
    title: str | None = None,
    lang: str | None = None,
    protected: Iterable[tuple[int, int] | str] = (),
    unsafe: bool | None = None,
    removals: bool | None = None,
    preview: bool | None = None,
    unit: Unit | None = None,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    evidence: Evidence | Path | str | None = None,
    config: Settings | Path | str | None = None,
) -> Report:
    """Repair one article and account for every change.

    Args:
        text: the article; its first line may be its title.
        title: the title, if it is kept apart from the text. It is mended too.
        lang: code of the article's language (``en`` unless configured), or ``auto``.
        protected: what to leave alone: spans of ``text`` in code points, or strings, which
            are left alone in the title too.
        unsafe: apply unsafe fixes too.
        removals: whether whole paragraphs may go (they may unless configured).
        preview: run the rules that are in preview too.
        unit: ``line`` shows rules one line at a time and keeps the number of lines, as aligned
            corpora need it; ``article``, unless configured, shows them the whole.
        select: ids or stages of the rules to run, instead of all.
        ignore: ids or stages of rules not to run.
        evidence: what ``cleanup learn`` wrote; or a lexicon other than the shipped one, or
            its folder.
        config: settings, or the file they stand in; arguments win over them.

    Returns:
        A :class:`~cleanup.report.Report`; its ``corrected`` is ``text`` itself where
        nothing was to be mended.

    Raises:
        ConfigError: a setting or a rule id is wrong.
        LearntError: evidence that was learnt cannot be used.
        cleanup.card.RulebookError: a rule card has faults.
        TimeoutError: a rule's expression ran into its time limit on this text.

    >>> clean("They dont know.").corrected
    "They don't know."
    """
    settings = as_settings(config).with_(
        lang=lang,
        unsafe=unsafe,
        removals=removals,
        preview=preview,
        unit=unit,
        select=as_tuple(select),
        ignore=as_tuple(ignore),
    )
    facts = evidence_in_force(settings) if evidence is None else as_evidence(evidence)
    if settings.unit not in UNITS:
        raise ConfigError(f"unit must be one of {', '.join(UNITS)}, not {settings.unit!r}")
    language = settings.language if settings.lang != "auto" else _detected(text)
    body_start = 0 if title is None else len(title) + len(TITLE_BREAK)
    joined = text if title is None else title + TITLE_BREAK + text
    line = signature(settings, language, facts)
    if settings.required_signature and settings.required_signature != line:
        raise ConfigError(f"the signature is {line!r}, but {settings.required_signature!r} is required")
    outcome = pipeline(settings, language, facts).run(
        joined,
        title_end=None if title is None else len(title),
        protected=tuple(_spans(joined, body_start, protected)),
    )
    return _report(outcome, text, title, line)


def check(text: str, **options: object) -> tuple[Diagnostic, ...]:
    """Everything that :func:`clean` would find in ``text``, with the same arguments.

    >>> [d.rule for d in check("They dont know.")]
    ['words/lost-contraction']
    """
    return clean(text, **options).diagnostics  # type: ignore[arg-type]


def _detected(text: str) -> str:
    from cleanup.language import detect

    return detect(text) or "und"


def _spans(text: str, body_start: int, protected: Iterable[tuple[int, int] | str]) -> list[tuple[int, int]]:
    """What to leave alone, in offsets of ``text``: spans count from the body, strings stand anywhere."""
    spans = []
    for item in protected:
        if not isinstance(item, str):
            spans.append((item[0] + body_start, item[1] + body_start))
            continue
        at = text.find(item) if item else -1
        while at >= 0:
            spans.append((at, at + len(item)))
            at = text.find(item, at + 1)
    return spans


def _report(outcome: Outcome, text: str, title: str | None, line: str) -> Report:
    if title is None:
        return Report(text, outcome.corrected, outcome.changes, outcome.diagnostics, line)
    body_start = len(title) + len(TITLE_BREAK)
    split = len(title) + sum(len(c.after) - len(c.before) for c in outcome.changes if c.field == "title")
    new_title = outcome.corrected[:split]
    new_body = outcome.corrected[split + len(TITLE_BREAK) :]
    return Report(
        original=text,
        corrected=new_body if _changed(outcome.changes, "body") else text,
        changes=outcome.changes,
        diagnostics=tuple(_in_field(d, len(title), body_start) for d in outcome.diagnostics),
        signature=line,
        title=title,
        corrected_title=new_title if _changed(outcome.changes, "title") else title,
    )


def _changed(changes: Iterable[Change], field: str) -> bool:
    return any(change.field == field for change in changes)


def _in_field(diagnostic: Diagnostic, title_end: int, body_start: int) -> Diagnostic:
    """The diagnostic in offsets of its own field; without its fix where that reaches into the other."""
    fix = diagnostic.fix
    if diagnostic.start < title_end or diagnostic.end <= title_end:
        if fix is not None and any(edit.end > title_end for edit in fix.edits):
            fix = None
        return replace(diagnostic, field="title", end=min(diagnostic.end, title_end), fix=fix)
    if fix is not None and any(edit.start < body_start for edit in fix.edits):
        fix = None
    if fix is not None:
        moved = (replace(e, start=e.start - body_start, end=e.end - body_start) for e in fix.edits)
        fix = replace(fix, edits=tuple(moved))
    start = max(diagnostic.start - body_start, 0)
    return replace(diagnostic, start=start, end=max(diagnostic.end - body_start, start), fix=fix)
