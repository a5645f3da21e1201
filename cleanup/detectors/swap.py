"""Put a right form in the place of a wrong one, whole words only.

``[with]`` holds the pairs: wrong form = right form. A wrong form of several words matches
over any blanks between them. In lower case it matches any case and hands its own on (``dont``,
``Dont``, ``DONT``), unless ``case = "exact"``; with a capital it matches as written.
``before``, ``after`` and ``unless`` limit where. The right form's apostrophes are written in
the article's own style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import WORD, Article, Cue
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import BLANKS, WORD_END, WORD_START, Conditions, Prepared, finditer, is_cited, places
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = (*Conditions.KEYS, "case")


class Swaps(Prepared):
    """A card's pairs, ready to be looked for."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.exact = options.get("case", "fold") == "exact"
        if options.get("case", "fold") not in ("fold", "exact"):
            raise OptionError("case", f"case must be fold or exact, not {options['case']!r}")
        self.pairs = {wrong: right for wrong, right in options.items() if wrong not in _OPTIONS}
        for wrong, right in self.pairs.items():
            if not isinstance(right, str) or not wrong.strip() or wrong == right:
                raise OptionError(wrong, f"{wrong!r} must name another, right form, not {right!r}")
        self.conditions = Conditions(options)

    def right_form(self, found: str) -> str | None:
        """What ``found`` should read, in its own case; ``None`` if that is not certain."""
        wrong = " ".join(found.split())
        if wrong in self.pairs:
            return self.pairs[wrong]
        lower = wrong.lower()
        if self.exact or lower not in self.pairs:
            return None
        right = self.pairs[lower]
        if wrong == lower[:1].upper() + lower[1:]:
            return right[:1].upper() + right[1:]
        return right.upper() if wrong.isupper() else None

    @cached_property
    def phrases(self) -> regex.Pattern[str]:
        """The wrong forms of more than one word as one expression."""
        phrases = sorted((w for w in self.pairs if not _is_word(w)), key=lambda w: (-len(w), w))
        forms = [f"(?:{_spaced(w)})" if self._fixed_case(w) else f"(?i:{_spaced(w)})" for w in phrases]
        return regex.compile(f"{WORD_START}(?:{'|'.join(forms)}){WORD_END}")

    def places(self, article: Article, cue: Cue) -> list[tuple[int, int]]:
        """Where a wrong form may stand: the words that woke the rule, and phrases."""
        found = places(article.text, cue.words)
        if cue.pattern:
            spans = (match.span() for match in finditer(self.phrases, article.text))
            phrases = [span for span in spans if not is_cited(article.text, *span)]
            starts = {start for start, _ in phrases}
            found = sorted([*phrases, *(span for span in found if span[0] not in starts)])
        return found

    def needs(self) -> Needs:
        """The wrong forms, words and phrases apart."""
        words = [w for w in self.pairs if _is_word(w)]
        exact = frozenset(w for w in words if self._fixed_case(w))
        folded = frozenset(words) - exact
        phrases = sorted(w for w in self.pairs if not _is_word(w))
        if not phrases:
            return Needs(words=folded, exact=exact)
        blank = "[ \\x{a0}\\t]+"
        forms = {w: blank.join(regex.escape(p, special_only=True) for p in w.split()) for w in phrases}
        cased = (form if self._fixed_case(w) else f"(?i:{form})" for w, form in forms.items())
        return Needs(words=folded, exact=exact, patterns=("|".join(cased),))

    def _fixed_case(self, wrong: str) -> bool:
        return self.exact or wrong != wrong.lower()


def _is_word(form: str) -> bool:
    return WORD.fullmatch(form) is not None


def _spaced(form: str) -> str:
    return f"{BLANKS}+".join(regex.escape(part, special_only=True) for part in form.split())


def prepare(options: Mapping[str, Any]) -> Swaps:
    """Validate a card's pairs and conditions."""
    return Swaps(options)


def needs(prepared: Swaps) -> Needs:
    """One of the wrong forms."""
    return prepared.needs() if prepared.pairs else Needs(words=frozenset({"\0"}))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every wrong form, whole and in its place."""
    swaps: Swaps = rule.prepared
    conditions = swaps.conditions.checker(article)
    for start, end in swaps.places(article, article.cue(rule.id)):
        found = article.text[start:end]
        right = swaps.right_form(found)
        if right is None or not conditions.hold(start, end):
            continue
        # Where nothing has a capital, a capital is not what is missing.
        if not swaps.exact or article.writes_capitals(article.line_at(start)):
            replacement = article.styled(right)
            if replacement != found:
                yield rule.finding(start, end, replacement, evidence=f"{found}: should read {replacement}")
