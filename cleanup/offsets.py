"""Where a place in one text stands in another, given what was replaced between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Segment(NamedTuple):
    """``[start, end)`` of the one text was replaced by ``[now, now_end)`` of the other."""

    start: int
    end: int
    now: int
    now_end: int


class OffsetMap:
    """Maps offsets and spans across replaced segments, which must not overlap or touch.

    Offsets are code points. What lies outside the segments shifts; what lies inside one
    widens to the whole of it, because no finer answer would be true.
    """

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = list(segments)
        self._starts = [segment.start for segment in self._segments]

    @classmethod
    def of(cls, replaced: Iterable[tuple[int, int, str]]) -> OffsetMap:
        """The map made by ``(start, end, replacement)`` triples, ordered by start.

        >>> OffsetMap.of([(4, 6, "xyz")]).span(0, 8)
        (0, 9)
        """
        segments, shift = [], 0
        for start, end, replacement in replaced:
            now = start + shift
            segments.append(Segment(start, end, now, now + len(replacement)))
            shift += len(replacement) - (end - start)
        return cls(segments)

    def inverse(self) -> OffsetMap:
        """The map back."""
        return OffsetMap(Segment(s.now, s.now_end, s.start, s.end) for s in self._segments)

    def start(self, offset: int) -> int:
        """Where the character at ``offset`` went; the start of what replaced it."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        segment = self._segments[index]
        return segment.now if offset < segment.end else segment.now_end + offset - segment.end

    def end(self, offset: int) -> int:
        """Where the place behind the character before ``offset`` went."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return offset
        segment = self._segments[index]
        return segment.now_end if offset <= segment.end else segment.now_end + offset - segment.end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The hull of what became of ``[start, end)``."""
        first = self.start(start)
        return first, max(first, self.end(end))
