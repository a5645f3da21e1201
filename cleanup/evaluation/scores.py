"""sacrebleu's scores before and after, and how sure their difference is.

The statistics behind these scores are sums over lines. So they are taken once for each
line, a second time only for lines that changed, and a resample of the bootstrap is no more
than another sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Array = NDArray[float64]

SEED = 12345
"""What sacrebleu's own significance tests are seeded with."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One score of the text as it was and as it is.

    Attributes:
        before, after: the score.
        low, high: the difference's 95 % interval; ``None`` if there was nothing to resample.
    """

    before: float
    after: float
    low: float | None = None
    high: float | None = None

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def better(self) -> str:
        """``cleanup`` or ``do nothing``, where the interval leaves out zero; else ``even``."""
        if self.low is None or self.high is None:
            return "even"
        return "cleanup" if self.low > 0 else "do nothing" if self.high < 0 else "even"

    def as_json(self) -> dict[str, Any]:
        """The scores, rounded to four places."""
        interval = None if self.low is None or self.high is None else [round(self.low, 4), round(self.high, 4)]
        return {
            "before": round(self.before, 4),
            "after": round(self.after, 4),
            "difference": round(self.difference, 4),
            "interval": interval,
            "better": self.better,
        }


class Scorer:
    """BLEU, chrF++ and TER from sums of statistics."""

    def __init__(self) -> None:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
        from sacrebleu.metrics.ter import TER

        # `force` only silences a warning about tokenised text: that it is, is what we mend.
        self._metrics = {"BLEU": BLEU(force=True), "chrF++": CHRF(word_order=2)}
        # Cased: a repaired capital, the most frequent repair, is no edit to TER as it comes.
        self._ter = TER(case_sensitive=True)
        self.errors(["one"], ["one"])  # no signature before the first score, and there may be no line to score
        self._widths = (0, 0)

    def statistics(self, lines: Sequence[str], references: Sequence[str]) -> Array:
        """A row for each line: BLEU's statistics, then those of chrF++."""
        import numpy as np

        parts = [
            np.array(metric._extract_corpus_statistics(lines, [references]), dtype=np.float64)
            for metric in self._metrics.values()
        ]
        self._widths = (parts[0].shape[1], parts[1].shape[1])
        return np.hstack(parts)

    def scores(self, total: Array) -> tuple[float, ...]:
        """BLEU and chrF++ from the sum of some rows."""
        split = self._widths[0]
        parts = (total[:split], total[split:])
        return tuple(
            float(metric._compute_score_from_stats(part.tolist()).score)
            for metric, part in zip(self._metrics.values(), parts, strict=True)
        )

    def errors(self, lines: Sequence[str], references: Sequence[str]) -> Array:
        """TER's statistics of each line, its edits and the reference's length: they are slow to find."""
        import numpy as np

        return np.array(self._ter._extract_corpus_statistics(lines, [references]), dtype=np.float64)

    def ter(self, errors: Array) -> float:
        """TER from the sum of some lines' statistics."""
        return float(self._ter._compute_score_from_stats(errors.tolist()).score)

    def compare(self, before: Array, after: Array, resamples: int) -> dict[str, Compared]:
        """Both scores, and paired bootstrap intervals over the rows as units.

        Args:
            before, after: the sums of statistics of each unit of resampling.
            resamples: how often to draw as many units as there are, with replacement.
        """
        import numpy as np

        units = len(before)
        old, new = self.scores(before.sum(axis=0)), self.scores(after.sum(axis=0))
        if units < 2 or resamples < 1:
            return {name: Compared(old[k], new[k]) for k, name in enumerate(self._metrics)}
        if np.array_equal(before, after):
            return {name: Compared(old[k], new[k], 0.0, 0.0) for k, name in enumerate(self._metrics)}
        draw = np.random.default_rng(SEED)
        both = np.hstack((before, after))
        width = before.shape[1]
        differences = []
        for _ in range(resamples):
            counts = np.bincount(draw.integers(units, size=units), minlength=units).astype(np.float64)
            total = counts @ both
            differences.append(np.subtract(self.scores(total[width:]), self.scores(total[:width])))
        low, high = np.percentile(np.array(differences), [2.5, 97.5], axis=0)
        return {name: Compared(old[k], new[k], float(low[k]), float(high[k])) for k, name in enumerate(self._metrics)}

    def signatures(self, resamples: int) -> dict[str, str]:
        """sacrebleu's signatures, with the bootstrap's settings as sacrebleu writes them."""
        drawn = {name: f"{metric.get_signature()}|bs:{resamples}|seed:{SEED}" for name, metric in self._metrics.items()}
        return {**drawn, "TER": str(self._ter.get_signature())}
