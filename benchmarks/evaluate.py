"""Take every figure of every rule again, print the tables, and refresh ``rules/earned.json``.

    python benchmarks/evaluate.py [--check] [--reason WHY]

Runs ``cleanup eval`` in its modes, rules in preview included, over ``../shared/data`` and
``corpus/``. Where ``../shared`` is absent it runs on ``corpus/`` alone and the other figures
stay. A figure that got worse is not recorded without a reason. ``--check`` takes only the
figures that need no references, records nothing, and exits with 1 if a recorded one is no
longer true.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from shutil import copyfile

from cleanup.cli import main as cleanup
from cleanup.earned import FILE_NAME

ROOT = Path(__file__).resolve().parent.parent
RULES = ROOT / "rules"
CORPUS = ROOT / "corpus"
# Forty families of faults in every text of the sets would take an hour: some of each set are enough.
_OPTIONS = {"inject": ["--per-document", "2", "--limit", "50"]}
DATA = ROOT.parent / "shared" / "data"


def main() -> int:
    """Run every mode; the exit code is 0 if all could be recorded, or nothing is stale."""
    options = _options()
    if not DATA.is_dir():
        print(f"{DATA.relative_to(ROOT.parent)} is absent: measuring on corpus/ alone, other figures stay\n")
    return _check() if options.check else _refresh(options.reason)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--reason", default="")
    return parser.parse_args()


def _runs(*, references: bool) -> list[tuple[str, list[Path]]]:
    clean, corpus = sorted(DATA.glob("clean/*.jsonl.gz")), sorted(p for p in (CORPUS / "clean").iterdir() if p.is_dir())
    english = [path for path in corpus if len(path.name) != 2 or path.name == "en"]
    runs = [("clean", clean), ("clean", english), ("inject", clean), ("inject", [CORPUS / "clean" / "en"])]
    if references:
        runs += [("mt", [path]) for path in sorted(DATA.glob("mt/*.jsonl.gz"))]
        runs.append(("gold", [CORPUS / "wild"]))
    return [(mode, paths) for mode, paths in runs if paths]


def _arguments(mode: str, paths: list[Path]) -> list[str]:
    return ["eval", mode, *map(str, paths), "--preview", "--isolated", "-q", *_OPTIONS.get(mode, [])]


def _refresh(reason: str) -> int:
    worst = 0
    for mode, paths in _runs(references=True):
        started = time.perf_counter()
        print(f"=== cleanup eval {mode} {' '.join(path.name for path in paths)}", flush=True)
        # The articles of corpus/wild are invented: no natural changes, so nothing is recorded.
        record = [] if mode == "gold" else ["--record", str(RULES), "--reason", reason]
        worst = max(worst, cleanup([*_arguments(mode, paths), *record]))
        print(f"{time.perf_counter() - started:.0f} s\n", flush=True)
    return worst


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "rules"
        scratch.mkdir()
        for path in RULES.glob("*/*.toml"):
            (scratch / path.parent.name).mkdir(exist_ok=True)
            copyfile(path, scratch / path.parent.name / path.name)
        copyfile(RULES / FILE_NAME, scratch / FILE_NAME)
        for mode, paths in _runs(references=False):
            asked = [*_arguments(mode, paths), "--record", str(scratch), "--reason", "check"]
            with redirect_stdout(TextIOWrapper(BytesIO(), "utf-8")):  # the tables were printed when recorded
                code = cleanup(asked)
            if code:
                return code
        if (scratch / FILE_NAME).read_bytes() == (RULES / FILE_NAME).read_bytes():
            return 0
    print(f"rules/{FILE_NAME} is stale: run make eval", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
