"""Quotation marks, read as a sequence: each paragraph's marks open and close in turn.

A mark with a blank in front and a word behind opens; one behind a word closes; what its own
neighbours leave open, the marks before and after it decide. Where the marks of a paragraph
can be paired, ``[with]`` ``mends`` says what is put right:

- ``direction``: a curly mark that points the wrong way, with the blank between it and its word;
- ``blanks``: blanks inside a quotation;
- ``foreign``: marks that are none in the language, such as guillemets in English, written as
  the article's own;
- ``partners``: nothing, but marks without a partner are shown.

Where they cannot be paired nothing is certain, and nothing is found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, refuse_unknown
from cleanup.rule import Needs, OptionError, Rule

_BLANKS = " \t\u00a0\u2009\u202f"
_OPENERS = "([{‘'/"
_DASHES = "—–-―"
_AFTER_CLOSE = ".,;:!?)]}…%"
_SIGNS = "$€£¥#@+~§"
_MOST_MARKS = 400  # in one paragraph: more is no prose

# What may be a mark. Two straight apostrophes and the like are one mark.
_NATIVE = expression('["“”„‟]')
_ANY = expression(
    "[\"“”„‟«»″〝〞〟＂「」『』]|′′|(?<!')''(?!')|(?<!`)``(?!`)|(?<![<>=])(?:<<|>>)(?![<>=])|(?<!,),,(?!,)"
)
_OPENS_ITSELF = frozenset(("„", "«", "“", "〝", "「", "『", "``", "<<", ",,", "‟"))
_CLOSES_ITSELF = frozenset(("»", "”", "〞", "〟", "」", "』", ">>"))
_NEVER_CLOSES = frozenset(("„", ",,", "``", "<<", "「", "『", "〝"))
_KINDS = {
    "straight": '"',
    "curly": "“ ” „ ‟",
    "guillemets": "« »",
    "corners": "「 」",
    "white corners": "『 』",
    "slanting": "〝 〞 〟",
    "full width": "＂",
    "primes": "″ ′′",
    "angles": "<< >>",
    "two singles": "'' `` ,,",
}
_FAMILIES = {mark: family for family, marks in _KINDS.items() for mark in marks.split()}
_SMALL = expression(r"(?<!\p{L})\p{Ll}[\p{L}\p{M}]*+")
_LOOKED_AT = 200  # code points of what is quoted
_IN_ANGLES = frozenset(("markup",))
_BETWEEN_CITED = frozenset(("and", "or", "to", "by", "for", "with", "et", "und"))
_MARKUP = expression(r"\\(?:begin|cite|emph|textbf|section)\b|'''|\[\[|^==", regex.MULTILINE)
_NEEDS = {
    "direction": (
        "“(?:[ \\x{a0}\\t]|[.,;:!?)…])",
        "(?m)“$",
        "[\\pL.,!?]“",
        "(?m)(?:^|[ \\x{a0}(])”[\\pL\\pN\\x{a0} ]",
        "„",
    ),
    "blanks": (
        '(?m)(?:^|[ \\x{a0}(])["“”][ \\x{a0}]',
        '[ \\x{a0}]["“”](?:[.,;:!?)]|[ \\x{a0}]*$)',
        '(?m)[ \\x{a0}]["“”]$',
        "“[ \\x{a0}]",
        "[ \\x{a0}]”",
    ),
    "partners": ('[“”]{2}|""\\pL|\\pL[.,!?]?""', "“[^”\\n]*“", "”[^“\\n]*”", "(?m)“[^”\\n]*$", "(?m)^[^“\\n]*”"),
    "foreign": (
        "[«»„‟″〝〞〟＂「」『』]",
        "′′",
        "(?:^|[^'])''(?:[^']|$)",
        "(?:^|[^`])``[^`]",
        "<<\\pL",
        "(?:^|[\\s(]),,\\pL",
    ),
}


class Mark(NamedTuple):
    """A quotation mark in its place.

    Attributes:
        start, end: where it stands.
        text: the mark.
        shape: ``O`` if what stands around it makes it an opening mark, ``C`` a closing one, else empty.
    """

    start: int
    end: int
    text: str
    shape: str

    @property
    def family(self) -> str:
        """Marks of one family pair with each other."""
        return _FAMILIES[self.text]

    @property
    def hinted(self) -> str:
        """Its shape, or else what the mark is by itself."""
        if self.shape:
            return self.shape
        return "O" if self.text in _OPENS_ITSELF else "C" if self.text in _CLOSES_ITSELF else ""


class Marks(Prepared):
    """What a card wants put right."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("mends",))
        mends = options.get("mends")
        if not isinstance(mends, str) or mends not in _NEEDS:
            raise OptionError("mends", f"mends must be one of {', '.join(_NEEDS)}, not {mends!r}")
        self.mends: str = mends


