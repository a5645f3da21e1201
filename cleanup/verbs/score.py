"""``score``: how faulty each text is, for filtering a corpus."""

from __future__ import annotations

import csv
import io
import json
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from cleanup import console, files
from cleanup.evaluation.documents import Document, DocumentError, document_sets
from cleanup.evaluation.severity import COLUMNS, Scored, as_text, score, score_signatures
from cleanup.files import InputError, Source
from cleanup.formats.escape import visible
from cleanup.verbs.common import CLEAN, FAILED, PARTLY, UsageError, settings_from

_JSONL = (".jsonl", ".jsonl.gz")
_SUFFIXES = (*files.TEXT_SUFFIXES, *_JSONL)

Named = tuple[str, Document]
"""A file's name and a text of it."""
Reference = Callable[[Document, int], str | None]
"""The reference of a text, which is the n-th of all."""


def run(arguments: Namespace) -> int:
    """Score every text; one that cannot be read is complained of, and the rest go on."""
    settings = settings_from(arguments)
    output = Path(arguments.output) if arguments.output else None
    texts = _Texts(arguments.paths, settings.max_bytes)
    every, reference = _with_references(texts, arguments.reference)
    row = _ROWS.get(arguments.format)
    scored: list[Scored] = []
    pieces = [_csv(COLUMNS)] if arguments.format == "csv" else []
    for number, (name, document) in enumerate(every):
        try:
            one = score(document.text, settings, file=name, name=document.id, reference=reference(document, number))
        except TimeoutError as error:
            texts.fail(f"{visible(name)}: given up: {error}; split the text or --ignore the rule")
            continue
        scored.append(one)
        if row:
            pieces.append(row(one))
        if not output:  # as it comes, so that a corpus of any size goes through a pipe
            console.emit("".join(pieces))
            pieces.clear()
    table = as_text(scored)
    if output:
        files.write(output, ("".join(pieces) if row else table).encode("utf-8", "backslashreplace"))
    if (row or output) and not arguments.quiet:
        console.finish()
        console.say(table.removesuffix("\n"))
    elif not row:
        console.emit(table)
    if arguments.reference and not arguments.quiet:
        console.finish()
        console.say("\n".join(score_signatures()))
    return CLEAN if not texts.failures else PARTLY if scored else FAILED


class _Texts:
    """The texts of the command line, one at a time; what cannot be read is counted."""

    def __init__(self, names: Iterable[str], max_bytes: int) -> None:
        self.failures = 0
        self._names = tuple(names)
        self._max_bytes = max_bytes

    def fail(self, problem: object) -> None:
        """Complain of a file or a text, and count it."""
        console.complain(problem)
        self.failures += 1

    def __iter__(self) -> Iterator[Named]:
        for name in self._names:
            path = Path(name)
            found = sorted(p for p in path.rglob("*") if _is_text(p)) if path.is_dir() else [path]
            if not found:
                self.fail(f"{visible(name)}: no text in this folder: no {', '.join(_SUFFIXES)} file")
            for file in found:
                try:
                    for document in _documents(file, self._max_bytes):
                        yield str(file), document
                except (DocumentError, InputError) as error:
                    self.fail(error)
                except (OSError, EOFError, UnicodeDecodeError) as error:  # a broken archive among them
                    self.fail(f"{visible(str(file))}: cannot be read: {error}")


def _is_text(path: Path) -> bool:
    return path.name.endswith(_SUFFIXES) and not path.name.startswith(".") and path.is_file()


def _documents(path: Path, max_bytes: int) -> Iterator[Document]:
    """The texts of one file; one that is no JSONL is one text, and its path is all the id it needs."""
    if path.name.endswith(_JSONL):
        for one in document_sets([path]):
            yield from one
        return
    source = Source(None if str(path) == files.STANDARD_INPUT else path, path)
    yield Document("", files.decode(files.read(source, max_bytes), source.name))


def _with_references(texts: _Texts, name: str | None) -> tuple[Iterable[Named], Reference]:
    """The texts, and how to find the reference of each in the file ``name``."""
    if not name:
        return texts, lambda document, number: None
    if name.endswith(_JSONL):
        return texts, _by_id(Path(name))
    every = list(texts)  # they must be counted, and standard input is read but once
    return every, _aligned(Path(name), len(every))


def _by_id(path: Path) -> Reference:
    """References from JSONL: the field `reference`, and where there is none, the text."""
    try:
        by_id = {one.id: _human(one) for texts in document_sets([path]) for one in texts}
    except (DocumentError, OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from None
    return lambda document, number: by_id.get(document.id)


def _human(document: Document) -> str:
    return document.text if document.reference is None else document.reference


def _aligned(path: Path, count: int) -> Reference:
    """References from a text: all of it for one text, line by line for several."""
    whole = files.decode(path.read_bytes(), str(path))
    if count == 1:
        return lambda document, number: whole
    lines = whole.removesuffix("\n").split("\n")
    if len(lines) != count:
        raise UsageError(f"{path}: {len(lines):,} lines are no references for {count:,} texts: one line a text")
    return lambda document, number: lines[number]


def _jsonl(one: Scored) -> str:
    return json.dumps(one.as_row(), ensure_ascii=False) + "\n"


def _csv_row(one: Scored) -> str:
    row = one.as_row() | {"classes": " ".join(one.classes)}
    return _csv(str(row.get(column, "")) for column in COLUMNS)


def _csv(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


_ROWS = {"jsonl": _jsonl, "csv": _csv_row}
