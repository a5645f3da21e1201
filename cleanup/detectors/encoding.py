"""UTF-8 that was read as another encoding, put right by ftfy.

ftfy is asked for the encoding only: quotation marks, ligatures, widths and line ends are
none of its business here. It sees one line at a time, and only lines that hold a sequence
that mojibake cannot do without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, refuse_unknown
from cleanup.rule import Needs, Rule

# The lead byte of a UTF-8 sequence and a first trailing byte, as Latin-1, the Windows
# code pages and MacRoman show them.
_SUSPECT = (
    "[\u00c2-\u00f4\u0412-\u045f\u221a\u0393\u0102\u0103\u0100-\u0113]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u00ac\u2260-\u2265 ]"
)

_PAIR = expression(_SUSPECT)
_LONGEST = 4_000  # code points of a line that are looked at together
_SEQUENCE = 4  # characters that one may have become
_WORD = 64  # code points within which a piece is sought to end at a blank
_AFTER_A_LETTER = " \u00a0“”‘’"  # what may follow a letter that is cited by itself
_LEFT_OVER = expression(r"[ÂÃ](?![\p{L}\p{M}])")


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A pair of characters that mojibake cannot do without."""
    return Needs(patterns=(_SUSPECT,))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each line, or piece of a long one, that reads better in another encoding."""
    text = article.text
    pieces = dict.fromkeys(
        _piece(text, article.line_at(match.start()), match.start()) for match in finditer(_PAIR, text)
    )
    for start, end in pieces:
        piece = text[start:end]
        strong = [start + m.start() for m in finditer(_PAIR, piece) if _is_strong(piece, m.start())]
        mended = _fixed(piece) if strong else piece
        every = _edits(piece, mended, start) if mended != piece else ()
        edits = tuple(e for e in every if bisect_left(strong, e.start - 3) < bisect_left(strong, e.end))
        if edits:
            first = edits[0]
            shown = f"{piece[first.start - start : first.end - start]} -> {first.replacement}"
            yield rule.finding(edits[0].start, edits[-1].end, edits=edits, evidence=shown)


def _piece(text: str, line: Span, at: int) -> Span:
    """The stretch of a line to look at as one: aligning two versions of it takes the square."""
    if line.end - line.start <= _LONGEST:
        return line
    number = (at - line.start) // _LONGEST
    start = _cut(text, line, line.start + number * _LONGEST)
    end = _cut(text, line, line.start + (number + 1) * _LONGEST)
    if at < start:  # the cut was moved behind it: the last character of the piece before
        start, end = _cut(text, line, start - _LONGEST), start
    first, last = max(start - _WORD, line.start), min(end + _WORD, line.end)
    return Span(text.rfind(" ", first, start) + 1 or start, text.find(" ", end, last) + 1 or end)


def _cut(text: str, line: Span, at: int) -> int:
    """``at``, or the next place where no suspect pair is cut in two."""
    at = max(min(at, line.end), line.start)
    for _ in range(_SEQUENCE):
        if not line.start < at < line.end or not _PAIR.match(text, at - 1):
            break
        at += 1
    return at


def _is_strong(line: str, at: int) -> bool:
    """Whether a suspect pair can hardly be a letter and a space: Ã and Â are letters too."""
    return line[at + 1] not in _AFTER_A_LETTER or line[at - 1 : at].isalpha()


def _fixed(line: str) -> str:
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if any("\ud800" <= c <= "\udfff" for c in line) or not is_bad(line):
        return line
    mended = fix_encoding(line)
    # A repair that leaves the line as bad as it was, or loses characters, is no repair.
    worse = len(mended) >= len(line) or "\ufffd" in mended or "\n" in mended or "\r" in mended
    return line if worse or is_bad(mended) or _LEFT_OVER.search(mended) else mended


def _edits(line: str, mended: str, base: int) -> Iterator[Edit]:
    from rapidfuzz.distance import Indel

    # Indel has no substitutions, so what ftfy replaced comes as a deletion beside an
    # insertion: gather what touches.
    start = end = -1
    written = ""
    for step in Indel.opcodes(line, mended):
        if step.tag == "equal":
            if start >= 0:
                yield Edit(base + start, base + end, written)
            start, written = -1, ""
            continue
        start = step.src_start if start < 0 else start
        end = step.src_end
        written += mended[step.dest_start : step.dest_end]
    if start >= 0:
        yield Edit(base + start, base + end, written)
