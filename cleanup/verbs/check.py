"""``check``: find and gate; nothing is written."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from cleanup import console
from cleanup.formats.findings import Finding, Tally, as_json, certain, listing, located, statistics
from cleanup.verbs.common import CLEAN, FAILED, FOUND, UsageError, start


def run(arguments: Namespace) -> int:
    """List what is found; the exit code says whether it is as certain as ``--fail-on``."""
    if arguments.statistics and arguments.format != "text":
        raise UsageError(f"--statistics is a table: leave out --format {arguments.format}")
    run = start(arguments, arguments.paths)
    colour = console.wants_colour(arguments.color)
    fails = certain(arguments.fail_on) if arguments.fail_on != "never" else None
    is_listed = _listed(arguments)
    streams = arguments.format == "text" and not arguments.statistics
    tally, kept, failed = Tally(), [], False
    for record in run.records():
        findings = located(record.report, record.source.name)
        listed = [finding for finding in findings if is_listed(finding)]
        tally.add(findings, listed)
        failed = failed or bool(fails and any(map(fails, findings)))
        if streams:
            console.emit(listing(listed, colour=colour))
        else:
            kept += listed
    if arguments.statistics:
        console.emit(statistics(kept))
    elif not streams:
        console.emit(as_json(kept))
    if not arguments.quiet and tally.texts:
        console.finish()
        console.say(tally.summary())
    return FAILED if run.failures else FOUND if failed else CLEAN


def _listed(arguments: Namespace) -> Callable[[Finding], bool]:
    """Safe and unsafe findings, and whatever else makes the run fail."""
    if arguments.show == "all":
        return lambda finding: True
    return certain("display-only" if arguments.fail_on == "display-only" else "unsafe")
