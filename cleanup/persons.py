"""The persons that an article names: those with a title, and those who speak."""

from __future__ import annotations

from cleanup.article import Article, standing
from cleanup.expressions import expression
from cleanup.matching import finditer

TITLES = (
    "Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Senator|President|Chancellor|Judge|Justice|Captain|Doctor|"
    "Sergeant|Sheriff|Mayor|Governor|Minister|Premier|Inspector"
)
"""What stands in front of a person's name, as alternatives of an expression."""

NAME = r"\p{Lu}[\p{L}\p{M}-]{1,40}+"
"""One word of a name, as an expression."""

_TITLED = expression(rf"\b(?:{TITLES})\.?(?:[ \u00a0]\p{{Lu}}\.){{0,2}}(?P<names>(?:[ \u00a0]{NAME}){{1,3}})")
_SPEAKER = expression(
    rf"(?<!\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Ee]very|[Ee]ach)[ \u00a0])\b(?P<names>{NAME})[ \u00a0]"
    r"(?:says|said|told|adds|added|explains|explained|argues|argued|recalls|wrote|writes|believes)\b"
)
_SAID = expression(
    rf"\b(?:says|said|adds|added|explains|recalls)(?P<names>(?:[ \u00a0]{NAME}){{1,3}})(?=[.,;:”\"\r\n]|\Z)"
)


def is_person(article: Article, name: str) -> bool:
    """Whether ``name`` is a word of a person's name somewhere, as it is written.

    A firm that speaks (``Qantas said``) passes for a person.
    """
    lines = dict.fromkeys(article.line_at(at) for at in standing(article.text, name))
    return any(
        name in match["names"].split()
        for line in lines
        for pattern in (_TITLED, _SPEAKER, _SAID)
        for match in finditer(pattern, article.text, *line)
    )
