"""A sieve that remembers which words and tokens wake a rule.

Most of them wake none, and texts have most of them in common. So each is judged when it is met
first, all new ones of a text at once, and looked up ever after.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import filterfalse

from cleanup.article import WORD
from cleanup.automaton import Automaton
from cleanup.evidence import Evidence
from cleanup.rule import Rule

_MARKS = ".,;:!?\"'()[]“”‘’…"
_REMEMBERED = 500_000  # tokens; about 50 MB at the most
_LONGEST_REMEMBERED = 64  # code points
_Heard = tuple[tuple[str, ...], tuple[int, ...]]  # the words of a token that wake rules, and the rules it wakes whole
_SILENT: _Heard = (), ()


class TokenSieve:
    """Which words and which blank-separated tokens wake which rules.

    Args:
        rules: the rules in force; they are told apart by their place.
        evidence: what the rules' own tests of words go by.
        named: words that may wake a rule though they are ordinary words in lower case.
    """

    def __init__(self, rules: Sequence[Rule], evidence: Evidence, named: Set[str]) -> None:
        self._evidence = evidence
        self._folded: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        for index, rule in enumerate(rules):
            for word in rule.needs.words:
                self._folded.setdefault(word, []).append(index)
            for word in rule.needs.exact:
                self._exact.setdefault(word, []).append(index)
        self._tests = [(i, rule.needs.test) for i, rule in enumerate(rules) if rule.needs.test]
        # Words that a rule names, and names that are words too, are asked about all the same.
        self._named = evidence.curated_names | named | self._folded.keys() | self._exact.keys()
        # What is named but wakes nothing by itself is wanted all the same.
        self._as_written = named | self._exact.keys()
        of_tokens = {i: [f"(?m:{t})" for t in r.needs.tokens] for i, r in enumerate(rules) if r.needs.tokens}
        self._automaton = Automaton(of_tokens) if of_tokens else None
        self._quiet: set[str] = set()
        self._heard: dict[str, _Heard] = {}
        self._loud: dict[str, list[int]] = {}

    def woken(self, tokens: Sequence[str]) -> tuple[dict[str, list[int]], set[int]]:
        """The words of ``tokens`` that wake rules, with these, and the rules that a token wakes whole."""
        if len(self._quiet) + len(self._heard) > _REMEMBERED:
            for memory in (self._quiet, self._heard, self._loud):
                memory.clear()
        unquiet = set(filterfalse(self._quiet.__contains__, tokens))
        if fresh := unquiet.difference(self._heard):
            self._hear(fresh)
        heard = [self._heard[token] for token in unquiet & self._heard.keys()]
        loud = {word: self._loud[word] for words, _ in heard for word in words}
        marked = {rule for _, rules in heard for rule in rules}
        for token in unquiet:
            if len(token) > _LONGEST_REMEMBERED:
                self._forget(token)
        return loud, marked

    def _hear(self, fresh: set[str]) -> None:
        """Judge tokens that were not met before, and remember what they wake."""
        bare = {token: token.strip(_MARKS) for token in fresh}
        words = {word for word in bare.values() if word.isalpha()}
        composed = [token for token, word in bare.items() if word not in words]
        words.update(WORD.findall(" ".join(composed)))
        # difference() asks a dict about each word; `-` would go through all that the dict holds.
        self._loud |= self._judge(words.difference(self._loud))
        if loud := words & self._loud.keys():
            self._heard.update({token: ((word,), ()) for token, word in bare.items() if word in loud})
            for token in composed:
                if found := loud.intersection(WORD.findall(token)):
                    self._heard[token] = tuple(found), ()
        for token, rules in self._marked(list(fresh)):
            self._heard[token] = self._heard.get(token, _SILENT)[0], rules
        self._quiet |= fresh.difference(self._heard)

    def _forget(self, token: str) -> None:
        """What is very long hardly comes again, and hostile text is full of it."""
        self._quiet.discard(token)
        for word in self._heard.pop(token, _SILENT)[0]:
            if len(word) > _LONGEST_REMEMBERED:
                self._loud.pop(word, None)

    def _judge(self, words: set[str]) -> dict[str, list[int]]:
        """Those of ``words`` that wake rules. All at once: one call a rule, not one a word."""
        # A dictionary word in lower case wakes no rule that does not name it.
        words = words - (self._evidence.words.among(words) - self._named)
        folded, exact = self._folded, self._exact
        named = {word for word in words if word in self._as_written or word.lower() in folded}
        woken = {word: [*folded.get(word.lower(), ()), *exact.get(word, ())] for word in named}
        for index, test in self._tests:
            for word in test(words, self._evidence):
                woken.setdefault(word, []).append(index)
        return woken

    def _marked(self, tokens: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
        """Those of ``tokens`` in which an expression matches: all are asked at once, then halves."""
        if self._automaton is None:
            return []
        rules = tuple(set(self._automaton.matching("\n".join(tokens).encode("utf-8", "surrogatepass"))))
        if not rules or len(tokens) == 1:
            return [(tokens[0], rules)] if rules else []
        middle = len(tokens) // 2
        return self._marked(tokens[:middle]) + self._marked(tokens[middle:])
