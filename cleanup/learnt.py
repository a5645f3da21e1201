"""What ``cleanup learn`` counted in the user's own corpus, and how it is read.

The file is JSON with an entry a line, sorted, so that people and diffs can read it. It is
read only by runs that name it; those that do not never pay for it. What it says is a further
witness beside the lexicon: rules make unsafe fixes of it, never safe ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import regex

from cleanup.expressions import expression

FORMAT = "mt-cleanup evidence 1"
"""The version of the file's form: its first entry."""

LONGEST_LINE = 400
"""Code points above which a line is taken for text."""

_FEWEST_LETTERS = 3  # a line of less says nothing: numbers, initials
_DATED = 60  # code points that folding may take out of a line: dates are written out in full
_ORNAMENTS = " \t\u00a0>»›→➡►▶▸<«‹←◄◀•·*|[](){}–—-_=~:#"
# Days and months in the languages of the large part of the web; abbreviated in English too.
_CALENDAR = (
    r"(?<![\p{L}\p{M}])(?:"
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|[ap]\.?m\.?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|januar|februar|märz|mai|juni|juli"
    r"|oktober|dezember|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|juin|juillet"
    r"|août|septembre|octobre|novembre|décembre|lunes|martes|miércoles|jueves|viernes|sábado|domingo|enero|febrero"
    r"|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunedì|martedì|mercoledì|giovedì"
    r"|venerdì|sabato|domenica|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|novembre|dicembre"
    r"|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|janeiro|fevereiro|março|maio|junho|julho"
    r"|setembro|outubro|dezembro|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|januari|februari|maart"
    r"|mei|augustus)(?![\p{L}\p{M}])\.?"
)


@cache
def _foldings() -> tuple[tuple[regex.Pattern[str], str], ...]:
    """What numbers and dates become, in this order. Made at first use: most runs have none."""
    return (
        (expression(_CALENDAR), "0"),
        (expression(r"\p{Nd}++(?:[.,:/'’h-]\p{Nd}++)*+(?:(?:st|nd|rd|th|er|º|ª)(?!\p{L}))?"), "0"),
        (expression(r"0(?:(?:[\s,./|·–-]|(?<=\s)(?:de|del|of)(?=\s)){1,4}0)++"), "0"),
        # 1 comment, 12 comments
        (expression(r"(?<=(?<![\p{L}\p{M}\p{Nd}])0 \p{L}{3,20})s(?!\p{L})"), ""),
    )


def normal_line(line: str) -> str:
    """What a line of a page is told by; empty for one that is too long or says too little.

    Case, ornaments, numbers and dates make no difference.

    >>> normal_line("» 12 Comments |"), normal_line("1 comment")
    ('0 comment', '0 comment')
    >>> normal_line("Updated on Tuesday, 12 March 2024 at 14:05")
    'updated on 0 at 0'
    """
    if len(line) > LONGEST_LINE:
        return ""
    told = " ".join(line.split()).lower().strip(_ORNAMENTS)
    if any(map(str.isdecimal, told)):
        for pattern, folded in _foldings():
            told = pattern.sub(folded, told)
    return told if sum(map(str.isalpha, told)) >= _FEWEST_LETTERS else ""


def lines_of(text: str) -> list[str]:
    """The lines of ``text``, blank ones among them, as an article has them."""
    return text.replace("\r", "\n").split("\n")


class LearntError(ValueError):
    """A file of evidence cannot be used; says why, and what to do."""


class Line(NamedTuple):
    """A line of the page, as the corpus has it.

    Attributes:
        site: where it stands; empty for a corpus that names no sites.
        times: the articles of the site that have it, of those that were looked at.
        articles: how many those are.
        sites: how many sites have it.
    """

    site: str
    times: int
    articles: int
    sites: int = 1


class Counted(NamedTuple):
    """A form of a word: in how many documents it stands, and in how many the other form does."""

    form: str
    times: int
    other: int


@dataclass(frozen=True, eq=False)
class Learnt:
    """The evidence of one file; an empty one where nothing was learnt.

    Attributes:
        sites: lines by site, with the articles that have each and how many there are.
        names: cased forms, with the documents that have them with and without their capital.
        stems: names, with the documents that have them with ``'s`` and with a bare s.
        digest: eight hex digits; empty if nothing was learnt.
    """

    sites: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    stems: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    digest: str = ""

    def __bool__(self) -> bool:
        return bool(self.digest)

    @cached_property
    def _lines(self) -> dict[str, Line]:
        # A text does not say where it comes from: the lines of all sites count for it.
        lines: dict[str, Line] = {}
        for site, own in self.sites.items():
            for told, (times, articles) in own.items():
                first = lines.get(told)
                lines[told] = first._replace(sites=first.sites + 1) if first else Line(site, times, articles)
        return lines

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._lines), default=-_DATED) + _DATED

    def line(self, line: str) -> Line | None:
        """The line of a page that ``line`` is, if it is one."""
        return self._lines.get(normal_line(line)) if len(line) <= self._longest else None

    def has_line_of(self, text: str) -> bool:
        """Whether some line of ``text`` is a line of a page."""
        return bool(self._lines) and any(self.line(line) for line in lines_of(text))

    @cached_property
    def _names(self) -> dict[str, Counted]:
        return {cased.lower(): Counted(cased, *counts) for cased, counts in self.names.items()}

    def name(self, lower: str) -> Counted | None:
        """The name that ``lower`` is without its capital, as far as the corpus tells."""
        return self._names.get(lower)

    def stem(self, stem: str) -> Counted | None:
        """The name whose possessive the corpus has, and its plural not."""
        counts = self.stems.get(stem)
        return Counted(stem, *counts) if counts else None


NOTHING = Learnt()


@dataclass(frozen=True, slots=True)
class LearntFile:
    """A file of evidence as workers are told of it: where it stands, and what must be in it."""

    path: Path
    digest: str

    @classmethod
    def at(cls, path: Path) -> LearntFile:
        """The file as it is now.

        Raises:
            LearntError: it cannot be read.
        """
        try:
            status = path.stat()
            return cls(path, _digest(path, status.st_size, status.st_mtime_ns))
        except OSError as error:
            raise LearntError(f"{path}: evidence cannot be read: {error.strerror or error}") from None

    def read(self) -> Learnt:
        """The evidence, read once.

        Raises:
            LearntError: it cannot be read, is no evidence, or has changed since.
        """
        return _read(self)


@lru_cache(maxsize=16)
def _digest(path: Path, size: int, changed: int) -> str:
    return _hash(path.read_bytes())


def _hash(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()[:8]


@lru_cache(maxsize=8)
def _read(file: LearntFile) -> Learnt:
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise LearntError(f"{file.path}: evidence cannot be read: {error.strerror or error}") from None
    if _hash(data) != file.digest:
        raise LearntError(f"{file.path}: the evidence has changed since this run began; run it again")
    import json

    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        raise LearntError(f"{file.path}: no evidence of `cleanup learn`: it is not JSON") from None
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        found = table.get("format") if isinstance(table, dict) else None
        raise LearntError(f"{file.path}: no evidence of `cleanup learn`: its format is {found!r}, not {FORMAT!r}")
    try:
        return Learnt(
            sites={site: _counts(lines) for site, lines in table["lines"].items()},
            names=_counts(table["names"]),
            stems=_counts(table["possessives"]),
            digest=file.digest,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise LearntError(f"{file.path}: damaged: learn it again, or undo what was changed by hand") from None


def _counts(table: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    counts = {}
    for form, (times, other) in table.items():
        if type(times) is not int or type(other) is not int:
            raise TypeError(form)
        counts[form] = (times, other)
    return counts
