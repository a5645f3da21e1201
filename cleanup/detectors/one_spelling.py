"""One name spelled in two ways in one article: ``Luhansk`` here, ``Lugansk`` there.

``[with]`` holds ``spellings``: lists of spellings of one name, the usual English one first.
Where the article has that one too, the others follow it; where it has not, the oftener of
the others wins. A line that speaks of the spelling is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import places, refuse_unknown
from cleanup.rule import Haystack, Needs, OptionError, Rule

_ABOUT_SPELLING = expression(
    r"(?i)\b(?:spel(?:l|t)\w*|transliterat\w+|also (?:known|written|called)|pronounced|formerly|renamed"
    r"|in (?:Russian|Ukrainian|Arabic|Spanish|French|German)|(?:Russian|Ukrainian|Arabic|Persian):)"
)
_BESIDE = 24  # code points within which two spellings explain each other


class Spellings:
    """A card's names, each spelling with its fellows."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("spellings",))
        groups = options.get("spellings", [])
        if not isinstance(groups, list) or not groups:
            raise OptionError("spellings", "spellings is missing: a list of lists of spellings")
        self.groups: dict[str, tuple[str, ...]] = {}
        for group in groups:
            if not isinstance(group, list) or len(group) < 2 or not all(isinstance(name, str) for name in group):
                raise OptionError("spellings", f"{group!r} must be two spellings or more, the usual one first")
            for name in group:
                if name in self.groups:
                    raise OptionError("spellings", f"{name!r} stands in two groups")
                self.groups[name] = tuple(group)

    def have_fellow(self, word: str, text: Haystack, evidence: Evidence) -> bool:
        """Whether another spelling of the name ``word`` stands in ``text``."""
        return any(text.has(name) for name in self.groups[word] if name != word)


def prepare(options: Mapping[str, Any]) -> Spellings:
    """Read the card's groups."""
    return Spellings(options)


def needs(prepared: Spellings) -> Needs:
    """A spelling that is not the usual one, and another of the same name."""
    unusual = frozenset(name for name, group in prepared.groups.items() if name != group[0])
    return Needs(exact=unusual, beside=prepared.have_fellow)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every spelling of a name that another one in the article outvotes."""
    spellings: Spellings = rule.prepared
    for group in dict.fromkeys(spellings.groups[word] for word in sorted(article.cue(rule.id).words)):
        found = {name: spots for name in group if (spots := places(article.text, [name]))}
        winner = group[0] if group[0] in found else max(found, key=lambda name: len(found[name]), default="")
        losers = [name for name in found if name != winner]
        if group[0] not in found and any(len(found[name]) == len(found[winner]) for name in losers):
            continue  # neither is usual, and neither has more
        for name in losers:
            for start, end in found[name]:
                if not _explained(article, start, end, group):
                    seen = f"{winner} stands {len(found[winner])} times here, {name} {len(found[name])}"
                    yield rule.finding(start, end, winner, evidence=seen)


def _explained(article: Article, start: int, end: int, group: tuple[str, ...]) -> bool:
    """Whether the line speaks of the spelling, or has another one close by."""
    line = article.line_at(start)
    if _ABOUT_SPELLING.search(article.text, max(line.start, start - 200), min(line.end, end + 200)):
        return True
    name = article.text[start:end]
    around = article.text[max(line.start, start - _BESIDE) : start] + "\n"
    around += article.text[end : min(line.end, end + _BESIDE)]
    return any(other in around for other in group if other != name and other not in name)
