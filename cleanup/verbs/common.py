"""What the verbs share: settings from arguments, and the way through many texts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleanup import console, files
from cleanup.desk import clean
from cleanup.files import Gathered, InputError, Source
from cleanup.formats.escape import visible
from cleanup.learnt import LearntFile
from cleanup.report import Report
from cleanup.settings import (
    Settings,
    as_tuple,
    evidence_in_force,
    find_config,
    read_config,
    rules_in_force,
)

CLEAN, FOUND, FAILED, PARTLY = 0, 1, 2, 3
"""Exit codes: clean or written; findings; could not do its work; written, but not all."""


class UsageError(Exception):
    """Arguments that do not go together."""


@dataclass(frozen=True, slots=True)
class Record:
    """One text that was read and worked on."""

    source: Source
    data: bytes
    report: Report


def settings_from(arguments: Namespace) -> Settings:
    """The settings of the nearest configuration with the arguments in their place.

    Raises:
        ConfigError: a setting or a rule id is wrong.
        cleanup.learnt.LearntError: the evidence cannot be used.
        cleanup.card.RulebookError: a rule card has faults.
    """
    settings = configured(arguments).with_(
        lang=arguments.lang,
        select=_names(arguments.select),
        ignore=_names(arguments.ignore),
        unsafe=arguments.unsafe or None,
        removals=False if arguments.no_removals else None,
        preview=arguments.preview or None,
        evidence=LearntFile.at(Path(arguments.evidence)) if arguments.evidence else None,
        unit=arguments.unit,
        units=() if arguments.unit else None,
    )
    rules_in_force(settings)  # both before any text is read: what is wrong with them is wrong for all texts
    evidence_in_force(settings)
    return settings


def configured(arguments: Namespace) -> Settings:
    """The settings of the configuration alone."""
    if arguments.isolated:
        return Settings()
    path = Path(arguments.config) if arguments.config else find_config(Path.cwd())
    return read_config(path) if path else Settings()


def _names(lists: list[str] | None) -> tuple[str, ...] | None:
    return None if lists is None else as_tuple(",".join(lists))


class Run:
    """The way through many texts: a bad one is complained of and counted, the rest go on."""

    def __init__(self, settings: Settings, gathered: Gathered) -> None:
        self.settings = settings
        self.sources = gathered.sources
        self.failures = 0
        for fault in gathered.faults:
            self.fail(fault)

    def fail(self, problem: object) -> None:
        """Complain of one record and count it."""
        console.complain(problem)
        self.failures += 1

    def records(self) -> Iterator[Record]:
        """Every text that can be worked on, one at a time, with its report."""
        for source in self.sources:
            try:
                data = files.read(source, self.settings.max_bytes)
                text = files.decode(data, source.name)
                settings = self.settings.for_path(source.path) if source.path else self.settings
                report = clean(text, config=settings)
            except InputError as error:
                self.fail(error)
            except TimeoutError as error:
                self.fail(f"{visible(source.name)}: given up: {error}; split the text or --ignore the rule")
            else:
                yield Record(source, data, report)


def start(arguments: Namespace, names: Iterable[str], leave_out: Path | None = None) -> Run:
    """A run over the texts that ``names`` stand for."""
    return Run(settings_from(arguments), files.gather(names, leave_out))
