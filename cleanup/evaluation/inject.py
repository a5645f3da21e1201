"""Put faults into clean texts and see whether they come out to the letter.

Each class of fault is tried alone, so that no fault hides or helps another: a document is
given a few faults of one class and cleaned. What a rule does to the clean text anyway is
counted by ``eval clean``, not here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from cleanup.desk import clean
from cleanup.edit import Change
from cleanup.evaluation.documents import document_sets
from cleanup.evaluation.injectors import Fault, Injector, injectors
from cleanup.evaluation.result import Figures, Measured
from cleanup.evaluation.tables import aligned
from cleanup.formats.escape import visible
from cleanup.offsets import OffsetMap
from cleanup.settings import Settings, evidence_in_force, signature

SYNTHETIC = "These faults are synthetic."
"""What every print of these figures has to say."""

_LEGEND = """\
restored: undone to the letter. otherwise: touched, but not restored.
collateral: edits that hit nothing injected and that the clean text alone does not provoke."""

_APART = 200  # code points between two faults of one document, so that each has its own surroundings
_CONTEXT = 40  # code points shown on each side of a sample
_LONGEST = 60  # code points of an edit that are shown
_KINDS_SHOWN = 30  # kinds of collateral in the table; JSON has them all


@dataclass(slots=True)
class Tally:
    """One class of faults.

    Attributes:
        injected: faults put in.
        restored: faults that were undone to the letter.
        otherwise: faults that were touched, but did not come out as the clean text.
        collateral: edits that hit nothing injected, and that the clean text did not provoke.
    """

    injected: int = 0
    restored: int = 0
    otherwise: int = 0
    collateral: int = 0

    @property
    def share(self) -> float:
        """The part of the injected faults that was restored."""
        return self.restored / self.injected if self.injected else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A fault that was not restored: the text around it with the fault, without, and after cleaning."""

    kind: str
    faulty: str
    clean: str
    cleaned: str


@dataclass(frozen=True, slots=True)
class Collateral:
    """An edit that hit nothing injected, while faults of one class were in the text."""

    kind: str
    rules: tuple[str, ...]
    before: str
    after: str


@dataclass
class InjectEvaluation:
    """What became of the injected faults, by class and by rule."""

    sets: tuple[Measured, ...]
    signature: str
    seed: int
    per_document: int
    documents: int = 0
    classes: dict[str, Tally] = field(default_factory=dict)
    rules: dict[str, Figures] = field(default_factory=dict)
    collateral: Counter[Collateral] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    mode: str = "inject"

    def figures(self) -> dict[str, Figures]:
        """Injected and restored, by rule id."""
        return dict(sorted(self.rules.items()))

    def as_json(self) -> dict[str, Any]:
        """Everything, for ``--format json``."""
        return {
            "mode": self.mode,
            "note": SYNTHETIC,
            "signature": self.signature,
            "seed": self.seed,
            "per_document": self.per_document,
            "documents": self.documents,
            "sets": [asdict(measured) for measured in self.sets],
            "classes": {kind: {**asdict(tally), "share": tally.share} for kind, tally in self.classes.items()},
            "rules": {
                rule: {"injected": figures.injected, "restored": figures.restored}
                for rule, figures in self.figures().items()
            },
            "collateral": [{**asdict(kind), "count": count} for kind, count in _ordered(self.collateral)],
            "misses": [asdict(miss) for miss in self.misses],
        }

    def as_text(self) -> str:
        """A table for people, ending with a newline."""
        counted = (
            f"{SYNTHETIC} {self.documents:,} documents; at most {self.per_document} of one class in a text at a time; "
            f"seed {self.seed}."
        )
        sets = [f"{one.name}: {one.words:,} words, sha256 {one.sha256}" for one in self.sets]
        blocks = ["\n".join(map(visible, sets)), counted, self._table(), _LEGEND]
        if self.collateral:
            blocks.append(self._collateral())
        if self.misses:
            blocks.append("\n".join(["Not restored:", *map(_shown, self.misses)]))
        return "\n\n".join([*blocks, self.signature]) + "\n"

    def _table(self) -> str:
        rows = [["class", "injected", "restored", "share", "otherwise", "collateral"]]
        for kind, tally in self.classes.items():
            counts = (tally.injected, tally.restored, tally.otherwise, tally.collateral)
            injected, restored, otherwise, collateral = (f"{count:,}" for count in counts)
            share = f"{tally.share:.2f}" if tally.injected else "–"
            rows.append([kind, injected, restored, share, otherwise, collateral])
        return "\n".join(aligned(rows))

    def _collateral(self) -> str:
        shown = _ordered(self.collateral)
        lines = [f"  {count:>5,}  {_brief(kind)} (among: {kind.kind})" for kind, count in shown[:_KINDS_SHOWN]]
        rest = [f"  and {len(shown) - _KINDS_SHOWN:,} kinds more"] if len(shown) > _KINDS_SHOWN else []
        return "\n".join(["Collateral:", *lines, *rest])


