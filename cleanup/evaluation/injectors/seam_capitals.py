"""A capital inside a sentence, where two translated pieces were put together."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import spots
from cleanup.settings import shipped_evidence

ARTICLE, LINK = "seam capital of an article or pronoun", "seam capital of a preposition or conjunction"
VERB, COMMA = "seam capital of a word in -ing", "seam capital behind a comma"

# None of these stands for a name as long as small letters go on behind it.
_ARTICLES = "the|this|these|those|he|she|they|it|his|her|their|its|an"
_LINKS = (
    "in|of|for|with|from|and|but|because|which|who|when|while|after|before|during|under|between|against|about|at|by|on|"
    "according|although|whether|where|until|since|without|through|also|however"
)
_ARTICLE = re.compile(rf"(?<=[a-z]{{2}} )(?:{_ARTICLES})(?= [a-z]{{2}})")
_LINK = re.compile(rf"(?<=[a-z]{{2}} )(?:{_LINKS})(?= [a-z])")
_VERB = re.compile(r"(?<=[a-z]{2} )[a-z]{2,}ing(?= [a-z])")
_COMMA = re.compile(rf"(?<=[a-z]{{2}}, )(?:{_ARTICLES}|{_LINKS})(?= [a-z]{{2}})")
_RULES = ("sentences/seam-capital",)


def _places(text: str, chance: Random) -> list[Fault]:
    faults = []
    for expression, kind in ((_ARTICLE, ARTICLE), (_LINK, LINK), (_VERB, VERB), (_COMMA, COMMA)):
        for start, end, match in spots(text, expression):
            word = match.group()
            if kind == VERB and not shipped_evidence().is_word(word):
                continue
            faults.append(Fault(start, end, word[0].upper() + word[1:], kind))
    return faults


INJECTOR = Injector("seam capitals", dict.fromkeys((ARTICLE, LINK, VERB, COMMA), _RULES), _places)
