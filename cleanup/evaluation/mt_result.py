"""What judging against references hands back: verdicts, rows of scores, and their tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from zlib import crc32

from cleanup.evaluation.judge import Verdict
from cleanup.evaluation.result import Figures, Measured
from cleanup.evaluation.scores import Compared
from cleanup.evaluation.tables import aligned
from cleanup.formats.escape import visible

_KINDS = {"all": "All lines", "set": "By set", "pair": "By language pair", "system": "By system"}
_LONGEST_REFERENCE = 240  # code points


@dataclass(frozen=True, slots=True)
class Judged:
    """One change with the verdict on it, and the line it stands in.

    ``before`` and ``after`` are the change with some context, ``reference`` is the line.
    """

    rules: tuple[str, ...]
    verdict: Verdict
    document: str
    line: int
    before: str
    after: str
    reference: str


@dataclass(frozen=True, slots=True)
class Row:
    """What became of some of the lines: of all, or those of a set, pair or system.

    Attributes:
        kind: ``all``, ``set``, ``pair`` or ``system``.
        name: which of them.
        lines, changed: how many there are, and in how many something changed.
        bettered: lines with a right change and none that is wrong.
        worsened: lines with a wrong change.
        nearer, farther: changed lines that are fewer, or more, word edits away from the
            reference than they were, as TER counts them and with quote glyphs folded.
        net_without_foreign: nearer less farther, without the lines from which untranslated
            words were taken: cutting what is foreign always brings a line nearer.
        scores: BLEU and chrF++ of all lines, before and after.
        ter_before, ter_after: TER of the changed lines only; ``None`` if there are none.
    """

    kind: str
    name: str
    lines: int
    changed: int
    bettered: int
    worsened: int
    nearer: int
    farther: int
    net_without_foreign: int
    scores: Mapping[str, Compared]
    ter_before: float | None
    ter_after: float | None

    def as_json(self) -> dict[str, Any]:
        """Everything, with the scores as their own JSON."""
        scores = {name: compared.as_json() for name, compared in self.scores.items()}
        plain = (
            *("kind", "name", "lines", "changed", "bettered", "worsened"),
            *("nearer", "farther", "net_without_foreign", "ter_before", "ter_after"),
        )
        return {name: getattr(self, name) for name in plain} | {"scores": scores}


@dataclass(frozen=True, slots=True)
class MtEvaluation:
    """What :func:`cleanup.evaluation.mt.evaluate` found.

    Attributes:
        sets: what was measured.
        judged: every change with its verdict.
        rows: all lines first, then by set, language pair and system.
        left_out: documents that could not be judged, and why.
        resampled: what the bootstrap drew, ``documents`` or ``lines``.
        signature: under which rules this holds.
        score_signatures: sacrebleu's, by score.
        samples: how many changes to show for each rule and verdict.
    """

    sets: tuple[Measured, ...]
    judged: tuple[Judged, ...]
    rows: tuple[Row, ...]
    left_out: tuple[str, ...]
    resampled: str
    signature: str
    score_signatures: Mapping[str, str]
    samples: int = 0
    mode: str = "mt"

    def figures(self) -> dict[str, Figures]:
        """Right, wrong and undecided changes by rule; a change of several rules counts for each."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.judged:
            for rule in one.rules:
                counts[rule][one.verdict] += 1
        return {rule: Figures(**counts[rule]) for rule in sorted(counts)}

    def sampled(self) -> Iterator[tuple[str, Judged]]:
        """Some changes by rule, the wrong ones first; none twice that look the same.

        Which ones depends on nothing but the changes, and not on the order of the systems.
        """
        order = {"wrong": 0, "right": 1, "undecided": 2}
        ranked = sorted(
            self.judged, key=lambda j: (order[j.verdict], crc32(f"{j.document}:{j.line}:{j.after}".encode(), 0))
        )
        for rule in self.figures():
            shown: Counter[str] = Counter()
            seen = set()
            for one in ranked:
                look = (one.before, one.after)
                if rule in one.rules and look not in seen and shown[one.verdict] < self.samples:
                    seen.add(look)
                    shown[one.verdict] += 1
                    yield rule, one

    def as_json(self) -> dict[str, Any]:
        """Everything but the changes that were not asked for as samples."""
        return {
            "mode": self.mode,
            "signature": self.signature,
            "score_signatures": dict(self.score_signatures),
            "resampled": self.resampled,
            "sets": [asdict(one) for one in self.sets],
            "left_out": list(self.left_out),
            "rules": {
                rule: {"right": f.right, "wrong": f.wrong, "undecided": f.undecided, "lower_bound": f.lower_bound}
                for rule, f in self.figures().items()
            },
            "rows": [row.as_json() for row in self.rows],
            "samples": [{"rule": rule, **asdict(one), "rules": list(one.rules)} for rule, one in self.sampled()],
        }

    def as_text(self) -> str:
        """Tables for people, ending with a newline."""
        return mt_text(self)


