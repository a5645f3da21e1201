"""``diff``: show what ``fix`` would change; nothing is written."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from cleanup import console
from cleanup.files import Source
from cleanup.formats.escape import visible
from cleanup.formats.findings import count
from cleanup.verbs.common import CLEAN, FAILED, FOUND, Record, start


def run(arguments: Namespace) -> int:
    """Print every change; exit code 1 if there is one."""
    run = start(arguments, arguments.paths)
    colour = console.wants_colour(arguments.color)
    texts = changes = changed = 0
    for record in run.records():
        texts += 1
        if record.report.changes:
            changed += 1
            changes += len(record.report.changes)
            console.emit(_patch(record) if arguments.format == "unified" else _words(record, colour))
    if not arguments.quiet and texts:
        console.finish()
        console.say(f"{count(changes, 'change')} in {changed} of {count(texts, 'text')}.")
    return FAILED if run.failures else FOUND if changed else CLEAN


def _words(record: Record, colour: bool) -> str:
    from cleanup.formats.terminal import coloured_diff

    return coloured_diff(record.report, record.source.name, colour)


def _patch(record: Record) -> str:
    from cleanup.formats.unified import unified_diff

    patch = unified_diff(record.report, _patch_name(record.source))
    # For a program it must be exact; on a terminal it is only looked at.
    return visible(patch, keep="\n\t") if console.is_terminal(sys.stdout) else patch


def _patch_name(source: Source) -> str:
    """The path below this folder, where a patch is applied with ``-p1``; below / for others."""
    if source.path is None:
        return "stdin"
    path = Path(os.path.abspath(source.path))
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
