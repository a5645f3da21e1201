"""``gold``: what the rules make of texts that somebody has corrected by hand.

As ERRANT does it: what the rules did and what the hand did are each aligned with the text
before, and the two sets of edits compared. An edit is right if its span and its replacement
are both those of a gold edit.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cleanup.desk import clean
from cleanup.evaluation.alignment import TokenEdit, token_edits
from cleanup.evaluation.documents import DocumentError
from cleanup.evaluation.result import Figures, Measured
from cleanup.evaluation.tables import aligned
from cleanup.formats.escape import visible
from cleanup.report import Report
from cleanup.settings import Settings, evidence_in_force, rules_in_force, signature
from cleanup.stages import LANGUAGE_MISMATCH, UNSETTLED

Progress = Callable[[int], None]
"""Told after each article how many are done."""

Outcome = Literal["right", "wrong", "missed"]

NO_RULE = "(no rule)"
"""Stands for the rule of a gold edit where nothing was found."""

_ABOUT_ALL = frozenset({LANGUAGE_MISMATCH, UNSETTLED})  # findings that stand for a whole text


@dataclass(frozen=True, slots=True)
class Judged:
    """One edit and what became of it.

    Attributes:
        article: the name of its article.
        edit: what was done, or in the case of ``missed`` what should have been.
        rules: who did it; for a missed one, who found something there. May be empty.
        outcome: ``right``, ``wrong`` or ``missed``.
        over: whether it is on tokens that the gold leaves alone.
    """

    article: str
    edit: TokenEdit
    rules: tuple[str, ...]
    outcome: Outcome
    over: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Edits counted by outcome."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """The share of edits that are right; ``None`` if there is none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of gold edits that were made; ``None`` if there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f_half(self) -> float | None:
        """F0.5: precision counts twice as much as recall; ``None`` if there is nothing to count."""
        total = 1.25 * self.right + 0.25 * self.missed + self.wrong
        return 1.25 * self.right / total if total else None

    def as_json(self) -> dict[str, Any]:
        """Counts and shares."""
        return {
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
            "precision": self.precision,
            "recall": self.recall,
            "f0.5": self.f_half,
        }


