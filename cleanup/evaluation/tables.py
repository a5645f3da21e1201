"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cleanup.formats.escape import visible

if TYPE_CHECKING:
    from cleanup.evaluation.mt import MtEvaluation, Row
    from cleanup.evaluation.scores import Compared

_KINDS = {"all": "All lines", "set": "By set", "pair": "By language pair", "system": "By system"}
_LONGEST_REFERENCE = 240  # code points


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, the first column to the left and the others to the right.

    >>> aligned([["rule", "right"], ["words/x", "7"]])
    ['rule     right', 'words/x      7']
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]).rstrip()
        for row in rows
    ]


def mt_text(result: MtEvaluation) -> str:
    """What ``cleanup eval mt`` prints."""
    lines = [f"{one.name}: {one.words:,} words, sha256 {one.sha256}" for one in result.sets]
    lines += [f"left out: {visible(place)}" for place in result.left_out]
    lines += ["", *_rules(result)]
    for kind, title in _KINDS.items():
        rows = [row for row in result.rows if row.kind == kind]
        if rows:
            lines += ["", title, *_scores(rows)]
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
    table = [["", "lines", "changed", "bettered", "worsened", "BLEU", "", "chrF++", "", "TER"]]
    for row in rows:
        scores = row.scores.values()
        table.append(
            [f"{visible(row.name)}: do nothing", f"{row.lines:,}", "0", "0", "0"]
            + [cell for one in scores for cell in (f"{one.before:.2f}", "")]
            + [_ter(row.ter_before)]
        )
        table.append(
            [f"{visible(row.name)}: cleanup", *(f"{n:,}" for n in (row.lines, row.changed, row.bettered, row.worsened))]
            + [cell for one in scores for cell in (f"{one.after:.2f}", _difference(one))]
            + [_ter(row.ter_after)]
        )
    return aligned(table)


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
