"""French and Italian elisions and Irish names without their apostrophe."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, prose, with_paragraph

TITLE, INSIDE, IRISH = "elision at the head of a name", "elision inside a name", "O’ name"
BLANK = "elision with a blank for the apostrophe"

_PAPERS = (
    "L’Équipe", "L’Express", "L’Humanité", "L’Obs", "L’Alsace", "L’Union", "L’Unità", "L’Espresso", "L’Opinion",
    "L’Écho de la Vallée", "L’Avvenire di Lodi", "L’Osservatore Romano", "L’Indépendant",
    "L’Orient", "L’Usine Nouvelle",
)  # fmt: skip
_FIRMS = ("L’Oréal", "L’Occitane", "L’Artisan du Pain", "L’Atelier Bleu", "L’Étoile du Nord", "L’Erbolario")
_INSIDE = (
    "the Giro d’Italia", "the Côte d’Azur", "the Val d’Isère", "the Valle d’Aosta", "the Côte d’Ivoire",
    "the Quai d’Orsay", "the Palazzo dell’Orologio", "the Corriere dell’Umbria", "the Villa d’Este",
    "the Gazzetta dell’Adige", "the Place de l’Étoile", "the Musée d’Orsay", "the Ponte dell’Accademia",
)  # fmt: skip
_PEOPLE = (
    "Jeanne d’Arc", "Valéry Giscard d’Estaing", "Gabriele D’Annunzio", "Massimo D’Alema", "Luigi Dell’Orto",
    "Marco Dall’Ara", "Jean d’Ormesson", "Vincent D’Onofrio",
)  # fmt: skip
_IRISH = (
    "Maeve O’Brien", "Sean O’Connor", "Peter O’Toole", "Eugene O’Neill", "Paul O’Grady", "Finn O’Sullivan",
    "Rosie O’Donnell", "Una O’Hara", "Declan O’Leary", "Niamh O’Reilly", "Kate O’Shea", "Hugh O’Farrell",
)  # fmt: skip

_SENTENCES = (
    (_PAPERS, "A reporter of {} had counted the empty shelves that week."),
    (_PAPERS, "According to {}, the bridge will stay shut until the spring."),
    (_FIRMS, "The shop sells soap by {} beside candles from the village."),
    (_INSIDE, "Three cousins spent the summer near {} and wrote every week."),
    (_INSIDE, "A postcard of {} hung above the till for years."),
    (_PEOPLE, "The library owns a signed portrait of {} in a plain frame."),
    (_IRISH, "The keys were handed to {} at the gate on the last evening."),
    (_IRISH, "In the second row sat {} with a dog under the chair."),
)
_ELISION = re.compile(r"(?<![\w'’])(?P<prefix>O|L|[Dd]|[Dd]ell|[Dd]all|l)['’](?=[A-ZÀ-Ö][a-zà-ö])")


def _prepare(text: str, chance: Random) -> str:
    """Two sentences of ours: one with an Irish name, one with another."""
    for sentences in (_SENTENCES[:6], _SENTENCES[6:]):
        names, frame = chance.choice(sentences)
        text = with_paragraph(text, in_style(frame.format(chance.choice(names)), text), chance)
    return text


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in prose(text):
        for match in _ELISION.finditer(line.text):
            prefix = match["prefix"]
            kind = IRISH if prefix == "O" else TITLE if prefix == "L" else INSIDE
            start, end = line.start + match.start(), line.start + match.end()
            faults.append(Fault(start, end, prefix, kind))
            faults.append(Fault(start, end, f"{prefix} ", BLANK))
    return faults


_LISTED, _BY_SHAPE = "words/lost-elision", "words/lost-elision-in-name"
INJECTOR = Injector(
    "elisions",
    {TITLE: (_BY_SHAPE, _LISTED), INSIDE: (_LISTED, _BY_SHAPE), IRISH: (_LISTED,), BLANK: (_LISTED,)},
    _places,
    _prepare,
)