def _ordered(collateral: Counter[Collateral]) -> list[tuple[Collateral, int]]:
    return sorted(collateral.items(), key=lambda item: (-item[1], item[0].kind, item[0].rules, item[0].before))


def _brief(kind: Collateral) -> str:
    before, after = (visible(text[:_LONGEST]) + "…" * (len(text) > _LONGEST) for text in (kind.before, kind.after))
    return f"{visible('+'.join(kind.rules))}: [{before}] became [{after}]"


def _shown(miss: Miss) -> str:
    lines = [miss.kind, f"  faulty  [{visible(miss.faulty)}]", f"  clean   [{visible(miss.clean)}]"]
    if miss.cleaned != miss.faulty:
        lines.append(f"  became  [{visible(miss.cleaned)}]")
    return "\n".join(lines)


def evaluate(
    paths: Sequence[Path],
    settings: Settings,
    *,
    per_document: int = 1,
    seed: int = 2024,
    limit: int | None = None,
    samples: int = 0,
    progress: Callable[[int], None] = lambda done: None,
) -> InjectEvaluation:
    """Put faults of each class into the texts of ``paths`` and count what comes out again.

    Args:
        paths: files or folders of clean texts.
        settings: how they are cleaned.
        per_document: the most faults that are put into a document at a time.
        seed: what chooses the places and forms; the same seed, the same faults.
        limit: the most documents of a set.
        samples: the most faults of a class to show that were not restored.
        progress: called with the number of documents done.

    Raises:
        cleanup.evaluation.documents.DocumentError: a set cannot be read.
    """
    sets = document_sets(paths)
    line = signature(settings, settings.language, evidence_in_force(settings))
    outcome = InjectEvaluation(tuple(s.measured() for s in sets), line, seed, per_document)
    trials = [_Trial(injector, settings, outcome, samples > 0) for injector in injectors()]
    for texts in sets:
        for number, document in enumerate(texts):
            if limit is not None and number >= limit:
                break
            # Each family has its own dice: what one draws does not move another's faults.
            for trial in trials:
                trial.run(document.text, Random(f"{seed}/{trial.injector.name}/{document.id}"))
            outcome.documents += 1
            progress(outcome.documents)
    outcome.misses = _sampled(outcome, samples)
    return outcome


def _sampled(outcome: InjectEvaluation, samples: int) -> list[Miss]:
    """Up to ``samples`` misses of each class, drawn evenly."""
    drawn: list[Miss] = []
    for kind in outcome.classes if samples else ():
        misses = [miss for miss in outcome.misses if miss.kind == kind]
        drawn += Random(f"{outcome.seed}/{kind}").sample(misses, min(samples, len(misses)))
    return drawn


@dataclass(frozen=True)
class _Trial:
    """One family of faults on its way through the documents."""

    injector: Injector
    settings: Settings
    outcome: InjectEvaluation
    keep_misses: bool

    def run(self, text: str, chance: Random) -> None:
        """Every class of the family, one after the other, in one text."""
        base = self.injector.prepare(text, chance)
        provoked = clean(base, config=self.settings).changes
        faults = [fault for fault in self.injector.places(base, chance) if not _crowded(fault, provoked)]
        for kind in self.injector.classes:
            self.outcome.classes.setdefault(kind, Tally())
            chosen = _chosen([fault for fault in faults if fault.kind == kind], self.outcome.per_document, chance)
            if chosen:
                faulty = _Faulty(base, chosen, self.settings)
                self._count(kind, faulty, faulty.new_changes(provoked))

    def _count(self, kind: str, faulty: _Faulty, changes: list[Change]) -> None:
        tally, spent = self.outcome.classes[kind], set[int]()
        for number, fault in enumerate(faulty.faults):
            hits = faulty.hits(number, changes)
            repair = faulty.repair(number, hits, changes)
            tally.injected += 1
            tally.restored += bool(repair)
            tally.otherwise += bool(hits and not repair)
            spent |= {change.start for change in (*hits, *repair)}
            self._credit(kind, repair)
            if not repair and self.keep_misses:
                self.outcome.misses.append(faulty.miss(number, fault))
        for change in changes:
            if change.start not in spent:
                tally.collateral += 1
                self.outcome.collateral[Collateral(kind, change.rules, change.before, change.after)] += 1

    def _credit(self, kind: str, repair: Iterable[Change]) -> None:
        """The rules that restored a fault have it to their credit; else the first that should have."""
        rules = {rule for change in repair for rule in change.rules} or {self.injector.classes[kind][0]}
        for rule in rules:
            self.outcome.rules[rule] = self.outcome.rules.get(rule, Figures()) + Figures(
                injected=1, restored=int(bool(repair))
            )


