"""The same texts through mt-cleanup and its peers, in one table.

    python benchmarks/peers/run.py [--only NAME ...] [--samples N] [--mt-words N] [--slow-words N] [--seed N]

Installs the peers, at pinned versions, into the folder `.work` beside this file. Reads the
sets in `../shared` where they are, else the project's own `corpus` (which has no references,
so that those rows stay empty). What the rows say:

- seed: a real machine-translated page and what it should be (see changes.page); "damaged" are
  changes where the two do not differ. mt-cleanup's rules were written with this page in view.
- clean: changes in human text. Some are true corrections of a writer's slip; straightened
  quotation marks are counted in, and once more alone.
- injected: faults of each family put into human text, one an article, and the share restored
  to the letter. These faults are synthetic.
- mt: changes in machine translations, judged by a human's line as `cleanup eval mt` does; and
  the share of lines that came nearer to it, in word edits with quote glyphs folded, less the
  share of those that went farther away.
- MB/s: the time for the clean texts less that for one line, which takes the start-up out.

A peer that is slow reads samples of the words given by `--slow-words`, and its figures are
rates all the same. One that cannot be installed says so in its column and below the table.
`--samples` prints what each peer did, for reading; figures alone decide nothing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = ROOT.parent / "shared"
sys.path[1:1] = [str(ROOT), str(HERE.parent)]  # the checkout, and texts.py

import peers  # noqa: E402

FIXED_SEED = 20
LENGTHS = (100, 400)  # words of the articles that faults are put into
SLOW_FAULTS = 30  # of a family, for a slow peer
LINE = [["This line is read to take the start-up out of the time."]]


class Pair(NamedTuple):
    """A machine translation and its reference, line by line."""

    lines: list[str]
    reference: list[str]


class Faulty(NamedTuple):
    """Articles with faults of one class put in, and as they were."""

    name: str
    faulty: list[list[str]]
    clean: list[list[str]]


class Material(NamedTuple):
    """What the peers read; ``injected`` by class."""

    seed: tuple[str, str] | None
    seed_name: str
    clean: list[list[str]]
    mt: list[Pair]
    injected: list[Faulty]


def main() -> None:
    """Measure every peer and print the table."""
    options = _options()
    _own_environment()
    started = time.perf_counter()
    notes: list[str] = []
    texts = _material(options, notes)
    few = texts._replace(
        clean=_some(texts.clean, options.slow_words, options.seed),
        mt=_some(texts.mt, options.slow_words, options.seed),
        injected=[Faulty(f.name, f.faulty[:SLOW_FAULTS], f.clean[:SLOW_FAULTS]) for f in texts.injected],
    )
    columns: dict[str, dict[str, str]] = {}
    for peer in peers.all_peers():
        if options.only and peer.name not in options.only:
            continue
        print(f"{peer.name} …", end=" ", file=sys.stderr, flush=True)
        begun = time.perf_counter()
        samples: list[str] = []
        try:
            peer.install()
            columns[peer.name] = _measure(peer, few if peer.slow else texts, samples)
            notes.append(f"{peer.name}: {peer.options}")
        except (peers.PeerError, ImportError) as problem:
            columns[peer.name] = {"version": f"{peer.version} not run"}
            notes.append(f"{peer.name}: NOT RUN: {problem}")
        finally:
            peer.close()
        print(f"{time.perf_counter() - begun:.0f} s", file=sys.stderr)
        for sample in random.Random(options.seed).sample(samples, min(options.samples, len(samples))):
            print(f"  {sample}")
    _print(columns)
    print()
    for note in notes:
        print(f"- {note}")
    print(f"- {time.perf_counter() - started:.0f} s in all")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these peers only")
    parser.add_argument("--samples", type=int, default=0, metavar="N", help="changes of each peer to print")
    parser.add_argument("--mt-words", type=int, default=1_000_000, metavar="N", help="words of mt/ to read")
    parser.add_argument("--slow-words", type=int, default=60_000, metavar="N", help="words for a slow peer, each set")
    parser.add_argument("--faults", type=int, default=100, metavar="N", help="faults of a family to put in, at most")
    parser.add_argument("--seed", type=int, default=FIXED_SEED, help="which texts are in the samples")
    return parser.parse_args()


def _own_environment() -> None:
    """With a Python that lacks mt-cleanup's dependencies, go on in one that has them."""
    try:
        import cleanup

        cleanup.clean("They dont know.")
    except ImportError as problem:
        own = peers.WORK / "desk" / "bin" / "python"
        if Path(sys.executable) == own:
            sys.exit(f"mt-cleanup cannot be imported: {problem}")
        import os
        import subprocess
        import tomllib
        import venv

        venv.create(own.parent.parent, with_pip=True)
        needs = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
        pip = [own, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *needs], check=True)
        os.execv(own, [own, *sys.argv])


