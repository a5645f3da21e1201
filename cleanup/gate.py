"""Decide, in one pass over a text, which rules could fire in it.

A clean article must never reach a rule. Two sieves see to that: the text's word types, of
which those known to wake no rule are remembered, and one RE2 automaton over the patterns of
all other rules. Both let through too much rather than too little.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import re2

from cleanup.article import WORD, Cue
from cleanup.evidence import Evidence
from cleanup.rule import Haystack, Rule

_MARKS = ".,;:!?\"'()[]“”‘’…"
_REMEMBERED = 500_000  # tokens; about 50 MB at the most
_LONGEST_REMEMBERED = 64  # code points of a token


class Gate:
    """The sieve over a fixed list of rules."""

    def __init__(self, rules: Sequence[Rule], evidence: Evidence) -> None:
        self._rules = rules
        self._evidence = evidence
        self._always = frozenset(i for i, rule in enumerate(rules) if rule.needs.always)
        self._folded: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._tests = [(i, rule.needs.test) for i, rule in enumerate(rules) if rule.needs.test]
        self._beside = {i: rule.needs.beside for i, rule in enumerate(rules) if rule.needs.beside}
        self._narrowed = frozenset(i for i, rule in enumerate(rules) if rule.needs.only)
        self._glances = [(i, rule.needs.glance) for i, rule in enumerate(rules) if rule.needs.glance]
        learnt = evidence.learnt
        self._learnt = [(i, rule.needs.learnt) for i, rule in enumerate(rules) if rule.needs.learnt and learnt]
        self._quiet: set[str] = set()
        self._loud: dict[str, list[int]] = {}
        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        self._pattern_owner: list[int] = []
        for index, rule in enumerate(rules):
            for word in rule.needs.words:
                self._folded.setdefault(word, []).append(index)
            for word in rule.needs.exact:
                self._exact.setdefault(word, []).append(index)
            for pattern in (*rule.needs.patterns, *rule.needs.only):
                self._set.Add(pattern)
                self._pattern_owner.append(index)
        # Words that a rule names, and names that are words too, are asked about all the same.
        self._named = frozenset(self._folded) | frozenset(self._exact) | evidence.curated_names
        if self._pattern_owner:
            self._set.Compile()

    def admitted(self, text: str, tokens: set[str]) -> dict[Rule, Cue]:
        """The rules that could fire in ``text`` and what woke them.

        ``tokens`` are the text's blank-separated tokens. The order is that of the rules.
        """
        words: dict[int, set[str]] = {}
        haystack = Haystack(text)
        for word, woken in self._woken(tokens).items():
            for index in woken:
                beside = self._beside.get(index)
                if beside is None or beside(word, haystack, self._evidence):
                    words.setdefault(index, set()).add(word)
        by_pattern: set[int] = set()
        if self._pattern_owner:
            # surrogatepass: a lone surrogate is invalid UTF-8 to RE2, which then matches
            # nothing across it and everything around it.
            encoded = text.encode("utf-8", "surrogatepass")
            by_pattern.update(self._pattern_owner[i] for i in self._set.Match(encoded) or ())
        for index in self._narrowed:
            if index not in by_pattern or index not in words:
                words.pop(index, None)
                by_pattern.discard(index)
        glanced = {i for i, glance in self._glances if glance(text)}
        glanced.update(i for i, asks in self._learnt if asks(self._evidence.learnt, text))
        return {
            self._rules[i]: Cue(frozenset(words.get(i, ())), i in by_pattern)
            for i in sorted(self._always | glanced | by_pattern | words.keys())
        }

    def _woken(self, tokens: set[str]) -> dict[str, list[int]]:
        """The words of ``tokens`` that wake rules, with the indices of those."""
        fresh = tokens - self._quiet
        bare = {token.strip(_MARKS) for token in fresh} - self._quiet
        words = {word for word in bare if word.isalpha()}
        words.update(WORD.findall(" ".join(bare - words)))
        loud = {word: self._loud[word] for word in words & self._loud.keys()}
        loud |= self._judge(words - loud.keys())
        self._remember(fresh, loud)
        return loud

    def _judge(self, words: set[str]) -> dict[str, list[int]]:
        """Those of ``words`` that wake rules. All at once: one call a rule, not one a word."""
        # A dictionary word in lower case wakes no rule that does not name it.
        words = words - (self._evidence.words.among(words) - self._named)
        woken: dict[str, list[int]] = {}
        for word in words:
            lower = word.lower()
            if named := [*self._folded.get(lower, ()), *self._exact.get(word, ())]:
                woken[word] = named
        for index, test in self._tests:
            for word in test(words, self._evidence):
                woken.setdefault(word, []).append(index)
        return woken

    def _remember(self, fresh: set[str], loud: dict[str, list[int]]) -> None:
        if len(self._quiet) + len(self._loud) + len(fresh) > _REMEMBERED:
            self._quiet.clear()
            self._loud.clear()
        self._loud.update((word, woken) for word, woken in loud.items() if len(word) <= _LONGEST_REMEMBERED)
        if loud:
            fresh = {token for token in fresh if not self._holds(token, loud)}
        self._quiet.update(token for token in fresh if len(token) <= _LONGEST_REMEMBERED)

    @staticmethod
    def _holds(token: str, words: Collection[str]) -> bool:
        bare = token.strip(_MARKS)
        return bare in words if bare.isalpha() else any(word in words for word in WORD.findall(bare))
