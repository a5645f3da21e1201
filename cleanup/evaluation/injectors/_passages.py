"""Where in a text a fault can be put, and how a sentence of ours gets into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import NamedTuple


class Line(NamedTuple):
    """A line and where it starts."""

    start: int
    text: str


def lines(text: str) -> Iterator[Line]:
    """The lines of ``text`` that are not empty."""
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield Line(match.start(), match.group())


def prose(text: str) -> Iterator[Line]:
    """The lines that hold sentences: no headings, no code, no addresses."""
    for line in lines(text):
        words = line.text.split()
        small = sum(word[0].islower() for word in words)
        ends = line.text.rstrip("\"”’')] ").endswith((".", "!", "?", "…"))
        if len(words) >= 8 and small * 2 > len(words) and ends and not re.search(r"[`{}<>@]|https?:", line.text):
            yield line


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


def in_style(sentence: str, text: str) -> str:
    """A sentence of ours, written in curly marks, with the marks that ``text`` mostly has."""
    for straight, curly in (('"', "“”"), ("'", "‘’")):
        if text.count(straight) > sum(map(text.count, curly)):
            sentence = re.sub(f"[{curly}]", straight, sentence)
    return sentence
