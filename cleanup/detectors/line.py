"""A whole line that belongs to the page and not to the article: it goes.

``[with]`` holds ``leads``, phrases that stand at the start of such a line and are followed
by a colon, bar, dash or arrow, or in capitals by a headline that is not; and three lists of
expressions that match such a line whole: ``lines`` are certain wherever they stand, ``apart``
(and ``leads-apart``) only where nothing but paragraphs stand around them, ``unsure`` nowhere. ``parts`` names
expressions that these are put together from, as ``{name}``; above ``most-words`` a line is
taken for text. Case makes no difference, and arrows or bullets around the line are passed
over. The first line is never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import regex

from cleanup.article import TIME_LIMIT, Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.line_starts import by_words
from cleanup.matching import Prepared, compiled, needed_in, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_LISTS = ("lines", "apart", "unsure")
_LEADS = ("leads", "leads-apart")
_OPTIONS = {"parts", "most-words", *_LEADS, *_LISTS}
_MOST_WORDS = 30
_PROSE = 8  # words, from where on a line that ends as a sentence does is a paragraph
_FEWEST_PROSE = 3  # lines of it in an article
_ORNAMENT = r"[\s>»›→➡►▶▸•·*|\[(–—←«‹+✉📷📸🔗👉➤■●▪▫◾◼▲▼◆◇★☆⭐🔴🔵🔥⚡⏩📢📣📌📍📰🎥🎬🎧🔊🔎🔍📲💬✅✔❗➥➢➔➜⇒️-]*+"
_BULLETS = "•·*-–—"  # in front of an item of a list
_CLOSING = r"[\s>»›→➡►▶▸•·*|\])–—-]*+"
_SECOND_SENTENCE = expression(r"[.!?]['”\")]*[ \u00a0]+\p{Lu}")
_SENTENCE_END = expression(r"[.!?…。]['\"”’»)\]]*+$")
_MARK = r"[ \u00a0]?(?:[:：|>»›→►▶➡➔➜⇒👉\]]|[–—]|-(?=[ \u00a0>])|[•/](?=[ \u00a0]))"
_PART = expression(r"\{([a-z][a-z-]*+)\}")


class Lines(Prepared):
    """A card's leads and lines as expressions."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.leads, self.leads_apart = (string_list(options, key) for key in _LEADS)
        self.lists = {key: string_list(options, key) for key in _LISTS}
        self.parts = options.get("parts", {})
        if not self.all_leads and not any(self.lists.values()):
            raise OptionError("", "give leads, lines, apart or unsure, or the rule finds nothing")
        if not isinstance(self.parts, dict) or not all(isinstance(part, str) for part in self.parts.values()):
            raise OptionError("parts", f"parts must be a table of expressions, not {self.parts!r}")
        self.most_words = options.get("most-words", _MOST_WORDS)
        if type(self.most_words) is not int or self.most_words < 1:
            raise OptionError("most-words", f"most-words must be a whole number, not {self.most_words!r}")

    @property
    def all_leads(self) -> tuple[str, ...]:
        """The leads of both lists."""
        return self.leads + self.leads_apart

    @cached_property
    def lead(self) -> regex.Pattern[str] | None:
        """The certain leads with what follows them."""
        return self._led(self.leads)

    @cached_property
    def lead_apart(self) -> regex.Pattern[str] | None:
        """The leads that are certain between paragraphs."""
        return self._led(self.leads_apart)

    def _led(self, leads: Sequence[str]) -> regex.Pattern[str] | None:
        if not leads:
            return None
        phrases = _phrases(leads, "[ \u00a0]+")
        shouted = _phrases([lead.upper() for lead in leads], "[ \u00a0]+")
        headline = (
            r"(?=[\"“«„]?\p{Lu}.{0,60}\p{Ll})"  # in capitals throughout, the line would not tell where the lead ends
        )
        return expression(f"{_ORNAMENT}(?:(?i:{phrases}){_MARK}|(?:{shouted})[.]?[ \u00a0]+{headline})(?P<rest>.*)")

    @cached_property
    def lines(self) -> regex.Pattern[str] | None:
        """What is certain wherever it stands."""
        return self._whole("lines")

    @cached_property
    def apart(self) -> regex.Pattern[str] | None:
        """What is certain between paragraphs."""
        return self._whole("apart")

    @cached_property
    def unsure(self) -> regex.Pattern[str] | None:
        """What is never certain."""
        return self._whole("unsure")

    def _whole(self, key: str) -> regex.Pattern[str] | None:
        sources = [self._put_together(key, source) for source in self.lists[key]]
        if not sources:
            return None
        try:
            return expression(f"(?i){_ORNAMENT}(?:{'|'.join(sources)}){_CLOSING}")
        except regex.error:
            for source in sources:
                compiled(key, source)  # raises for the one at fault
            raise

    def _put_together(self, key: str, source: str) -> str:
        """``source`` with its parts in place; a part may be made of those above it."""
        for _ in self.parts:
            names = _PART.findall(source)
            for name in names:
                if name not in self.parts:
                    raise OptionError(key, f"{key}: there is no part {name!r}")
                source = source.replace(f"{{{name}}}", f"(?:{self.parts[name]})")
            if not names:
                break
        return source


def _phrases(phrases: Sequence[str], blank: str) -> str:
    return "|".join(blank.join(map(regex.escape, phrase.split())) for phrase in phrases)