@dataclass(slots=True)
class GoldEvaluation:
    """The edits of sets of corrected articles.

    Attributes:
        sets: what was read.
        signature: under which rules and evidence this holds.
        judged: every edit that was made or missed, by article and in order.
        categories: the category of each rule.
        decisions: how often people accepted and rejected each rule's changes.
    """

    sets: tuple[Measured, ...]
    signature: str
    judged: tuple[Judged, ...]
    categories: dict[str, str]
    decisions: dict[str, Figures]
    mode: str = "gold"

    @property
    def words(self) -> int:
        """The words of all articles before."""
        return sum(measured.words for measured in self.sets)

    @property
    def over_edits(self) -> int:
        """How many edits are on tokens that the gold leaves alone."""
        return sum(judged.over for judged in self.judged)

    @property
    def over_edit_rate(self) -> float:
        """The same per 1,000 words."""
        return 1000 * self.over_edits / self.words if self.words else 0.0

    @property
    def total(self) -> Score:
        """All edits, each once."""
        return _score(self.judged)

    @property
    def missed(self) -> tuple[Judged, ...]:
        """The gold edits where no rule found anything."""
        return tuple(judged for judged in self.judged if judged.outcome == "missed" and not judged.rules)

    def by_rule(self) -> dict[str, Score]:
        """An edit of several rules counts for each of them."""
        return self._by(lambda rule: rule)

    def by_class(self) -> dict[str, Score]:
        """By stage and category; an edit counts once in a class."""
        return self._by(lambda rule: f"{rule.partition('/')[0]}/{self.categories.get(rule, 'other')}")

    def _by(self, name: Callable[[str], str]) -> dict[str, Score]:
        groups: dict[str, list[Judged]] = {}
        for judged in self.judged:
            for group in sorted({name(rule) for rule in judged.rules}) or [NO_RULE]:
                groups.setdefault(group, []).append(judged)
        return {group: _score(groups[group]) for group in sorted(groups)}

    def figures(self) -> dict[str, Figures]:
        """Right and wrong edits, and decisions, by rule id."""
        figures = dict(self.decisions)
        for rule, score in self.by_rule().items():
            if rule != NO_RULE and score.right + score.wrong:
                figures[rule] = figures.get(rule, Figures()) + Figures(right=score.right, wrong=score.wrong)
        return dict(sorted(figures.items()))

    def as_json(self) -> dict[str, Any]:
        """Everything, for ``--format json``."""
        return {
            "mode": self.mode,
            "signature": self.signature,
            "words": self.words,
            "sets": [{"name": s.name, "sha256": s.sha256, "words": s.words} for s in self.sets],
            "total": self.total.as_json(),
            "over_edits": self.over_edits,
            "over_edits_per_1000": self.over_edit_rate,
            "rules": {rule: score.as_json() for rule, score in self.by_rule().items()},
            "classes": {name: score.as_json() for name, score in self.by_class().items()},
            "decisions": {rule: {"right": f.right, "wrong": f.wrong} for rule, f in self.decisions.items()},
            "wrong": [_row(judged) for judged in self.judged if judged.outcome == "wrong"],
            "missed": [_row(judged) for judged in self.judged if judged.outcome == "missed"],
        }

    def as_text(self) -> str:
        """Tables by rule and by class, and lists of the edits that are wrong or missed."""
        said = (
            f"gold: {self.words:,} words; {self.over_edits} edits on what the gold leaves alone: "
            f"{self.over_edit_rate:.2f} per 1,000 words"
        )
        lines = [
            said,
            *_table("rule", self.by_rule()),
            *_table("class", self.by_class()),
            *_table("all", {"each edit once": self.total}),
        ]
        if self.decisions:
            people = [[visible(rule), str(f.right), str(f.wrong)] for rule, f in self.decisions.items()]
            lines += ["", *aligned([["decisions", "accepted", "rejected"], *people])]
        lines += _listed("wrong:", (judged for judged in self.judged if judged.outcome == "wrong"))
        lines += _listed("missed, and nothing found there:", self.missed)
        return "\n".join((*lines, "", self.signature, ""))


def evaluate(
    paths: Sequence[Path], settings: Settings, *, decisions: Path | None = None, progress: Progress | None = None
) -> GoldEvaluation:
    """Clean articles that somebody has corrected, and compare.

    Args:
        paths: folders of ``<name>/before.txt`` and ``<name>/after.txt``.
        settings: which rules run, and how.
        decisions: JSONL of people's ``{"rule": …, "accepted": true or false}``.
        progress: told of every article that is done.

    Raises:
        DocumentError: a folder or the decisions cannot be read.
        TimeoutError: a rule's expression ran into its time limit.
    """
    sets = [_measured(path) for path in paths]
    pairs = [(path, pair) for path in paths for pair in _pairs(path)]
    judged: list[Judged] = []
    for done, (path, pair) in enumerate(pairs, 1):
        name = path.name if pair == path else pair.relative_to(path).as_posix()
        judged += judge(name, clean(_read(pair / "before.txt"), config=settings), _read(pair / "after.txt"))
        if progress:
            progress(done)
    return GoldEvaluation(
        sets=tuple(sets),
        signature=signature(settings, settings.language, evidence_in_force(settings)),
        judged=tuple(judged),
        categories={rule.id: rule.category for rule in rules_in_force(settings)},
        decisions=read_decisions(decisions) if decisions else {},
    )


def judge(article: str, report: Report, gold: str) -> list[Judged]:
    """Every edit of one article that was made or missed, in order."""
    made, wanted = token_edits(report.original, report.corrected), token_edits(report.original, gold)
    judged = [Judged(article, edit, _authors(edit, report), "right") for edit in made if edit in wanted]
    for edit in made:
        if edit not in wanted:
            over = not any(edit.meets(other) for other in wanted)
            judged.append(Judged(article, edit, _authors(edit, report), "wrong", over))
    judged += (Judged(article, edit, _finders(edit, report), "missed") for edit in wanted if edit not in made)
    return sorted(judged, key=lambda one: (one.edit.start, one.edit.end, one.outcome))