def prepare(options: Mapping[str, Any]) -> Marks:
    """Validate a card's options."""
    return Marks(options)


def needs(prepared: Marks) -> Needs:
    """A mark beside what should not stand there, or one that is none in the language."""
    return Needs(patterns=_NEEDS[prepared.mends])


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every mark that can be put right for certain."""
    mends = rule.prepared.mends
    straight = mends == "foreign" and _is_straight(article)
    markup = mends == "foreign" and _MARKUP.search(article.text) is not None
    pattern = _ANY if mends == "foreign" else _NATIVE
    for line in dict.fromkeys(article.line_at(match.start()) for match in finditer(pattern, article.text)):
        if mends == "direction":
            yield from _directions(article, rule, line)
        elif mends == "blanks":
            yield from _blanks(article, rule, line)
        elif mends == "foreign":
            yield from _foreign(article, rule, line, evidence, straight=straight, markup=markup)
        else:
            yield from _alone(article, rule, line)


def _directions(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    text = article.text
    marks = _marks(article, line, _NATIVE)
    if any(mark.text == "„" and text[mark.end : mark.end + 1].isalnum() for mark in marks):
        return  # German pairs „ “ and „ ” are right together: another rule's matter
    curly = [mark for mark in marks if mark.family == "curly"]
    roles = _roles(curly) or _singly(curly) or _roles(marks)
    for at, (mark, role) in enumerate(roles):
        if mark.family == "straight" or not role:
            continue
        partner, _ = roles[max(at - 1, 0) if role == "C" else min(at + 1, len(roles) - 1)]
        wanted = "“" if role == "O" else "”"
        # One that stands alone between blanks is sure of its role by its partner alone.
        if mark.text == wanted or not (mark.shape or partner.shape):
            continue
        if not mark.shape and all(beside and beside not in _BLANKS for beside in _beside(text, line, mark)):
            continue  # nothing parts it from either side
        if not _encloses_a_joint(text, mark, partner):
            start, end = _with_blanks(text, line, mark, role)
            yield rule.finding(start, end, wanted)


def _encloses_a_joint(text: str, one: Mark, other: Mark) -> bool:
    """Whether only a word stands between two marks that joins two quotations: “yes ”and“ no”."""
    first, second = sorted((one, other))
    return text[first.end : second.start].strip(_BLANKS) in _BETWEEN_CITED


def _blanks(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    marks = _marks(article, line, _NATIVE)
    if any(mark.text in "„‟" for mark in marks):
        return
    roles = _roles(marks)
    if any(mark.family == "curly" and mark.text != ("“" if role == "O" else "”") for mark, role in roles):
        return  # first they have to be turned round
    for mark, role in roles:
        start, end = _with_blanks(article.text, line, mark, role)
        if (start, end) != (mark.start, mark.end):
            outer = mark.start if role == "O" else mark.end
            # The blank may be on the wrong side of the mark: `said" word` is another fault.
            if outer in (line.start, line.end) or not article.text[outer - (role == "O")].isalnum():
                # References have this one too, so that no count can vouch for it.
                tier: Tier = "unsafe" if role == "C" and outer == line.end else "safe"
                yield rule.finding(start, end, mark.text, tier=tier)


def _foreign(
    article: Article, rule: Rule, line: Span, evidence: Evidence, *, straight: bool, markup: bool
) -> Iterator[Diagnostic]:
    text = article.text
    marks = _marks(article, line, _ANY)
    for family in dict.fromkeys(mark.family for mark in marks):
        members = [mark for mark in marks if mark.family == family]
        if family == "straight" or (family == "curly" and all(mark.text in "“”" for mark in members)):
            continue
        if (markup and family == "two singles") or not _is_prose(article, line, family, members):
            continue
        roles = _roles(members)
        if not roles and family in ("curly", "two singles", "guillemets", "primes"):
            roles = [(mark, role) for mark, role in _roles(marks) if mark.family == family]
        if len(roles) % 2 and any(not _is_attached(text, line, mark, role) for mark, role in roles):
            continue
        if _is_cited(text, roles) or any(_is_beside_another(text, line, mark) for mark, _ in roles):
            continue
        cited = _cited_passages(text, roles, evidence)
        for mark, role in roles:
            if mark in cited:
                continue
            wanted = '"' if straight else "“" if role == "O" else "”"
            start, end = _with_blanks(text, line, mark, role)
            if text[start:end] != wanted:
                yield rule.finding(start, end, wanted)


def _alone(article: Article, rule: Rule, line: Span) -> Iterator[Diagnostic]:
    """Marks written twice, and curly ones without a partner in their paragraph."""
    text = article.text
    marks = _marks(article, line, _NATIVE)
    for one, other in pairwise(marks):
        if one.end == other.start and one.text == other.text:
            yield rule.finding(one.start, other.end)
            return
    if text[line.start].islower() or text[line.end - 1] not in '.!?…”"':
        return  # a broken line: the partner stands in another
    waiting: list[Mark] = []
    for mark in marks:
        if mark.text == "“":
            waiting.append(mark)
        elif mark.text == "”" and waiting:
            waiting.pop()
        elif mark.text == "”":
            yield rule.finding(mark.start, mark.end)
            return
    following = article.lines[bisect_right(article.lines, line) :][:1]
    # A quotation that goes on in the next paragraph is opened there again.
    if len(waiting) == 1 and waiting[0].shape == "O" and not any(text[at.start] == "“" for at in following):
        yield rule.finding(waiting[0].start, waiting[0].end)


def _is_prose(article: Article, line: Span, family: str, marks: Sequence[Mark]) -> bool:
    """Whether these marks are used as quotation marks, not as arrows, inches or markup."""
    text = article.text
    if family in ("two singles", "primes") and any(text[m.start - 1 : m.start].isdigit() for m in marks if m.start):
        return False
    if family == "angles":
        return len(marks) % 2 == 0 and [mark.shape for mark in marks] == ["O", "C"] * (len(marks) // 2)
    if family == "guillemets":
        inside = text[line.start : line.end]
        return "|" not in inside and ("«" in inside or all(mark.shape for mark in marks))
    return True


def _cited_passages(text: str, roles: Sequence[tuple[Mark, str]], evidence: Evidence) -> set[Mark]:
    """Marks around what is quoted in another language: „bis gleich“ on a note."""
    cited: set[Mark] = set()
    for (one, role), (other, _) in pairwise(roles):
        words = _SMALL.findall(text, one.end, min(other.start, one.end + _LOOKED_AT)) if role == "O" else []
        if words and 2 * sum(map(evidence.is_word, words)) <= len(words):
            cited |= {one, other}
    return cited


def _is_cited(text: str, roles: Sequence[tuple[Mark, str]]) -> bool:
    """Whether the marks themselves are spoken of: « and »."""
    for (one, role), (other, _) in pairwise(roles):
        inside = text[one.end : other.start]
        first = inside.split()[:1]
        if role == "O" and (not any(map(str.isalnum, inside)) or (inside[0] in _BLANKS and first[0] in _BETWEEN_CITED)):
            return True
    return not roles


def _is_straight(article: Article) -> bool:
    """Whether the article writes straight quotation marks; curly if it shows neither kind."""
    straight, curly = article.text.count('"'), article.text.count("“") + article.text.count("”")
    if straight == curly == 0:
        return "'" in article.text.replace("''", "") and "’" not in article.text
    return straight > curly


def _beside(text: str, line: Span, mark: Mark) -> tuple[str, str]:
    """The characters in front of and behind a mark; empty at the ends of the line."""
    return text[max(mark.start - 1, line.start) : mark.start], text[mark.end : min(mark.end + 1, line.end)]


def _is_attached(text: str, line: Span, mark: Mark, role: str) -> bool:
    """Whether a mark touches the word that it belongs to."""
    beside = _beside(text, line, mark)[role == "O"]
    return bool(beside) and beside not in _BLANKS


def _is_beside_another(text: str, line: Span, mark: Mark) -> bool:
    """Whether a native mark stands directly beside this one: two quotations begin or end there."""
    return any(beside and beside in '"“”' for beside in _beside(text, line, mark))


def _marks(article: Article, line: Span, pattern: regex.Pattern[str]) -> list[Mark]:
    text = article.text
    marks = []
    for match in finditer(pattern, text, *line):
        start, end = match.span()
        # What stands between << and >> looks like markup to those who look for that.
        if article.protection(start, end) <= (_IN_ANGLES if match.group() in ("<<", ">>") else frozenset()):
            marks.append(Mark(start, end, match.group(), _shape(text, line, start, end)))
        if len(marks) > _MOST_MARKS:
            return []
    return marks


def _shape(text: str, line: Span, start: int, end: int) -> str:
    """``O`` or ``C`` where a mark's neighbours decide, else empty."""
    left = text[start - 1] if start > line.start else ""
    right = text[end] if end < line.end else ""
    if not left or not right:
        return "C" if left else "O" if right else ""
    begins = right.isalnum() or right in _OPENERS or right in _SIGNS
    if left in _BLANKS:
        if right in _BLANKS:
            return ""
        return "O" if begins else "C" if right in _AFTER_CLOSE and text[end : end + 2] not in ("..", ". ") else ""
    if left in _OPENERS or left in _DASHES:
        return "O" if begins else "C" if right in _BLANKS and left in _DASHES else ""
    if right in _BLANKS or right in _AFTER_CLOSE or right in _DASHES or right in "'’/":
        return "C"
    return ""


