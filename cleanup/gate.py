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
from cleanup.rule import Rule

_MARKS = ".,;:!?\"'()[]“”‘’…"
_REMEMBERED = 500_000  # tokens; about 50 MB at the most
_LONGEST_REMEMBERED = 64  # code points of a token


class Gate:
    """The sieve over a fixed list of rules."""

    def __init__(self, rules: Sequence[Rule], evidence: Evidence) -> None:
        self._rules = rules
        self._evidence = evidence
        self._always = frozenset(i for i, rule in enumerate(rules) if rule.needs.always)
        self._by_word: dict[str, list[int]] = {}
        self._tests = [(i, rule.needs.test) for i, rule in enumerate(rules) if rule.needs.test]
        self._glances = [(i, rule.needs.glance) for i, rule in enumerate(rules) if rule.needs.glance]
        self._loud: dict[str, tuple[tuple[int, str], ...]] = {}
        options = re2.Options()
        options.max_mem = 64 << 20
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        self._pattern_owner: list[int] = []
        for index, rule in enumerate(rules):
            for word in rule.needs.words:
                self._by_word.setdefault(word, []).append(index)
            for pattern in rule.needs.patterns:
                self._set.Add(pattern)
                self._pattern_owner.append(index)
        if self._pattern_owner:
            self._set.Compile()
        # A dictionary word in lower case wakes no rule that does not name it.
        self._plain = evidence.words - self._by_word.keys() if self._tests else frozenset[str]()
        self._quiet: set[str] = set(self._plain)

    def admitted(self, text: str, tokens: set[str]) -> dict[Rule, Cue]:
        """The rules that could fire in ``text`` and what woke them.

        ``tokens`` are the text's blank-separated tokens. The order is that of the rules.
        """
        words: dict[int, set[str]] = {}
        for token in tokens - self._quiet:
            woken = self._loud.get(token)
            if woken is None:
                woken = self._judge(token)
                if len(token) <= _LONGEST_REMEMBERED:
                    self._remember(token, woken)
            for index, word in woken:
                words.setdefault(index, set()).add(word)
        by_pattern: set[int] = set()
        if self._pattern_owner:
            # surrogatepass: a lone surrogate is invalid UTF-8 to RE2, which then matches
            # nothing across it and everything around it.
            encoded = text.encode("utf-8", "surrogatepass")
            by_pattern.update(self._pattern_owner[i] for i in self._set.Match(encoded) or ())
        glanced = {i for i, glance in self._glances if glance(text)}
        return {
            self._rules[i]: Cue(frozenset(words.get(i, ())), i in by_pattern)
            for i in sorted(self._always | glanced | by_pattern | words.keys())
        }

    def _judge(self, token: str) -> tuple[tuple[int, str], ...]:
        if token.strip(_MARKS) in self._plain:
            return ()
        woken: set[tuple[int, str]] = set()
        for word in WORD.findall(token):
            woken.update((i, word) for i in self._by_word.get(word.lower(), ()))
            woken.update((i, word) for i, test in self._tests if test(word, self._evidence))
        return tuple(sorted(woken))

    def _remember(self, token: str, woken: tuple[tuple[int, str], ...]) -> None:
        if len(self._quiet) + len(self._loud) >= _REMEMBERED:
            self._quiet.clear()
            self._loud.clear()
            self._quiet |= self._plain
        if woken:
            self._loud[token] = woken
        else:
            self._quiet.add(token)
