"""The peers: every one has a name, a version, its options, and ``fix``.

``fix`` takes articles, each a list of lines, and gives them back with as many lines each.
(Articles rather than lines: mt-cleanup judges a whole article, and a command-line tool
would be measured by its start-up if it were called for each.) ``install`` puts what a peer
needs into the folder ``.work`` beside this file; it raises :class:`PeerError` with a reason
where that cannot be done, and so does ``fix`` where a peer breaks down or loses lines.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import venv
from abc import ABC, abstractmethod
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleanup.evaluation.judge import LineEdit

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
BIN = WORK / "venv" / "bin"

Article = list[str]


class PeerError(Exception):
    """A peer cannot be installed or run; the text says why."""


class Peer(ABC):
    """One tool that changes texts.

    Attributes:
        name: heads its column.
        version: the pinned version.
        options: in words, what was chosen other than the defaults.
        slow: it reads a small sample only.
    """

    name: str
    version: str
    options = "defaults"
    slow = False

    def install(self) -> None:
        """Make it ready to run."""
        return

    @abstractmethod
    def fix(self, articles: list[Article]) -> list[Article]:
        """The articles as the peer leaves them, line by line."""

    def close(self) -> None:
        """End what was started."""
        return


class Nothing(Peer):
    """The baseline."""

    name, version, options = "do nothing", "", "the baseline"

    def fix(self, articles: list[Article]) -> list[Article]:
        return articles


class MtCleanup(Peer):
    """This project, as in this checkout."""

    name, options = "mt-cleanup", "defaults: safe fixes only; whole articles"

    def install(self) -> None:
        import cleanup

        self._clean = cleanup.clean
        self.version = cleanup.__version__

    def fix(self, articles: list[Article]) -> list[Article]:
        return [self._fix(article) for article in articles]

    def _fix(self, article: Article) -> Article:
        from cleanup.evaluation.judge import corrected, line_edits

        changes = self._clean("\n".join(article)).changes
        by_line: defaultdict[int, list[LineEdit]] = defaultdict(list)
        for edits in line_edits(article, changes):
            for edit in edits:
                by_line[edit.line].append(edit)
        return [corrected(line, by_line[number]) if number in by_line else line for number, line in enumerate(article)]


class Worker(Peer):
    """A peer that stays loaded in a process of its own and answers article by article."""

    def start(self, *command: str | Path) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=WORK
        )

    def fix(self, articles: list[Article]) -> list[Article]:
        return [self._ask(article) for article in articles]

    def _ask(self, article: Article) -> Article:
        assert self._process.stdin
        assert self._process.stdout
        try:
            self._process.stdin.write(json.dumps(article) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:
            answer = ""
        if not answer:
            raise PeerError("ended by itself")
        return _same_length([line.replace("\n", " ") for line in json.loads(answer)], article)

    def close(self) -> None:
        if hasattr(self, "_process"):
            self._process.kill()
            self._process.communicate()


class Ftfy(Worker):
    """Repairs encodings; with its defaults it straightens curly quotes too."""

    def __init__(self, keep_quotes: bool = False) -> None:
        self.name, self.version = "ftfy", "6.3.1"
        self._arguments = ["--keep-quotes"] if keep_quotes else []
        if keep_quotes:
            self.name, self.options = "ftfy, quotes kept", "uncurl_quotes=False"

    def install(self) -> None:
        _pip(f"ftfy=={self.version}", "wcwidth==0.9.4")
        self.start(BIN / "python", HERE / "fix_ftfy.py", *self._arguments)


class Harper(Worker):
    """A grammar and spelling checker; it is not made for applying all it suggests unseen."""

    version, slow = "2.10.0", True

    def __init__(self, spelling: bool = True) -> None:
        self.name = "Harper" if spelling else "Harper, no spelling"
        rules = "default rules" if spelling else "default rules but SpellCheck"
        self.options = f"first suggestion of every lint; American English, {rules}, plain text, line by line"
        self._arguments = [] if spelling else ["SpellCheck"]

    def install(self) -> None:
        node, npm = shutil.which("node"), shutil.which("npm")
        if not node or not npm:
            raise PeerError("needs node and npm")
        if not _stamp("harper.js", self.version).exists():
            quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
            _run([npm, "install", *quiet, f"--prefix={WORK}", f"harper.js@{self.version}", "fflate@0.8.2"])
            _stamp("harper.js", self.version).touch()
        self.start(node, HERE / "fix_harper.mjs", WORK, *self._arguments)


class Filter(Peer):
    """A command that rewrites a file: all lines of all articles go into one."""

    def fix(self, articles: list[Article]) -> list[Article]:
        lines = [line for article in articles for line in article]
        with tempfile.TemporaryDirectory() as folder:
            fixed = _same_length(self.rewrite(lines, Path(folder)), lines)
        each = iter(fixed)
        return [[next(each) for _ in article] for article in articles]

    @abstractmethod
    def rewrite(self, lines: list[str], folder: Path) -> list[str]:
        """The lines as the command leaves them; ``folder`` is empty and for its files."""


class Codespell(Filter):
    """A list of misspellings; it leaves alone what has several corrections."""

    name, version, options = "codespell", "2.4.3", "-w, default dictionaries (clear, rare)"

    def install(self) -> None:
        _pip(f"codespell=={self.version}")

    def rewrite(self, lines: list[str], folder: Path) -> list[str]:
        file = _write(folder / "text.txt", lines)
        _run([BIN / "codespell", "-w", file], folder, ok=(0, 65))
        return _read(file)


class Typos(Filter):
    """A list of misspellings made for source code; it too leaves alone what is not clear."""

    name, version, options = "typos", "1.52.0", "--write-changes, default locale (en), one thread"

    def install(self) -> None:
        _pip(f"typos=={self.version}")

    def rewrite(self, lines: list[str], folder: Path) -> list[str]:
        file = _write(folder / "text.txt", lines)
        _run([BIN / "typos", "--isolated", "--no-ignore", "-j", "1", "--write-changes", file], folder, ok=(0, 2))
        return _read(file)


class Monofixer(Filter):
    """Restorative cleaning for corpora, of the package bifixer."""

    name, version = "monofixer", "0.8.12"
    options = "en, spelling on; --ignore_segmentation --ignore_duplicates, so that lines stay lines"

    def install(self) -> None:
        _pip(
            f"bifixer=={self.version}",
            *(
                "ftfy==6.3.1",
                "wcwidth==0.9.4",
                "nltk==3.10.4",
                "regex==2026.11.15",
                "Unidecode==1.4.0",
                "xxhash==4.1.0",
            ),
        )

    def rewrite(self, lines: list[str], folder: Path) -> list[str]:
        # Tabs part the columns and carriage returns end a line; it makes spaces of both anyway.
        cells = [f"{number}\t{' '.join(line.splitlines()).replace(chr(9), ' ')}" for number, line in enumerate(lines)]
        file = _write(folder / "text.tsv", cells)
        _run(
            [BIN / "monofixer", "-q", "--ignore_segmentation", "--ignore_duplicates", file, folder / "out.tsv", "en"],
            folder,
        )
        fixed = [""] * len(lines)  # it leaves out lines that are empty or become so
        for cell in _read(folder / "out.tsv"):
            number, _, line = cell.partition("\t")
            fixed[int(number)] = line
        return fixed


def all_peers() -> list[Peer]:
    """Every peer, in the order of the table."""
    return [
        Nothing(),
        Ftfy(),
        Ftfy(keep_quotes=True),
        Codespell(),
        Typos(),
        Monofixer(),
        Harper(),
        Harper(spelling=False),
        MtCleanup(),
    ]


def _pip(*requirements: str) -> None:
    """Install into the peers' own environment, once."""
    stamp = _stamp(*requirements[0].split("=="))
    if stamp.exists():
        return
    if not (BIN / "python").exists():
        venv.create(BIN.parent, with_pip=True)
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, *requirements])
    stamp.touch()


def _stamp(name: str, version: str) -> Path:
    WORK.mkdir(exist_ok=True)
    return WORK / f".installed-{name}-{version}"


def _run(command: list[str | Path], folder: Path = WORK, ok: tuple[int, ...] = (0,)) -> None:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise PeerError(f"{Path(command[0]).name}: {problem}") from None
    if done.returncode not in ok:
        words = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()] or ["no message"]
        print(f"{Path(command[0]).name} failed:\n{done.stderr}", file=sys.stderr)
        raise PeerError(f"{Path(command[0]).name} {words[-1][:120]}")


def _write(file: Path, lines: list[str]) -> Path:
    file.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    return file


def _read(file: Path) -> list[str]:
    return file.read_bytes().decode("utf-8").removesuffix("\n").split("\n")


def _same_length(fixed: list[str], lines: list[str]) -> list[str]:
    if len(fixed) != len(lines):
        raise PeerError(f"gave back {len(fixed)} lines for {len(lines)}")
    return fixed
