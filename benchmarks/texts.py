"""The texts that the benchmarks read.

By default the public sets in ``../shared/data/clean``, which are for measuring only and no
part of the repository; where they are absent, the project's own ``corpus/clean/en``.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data" / "clean"
OWN = ROOT / "corpus" / "clean" / "en"


class Text(NamedTuple):
    """One text and the name of the set it belongs to."""

    set: str
    id: str
    text: str


def read(paths: list[Path]) -> list[Text]:
    """The texts of ``paths``: JSONL (gzipped or not), text files, or folders of either."""
    if not paths:
        paths = [SHARED if SHARED.is_dir() else OWN]
        if paths == [OWN]:
            print(f"{SHARED} is not there: measured on {OWN.relative_to(ROOT)}, which is small", file=sys.stderr)
    files = [file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    return [text for file in files if file.is_file() for text in _texts(file)]


def _texts(path: Path) -> Iterator[Text]:
    name = path.name.split(".")[0]
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    if ".jsonl" not in path.name:
        yield Text(path.parent.name, name, content.decode("utf-8"))
        return
    for number, line in enumerate(content.decode("utf-8").splitlines(), 1):
        record = json.loads(line)
        yield Text(name, str(record.get("id", number)), record["text"])
