"""A rule card as a frozen value, and what a rule needs before it is worth running."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from cleanup.article import PATIENCE, WORD, standing
from cleanup.edit import TIERS, Diagnostic, Edit, Effect, Fix, Severity, Tier

if TYPE_CHECKING:
    from cleanup.article import Article
    from cleanup.evidence import Evidence
    from cleanup.learnt import Learnt

Stage = Literal["characters", "structure", "sentences", "words"]
STAGES: tuple[Stage, ...] = ("characters", "structure", "sentences", "words")
"""In the order in which they run: each makes the next one's ground firm."""

ANY_LANGUAGE = "*"

UNMEASURED = "unmeasured"
"""The standing of a user's rule that has no figures: its declared tier holds."""


_BEGINNING, _SENTENCE = 16, 10  # code points in which two beginnings agree, and of the shortest sentence
_SENTENCE_BREAK = re.compile(r"[.!?…\n][\"”]?[ \n]*[\"“]?")


class Haystack:
    """A text as rules look at it before they are run, with what several of them ask for.

    Attributes:
        text: the whole text.
        tokens: its blank-separated tokens.
    """

    def __init__(self, text: str, tokens: Sequence[str] = ()) -> None:
        self.text = text
        self.tokens = tokens
        self._asked = 0

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset(WORD.findall(self.text))

    def has(self, word: str) -> bool:
        """Whether ``word`` stands in the text as a whole word, as it is cased."""
        self._asked += 1
        if self._asked > PATIENCE:
            return word in self._types
        return next(standing(self.text, word), None) is not None

    @cached_property
    def begins_alike(self) -> bool:
        """Whether two sentences or lines begin with the same code points, quotation marks apart."""
        beginnings = [one[:_BEGINNING] for one in _SENTENCE_BREAK.split("\n" + self.text) if len(one) >= _SENTENCE]
        return len(set(beginnings)) < len(beginnings)


@dataclass(frozen=True, slots=True)
class Needs:
    """What must stand in a text before a rule can fire. Empty means: always run it.

    Attributes:
        words: word types in lower case; any case of them will do.
        exact: word types as they must be written.
        phrases: forms of several words, as they must be written, but for their blanks.
        tokens: RE2 expressions; one of them must match in a blank-separated token.
        patterns: RE2 expressions; one of them must match somewhere.
        test: picks, of word types that the run has not met before, as they are cased, those
            that wake the rule. It is not asked of words in lower case that the lexicon has,
            no rule names, and are no names.
        beside: asked of every word that ``test`` let in, with the text: whether that has
            what makes it worth a look.
        only: RE2 expressions, one of which must match for ``words``, ``exact``, ``tokens``,
            ``patterns`` and ``test`` to count.
        glance: asked of every text, so it must be quick.
        learnt: asked of every text where the run has evidence from the user's own corpus.
    """

    words: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    tokens: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    test: Callable[[Set[str], Evidence], Set[str]] | None = None
    only: tuple[str, ...] = ()
    beside: Callable[[str, Haystack, Evidence], bool] | None = None
    glance: Callable[[Haystack], bool] | None = None
    learnt: Callable[[Learnt, str], bool] | None = None

    @property
    def always(self) -> bool:
        """Whether the rule has to run on every text."""
        gates = (self.words, self.exact, self.phrases, self.tokens, self.patterns)
        return not any((*gates, self.test, self.glance, self.learnt))

    def narrowed(self, tokens: tuple[str, ...]) -> Needs:
        """The same, but looking for patterns only where a quicker look gives reason to.

        That is in texts with one of ``tokens``, or where their :func:`~cleanup.line_starts.hints` match.
        """
        if tokens:
            return replace(self, tokens=tokens, only=self.patterns, patterns=())
        from cleanup.line_starts import hints  # a wheel has done this before

        smaller = hints(self.patterns)
        return self if smaller == self.patterns else replace(self, only=self.patterns, patterns=smaller)


