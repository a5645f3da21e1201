"""Decide, in one pass over a text, which rules could fire in it.

A clean article must never reach a rule. The text's tokens are looked
up in what is remembered of them, RE2 automata search for what can
be seen only across tokens, and a few rules glance at the whole. All of them let through too much
rather than too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cleanup.article import WORD, Cue
from cleanup.automaton import Automaton, any_of
from cleanup.evidence import Evidence
from cleanup.rule import STAGES, Haystack, Rule
from cleanup.token_sieve import TokenSieve

_EVERYWHERE = frozenset("a an and at by for from in of on that the to with".split())
_EVERYDAY = _EVERYWHERE | frozenset(
    "us new old big great first second third year years day world state states national federal international general "
    "american european government president minister office court law war party market research city public community "
    "university union high house bank river street times members workers companies countries people said says into "
    "across against south north east west southern northern eastern western central united".split()
)
_TOGETHER = 20  # rules whose patterns share an automaton


class Gate:
    """The sieve over a fixed list of rules."""

    def __init__(self, rules: Sequence[Rule], evidence: Evidence) -> None:
        self._rules = rules
        self._evidence = evidence
        self._always = frozenset(i for i, rule in enumerate(rules) if rule.needs.always)
        self._phrases: dict[str, list[tuple[str, int]]] = {}
        self._beside = {i: rule.needs.beside for i, rule in enumerate(rules) if rule.needs.beside}
        self._asked: dict[int, Any] = {}
        self._only = {i: rule.needs.only for i, rule in enumerate(rules) if rule.needs.only}
        # What is woken by words that every text has is looked for in every text, along with the patterns.
        self._along = {i for i in self._only if not _EVERYWHERE.isdisjoint(map(str.lower, rules[i].needs.exact))}
        self._glances = [(i, rule.needs.glance) for i, rule in enumerate(rules) if rule.needs.glance]
        learnt = evidence.learnt
        self._learnt = [(i, rule.needs.learnt) for i, rule in enumerate(rules) if rule.needs.learnt and learnt]
        patterned: dict[int, tuple[str, ...]] = {}
        for index, rule in enumerate(rules):
            for phrase in rule.needs.phrases:
                self._phrases.setdefault(_key(phrase), []).append((phrase, index))
            if sought := rule.needs.only if index in self._along else rule.needs.patterns:
                patterned[index] = sought
        self._tokens = TokenSieve(rules, evidence, self._phrases.keys())
        # Where they are many, stage by stage: what looks for lines is unlike what looks for marks.
        stages = [tuple(i for i in patterned if rules[i].stage == stage) for stage in STAGES]
        alike = [tuple(patterned)] if len(patterned) <= _TOGETHER else stages
        self._automata = [
            Automaton({i: patterned[i] for i in few}) for some in alike for few in _in_parts(some, _TOGETHER)
        ]

    def admitted(self, text: str, tokens: Sequence[str]) -> dict[Rule, Cue]:
        """The rules that could fire in ``text``, of these blank-separated tokens, and what woke them.

        In the order of the rules.
        """
        words: dict[int, set[str]] = {}
        matched: set[int] = set()
        haystack = Haystack(text, tokens)
        flat = ""
        loud, woken = self._tokens.woken(tokens)
        for word, indices in loud.items():
            for index in indices:
                beside = self._beside.get(index)
                if beside is None or beside(word, haystack, self._evidence):
                    words.setdefault(index, set()).add(word)
            for phrase, index in self._phrases.get(word, ()):
                flat = flat or _flat(text, tokens)
                if index not in matched and phrase in flat:
                    matched.add(index)
        # surrogatepass: a lone surrogate is invalid UTF-8 to RE2, which then matches
        # nothing across it and everything around it.
        encoded = text.encode("utf-8", "surrogatepass")
        for automaton in self._automata:
            woken.update(automaton.matching(encoded))
        matched |= woken - self._only.keys()
        for index in self._only.keys() & (woken | words.keys()):
            sought = index in woken and index in words if index in self._along else self._is_there(index, encoded)
            if sought:
                matched.add(index)
            else:
                words.pop(index, None)
        glanced = {i for i, glance in self._glances if glance(haystack)}
        glanced.update(i for i, asks in self._learnt if asks(self._evidence.learnt, text))
        return {
            self._rules[i]: Cue(frozenset(words.get(i, ())), i in matched)
            for i in sorted(self._always | glanced | matched | words.keys())
        }

    def _is_there(self, index: int, encoded: bytes) -> bool:
        """Whether what a rule needs besides matches; many rules are never asked."""
        if index not in self._asked:
            self._asked[index] = any_of(self._only[index])
        return self._asked[index].search(encoded) is not None


def _key(phrase: str) -> str:
    """The word of a phrase to wait for: the longest that is not in every text, nor in many if there is another."""
    words: list[str] = WORD.findall(phrase)
    for common in (_EVERYDAY, _EVERYWHERE, ()):
        if rare := [word for word in words if word.lower() not in common and (len(word) > 1 or not common)]:
            return max(rare, key=len)
    return ""


def _flat(text: str, tokens: Sequence[str]) -> str:
    """``text`` with one blank wherever there may be several within a line."""
    return " ".join(tokens) if "\u00a0" in text or "\t" in text or "  " in text else text


def _in_parts(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """``items`` in parts of at most ``size``, as even as can be."""
    parts = -(-len(items) // size)
    return (items[len(items) * n // parts : len(items) * (n + 1) // parts] for n in range(parts))
