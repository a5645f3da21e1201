"""``cleanup eval``: how often each rule is right, on the user's own files or the project's."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from cleanup import console
from cleanup.earned import Record, read_record, write_record
from cleanup.evaluation.result import Evaluation
from cleanup.rulebook import shipped_folder
from cleanup.settings import Settings
from cleanup.verbs.common import CLEAN, FAILED, UsageError, settings_from

MODES = ("clean", "mt", "gold", "inject")


def run(arguments: Namespace) -> int:
    """Measure in one mode, print the table, and record the figures if asked."""
    settings = settings_from(arguments)
    if arguments.record is not None:
        if settings.lang == "auto":
            raise UsageError("--record files figures under a language: give it by --lang")
        # What a rule has earned is measured under the tier that it claims.
        settings = replace(settings, as_declared=True)
    try:
        outcome = _evaluate(arguments, settings)
    except ValueError as error:  # a set or a file of verdicts that cannot be read
        raise UsageError(str(error)) from None
    if arguments.format == "json":
        console.emit(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        console.emit(outcome.as_text())
    if arguments.record is None:
        return CLEAN
    return _record(outcome, _folder(arguments), settings, arguments.reason)


def _evaluate(arguments: Namespace, settings: Settings) -> Evaluation:
    module = import_module(f"cleanup.evaluation.{arguments.mode}")
    options: dict[str, object] = {"progress": _progress(arguments)}
    if arguments.mode != "gold":
        options["samples"] = arguments.samples
    if arguments.mode == "clean":
        options |= {"verdicts": _verdicts(arguments), "seed": arguments.seed}
    elif arguments.mode == "inject":
        options |= {"per_document": arguments.per_document, "seed": arguments.seed, "limit": arguments.limit}
    elif arguments.mode == "gold" and arguments.decisions:
        options["decisions"] = Path(arguments.decisions)
    elif arguments.mode == "mt":
        options |= {"systems": _systems(arguments.system), "resamples": arguments.resamples}
        options["references"] = Path(arguments.references) if arguments.references else None
    paths = [Path(path) for path in arguments.paths]
    evaluation: Evaluation = module.evaluate(paths, settings, **options)
    return evaluation


def _systems(pairs: list[str] | None) -> Mapping[str, Path] | None:
    if not pairs:
        return None
    systems = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not equals or not name or not path:
            raise UsageError(f"--system takes NAME=FILE, not {pair!r}")
        systems[name] = Path(path)
    return systems


def _verdicts(arguments: Namespace) -> Mapping[str, str]:
    from cleanup.evaluation.clean import read_verdicts

    path = Path(arguments.verdicts) if arguments.verdicts else shipped_folder() / "verdicts.json"
    if not path.is_file():
        if arguments.verdicts:
            raise UsageError(f"{path}: no such file of verdicts")
        return {}
    verdicts: Mapping[str, str] = read_verdicts(path)
    return verdicts


def _progress(arguments: Namespace) -> Callable[[int], None]:
    """A counter on standard error, if a person is there to see it."""
    if arguments.quiet or not sys.stderr.isatty():
        return lambda done: None

    def show(done: int) -> None:
        print(f"\r{done:,} texts", end="", file=sys.stderr, flush=True)

    return show


def _folder(arguments: Namespace) -> Path:
    return Path(arguments.record) if arguments.record else shipped_folder()


def _record(outcome: Evaluation, folder: Path, settings: Settings, reason: str) -> int:
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of rules to record figures in")
    record = read_record(folder) or Record()
    own = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.glob("*/*.toml")}
    figures = {rule_id: counts for rule_id, counts in outcome.figures().items() if rule_id in own}
    worse = record.update(outcome.mode, outcome.sets, figures, settings.language)
    if worse and not reason:
        console.complain("figures got worse, so nothing was recorded; say why with --reason:\n" + "\n".join(worse))
        return FAILED
    record.lowered += (f"{line}: {reason}" for line in worse)
    write_record(folder, record)
    return CLEAN
