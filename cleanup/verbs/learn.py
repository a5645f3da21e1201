"""``learn``: count evidence in the user's own corpus."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from cleanup import console, files
from cleanup.files import OutputError
from cleanup.formats.findings import count as counted
from cleanup.learning.corpus import Corpus, gather
from cleanup.learning.count import as_text, count, lines
from cleanup.learnt import FORMAT
from cleanup.verbs.common import CLEAN, FAILED, PARTLY, configured

_HEAD = f'{{\n"format": "{FORMAT.rpartition(" ")[0]} '.encode()
"""How every file begins that this verb has written, in whatever version."""


def run(arguments: Namespace) -> int:
    """Count, and write the file whole or not at all; what cannot be read is complained of."""
    output = Path(arguments.output)
    _refuse_foreign(output, force=arguments.force)
    settings = configured(arguments)
    paths, faults = gather(arguments.paths, leave_out=output)
    for fault in faults:
        console.complain(fault)
    if faults or not paths:
        return FAILED  # a name that was mistyped must not become evidence of half a corpus
    corpus = Corpus(tuple(paths), arguments.site_field, settings.max_bytes)
    counts = count(corpus, arguments.shards, _progress(arguments))
    for problem in counts.faults:
        console.complain(problem)
    if not counts.texts:
        console.complain("no text could be read, so nothing was learnt")
        return FAILED
    found = lines(corpus, counts.pages)
    files.write(output, as_text(counts, found).encode())
    if not arguments.quiet:
        furniture = counted(sum(map(len, found.values())), "line")
        names, stems = counted(len(counts.forms.names()), "name"), counted(len(counts.forms.stems()), "possessive")
        read = counted(counts.texts, "text")
        console.say(f"Learnt {furniture}, {names} and {stems} from {read} of {counts.words:,} words.")
    return PARTLY if counts.faults else CLEAN


def _refuse_foreign(output: Path, *, force: bool) -> None:
    """Nothing is overwritten but evidence, unless asked; and what cannot be written is told now, not later."""
    if output.is_dir():
        raise OutputError(output, "is a folder; name a file in it")
    if not output.parent.is_dir():
        raise OutputError(output, "cannot be written: its folder does not exist; create it first")
    if force or not output.is_file():
        return
    try:
        with output.open("rb") as old:
            head = old.read(len(_HEAD))
    except OSError as error:
        raise OutputError(output, f"is there already and cannot be read: {files.reason(error)}") from None
    if head not in (b"", _HEAD):
        raise OutputError(output, "is there already and is no evidence; --force overwrites it")


def _progress(arguments: Namespace) -> Callable[[int], None]:
    """A counter on standard error, if a person is there to see it."""
    if arguments.quiet or not console.is_terminal(sys.stderr):
        return lambda done: None

    def show(done: int) -> None:
        print(f"\r{done:,} texts", end="", file=sys.stderr, flush=True)

    return show
