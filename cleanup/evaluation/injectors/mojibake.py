"""UTF-8 that was read as something else, once or twice."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import lines, with_paragraph

_CLASSES = {
    "mojibake, Windows-1252": ("cp1252",),
    "mojibake, Latin-1": ("latin-1",),
    "mojibake, MacRoman": ("mac-roman",),
    "mojibake, twice over": ("cp1252", "cp1252"),
}
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


def _prepare(text: str, chance: Random) -> str:
    return text if _CURIOUS.search(text) else with_paragraph(text, chance.choice(_OWN), chance)


def _misread(text: str, codecs: tuple[str, ...]) -> str:
    """``text`` after a program took its UTF-8 for ``codecs``, one after the other."""
    for codec in codecs:
        text = "".join(_character(byte, codec) for byte in text.encode("utf-8", "surrogatepass"))
    return text


def _character(byte: int, codec: str) -> str:
    """One byte, read as browsers do: what Windows-1252 leaves open is the control character."""
    return bytes([byte]).decode(codec) if not (codec == "cp1252" and byte in b"\x81\x8d\x8f\x90\x9d") else chr(byte)


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
    return faults


INJECTOR = Injector("mojibake", dict.fromkeys(_CLASSES, ("characters/mojibake",)), _places, _prepare)
