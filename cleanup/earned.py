"""A rule is safe only while its record says so.

``earned.json`` stands beside the cards of a folder and is written by ``cleanup eval …
--record``, never by hand. It holds, for each rule and language, what was counted on each set
of texts; sets that are absent when figures are taken again keep theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cleanup.figures import Figures, Measured

FILE_NAME = "earned.json"
LEAST_BOUND = 0.95
"""The Wilson lower bound of precision that makes a rule safe."""
FEWEST_DECIDED = 73
"""Decided changes from where on the bound counts: with fewer it cannot be reached."""
CLEAN_WORDS = 900_000
EXPOSURES = 60
RESTORED = 20
"""What a rule must show that too few changes decide on: words, places, faults put in."""

_BETTER_HIGH = ("right", "clean_words", "exposures", "restored")
_BETTER_LOW = ("wrong", "false")


def shortfall(figures: Figures) -> str:
    """Why figures do not make a rule safe; empty if they do."""
    if figures.decided >= FEWEST_DECIDED:
        if figures.lower_bound >= LEAST_BOUND:
            return ""
        return (
            f"right {figures.right} of {figures.decided} decided: the lower bound of precision is "
            f"{figures.lower_bound:.3f}, not {LEAST_BOUND}"
        )
    lacks = []
    if figures.false:
        lacks.append(f"{figures.false} false changes in clean text")
    if figures.clean_words < CLEAN_WORDS:
        lacks.append(f"run over {figures.clean_words:,} clean words, not {CLEAN_WORDS:,}")
    if figures.exposures < EXPOSURES:
        lacks.append(f"{figures.exposures} exposures, not {EXPOSURES}")
    if figures.restored < RESTORED:
        lacks.append(f"{figures.restored} injected faults restored, not {RESTORED}")
    return "; ".join(lacks)


def in_words(figures: Figures) -> str:
    """The figures of a rule in one line."""
    told = []
    if figures.decided:
        told.append(f"right {figures.right:,} of {figures.decided:,} decided")
    if figures.clean_words:
        told.append(f"{figures.false} false in {figures.clean_words:,} words, {figures.exposures:,} exposures")
    if figures.injected:
        told.append(f"{figures.restored:,} of {figures.injected:,} injected faults restored")
    return "; ".join(told) or "nothing measured"


@dataclass
class Record:
    """The figures of one folder of cards.

    Attributes:
        sets: for each set measured, its hash and words.
        rules: rule id, language, set name: what was counted.
        lowered: why a figure got worse; one line each.
    """

    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: dict[str, dict[str, dict[str, dict[str, int]]]] = field(default_factory=dict)
    lowered: list[str] = field(default_factory=list)

    def figures(self, rule_id: str, language: str = "en") -> Figures | None:
        """The sum over all sets; ``None`` for a rule that was never measured."""
        by_set = self.rules.get(rule_id, {}).get(language)
        if by_set is None:
            return None
        return sum((Figures(**counts) for counts in by_set.values()), Figures())

    def update(
        self, mode: str, sets: tuple[Measured, ...], figures: Mapping[str, Figures], language: str = "en"
    ) -> list[str]:
        """Take over what a run counted, in place of what the same sets gave before.

        Figures of one run over several sets stand under all their names together.

        Returns:
            What got worse, a line each.
        """
        name = f"{mode}:{'+'.join(measured.name for measured in sets)}"
        self._drop_parts(mode, {measured.name for measured in sets})
        hashes = " ".join(measured.sha256 for measured in sets)
        same_texts = self.sets.get(name, {}).get("sha256") == hashes
        self.sets[name] = {"sha256": hashes, "words": sum(measured.words for measured in sets)}
        worse: list[str] = []
        for rule_id in sorted(figures.keys() | self.rules.keys()):
            by_set = self.rules.setdefault(rule_id, {}).setdefault(language, {})
            before = by_set.pop(name, {})
            if rule_id in figures:
                by_set[name] = {key: value for key, value in asdict(figures[rule_id]).items() if value}
            if same_texts:
                worse += (f"{rule_id}: {change} on {name}" for change in _worse(before, by_set.get(name, {})))
        return worse

    def _drop_parts(self, mode: str, names: set[str]) -> None:
        """Take out what was counted on some of these sets alone: it is counted again with the rest."""
        for old in list(self.sets):
            old_mode, _, members = old.partition(":")
            if old_mode == mode and set(members.split("+")) < names:
                del self.sets[old]
                for by_language in self.rules.values():
                    for by_set in by_language.values():
                        by_set.pop(old, None)


def _worse(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    return [
        f"{key} {before.get(key, 0)} -> {after.get(key, 0)}"
        for keys, sign in ((_BETTER_HIGH, 1), (_BETTER_LOW, -1))
        for key in keys
        if sign * before.get(key, 0) > sign * after.get(key, 0)
    ]


def read_record(folder: Path) -> Record | None:
    """The record of a folder of cards; ``None`` if it has none.

    Raises:
        ValueError: the file is no record.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return None
    import json

    try:
        return Record(**json.loads(path.read_bytes()))
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: no record of figures ({error}): write it with cleanup eval --record") from None


def write_record(folder: Path, record: Record) -> None:
    """Write the record of a folder of cards, sorted, so that a diff tells what changed."""
    import json

    text = json.dumps(asdict(record), indent=1, sort_keys=True, ensure_ascii=False)
    (folder / FILE_NAME).write_text(text + "\n", "utf-8")
