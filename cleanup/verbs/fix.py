"""``fix``: write corrected texts, to standard output, elsewhere, or in their place."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleanup import console, files
from cleanup.edit import APPLIED
from cleanup.files import Gathered, OutputError, Source
from cleanup.formats.escape import visible
from cleanup.formats.findings import count
from cleanup.report import Report
from cleanup.verbs.common import CLEAN, FAILED, FOUND, PARTLY, Record, Run, UsageError, settings_from

Writer = Callable[[Record, bytes], None]
"""Puts the corrected bytes of a record where they belong; raises ``OutputError``."""


def run(arguments: Namespace) -> int:
    """Correct every text; see DESIGN's table for the exit codes."""
    if arguments.in_place and arguments.output:
        raise UsageError("--in-place and -o do not go together: choose one")
    settings = settings_from(arguments)
    output = Path(arguments.output) if arguments.output else None
    into_folder = output is not None and _is_folder(output, arguments)
    gathered = files.gather(arguments.paths, leave_out=output if into_folder else None)
    write = _writer(arguments, gathered, into_folder)
    run = Run(settings, gathered)
    if into_folder and not arguments.quiet:
        for path in gathered.skipped:
            console.say(f"skipped {visible(str(path))}: not a {' or '.join(files.TEXT_SUFFIXES)} file")
    total = _Total()
    for record in run.records():
        try:
            # The bytes themselves where nothing was mended: law 3, down to the file.
            after = record.report.corrected.encode() if record.report.changes else record.data
            write(record, after)
        except console.StandardOutputError:
            raise
        except OutputError as error:
            run.fail(error)
        else:
            total.add(record.report)
    _summarise(arguments, total)
    if run.failures:
        return PARTLY if total.texts else FAILED
    return FOUND if arguments.exit_code and total.changed else CLEAN


def _is_folder(output: Path, arguments: Namespace) -> bool:
    """Whether ``-o`` names a folder: it is one, is written as one, or must hold more than one text."""
    several = len(arguments.paths) > 1 or any(map(os.path.isdir, arguments.paths))
    return several or output.is_dir() or arguments.output.endswith(("/", os.sep))


def _writer(arguments: Namespace, gathered: Gathered, into_folder: bool) -> Writer:
    """How results are written; whatever cannot work is refused before anything is done."""
    if arguments.in_place:
        if any(source.path is None for source in gathered.sources):
            raise UsageError("standard input cannot be rewritten in place: leave out --in-place or -")
        return _in_place(ledger=not arguments.no_ledger)
    if arguments.output:
        output = Path(arguments.output)
        targets = _targets(gathered, output, into_folder)
        return _elsewhere(targets, force=arguments.force, make_folders=into_folder)
    if len(arguments.paths) > 1 or any(map(os.path.isdir, arguments.paths)):
        raise UsageError("several texts need a place to go: -o FOLDER, or --in-place to rewrite them")
    return lambda record, after: console.emit(after)


def _targets(gathered: Gathered, output: Path, into_folder: bool) -> dict[Source, Path]:
    """Where each text goes; never onto a text that is read, and never two to one place."""
    targets: dict[Source, Path] = {}
    taken: dict[Path, Source] = {}
    inputs = {source.path.resolve() for source in gathered.sources if source.path}
    for source in gathered.sources:
        if into_folder and source.path is None:
            raise UsageError("standard input has no name of its own in a folder: give it -o FILE by itself")
        target = output / source.relative if into_folder else output
        if target.resolve() in inputs:
            raise UsageError(f"{target} is read and would be overwritten; --in-place does that on purpose")
        if other := taken.get(target):
            raise UsageError(f"{other.name} and {source.name} would both become {target}; fix them one by one")
        targets[source], taken[target] = target, source
    return targets


def _elsewhere(targets: dict[Source, Path], *, force: bool, make_folders: bool) -> Writer:
    def write(record: Record, after: bytes) -> None:
        target = targets[record.source]
        if target.is_file():
            if _holds(target, after):
                return
            if not force:
                raise OutputError(target, "is there already and is something else; --force overwrites it")
        elif make_folders:
            _make_folder(target.parent)
        files.write(target, after)

    return write


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError as error:
        raise OutputError(target, f"is there already and cannot be read: {files.reason(error)}") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(folder, f"the folder cannot be made: {files.reason(error)}") from None


def _in_place(*, ledger: bool) -> Writer:
    def write(record: Record, after: bytes) -> None:
        path = record.source.path
        if path is None or not record.report.changes:
            return
        if not path.is_file():
            raise OutputError(path, "not a regular file, so it cannot be rewritten in place; use -o")
        if not ledger:
            files.write(path, after)
            return
        from cleanup import ledger as account

        # The ledger first: a text that was changed without one could not be changed back.
        old = account.append(path, record.report, record.data, after)
        try:
            files.write(path, after)
        except BaseException:
            account.restore(path, old)
            raise

    return write


@dataclass
class _Total:
    """What was done so far."""

    texts: int = 0
    changed: int = 0
    changes: int = 0
    words_removed: int = 0

    def add(self, report: Report) -> None:
        self.texts += 1
        self.changed += bool(report.changes)
        self.changes += len(report.changes)
        for diagnostic in report.diagnostics:
            if diagnostic.effect == "removal" and diagnostic.outcome == APPLIED:
                self.words_removed += len(report.original[diagnostic.start : diagnostic.end].split())


def _summarise(arguments: Namespace, total: _Total) -> None:
    to_stdout = not (arguments.in_place or arguments.output)
    if arguments.quiet or not total.texts or (to_stdout and not console.is_terminal(sys.stderr)):
        return
    console.finish()
    removed = f", {count(total.words_removed, 'word')} removed" if total.words_removed else ""
    console.say(f"{count(total.changes, 'change')} in {total.changed} of {count(total.texts, 'text')}{removed}.")
