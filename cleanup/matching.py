"""What the detectors share in matching text: time limits, word edges, conditions.

Every expression of a card runs through :func:`finditer`, which raises rather than hangs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import TIME_LIMIT, WORD, Article, Span
from cleanup.automaton import any_of
from cleanup.expressions import expression
from cleanup.rule import OptionError, Rule

WORD_START = r"(?<![\p{L}\p{M}\p{N}\u00ad\u200c\u200d\u2060_@#&=/\\.]|\p{L}['’]|&\#?\w{2,8};)"
"""A word may start here: not inside a name, a link, a path or an abbreviation."""

WORD_END = r"(?![\p{L}\p{M}\p{N}\u00ad\u200c\u200d\u2060_@/\\=]|[.:&](?=[\p{L}\p{N}])|['’](?!s(?!\p{L}))\p{L})"
"""A word may end here; ``'s`` may follow."""


_QUOTED, _QUOTED_WORDS = 40, 4  # code points to each side, and words, of a short quotation
_PATIENCE = 24  # stretches after which it pays to ask which conditions match anywhere at all
_STRETCH = 400  # code points; a condition sees as many to each side, within its line
_MANY = 40  # words, from where on one pass over all words is quicker than a search for each
_OPENING, _CLOSING = "\"'“‘„«‹", "\"'”’“»›"
_CLASS = expression(r"\[\^?\]?(?:\\.|[^\]\\])*+\]")  # a class of characters in an expression
_STARTS, _ENDS = expression(WORD_START), expression(WORD_END)


def places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where each of ``words`` stands whole and as written in ``text``, ordered.

    A word cited by itself in quotation marks is passed over: it is spoken of, not used. For a
    handful of words this is far quicker than an expression over the whole text.
    """
    found = []
    wanted = list(words)
    if len(wanted) > _MANY:
        named = frozenset(wanted)
        return [m.span() for m in WORD.finditer(text) if m.group() in named and is_whole(text, *m.span())]
    for word in wanted:
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if is_whole(text, at, end):
                found.append((at, end))
            at = text.find(word, end)
    return sorted(found)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a word or phrase for itself, and used, not cited."""
    edges = _STARTS.match(text, start) and _ENDS.match(text, end)
    return edges is not None and not is_cited(text, start, end)


def in_small_quotation(text: str, start: int, end: int) -> bool:
    """Whether a word stands in a short quotation that has no capital at all: “tour de france”.

    Labels, titles and slips of the pen are quoted as they were written.
    """
    left = text[max(start - _QUOTED, 0) : start]
    right = text[end : end + _QUOTED]
    opening = max(left.rfind(mark) for mark in '"“‘«„')
    closing = min((at for mark in '"”’»“' if (at := right.find(mark)) >= 0), default=-1)
    if opening < 0 or closing < 0:
        return False
    inside = left[opening + 1 :] + text[start:end] + right[:closing]
    return inside == inside.lower() and len(inside.split()) <= _QUOTED_WORDS and inside[:1] != " "


