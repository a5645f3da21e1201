"""A mark inside a text with no blank behind it: two sentences or clauses glued together.

What stands on both sides decides. A sentence is taken apart where a word that may end one
meets a capital that may begin one: a word of the card's ``openers`` behind any word, any
other behind a word in lower case. A clause is taken apart where a comma or semicolon parts
two words. A blank that slipped in front of the mark (``said .According``) moves behind it.
Straight quotation marks are counted from the start of the line, to know which side of the
mark a blank belongs to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, finditer_near, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_ABOUT_CODE = expression(
    r"\b(?:JavaScript|TypeScript|Python|Golang|C#|VBA|callbacks?|namespaces?|DOM|API|APIs|compilers?|goroutines?"
    r"|event handlers?|source code|stdin|stdout|syntax|subclass(?:es)?|workbooks?|instantiat\w+)\b"
)
_OPTIONS = {"marks", "openers", "attributions", "never-left", "never-right"}

_SIDES = r"""(?<![^\s“"‘'(«\[—–]|[\p{{L}}\p{{N}}][(\[])
    (?P<left>\p{{L}}[\p{{L}}\p{{M}}]*+(?:['’-]\p{{L}}[\p{{L}}\p{{M}}]*+){{0,4}}+|\p{{Nd}}{{2,8}}+%?)
    (?P<bracket>\)?)(?P<inner>["”’]?)(?P<gap>[ \u00a0]?)
    (?P<mark>{marks})(?P<quote>(?:["”“‘]|[’”]{{2}}|(?<!\p{{L}}[’'])’)?)
    (?P<right>{right}[\p{{L}}\p{{M}}]*+(?:['’-]\p{{L}}[\p{{L}}\p{{M}}]*+){{0,4}}+)
    (?!['’-]?[\p{{L}}\p{{N}}_@&/\\(=<>{{}}|*+#\[]|[.,:;?!]["”’“]?[\p{{L}}\p{{N}}])"""
_MARKS = {
    "sentence": expression(_SIDES.format(marks=r"[.?!]|\?!", right=r"\p{Lu}"), regex.VERBOSE),
    "clause": expression(_SIDES.format(marks=r'[,;]|[?!](?=["”]\p{Ll})', right=r"\p{L}"), regex.VERBOSE),
}
_NEEDS = {
    "sentence": (
        r'(?:\pL\pL|\pM|\pN|[%)"”’])[.?!]["”’“‘]?\p{Lu}',
        r'\pL["”’)]?[ \x{a0}][.?!]["”’“‘]?\p{Lu}',
    ),
    "clause": (
        r'(?:\pL\pL|\pM|[%)"”’])[,;]["”’“‘]?\pL[\pL ]',
        r'\pL[?!]["”]\p{Ll}',
        r'\pL["”’)]?[ \x{a0}][,;]["”’“‘]?\pL',
    ),
}
_STRAIGHT = expression('"')
_PROSE = 4  # words that a line has at least
_SHORTEST = 2  # letters of a word beside a mark


class Seams(Prepared):
    """A card's word lists."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.marks = str(options.get("marks"))
        if self.marks not in _MARKS:
            raise OptionError("marks", f"marks must be one of {', '.join(sorted(_MARKS))}, not {self.marks!r}")
        self.openers = frozenset(string_list(options, "openers"))
        self.attributions = frozenset(string_list(options, "attributions"))
        self.never_left = frozenset(word.lower() for word in string_list(options, "never-left"))
        self.never_right = frozenset(word.lower() for word in string_list(options, "never-right"))


def prepare(options: Mapping[str, Any]) -> Seams:
    """Validate a card's word lists."""
    return Seams(options)


def needs(prepared: Seams) -> Needs:
    """A mark between two letters, or a blank on the wrong side of one."""
    return Needs(patterns=_NEEDS[prepared.marks])


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every seam between words that may stand there."""
    seams: Seams = rule.prepared
    lines = _Lines(article)
    for match in finditer_near(article, rule, _MARKS[seams.marks]):
        if not lines.is_prose(match.start()):
            continue
        tier = _certainty(match, seams, article, evidence)
        if tier == "safe" and seams.marks == "sentence" and lines.are_about_code:
            tier = "unsafe"  # os.Open, event.Target
        edits = _edits(match, lines, seams) if tier else None
        if edits is None:
            continue
        seen = f"{match['left']} and {match['right']} are two words"
        yield rule.finding(match.end("left"), match.start("right"), edits=edits, evidence=seen, tier=tier)


def _certainty(match: regex.Match[str], seams: Seams, article: Article, evidence: Evidence) -> Tier | None:
    """How certain the seam is; ``None`` where the two sides may belong together."""
    left, right = match["left"], match["right"]
    stem = _stem(left)
    if stem.lower() in seams.never_left or _stem(right).lower() in seams.never_right:
        return None
    if match["mark"] in ("?", "!") and seams.marks == "clause":
        return "safe" if right in seams.attributions else None
    if seams.marks == "clause":
        return "safe" if match["gap"] or _parts_clauses(stem, right, article, evidence) else None
    opens = right.partition("'")[0].partition("’")[0] in seams.openers
    if not left[0].isalpha():
        return "safe" if opens or match["bracket"] else None
    if len(stem) < _SHORTEST or (len(right) < _SHORTEST and not opens):
        return None
    if left != left.lower():
        # The virus Grew.A, section II.A
        opens = opens and len(right) >= _SHORTEST
        return "safe" if opens and (not left.isupper() or len(left) > _SHORTEST) else None
    if not evidence.is_word(stem):
        return "safe" if opens else None
    if opens or (_is_known(_stem(right), article, evidence) and (right[1:] == right[1:].lower())):
        return "safe"
    return "unsafe"


def _parts_clauses(left: str, right: str, article: Article, evidence: Evidence) -> bool:
    """Whether both sides are known, or one is an English word and the other not too short."""
    if len(left) < _SHORTEST or (len(right) < _SHORTEST and right not in ("a", "I")):
        return False
    known = [_is_known(word, article, evidence) for word in (left, _stem(right))]
    plain = [word == "a" or (word == word.lower() and evidence.is_word(word)) for word in (left, _stem(right))]
    return all(known) or (any(plain) and min(len(left), len(right) + 2) > _SHORTEST)


def _stem(word: str) -> str:
    """The last part of a compound, without its possessive ending."""
    for ending in ("'s", "’s", "s'", "s’"):
        if word.endswith(ending):
            word = word[: -len(ending)]
    return word.rpartition("-")[2].partition("'")[0].partition("’")[0]


def _is_known(word: str, article: Article, evidence: Evidence) -> bool:
    lower = word.lower()
    return evidence.is_word(lower) or evidence.is_name(lower) or article.times(word) > 1


def _edits(match: regex.Match[str], lines: _Lines, seams: Seams) -> tuple[Edit, ...] | None:
    """The blank taken from where it is wrong and put where it belongs; ``None`` if that is open."""
    quote, at = match["quote"], match.start("right")
    if quote in ("“", "‘"):
        at = match.start("quote")
    elif quote == '"':
        closes = lines.closes(match.start("quote"))
        if closes is None and match["right"] in seams.attributions:
            closes = True
        if closes is None:
            return None
        at = match.start("right") if closes else match.start("quote")
    edits = [Edit(at, at, " ")]
    if match["gap"]:
        edits.insert(0, Edit(*match.span("gap"), ""))
    return tuple(edits)


class _Lines:
    """What is asked of whole lines, counted once for each."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._prose: dict[Span, bool] = {}
        self._marks: dict[Span, list[int]] = {}

    @cached_property
    def are_about_code(self) -> bool:
        """Whether a text speaks of programs, in which a stop joins two names."""
        return _ABOUT_CODE.search(self._article.text) is not None

    def is_prose(self, offset: int) -> bool:
        """Whether the line there has some words."""
        line = self._article.line_at(offset)
        if line not in self._prose:
            self._prose[line] = self._article.text.count(" ", *line) >= _PROSE
        return self._prose[line]

    def closes(self, mark: int) -> bool | None:
        """Whether a straight quotation mark closes a quotation; ``None`` if the line's marks are not in pairs."""
        line = self._article.line_at(mark)
        if line not in self._marks:
            self._marks[line] = [m.start() for m in finditer(_STRAIGHT, self._article.text, *line)]
        marks = self._marks[line]
        return None if len(marks) % 2 else bisect_left(marks, mark) % 2 == 1
