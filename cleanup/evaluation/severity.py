"""How faulty each text is, for filtering a corpus.

Every finding weighs what its severity weighs in MQM (neutral 0, minor 1, major 5), and the sum
is taken per 1,000 words. That maps to MQM, but it is no MQM score: rules find what they know,
a human annotator finds errors of meaning too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from cleanup.desk import clean
from cleanup.edit import Diagnostic, Severity
from cleanup.evaluation.tables import aligned
from cleanup.formats.escape import visible
from cleanup.language import detect, is_foreign
from cleanup.settings import Settings, rules_in_force

WEIGHTS: Mapping[Severity, int] = {"neutral": 0, "minor": 1, "major": 5}
"""What a finding weighs, after MQM."""

COLUMNS = (
    "file", "id", "words", "faults", "weight", "per_1000", "classes", "language", "untranslated", "chrf++", "bleu",
)  # fmt: skip
"""What is said of a text; the last two only where there is a reference."""

_ENOUGH = 8  # words below which a text says too little about its language
_DOMINANT = 3  # classes that are named
_PARAGRAPH = regex.compile(r"[^\r\n]*\S[^\r\n]*+")
_BOUNDS = (0, 1, 2, 5, 10, 20, 50, 100)  # weighted faults per 1,000 words
_BAR = 40  # characters of the longest bar
_WORST = 10  # texts that are listed


@dataclass(frozen=True, slots=True)
class Scored:
    """What is said of one text.

    Attributes:
        file, id: where it stands.
        words: its length.
        faults: findings of any weight.
        weight: their weights, summed up.
        classes: stage and category of what weighs most, the heaviest first.
        language: what it seems to be in; empty if that cannot be told.
        untranslated: share of its words that stand in paragraphs in another language.
        chrf, bleu: sacrebleu's scores against its reference, if it has one.
    """

    file: str
    id: str
    words: int
    faults: int
    weight: int
    classes: tuple[str, ...]
    language: str
    untranslated: float
    chrf: float | None = None
    bleu: float | None = None

    @property
    def per_1000(self) -> float:
        """Weight per 1,000 words."""
        return 1000 * self.weight / self.words if self.words else 0.0

    def as_row(self) -> dict[str, Any]:
        """By :data:`COLUMNS`, rounded."""
        row: dict[str, Any] = {
            "file": self.file,
            "id": self.id,
            "words": self.words,
            "faults": self.faults,
            "weight": self.weight,
            "per_1000": round(self.per_1000, 3),
            "classes": list(self.classes),
            "language": self.language,
            "untranslated": round(self.untranslated, 4),
        }
        if self.chrf is not None and self.bleu is not None:
            row |= {"chrf++": round(self.chrf, 2), "bleu": round(self.bleu, 2)}
        return row


def score(text: str, settings: Settings, *, file: str = "", name: str = "", reference: str | None = None) -> Scored:
    """Say how faulty ``text`` is.

    Args:
        text: the text.
        settings: which rules run; what is applied makes no difference.
        file, name: where it stands: its file, and its id there.
        reference: a translation by people, to score against.

    Raises:
        TimeoutError: a rule's expression ran into its time limit.
    """
    words = len(text.split())
    language = detect(text) if words >= _ENOUGH else ""
    claimed = settings.language if settings.lang != "auto" else language or "und"
    found = clean(text, config=settings).diagnostics
    chrf, bleu = (None, None) if reference is None else against(text, reference)
    return Scored(
        file=file,
        id=name,
        words=words,
        faults=len(found),
        weight=sum(WEIGHTS[one.severity] for one in found),
        classes=dominant(found, _categories(settings)),
        language=language,
        untranslated=untranslated(text, claimed),
        chrf=chrf,
        bleu=bleu,
    )


@lru_cache(maxsize=4)
def _categories(settings: Settings) -> Mapping[str, str]:
    return {rule.id: rule.category for rule in rules_in_force(settings)}


def dominant(found: Sequence[Diagnostic], categories: Mapping[str, str]) -> tuple[str, ...]:
    """Stage and category of what weighs most; what weighs nothing is not named."""
    weights: Counter[str] = Counter()
    for one in found:
        weights[f"{one.rule.partition('/')[0]}/{categories.get(one.rule, 'other')}"] += WEIGHTS[one.severity]
    ranked = sorted((-weight, name) for name, weight in weights.items() if weight)
    return tuple(name for _, name in ranked[:_DOMINANT])


def untranslated(text: str, language: str) -> float:
    """The share of words that stand in paragraphs in another language than ``language``."""
    total = foreign = 0
    for paragraph in _PARAGRAPH.findall(text):
        words = len(paragraph.split())
        total += words
        foreign += words if is_foreign(language, paragraph) else 0
    return foreign / total if total else 0.0


def against(text: str, reference: str) -> tuple[float, float]:
    """sacrebleu's chrF++ and BLEU of one text, taken as one segment."""
    chrf, bleu = _metrics()
    one, other = " ".join(text.split()), " ".join(reference.split())
    return float(chrf.sentence_score(one, [other]).score), float(bleu.sentence_score(one, [other]).score)


