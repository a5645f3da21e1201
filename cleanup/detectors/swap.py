"""Put a right form in the place of a wrong one, whole words only.

``[with]`` holds the pairs: wrong form = right form. A wrong form of several words matches
over any blanks between them. In lower case it matches any case and hands its own on (``dont``,
``Dont``, ``DONT``), unless ``case = "exact"``; with a capital it matches as written.
``before``, ``after``, ``within`` and ``unless`` limit where. The right form's apostrophes are written in
the article's own style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from cleanup.article import WORD, Article, Cue
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import Conditions, Prepared, in_small_quotation, is_whole, places, re2_escape, re2_spans
from cleanup.rule import Needs, OptionError, Rule

_BLANKS = "[ \\x{a0}\\t]+"
_OPTIONS = (*Conditions.KEYS, "case")


class Swaps(Prepared):
    """A card's pairs, ready to be looked for."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.exact = options.get("case", "fold") == "exact"
        if options.get("case", "fold") not in ("fold", "exact"):
            raise OptionError("case", f"case must be fold or exact, not {options['case']!r}")
        self.pairs: dict[str, str] = {wrong: right for wrong, right in options.items() if wrong not in _OPTIONS}
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
    def phrases(self) -> Any:
        """The wrong forms that are no single words as one RE2 expression; ``None`` without any."""
        import re2

        forms = [wrong for wrong in self.pairs if not _is_word(wrong)]
        options = re2.Options()
        options.max_mem = 64 << 20  # bytes: a thousand phrases share few states
        options.log_errors = False
        return re2.compile(self._any_of(forms).encode(), options) if forms else None

    def _any_of(self, forms: Iterable[str]) -> str:
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        sources = {form: _BLANKS.join(map(re2_escape, form.split())) for form in ordered}
        return "|".join(source if self._fixed_case(form) else f"(?i:{source})" for form, source in sources.items())

    def places(self, article: Article, cue: Cue) -> list[tuple[int, int]]:
        """Where a wrong form may stand: words, and phrases that no other word runs into."""
        text = article.text
        found = places(text, cue.words)
        if cue.pattern and self.phrases is not None:
            phrases = [span for span in re2_spans(self.phrases, text) if is_whole(text, *span)]
            starts = {start for start, _ in phrases}
            found = sorted([*phrases, *(span for span in found if span[0] not in starts)])
        return found

    def needs(self) -> Needs:
        """The wrong forms: words, phrases as they are written, and what is left as a pattern."""
        words = frozenset(form for form in self.pairs if _is_word(form))
        exact = frozenset(form for form in words if self._fixed_case(form))
        phrases = {form for form in self.pairs.keys() - words if self._fixed_case(form) and WORD.search(form)}
        rest = self.pairs.keys() - words - phrases
        return Needs(
            words=words - exact,
            exact=exact,
            phrases=frozenset(" ".join(form.split()) for form in phrases),
            patterns=(self._any_of(rest),) if rest else (),
        )

    def _fixed_case(self, wrong: str) -> bool:
        return self.exact or wrong != wrong.lower()


def _is_word(form: str) -> bool:
    return WORD.fullmatch(form) is not None


def _is_missing(article: Article, start: int, end: int) -> bool:
    """Whether the words around have capitals of their own."""
    return article.writes_capitals(article.line_at(start)) and not in_small_quotation(article.text, start, end)


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
        if not swaps.exact or _is_missing(article, start, end):
            replacement = article.styled(right)
            if replacement != found:
                yield rule.finding(start, end, replacement, evidence=f"{found}: should read {replacement}")
