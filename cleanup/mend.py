"""Choose among the fixes of a stage, apply them, and remember what became of the original.

:func:`choose` orders the fixes, refuses those that clash or break a guard, and returns the
rest. A :class:`Draft` applies them and composes every round's edits into changes of the
original. Nothing here knows of rules or languages beyond what a card says of itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from cleanup.article import Article
from cleanup.edit import APPLIED, NOT_ASKED, TIERS, Change, Diagnostic, Edit, Fix
from cleanup.expressions import expression
from cleanup.offsets import OffsetMap, Segment

_NUMBER = expression(r"\p{Nd}++(?:[.,:/]\p{Nd}++)*+")
_GRAPHEME = expression(r"\X")
_AROUND_NUMBER = frozenset("0123456789.,:/")
_EMPTY = "would leave an empty title or text"
_CONTEXT = 24  # code points around an edit that a grapheme or a number may reach over


@dataclass(frozen=True, slots=True)
class Permit:
    """What the rule behind a diagnostic may do.

    Attributes:
        touches: kinds of protected text that it may change.
        refusal: why its fix is refused whatever it does; empty if it is not.
    """

    touches: frozenset[str]
    refusal: str = ""


def choose(
    article: Article,
    found: Iterable[Diagnostic],
    asked: Callable[[Diagnostic], bool],
    permit: Callable[[Diagnostic], Permit],
) -> list[Diagnostic]:
    """Decide over every diagnostic; those to apply come back with outcome ``applied``.

    Order: start, longer first, the more certain first, rule id. The result is in that order too, so that the same
    findings in any order give the same text.
    """
    judged: list[Diagnostic] = []
    taken = _Taken()
    for diagnostic in sorted(found, key=_rank):
        outcome = NOT_ASKED
        if diagnostic.fix is not None and asked(diagnostic):
            outcome = _objection(article, diagnostic.fix, permit(diagnostic)) or taken.clash(diagnostic)
            if not outcome:
                taken.add(diagnostic)
                outcome = APPLIED
        judged.append(replace(diagnostic, outcome=outcome))
    return _sparing(article, judged)


def _sparing(article: Article, judged: list[Diagnostic]) -> list[Diagnostic]:
    """The same, but where fixes together would empty a title or text that none empties alone."""
    for part in article.parts:
        inside = [d for d in judged if d.outcome == APPLIED and d.fix and part.start <= _hull(d.fix)[0] <= part.end]
        edits = sorted((e for d in inside if d.fix for e in d.fix.edits), key=lambda e: (e.start, e.end))
        if edits and _empties(article, Fix(tuple(edits))):
            judged = [replace(d, outcome=f"refused: {_EMPTY}") if d in inside else d for d in judged]
    return judged


def _rank(diagnostic: Diagnostic) -> tuple[int, int, int, str, int]:
    start, end = _hull(diagnostic.fix) if diagnostic.fix else (diagnostic.start, diagnostic.end)
    return start, start - end, TIERS.index(diagnostic.tier), diagnostic.rule, diagnostic.start


def _hull(fix: Fix) -> tuple[int, int]:
    return fix.edits[0].start, fix.edits[-1].end


class _Taken:
    """The edits accepted so far, ordered, to find overlaps in logarithmic time."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._edits: list[tuple[Edit, str]] = []

    def clash(self, diagnostic: Diagnostic) -> str:
        assert diagnostic.fix is not None
        for edit in diagnostic.fix.edits:
            at = bisect_right(self._starts, edit.start)
            for other, rule in self._edits[max(at - 1, 0) : at + 1]:
                overlap = edit.start < other.end and other.start < edit.end
                # An insertion beside another edit has no order of its own: next round.
                touching = edit.start == edit.end or other.start == other.end
                if overlap or (touching and edit.start <= other.end and other.start <= edit.end):
                    return f"refused: overlaps {rule}"
        return ""

    def add(self, diagnostic: Diagnostic) -> None:
        assert diagnostic.fix is not None
        for edit in diagnostic.fix.edits:
            at = bisect_left(self._starts, edit.start)
            self._starts.insert(at, edit.start)
            self._edits.insert(at, (edit, diagnostic.rule))