def score_signatures() -> tuple[str, str]:
    """What sacrebleu calls these scores: chrF++, BLEU."""
    for metric in _metrics():
        metric.sentence_score("a", ["a"])  # a signature is complete once there was something to score
    chrf, bleu = (str(metric.get_signature()) for metric in _metrics())
    return chrf, bleu


@lru_cache(maxsize=1)
def _metrics() -> tuple[Any, Any]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    # effective_order: a short text without a common 4-gram is not worth nothing.
    return CHRF(word_order=2), BLEU(effective_order=True)


def as_text(scored: Sequence[Scored]) -> str:
    """A histogram, the worst texts, and a line on all."""
    words, weight = sum(one.words for one in scored), sum(one.weight for one in scored)
    rate = 1000 * weight / words if words else 0.0
    lines = ["weighted faults per 1,000 words", *histogram([one.per_1000 for one in scored])]
    worst = sorted((one for one in scored if one.weight), key=lambda one: (-one.per_1000, one.file, one.id))[:_WORST]
    if worst:
        lines += ["", *_table(worst)]
    lines += ["", f"{len(scored):,} texts, {words:,} words, {rate:.2f} weighted faults per 1,000 words"]
    lines.append("Weights after MQM: neutral 0, minor 1, major 5. This maps to MQM; it is no MQM score.")
    return "\n".join(lines) + "\n"


def _table(scored: Sequence[Scored]) -> list[str]:
    with_reference = any(one.chrf is not None for one in scored)
    names = ["worst", "words", "faults", "per 1,000", "language", "untranslated", "classes"]
    rows = [[*names[:-1], *(["chrF++", "BLEU"] if with_reference else []), names[-1]]]
    for one in scored:
        name = visible(f"{one.file}:{one.id}" if one.id else one.file)
        figures = [f"{one.words:,}", str(one.faults), f"{one.per_1000:.1f}", one.language or "?"]
        scores = [f"{x:.1f}" if x is not None else "–" for x in (one.chrf, one.bleu)] if with_reference else []
        rows.append([name, *figures, f"{one.untranslated:.0%}", *scores, " ".join(map(visible, one.classes))])
    return aligned(rows)


def histogram(values: Sequence[float]) -> list[str]:
    """How many values are 0, up to 1, up to 2, and so on, a line each, with bars.

    >>> print("\\n".join(histogram([0.0, 0.0, 1.5])[:3]))
       = 0  2  ########################################
      <= 1  0
      <= 2  1  ####################
    """
    counts = [0] * (len(_BOUNDS) + 1)
    for value in values:
        counts[next((i for i, bound in enumerate(_BOUNDS) if value <= bound), len(_BOUNDS))] += 1
    labels = ["= 0", *(f"<= {bound}" for bound in _BOUNDS[1:]), f"> {_BOUNDS[-1]}"]
    longest, width = max(counts), len(f"{max(counts):,}")
    lines = []
    for label, count in zip(labels, counts, strict=True):
        # Whoever is there at all gets a mark.
        bar = "#" * max(round(_BAR * count / longest), 1) if count else ""
        lines.append(f"{label:>6}  {count:>{width},}  {bar}".rstrip())
    return lines
