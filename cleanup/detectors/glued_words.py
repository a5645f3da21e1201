"""Two words without the blank between them, one of them a word of the card's ``joints``.

A word that nobody knows is taken apart where that gives, in one way only, a joint (and, which,
especially) and another word of English, or an abbreviation in capitals and a joint behind it.
A word that the article writes more than once may be a term of its trade, and is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import places, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = {"joints", "never"}
_SHORTEST, _LONGEST = 8, 40  # letters of the whole
_SHORTEST_PART = 4  # letters of the word beside the joint
_SHORTEST_JOINT = 3  # letters: is and it are endings too
_CAPITALS = expression(r"(?P<left>\p{Lu}{3,6})(?P<right>\p{Ll}{2,12})")


class Glue:
    """A card's word lists."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.joints = frozenset(string_list(options, "joints"))
        self.never = frozenset(string_list(options, "never"))
        if not self.joints:
            raise OptionError("joints", "joints is missing: words that may be one half")

    def coming_apart(self, words: Set[str], evidence: Evidence) -> Set[str]:
        """Those of ``words`` that are two."""
        return {word for word in words if self.halves(word, evidence)}

    def halves(self, word: str, evidence: Evidence) -> tuple[str, str] | None:
        """The two words that ``word`` is; ``None`` if it is one, or could be others."""
        if word in self.never:
            return None
        capitals = _CAPITALS.fullmatch(word)
        if capitals is not None:
            return (capitals["left"], capitals["right"]) if capitals["right"] in self.joints else None
        if not _SHORTEST <= len(word) <= _LONGEST or not word.islower() or not word.isalpha():
            return None
        if evidence.is_word(word) or evidence.is_name(word):
            return None
        ways = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
        known = [way for way in ways if all(map(evidence.is_word, way))]
        return known[0] if len(known) == 1 and self._has_joint(*known[0]) else None

    def _has_joint(self, left: str, right: str) -> bool:
        first = left in self.joints and len(left) >= _SHORTEST_JOINT and len(right) >= _SHORTEST_PART
        return first or (right in self.joints and len(right) >= _SHORTEST_JOINT and len(left) >= _SHORTEST_PART)


def prepare(options: Mapping[str, Any]) -> Glue:
    """Validate a card's word lists."""
    return Glue(options)


def needs(prepared: Glue) -> Needs:
    """A word that comes apart."""
    return Needs(test=prepared.coming_apart)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every word that woke the rule and stands in the article once."""
    glue: Glue = rule.prepared
    for start, end in places(article.text, article.cue(rule.id).words):
        word = article.text[start:end]
        halves = glue.halves(word, evidence)
        if halves is None or article.times(word) > 1:
            continue
        at = start + len(halves[0])
        yield rule.finding(
            start, end, edits=(Edit(at, at, " "),), evidence=f"{word} is no word, {' '.join(halves)} are two"
        )