class OptionError(ValueError):
    """The ``[with]`` table of a card does not fit its detector.

    Attributes:
        key: the option that is wrong, to find its line in the card; may be empty.
    """

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class Detector(Protocol):
    """The module behind a card's ``detect``.

    ``prepare`` validates a card's ``[with]`` once and raises :class:`OptionError`;
    ``needs`` says what a text must hold for the rule to be worth running; ``detect`` is
    pure and yields what it finds.
    """

    def prepare(self, options: Mapping[str, Any]) -> Any: ...
    def needs(self, prepared: Any) -> Needs: ...
    def detect(self, article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]: ...


@dataclass(frozen=True, eq=False)
class Rule:
    """One kind of fault, as its card describes it.

    Attributes:
        id: ``stage/name``, the card's path.
        says: the message of its findings.
        about: what the fault is, why it happens, and why the repair is right.
        detector: the module that finds it.
        options: the card's ``[with]``.
        tier: the tier in force; ``declared`` is what the card says.
        gate, token_gate: the card's ``needs`` and ``needs-token``.
        touches: kinds of protected text that it may change.
        mends, leaves, shows: the card's proof.
        source: where the card stands, for messages.
        standing: why the declared tier does not hold, or :data:`UNMEASURED`; else empty.
        measured: its figures in words; empty if it has none.
    """

    id: str
    says: str
    detector: Detector
    detector_name: str
    options: Mapping[str, Any]
    tier: Tier
    declared: Tier
    effect: Effect = "repair"
    severity: Severity = "minor"
    category: str = "other"
    mqm: str = ""
    about: str = ""
    languages: tuple[str, ...] = (ANY_LANGUAGE,)
    touches: frozenset[str] = frozenset()
    gate: tuple[str, ...] | None = None
    token_gate: tuple[str, ...] = ()
    preview: bool = False
    mends: tuple[tuple[str, str], ...] = ()
    leaves: tuple[tuple[str, str], ...] = ()
    shows: tuple[tuple[str, str], ...] = ()
    source: str = field(default="", compare=False)
    standing: str = ""
    measured: str = ""

    @cached_property
    def stage(self) -> Stage:
        """The first part of the id."""
        return self.id.partition("/")[0]  # type: ignore[return-value]

    @property
    def neutral(self) -> bool:
        """Whether the rule holds in every language."""
        return ANY_LANGUAGE in self.languages

    @cached_property
    def prepared(self) -> Any:
        """What the detector made of ``options``; computed at first use."""
        return self.detector.prepare(self.options)

    @cached_property
    def needs(self) -> Needs:
        """What must stand in a text: the detector's own needs and, where it has none, the card's.

        A card may narrow words down by patterns, and patterns by tokens: then both must be there.
        """
        own = self.detector.needs(self.prepared)
        if self.gate is not None:
            if own.words or own.exact or own.phrases or own.test:
                own = replace(own, only=self.gate)
            else:
                own = replace(own, patterns=self.gate)
        return own.narrowed(self.token_gate)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that makes the rule act as it does, but for its tier."""
        import hashlib
        import json

        acting = [self.id, self.detector_name, self.options, self.effect, self.languages, sorted(self.touches)]
        canonical = json.dumps([*acting, self.gate, self.token_gate], sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def holds_for(self, language: str) -> bool:
        """Whether the rule applies to text in ``language``."""
        return self.neutral or language in self.languages

    def finding(
        self,
        start: int,
        end: int,
        replacement: str | None = None,
        *,
        edits: tuple[Edit, ...] = (),
        message: str = "",
        evidence: str = "",
        tier: Tier | None = None,
    ) -> Diagnostic:
        """A diagnostic of this rule on ``[start, end)``.

        ``replacement`` is for the whole span; ``edits`` are for all else. A detector may
        call one finding less certain than its card (``tier``), never more.
        """
        if replacement is not None:
            edits = (Edit(start, end, replacement),)
        certainty = max(self.tier, tier or self.tier, key=TIERS.index)
        if self.standing == UNMEASURED:
            evidence = f"{evidence}; {UNMEASURED}" if evidence else UNMEASURED
        return Diagnostic(
            rule=self.id,
            start=start,
            end=end,
            message=message or self.says,
            evidence=evidence,
            tier=certainty,
            effect=self.effect,
            severity=self.severity,
            fix=Fix(edits) if edits else None,
        )
