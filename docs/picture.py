"""Draw ``docs/diff.svg``: what ``cleanup diff`` prints for the demo article, as a terminal shows it.

    python docs/picture.py            draw it again
    python docs/picture.py --check    exit with 1 if the committed picture is stale

The text comes from the command itself, with colours forced; here it is only wrapped and drawn.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "diff.svg"
ARTICLE = "corpus/wild/demo/before.txt"

COLUMNS = 108
CELL, LEADING, SIZE = 8.4, 21, 14  # width of a character, height of a line, size of the type
GAP = 9  # more room above a line that begins with a place in the article
BAR, PAD = 38, 22  # height of the title bar, room around the text

# What the command's escape sequences (SGR) switch on.
LOOKS = {1: "bold", 2: "dim", 9: "strike", 31: "red", 32: "green", 33: "yellow", 36: "cyan"}
STYLE = """\
text { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
       font-size: 14px; fill: #d7dae0; white-space: pre; }
.bold { font-weight: bold; } .dim { fill: #8b93a1; } .strike { text-decoration: line-through; }
.red { fill: #f47c7c; } .green { fill: #8fd48a; } .yellow { fill: #e3b866; } .cyan { fill: #6fc3d6; }
.prompt { fill: #8fd48a; font-weight: bold; } .name { fill: #8b93a1; font-size: 13px; text-anchor: middle; }
.gone { fill: #f47c7c; fill-opacity: .13; } .new { fill: #8fd48a; fill-opacity: .15; }"""
GROUNDS = {"red": "gone", "green": "new"}


class Cell(NamedTuple):
    """One character and its looks."""

    character: str
    looks: frozenset[str]


Line = list[Cell]


def main() -> int:
    """Draw the picture, or say by the exit code whether it is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="draw nothing; exit with 1 if the picture is stale")
    drawn = svg(lines())
    if not parser.parse_args().check:
        PICTURE.write_text(drawn, "utf-8", newline="\n")
        return 0
    if PICTURE.is_file() and PICTURE.read_text("utf-8") == drawn:
        return 0
    print(f"{PICTURE.relative_to(ROOT)} is stale: python docs/picture.py", file=sys.stderr)
    return 1


def lines() -> list[Line]:
    """The prompt, what the command prints, and its summary, wrapped."""
    command = [sys.executable, "-m", "cleanup", "diff", "--isolated", "--color", "always", ARTICLE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode != 1:  # 1: there are changes
        sys.exit(f"cleanup diff ended with {done.returncode}:\n{done.stderr}")
    shown = [[Cell("$", frozenset({"prompt"})), *plain(f" cleanup diff {ARTICLE}")], []]
    for line in cells(done.stdout):
        shown += wrapped(line)
    return [*shown, [], *map(plain, done.stderr.splitlines())]


def plain(text: str) -> Line:
    """``text`` without looks."""
    return [Cell(character, frozenset()) for character in text]


def cells(output: str) -> Iterator[Line]:
    """The lines of ``output``, its escape sequences read as looks."""
    looks: frozenset[str] = frozenset()
    line: Line = []
    for code, character in re.findall("\x1b\\[(\\d+)m|(.|\n)", output):
        if code:
            looks = frozenset() if code == "0" else looks | {LOOKS[int(code)]}
        elif character == "\n":
            yield line
            line = []
        else:
            line.append(Cell(character, looks))


def wrapped(line: Line) -> Iterator[Line]:
    """``line`` in pieces of at most :data:`COLUMNS`, broken at blanks, with its own indent."""
    indent = next((i for i, cell in enumerate(line) if cell.character != " "), 0)
    while len(line) > COLUMNS:
        blanks = [i for i in range(indent + 1, COLUMNS + 1) if line[i].character == " "]
        end = blanks[-1] if blanks else COLUMNS
        yield line[:end]
        line = [*line[:indent], *line[end + bool(blanks) :]]
    yield line


def svg(shown: list[Line]) -> str:
    """The window with its lines."""
    width = round(COLUMNS * CELL + 2 * PAD)
    baselines = list(accumulate((LEADING + GAP * starts_a_place(line) for line in shown), initial=BAR + PAD + SIZE - 4))
    height = baselines.pop() + PAD // 2 - SIZE + 4
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    pieces = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-labelledby="what">',
        f'<title id="what">A terminal that shows what cleanup diff prints for {ARTICLE}</title>',
        f"<style>\n{STYLE}\n</style>",
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="10" fill="#1d2026" stroke="#3a3f4a"/>',
        f'<path d="M1 {BAR}V10.5a9.5 9.5 0 0 1 9.5-9.5H{width - 10.5}a9.5 9.5 0 0 1 9.5 9.5V{BAR}z" fill="#292d35"/>',
        *(
            f'<circle cx="{22 + 20 * i}" cy="{BAR / 2:g}" r="6" fill="{fill}"/>'
            for i, fill in enumerate(("#e0675f", "#dfb04b", "#62b85b"))
        ),
        f'<text class="name" x="{width / 2:g}" y="{BAR / 2 + 4.5:g}">cleanup diff</text>',
    ]
    for line, baseline in zip(shown, baselines, strict=True):
        pieces += runs(line, baseline + GAP * starts_a_place(line))
    return "\n".join((*pieces, "</svg>\n"))


def starts_a_place(line: Line) -> bool:
    """Whether ``line`` names where the changes below it stand."""
    return bool(line) and "cyan" in line[0].looks


def runs(line: Line, baseline: int) -> Iterator[str]:
    """Cells of equal looks as one text each, held to the grid whatever the font."""
    at = 0
    for looks, group in groupby(line, key=lambda cell: cell.looks):
        text = "".join(cell.character for cell in group)
        bare = text.strip(" ")
        x, width = PAD + at * CELL, len(text) * CELL
        for look in sorted(looks & GROUNDS.keys()):
            top, height = baseline - SIZE - 1, LEADING - 1
            yield f'<rect class="{GROUNDS[look]}" x="{x:g}" y="{top}" width="{width:g}" height="{height}" rx="2"/>'
        if bare:
            x += (len(text) - len(text.lstrip(" "))) * CELL
            names = f' class="{" ".join(sorted(looks))}"' if looks else ""
            yield f'<text{names} x="{x:g}" y="{baseline}" textLength="{len(bare) * CELL:g}">{escape(bare)}</text>'
        at += len(text)


if __name__ == "__main__":
    sys.exit(main())
