"""How often text that is in order is changed all the same.

    python benchmarks/false_edits.py [PATH ...] [--samples N] [--seed N] [--limit RATE] [--unsafe]

Cleans every text with the default rules and counts the changes per 100,000 words, by set
and by rule; removals of whole paragraphs are counted apart too. Some changes are true
corrections of a writer's slip: read the samples before believing the figure. PATH is JSONL
with a field `text`, a text file or a folder of either; without one, `../shared/data/clean`
or, where that is absent, `corpus/clean/en`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

from texts import Text, read

import cleanup
from cleanup import rulebook

CONTEXT = 60  # code points shown on each side of a sample


def main() -> int:
    """Measure, print, and say by the exit code whether the rate is within the limit."""
    options = _options()
    texts = read(options.paths)
    words, by_set, by_rule = Counter[str](), Counter[str](), Counter[str]()
    removals = removed_words = 0
    found: list[tuple[Text, cleanup.Change]] = []
    for text in texts:
        words[text.set] += len(text.text.split())
        for change in cleanup.clean(text.text, unsafe=options.unsafe).changes:
            found.append((text, change))
            by_set[text.set] += 1
            by_rule.update(change.rules)
            if _REMOVING.intersection(change.rules):
                removals += 1
                removed_words += len(change.before.split()) - len(change.after.split())
    total = words.total()
    rate = _rate(len(found), total)
    print(f"{len(texts):,} texts, {total:,} words, {len(found)} changes: {rate:.2f} per 100,000 words")
    print(f"of these {removals} removals ({_rate(removals, total):.2f}), which took {removed_words} words")
    print("\nby set                          words  changes  per 100,000")
    for name in sorted(words):
        print(f"{name:28} {words[name]:8,} {by_set[name]:8} {_rate(by_set[name], words[name]):12.2f}")
    print("\nby rule                                   changes  per 100,000")
    for rule, count in by_rule.most_common():
        print(f"{rule:40} {count:8} {_rate(count, total):12.2f}")
    _print_samples(found, options.samples, options.seed)
    if options.limit is not None and rate > options.limit:
        print(f"\n{rate:.2f} is above the limit of {options.limit:g}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--samples", type=int, default=0, help="changes to print in context; -1 for all")
    parser.add_argument("--seed", type=int, default=0, help="which samples")
    parser.add_argument("--limit", type=float, help="changes per 100,000 words above which to fail")
    parser.add_argument("--unsafe", action="store_true", help="apply unsafe fixes too")
    return parser.parse_args()


_REMOVING = frozenset(rule.id for rule in rulebook.shipped() if rule.effect == "removal")


def _rate(count: int, words: int) -> float:
    return 100_000 * count / words if words else 0.0


def _print_samples(found: list[tuple[Text, cleanup.Change]], number: int, seed: int) -> None:
    if number < 0 or number > len(found):
        number = len(found)
    for text, change in random.Random(seed).sample(found, number):
        left = text.text[max(change.start - CONTEXT, 0) : change.start]
        right = text.text[change.end : change.end + CONTEXT]
        shown = f"{left}[-{change.before}-]{{+{change.after}+}}{right}".replace("\n", "⏎")
        print(f"\n{text.set} {text.id} {change.start} {','.join(change.rules)}\n    …{shown}…")


if __name__ == "__main__":
    sys.exit(main())