def _roles(marks: Sequence[Mark]) -> list[tuple[Mark, str]]:
    """Each mark with its role, ``O`` or ``C``, if the marks can be paired; else nothing."""
    if not marks:
        return []
    for shapes in ([mark.hinted for mark in marks], [mark.shape for mark in marks]):
        for first in "OC":
            turns = ["OC"[(at + (first == "C")) % 2] for at in range(len(marks))]
            if _fits(marks, shapes, turns):
                return list(zip(marks, turns, strict=True))
        if all(shapes) and _is_nested(shapes):
            return list(zip(marks, shapes, strict=True))
    return []


def _fits(marks: Sequence[Mark], shapes: Sequence[str], turns: Sequence[str]) -> bool:
    """Whether opening and closing in turn agrees with every shape, and something vouches for it."""
    if any(shape and shape != turn for shape, turn in zip(shapes, turns, strict=True)):
        return False
    if any(mark.text in _NEVER_CLOSES and turn == "C" for mark, turn in zip(marks, turns, strict=True)):
        return False
    # A quotation may have begun before the paragraph or end behind it, but that has to be seen.
    if (turns[0] == "C" != shapes[0]) or (turns[-1] == "O" != shapes[-1]):
        return False
    # Without one shape to go by, an even number of marks begins with one that opens.
    return any(shapes) or (len(marks) % 2 == 0 and turns[0] == "O")


