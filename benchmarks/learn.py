"""What evidence from one half of a corpus does for names in the other half.

    python benchmarks/learn.py [PATH ...] [--per-text N] [--show N] [--check]

Each half teaches once and is tried once; copies of a text are one text, so that none is on
both sides. Tried is, with unsafe fixes on and with and without the evidence: how many names
that are put into small letters (the injector `names`, seed 2024) come out again, and what
changes in the text as it is, which is in order: every change there that the evidence adds is
printed. Lines that were learnt are left out here; tests/test_learn.py plants and counts those.
PATH is as for false_edits.py. With --check the exit code is 1 if the evidence adds
a change to clean text, or restores no name.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random

from texts import Text, read

import cleanup
from cleanup.cli import main as command
from cleanup.evaluation.injectors import Fault
from cleanup.evaluation.injectors.names import INJECTOR

APART = 200  # code points between two faults of a text
CONTEXT = 60  # code points shown on each side of a change
SEED = 2024


@dataclass
class Tally:
    """What was counted, without evidence and with it."""

    injected: Counter[str] = field(default_factory=Counter)
    restored: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))
    changes: list[int] = field(default_factory=lambda: [0, 0])
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    safe_differs: int = 0
    words: int = 0


def main() -> int:
    """Learn and try both ways, and print."""
    options = _options()
    once = {text.text: text for text in read(options.paths)}
    halves: tuple[list[Text], list[Text]] = ([], [])
    for text in once.values():
        halves[sha256(text.text.encode("utf-8", "surrogatepass")).digest()[0] % 2].append(text)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for number, (taught, tried) in enumerate((halves, halves[::-1])):
            evidence = _learnt(taught, Path(folder) / f"evidence-{number}.json")
            for text in tried:
                _try(text, evidence, options.per_text, tally)
    _print(tally, len(once), options.show)
    gain = tally.restored[1].total() - tally.restored[0].total()
    return int(options.check and (bool(tally.added) or gain <= 0))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--per-text", type=int, default=8, metavar="N", help="names put into small letters in a text")
    parser.add_argument("--show", type=int, default=40, metavar="N", help="changes in clean text to print")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args()


def _learnt(texts: list[Text], target: Path) -> Path:
    corpus = target.with_suffix(".jsonl")
    rows = (json.dumps({"site": text.set, "text": text.text}) + "\n" for text in texts)
    corpus.write_text("".join(rows), "utf-8")
    if command(["learn", str(corpus), "-o", str(target), "--isolated"]):
        raise SystemExit("nothing was learnt")
    return target


def _try(text: Text, evidence: Path, per_text: int, tally: Tally) -> None:
    """One text: as it is, and with names in small letters."""
    tally.words += len(text.text.split())
    runs = [_cleaned(text.text, given) for given in (None, evidence)]
    for number, report in enumerate(runs):
        tally.changes[number] += len(report.changes)
    told = [{(c.start, c.before, c.after): c.rules for c in report.changes} for report in runs]
    tally.added += (_shown(text, change, told[1][change]) for change in told[1].keys() - told[0].keys())
    tally.removed += (_shown(text, change, told[0][change]) for change in told[0].keys() - told[1].keys())
    chance = Random(f"{SEED}/{text.set}/{text.id}")
    for fault in _chosen(INJECTOR.places(text.text, chance), per_text, chance):
        start = max(text.text.rfind("\n", 0, fault.start) + 1, 0)
        faulty = text.text[: fault.start] + fault.faulty + text.text[fault.end :]
        tally.injected[fault.kind] += 1
        for number, given in enumerate((None, evidence)):
            report = _cleaned(faulty, given)
            hit = [c for c in report.changes if c.start < fault.start + len(fault.faulty) and fault.start < c.end]
            mended = _line(cleanup.apply(faulty, hit), start) == _line(text.text, start)
            tally.restored[number][fault.kind] += mended
        safe = (cleanup.clean(faulty, evidence=given).corrected for given in (None, evidence))
        tally.safe_differs += len(set(safe)) > 1


def _cleaned(text: str, evidence: Path | None) -> cleanup.Report:
    return cleanup.clean(text, unsafe=True, ignore="structure/learnt-line", evidence=evidence)


def _line(text: str, start: int) -> str:
    return text[start:].partition("\n")[0]


def _chosen(faults: list[Fault], most: int, chance: Random) -> list[Fault]:
    chosen: list[Fault] = []
    for fault in chance.sample(faults, len(faults)):
        if len(chosen) < most and all(abs(fault.start - other.start) > APART for other in chosen):
            chosen.append(fault)
    return chosen


def _shown(text: Text, change: tuple[int, str, str], rules: tuple[str, ...]) -> str:
    start, before, after = change
    left, right = text.text[max(start - CONTEXT, 0) : start], text.text[start + len(before) :][:CONTEXT]
    return f"{text.set} {text.id} {'+'.join(rules)}: …{left}[-{before}-]{{+{after}+}}{right}…".replace("\n", "⏎")


def _print(tally: Tally, texts: int, show: int) -> None:
    print(f"{texts:,} texts, {tally.words:,} words, unsafe fixes on; these faults are synthetic\n")
    print(f"{'names in small letters':56} injected  restored  with evidence")
    for kind, injected in sorted(tally.injected.items()):
        before, after = (restored[kind] for restored in tally.restored)
        print(f"{kind:56} {injected:8,} {before:9,} {after:14,}  {before / injected:.3f} -> {after / injected:.3f}")
    injected, (before, after) = tally.injected.total(), (restored.total() for restored in tally.restored)
    print(f"{'all':56} {injected:8,} {before:9,} {after:14,}  {before / injected:.3f} -> {after / injected:.3f}")
    print(f"\nclean text: {tally.changes[0]} changes without evidence, {tally.changes[1]} with;")
    print(f"{len(tally.added)} are new with it, {len(tally.removed)} are gone")
    print(f"texts that come out another way without --unsafe: {tally.safe_differs}")
    for title, changes in (("new", tally.added), ("gone", tally.removed)):
        for change in sorted(changes)[:show]:
            print(f"  {title}: {change}")


if __name__ == "__main__":
    sys.exit(main())