def is_cited(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stands alone between quotation marks: the word “Kiew”."""
    return text[start - 1 : start] in _OPENING and start > 0 and text[end : end + 1] in _CLOSING and end < len(text)


def finditer(
    pattern: regex.Pattern[str], text: str, start: int = 0, end: int | None = None
) -> Iterator[regex.Match[str]]:
    """All matches of ``pattern`` in ``text[start:end]``.

    Raises:
        TimeoutError: the expression took more than :data:`TIME_LIMIT` seconds.
    """
    try:
        yield from pattern.finditer(text, start, len(text) if end is None else end, timeout=TIME_LIMIT)
    except TimeoutError:
        shown = pattern.pattern if len(pattern.pattern) < 80 else pattern.pattern[:77] + "..."
        raise TimeoutError(f"the expression {shown!r} took more than {TIME_LIMIT:.0f} s on this text") from None


def compiled(key: str, source: Any, template: str = "{}") -> regex.Pattern[str]:
    """``source``, an option of a card, compiled inside ``template``.

    Raises:
        OptionError: it is not a string, or no expression of the ``regex`` package.
    """
    if not isinstance(source, str) or not source:
        raise OptionError(key, f"{key} must be a regular expression, not {source!r}")
    try:
        return expression(template.format(source))
    except regex.error as error:
        raise OptionError(key, f"{key} is no regular expression: {error}") from None


def refuse_unknown(options: Mapping[str, Any], known: Iterable[str] = ()) -> None:
    """Refuse a ``[with]`` table that has more than the ``known`` options.

    Raises:
        OptionError: names the first that is unknown, and all that are known.
    """
    for key in sorted(options.keys() - set(known)):
        has = ", ".join(sorted(known)) or "none"
        raise OptionError(key, f"unknown option {key!r}: this detector has {has}")


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names what is known and spelt most like ``name``; may be empty."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def string_list(options: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """An option that is a list of strings; empty if it is not given.

    Raises:
        OptionError: it is something else.
    """
    value = options.get(key, [])
    if isinstance(value, str) or not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise OptionError(key, f"{key} must be a list of strings, not {value!r}")
    return tuple(value)


class Prepared:
    """Options of a card made ready; what is costly is compiled at first use.

    Subclasses put expressions into cached properties. A card that nobody has tested yet is
    forced, so that its faults show when it is read and not when it first fires.
    """

    def force(self) -> None:
        """Compile everything now.

        Raises:
            OptionError: an option is wrong.
        """
        for owner in type(self).__mro__:
            for name, value in vars(owner).items():
                if isinstance(value, cached_property):
                    getattr(self, name)
        for part in vars(self).copy().values():
            if isinstance(part, Prepared):
                part.force()


class Conditions(Prepared):
    """A card's ``before``, ``after``, ``within`` and ``unless``.

    ``before`` must match directly before the finding and ``after`` directly after it; one
    of ``within``, if there are any, must match across it in the same line, and none of
    ``unless``.
    """

    KEYS = ("before", "after", "within", "unless")

    def __init__(self, options: Mapping[str, Any]) -> None:
        self._options = {key: options[key] for key in self.KEYS if key in options}

    @cached_property
    def before(self) -> regex.Pattern[str] | None:
        """``before`` as a look-behind."""
        source = self._options.get("before")
        return None if source is None else compiled("before", source, "(?<=(?:{}))")

    @cached_property
    def after(self) -> regex.Pattern[str] | None:
        """``after``, to be matched where a finding ends."""
        source = self._options.get("after")
        return None if source is None else compiled("after", source)

    @cached_property
    def within(self) -> list[regex.Pattern[str]]:
        """Each ``within``, to be searched for in the finding's line."""
        return [compiled("within", source) for source in string_list(self._options, "within")]

    @cached_property
    def unless(self) -> list[regex.Pattern[str]]:
        """Each ``unless``, to be searched for in the finding's line."""
        return [compiled("unless", source) for source in string_list(self._options, "unless")]

    def checker(self, article: Article) -> ConditionChecker:
        """A checker for one article, which remembers what it has looked up."""
        return ConditionChecker(article, self)


class ConditionChecker:
    """Asks of places in one article whether a card's conditions hold there."""

    def __init__(self, article: Article, conditions: Conditions) -> None:
        self._article = article
        self._conditions = conditions
        self._spans: dict[tuple[str, int], list[list[tuple[int, int]]]] = {}
        self._live: dict[str, list[regex.Pattern[str]]] = {}

    def hold(self, start: int, end: int) -> bool:
        """Whether a finding on ``[start, end)`` stands. What is not asked is not compiled."""
        text, conditions = self._article.text, self._conditions
        if conditions.before and not conditions.before.match(text, start, timeout=TIME_LIMIT):
            return False
        if conditions.after and not conditions.after.match(text, end, timeout=TIME_LIMIT):
            return False
        if conditions.within and not self._crossed("within", conditions.within, start, end):
            return False
        return not (conditions.unless and self._crossed("unless", conditions.unless, start, end))

    def _crossed(self, key: str, patterns: list[regex.Pattern[str]], start: int, end: int) -> bool:
        """Whether one of ``patterns`` matches across ``[start, end)`` in its line."""
        line = self._article.line_at(start)
        # A long line is looked at in stretches, so that no expression runs over all of it
        # for each of its words.
        stretch = (start - line.start) // _STRETCH
        first = max(line.start + (stretch - 1) * _STRETCH, line.start)
        last = min(line.start + (stretch + 2) * _STRETCH, line.end)
        place = (key, first)
        if place not in self._spans:
            text = self._article.text
            live = self._live.get(key, patterns)
            found = ([m.span() for m in finditer(p, text, first, last)] for p in live)
            self._spans[place] = [spans for spans in found if spans]
            if len(self._spans) == _PATIENCE:
                self._live[key] = [p for p in patterns if _is_anchored(p) or next(finditer(p, text), None)]
        for spans in self._spans[place]:
            at = bisect_right(spans, (end, end)) - 1
            if at >= 0 and spans[at][1] > start and spans[at][0] < end:
                return True
        return False


def _is_anchored(pattern: regex.Pattern[str]) -> bool:
    """Whether where a stretch ends may make a difference to what matches in it."""
    outside = _CLASS.sub("", pattern.pattern)
    return any(anchor in outside for anchor in ("^", "$", r"\Z", r"\A"))


def finditer_near(article: Article, rule: Rule, pattern: regex.Pattern[str]) -> Iterator[regex.Match[str]]:
    """All matches of ``pattern`` that start in a line in which an expression that the rule needs matches.

    All in the article, where the rule needs none. RE2 finds the lines a hundred times quicker
    than ``pattern`` could.

    Raises:
        TimeoutError: the expression took more than :data:`TIME_LIMIT` seconds.
    """
    for start, end in needed_in(article, rule):
        # Behind the lines too there is something to look at.
        for match in finditer(pattern, article.text, start, min(end + _STRETCH, len(article.text))):
            if match.start() <= end:
                yield match


def needed_in(article: Article, rule: Rule) -> list[Span]:
    """The lines in which an expression that the rule needs matches, neighbours as one; the whole, if it needs none."""
    needed = rule.needs.only or rule.needs.patterns
    if not needed:
        return [Span(0, len(article.text))]
    found: list[Span] = []
    for start, end in re2_spans(any_of(needed), article.text):
        line = Span(min(article.line_at(start).start, start), max(article.line_at(end).end, end))
        if found and line.start <= found[-1].end + 2:
            line = Span(found[-1].start, max(found.pop().end, line.end))
        found.append(line)
    return found


def re2_escape(literal: str) -> str:
    """``literal`` as an RE2 expression that matches it alone."""
    return regex.escape(literal, special_only=True)


def re2_spans(pattern: Any, text: str) -> Iterator[tuple[int, int]]:
    """Where an RE2 expression matches in ``text``, in code points.

    RE2 reads hundreds of alternatives in one pass, where the ``regex`` package tries each
    at every place; it knows neither look-around nor Unicode classes beyond ``\\pL``.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    same = len(encoded) == len(text)
    at = point = 0
    for match in pattern.finditer(encoded):
        start, end = match.span()
        if same:
            yield start, end
            continue
        point += len(encoded[at:start].decode("utf-8", "surrogatepass"))
        length = len(encoded[start:end].decode("utf-8", "surrogatepass"))
        yield point, point + length
        at, point = end, point + length
