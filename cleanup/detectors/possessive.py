"""A possessive without its apostrophe: ``Moscows latest offer``.

The word is no word, and a thing possessed follows. Either the lexicon has counted that the
stem is common with ``'s`` and not in the plural, or the stem is a name and the article writes
it alone more often than with the s; a stem known from the article alone is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Conditions, Prepared, places, refuse_unknown, string_list
from cleanup.rule import Haystack, Needs, Rule

_OPTIONS = {"stems", "never", "pairs", "plural-before", "plural-after", *Conditions.KEYS}
_POSSESSED = expression("[ \u00a0]+[“\"‘']?[\\p{L}\\p{Nd}]")
_SHORTEST = 3


class Possessives(Prepared):
    """A card's word lists."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.stems = frozenset(string_list(options, "stems"))
        self.never = frozenset(string_list(options, "never"))
        self.pairs = frozenset(string_list(options, "pairs"))
        self.plural_before = frozenset(string_list(options, "plural-before"))
        self.plural_after = frozenset(string_list(options, "plural-after"))
        self.conditions = Conditions(options)

    def waking(self, words: Set[str], evidence: Evidence) -> Set[str]:
        """The words that may be a name with an s and, to the lexicon, are nothing as a whole."""
        in_s = {word for word in words if word[-1] == "s" and len(word) > _SHORTEST} - self.never
        return {word for word in in_s if self._may_possess(word, evidence)}

    def _may_possess(self, word: str, evidence: Evidence) -> bool:
        if word[-2] == "s" or word.isupper():
            return False
        stem = word[:-1]
        if stem[0].islower():
            return self.vouches(stem.capitalize(), evidence) and not evidence.is_word(word)
        if self.vouches(stem, evidence):
            return True
        # Mexicans, Norwegians: a people, not a possessor.
        return not evidence.is_name(word.lower()) and not evidence.is_word(word) and not stem.endswith("an")

    def has_reason(self, word: str, text: Haystack, evidence: Evidence) -> bool:
        """Whether the stem is vouched for, or the text has it alone."""
        stem = word[:-1]
        return self.vouches(stem[:1].upper() + stem[1:], evidence) or text.has(stem)

    def vouches(self, stem: str, evidence: Evidence) -> bool:
        """Whether the possessive of ``stem`` is known and its plural is not."""
        return stem in evidence.possessive_stems or stem in self.stems


def prepare(options: Mapping[str, Any]) -> Possessives:
    """Read the card's word lists."""
    return Possessives(options)


def needs(prepared: Possessives) -> Needs:
    """A capitalised word in -s that is no name itself."""
    return Needs(test=prepared.waking, beside=prepared.has_reason)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every name with a bare s that has something to possess behind it."""
    card: Possessives = rule.prepared
    conditions = card.conditions.checker(article)
    found_at = places(article.text, article.cue(rule.id).words)
    # Where one is plural, all are: an article about Londons means them.
    plurals = {article.text[s : e - 1] for s, e in found_at if _is_plural(article, s, e, card)}
    for start, end in found_at:
        found = article.text[start : end - 1]
        stem = found[:1].upper() + found[1:]
        vouched = card.vouches(stem, evidence)
        if not _POSSESSED.match(article.text, end):
            continue
        before = article.previous_word(start)
        if stem == found and evidence.is_word(f"{stem}s") and not before.islower():
            continue  # Shanghais may be a verb where a sentence starts
        times = article.times(stem)
        if not times and _opens_headline(article, start):
            continue  # Fergies flock to the show
        if not vouched and (times <= article.times(f"{stem}s") or before[:1].isupper()):
            continue
        if found in plurals or not conditions.hold(start, end):
            continue
        source = "its possessive is common, its plural is not" if vouched else "the article has it without s"
        edits = [] if stem == found else [Edit(start, end - 1, stem)]
        edits.append(Edit(end - 1, end - 1, article.apostrophe))
        seen = f"{stem}s: {stem} stands {times} times here; {source}"
        tier: Tier | None = None if vouched or evidence.is_name(stem.lower()) else "unsafe"
        yield rule.finding(start, end, edits=tuple(edits), evidence=seen, tier=tier)


def _opens_headline(article: Article, start: int) -> bool:
    """Whether a word is the first of a line that does not end as a sentence does."""
    line = article.line_at(start)
    return line.start == start and not article.text[line.start : line.end].rstrip("”\"'’ ").endswith((".", "!", "?"))


def _is_plural(article: Article, start: int, end: int, card: Possessives) -> bool:
    """Whether the words around say that there are several: the Obamas, Kardashians are."""
    before = article.previous_word(start)
    if f"{before} {article.text[start : end - 1]}" in card.pairs:
        before = ""  # the New of New Zealands minister counts nothing
    after = article.next_word(end).lower()
    return before.lower() in card.plural_before or after in card.plural_after
