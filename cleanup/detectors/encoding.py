"""UTF-8 that was read as another encoding.

Each character of such text has become two to four odd ones, and which ones is known: they
are the bytes of its UTF-8 form as a code page shows them. So the way back is looked for
sequence by sequence, for each code page that is met with, twice over if need be. A sequence
that could also be a letter and a mark behind it is believed only beside one that could not.
What that leaves is offered to ftfy, a line at a time, for the encoding only: quotation marks,
ligatures, widths and line ends are none of its business here.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_LATIN = expression(r"\p{Latin}")
_GLUE = frozenset(".,;:!?)%]")  # marks that no capital stands directly behind
# What may stand behind a letter or sign in right text, so that the two prove nothing.
_BEHIND_LETTER = frozenset("\u00a0\u00ad’”“‘–—…›»«‹†‡™®ªº¹²³·´¨„‚•")
_BEHIND_ROOT = frozenset("π∞±≤≥∑∏∂∫Ωµ≠ªº°ß")  # mathematics, in front of which a sign is right
_ROMANIAN = frozenset("ŞşŠšŽž")
_MAC_THREES = ("‚Ä", "‚Ç", "‚Ñ")  # how punctuation begins that was read as MacRoman
_DEEPEST = 4  # times that a text may have been read wrongly


class _CodePage(NamedTuple):
    """A code page that UTF-8 is taken for, and what its sequences look like there."""

    name: str
    byte: Mapping[str, int]
    run: regex.Pattern[str]  # sequences that follow directly upon each other
    sequence: regex.Pattern[str]


def _code_page(name: str) -> _CodePage:
    shown: dict[int, set[str]] = {}
    for byte in range(0x80, 0x100):
        shown[byte] = {bytes([byte]).decode(name, "ignore") or chr(byte)}
        if name == "cp1252":
            shown[byte].add(chr(byte))  # Latin-1, and what the page leaves open

    def one_of(first: int, last: int) -> str:
        return "[" + regex.escape("".join(sorted(set().union(*(shown[b] for b in range(first, last + 1)))))) + "]"

    trail = one_of(0x80, 0xBF)
    sequence = "|".join((
        f"{one_of(0xC2, 0xDF)}{trail}",
        f"{one_of(0xE0, 0xE0)}{one_of(0xA0, 0xBF)}{trail}",
        f"{one_of(0xE1, 0xEF)}{trail}{{2}}",
        f"{one_of(0xF0, 0xF0)}{one_of(0x90, 0xBF)}{trail}{{2}}",
    ))  # fmt: skip
    byte_of = {c: b for b, characters in shown.items() for c in characters}
    return _CodePage(name, byte_of, expression(f"(?:{sequence})++"), expression(sequence))


class CodePages(Prepared):
    """The code pages, made at first use: a wheel brings their expressions along."""

    @cached_property
    def pages(self) -> tuple[_CodePage, ...]:
        """In the order in which they are tried."""
        return tuple(map(_code_page, ("cp1252", "mac_roman", "cp437", "cp850", "cp1250", "cp1251", "cp1253")))


# Â is what is left of a no-break space whose second half became a blank; à is Ã and such a space.
_LOST_SPACE = expression(r"(?<=[\p{Ll}\p{Nd}.,;:!?)%]|Ã[\x82‚])Â(?=[ \r\n]|\Z)")
_LOST_GRAVE = expression(r"(?<=[\p{Ll}])Ã[ ]?(?=[ .,;:!?])")

# What wakes the rule: a sequence as any of the code pages shows it. Leads of other scripts'
# letters are asked for their like once more, since dashes and accents follow each other.
_TRAIL = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_HIGH = r"[^\x00-\x7f]"
_WAKES = (
    f"[\u00c2-\u00c6\u00c8-\u00cd]{_TRAIL}",
    f"[\u00ce-\u00df]{_TRAIL}[\u00ce-\u00df]{_TRAIL}",
    f"[\u00e0-\u00ef]{_TRAIL}{{2}}[\u00e0-\u00ef]{_TRAIL}{{2}}",
    f"\u00e2{_HIGH}{{2}}|[\u0432\u03b2\u0393\u00d4][\u0402\u20ac\u201a\u201e\u00c7\u00e9\u00e4\u00e5\u00ea]{_HIGH}",
    f"[\u0393\u00d4]\u00a3{_HIGH}|[\u00f0\u011f\u0440][\u0178\u009f\u045f]|\u00ef(?:\u00bb\u00bf|\u00ac|\u00bc)",
    "[\u00ac\u221a\u0192\u2248\u2206][\u00a2-\u00ff\u2020-\u2022\u2122\u2202-\u2265\u03a9\u03c0]",
    "\u00ac\u2020|[\u221a\u0192\u2248][\u00c4-\u00dc]|\u201a[\u00c4\u00c7\u00d1\u00e0]",
    f"[\u2013\u2014]{_HIGH}[\u2013\u2014]{_HIGH}[\u2013\u2014]|[\u2568\u2564]{_HIGH}[\u2568\u2564]",
    "[\u00c2\u00c4\u0102\u0139][\u0104\u0105\u013d\u013e\u0141\u0142\u0158-\u0165\u0179-\u017c\u02c7\u02d8\u02db\u02dd\u0080-\u00bf\u2013-\u2122]",
    f"[A-Za-z][\u0412-\u0415\u0392-\u0395\u251c\u252c\u253c\u2500]{_HIGH}",
    f"[\u0413\u0393\u251c\u253c\u2500]{_HIGH}[A-Za-z]",
    "[\u0420\u0421][^\\x00-\\x7f\u0430-\u044f\u0410-\u042f][\u0420\u0421][^\\x00-\\x7f\u0430-\u044f\u0410-\u042f]",
    r"[\p{Ll}0-9.,;:!?)%]Â(?:[ \r\n]|$)|\p{Ll}Ã[ .,;:!?]",
)
_WOKEN = expression("|".join(_WAKES).replace("$", r"\Z"))

# A lead and a first trailing byte, for what is left to ftfy.
_PAIR = expression(
    "[\u00c2-\u00f4\u0412-\u045f\u221a\u0393\u0102\u0103\u0100-\u0113]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u00ac\u2260-\u2265 ]"
)
_PAIR_LENGTH = 2
_AFTER_A_LETTER = " \u00a0“”‘’"  # what may follow a letter that is cited by itself
_LONGEST = 4_000  # code points of a line that ftfy looks at together
_SEQUENCE = 4  # characters that one may have become
_WORD = 64  # code points within which a piece is sought to end at a blank
_LEFT_OVER = expression(r"[ÂÃ](?![\p{L}\p{M}])")


def prepare(options: Mapping[str, Any]) -> CodePages:
    """The card has no options."""
    refuse_unknown(options)
    return CodePages()


def needs(prepared: CodePages) -> Needs:
    """A sequence that mojibake cannot do without."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each line, or piece of a long one, that reads better in another encoding."""
    text = article.text
    woken = [match.start() for match in finditer(_WOKEN, text)]
    left: set[Span] = set()
    for line in dict.fromkeys(map(article.line_at, woken)):
        edits = tuple(_restored(article, line, rule.prepared.pages))
        if edits:
            yield _finding(article, rule, edits)
        else:
            left.add(line)
    pieces = dict.fromkeys(_piece(text, line, at) for at in woken if (line := article.line_at(at)) in left)
    for start, end in pieces:
        piece = text[start:end]
        strong = [start + m.start() for m in finditer(_PAIR, piece) if _is_strong(piece, m.start())]
        mended = _fixed(piece) if strong else piece
        every = _edits(piece, mended, start) if mended != piece else ()
        edits = tuple(e for e in every if bisect_left(strong, e.start - 3) < bisect_left(strong, e.end))
        # Two characters behind a capital or a blank were weighed above, and found too light.
        edits = tuple(e for e in edits if e.end - e.start > _PAIR_LENGTH or text[e.start - 1 : e.start].islower())
        if edits:
            yield _finding(article, rule, edits)


