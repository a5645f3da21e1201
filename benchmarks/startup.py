"""How long `cleanup check` of one article takes, start to exit, beside `codespell`.

    python benchmarks/startup.py [ARTICLE] [--bin FOLDER] [--runs N] [--ceiling RATIO]

The two run in turn on the same file. FOLDER holds both commands; by default they are those
of the Python that runs this. An editable installation is slower to start than one from a
wheel, for every command in its environment: measure in one without.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
OWN = ROOT / "corpus" / "wild" / "demo" / "before.txt"


def main() -> int:
    """Measure, print, and say by the exit code whether the ratio is below the ceiling."""
    options = _options()
    if options.article is None:
        options.article = SEED if SEED.is_file() else OWN
    commands = {
        "cleanup check": [options.bin / "cleanup", "check", options.article],
        "codespell": [options.bin / "codespell", options.article],
    }
    for command in commands.values():
        _milliseconds(command)  # the first run writes byte code and fills the file cache
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(options.runs):
        for name, command in commands.items():
            times[name].append(_milliseconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["cleanup check"] / medians["codespell"]
    print(f"{options.article.name}, {options.article.stat().st_size:,} bytes, {options.runs} runs each")
    for name, values in times.items():
        print(f"{name:14} median {medians[name]:6.1f} ms, fastest {min(values):6.1f} ms")
    print(f"ratio {ratio:.2f}")
    if options.ceiling is not None and ratio > options.ceiling:
        print(f"\n{ratio:.2f} is above the ceiling of {options.ceiling:g}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("article", nargs="?", type=Path)
    parser.add_argument("--bin", type=Path, default=Path(sys.executable).parent, help="where the commands are")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--ceiling", type=float, help="ratio to codespell above which to fail")
    return parser.parse_args()


def _milliseconds(command: list[str | Path]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    elapsed = time.perf_counter() - start
    # Both report findings by their exit code; a crash is told by its traceback.
    if done.returncode == 2 or "Traceback" in done.stderr:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")
    return 1000 * elapsed


if __name__ == "__main__":
    sys.exit(main())
