"""A paragraph stands twice: copied, set again further down, or announced by a teaser."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import Line, paragraph_break, prose

NEXT, LATER = "paragraph twice running", "paragraph again further down"
TEASER, SPACED = "paragraph's beginning as a teaser in front of it", "paragraph twice, blanks and marks changed"

_SHORTEST = 12  # words


def _teaser(paragraph: str, chance: Random) -> str:
    words = paragraph.split(" ")
    kept = " ".join(words[: chance.randint(7, len(words) - 3)]).rstrip(",;:.")
    return kept + chance.choice(["…", "...", " …", " [...]", " […]", " ..."])


def _respaced(paragraph: str, chance: Random) -> str:
    """The same words: a blank doubled, the last mark lost, or the marks straightened."""
    blank = chance.choice([match.start() for match in re.finditer(" ", paragraph)])
    straight = paragraph.translate(str.maketrans("“”‘’", "\"\"''"))
    forms = [
        f"{paragraph[:blank]} {paragraph[blank:]}",
        paragraph.rstrip("."),
        straight,
        paragraph.replace(" ", "\u00a0", 1),
    ]
    return chance.choice([form for form in forms if form != paragraph])


def _places(text: str, chance: Random) -> list[Fault]:
    gap = paragraph_break(text)
    paragraphs = [Line(line.start, line.text.rstrip()) for line in prose(text)]
    paragraphs = [line for line in paragraphs if len(line.text.split()) >= _SHORTEST and line.start]
    faults = []
    for number, line in enumerate(paragraphs):
        end = line.start + len(line.text)
        faults.append(Fault(end, end, gap + line.text, NEXT))
        faults.append(Fault(end, end, gap + _respaced(line.text, chance), SPACED))
        faults.append(Fault(line.start, line.start, _teaser(line.text, chance) + gap, TEASER))
        for later in paragraphs[number + 1 : number + 6]:
            at = later.start + len(later.text)
            faults.append(Fault(at, at, gap + line.text, LATER))
    return faults


INJECTOR = Injector(
    "repeated paragraphs", dict.fromkeys((NEXT, LATER, TEASER, SPACED), ("structure/repeated-paragraph",)), _places
)
