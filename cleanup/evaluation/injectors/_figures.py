"""Paragraphs of ours with figures in them, so that every text has some of each sort."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from cleanup.evaluation.injectors._passages import in_style, with_paragraph


def with_figures(frames: Sequence[str], draw: Callable[[Random], dict[str, str]]) -> Callable[[str, Random], str]:
    """Gives a text two of ``frames``, filled with figures that ``draw`` makes up for each."""

    def prepare(text: str, chance: Random) -> str:
        filled = [frame.format(**draw(chance)) for frame in chance.sample(frames, 2)]
        return with_paragraph(text, in_style(" ".join(filled), text), chance)

    return prepare
