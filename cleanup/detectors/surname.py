"""A surname in lower case behind a first name or a title: ``Dmitri kislov``, ``Mr zambito``.

The word must be unknown to the lexicon, and not built like an English one: what stands
behind a first name and is no word can hardly be anything but the name. ``[with]`` holds
``given`` names and ``titles``, as they are written; ``addresses``, titles that only a name
follows, so that any unknown word there is one; and ``never``, words to leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, places, re2_escape, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_SHORTEST = 4  # code points of a surname
_SUFFIX = expression(
    r"(?:e?d|ing|ings|ly|ness|ments?|able|ible|ically|ous|ive|ology|ful|less|like|wise|ward|wards|i?est|ions?|ities|ity"
    r"|isms?|ists?|ships?|hoods?|ers|e?s)$"
)
_REACH = 48  # code points in front of a surname
_HYPHENS = ("-", "\u2010", "\u2011")
_LATIN = expression(r"\p{Latin}")
_BEARER = expression(
    r"(?<![\p{L}\p{M}\p{N}@#/_.'’-])(?P<name>\p{Lu}[\p{L}\p{M}]{1,24}+)\.?[ \u00a0](?:\p{Lu}\.[ \u00a0])?\Z"
)
_NEAR = 7  # letters, up to which a word that lacks, doubles or swaps one is not searched for


class Bearers(Prepared):
    """What stands in front of surnames."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("given", "titles", "addresses", "never"))
        self.addresses = frozenset(string_list(options, "addresses"))
        self.before = self.addresses.union(string_list(options, "given"), string_list(options, "titles"))
        if not self.before:
            raise OptionError("given", "given is missing: a list of first names")
        self.never = frozenset(string_list(options, "never"))

    def waking(self, words: Set[str], evidence: Evidence) -> Set[str]:
        """The lower-case words that English has not."""
        small = {word for word in words if len(word) >= _SHORTEST and word.islower() and _LATIN.match(word)}
        return small - self.never - evidence.words_among(small)


def prepare(options: Mapping[str, Any]) -> Bearers:
    """Read the card's names."""
    return Bearers(options)


def needs(prepared: Bearers) -> Needs:
    """A lower-case word that English has not, in a text with a first name before a small letter."""
    names = "|".join(map(re2_escape, sorted(prepared.before)))
    return Needs(test=prepared.waking, only=(rf"\b(?:{names})\.? (?:\p{{Lu}}\. )?\p{{Ll}}{{{_SHORTEST}}}",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every unknown lower-case word behind a first name or a title."""
    bearers: Bearers = rule.prepared
    text = article.text
    for start, end in places(text, article.cue(rule.id).words):
        name = text[start:end]
        bearer = _BEARER.search(text, max(start - _REACH, 0), start)
        if bearer is None or bearer["name"] not in bearers.before or text[end : end + 1] in _HYPHENS:
            continue
        after = article.next_word(end)
        if after.islower() and len(after) > 2 and not evidence.is_word(after.partition("'")[0].partition("’")[0]):
            continue  # foreign words, or a Latin name
        if bearer["name"] in bearers.addresses or not _may_be_a_word(name, evidence):
            seen = f"{name}: behind {bearer['name']}, and no word"
            yield rule.finding(start, start + 1, name[0].upper(), evidence=seen)


def _may_be_a_word(name: str, evidence: Evidence) -> bool:
    """Whether a word is built like an English one, or is the slip of a pen for one."""
    if evidence.is_name(name):
        return False
    if _SUFFIX.search(name):
        return True
    is_word = evidence.is_word
    if any(is_word(name[:cut]) and is_word(name[cut:]) for cut in range(2, len(name) - 1)):
        return True
    swapped = (name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1))
    fewer = (name[:at] + name[at + 1 :] for at in range(len(name)) if len(name) > _SHORTEST)
    more = (name[:at] + letter + name[at:] for at in range(1, len(name) + 1) for letter in "abcdefghiklmnoprstuvwy")
    return any(map(is_word, swapped)) or any(map(is_word, fewer)) or (len(name) >= _NEAR and any(map(is_word, more)))