def _is_nested(shapes: Sequence[str]) -> bool:
    """Whether marks pair, quotations within quotations allowed."""
    depths = list(accumulate(1 if shape == "O" else -1 for shape in shapes))
    return depths[-1] == 0 and set(depths) <= {0, 1, 2}


def _singly(marks: Sequence[Mark]) -> list[tuple[Mark, str]]:
    """Where a paragraph's marks cannot all be paired: those that fit between their neighbours."""
    shapes = [mark.shape for mark in marks]
    opposite = {"O": "C", "C": "O"}
    roles = []
    for at, mark in enumerate(marks):
        beside = [*shapes[max(at - 1, 0) : at], *shapes[at + 1 : at + 2]]
        fits = mark.shape and beside and all(shape == opposite[mark.shape] for shape in beside)
        roles.append((mark, mark.shape if fits else ""))
    return roles if any(role for _, role in roles) else []


def _with_blanks(text: str, line: Span, mark: Mark, role: str) -> tuple[int, int]:
    """The span of a mark with the blanks between it and what it encloses."""
    start, end = mark.start, mark.end
    if role == "C":
        while start > line.start and text[start - 1] in _BLANKS:
            start -= 1
        return (start if start > line.start else mark.start), end
    while end < line.end and text[end] in _BLANKS:
        end += 1
    return start, (end if end < line.end else mark.end)
