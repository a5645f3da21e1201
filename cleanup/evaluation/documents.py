"""Read sets of texts: JSONL (also gzipped) with a ``text`` field, or text files."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleanup.evaluation.result import Measured


class DocumentError(ValueError):
    """A set that cannot be read: file, line, and what to do."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text of a set.

    Attributes:
        id: unique within its set.
        text: the text.
        reference: the same text by a human, line by line; ``None`` if the set has none.
        pair: language pair, such as ``fr-en``; may be empty.
        system: what translated it; may be empty.
    """

    id: str
    text: str
    reference: str | None = None
    pair: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSet:
    """A file or folder of texts."""

    path: Path

    @property
    def name(self) -> str:
        """What figures are recorded under: the last folder and the bare file name."""
        bare = self.path.name.removesuffix(".gz").removesuffix(".jsonl").removesuffix(".txt")
        return f"{self.path.resolve().parent.name}/{bare}"

    def measured(self) -> Measured:
        """Name, hash and size of the set."""
        total = hashlib.sha256()
        for path in _files(self.path):
            total.update(path.read_bytes())
        words = sum(len(document.text.split()) for document in self)
        return Measured(self.name, total.hexdigest()[:12], words)

    def __iter__(self) -> Iterator[Document]:
        for path in _files(self.path):
            if path.name.endswith((".jsonl", ".jsonl.gz")):
                yield from _lines(path)
            else:
                yield Document(path.stem, path.read_bytes().decode("utf-8"))


def document_sets(paths: Sequence[Path]) -> list[DocumentSet]:
    """A set for each path.

    Raises:
        DocumentError: a path does not exist or holds no texts.
    """
    for path in paths:
        if not path.exists():
            raise DocumentError(f"{path}: no such file or folder")
        if not _files(path):
            raise DocumentError(f"{path}: holds no .txt, .md, .jsonl or .jsonl.gz file")
    return [DocumentSet(path) for path in paths]


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(p for p in path.rglob("*") if p.name.endswith((".txt", ".md", ".jsonl", ".jsonl.gz")))


def _lines(path: Path) -> Iterator[Document]:
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                text, reference = row["text"], row.get("reference")
            except (ValueError, KeyError, TypeError, AttributeError):
                raise DocumentError(f"{path}:{number}: not a JSON object with a text") from None
            yield Document(str(row.get("id", number)), text, reference, row.get("pair", ""), row.get("system", ""))
