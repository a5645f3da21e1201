"""What a rule sees at once: the whole article, or each line for itself.

Aligned corpora and reference scores rest on line numbers. With lines as units no rule sees
across a line end, and none adds, removes or empties a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleanup.article import Cue, Span
from cleanup.edit import Change, Diagnostic, Edit, Fix
from cleanup.expressions import expression
from cleanup.offsets import OffsetMap
from cleanup.rule import Rule, Stage
from cleanup.stages import TITLE_BREAK, Outcome, Pipeline

_LINE = expression(r"[^\r\n]++")


class LineByLine:
    """A pipeline that is run over every line of a text as if it were a text of its own.

    Args:
        pipeline: what is run; made with ``keeps_lines``.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.rules = pipeline.rules
        self._pipeline = pipeline

    def admitted(self, text: str) -> dict[Stage, dict[Rule, Cue]]:
        """The rules that the gate would let at the text as a whole, and what woke each."""
        return self._pipeline.admitted(text)

    def run(self, text: str, *, title_end: int | None = None, protected: tuple[tuple[int, int], ...] = ()) -> Outcome:
        """Like :meth:`cleanup.stages.Pipeline.run`; the number of lines stays what it was."""
        pieces: list[str] = []
        changes: list[Change] = []
        diagnostics: list[Diagnostic] = []
        replaced: list[tuple[int, int, str]] = []
        at = groups = 0
        for line in (Span(*match.span()) for match in _LINE.finditer(text)):
            outcome = self._pipeline.run(text[line.start : line.end], protected=tuple(_inside(line, protected)))
            diagnostics += (_moved(diagnostic, line.start) for diagnostic in outcome.diagnostics)
            if not outcome.changes:
                continue
            pieces += (text[at : line.start], outcome.corrected)
            at = line.end
            in_title = title_end is not None and line.end <= title_end
            base = line.start if title_end is None or in_title else line.start - title_end - len(TITLE_BREAK)
            for change in outcome.changes:
                replaced.append((line.start + change.start, line.start + change.end, change.after))
                changes.append(
                    replace(
                        change,
                        field="title" if in_title else "body",
                        start=base + change.start,
                        end=base + change.end,
                        group=groups + change.group,
                    )
                )
            groups += max(change.group for change in outcome.changes) + 1
        corrected = "".join((*pieces, text[at:])) if changes else text
        return Outcome(text, corrected, tuple(changes), tuple(diagnostics), OffsetMap.of(replaced))


def _inside(line: Span, protected: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """What of each protected span lies in ``line``, in offsets of the line."""
    for start, end in protected:
        first, last = max(start, line.start), min(end, line.end)
        if first <= last:
            yield first - line.start, last - line.start


def _moved(diagnostic: Diagnostic, by: int) -> Diagnostic:
    fix = diagnostic.fix
    if fix is not None:
        fix = Fix(tuple(Edit(edit.start + by, edit.end + by, edit.replacement) for edit in fix.edits))
    return replace(diagnostic, start=diagnostic.start + by, end=diagnostic.end + by, fix=fix)
