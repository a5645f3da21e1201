"""Machine-translated text against references: is each change right, and do scores rise?

Documents come from JSONL with ``text`` and ``reference`` of the same number of lines, or
from aligned text files, one for each system and one of references. What is corrected is
mapped back to the lines that came in; a removed line is empty.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cleanup.desk import clean
from cleanup.evaluation.documents import Document, DocumentError, document_sets
from cleanup.evaluation.judge import LineEdit, Verdict, corrected, folded, joined, line_edits, verdict
from cleanup.evaluation.mt_result import Judged, MtEvaluation, Row
from cleanup.evaluation.result import Measured
from cleanup.evaluation.scores import Scorer
from cleanup.settings import Settings, evidence_in_force, rules_in_force, signature

if TYPE_CHECKING:
    from cleanup.evaluation.scores import Array

FEWEST_DOCUMENTS = 20
"""With fewer than this the bootstrap draws lines: intervals over a handful of units mean little."""

_CONTEXT = 50  # code points on each side of a sample


def evaluate(
    paths: Sequence[Path],
    settings: Settings,
    *,
    systems: Mapping[str, Path] | None = None,
    references: Path | None = None,
    samples: int = 0,
    progress: Callable[[int], None] = lambda done: None,
    resamples: int = 1000,
) -> MtEvaluation:
    """Correct machine-translated documents and hold every change against their references.

    Args:
        paths: JSONL files, also gzipped, or folders of them.
        settings: what to run.
        systems: aligned text files by the system's name, besides or instead of ``paths``.
        references: the text file that ``systems`` are aligned with.
        samples: how many changes to show for each rule and verdict.
        progress: is told how many documents are done.
        resamples: of the bootstrap.

    Raises:
        DocumentError: an input cannot be read, or no document has a reference of as many lines.
    """
    entries, sets = _read(paths, systems or {}, references)
    usable = [entry for entry in entries if not entry.fault()]
    left_out = tuple(f"{entry.place()}: {entry.fault()}" for entry in entries if entry.fault())
    if not usable:
        raise DocumentError("\n".join(("no document to judge", *left_out[:10])))
    by_line = len({entry.document.reference for entry in usable}) < FEWEST_DOCUMENTS
    run = _Run(Scorer(), settings, several_sets=len({entry.set_name for entry in usable}) > 1, by_line=by_line)
    for done, entry in enumerate(usable, 1):
        run.take(entry)
        progress(done)
    return MtEvaluation(
        sets=sets,
        judged=tuple(run.judged),
        rows=tuple(run.rows(resamples)),
        left_out=left_out,
        resampled="lines" if by_line else "documents",
        signature=signature(settings, settings.language, evidence_in_force(settings)),
        score_signatures=run.scorer.signatures(resamples),
        samples=samples,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document and the set it is from."""

    set_name: str
    document: Document

    def place(self) -> str:
        return f"{self.set_name}: {self.document.id}"

    def lines(self) -> tuple[list[str], list[str]]:
        """Text and reference by line.

        A line end at the end of just one of them begins no line. At the end of both it may
        as well, as blank lines there are no harm.
        """
        text, reference = self.document.text, self.document.reference or ""
        mine, theirs = text.split("\n"), reference.split("\n")
        if len(mine) == len(theirs):
            return mine, theirs
        return text.removesuffix("\n").split("\n"), reference.removesuffix("\n").split("\n")

    def fault(self) -> str:
        """Why it cannot be judged; empty if it can."""
        if not isinstance(self.document.reference, str):
            return "no reference"
        mine, theirs = map(len, self.lines())
        return "" if mine == theirs else f"{mine} lines, but {theirs} in the reference"


def _read(
    paths: Sequence[Path], systems: Mapping[str, Path], references: Path | None
) -> tuple[list[_Entry], tuple[Measured, ...]]:
    found = document_sets(paths)
    entries = [_Entry(one.name, document) for one in found for document in one]
    sets = [one.measured() for one in found]
    if systems and references is None:
        raise DocumentError("systems need a file of references, line by line")
    if systems and references is not None:
        human = _plain(references)
        for name, path in systems.items():
            text = _plain(path)
            entries.append(_Entry(references.stem, Document(name, text, human, system=name)))
            both = hashlib.sha256(f"{text}\0{human}".encode("utf-8", "surrogatepass"))
            sets.append(Measured(f"{references.stem}/{name}", both.hexdigest()[:12], len(text.split())))
    return entries, tuple(sets)