def _material(options: argparse.Namespace, notes: list[str]) -> Material:
    import texts

    seed, wild = SHARED / "seed", ROOT / "corpus" / "wild" / "demo"
    page = (seed / "article.txt", seed / "expected.txt") if seed.is_dir() else (wild / "before.txt", wild / "after.txt")
    clean = [text.text.split("\n") for text in texts.read([])]
    mt = _some(_pairs(SHARED / "data" / "mt"), options.mt_words, options.seed)
    if not mt:
        notes.append("mt: ../shared/data/mt is not there")
    injected = _injected(_short(clean, options.seed), options, notes)
    name = "seed page" if seed.is_dir() else "corpus/wild/demo"
    return Material((page[0].read_text("utf-8"), page[1].read_text("utf-8")), name, clean, mt, injected)


def _pairs(folder: Path) -> list[Pair]:
    from cleanup.evaluation.documents import DocumentSet

    found = []
    for file in sorted(folder.glob("*.jsonl.gz")):
        for document in DocumentSet(file):
            pair = Pair(document.text.split("\n"), (document.reference or "").split("\n"))
            if len(pair.lines) == len(pair.reference):
                found.append(pair)
    return found


def _injected(articles: list[list[str]], options: argparse.Namespace, notes: list[str]) -> list[Faulty]:
    """Articles with one fault each, by family; none where the injectors are not there."""
    try:
        from cleanup.evaluation.injectors import injectors
    except ImportError:
        notes.append("injected: cleanup.evaluation.injectors is not there")
        return []
    texts = ["\n".join(article) for article in articles]
    families = []
    for injector in injectors():
        faulty, clean = [], []
        for number, text in enumerate(texts):
            if len(clean) == options.faults:
                break
            chance = random.Random(f"{options.seed}/{injector.name}/{number}")
            base = injector.prepare(text, chance)
            if places := injector.places(base, chance):
                fault = chance.choice(places)
                faulty.append((base[: fault.start] + fault.faulty + base[fault.end :]).split("\n"))
                clean.append(base.split("\n"))
        families.append(Faulty(injector.name, faulty, clean))
    return families


def _short(articles: list[list[str]], seed: int) -> list[list[str]]:
    """Articles of a length that many can be read of, in an order drawn at random."""
    return [a for a in random.Random(seed).sample(articles, len(articles)) if LENGTHS[0] <= _words([a]) <= LENGTHS[1]]


def _some(items: list, words: int, seed: int) -> list:
    """Whole articles, drawn at random, until they have that many words."""
    chosen, total = [], 0
    for item in random.Random(seed).sample(items, len(items)):
        if total >= words:
            break
        chosen.append(item)
        total += _words([item.lines if isinstance(item, Pair) else item])
    return chosen


def _words(articles: Iterable[list[str]]) -> int:
    return sum(len(line.split()) for article in articles for line in article)


