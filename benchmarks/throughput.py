"""How fast the default rules read text, beside ``ftfy.fix_text`` alone on the same texts.

    python benchmarks/throughput.py [PATH ...] [--rounds N] [--floor RATIO] [--first-floor RATIO]

One process, one thread. Each round passes over all texts three times: ftfy; cleanup cold,
with its rules loaded (startup.py measures that) but no word seen yet; cleanup warm, when it
has seen every word before, as after the first few megabytes of a corpus. Medians over the rounds;
`--floor` holds for the warm pass, `--first-floor` for the cold one. PATH as for false_edits.py.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
from texts import Text, read

import cleanup
from cleanup import evidence, language, rulebook, settings


def main() -> int:
    """Measure, print, and say by the exit code whether the ratio is above the floor."""
    options = _options()
    texts = read(options.paths)
    megabytes = sum(len(text.text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    speeds: dict[str, list[float]] = {"ftfy.fix_text": [], "cleanup, cold": [], "cleanup, warm": []}
    for _ in range(options.rounds):
        speeds["ftfy.fix_text"].append(megabytes / _seconds(ftfy.fix_text, texts))
        _forget()
        cleanup.clean("Loads the rules.")
        speeds["cleanup, cold"].append(megabytes / _seconds(cleanup.clean, texts))
        speeds["cleanup, warm"].append(megabytes / _seconds(cleanup.clean, texts))
    medians = {name: statistics.median(values) for name, values in speeds.items()}
    base = medians["ftfy.fix_text"]
    print(f"{len(texts):,} texts, {megabytes:.2f} MB, median of {options.rounds} rounds")
    print("                     MB/s    ratio   slowest  fastest")
    for name, values in speeds.items():
        print(f"{name:16} {medians[name]:8.2f} {medians[name] / base:8.2f} {min(values):9.2f} {max(values):8.2f}")
    floors = {"cleanup, warm": options.floor, "cleanup, cold": options.first_floor}
    low = [name for name, floor in floors.items() if floor is not None and medians[name] / base < floor]
    for name in low:
        print(f"\n{name}: {medians[name] / base:.2f} is below the floor of {floors[name]:g}", file=sys.stderr)
    return 1 if low else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--floor", type=float, help="ratio of cleanup, warm, to ftfy below which to fail")
    parser.add_argument("--first-floor", type=float, help="the same for the first pass, cleanup, cold")
    return parser.parse_args()


def _seconds(treat: Callable[[str], object], texts: list[Text]) -> float:
    start = time.perf_counter()
    for text in texts:
        treat(text.text)
    return time.perf_counter() - start


def _forget() -> None:
    """Empty every cache of the package, as in a process that has just started."""
    for module in (evidence, language, rulebook, settings):
        for member in vars(module).values():
            if hasattr(member, "cache_clear"):
                member.cache_clear()


if __name__ == "__main__":
    sys.exit(main())