def _plain(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: not UTF-8 at byte {error.start}; convert it first") from None


@dataclass(slots=True)
class _Tally:
    """What is summed up for one row; ``units`` are what the bootstrap draws."""

    lines: int = 0
    changed: int = 0
    bettered: int = 0
    worsened: int = 0
    nearer: int = 0
    farther: int = 0
    net_without_foreign: int = 0
    units: dict[Hashable, tuple[Array, Array]] = field(default_factory=dict)
    errors: tuple[Array, Array] | None = None


class _Run:
    """Documents on their way to rows and verdicts."""

    def __init__(self, scorer: Scorer, settings: Settings, *, several_sets: bool, by_line: bool) -> None:
        self.scorer = scorer
        self.judged: list[Judged] = []
        self._settings = settings
        self._several_sets = several_sets
        self._by_line = by_line
        self._untranslated = {rule.id for rule in rules_in_force(settings) if rule.category == "untranslated"}
        self._tallies: dict[tuple[str, str], _Tally] = defaultdict(_Tally)

    def take(self, entry: _Entry) -> None:
        """Correct one document, judge its changes and count its lines."""
        document = entry.document
        lines, expected = entry.lines()
        changes = clean(document.text, config=self._settings).changes
        # A change may touch a line end that begins no line.
        parts = [tuple(e for e in edits if e.line < len(lines)) for edits in line_edits(lines, changes)]
        on_line: dict[int, list[LineEdit]] = defaultdict(list)
        for edits in parts:
            for edit in edits:
                on_line[edit.line].append(edit)
        after = {number: corrected(lines[number], edits) for number, edits in on_line.items()}
        verdicts: dict[int, set[Verdict]] = defaultdict(set)
        foreign: set[int] = set()
        for change, edits in zip(changes, parts, strict=True):
            each = [verdict(lines[e.line], on_line[e.line], e, expected[e.line]) for e in edits]
            for edit, found in zip(edits, each, strict=True):
                verdicts[edit.line].add(found)
                if not self._untranslated.isdisjoint(change.rules):
                    foreign.add(edit.line)
            number = edits[each.index(joined(each))].line if edits else 0
            shown = [e for e in edits if e.line == number]
            self.judged.append(
                Judged(
                    change.rules,
                    joined(each),
                    entry.place(),
                    number + 1,
                    *_in_context(lines[number], shown),
                    expected[number],
                )
            )
        self._count(entry, lines, after, expected, verdicts, foreign)

    def _count(
        self,
        entry: _Entry,
        lines: list[str],
        after: dict[int, str],
        expected: list[str],
        verdicts: dict[int, set[Verdict]],
        foreign: set[int],
    ) -> None:
        old = self.scorer.statistics(lines, expected)
        new = old.copy()
        errors = None
        gains: dict[int, float] = {}
        if after:
            numbers, mended = list(after), list(after.values())
            human = [expected[number] for number in numbers]
            new[numbers] = self.scorer.statistics(mended, human)
            human = [folded(line) for line in human]
            was = self.scorer.errors([folded(lines[number]) for number in numbers], human)
            now = self.scorer.errors([folded(line) for line in mended], human)
            errors = was.sum(axis=0), now.sum(axis=0)
            gains = dict(zip(numbers, (was[:, 0] - now[:, 0]).tolist(), strict=True))
        for key in self._keys(entry):
            tally = self._tallies[key]
            tally.lines += len(lines)
            tally.changed += len(after)
            tally.errors = _sum(tally.errors, errors)
            tally.worsened += sum("wrong" in found for found in verdicts.values())
            tally.bettered += sum("right" in found and "wrong" not in found for found in verdicts.values())
            tally.nearer += sum(gain > 0 for gain in gains.values())
            tally.farther += sum(gain < 0 for gain in gains.values())
            tally.net_without_foreign += sum(
                (gain > 0) - (gain < 0) for number, gain in gains.items() if number not in foreign
            )
            self._add_units(tally, entry.document.reference, old, new)

    def _add_units(self, tally: _Tally, reference: Hashable, old: Array, new: Array) -> None:
        """Add a document's statistics to those of its unit.

        Several systems translate the same article, and their outputs have faults in common;
        they are no independent witnesses, so what is drawn is the article with all of them.
        """
        if self._by_line:
            rows = [((reference, number), old[number], new[number]) for number in range(len(old))]
        else:
            rows = [((reference, 0), old.sum(axis=0), new.sum(axis=0))]
        for unit, before, after in rows:
            tally.units[unit] = _sum(tally.units.get(unit), (before, after)) or (before, after)

    def _keys(self, entry: _Entry) -> Iterator[tuple[str, str]]:
        prefix = f"{entry.set_name} " if self._several_sets else ""
        yield "all", "all"
        if self._several_sets:
            yield "set", entry.set_name
        if entry.document.pair:
            yield "pair", prefix + entry.document.pair
        if entry.document.system:
            yield "system", prefix + entry.document.system

    def rows(self, resamples: int) -> Iterator[Row]:
        """The rows: all, then by set, pair and system, in order of name."""
        import numpy as np

        kinds = ("all", "set", "pair", "system")
        for (kind, name), tally in sorted(self._tallies.items(), key=lambda item: (kinds.index(item[0][0]), item[0])):
            before = np.array([unit[0] for unit in tally.units.values()])
            after = np.array([unit[1] for unit in tally.units.values()])
            yield Row(
                kind,
                name,
                tally.lines,
                tally.changed,
                tally.bettered,
                tally.worsened,
                tally.nearer,
                tally.farther,
                tally.net_without_foreign,
                self.scorer.compare(before, after, resamples),
                self.scorer.ter(tally.errors[0]) if tally.errors else None,
                self.scorer.ter(tally.errors[1]) if tally.errors else None,
            )


def _sum(one: tuple[Array, Array] | None, other: tuple[Array, Array] | None) -> tuple[Array, Array] | None:
    if one is None or other is None:
        return one or other
    return one[0] + other[0], one[1] + other[1]


def _in_context(line: str, edits: Sequence[LineEdit]) -> tuple[str, str]:
    """What one change does to a line, before and after, with some of the line on both sides."""
    if not edits:
        return "", ""
    start = max(edits[0].start - _CONTEXT, 0)
    end = edits[-1].end + _CONTEXT
    moved = [LineEdit(e.line, e.start - start, e.end - start, e.after) for e in edits]
    return line[start:end], corrected(line[start:end], moved)