def _objection(article: Article, fix: Fix, permit: Permit) -> str:
    """The first guard that ``fix`` breaks, as an outcome; empty if it breaks none."""
    if permit.refusal:
        return f"refused: {permit.refusal}"
    text = article.text
    for edit in fix.edits:
        kinds = article.protection(edit.start, edit.end) - permit.touches
        if kinds:
            return f"refused: inside {', '.join(sorted(kinds))}"
        if _crosses_title(article, edit):
            return "refused: reaches from the title into the body"
        if "numbers" not in permit.touches and not _numbers_survive(text, edit):
            return "refused: would change a number"
        if _splits_grapheme(text, edit):
            return "refused: would split a character"
    if _empties(article, fix):
        return f"refused: {_EMPTY}"
    return ""


def _crosses_title(article: Article, edit: Edit) -> bool:
    end = article.title_end
    return end is not None and edit.end > end and edit.start < end + 2


def _numbers_survive(text: str, edit: Edit) -> bool:
    start, end = edit.start, edit.end
    while start > 0 and edit.start - start < _CONTEXT and text[start - 1] in _AROUND_NUMBER:
        start -= 1
    while end < len(text) and end - edit.end < _CONTEXT and text[end] in _AROUND_NUMBER:
        end += 1
    before = text[start:end]
    after = text[start : edit.start] + edit.replacement + text[edit.end : end]
    return bool(_NUMBER.findall(before) == _NUMBER.findall(after))


def _splits_grapheme(text: str, edit: Edit) -> bool:
    left, right = text[max(edit.start - _CONTEXT, 0) : edit.start], text[edit.end : edit.end + _CONTEXT]
    before, after = text[edit.start : edit.end], edit.replacement
    return any(
        not _is_boundary(middle_left, middle_right)
        for middle_left, middle_right in (
            (left, before + right),
            (left + before, right),
            (left, after + right),
            (left + after, right),
        )
    )


def _is_boundary(left: str, right: str) -> bool:
    """Whether a grapheme may end between ``left`` and ``right``."""
    if not left or not right:
        return True
    if left[-1] < "\u0300" and right[0] < "\u0300":
        return left[-1] != "\r" or right[0] != "\n"
    joined, at = left[-_CONTEXT:] + right[:_CONTEXT], len(left[-_CONTEXT:])
    return any(m.start() == at for m in _GRAPHEME.finditer(joined))


def _empties(article: Article, fix: Fix) -> bool:
    text = article.text
    for start, end in article.parts:
        inside = [e for e in fix.edits if start <= e.start and e.end <= end]
        taken = sum(e.end - e.start for e in inside)
        if taken and taken >= article.solid(start, end) and not _splice(text[start:end], inside, start).strip():
            return bool(text[start:end].strip())
    return False


def _splice(text: str, edits: Sequence[Edit], base: int = 0) -> str:
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start - base], edit.replacement)
        at = edit.end - base
    pieces.append(text[at:])
    return "".join(pieces)


@dataclass(slots=True)
class _Patch:
    """``original[start:end]`` now reads ``after``, which stands at ``now`` in the current text."""

    start: int
    end: int
    now: int
    after: str
    rules: frozenset[str]
    fixes: frozenset[int]

    @property
    def now_end(self) -> int:
        return self.now + len(self.after)