def _finding(article: Article, rule: Rule, edits: tuple[Edit, ...]) -> Diagnostic:
    first = edits[0]
    shown = f"{article.text[first.start : first.end]} -> {first.replacement}"
    return rule.finding(first.start, edits[-1].end, edits=edits, evidence=shown)


# --- sequence by sequence


class _Run(NamedTuple):
    """Sequences of one code page that follow upon each other, and what they stood for."""

    start: int
    end: int
    means: str
    certain: bool


def _restored(article: Article, line: Span, pages: tuple[_CodePage, ...]) -> Iterator[Edit]:
    """The edits that undo every sequence of a line, if one of them is certain."""
    found: list[Edit] = []
    taken: set[int] = set()
    for page in pages:
        runs = [run for m in finditer(page.run, article.text, *line) if (run := _run(article, page, m.span()))]
        runs = [run for run in runs if taken.isdisjoint(range(run.start, run.end))]
        if any(run.certain for run in runs):
            found += (_edit(article.text, run) for run in runs)
            taken.update(at for run in runs for at in range(run.start, run.end))
    text = article.text
    for pattern, after in ((_LOST_SPACE, ""), (_LOST_GRAVE, "à")):
        found += (Edit(*m.span(), after) for m in finditer(pattern, text, *line) if _is_free(article, *m.span()))
    end = line.start
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


def _is_free(article: Article, start: int, end: int) -> bool:
    return not article.protection(start, end) & {"code", "kept"} and not is_cited(article.text, start, end)