def _crowded(fault: Fault, provoked: Iterable[Change]) -> bool:
    """Whether the clean text is changed so near that nobody could tell what the fault did."""
    return any(change.start - _CONTEXT < fault.end and fault.start < change.end + _CONTEXT for change in provoked)


def _chosen(faults: list[Fault], most: int, chance: Random) -> list[Fault]:
    """Up to ``most`` of ``faults``, well apart, ordered by start."""
    chosen: list[Fault] = []
    for fault in chance.sample(faults, len(faults)):
        if len(chosen) < most and all(
            fault.start > other.end + _APART or other.start > fault.end + _APART for other in chosen
        ):
            chosen.append(fault)
    return sorted(chosen, key=lambda fault: fault.start)


class _Faulty:
    """A text with faults in it, cleaned."""

    def __init__(self, base: str, faults: list[Fault], settings: Settings) -> None:
        self.base, self.faults = base, faults
        self._from_base = OffsetMap.of((fault.start, fault.end, fault.faulty) for fault in faults)
        pieces: list[str] = []
        self._spans: list[tuple[int, int]] = []
        at = shift = 0
        for fault in faults:
            pieces += (base[at : fault.start], fault.faulty)
            self._spans.append((fault.start + shift, fault.start + shift + len(fault.faulty)))
            at, shift = fault.end, shift + len(fault.faulty) - (fault.end - fault.start)
        self.text = "".join((*pieces, base[at:]))
        self._report = clean(self.text, config=settings)

    def new_changes(self, provoked: Iterable[Change]) -> list[Change]:
        """The changes that the clean text alone does not provoke."""
        known = {(*self._from_base.span(c.start, c.end), c.after) for c in provoked}
        return [c for c in self._report.changes if (c.start, c.end, c.after) not in known]

    def hits(self, number: int, changes: list[Change]) -> list[Change]:
        """The changes that overlap or touch a fault, and those that were made together with them."""
        start, end = self._spans[number]
        groups = {c.group for c in changes if c.start <= end and start <= c.end}
        return [c for c in changes if c.group in groups]

    def repair(self, number: int, hits: list[Change], changes: list[Change]) -> list[Change]:
        """The changes that undo a fault to the letter; none if it was not undone.

        Where something stands twice, either copy may have gone: then a change that does not
        touch what was put in may still be what undid it.
        """
        grouped: dict[int, list[Change]] = {}
        for change in changes:
            grouped.setdefault(change.group, []).append(change)
        for candidate in (hits, *grouped.values()):
            if candidate and self._undoes(number, candidate):
                return candidate
        return []

    def _undoes(self, number: int, changes: list[Change]) -> bool:
        """Whether ``changes`` alone make the text around a fault what it was."""
        span = self._spans[number]
        start, end = self._around(min(span[0], *(c.start for c in changes)), max(span[1], *(c.end for c in changes)))
        fault = self.faults[number]
        wanted = self._replaced(start, end, [(*span, self.base[fault.start : fault.end])])
        actual = self._replaced(start, end, sorted((c.start, c.end, c.after) for c in changes))
        # A line that came goes with the line break before or behind it: both are right.
        if "\n" in fault.faulty:
            wanted, actual = (re.sub(r"\n\s*", "\n", text).strip("\n") for text in (wanted, actual))
        return actual == wanted

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """The span with the next character on each side that is no line break."""
        before, behind = self.text[:start].rstrip("\n"), self.text[end:].lstrip("\n")
        return max(len(before) - 1, 0), min(len(self.text) - len(behind) + 1, len(self.text))

    def _replaced(self, start: int, end: int, edits: Iterable[tuple[int, int, str]]) -> str:
        pieces: list[str] = []
        at = start
        for edit_start, edit_end, after in edits:
            pieces += (self.text[at:edit_start], after)
            at = edit_end
        return "".join((*pieces, self.text[at:end]))

    def miss(self, number: int, fault: Fault) -> Miss:
        """A fault with its surroundings, for reading."""
        start, end = self._spans[number]
        first, last = max(start - _CONTEXT, 0), end + _CONTEXT
        low, high = self._report.map_span(first, min(last, len(self.text)))
        return Miss(
            fault.kind,
            self.text[first:last],
            self.base[max(fault.start - _CONTEXT, 0) : fault.end + _CONTEXT],
            self._report.corrected[low:high],
        )
