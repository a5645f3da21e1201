"""A word, a phrase or a sentence twice in a row."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import sentences, spots

LITTLE, OTHER, HEAD = "little word twice", "other word twice", "first word of a sentence twice"
SHORT, LONG = "phrase of two or three words twice", "phrase of four to eight words twice"
COMMA, SENTENCE = "phrase twice with a comma between", "sentence twice"
BEHIND = "sentence again behind the next one"

# None of these stands twice in good English, whatever is around it.
_LITTLE = frozenset(
    "the a an of to and for from with by at as be are were this these their its his our my your or but if into than "
    "while because between about under after before during which who when where".split()
)
# What can stand twice for emphasis, or because two clauses meet.
_TWICE_RIGHT = frozenset(
    "had that is was has very so really much long far many more again never no ha bye well now please what you her it "
    "do in on up out off over there here one two three half little old big good bad quite too way round through step "
    "side hand day time year face door word line night all yes".split()
)
_WORD = re.compile(r"(?<=[a-z,] )[a-z]+(?=[ ,.])")
_PHRASE = re.compile(r"(?<=[a-z] )[a-z]+(?: [a-z]+){1,7}(?= [a-z])")
_EDGES = frozenset("and or but nor than to by after for".split())  # `more and more`, `day after day`, `step by step`


def _phrases(words: list[str], chance: Random) -> list[tuple[int, list[str], str]]:
    """One short and one long run of ``words``: where it starts, the run, its class."""
    chosen = []
    for kind, shortest, longest in ((SHORT, 2, 3), (LONG, 4, 8)):
        count = min(chance.randint(shortest, longest), len(words))
        if count >= shortest:
            first = chance.randint(0, len(words) - count)
            chosen.append((first, words[first : first + count], kind))
    return chosen


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for _, end, match in spots(text, _WORD):
        word = match.group()
        around = match.string[max(0, match.start() - len(word) - 1) : match.end() + len(word) + 1].split()
        if around.count(word) > 1 or word in _TWICE_RIGHT or (len(word) == 1 and word != "a"):
            continue
        if word in _LITTLE or len(word) >= 4:
            faults.append(Fault(end, end, f" {word}", LITTLE if word in _LITTLE else OTHER))
    for start, _, match in spots(text, _PHRASE):
        words = match.group().split(" ")
        for first, run, kind in _phrases(words, chance):
            if run[0] in _EDGES or run[-1] in _EDGES or len(set(run)) < len(run):
                continue
            at = start + len(" ".join(words[: first + len(run)]))
            phrase = " ".join(run)
            faults.append(Fault(at, at, f" {phrase}", kind))
            if len(run) >= 3:
                faults.append(Fault(at, at, f", {phrase}", COMMA))
    found = list(sentences(text))
    for number, (start, sentence) in enumerate(found):
        end, words = start + len(sentence), sentence.split(" ")
        if re.match(r"(?:The|This|These|In|He|She|They|It|We|According|But|There) [a-z]", sentence):
            faults.append(Fault(start, start, chance.choice([words[0], words[0], words[0].lower()]) + " ", HEAD))
        if len(words) < 5 or sentence[-1] not in ".!?":
            continue
        faults.append(Fault(end, end, f" {sentence}", SENTENCE))
        following = found[number + 1 : number + 2]
        if following and following[0].start == end + 1:
            at = following[0].start + len(following[0].text)
            faults.append(Fault(at, at, f" {sentence}", BEHIND))
    return faults


INJECTOR = Injector(
    "doubled words",
    {
        **dict.fromkeys((LITTLE, OTHER, HEAD), ("sentences/doubled-word",)),
        **dict.fromkeys((SHORT, LONG, COMMA), ("sentences/doubled-phrase",)),
        **dict.fromkeys((SENTENCE, BEHIND), ("sentences/doubled-sentence",)),
    },
    _places,
)
