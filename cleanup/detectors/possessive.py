"""A possessive without its apostrophe: ``Moscows latest offer``.

The word is no word, and a thing possessed follows. Either the lexicon has counted that the
stem is common with ``'s`` and not in the plural, or its plural ends otherwise (``Universitys``),
or the stem is a name and the article writes it alone more often than with the s; a stem known
from the article alone is unsafe unless it is a person there, and so is one that is known from
the user's own corpus.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.learnt import Counted
from cleanup.matching import Conditions, Prepared, finditer, places, refuse_unknown, string_list
from cleanup.persons import NAME, TITLES, Persons
from cleanup.rule import Haystack, Needs, Rule

_OPTIONS = {"stems", "singulars", "never", "pairs", "plural-before", "plural-after", *Conditions.KEYS}
_POSSESSED = expression("[ \u00a0]+[“\"‘']?[\\p{L}\\p{Nd}]")
_SHORTEST = 3
_IS_TITLE = expression(rf"(?:{TITLES})")
_COUNTED = expression(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ee]very|[Ee]ach)[ \u00a0](?P<name>{NAME})")
_PAIR = expression(rf"\b(?P<first>{NAME})(?=[ \u00a0](?P<second>{NAME}))")


class Possessives(Prepared):
    """A card's word lists."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self.stems = frozenset(string_list(options, "stems"))
        self.singulars = frozenset(string_list(options, "singulars"))
        self.never = frozenset(string_list(options, "never"))
        self.pairs = frozenset(string_list(options, "pairs"))
        self.plural_before = frozenset(string_list(options, "plural-before"))
        self.plural_after = frozenset(string_list(options, "plural-after"))
        self.conditions = Conditions(options)

    def waking(self, words: Set[str], evidence: Evidence) -> Set[str]:
        """The words that may be a name with an s and, to the lexicon, are nothing as a whole."""
        in_s = {word for word in words if word[-1] == "s" and len(word) > _SHORTEST} - self.never
        return {word for word in in_s if self.may_possess(word, evidence) or self.learnt(word, evidence)}

    def may_possess(self, word: str, evidence: Evidence) -> bool:
        """Whether the lexicon leaves room for a possessive."""
        stem = word[:-1]
        if word.isupper():
            return False
        if stem[0].islower():
            return word[-2] != "s" and self.vouches(stem.capitalize(), evidence) and not evidence.is_word(word)
        if self.vouches(stem, evidence):
            return True
        # Mexicans, Norwegians: a people, not a possessor.
        return not evidence.is_name(word.lower()) and not evidence.is_word(word) and not stem.endswith("an")

    def has_reason(self, word: str, text: Haystack, evidence: Evidence) -> bool:
        """Whether the stem is vouched for, or the text has it alone."""
        stem = word[:-1]
        vouched = self.vouches(stem[:1].upper() + stem[1:], evidence) or stem in self.singulars
        return vouched or self.learnt(word, evidence) is not None or text.has(stem)

    def learnt(self, word: str, evidence: Evidence) -> Counted | None:
        """What the user's corpus has of the possessive, if the lexicon has nothing against it."""
        stem = evidence.learnt.stem(word[:-1])
        return None if stem is None or evidence.is_word(word) or evidence.is_name(word.lower()) else stem

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
    names = _Names(article)
    plurals = {article.text[s : e - 1] for s, e in found_at if _is_plural(article, s, e, card)}
    for start, end in found_at:
        found = article.text[start : end - 1]
        stem = found[:1].upper() + found[1:]
        if not _POSSESSED.match(article.text, end):
            continue
        before = article.previous_word(start)
        if stem == found and evidence.is_word(f"{stem}s") and not before.islower():
            continue  # Shanghais may be a verb where a sentence starts
        times = article.times(stem)
        if not times and _opens_headline(article, start):
            continue  # Fergies flock to the show
        if found in plurals or not conditions.hold(start, end):
            continue
        reason = _reason(names, start, stem, card, evidence)
        if reason:
            source, sure = reason
            edits = [] if stem == found else [Edit(start, end - 1, stem)]
            edits.append(Edit(end - 1, end - 1, article.apostrophe))
            seen = f"{stem}s: {stem} stands {times} times here; {source}"
            tier: Tier | None = None if sure else "unsafe"
            yield rule.finding(start, end, edits=tuple(edits), evidence=seen, tier=tier)


class _Names:
    """What an article tells of its names; each is looked for once, when it is asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.persons = Persons(article)

    @cached_property
    def counted(self) -> frozenset[str]:
        """What there is more than one of: ``a Borvik``."""
        return frozenset(m["name"] for m in finditer(_COUNTED, self.article.text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Words with capitals that stand together: ``Rick Santorum``."""
        return frozenset((m["first"], m["second"]) for m in finditer(_PAIR, self.article.text))

    def may_end(self, before: str, stem: str, evidence: Evidence) -> bool:
        """Whether ``stem`` is no half of a name with an s of its own: Steve Wills is not Will's."""
        if not before[:1].isupper() or _IS_TITLE.fullmatch(before):
            return True
        # Behind a word that opens a sentence, or as the article has the two elsewhere.
        opens = evidence.is_word(before) and not evidence.is_name(before.lower())
        return opens or (before, stem) in self.pairs


def _reason(names: _Names, start: int, stem: str, card: Possessives, evidence: Evidence) -> tuple[str, bool] | None:
    """What vouches for the possessive of ``stem``, and whether that is certain."""
    article, word = names.article, f"{stem}s"
    times, with_s = article.times(stem), article.times(word)
    if card.vouches(stem, evidence) and (times or stem[-1] != "s"):
        return "its possessive is common, its plural is not", True
    if stem in card.singulars:
        return "its plural ends otherwise", True
    if times >= with_s and times and card.may_possess(word, evidence):
        is_whole = names.may_end(article.previous_word(start), stem, evidence)
        known, bearer = evidence.is_name(stem.lower()), names.persons.have(stem)
        if is_whole and (times > with_s or bearer) and (known or bearer or stem not in names.counted):
            return "the article has it without s", known or bearer
    learnt = card.learnt(word, evidence)
    if learnt:
        return f"{stem}'s is in {learnt.times} texts of the corpus, {word} in {learnt.other}", False
    return None


def _opens_headline(article: Article, start: int) -> bool:
    """Whether a word is the first of a line that does not end as a sentence does."""
    line = article.line_at(start)
    return line.start == start and not article.text[line.start : line.end].rstrip("”\"'’ ").endswith((".", "!", "?"))


def _is_plural(article: Article, start: int, end: int, card: Possessives) -> bool:
    """Whether the words around say that there are several: the Obamas, Kardashians are."""
    before = article.previous_word(start)
    if not before and article.text[max(start - 2, 0) : start - 1].isdigit():
        return True  # 100,000 Greeks
    if f"{before} {article.text[start : end - 1]}" in card.pairs:
        before = ""  # the New of New Zealands minister counts nothing
    after = article.next_word(end).lower()
    return before.lower() in card.plural_before or after in card.plural_after