class Draft:
    """The original, the current text, and the composed way from one to the other."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self._patches: list[_Patch] = []
        self._offsets: OffsetMap | None = None
        self._parent: list[int] = []  # union-find over fixes: one tree is one group

    def apply(self, chosen: Collection[Diagnostic], rests_on: Callable[[Edit], tuple[int, int]]) -> None:
        """Apply the accepted fixes, whose edits are in offsets of the current text.

        ``rests_on`` gives the stretch of current text that an edit's detector looked at: a
        fix that rests on what an earlier one wrote joins its group.
        """
        edits: list[tuple[Edit, str, int]] = []
        for diagnostic in chosen:
            assert diagnostic.fix is not None
            number = len(self._parent)
            self._parent.append(number)
            for edit in diagnostic.fix.edits:
                edits.append((edit, diagnostic.rule, number))
                if self._patches:
                    for patch in self._patches_inside(*rests_on(edit)):
                        self._join(number, *patch.fixes)
        edits.sort(key=lambda item: (item[0].start, item[0].end))
        self._compose(edits)
        self.text = _splice(self.text, [edit for edit, _, _ in edits])

    def _compose(self, edits: list[tuple[Edit, str, int]]) -> None:
        """Merge edits of the current text into the patches of the original."""
        # Both lists are ordered and free of overlaps within themselves. What touches in the
        # current text becomes one patch: the hull of all that touched.
        items: list[tuple[int, int, _Patch | tuple[Edit, str, int]]] = [
            (patch.now, patch.now_end, patch) for patch in self._patches
        ]
        items += ((item[0].start, item[0].end, item) for item in edits)
        items.sort(key=lambda item: (item[0], item[1], isinstance(item[2], tuple)))
        composed: list[_Patch] = []
        shift_to_original = 0  # original offset minus current offset, right of what was read
        shift_to_next = 0  # next text's offset minus current offset, likewise
        index = 0
        while index < len(items):
            start, end, _ = items[index]
            cluster: list[_Patch | tuple[Edit, str, int]] = []
            while index < len(items) and (not cluster or items[index][0] <= end):
                end = max(end, items[index][1])
                cluster.append(items[index][2])
                index += 1
            patches = [item for item in cluster if isinstance(item, _Patch)]
            news = [item for item in cluster if isinstance(item, tuple)]
            original_start = start + shift_to_original
            for patch in patches:
                shift_to_original += (patch.end - patch.start) - len(patch.after)
            original_end = end + shift_to_original
            after = _splice(self.text[start:end], [edit for edit, _, _ in news], start)
            fixes = frozenset([*(n for p in patches for n in p.fixes), *(n for _, _, n in news)])
            rules = frozenset([*(r for p in patches for r in p.rules), *(r for _, r, _ in news)])
            if len(fixes) > 1:
                self._join(*fixes)
            if after != self.original[original_start:original_end]:
                composed.append(_Patch(original_start, original_end, start + shift_to_next, after, rules, fixes))
            shift_to_next += len(after) - (end - start)
        self._patches = composed
        self._offsets = None

    def _patches_inside(self, start: int, end: int) -> list[_Patch]:
        first = bisect_right(self._patches, start, key=lambda patch: patch.now_end)
        last = bisect_left(self._patches, end, lo=first, key=lambda patch: patch.now)
        return self._patches[first:last]

    def _find(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def _join(self, *numbers: int) -> None:
        roots = sorted({self._find(number) for number in numbers})
        for root in roots[1:]:
            self._parent[root] = roots[0]

    def changes(self, title_end: int | None = None) -> tuple[Change, ...]:
        """What was changed, ordered, in offsets of the original field."""
        groups: dict[int, int] = {}
        made = []
        for patch in self._patches:
            group = groups.setdefault(self._find(min(patch.fixes)), len(groups))
            in_title = title_end is not None and patch.start <= title_end and patch.end <= title_end
            base = 0 if title_end is None or in_title else title_end + 2
            made.append(
                Change(
                    field="title" if in_title else "body",
                    start=patch.start - base,
                    end=patch.end - base,
                    before=self.original[patch.start : patch.end],
                    after=patch.after,
                    rules=tuple(sorted(patch.rules)),
                    group=group,
                )
            )
        return tuple(made)

    def now(self, end: int) -> int:
        """Where a field of the original that ends at ``end`` ends now, insertions there included."""
        return end + sum(len(p.after) - (p.end - p.start) for p in self._patches if p.end <= end)

    def offsets(self) -> OffsetMap:
        """The map from the original to the current text."""
        if self._offsets is None:
            self._offsets = OffsetMap(Segment(p.start, p.end, p.now, p.now_end) for p in self._patches)
        return self._offsets
