"""Units of measurement glued to their number, or with blanks inside."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._figures import with_figures
from cleanup.evaluation.injectors._passages import spots

GLUED, SLASH = "unit glued to its number", "blanks around the slash of a unit"
POWER, DEGREE = "blank before the power of a unit", "blank inside a degree"
CAPITAL = "unit with a wrong capital"

_UNIT = re.compile(r"(?<=\d) (?P<unit>kilometres|metres|grams|kilograms|km|kg|cm|mm|ha|kW|MW|GB|MHz)(?![\w/²³-])")
_SLASH = re.compile(r"(?<=\d )(?P<top>km|m|kg|g)/(?P<bottom>h|s|m²|l|day)(?!\w)")
_POWER = re.compile(r"(?<=\d )(?P<unit>km|m|cm)(?P<power>[²³])(?!\w)")
_DEGREE = re.compile(r"(?<=\d)°(?P<scale>[CF])\b")
_CAPITALS = {"km": ("Km", "KM"), "kg": ("Kg", "KG"), "cm": ("Cm",), "mm": ("Mm",), "kW": ("KW",)}
_FRAMES = (
    "The trail is {one} km long, and the last {two} km of it lie in the shade of pines.",
    "A sack weighs {two} kg and the cart {one} kg, so nobody drives faster than {two} km/h on the bridge.",
    "The hall has {one} m² and a stove that brings it to {two}°C by the evening.",
    "Rain fell until the barrel held {two} cm more, and the wind blew at {one} km/h for three days.",
    "They moved {one} m³ of sand and {two} kg of shells while it was {two}°C in the sun.",
)
_RULES = ("words/degree-sign",)


def _draw(chance: Random) -> dict[str, str]:
    return {"one": str(chance.randint(40, 900)), "two": str(chance.randint(5, 35))}


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for start, end, match in spots(text, _UNIT):
        unit = match["unit"]
        faults.append(Fault(start, end, unit, GLUED))
        if unit in _CAPITALS:
            faults.append(Fault(start, end, f" {chance.choice(_CAPITALS[unit])}", CAPITAL))
    for start, end, match in spots(text, _SLASH):
        slash = chance.choice([" / ", "/ ", " /"])
        faults.append(Fault(start, end, f"{match['top']}{slash}{match['bottom']}", SLASH))
    for start, end, match in spots(text, _POWER):
        faults.append(Fault(start, end, f"{match['unit']} {match['power']}", POWER))
    for start, end, match in spots(text, _DEGREE):
        faults.append(Fault(start, end, chance.choice([" ° ", "° ", " ° "]) + match["scale"], DEGREE))
    return faults


INJECTOR = Injector(
    "units",
    dict.fromkeys((GLUED, SLASH, POWER, DEGREE, CAPITAL), _RULES),
    _places,
    with_figures(_FRAMES, _draw),
)