def _measure(peer: peers.Peer, texts: Material, samples: list[str]) -> dict[str, str]:
    """One column of the table."""
    import changes

    column = {"version": peer.version}
    peer.fix(LINE)  # the first call loads what there is to load
    start = time.perf_counter()
    peer.fix(LINE)
    start_up = time.perf_counter() - start

    before, expected = texts.seed
    after = "\n".join(peer.fix([before.split("\n")])[0])
    faults, fixed, damaged = changes.page(before, expected, after)
    column[f"{texts.seed_name}: fixed of {faults}"] = str(fixed)
    column[f"{texts.seed_name}: damaged"] = str(damaged)

    start = time.perf_counter()
    fixed_texts = peer.fix(texts.clean)
    seconds = time.perf_counter() - start - start_up
    words, found = _words(texts.clean), Counter()
    for one, other in zip(texts.clean, fixed_texts, strict=True):
        found += changes.count(one, other)
        samples += [f"clean: {a}\n      → {b}" for a, b in zip(one, other, strict=True) if a != b]
    column["clean: words read"] = f"{words:,}"
    column["clean: changes per 100,000 words"] = _rate(found["all"], words)
    column["… of nothing but quote glyphs"] = _rate(found["glyphs"], words)

    for family in texts.injected:
        results = [
            changes.page(*map("\n".join, (bad, good, mended)))
            for bad, good, mended in zip(family.faulty, family.clean, peer.fix(family.faulty), strict=True)
        ]
        restored = [fixed == faults for faults, fixed, _ in results if faults]
        column[f"injected: {family.name}"] = (
            f"{sum(restored) / len(restored):.0%} of {len(restored)}" if restored else "–"
        )

    if texts.mt:
        column |= _verdicts(texts.mt, peer.fix([pair.lines for pair in texts.mt]), samples)
    megabytes = sum(len("\n".join(article).encode("utf-8", "surrogatepass")) for article in texts.clean) / 1e6
    idle = isinstance(peer, peers.Nothing)
    column["MB/s"] = "–" if idle else f"{megabytes / seconds:.2g}" + (f" ({words:,} words)" if peer.slow else "")
    return column


def _verdicts(pairs: list[Pair], fixed: list[list[str]], samples: list[str]) -> dict[str, str]:
    import changes

    from cleanup.evaluation import judge

    counts: Counter[str] = Counter()
    changed: list[tuple[str, str, str]] = []
    for pair, lines in zip(pairs, fixed, strict=True):
        for before, after, reference in zip(pair.lines, lines, pair.reference, strict=True):
            if before == after:
                continue
            changed.append((before, after, reference))
            edits = changes.line_edits(before, after)
            for edit in edits:
                verdict = judge.verdict(before, edits, edit, reference)
                counts[verdict] += 1
                around = before[max(edit.start - 20, 0) : edit.start], before[edit.end : edit.end + 20]
                samples.append(f"mt, {verdict}: {edit.after.join(around)!r} for {before[edit.start : edit.end]!r}")
    words = _words(pair.lines for pair in pairs)
    decided = counts["right"] + counts["wrong"]
    column = {"mt: words read": f"{words:,}"}
    for verdict in ("right", "wrong", "undecided"):
        column[f"mt: {verdict} per 100,000 words"] = f"{_rate(counts[verdict], words)} ({counts[verdict]:,})"
    column["mt: right of decided"] = f"{counts['right'] / decided:.0%}" if decided else "–"
    column["mt: lines nearer to the reference, net"] = f"{_net(changed) / sum(len(p.lines) for p in pairs):.2%}"
    return column


def _net(changed: list[tuple[str, str, str]]) -> int:
    """Lines with fewer word edits to their reference than before, less those with more."""
    from cleanup.evaluation.judge import folded
    from cleanup.evaluation.scores import Scorer

    if not changed:
        return 0
    scorer = Scorer()
    before, after, references = ([folded(line) for line in lines] for lines in zip(*changed, strict=True))
    gains = (scorer.errors(before, references) - scorer.errors(after, references))[:, 0]
    return int((gains > 0).sum() - (gains < 0).sum())


def _rate(number: int, words: int) -> str:
    rate = 100_000 * number / words if words else 0.0
    return f"{rate:,.0f}" if rate >= 100 else f"{rate:.1f}"


def _print(columns: dict[str, dict[str, str]]) -> None:
    """A Markdown table, a column for each peer."""
    heads = list(dict.fromkeys(row for column in columns.values() for row in column))
    rows = [["", *columns], *([head, *(column.get(head, "–") for column in columns.values())] for head in heads)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    rows.insert(1, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])])
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