def mt_text(result: MtEvaluation) -> str:
    """What ``cleanup eval mt`` prints."""
    lines = [f"{one.name}: {one.words:,} words, sha256 {one.sha256}" for one in result.sets]
    lines += [f"left out: {visible(place)}" for place in result.left_out]
    lines += ["", *_rules(result)]
    for kind, title in _KINDS.items():
        rows = [row for row in result.rows if row.kind == kind]
        if rows:
            lines += ["", title, *_scores(rows)]
    lines += ["", *_net(result.rows[0])]
    lines += ["", f"Intervals: 95 %, paired bootstrap over {result.resampled}. TER: changed lines only."]
    lines += [_verdict(name, compared) for name, compared in result.rows[0].scores.items()]
    lines += _samples(result)
    lines += ["", result.signature]
    lines += [f"{name} {line}" for name, line in result.score_signatures.items()]
    return "\n".join(lines) + "\n"


def _rules(result: MtEvaluation) -> list[str]:
    rows = [["rule", "changes", "right", "wrong", "undecided", "lower bound"]]
    for rule, found in result.figures().items():
        counts = (found.decided + found.undecided, found.right, found.wrong, found.undecided)
        rows.append([visible(rule), *(f"{count:,}" for count in counts), _bound(found.lower_bound, found.decided)])
    rows.append(["do nothing", "0", "0", "0", "0", "–"])
    return aligned(rows)


def _bound(bound: float, decided: int) -> str:
    return f"{bound:.3f}" if decided else "–"


def _scores(rows: Iterable[Row]) -> list[str]:
    heads = ["", "lines", "changed", "bettered", "worsened", "nearer", "farther", "BLEU", "", "chrF++", "", "TER"]
    table = [heads]
    for row in rows:
        scores = row.scores.values()
        table.append(
            [f"{visible(row.name)}: do nothing", f"{row.lines:,}", "0", "0", "0", "0", "0"]
            + [cell for one in scores for cell in (f"{one.before:.2f}", "")]
            + [_ter(row.ter_before)]
        )
        table.append(
            [f"{visible(row.name)}: cleanup", f"{row.lines:,}", f"{row.changed:,}"]
            + [f"{n:,}" for n in (row.bettered, row.worsened, row.nearer, row.farther)]
            + [cell for one in scores for cell in (f"{one.after:.2f}", _difference(one))]
            + [_ter(row.ter_after)]
        )
    return aligned(table)


def _net(row: Row) -> list[str]:
    net, judged = row.nearer - row.farther, row.bettered - row.worsened
    without = f"without those that lost untranslated words {_share(row.net_without_foreign, row.lines)}"
    return [
        f"Lines nearer to their reference, net of those farther: {_share(net, row.lines)} of all; {without}.",
        f"Lines with a right change, net of those with a wrong one: {_share(judged, row.lines)} of all.",
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole if whole else 0:.2%} ({part:,})"


def _difference(one: Compared) -> str:
    if one.low is None or one.high is None:
        return f"{one.difference:+.3f}"
    return f"{one.difference:+.3f} [{one.low:+.3f}, {one.high:+.3f}]"


def _ter(score: float | None) -> str:
    return "–" if score is None else f"{score:.2f}"


def _verdict(name: str, compared: Compared) -> str:
    says = {
        "cleanup": "cleanup is better than doing nothing",
        "do nothing": "doing nothing is better than cleanup",
        "even": "no difference that can be told from none",
    }
    return f"{name}: {says[compared.better]}."


def _samples(result: MtEvaluation) -> list[str]:
    lines: list[str] = []
    for rule, one in result.sampled():
        lines += [
            "",
            f"{one.verdict}: {visible(rule)} in {visible(one.document)}, line {one.line}",
            f"  - {visible(one.before)}",
            f"  + {visible(one.after)}",
            f"  = {visible(one.reference[:_LONGEST_REFERENCE])}",
        ]
    return lines
