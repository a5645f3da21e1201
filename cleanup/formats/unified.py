"""The changes as a patch that ``patch -p1`` and ``git apply`` take.

Made from the changes themselves: no lines are compared, so a large text costs no more than
its changes, and a line ends at a line feed and nowhere else, as in those two programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleanup.formats.passages import Lines

if TYPE_CHECKING:
    from cleanup.report import Report

_CONTEXT = 3
_NO_NEWLINE = "\\ No newline at end of file\n"
_QUOTED = {"\n": r"\n", "\t": r"\t", "\r": r"\r", '"': r"\"", "\\": r"\\"}


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines ``[first, last)`` of the original, from 0, that become ``new``."""

    first: int
    last: int
    new: list[str]


def unified_diff(report: Report, path: str) -> str:
    """A patch of the body of ``report``; empty if nothing changed.

    Args:
        report: what was found.
        path: the file to name in the patch, relative to where it will be applied.
    """
    blocks = _blocks(report)
    if not blocks:
        return ""
    old = _split(report.original)
    pieces = [f"--- {_name('a', path)}\n", f"+++ {_name('b', path)}\n"]
    grown = 0
    for hunk in _hunks(blocks):
        pieces.append(_header(old, hunk, grown))
        pieces += _body(old, hunk)
        grown += sum(len(block.new) - (block.last - block.first) for block in hunk)
    return "".join(pieces)


def _split(text: str) -> list[str]:
    lines = text.split("\n")
    whole = [line + "\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole


def _blocks(report: Report) -> list[_Block]:
    """The lines that changes touch, as few as possible, in order."""
    text = report.original
    lines = Lines(text)
    count = len(lines.starts) - (lines.starts[-1] == len(text))
    spans: list[tuple[int, int, list[tuple[int, int, str]]]] = []
    for change in report.changes:
        if change.field != "body":
            continue
        first = min(lines.number(change.start), count) - 1
        last = min(lines.number(change.end), count)
        edit = (change.start, change.end, change.after)
        if spans and first < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(last, before[1]), [*before[2], edit]))
        else:
            spans.append((first, last, [edit]))
    starts = [*lines.starts[:count], len(text)]
    made = (_trimmed(text, starts, first, last, edits) for first, last, edits in spans)
    return [block for block in made if block.new or block.last > block.first]


def _trimmed(text: str, starts: list[int], first: int, last: int, edits: list[tuple[int, int, str]]) -> _Block:
    pieces: list[str] = []
    at = starts[first]
    for start, end, after in edits:
        pieces += (text[at:start], after)
        at = end
    new = _split("".join((*pieces, text[at : starts[last]])))
    while first < last and new and new[0] == text[starts[first] : starts[first + 1]]:
        first += 1
        del new[0]
    while first < last and new and new[-1] == text[starts[last - 1] : starts[last]]:
        last -= 1
        del new[-1]
    return _Block(first, last, new)


def _hunks(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Blocks whose context would meet go into one hunk."""
    hunk: list[_Block] = []
    for block in blocks:
        if hunk and block.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    yield hunk


def _reach(old: list[str], hunk: list[_Block]) -> tuple[int, int]:
    return max(hunk[0].first - _CONTEXT, 0), min(hunk[-1].last + _CONTEXT, len(old))


def _header(old: list[str], hunk: list[_Block], grown: int) -> str:
    first, last = _reach(old, hunk)
    was = last - first
    now = was + sum(len(block.new) - (block.last - block.first) for block in hunk)
    # An empty side is said to follow the line before it.
    return f"@@ -{first + (was > 0)},{was} +{first + grown + (now > 0)},{now} @@\n"


def _body(old: list[str], hunk: list[_Block]) -> Iterator[str]:
    at, last = _reach(old, hunk)
    for block in hunk:
        yield from _lines(" ", old[at : block.first])
        yield from _lines("-", old[block.first : block.last])
        yield from _lines("+", block.new)
        at = block.last
    yield from _lines(" ", old[at:last])


def _lines(sign: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield sign + line
        if not line.endswith("\n"):
            yield "\n" + _NO_NEWLINE


def _name(side: str, path: str) -> str:
    """``path`` as git writes it: quoted if it holds what would end the name early."""
    name = f"{side}/{path.lstrip('/')}"
    if any(character < " " or character in '"\\\x7f' or "\ud800" <= character <= "\udfff" for character in name):
        return '"' + "".join(map(_quoted, name)) + '"'
    return f"{name}\t" if " " in name else name


def _quoted(character: str) -> str:
    if character in _QUOTED:
        return _QUOTED[character]
    if character < " " or character == "\x7f" or character > "~":
        return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
    return character
