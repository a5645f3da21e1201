"""Names, nationalities, days, months and acronyms in small letters."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose, with_paragraph
from cleanup.settings import shipped_evidence

NAME, NAME_WORD = "name in small letters", "name in small letters, a word as well"
KIN = "country or town in small letters, a word as well"
PHRASE, HALF = "name of several words in small letters", "name of several words, one of them in small letters"
WEEKDAY, MONTH, MONTH_WORD = (
    "weekday in small letters",
    "month in small letters",
    "month in small letters, a word as well",
)
NATION, NATION_WORD = "nationality in small letters", "nationality in small letters, a word as well"
ACRONYM, ACRONYM_WORD = "acronym in small letters", "acronym in small letters, a word as well"

_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_MONTHS = frozenset("January February April June July September October November December".split())
_MONTH_WORDS = frozenset("March May August".split())
_PLACES = frozenset(
    "Turkey China Jordan Chad Guinea Japan Morocco Panama Java Cologne Nice Bath Cork Jersey Lima".split()
)
_NATION_WORDS = frozenset("Polish French Dutch Swiss Danish Welsh Afghan English Arabic Argentine Basque".split())
_NATIONS = frozenset(
    """
    African Albanian Algerian American Arab Argentinian Armenian Asian Australian Austrian Belgian Bolivian Bosnian
    Brazilian British Bulgarian Cambodian Canadian Catalan Chilean Chinese Christian Colombian Croatian Cuban Cypriot
    Czech Egyptian Estonian Ethiopian European Finnish Georgian German Greek Haitian Hungarian Icelandic Indian
    Indonesian Iranian Iraqi Irish Islamic Israeli Italian Japanese Jewish Jordanian Kenyan Korean Kurdish Latvian
    Lebanese Libyan Lithuanian Malaysian Maltese Mexican Moroccan Muslim Nigerian Norwegian Pakistani Palestinian
    Peruvian Portuguese Romanian Russian Saudi Scottish Serbian Slovak Slovenian Somali Spanish Sudanese Swedish Syrian
    Taiwanese Thai Tunisian Turkish Ukrainian Venezuelan Vietnamese Americans Australians Germans Russians Italians
    Europeans Muslims Christians Jews Arabs Greeks Palestinians Israelis Americans Canadians Indians
    """.split()
)
# Nobody shouts or abbreviates here: the capital is all that makes the word a name.
_WORD = re.compile(r"(?<=[a-z,] )(?P<word>[A-Z][\w’'-]*\w)(?![\w'’.-])")
_PHRASE = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)+(?![\w'’.-])")


# Names that are words as well are rare: some texts get one of these.
_OWN = (
    "Her cousin had moved from Ankara to a village in the south of Turkey in March 1998.",
    "The firm bought its paper in China, and a man from Beijing came in May 2004 to look at the press.",
    "A doctor from Amman had studied in Jordan and went back there in early March.",
    "The boat left for Japan on March 3, and a letter from Tokyo came in late May.",
    "They drove from Rabat to the coast of Morocco and stayed there until March 12.",
    "A train from Milan took them to the sea near Nice in May 1986.",
)


def _prepare(text: str, chance: Random) -> str:
    return with_paragraph(text, chance.choice(_OWN), chance) if chance.random() < 0.5 else text


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for line in prose(text):
        taken: list[tuple[int, int]] = []
        for match in _PHRASE.finditer(line.text):
            taken.append(match.span())
            faults += _of_phrase(match.group(), line.start + match.start(), chance)
        for match in _WORD.finditer(line.text):
            if not any(start <= match.start() < end for start, end in taken):
                word, start = match["word"], line.start + match.start()
                kind = _kind(word)
                if kind:
                    faults.append(Fault(start, start + len(word), word.lower(), kind))
    return faults


def _of_phrase(phrase: str, start: int, chance: Random) -> list[Fault]:
    """The phrase wholly small, and one of its words small."""
    words = phrase.split(" ")
    small = chance.randrange(len(words))
    half = " ".join(word.lower() if n == small else word for n, word in enumerate(words))
    return [
        Fault(start, start + len(phrase), phrase.lower(), PHRASE),
        Fault(start, start + len(phrase), half, HALF),
    ]


def _kind(word: str) -> str | None:
    """The class of a single capitalised word; ``None`` for what is written in a way of its own."""
    listed = (
        (WEEKDAY, _WEEKDAYS), (MONTH, _MONTHS), (MONTH_WORD, _MONTH_WORDS), (KIN, _PLACES),
        (NATION_WORD, _NATION_WORDS), (NATION, _NATIONS),
    )  # fmt: skip
    for kind, words in listed:
        if word in words:
            return kind
    collides = shipped_evidence().is_word(word)
    if word.isalpha() and word.isupper() and 3 <= len(word) <= 7:
        return ACRONYM_WORD if collides else ACRONYM
    if word.isalpha() and word[1:].islower() and len(word) > 2:
        return NAME_WORD if collides else NAME
    return None


INJECTOR = Injector(
    "small letters",
    {
        NAME: ("words/lower-case-name",),
        NAME_WORD: ("words/lower-case-name",),
        KIN: ("words/lower-case-name-among-kin",),
        PHRASE: ("words/lower-case-phrase", "words/lower-case-name", "words/lower-case-given-name"),
        HALF: ("words/lower-case-phrase", "words/lower-case-name", "words/lower-case-given-name"),
        WEEKDAY: ("words/lower-case-weekday",),
        MONTH: ("words/lower-case-month",),
        MONTH_WORD: ("words/lower-case-month-in-context",),
        NATION: ("words/lower-case-nationality",),
        NATION_WORD: ("words/lower-case-nationality-in-context",),
        ACRONYM: ("words/lower-case-acronym",),
        ACRONYM_WORD: ("words/lower-case-acronym",),
    },
    _places,
    _prepare,
)
