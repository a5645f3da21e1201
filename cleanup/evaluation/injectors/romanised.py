"""Slavic, Arabic and Persian names as other languages than English spell them."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import prose, with_paragraph

_PERSON, _PLACE = "person", "place"

# What English papers write, then what those of the language write.
_SPELLINGS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "German": {
        _PERSON: (
            ("Gorbachev", "Gorbatschow"), ("Khrushchev", "Chruschtschow"), ("Brezhnev", "Breschnew"),
            ("Yeltsin", "Jelzin"), ("Medvedev", "Medwedew"), ("Lavrov", "Lawrow"), ("Navalny", "Nawalny"),
            ("Zelensky", "Selenskyj"), ("Yanukovych", "Janukowytsch"), ("Yushchenko", "Juschtschenko"),
            ("Tymoshenko", "Tymoschenko"), ("Lukashenko", "Lukaschenko"), ("Shoigu", "Schoigu"),
            ("Solzhenitsyn", "Solschenizyn"), ("Tchaikovsky", "Tschaikowski"), ("Chekhov", "Tschechow"),
            ("Dostoevsky", "Dostojewski"), ("Prigozhin", "Prigoschin"), ("Peskov", "Peskow"),
        ),
        _PLACE: (
            ("Chechnya", "Tschetschenien"), ("Grozny", "Grosny"), ("Kharkiv", "Charkiw"), ("Kherson", "Cherson"),
            ("Chernobyl", "Tschernobyl"), ("Sevastopol", "Sewastopol"), ("Vladivostok", "Wladiwostok"),
            ("Zaporizhzhia", "Saporischschja"), ("Khartoum", "Khartum"), ("Riyadh", "Riad"),
        ),
    },
    "French": {
        _PERSON: (
            ("Putin", "Poutine"), ("Gorbachev", "Gorbatchev"), ("Khrushchev", "Khrouchtchev"), ("Yeltsin", "Eltsine"),
            ("Brezhnev", "Brejnev"), ("Lenin", "Lénine"), ("Stalin", "Staline"), ("Yanukovych", "Ianoukovitch"),
            ("Yushchenko", "Iouchtchenko"), ("Lukashenko", "Loukachenko"), ("Prigozhin", "Prigojine"),
            ("Solzhenitsyn", "Soljenitsyne"), ("Pushkin", "Pouchkine"), ("Chekhov", "Tchekhov"),
            ("Shoigu", "Choïgou"), ("Belousov", "Beloussov"), ("Khodorkovsky", "Khodorkovski"),
            ("Gaddafi", "Kadhafi"), ("Mubarak", "Moubarak"), ("Mishustin", "Michoustine"),
        ),
        _PLACE: (
            ("Chernobyl", "Tchernobyl"), ("Chechnya", "Tchétchénie"), ("Mariupol", "Marioupol"),
            ("Luhansk", "Louhansk"), ("Bakhmut", "Bakhmout"), ("Beirut", "Beyrouth"), ("Tehran", "Téhéran"),
            ("Baghdad", "Bagdad"), ("Khartoum", "Khartoum"), ("Sevastopol", "Sébastopol"), ("Kursk", "Koursk"),
            ("Mosul", "Mossoul"), ("Dushanbe", "Douchanbé"),
        ),
    },
    "Spanish": {
        _PERSON: (
            ("Khrushchev", "Jruschov"), ("Gorbachev", "Gorbachov"), ("Yeltsin", "Yeltsin"), ("Brezhnev", "Brézhnev"),
            ("Zelensky", "Zelenski"), ("Khodorkovsky", "Jodorkovski"), ("Khamenei", "Jamenei"),
            ("Khomeini", "Jomeini"), ("Yanukovych", "Yanukóvich"), ("Navalny", "Navalni"), ("Chekhov", "Chéjov"),
            ("Prigozhin", "Prigozhin"), ("Tchaikovsky", "Chaikovski"), ("Gaddafi", "Gadafi"),
        ),
        _PLACE: (
            ("Kharkiv", "Járkov"), ("Kherson", "Jersón"), ("Chernobyl", "Chernóbil"), ("Chechnya", "Chechenia"),
            ("Tehran", "Teherán"), ("Zaporizhzhia", "Zaporiyia"), ("Mosul", "Mosul"), ("Kabul", "Kabul"),
            ("Fallujah", "Faluya"), ("Sevastopol", "Sebastopol"), ("Khartoum", "Jartum"),
        ),
    },
    "Italian": {
        _PERSON: (
            ("Gorbachev", "Gorbaciov"), ("Khrushchev", "Krusciov"), ("Brezhnev", "Breznev"), ("Yeltsin", "Eltsin"),
            ("Gaddafi", "Gheddafi"), ("Zelensky", "Zelenskij"), ("Yanukovych", "Janukovyč"), ("Pushkin", "Puškin"),
            ("Chekhov", "Čechov"), ("Tchaikovsky", "Čajkovskij"), ("Dostoevsky", "Dostoevskij"),
            ("Mayakovsky", "Majakovskij"), ("Lukashenko", "Lukašenko"), ("Navalny", "Navalnyj"),
        ),
        _PLACE: (
            ("Chechnya", "Cecenia"), ("Grozny", "Groznyj"), ("Chernobyl", "Černobyl"), ("Kharkiv", "Charkiv"),
            ("Kherson", "Cherson"), ("Sevastopol", "Sebastopoli"), ("Tehran", "Teheran"), ("Tripoli", "Tripoli"),
        ),
    },
    "Polish": {
        _PERSON: (
            ("Gorbachev", "Gorbaczow"), ("Khrushchev", "Chruszczow"), ("Brezhnev", "Breżniew"), ("Yeltsin", "Jelcyn"),
            ("Lavrov", "Ławrow"), ("Medvedev", "Miedwiediew"), ("Zelensky", "Zełenski"), ("Navalny", "Nawalny"),
            ("Lukashenko", "Łukaszenka"), ("Yanukovych", "Janukowycz"), ("Shoigu", "Szojgu"), ("Pushkin", "Puszkin"),
            ("Chekhov", "Czechow"), ("Dostoevsky", "Dostojewski"), ("Gaddafi", "Kaddafi"), ("Prigozhin", "Prigożyn"),
        ),
        _PLACE: (
            ("Kyiv", "Kijów"), ("Kharkiv", "Charków"), ("Chechnya", "Czeczenia"), ("Grozny", "Grozny"),
            ("Chernobyl", "Czarnobyl"), ("Sevastopol", "Sewastopol"), ("Kherson", "Chersoń"), ("Tehran", "Teheran"),
        ),
    },
}  # fmt: skip

_FRAMES = {
    _PERSON: (
        "A portrait of {} hung in the hall of the old post office.",
        "The librarian had read every speech of {} and remembered two.",
        "In those years {} was seen on every front page.",
        "My aunt once shook hands with {} at a railway station.",
        "The talks with {} lasted until the coffee ran out.",
    ),
    _PLACE: (
        "Her brother had worked in {} before the war.",
        "The second train from {} arrived with all its lamps lit.",
        "A doctor from {} told them about the hospital there.",
        "Nobody on the boat had ever been to {} in winter.",
        "They flew over {} at night and saw nothing at all.",
    ),
}


def _kind(language: str) -> str:
    return f"name spelled as in {language}"


def _prepare(text: str, chance: Random) -> str:
    """A paragraph of ours with a name for every language."""
    sentences: list[str] = []
    frames = {sort: chance.sample(of_sort, len(of_sort)) for sort, of_sort in _FRAMES.items()}
    for sorts in _SPELLINGS.values():
        sort = chance.choice([_PERSON, _PERSON, _PLACE])
        english = chance.choice([english for english, foreign in sorts[sort] if english != foreign])
        sentences.append(frames[sort].pop().format(english))
    return with_paragraph(text, " ".join(sentences), chance)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for language, sorts in _SPELLINGS.items():
        foreign = {pair[0]: pair[1] for sort in sorts.values() for pair in sort if pair[0] != pair[1]}
        expression = re.compile(rf"\b(?:{'|'.join(sorted(foreign))})\b")
        for line in prose(text):
            for match in expression.finditer(line.text):
                start, end = line.start + match.start(), line.start + match.end()
                faults.append(Fault(start, end, foreign[match.group()], _kind(language)))
    return faults


INJECTOR = Injector(
    "romanised names",
    {_kind(language): (f"words/romanised-{language.lower()}",) for language in _SPELLINGS},
    _places,
    _prepare,
)
