"""Photo credits, time stamps and navigation between the paragraphs."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._page import AGENCIES, PAPERS, clock, date, numeric_date, person
from cleanup.evaluation.injectors._passages import paragraph_break, paragraph_ends

CREDIT, FOREIGN_CREDIT = "photo credit", "photo credit, untranslated"
STAMP, FOREIGN_STAMP = "time stamp", "time stamp, untranslated"
CRUMBS, MENU = "trail of sections", "menu of the site"

_CREDITS = (
    "Photo: {person}", "Photo: {person} / {agency}", "Photo: {agency}", "PHOTO: {agency}",
    "Photo by {person}/{agency}",
    "Photo {agency}", "© {agency}", "© {person} / {agency}", "Credit: {agency}", "Credit: {person}/{agency}",
    "Picture: {person}", "Image: {agency}", "Image credit: {agency}", "Photo credit: {person}", "(Photo: {agency})",
    "[Photo: {person}]", "Photo: {person}, {agency}", "Photo © {person}", "Getty", "Illustrative photo",
    "Illustrative photo / {agency}", "Archive photo: {agency}", "Illustration: {person}", "Photo from open sources",
    "Photo: archive", "Video: {agency}", "Source: {agency}", "Photo: press service", "Foto: {person}",
    "{agency} photo",
)  # fmt: skip
_FOREIGN_CREDITS = (
    "Crédit photo : {person}", "© Crédit photo : {agency}", "Photo d’illustration : {agency}", "Photo d’archives",
    "Foto: {agency}", "Bild: {agency}", "Bildquelle: {agency}", "Foto: {person} / {agency}", "Symbolbild",
    "Crédito: {agency}", "Foto de {person}", "Foto: Reprodução/{agency}", "Foto: Divulgação", "Fotografía de {person}",
    "Foto di {person}", "Foto Ansa", "Фото: {agency}", "Фото: архив", "Источник фото: {agency}",
)  # fmt: skip
_STAMPS = (
    "Published on {date} at {clock}", "Published {date}, {clock}", "Published: {date} {clock}", "Posted on {date}",
    "Posted {date} at {clock}", "Updated {date} at {clock}", "Updated on {date}", "Updated: {date} - {clock}",
    "Last updated: {date} {clock}", "Last modified on {date} at {clock}", "Modified: {date}", "{date} | {clock}",
    "{date}, {clock}", "{date} - {clock}", "{date} {clock}", "Published on {date} at {clock}, updated at {clock}",
    "Published on {date}, updated on {date}", "By {person} | {date}", "By {person}, {date} at {clock}",
    "By {person} Published on {date} at {clock}", "{person} — {date}, {clock}", "{paper}, {date}",
    "{small} hours ago", "{number} minutes ago", "Created: {date}", "Article published on {date}",
    "Posted by {person} on {date}", "First published on {date}", "Text: {person}, {date}",
)  # fmt: skip
_FOREIGN_STAMPS = (
    "Publié le {day} à {hour}", "Mis à jour le {day} à {hour}", "Publié le {day}, mis à jour le {day}",
    "Veröffentlicht am {day}", "Stand: {day}, {hour} Uhr", "Aktualisiert: {day} {hour}", "{day}, {hour} Uhr",
    "Publicado el {day}", "Actualizado a las {hour}", "Publicado el {day} a las {hour}", "Publicado em {day}",
    "Atualizado em {day} às {hour}", "Pubblicato il {day}", "Aggiornato alle {hour}",
    "Ultimo aggiornamento: {day}",
    "Опубликовано: {day}", "Обновлено {day} в {hour}",
)  # fmt: skip
_SECTIONS = (
    "News", "Sport", "Culture", "Politics", "Economy", "Society", "World", "Region", "Weather", "Health", "Travel",
    "Opinion", "Lifestyle", "Science", "Video", "Photos", "Jobs", "Technology", "Environment", "Justice",
)  # fmt: skip
_ENDS = ("Contact", "About us", "Subscribe", "Log in", "Archive", "Legal notice", "Privacy", "Search", "My account")
_HOME = ("Home", "Home", "Home page", "Welcome", "Start page", "HOME")


def _filled(form: str, chance: Random) -> str:
    parts: dict[str, Callable[[], str]] = {
        "person": lambda: person(chance),
        "agency": lambda: chance.choice(AGENCIES),
        "paper": lambda: chance.choice(PAPERS),
        "date": lambda: date(chance),
        "clock": lambda: clock(chance),
        "small": lambda: str(chance.randint(2, 23)),
        "number": lambda: str(chance.randint(2, 59)),
        "day": lambda: numeric_date(chance),
        "hour": lambda: f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
    }
    return form.format(**{name: draw() for name, draw in parts.items()})


def _crumbs(chance: Random) -> str:
    mark = chance.choice([" > ", " » ", " / ", " › ", " | ", " → "])
    trail = [chance.choice(_HOME), *chance.sample(_SECTIONS, chance.choice([1, 2, 2, 3]))]
    return chance.choice(["", "", "", "You are here: "]) + mark.join(trail)


def _menu(chance: Random) -> str:
    mark = chance.choice([" | ", " ", " • ", " · ", " - ", " / "])
    entries = chance.sample(_SECTIONS, chance.randint(4, 7)) + chance.sample(_ENDS, chance.choice([0, 1, 2]))
    return mark.join(["Menu", *entries] if chance.random() < 0.2 else entries)


def _places(text: str, chance: Random) -> list[Fault]:
    faults, gap = [], paragraph_break(text)
    forms = ((CREDIT, _CREDITS), (FOREIGN_CREDIT, _FOREIGN_CREDITS), (STAMP, _STAMPS), (FOREIGN_STAMP, _FOREIGN_STAMPS))
    for at in paragraph_ends(text):
        for kind, lines in forms:
            faults.append(Fault(at, at, gap + _filled(chance.choice(lines), chance), kind))
        faults.append(Fault(at, at, gap + _crumbs(chance), CRUMBS))
        faults.append(Fault(at, at, gap + _menu(chance), MENU))
    return faults


_CREDIT, _STAMP, _NAVIGATION = ("structure/photo-credit",), ("structure/time-stamp",), ("structure/page-furniture",)
INJECTOR = Injector(
    "credits, stamps and menus",
    {
        CREDIT: _CREDIT,
        FOREIGN_CREDIT: _CREDIT,
        STAMP: _STAMP,
        FOREIGN_STAMP: _STAMP,
        CRUMBS: _NAVIGATION,
        MENU: _NAVIGATION,
    },
    _places,
)
