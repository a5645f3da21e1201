"""``clean``: what the rules change in human text, where next to nothing should change.

Human text has slips too, so a change in it is no fault by itself. Somebody reads each one and
writes down a verdict: ``right``, ``wrong``, or ``style`` where both forms are good English.
A verdict is kept under a hash of its change, so that no sentence of the text is stored.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleanup.article import Cue
from cleanup.desk import clean
from cleanup.edit import Change
from cleanup.evaluation.documents import Document, document_sets
from cleanup.evaluation.result import Figures, Measured
from cleanup.evaluation.tables import aligned
from cleanup.formats.escape import visible
from cleanup.language import contradicts, detect
from cleanup.rule import Rule
from cleanup.settings import Settings, evidence_in_force, pipeline, signature
from cleanup.stages import LANGUAGE_MISMATCH

RIGHT, WRONG, STYLE = "right", "wrong", "style"
VERDICTS = (RIGHT, WRONG, STYLE)

Progress = Callable[[int], None]
"""Told after each text how many are done."""

_KEY_CONTEXT = 30  # code points on each side that tell two like changes of one text apart
_SHOWN_CONTEXT = 60  # code points on each side that a reader is shown


class VerdictError(ValueError):
    """A file of verdicts that cannot be used, and what to do about it."""


def quietly(done: int) -> None:
    """No progress is shown."""


def verdict_key(document: Document, change: Change) -> str:
    """Where the verdict on ``change`` is kept: 16 hex digits that give nothing of the text away."""
    around = _around(document.text, change, _KEY_CONTEXT)
    parts = (document.id, "+".join(change.rules), change.before, change.after, *around)
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_verdicts(path: Path) -> dict[str, str]:
    """The verdicts in a JSON file, by key; ``_`` is left out, it explains the file.

    Raises:
        VerdictError: the file cannot be read, or a verdict is none of :data:`VERDICTS`.
    """
    try:
        table = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise VerdictError(f"{path}: cannot be read: {error}") from None
    if not isinstance(table, dict):
        raise VerdictError(f"{path}: not a JSON object of verdicts by key")
    verdicts = {key: verdict for key, verdict in table.items() if key != "_"}
    for key, verdict in verdicts.items():
        if verdict not in VERDICTS:
            raise VerdictError(f"{path}: {key}: the verdict must be one of {', '.join(VERDICTS)}, not {verdict!r}")
    return verdicts


@dataclass(frozen=True, slots=True)
class CleanChange:
    """One change in human text, with what surrounds it.

    Attributes:
        set, document: where it was made.
        start: offset in the document, in code points.
        left, right: the text around it.
        rules: the rules that made it.
        removal: whether a paragraph went.
        key: where its verdict is kept.
        verdict: what a reader said; empty if nobody has read it.
    """

    set: str
    document: str
    start: int
    left: str
    before: str
    after: str
    right: str
    rules: tuple[str, ...]
    removal: bool
    key: str
    verdict: str

    @property
    def false(self) -> bool:
        """Whether it counts against its rules: until somebody has read it, it does."""
        return self.verdict in (WRONG, "")

    @property
    def words_removed(self) -> int:
        """How many words of the text are gone."""
        return len(self.before.split()) - len(self.after.split())


@dataclass(slots=True)
class CleanEvaluation:
    """The changes in sets of human text.

    Attributes:
        sets: what was read.
        signature: under which rules and evidence this holds.
        changes: all that was changed, in order.
        words: the words that each rule was run over, by rule id.
        exposures: the places that each rule's gate let in, by rule id.
        samples: the changes to print in context.
    """

    sets: tuple[Measured, ...]
    signature: str
    changes: tuple[CleanChange, ...]
    words: Mapping[str, int]
    exposures: Mapping[str, int]
    samples: tuple[CleanChange, ...] = ()
    mode: str = "clean"

    @property
    def total_words(self) -> int:
        """The words of all sets."""
        return sum(measured.words for measured in self.sets)

    @property
    def unjudged(self) -> int:
        """How many changes nobody has read."""
        return sum(not change.verdict for change in self.changes)

    def figures(self) -> dict[str, Figures]:
        """For every rule in force, what was counted; a change of several rules counts for each."""
        figures = {
            rule: Figures(clean_words=words, exposures=self.exposures.get(rule, 0))
            for rule, words in self.words.items()
        }
        for change in self.changes:
            for rule in change.rules:
                figures[rule] = figures.get(rule, Figures()) + _counted(change)
        return dict(sorted(figures.items()))

    def as_json(self) -> dict[str, Any]:
        """Everything, for ``--format json``; texts only in the samples."""
        by_set = Counter(change.set for change in self.changes)
        return {
            "mode": self.mode,
            "signature": self.signature,
            "words": self.total_words,
            "changes": len(self.changes),
            "changes_per_100000": _rate(len(self.changes), self.total_words),
            "false": sum(change.false for change in self.changes),
            "unjudged": self.unjudged,
            "removals": sum(change.removal for change in self.changes),
            "words_removed": self._words_removed(),
            "sets": [
                {
                    "name": measured.name,
                    "sha256": measured.sha256,
                    "words": measured.words,
                    "changes": by_set[measured.name],
                    "changes_per_100000": _rate(by_set[measured.name], measured.words),
                }
                for measured in self.sets
            ],
            "rules": [self._rule_row(rule, figures) for rule, figures in self.figures().items()],
            "samples": [
                {name: getattr(change, name) for name in CleanChange.__slots__} | {"rules": list(change.rules)}
                for change in self.samples
            ],
        }

    def as_text(self) -> str:
        """Tables by set and by rule, and the samples; the key stands beside what nobody has read."""
        changes, removals = len(self.changes), sum(change.removal for change in self.changes)
        false = sum(change.false for change in self.changes)
        said = (
            f"clean: {self.total_words:,} words of human text, {changes} changes: "
            f"{_rate(changes, self.total_words):.2f} per 100,000 words\n"
            f"of these {false} false ({_rate(false, self.total_words):.2f}), {self.unjudged} of them not read yet; "
            f"{removals} removals ({_rate(removals, self.total_words):.2f}), which took {self._words_removed()} words"
        )
        lines = [said, *self._table_of_sets(), *self._table_of_rules()]
        for change in self.samples:
            lines += ["", *_shown(change)]
        return "\n".join((*lines, "", self.signature, ""))

    def _words_removed(self) -> int:
        return sum(change.words_removed for change in self.changes if change.removal)

    def _rule_row(self, rule: str, figures: Figures) -> dict[str, Any]:
        changes = sum(rule in change.rules for change in self.changes)
        return {
            "rule": rule,
            "changes": changes,
            "changes_per_100000": _rate(changes, figures.clean_words),
            "right": figures.right,
            "wrong": figures.wrong,
            "undecided": figures.undecided,
            "false": figures.false,
            "exposures": figures.exposures,
            "words": figures.clean_words,
        }

    def _table_of_sets(self) -> list[str]:
        by_set = Counter(change.set for change in self.changes)
        rows = [["set", "words", "changes", "per 100,000"]]
        for measured in self.sets:
            count = by_set[measured.name]
            rate = _rate(count, measured.words)
            rows.append([visible(measured.name), f"{measured.words:,}", str(count), f"{rate:.2f}"])
        return ["", *aligned(rows)]

    def _table_of_rules(self) -> list[str]:
        names = ("right", "wrong", "undecided", "false", "exposures")
        rows = [["rule", "changes", "per 100,000", *names]]
        for rule, figures in self.figures().items():
            row = self._rule_row(rule, figures)
            counts = (f"{row[name]:,}" for name in names)
            rows.append([visible(rule), str(row["changes"]), f"{row['changes_per_100000']:.2f}", *counts])
        return ["", *aligned(rows)]


def evaluate(
    paths: Sequence[Path],
    settings: Settings,
    *,
    verdicts: Mapping[str, str] | None = None,
    samples: int = 0,
    seed: int = 0,
    progress: Progress = quietly,
) -> CleanEvaluation:
    """Clean human text and count what changes.

    Args:
        paths: sets of texts by people, each a file or a folder.
        settings: which rules run, and how.
        verdicts: what readers said of changes, by :func:`verdict_key`.
        samples: how many changes to show in context; -1 for all.
        seed: which ones.
        progress: told of every text that is done.

    Raises:
        cleanup.evaluation.documents.DocumentError: a set cannot be read.
        TimeoutError: a rule's expression ran into its time limit.
    """
    sets = document_sets(paths)
    texts = ((one.name, document) for one in sets for document in one)
    count = _Count(settings, verdicts or {})
    for done, (name, document) in enumerate(texts, 1):
        count.add(name, document)
        progress(done)
    return CleanEvaluation(
        sets=tuple(one.measured() for one in sets),
        signature=signature(settings, settings.language, evidence_in_force(settings)),
        changes=tuple(count.changes),
        words=dict(count.words),
        exposures=dict(count.exposures),
        samples=_sampled(count.changes, samples, seed),
    )


@dataclass(slots=True)
class _Count:
    """What was counted so far."""

    settings: Settings
    verdicts: Mapping[str, str]
    changes: list[CleanChange] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    exposures: Counter[str] = field(default_factory=Counter)

    def add(self, set_name: str, document: Document) -> None:
        """Clean one text and count."""
        text = document.text
        auto = self.settings.lang == "auto"
        language = (detect(text) or "und") if auto else self.settings.language
        rules = pipeline(self.settings, language, evidence_in_force(self.settings))
        self._expose(text, [rule for rule in rules.rules if _runs(rule, language, text)], rules.admitted(text))
        removing = {rule.id for rule in rules.rules if rule.effect == "removal"}
        for change in clean(text, config=self.settings.with_(lang=language)).changes:
            key = verdict_key(document, change)
            left, right = _around(text, change, _SHOWN_CONTEXT)
            self.changes.append(
                CleanChange(
                    set=set_name,
                    document=document.id,
                    start=change.start,
                    left=left,
                    before=change.before,
                    after=change.after,
                    right=right,
                    rules=change.rules,
                    removal=not removing.isdisjoint(change.rules),
                    key=key,
                    verdict=self.verdicts.get(key, ""),
                )
            )

    def _expose(self, text: str, running: Iterable[Rule], admitted: Mapping[Any, Mapping[Rule, Cue]]) -> None:
        length = len(text.split())
        for rule in running:
            self.words[rule.id] += length
        for cues in admitted.values():
            for rule, cue in cues.items():
                # A rule that is there without a word was woken by a pattern or its glance, or it
                # has no gate at all: then that it ran over a text says nothing.
                ungated = rule.needs.always
                self.exposures[rule.id] += len(cue.words) + (cue.pattern or not (cue.words or ungated))


def _runs(rule: Rule, language: str, text: str) -> bool:
    """Whether ``rule`` is run over the text: in one that is in another language only neutral ones are."""
    return rule.neutral or rule.id == LANGUAGE_MISMATCH or not contradicts(language, text)


def _around(text: str, change: Change, reach: int) -> tuple[str, str]:
    return text[max(change.start - reach, 0) : change.start], text[change.end : change.end + reach]


def _counted(change: CleanChange) -> Figures:
    """One change as figures: what nobody has read is undecided, and false until then."""
    right, wrong = change.verdict == RIGHT, change.verdict == WRONG
    return Figures(right=right, wrong=wrong, undecided=not (right or wrong), false=change.false)


def _sampled(changes: Sequence[CleanChange], number: int, seed: int) -> tuple[CleanChange, ...]:
    if number < 0 or number >= len(changes):
        return tuple(changes)
    chosen = random.Random(seed).sample(range(len(changes)), number)
    return tuple(changes[index] for index in sorted(chosen))


def _shown(change: CleanChange) -> tuple[str, str]:
    where = f"{change.set} {change.document} {change.start} {'+'.join(change.rules)}"
    passage = f"…{change.left}[-{change.before}-]{{+{change.after}+}}{change.right}…"
    return visible(f"{change.verdict or change.key}  {where}"), f"    {visible(passage)}"


def _rate(count: int, words: int) -> float:
    return 100_000 * count / words if words else 0.0
