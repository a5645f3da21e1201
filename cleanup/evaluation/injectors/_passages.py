"""Where in a text a fault can be put, and how a sentence of ours gets into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import NamedTuple


class Line(NamedTuple):
    """A line and where it starts."""

    start: int
    text: str


class Spot(NamedTuple):
    """A place in a text, and the match that found it in its line."""

    start: int
    end: int
    match: re.Match[str]


# A sentence ends behind a word in small letters that is no short form: nothing of it is in doubt.
_BREAK = re.compile(r"(?:(?<=[a-z]{3}[.!?])|(?<=[a-z]{3}[.!?][\"”])) (?=[“\"]?[A-Z])")
_SHORT_FORMS = re.compile(r"\b(?:Prof|Capt|Corp|Sept|Messrs|approx|dept|vols?|etc|govt)\.[\"”]?$")
# A pair that holds no other mark of its kind and stands free on both sides.
_QUOTATION = re.compile(r"(?<![^\s(\[—–])(?:\"(?P<straight>[^\"“”\n]+)\"|“(?P<curly>[^\"“”\n]+)”)(?![\w\"“”])")
_ALL_PAIRED = re.compile(r"[^\"“”]*(?:(?:\"[^\"“”]+\"|“[^\"“”]+”)[^\"“”]*)*")


def lines(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not empty."""
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield Line(match.start(), match.group())


@lru_cache(maxsize=4)  # one text is asked for again by each expression of a family
def prose(text: str) -> tuple[Line, ...]:
    """The lines that hold sentences: no headings, no code, no addresses."""
    return tuple(filter(_is_prose, lines(text)))


def _is_prose(line: Line) -> bool:
    words = line.text.split()
    small = sum(word[0].islower() for word in words)
    ends = line.text.rstrip("\"”’')] ").endswith((".", "!", "?", "…"))
    return len(words) >= 8 and small * 2 > len(words) and ends and not re.search(r"[`{}<>@]|https?:", line.text)


def spots(text: str, expression: re.Pattern[str]) -> Iterator[Spot]:
    """Where ``expression`` matches in the prose of ``text``."""
    for line in prose(text):
        for match in expression.finditer(line.text):
            yield Spot(line.start + match.start(), line.start + match.end(), match)


def sentence_breaks(text: str) -> Iterator[Spot]:
    """The blanks between two sentences of a line."""
    for spot in spots(text, _BREAK):
        if not _SHORT_FORMS.search(spot.match.string[: spot.match.start()]):
            yield spot


def sentences(text: str) -> Iterator[Line]:
    """The sentences of the prose of ``text``, where it is plain where they begin and end."""
    breaks = [spot.start for spot in sentence_breaks(text)]
    for line in prose(text):
        inner = [at for at in breaks if line.start < at < line.start + len(line.text)]
        starts = [line.start, *(at + 1 for at in inner)]
        ends = [*inner, line.start + len(line.text.rstrip())]
        for start, end in zip(starts, ends, strict=True):
            yield Line(start, text[start:end])


def quotations(text: str) -> Iterator[Spot]:
    """The quotations in lines of ``text`` whose double marks all pair up, marks included."""
    for line in lines(text):
        if _ALL_PAIRED.fullmatch(line.text) and not re.search(r"[`<>@=]|https?:", line.text):
            for match in _QUOTATION.finditer(line.text):
                yield Spot(line.start + match.start(), line.start + match.end(), match)


def title_of(text: str) -> str | None:
    """The first line, if it is short enough for a title and something follows."""
    first, newline, rest = text.partition("\n")
    words = first.split()
    short = len(words) >= 3 and len(first) <= 110 and first == first.strip()
    return first if newline and rest.strip() and short and first[-1] not in ".,;:" else None


def paragraph_break(text: str) -> str:
    """What stands between the paragraphs of ``text``."""
    return "\n\n" if "\n\n" in text or "\n" not in text else "\n"


def paragraph_ends(text: str) -> list[int]:
    """Where a paragraph can be put in: behind each paragraph but the first, which may be a title."""
    last = len(text.rstrip("\n"))
    return [*[match.start() for match in re.finditer(r"\n+", text[:last])][1:], last]


def with_paragraph(text: str, paragraph: str, chance: Random) -> str:
    """``text`` with one more paragraph somewhere in it."""
    at = chance.choice(paragraph_ends(text))
    return f"{text[:at]}{paragraph_break(text)}{paragraph}{text[at:]}"


def unless_found(expression: re.Pattern[str], own: Sequence[str]) -> Callable[[str, Random], str]:
    """Makes a text fit: where its prose has no match, it gets one of our ``own`` sentences."""

    def prepare(text: str, chance: Random) -> str:
        if any(spots(text, expression)):
            return text
        return with_paragraph(text, in_style(chance.choice(own), text), chance)

    return prepare


def in_style(sentence: str, text: str) -> str:
    """A sentence of ours, written in curly marks, with the marks that ``text`` mostly has."""
    for straight, curly in (('"', "“”"), ("'", "‘’")):
        if text.count(straight) > sum(map(text.count, curly)):
            sentence = re.sub(f"[{curly}]", straight, sentence)
    return sentence
