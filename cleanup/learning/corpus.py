"""Read a corpus, or a share of it, text by text."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cleanup.files import TEXT_SUFFIXES, InputError, Source, decode, read, reason
from cleanup.formats.escape import visible

JSONL = (".jsonl", ".jsonl.gz")
SUFFIXES = (*TEXT_SUFFIXES, *JSONL)
SITE_FIELDS = ("site", "domain", "url")
"""Where the site of a text is looked for unless the user names a field: the first that is there."""

Fail = Callable[[str], None]


class Place(NamedTuple):
    """Where a text stands: its file's number, and its line there from 1; 0 for a whole file."""

    file: int
    line: int


class Text(NamedTuple):
    """A text of a corpus; ``site`` is empty where none is named."""

    place: Place
    site: str
    text: str


@dataclass(frozen=True)
class Corpus:
    """Files in the order of their paths.

    Attributes:
        paths: the files.
        site_field: the field of JSONL that names a text's site.
        max_bytes: the longest text file, and the longest line of JSONL.
    """

    paths: tuple[Path, ...]
    site_field: str | None
    max_bytes: int

    def share(self, index: int, count: int, fail: Fail) -> Iterator[Text]:
        """Every ``count``-th text from ``index`` on; ``fail`` hears of those that cannot be read.

        A text file is a text, a line of JSONL is one: files of any size are shared evenly.
        """
        for number in range(len(self.paths)):
            yield from self._file(number, lambda line, number=number: (number + line) % count == index, fail)  # type: ignore[misc]

    def at(self, places: Collection[Place]) -> Iterator[Text]:
        """The texts at ``places``, which could be read before."""
        wanted: dict[int, set[int]] = {}
        for file, line in places:
            wanted.setdefault(file, set()).add(line)
        for file, lines in sorted(wanted.items()):
            yield from self._file(file, lines.__contains__, lambda fault: None)

    def _file(self, number: int, wants: Callable[[int], bool], fail: Fail) -> Iterator[Text]:
        path = self.paths[number]
        try:
            if not path.name.endswith(JSONL):
                if wants(0):
                    text = decode(read(Source(path, path), self.max_bytes), str(path))
                    yield Text(Place(number, 0), "", text)
                return
            for line, data in self._lines(path, wants, fail):
                try:
                    yield self._record(Place(number, line), data)
                except InputError as error:
                    fail(str(error))
        except InputError as error:
            fail(str(error))
        except (OSError, EOFError, zlib.error) as error:  # a broken archive among them
            told = reason(error) if isinstance(error, OSError) else str(error)
            if wants(0):  # every share meets it, and one tells
                fail(f"{visible(str(path))}: cannot be read to its end: {told}")

    def _lines(self, path: Path, wants: Callable[[int], bool], fail: Fail) -> Iterator[tuple[int, bytes]]:
        """The lines of a file that are wanted and not blank; none is held that is too long."""
        opener: Any = gzip.open if path.name.endswith(".gz") else open
        with opener(path, "rb") as lines:
            number = 0
            while data := lines.readline(self.max_bytes + 1):
                number += 1
                whole = len(data) <= self.max_bytes
                while not whole and not data.endswith(b"\n") and (data := lines.readline(1 << 20)):
                    pass
                if not wants(number) or not data.strip():
                    continue
                if whole:
                    yield number, data
                else:
                    fail(f"{visible(str(path))}:{number}: longer than the limit of {self.max_bytes:,} bytes")

    def _record(self, place: Place, data: bytes) -> Text:
        path = f"{self.paths[place.file]}:{place.line}"
        try:
            row = json.loads(data)
        except UnicodeDecodeError as error:
            raise InputError(path, f"not UTF-8: {error.reason} at byte offset {error.start}") from None
        except (ValueError, RecursionError):
            raise InputError(path, "not JSON; each line is an object with a field `text`") from None
        text = row.get("text") if isinstance(row, dict) else None
        if not isinstance(text, str):
            raise InputError(path, "no object with a field `text` that is a string")
        return Text(place, self._site(row), text)

    def _site(self, row: dict[str, Any]) -> str:
        names = (self.site_field,) if self.site_field else SITE_FIELDS
        value = next((row[name] for name in names if isinstance(row.get(name), str) and row[name]), "")
        return _host(value)


def _host(value: str) -> str:
    """The host of an address; anything else as it is, in one line and one case."""
    site = " ".join(value.split()).lower()
    if "://" in site:
        with suppress(ValueError):
            site = urlsplit(site).hostname or site
    site = site.removeprefix("www.")
    return site.encode("utf-8", "backslashreplace").decode()[:200]


def gather(names: Sequence[str], leave_out: Path | None) -> tuple[list[Path], list[InputError]]:
    """The files that ``names`` stand for, each once and in the order of their paths, and what is no corpus.

    Folders are searched to the bottom; hidden files are passed over, and so is ``leave_out``,
    where the result of an earlier run may stand.
    """
    found: dict[str, Path] = {}
    faults: list[InputError] = []
    for name in names:
        path = Path(name)
        if path.is_dir():
            inside = sorted(_inside(path, faults))
            if not inside:
                faults.append(InputError(path, f"no text in this folder: no {', '.join(SUFFIXES)} file"))
        elif path.is_file():
            inside = [path]
        else:
            inside = []
            problem = "no such file or folder; check the path" if not path.exists() else "no file and no folder"
            faults.append(InputError(path, problem))
        found.update((os.path.realpath(file), file) for file in inside)
    if leave_out is not None:
        found.pop(os.path.realpath(leave_out), None)
    return sorted(found.values()), faults


def _inside(folder: Path, faults: list[InputError]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        faults.append(InputError(error.filename, f"the folder cannot be read: {reason(error)}"))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if name[0] != "."]
        for name in names:
            path = Path(parent) / name
            if name[0] != "." and name.endswith(SUFFIXES) and path.is_file():
                yield path
