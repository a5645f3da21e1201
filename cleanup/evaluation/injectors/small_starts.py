"""The pronoun I and the first word of a sentence in small letters."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import in_style, prose, sentence_breaks, spots, with_paragraph
from cleanup.evaluation.injectors._sentences import sentence
from cleanup.settings import shipped_evidence

PRONOUN, CONTRACTED = "pronoun I in small letters", "contracted pronoun I in small letters"
PRONOUN_START = "sentence that starts with a small pronoun I"
SENTENCE, QUESTION = "sentence that starts small", "sentence that starts small behind a question"
PARAGRAPH = "paragraph that starts small"

# Behind a name it may be a number: `Elizabeth I and her court`.
_PRONOUN = re.compile(r"(?<![\w'’-])[a-z]+,? I(?= [a-z]{2})")
_CONTRACTED = re.compile(r"(?<=[a-z,] )I(?=['’](?:m|ve|ll|d) )")
_PRONOUN_START = re.compile(r"(?:^|(?<=[a-z][.!?] ))I(?= [a-z]{2})")
# Behind a full stop these can only be the subject of a sentence of their own; `in` could go on with the last one.
_SUBJECTS = re.compile(r"(?:He|She|They|We|It|There|However|Nobody|Everybody|You|Nevertheless)\b")
_FIRST = re.compile(r"[A-Z](?P<rest>[a-z]+)(?= [a-z])")


def _prepare(text: str, chance: Random) -> str:
    """A paragraph of ours in the first person, with sentences that have a pronoun for their subject."""
    did = chance.sample(["slept on deck", "waited for the boat", "read old letters", "learned to sail", "drew maps"], 2)
    who, verb = chance.choice(["He", "She", "They", "Nobody"]), chance.choice(["laughed", "went home", "sat down"])
    asked = chance.choice(["Who lit the lamp", "What did the letter say", "Where was the boat"])
    own = (
        f"On that island I {did[0]}, and when I’m asked about it I say so. I {did[1]} as well. {who} {verb} at noon. "
        f"{asked}? {sentence(chance)} It was a good summer."
    )
    return with_paragraph(text, in_style(own, text), chance)


def _small(text: str, start: int, kind: str) -> list[Fault]:
    match = _FIRST.match(text, start)
    if match is None or not shipped_evidence().is_word(match.group().lower()):
        return []
    return [Fault(start, start + 1, text[start].lower(), kind)]


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for expression, kind in ((_PRONOUN, PRONOUN), (_CONTRACTED, CONTRACTED), (_PRONOUN_START, PRONOUN_START)):
        for _, end, _ in spots(text, expression):
            faults.append(Fault(end - 1, end, "i", kind))
    for start, end, _ in sentence_breaks(text):
        if text[start - 1] in "?!":
            faults += _small(text, end, QUESTION)
        elif text[start - 1] == "." and _SUBJECTS.match(text, end):
            faults += _small(text, end, SENTENCE)
    for line in prose(text):
        # The line before has to end a sentence: else this one goes on with it.
        if re.search(r"(?:^|[.!?][\"”]?\n+)\Z", text[: line.start]):
            faults += _small(text, line.start, PARAGRAPH)
    return faults


_PRONOUNS, _STARTS = ("words/lower-case-pronoun",), ("words/lower-case-line-start",)
INJECTOR = Injector(
    "small starts",
    {
        PRONOUN: _PRONOUNS,
        CONTRACTED: _PRONOUNS,
        PRONOUN_START: (*_PRONOUNS, *_STARTS),
        SENTENCE: _STARTS,
        QUESTION: _STARTS,
        PARAGRAPH: _STARTS,
    },
    _places,
    _prepare,
)