def _authors(edit: TokenEdit, report: Report) -> tuple[str, ...]:
    """The rules of the changes in the edit, or nearest to it: one may be said of another place."""
    distances = [_distance(edit, change.start, change.end) for change in report.changes]
    near = [change for change, distance in zip(report.changes, distances, strict=True) if distance == min(distances)]
    return tuple(sorted({rule for change in near for rule in change.rules}))


def _finders(edit: TokenEdit, report: Report) -> tuple[str, ...]:
    """The rules that found something where the edit should have been."""
    found = (d.rule for d in report.diagnostics if _distance(edit, d.start, d.end) < 0)
    return tuple(sorted(set(found) - _ABOUT_ALL))


def _distance(edit: TokenEdit, start: int, end: int) -> int:
    """Code points between an edit and a span; 0 if they touch, -1 if they overlap."""
    gap = max(start - edit.end, edit.start - end)
    return max(gap, -1)


def read_decisions(path: Path) -> dict[str, Figures]:
    """How often people accepted and rejected each rule's changes, as right and wrong.

    Raises:
        DocumentError: the file cannot be read, or a line is no decision.
    """
    counts: Counter[tuple[str, bool]] = Counter()
    for number, line in enumerate(_read(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rule, accepted = row["rule"], row["accepted"]
        except (ValueError, KeyError, TypeError):
            rule = accepted = None
        if not isinstance(rule, str) or not isinstance(accepted, bool):
            raise DocumentError(f'{path}:{number}: no decision: {{"rule": "words/…", "accepted": true}}')
        counts[rule, accepted] += 1
    rules = sorted({rule for rule, _ in counts})
    return {rule: Figures(right=counts[rule, True], wrong=counts[rule, False]) for rule in rules}


def _pairs(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.rglob("before.txt"))


def _measured(folder: Path) -> Measured:
    pairs = _pairs(folder) if folder.is_dir() else []
    if not pairs:
        raise DocumentError(f"{folder}: holds no before.txt with an after.txt beside it")
    total, words = hashlib.sha256(), 0
    for pair in pairs:
        before, after = _read(pair / "before.txt"), _read(pair / "after.txt")
        total.update(before.encode() + b"\0" + after.encode() + b"\0")
        words += len(before.split())
    whole = folder.resolve()
    return Measured(f"{whole.parent.name}/{whole.name}", total.hexdigest()[:12], words)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read: {error}") from None


def _score(judged: Iterable[Judged]) -> Score:
    counts = Counter(one.outcome for one in judged)
    return Score(counts["right"], counts["wrong"], counts["missed"])


def _row(judged: Judged) -> dict[str, Any]:
    return {
        "article": judged.article,
        "start": judged.edit.start,
        "end": judged.edit.end,
        "before": judged.edit.before,
        "after": judged.edit.after,
        "rules": list(judged.rules),
        "over": judged.over,
    }


def _table(title: str, scores: dict[str, Score]) -> list[str]:
    rows = [[title, "right", "wrong", "missed", "precision", "recall", "F0.5"]]
    for name, score in scores.items():
        counts = (score.right, score.wrong, score.missed)
        shares = ("–" if x is None else f"{x:.3f}" for x in (score.precision, score.recall, score.f_half))
        rows.append([visible(name), *map(str, counts), *shares])
    return ["", *aligned(rows)]


def _listed(title: str, judged: Iterable[Judged]) -> list[str]:
    lines: list[str] = []
    article = None
    for one in judged:
        lines += [] if lines else ["", title]
        if one.article != article:
            lines.append(f"  {visible(one.article)}")
            article = one.article
        by = f"  {'+'.join(one.rules)}" if one.rules else ""
        lines.append(visible(f"    {one.edit.start}: [-{one.edit.before}-]{{+{one.edit.after}+}}{by}"))
    return lines
