"""Decide, in one pass over a text, which rules could fire in it.

A clean article must never reach a rule. Two sieves see to that: the text's word types, of
which those known to wake no rule are remembered, and RE2 automata over the patterns of all other
rules. Both let through too much rather than too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanup.article import WORD, Cue
from cleanup.automaton import Automaton, any_of
from cleanup.evidence import Evidence
from cleanup.rule import STAGES, Haystack, Rule

_MARKS = ".,;:!?\"'()[]“”‘’…"
_REMEMBERED = 500_000  # tokens; about 50 MB at the most
_LONGEST_REMEMBERED = 64  # code points of a token
_EVERYWHERE = frozenset("a an and at by for from in of on that the to with".split())
_TOGETHER = 20  # rules whose patterns share an automaton


class Gate:
    """The sieve over a fixed list of rules."""

    def __init__(self, rules: Sequence[Rule], evidence: Evidence) -> None:
        self._rules = rules
        self._evidence = evidence
        self._always = frozenset(i for i, rule in enumerate(rules) if rule.needs.always)
        self._folded: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._phrases: dict[str, list[tuple[str, int]]] = {}
        self._tests = [(i, rule.needs.test) for i, rule in enumerate(rules) if rule.needs.test]
        self._beside = {i: rule.needs.beside for i, rule in enumerate(rules) if rule.needs.beside}
        self._only = {i: rule.needs.only for i, rule in enumerate(rules) if rule.needs.only}
        self._glances = [(i, rule.needs.glance) for i, rule in enumerate(rules) if rule.needs.glance]
        learnt = evidence.learnt
        self._learnt = [(i, rule.needs.learnt) for i, rule in enumerate(rules) if rule.needs.learnt and learnt]
        self._quiet: set[str] = set()
        self._heard: dict[str, tuple[str, ...]] = {}
        self._loud: dict[str, list[int]] = {}
        patterned: dict[int, tuple[str, ...]] = {}
        for index, rule in enumerate(rules):
            for word in rule.needs.words:
                self._folded.setdefault(word, []).append(index)
            for word in rule.needs.exact:
                self._exact.setdefault(word, []).append(index)
            for phrase in rule.needs.phrases:
                self._phrases.setdefault(_key(phrase), []).append((phrase, index))
            if rule.needs.patterns:
                patterned[index] = rule.needs.patterns
        # Where they are many, stage by stage: what looks for lines is unlike what looks for marks.
        stages = [tuple(i for i in patterned if rules[i].stage == stage) for stage in STAGES]
        alike = [tuple(patterned)] if len(patterned) <= _TOGETHER else stages
        self._automata = [
            Automaton({i: patterned[i] for i in few}) for some in alike for few in _in_parts(some, _TOGETHER)
        ]
        # Words that a rule names, and names that are words too, are asked about all the same.
        named = self._folded.keys() | self._exact.keys() | self._phrases.keys()
        self._named = evidence.curated_names | named

    def admitted(self, text: str, tokens: Sequence[str], types: set[str]) -> dict[Rule, Cue]:
        """The rules that could fire in ``text`` and what woke them, in the order of the rules.

        ``tokens`` are the text's blank-separated tokens, ``types`` the different ones.
        """
        words: dict[int, set[str]] = {}
        matched: set[int] = set()
        haystack = Haystack(text)
        flat = ""
        for word, woken in self._woken(types).items():
            for index in woken:
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
            matched.update(automaton.matching(encoded))
        for index in self._only.keys() & words.keys():
            if any_of(self._only[index]).search(encoded):
                matched.add(index)
            else:
                del words[index]
        glanced = {i for i, glance in self._glances if glance(text, tokens)}
        glanced.update(i for i, asks in self._learnt if asks(self._evidence.learnt, text))
        return {
            self._rules[i]: Cue(frozenset(words.get(i, ())), i in matched)
            for i in sorted(self._always | glanced | matched | words.keys())
        }

    def _woken(self, tokens: set[str]) -> dict[str, list[int]]:
        """The words of ``tokens`` that wake rules, with the indices of those."""
        unquiet = tokens - self._quiet
        heard = unquiet & self._heard.keys()
        loud = {word for token in heard for word in self._heard[token]}
        if fresh := unquiet - heard:
            loud |= self._hear(fresh)
        woken = {word: self._loud[word] for word in loud}
        for word in woken:
            if len(word) > _LONGEST_REMEMBERED:
                del self._loud[word]
        return woken

    def _hear(self, fresh: set[str]) -> set[str]:
        """The words that wake rules of tokens that were not met before; both are remembered."""
        if len(self._quiet) + len(self._heard) + len(fresh) > _REMEMBERED:
            self._quiet.clear()
            self._heard.clear()
            self._loud.clear()
        bare = {token: token.strip(_MARKS) for token in fresh}
        words = {word for word in bare.values() if word.isalpha()}
        words.update(WORD.findall(" ".join({*bare.values()} - words)))
        # difference() asks a dict about each word; `-` would go through all that the dict holds.
        self._loud |= self._judge(words.difference(self._loud))
        loud = words & self._loud.keys()
        if loud:
            for token, word in bare.items():
                if len(token) > _LONGEST_REMEMBERED:
                    continue
                if word in loud:
                    self._heard[token] = (word,)
                elif not word.isalpha() and (found := loud.intersection(WORD.findall(word))):
                    self._heard[token] = tuple(found)
        long = {token for token in fresh if len(token) > _LONGEST_REMEMBERED}
        self._quiet |= fresh.difference(self._heard) - long
        return loud

    def _judge(self, words: set[str]) -> dict[str, list[int]]:
        """Those of ``words`` that wake rules. All at once: one call a rule, not one a word."""
        # A dictionary word in lower case wakes no rule that does not name it.
        words = words - (self._evidence.words.among(words) - self._named)
        woken: dict[str, list[int]] = {}
        for word in words:
            named = [*self._folded.get(word.lower(), ()), *self._exact.get(word, ())]
            if named or word in self._phrases:
                woken[word] = named
        for index, test in self._tests:
            for word in test(words, self._evidence):
                woken.setdefault(word, []).append(index)
        return woken


def _key(phrase: str) -> str:
    """The word of a phrase to wait for: the longest that is not in every text."""
    words: list[str] = WORD.findall(phrase)
    return max((word for word in words if word.lower() not in _EVERYWHERE), key=len, default=words[0])


def _flat(text: str, tokens: Sequence[str]) -> str:
    """``text`` with one blank wherever there may be several within a line."""
    return " ".join(tokens) if "\u00a0" in text or "\t" in text or "  " in text else text


def _in_parts(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """``items`` in parts of at most ``size``, as even as can be."""
    parts = -(-len(items) // size)
    return (items[len(items) * n // parts : len(items) * (n + 1) // parts] for n in range(parts))
