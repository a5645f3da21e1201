"""UTF-8 that was read as something else, once or twice."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import Line, lines, with_paragraph

_CLASSES = {
    "mojibake, Windows-1252": ("cp1252",),
    "mojibake, Latin-1": ("latin-1",),
    "mojibake, MacRoman": ("mac-roman",),
    "mojibake, Windows-1250": ("cp1250",),
    "mojibake, Windows-1251": ("cp1251",),
    "mojibake, twice over": ("cp1252", "cp1252"),
    "mojibake, twice over in different ways": ("latin-1", "cp1252"),
}
_WORDS = "mojibake in single words, others sound"
_NARROW = "mojibake, its no-break space a blank"

# What these code pages leave open is the control character of that number, as in browsers.
_OPEN = {"cp1252": b"\x81\x8d\x8f\x90\x9d", "cp1250": b"\x81\x83\x88\x90\x98", "cp1251": b"\x98"}
# Words with accented letters of Latin script, or curly marks.
_CURIOUS = re.compile(r"\S*[\u00c0-\u024f“”‘’–—…]\S*")
_OWN = (
    "The café on the corner closes early when Zoë has her piano lesson.",
    "A señor from Málaga bought the last jar of plum jam.",
    "Mr. Sørensen and Mrs. Čapková share an allotment behind the station.",
    "Renée’s recipe asks for crème fraîche and a pinch of mace.",
    "The choir from Łódź sang “Green Rushes” until the lamps went out.",
    "François Lefèvre repairs clocks—never watches—in Besançon.",
    "It rained in Düsseldorf, and the Müllers’ tent was wet through.",
)

_WITH_NARROW = "The voilà shop in Besançon pays its déjà vu in coins and buttons."


def _prepare(text: str, chance: Random) -> str:
    if chance.random() < 0.4:
        text = with_paragraph(text, _WITH_NARROW, chance)
    return text if _CURIOUS.search(text) else with_paragraph(text, chance.choice(_OWN), chance)


def _misread(text: str, codecs: tuple[str, ...]) -> str:
    """``text`` after a program took its UTF-8 for ``codecs``, one after the other."""
    for codec in codecs:
        text = "".join(_character(byte, codec) for byte in text.encode("utf-8", "surrogatepass"))
    return text


def _character(byte: int, codec: str) -> str:
    """One byte, read as browsers do."""
    return bytes([byte]).decode(codec) if byte not in _OPEN.get(codec, b"") else chr(byte)


def _of_words(line: Line, found: list[tuple[int, int]], chance: Random) -> list[Fault]:
    """One word of several misread; and a word whose second byte became a blank on the way."""
    faults = []
    for first, last in found:
        start, end, word = line.start + first, line.start + last, line.text[first:last]
        misread = _misread(word, (chance.choice(["cp1252", "latin-1", "cp1252", "mac-roman"]),))
        if len(found) > 1:
            faults.append(Fault(start, end, misread, _WORDS))
        if "à" in word:
            faults.append(Fault(start, end, word.replace("à", "Ã "), _NARROW))
    return faults


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in lines(text):
        found = [match.span() for match in _CURIOUS.finditer(line.text)]
        if not found or "`" in line.text:
            continue
        for kind, codecs in _CLASSES.items():
            # Mostly a whole line is read wrongly; now and then one word that was pasted in.
            first = last = chance.choice(found)
            if chance.random() < 0.75:
                first, last = found[0], found[-1]
            start, end = line.start + first[0], line.start + last[1]
            faults.append(Fault(start, end, _misread(text[start:end], codecs), kind))
        faults += _of_words(line, found, chance)
    return faults


_RULES = ("characters/mojibake",)
INJECTOR = Injector("mojibake", dict.fromkeys((*_CLASSES, _WORDS, _NARROW), _RULES), _places, _prepare)