def prepare(options: Mapping[str, Any]) -> Lines:
    """Compile a card's leads and lines."""
    return Lines(options)


def needs(prepared: Lines) -> Needs:
    """One of the leads; nothing for a card with lists of lines, which says itself what it needs."""
    leads = prepared.all_leads
    if any(prepared.lists.values()) or not leads:
        return Needs()
    phrases = by_words([lead.lower().split() for lead in leads], "[ \\x{a0}]+")
    # A headline may follow a lead in capitals without a mark; here leads in any case will do.
    return Needs(
        patterns=(f'(?im)^[^\\pL\\n]*(?:{phrases})(?:[ \\x{{a0}}]?[^\\pL\\n ]|[ \\x{{a0}}]+["“«„]?(?-i:\\p{{Lu}}))',)
    )


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every line but the first that matches whole and is short enough."""
    lines: Lines = rule.prepared
    found: dict[int, str] = {}
    for index in _worth_a_look(article, rule):
        span = article.lines[index]
        if index and span.end - span.start <= 20 * lines.most_words:
            kind = _kind(lines, article.text[span.start : span.end].strip())
            if kind:
                found[index] = kind
    page = _Page(article)
    for run in _runs(found):
        apart = page.is_between_paragraphs(run[0] - 1, run[-1] + 1)
        for index in run:
            start, end = article.lines[index]
            gone = article.whole_line(index)
            certain = found[index] == "lines" or (found[index] == "apart" and apart)
            tier: Tier | None = None if certain else "unsafe"
            yield rule.finding(start, end, edits=(Edit(gone.start, gone.end, ""),), tier=tier)


def _worth_a_look(article: Article, rule: Rule) -> Iterable[int]:
    """The lines in which what the rule needs is found; all, where it needs nothing."""
    found: set[int] = set()
    for start, end in needed_in(article, rule):
        found.update(range(max(article.line_index(start), 0), article.line_index(end) + 1))
    return sorted(found)


def _runs(found: Mapping[int, str]) -> Iterator[list[int]]:
    """The lines found, those without another between them together."""
    run: list[int] = []
    for index in found:
        if run and index != run[-1] + 1:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _kind(lines: Lines, shown: str) -> str:
    """Which of the card's lists the line is in; empty if in none."""
    if len(shown.split()) > lines.most_words:
        return ""
    for kind, pattern in (("lines", lines.lead), ("apart", lines.lead_apart)):
        match = pattern.fullmatch(shown, timeout=TIME_LIMIT) if pattern else None
        if match:
            if not _reads_as_text(match["rest"]):
                return "unsure" if kind == "apart" and shown.endswith(("?", "!")) else kind
            return "unsure" if kind == "lines" else ""
    for kind, pattern in (("lines", lines.lines), ("apart", lines.apart), ("unsure", lines.unsure)):
        if pattern and pattern.fullmatch(shown, timeout=TIME_LIMIT):
            return "apart" if kind == "lines" and shown[0] in _BULLETS else kind
    return ""


def _reads_as_text(rest: str) -> bool:
    """Whether what follows a lead is a sentence, or several, rather than a headline."""
    if _SECOND_SENTENCE.search(rest):
        return True
    return rest.rstrip("\"'”’»)").endswith(".") and not rest.endswith("...")


class _Page:
    """What stands around lines of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def is_between_paragraphs(self, above: int, below: int) -> bool:
        """Whether the lines ``above`` and ``below`` are prose, or the title above, or nothing below.

        In a list, a table or a poem the same words may be anything. In an article that is mostly prose
        a short sentence will do, and on one of the two sides a heading.
        """
        article, lines = self._article, self._article.lines
        if above == 0 and below == len(lines):
            return False
        over = above == 0 or _is_prose(article.text, lines[above])
        under = below == len(lines) or _is_prose(article.text, lines[below])
        if over and under:
            return True
        if not self._is_mostly_prose:
            return False
        if over or under:
            return _is_sentence(article, below if over else above) or (
                _is_heading(article, below, 1) if over else _is_heading(article, above, -1)
            )
        return _is_sentence(article, above) and _is_sentence(article, below)

    @cached_property
    def _is_mostly_prose(self) -> bool:
        lines = self._article.lines[1:]
        prose = sum(_is_prose(self._article.text, line) for line in lines)
        return prose >= _FEWEST_PROSE and 2 * prose >= len(lines)


def _is_sentence(article: Article, index: int) -> bool:
    """Whether the line ends as a sentence does, and is no item of a list."""
    start, end = article.lines[index]
    shown = article.text[start:end].strip()
    return shown[:1] not in _BULLETS and not shown[:1].isdigit() and _SENTENCE_END.search(shown[-40:]) is not None


def _is_heading(article: Article, index: int, step: int) -> bool:
    """Whether the line is short, without an end, no item of a list, and stands beside prose or the title."""
    start, end = article.lines[index]
    shown = article.text[start:end].strip()
    beyond = index + step
    if shown[:1] in _BULLETS or not shown[-1:].isalnum() or len(shown.split(None, _PROSE)) > _PROSE:
        return False
    return beyond == 0 or (beyond < len(article.lines) and _is_prose(article.text, article.lines[beyond]))


def _is_prose(text: str, line: Span) -> bool:
    shown = text[max(line.start, line.end - 2_000) : line.end].rstrip()
    return len(shown.split()) >= _PROSE and _SENTENCE_END.search(shown) is not None
