"""A rule card as a frozen value, and what a rule needs before it is worth running."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

from cleanup.article import PATIENCE, WORD, standing
from cleanup.edit import TIERS, Diagnostic, Edit, Effect, Fix, Severity, Tier

if TYPE_CHECKING:
    from cleanup.article import Article
    from cleanup.evidence import Evidence

Stage = Literal["characters", "structure", "sentences", "words"]
STAGES: tuple[Stage, ...] = ("characters", "structure", "sentences", "words")
"""In the order in which they run: each makes the next one's ground firm."""

ANY_LANGUAGE = "*"

UNMEASURED = "unmeasured"
"""The standing of a user's rule that has no figures: its declared tier holds."""


class Haystack:
    """A text that is asked for whole words: by search at first, by its word types later."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked = 0

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset(WORD.findall(self._text))

    def has(self, word: str) -> bool:
        """Whether ``word`` stands in the text as a whole word, as it is cased."""
        self._asked += 1
        if self._asked > PATIENCE:
            return word in self._types
        return next(standing(self._text, word), None) is not None


@dataclass(frozen=True, slots=True)
class Needs:
    """What must stand in a text before a rule can fire. Empty means: always run it.

    Attributes:
        words: word types in lower case; any case of them will do.
        exact: word types as they must be written.
        phrases: forms of several words, as they must be written, but for their blanks.
        patterns: RE2 expressions; one of them must match somewhere.
        test: picks, of word types that the run has not met before, as they are cased, those
            that wake the rule. It is not asked of words in lower case that the lexicon has,
            no rule names, and are no names.
        beside: asked of every word that ``test`` let in, with the text: whether that has
            what makes it worth a look.
        only: RE2 expressions, one of which must match for ``words``, ``exact`` and ``test`` to
            count.
        glance: asked of every text and its blank-separated tokens, so it must be quick.
    """

    words: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    test: Callable[[Set[str], Evidence], Set[str]] | None = None
    only: tuple[str, ...] = ()
    beside: Callable[[str, Haystack, Evidence], bool] | None = None
    glance: Callable[[str, Sequence[str]], bool] | None = None

    @property
    def always(self) -> bool:
        """Whether the rule has to run on every text."""
        return not (self.words or self.exact or self.phrases or self.patterns or self.test or self.glance)


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

        A card may narrow words down by patterns too: then both must be there.
        """
        own = self.detector.needs(self.prepared)
        if self.gate is None:
            return own
        return (
            replace(own, only=self.gate)
            if own.words or own.exact or own.phrases or own.test
            else Needs(patterns=self.gate)
        )

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
