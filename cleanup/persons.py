"""The persons that an article names: those with a title, and those who speak."""

from __future__ import annotations

from functools import cached_property

from cleanup.article import PATIENCE, Article, Span, standing
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


class Persons:
    """The persons of one article; its lines are looked through as they are asked for, and each but once.

    A firm that speaks (``Qantas said``) passes for a person.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._named: dict[Span, frozenset[str]] = {}
        self._asked = 0

    def have(self, name: str) -> bool:
        """Whether ``name`` is a word of a person's name somewhere, as it is written."""
        self._asked += 1
        if self._asked > PATIENCE:
            return name in self._all
        lines = (self._article.line_at(at) for at in standing(self._article.text, name))
        return any(name in self._in(line) for line in lines)

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset().union(*map(self._in, self._article.lines))

    def _in(self, line: Span) -> frozenset[str]:
        if line not in self._named:
            found = (m["names"] for e in (_TITLED, _SPEAKER, _SAID) for m in finditer(e, self._article.text, *line))
            self._named[line] = frozenset(name for names in found for name in names.split())
        return self._named[line]
