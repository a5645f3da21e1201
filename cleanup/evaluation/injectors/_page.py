"""What a news page could have said: invented headlines, names, days and numbers.

Every part is drawn by itself, so that no two lines need be alike and no list can be learned.
"""

from __future__ import annotations

from random import Random

_WHO = (
    "The baker", "A village", "The ferry", "The old mill", "A school choir", "The tramway", "A retired nurse",
    "The harbour", "The mayor's dog", "A farmer's son", "The fire brigade", "The last cinema", "The handball team",
    "A night porter", "The botanical garden", "A young chemist", "The chess club", "The lighthouse",
)  # fmt: skip
_DOES = (
    "refuses to retire", "votes on its future", "loses at home again", "moves to a new site",
    "wins in the final minute",
    "will cost more from spring", "opens its doors to visitors", "is looking for volunteers",
    "celebrates its centenary",
    "faces a long winter", "comes back after the storm", "asks for help", "breaks a record", "gets a second chance",
)  # fmt: skip
_ABOUT = (
    "saving water", "the new ferry fares", "growing tomatoes on a balcony", "the storm on Saturday",
    "choosing a bicycle",
    "the election in the valley", "the strike at the port", "winter tyres", "the price of bread",
    "sleeping well in summer",
)  # fmt: skip
_QUOTED = (
    "We were never asked", "I still hear the river", "It was a mistake", "Nobody told us", "I would do it again",
)  # fmt: skip
_SUBJECTS = ("Football", "Weather", "Agriculture", "Health", "Storm warning", "Justice", "Trains", "Cinema")

_FIRST = (
    "Anna", "Marek", "Lucia", "Henrik", "Sofia", "Paolo", "Ingrid", "Youssef", "Clara", "Tomas", "Elena", "Victor",
    "Marta", "Dmitri", "Leila", "Andrei",
)  # fmt: skip
_LAST = (
    "Lindqvist", "Moretti", "Kowalik", "Ferrand", "Okafor", "Brandt", "Sorokin", "Vidal", "Halasz", "Peeters",
    "Castan",
    "Novotny", "Aydin", "Rossel", "Marchetti", "Grau",
)  # fmt: skip
AGENCIES = ("AFP", "Reuters", "AP", "EPA", "dpa", "ANSA", "EFE", "Getty Images", "Shutterstock", "APA", "Keystone")
PAPERS = ("Valley News", "The Harbour Post", "Daily Lantern", "Northern Courier", "Lantern.example", "Radio Delta")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def headline(chance: Random) -> str:
    """The headline of another article."""
    number = chance.choice(["Five", "Ten", "Seven", "12", "Three"])
    return chance.choice(
        [
            f"{chance.choice(_WHO)} {chance.choice(_DOES)}",
            f"{chance.choice(_WHO)} {chance.choice(_DOES)}",
            f"{number} things to know about {chance.choice(_ABOUT)}",
            f"What you need to know about {chance.choice(_ABOUT)}",
            f"Why {chance.choice(_WHO).lower()} {chance.choice(_DOES)}",
            f"{chance.choice(_SUBJECTS)}: {chance.choice(_WHO).lower()} {chance.choice(_DOES)}",
            f"“{chance.choice(_QUOTED)}”: {person(chance)} on {chance.choice(_ABOUT)}",
            f"Who will pay for {chance.choice(_ABOUT)}?",
        ]
    )


def person(chance: Random) -> str:
    """An invented name."""
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def clock(chance: Random) -> str:
    """A time of day."""
    hour, minute = chance.randint(0, 23), chance.randint(0, 59)
    half, twelve = "ap"[hour >= 12], hour % 12 or 12
    forms = [f"{hour:02}:{minute:02}", f"{hour}:{minute:02}", f"{hour:02}h{minute:02}", f"{hour:02}.{minute:02}"]
    return chance.choice([*forms[:1] * 2, *forms, f"{twelve}:{minute:02} {half}m", f"{twelve}:{minute:02} {half}.m."])


def numeric_date(chance: Random) -> str:
    """A day of the calendar that says nothing of a language."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2012, 2025)
    return chance.choice([f"{day:02}/{month:02}/{year}", f"{day:02}.{month:02}.{year}", f"{year}-{month:02}-{day:02}"])


def date(chance: Random) -> str:
    """A day of the calendar."""
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2012, 2025)
    name = MONTHS[month - 1]
    return chance.choice(
        [
            numeric_date(chance),
            numeric_date(chance),
            f"{name} {day}, {year}",
            f"{day} {name} {year}",
            f"{day} {name[:3]} {year}",
            f"{chance.choice(_DAYS)}, {day} {name} {year}",
        ]
    )
