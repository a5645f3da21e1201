"""Short sentences of ours, put together from parts, so that the same one seldom comes twice."""

from __future__ import annotations

from random import Random

_WHO = (
    "The keeper", "The captain", "A nurse from the valley", "The youngest of the visitors", "My aunt", "The baker",
    "The warden", "An old fisherman", "The choir", "A boy with a drum", "The teacher", "Our neighbour", "The mayor",
    "The crew of the ferry", "A woman in a green coat", "The guests",
)  # fmt: skip
_DID = (
    "waited", "laughed", "sat down", "went home", "looked at the river", "counted the boats", "said nothing",
    "lit another lamp", "closed the gate", "sang for an hour", "slept through the storm", "wrote a long letter",
    "came back with two baskets", "asked for bread", "turned round", "took the last train",
)  # fmt: skip
_WHERE = (
    "", "", "in the kitchen", "on the quay", "by the old mill", "at the station", "near the church",
    "under the bridge",
    "in front of the school", "behind the market",
)  # fmt: skip
_SAID = (
    "we stay", "nobody goes", "there is no bread before seven", "give us back our bench", "a poem without verbs",
    "the boat is late", "it will be a long winter", "a certain lack of chairs", "the usual rain",
    "who counts the gulls", "we will wait here", "it is only the wind", "the roof will hold",
    "nobody asked the fishermen", "a very small harbour",
)  # fmt: skip
_ACRONYMS = ("BBC", "NATO", "UNESCO", "CNN", "FIFA", "NASA", "WHO", "IMF", "OPEC", "UEFA", "FBI", "UNICEF")


def sentence(chance: Random) -> str:
    """A sentence with a full stop."""
    return " ".join(filter(None, [chance.choice(_WHO), chance.choice(_DID), chance.choice(_WHERE)])) + "."


def saying(chance: Random) -> str:
    """What could stand between quotation marks, in small letters and without a mark at its end."""
    return chance.choice(_SAID)


def with_quotation(chance: Random) -> str:
    """A sentence with a quotation in curly marks inside it."""
    who, told = chance.choice(_WHO), saying(chance)
    return chance.choice(
        [
            f"{who} had heard “{told}” once too often and said so to everybody.",
            f"On the wall by the quay somebody had written “{told}” in letters as high as a house.",
            f"{who} calls it “{told}” and has done so since the flood.",
            f"The words “{told}” were all that was left of the sign behind the church.",
        ]
    )


def dialogue(chance: Random) -> str:
    """Sentences and quotations that are sentences, one behind the other."""
    told, asked = (saying(chance).capitalize() for _ in range(2))
    narrated = " ".join(sentence(chance) for _ in range(2))
    return f"{narrated} “{told}.” {sentence(chance)} “{asked}!” {sentence(chance)}"


def with_acronym(chance: Random) -> str:
    """A sentence with a year and an acronym before words in small letters."""
    acronym, year = chance.choice(_ACRONYMS), chance.randint(1920, 2019)
    return chance.choice(
        [
            f"Nothing like it was seen before {year} when the {acronym} opened a small office by the harbour.",
            f"A report that the {acronym} wrote in {year} and sent to the town was never read by anybody.",
            f"The {acronym} came to the island in {year} after the storm, and the {acronym} left it with a cold.",
        ]
    )
