"""Decide, in one pass over a text, which rules could fire in it.

A clean article must never reach a rule. Two sieves see to that: the text's word types, of
which those known to wake no rule are remembered, and one RE2 automaton over the patterns of
all other rules. Both let through too much rather than too little.
"""

from __future__ import annotations

from collections.abc import Sequence

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
        self._quiet: set[str] = set()
        self._loud: dict[str, tuple[tuple[int, str], ...]] = {}
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
        fresh = tokens - self._quiet
        # A dictionary word in lower case wakes no rule that does not name it.
        quiet = list(self._evidence.words.among(fresh) - self._named)
        for token in sorted(fresh.difference(quiet)):  # sorted: a haystack's answers hang on the order
            woken = self._loud.get(token)
            if woken is None:
                woken = self._judge(token)
                if not woken:
                    quiet.append(token)
                    continue
                if len(token) <= _LONGEST_REMEMBERED:
                    self._loud[token] = woken
            for index, word in woken:
                beside = self._beside.get(index)
                if beside is None or beside(word, haystack, self._evidence):
                    words.setdefault(index, set()).add(word)
        self._remember(quiet)
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
        return {
            self._rules[i]: Cue(frozenset(words.get(i, ())), i in by_pattern)
            for i in sorted(self._always | glanced | by_pattern | words.keys())
        }

    def _judge(self, token: str) -> tuple[tuple[int, str], ...]:
        bare = token.strip(_MARKS)
        if bare in self._evidence.words and bare not in self._named:
            return ()
        woken: list[tuple[int, str]] = []
        for word in (bare,) if bare.isalpha() else WORD.findall(token):
            lower = word.lower()
            if lower in self._named or word in self._named:
                woken += ((i, word) for i in self._folded.get(lower, ()))
                woken += ((i, word) for i in self._exact.get(word, ()))
            for index, test in self._tests:
                if test(word, self._evidence):
                    woken.append((index, word))
        return tuple(dict.fromkeys(woken))

    def _remember(self, quiet: list[str]) -> None:
        if len(self._quiet) + len(self._loud) + len(quiet) > _REMEMBERED:
            self._quiet.clear()
            self._loud.clear()
        self._quiet.update(token for token in quiet if len(token) <= _LONGEST_REMEMBERED)
