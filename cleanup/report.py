"""What a run over one text found and changed, and how to follow or undo it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cleanup.edit import Change, Diagnostic, FieldName
from cleanup.offsets import OffsetMap


@dataclass(frozen=True)
class Report:
    """The original, the corrected text, and an account of every character between them.

    Attributes:
        original: the text as given (the body, where a title was given apart).
        corrected: the text with its fixes; the very same object if there are none.
        changes: what was changed, ordered, never overlapping or touching.
        diagnostics: everything found, applied or not, ordered by start.
        signature: one line that says under which rules and evidence this holds.
        title, corrected_title: the title, where it was given apart; else ``None``.
    """

    original: str
    corrected: str
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    signature: str
    title: str | None = None
    corrected_title: str | None = None

    @cached_property
    def _forward(self) -> OffsetMap:
        return OffsetMap.of((c.start, c.end, c.after) for c in self.changes if c.field == "body")

    @cached_property
    def _backward(self) -> OffsetMap:
        return self._forward.inverse()

    def to_corrected(self, offset: int) -> int:
        """Where the character at ``offset`` of the original stands in the corrected text.

        Offsets are code points of the body. A place that was replaced answers with the
        start of what replaced it.
        """
        return self._forward.start(offset)

    def to_original(self, offset: int) -> int:
        """Where the character at ``offset`` of the corrected text stood in the original."""
        return self._backward.start(offset)

    def map_span(self, start: int, end: int) -> tuple[int, int]:
        """What became of ``original[start:end]``: a span of the corrected text.

        The result covers all that the span touched, so an annotation never shrinks to
        half a word.
        """
        return self._forward.span(start, end)

    def diff(self) -> str:
        """The changes word by word, each with its line number and rules, as plain text.

        Removed words stand in ``[-…-]``, added ones in ``{+…+}``, as in ``wdiff``.
        """
        from cleanup.formats.words import word_diff

        return word_diff(self)

    def field_text(self, field: FieldName) -> str:
        """The original of one field; empty for a title that was not given apart."""
        return self.original if field == "body" else self.title or ""


def apply(text: str, changes: Iterable[Change], *, field: FieldName = "body") -> str:
    """``text`` with ``changes`` made: all of a report's, or those of any of its groups.

    Args:
        text: the original that the changes were found in.
        changes: in any order; those of another field are passed over.
        field: which field of a report ``text`` is.

    Returns:
        The changed text; ``text`` itself if no change applies.

    Raises:
        ValueError: a change does not fit the text, or two of them overlap.
    """
    pieces: list[str] = []
    at = 0
    for change in sorted((c for c in changes if c.field == field), key=lambda c: (c.start, c.end)):
        if change.start < at or text[change.start : change.end] != change.before:
            found = text[change.start : change.end]
            raise ValueError(
                f"change at {change.start}-{change.end} does not fit: the text has {found!r} there, "
                f"not {change.before!r}; apply changes to the original they were found in"
            )
        pieces += (text[at : change.start], change.after)
        at = change.end
    return "".join((*pieces, text[at:])) if pieces else text
