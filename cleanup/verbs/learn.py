"""``learn``: count evidence in the user's own corpus."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from cleanup import console, files
from cleanup.files import OutputError
from cleanup.formats.findings import count as counted
from cleanup.learning.corpus import Corpus, gather
from cleanup.learning.count import as_text, count, lines
from cleanup.learnt import FORMAT
from cleanup.verbs.common import CLEAN, FAILED, PARTLY, UsageError, configured

_HEAD = f'{{\n"format": "{FORMAT.rpartition(" ")[0]} '.encode()
"""How every file begins that this verb has written, in whatever version."""


def run(arguments: Namespace) -> int:
    """Count, and write the file whole or not at all; what cannot be read is complained of."""
    output = Path(arguments.output)
    renews = _refuse_foreign(output, force=arguments.force)
    settings = configured(arguments)
    paths, faults = gather(arguments.paths, leave_out=output if renews else None)
    if any(path.resolve() == output.resolve() for path in paths):
        raise UsageError(f"{output} is read and would be overwritten; name another file with -o")
    for fault in faults:
        console.complain(fault)
    if faults or not paths:
        return FAILED  # a name that was mistyped must not become evidence of half a corpus
    corpus = Corpus(tuple(paths), arguments.site_field, settings.max_bytes)
    try:
        counts = count(corpus, arguments.shards, _progress(arguments))
    except BrokenProcessPool:
        console.complain("a process that counted was killed, perhaps for want of memory; try fewer --shards")
        return FAILED
    if _watched(arguments):
        print(file=sys.stderr)
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


def _refuse_foreign(output: Path, *, force: bool) -> bool:
    """Whether ``output`` is evidence that is to be renewed; anything else is overwritten only if asked.

    What cannot be written is told now, and not when all is counted.
    """
    if output.is_dir():
        raise OutputError(output, "is a folder; name a file in it")
    if not output.parent.is_dir():
        raise OutputError(output, "cannot be written: its folder does not exist; create it first")
    if not output.is_file():
        return False
    try:
        with output.open("rb") as old:
            head = old.read(len(_HEAD))
    except OSError as error:
        raise OutputError(output, f"is there already and cannot be read: {files.reason(error)}") from None
    if not force and head not in (b"", _HEAD):
        raise OutputError(output, "is there already and is no evidence; --force overwrites it")
    return head == _HEAD


def _progress(arguments: Namespace) -> Callable[[int], None]:
    """A counter on standard error, if a person is there to see it."""
    if not _watched(arguments):
        return lambda done: None

    def show(done: int) -> None:
        print(f"\r{done:,} texts", end="", file=sys.stderr, flush=True)

    return show


def _watched(arguments: Namespace) -> bool:
    return not arguments.quiet and console.is_terminal(sys.stderr)