def _run(article: Article, page: _CodePage, span: tuple[int, int]) -> _Run | None:
    """What the sequences at ``span`` stood for; ``None`` if for nothing that people write."""
    start, end = span
    shown = article.text[start:end]
    means = _meaning(page, shown)
    cut = article.text[max(start - 1, 0) : start + 1] in _MAC_THREES and page.name != "mac_roman"
    if cut or not means or not _is_free(article, start, end):
        return None
    certain = any(
        _is_certain(article.text, page, start + m.start(), start + m.end(), span)
        for m in page.sequence.finditer(shown)
    ) or _is_foreign_word(page, shown)  # fmt: skip
    if means == "Â" and not article.text[end : end + 2].removeprefix("Â")[:1].isalpha():
        means = ""  # what is left of a no-break space that was read wrongly twice
    return _Run(start, end, means.replace("\ufeff", ""), certain)


def _meaning(page: _CodePage, shown: str) -> str:
    for _ in range(_DEEPEST):
        shown = page.run.sub(lambda m: bytes(page.byte[c] for c in m.group()).decode("utf-8", "replace"), shown)
        if not page.run.search(shown):
            break
    return shown if all(map(_is_written, shown)) else ""


def _is_written(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs") and character != "\ufffd"


def _edit(text: str, run: _Run) -> Edit:
    """A combining mark goes with the letter that it stands on."""
    start, means = run.start, run.means
    if means and unicodedata.combining(means[0]) and start and not text[start - 1].isspace():
        start, means = start - 1, text[start - 1] + means
    return Edit(start, run.end, means)


def _is_foreign_word(page: _CodePage, shown: str) -> bool:
    """Whether sequences make a word of another script, long enough not to be chance."""
    once = [bytes(page.byte[c] for c in m.group()).decode("utf-8", "replace") for m in page.sequence.finditer(shown)]
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in once}
    if len(scripts) != 1 or not all(c.isalpha() for c in once) or scripts == {"LATIN"}:
        return False
    return len(once) >= (2 if page.name == "cp1252" else 3)


def _is_certain(text: str, page: _CodePage, start: int, end: int, run: tuple[int, int]) -> bool:
    """Whether ``text[start:end]`` cannot be anything but one character's UTF-8."""
    lead, second, trail = page.byte[text[start]], page.byte[text[start + 1]], text[end - 1]
    before, after = text[run[0] - 1 : run[0]] if run[0] else "", text[run[1] : run[1] + 1]
    if end - start == 4:
        return True
    if end - start == 3:
        # Punctuation and signs; other blocks need company, since dashes follow letters.
        if lead == 0xE2:
            return second <= 0x8B or text[start + 1] not in _BEHIND_LETTER
        return lead == 0xEF and page.name == "cp1252" and second in (0xAC, 0xBB, 0xBC)
    if page.name in ("cp1252", "cp1250"):
        known = lead <= 0xC5 or lead == 0xC8 or unicodedata.category(trail) == "Cc"
        means = bytes((lead, second)).decode()
        return known and _is_certain_letter(text[start:end], means, before, text[run[1] : run[1] + 2], page.name)
    if lead > 0xC5:
        return False
    if page.name == "mac_roman":
        return _is_certain_sign(text, trail, *run)
    beside = [bool(_LATIN.match(c)) for c in (before, after)]
    if any(c.isalpha() and not latin for c, latin in zip((before, after), beside, strict=True)):
        return False  # a letter of a Cyrillic or Greek word
    return all(beside) if "\u2500" <= trail <= "\u259f" else any(beside)


def _is_certain_letter(pair: str, means: str, before: str, after: str, page: str) -> bool:
    """A capital and a mark, glued to what no capital is glued to, or a mark that follows none."""
    lead, trail = pair[0], pair[1]
    if before.islower() or before.isdigit() or (before in _GLUE and before):
        return True
    if page == "cp1250" and (trail in _ROMANIAN or (trail.isupper() and after[:1].isupper())):
        return False  # letters of Romanian and Slovak
    if trail not in _BEHIND_LETTER:
        return not (lead == "Å" and trail == "°")
    if pair == "Ã\u00a0" and after[:1] == " ":
        return True
    if pair == "Ã¨" and before in ("", " ") and after[:1] == " ":
        return True  # the word è
    if lead == "Å" and trail in "·–—":  # a unit
        return False
    # MAÇÃ—a and MAÇÃ–suco are capitals with a dash: what makes a word of them must suit its case.
    if not means.isalpha() or not after[:1].isalpha() or (before.isalpha() and not means.islower()):
        return False
    owns = trail == "’" and after[0] in "sS" and not after[1:].isalpha()
    return not owns and (after[0].islower() or not before.isalpha())


def _is_certain_sign(text: str, trail: str, start: int, end: int) -> bool:
    """A root, a florin or an approximation and a letter: never, but for mathematics."""
    if trail not in _BEHIND_ROOT:
        return True
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if trail == "∞" and text[end - 2] == "¬":
        return after[:1] in ("C", "F") or before[-1:].isdigit()
    if any(len(pair) == 2 and pair.isalpha() for pair in (before, after)):
        return True
    return trail == "π" and before[-1:] in ("o", "O") and not before[:-1].isalpha() and not after[:1].isalnum()


# --- what is left: ftfy


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
        if not line.start < at < line.end or not _WOKEN.match(text, at - 1):
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
