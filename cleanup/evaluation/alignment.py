"""What was edited between two texts: token by token, and said in one way only.

Two sets of edits of one text can then be compared by span and replacement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

# A blank belongs to the token behind it: ` ,` that becomes `,` is one edit, and a word that
# goes takes its blank along.
_TOKEN = regex.compile(r"\s*+(?:[\p{L}\p{M}\p{N}]++(?:['’][\p{L}\p{M}]++)*+|\S)|\s++\Z")


@dataclass(frozen=True, slots=True)
class TokenEdit:
    """One edit of a text, in whole tokens: ``text[start:end]`` is ``before``, and becomes ``after``.

    Attributes:
        tokens: the span in tokens.
    """

    start: int
    end: int
    before: str
    after: str
    tokens: tuple[int, int]

    def meets(self, other: TokenEdit) -> bool:
        """Whether both lay hands on the same token, or one inserts where the other edits."""
        (a, b), (c, d) = self.tokens, other.tokens
        return (a <= d and c <= b) if a == b or c == d else (a < d and c < b)


def token_edits(before: str, after: str) -> tuple[TokenEdit, ...]:
    """The fewest token edits that make ``after`` of ``before``, in order.

    What was edited side by side is one edit, but words that keep their letters stand alone.
    What is put in or goes where several places would do is said of the first of them.

    >>> [(e.before, e.after) for e in token_edits("They dont know .", "They don't know.")]
    [(' dont', " don't"), (' .', '.')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    starts = [0]
    for token in old:
        starts.append(starts[-1] + len(token))
    edits: list[TokenEdit] = []
    for a, b, put in _stretches(old, new):
        a, b, put = _leftmost(old, a, b, put, edits[-1].tokens[1] if edits else 0)
        start, end = starts[a], starts[b]
        edits.append(TokenEdit(start, end, before[start:end], "".join(put), (a, b)))
    return tuple(edits)


_Stretch = tuple[int, int, list[str]]  # tokens from, to; what comes in their place


def _stretches(old: list[str], new: list[str]) -> Iterator[_Stretch]:
    """What differs between two tokens that stay."""
    from rapidfuzz.distance import Levenshtein

    at = put_at = 0
    for tag, a, b, c, d in [*Levenshtein.opcodes(old, new), ("equal", len(old), 0, len(new), 0)]:
        if tag == "equal":
            if a > at or c > put_at:
                yield from _parted(old, at, a, new[put_at:c])
            at, put_at = b, d


def _parted(old: list[str], a: int, b: int, put: list[str]) -> Iterator[_Stretch]:
    """A stretch, with the words at its ends that only changed their case or marks on their own."""
    tail: list[_Stretch] = []
    while a < b and put and _kin(old[a], put[0]):
        yield a, a + 1, put[:1]
        a, put = a + 1, put[1:]
    while a < b and put and _kin(old[b - 1], put[-1]):
        tail.append((b - 1, b, put[-1:]))
        b, put = b - 1, put[:-1]
    if a < b or put:
        yield a, b, put
    yield from reversed(tail)


def _kin(one: str, other: str) -> bool:
    letters = "".join(filter(str.isalnum, one.casefold()))
    return letters != "" and letters == "".join(filter(str.isalnum, other.casefold()))


def _leftmost(old: list[str], a: int, b: int, put: list[str], floor: int) -> _Stretch:
    """The same insertion or deletion as far left as it can be said; else as it is."""
    while a > floor and a == b and old[a - 1] == put[-1]:
        a, b, put = a - 1, b - 1, [put[-1], *put[:-1]]
    while a > floor and not put and old[a - 1] == old[b - 1]:
        a, b = a - 1, b - 1
    return a, b, put
