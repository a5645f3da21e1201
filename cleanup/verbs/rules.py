"""``rules``: the catalogue, one card explained, a new card, and the proof of a folder of cards."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from cleanup import console, files, rulebook
from cleanup.files import OutputError
from cleanup.formats.cards import TEMPLATE, catalogue, explained
from cleanup.formats.findings import count
from cleanup.matching import nearest
from cleanup.rule import STAGES, Rule
from cleanup.settings import Settings, evidence_in_force, rules_in_force, signature
from cleanup.verbs.common import CLEAN, FOUND, UsageError, configured

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def run(arguments: Namespace) -> int:
    """Do the one thing that the arguments ask for."""
    if arguments.id and (arguments.new or arguments.test):
        raise UsageError(f"{arguments.id!r} beside --new or --test: ask for one thing at a time")
    if arguments.new:
        return _new(arguments.new, Path(arguments.dir))
    if arguments.test:
        return _test(Path(arguments.test), quiet=arguments.quiet)
    settings = configured(arguments)
    if arguments.signature:
        console.emit(f"{signature(settings, settings.language, evidence_in_force(settings))}\n")
        return CLEAN
    rules = _every(settings)
    colour = console.wants_colour(arguments.color)
    if arguments.id:
        console.emit(explained(_named(arguments.id, rules), colour=colour))
    else:
        console.emit(catalogue(rules, colour=colour))
    return CLEAN


def _every(settings: Settings) -> tuple[Rule, ...]:
    """All rules there are, selected or not, in the tiers of the configuration."""
    rules_in_force(settings)  # for its complaints
    return rulebook.combine(rulebook.shipped(), settings.rules, dict(settings.tiers))


def _named(name: str, rules: Iterable[Rule]) -> Rule:
    by_id = {rule.id: rule for rule in rules}
    if name not in by_id:
        # The bare name is what people remember.
        near = [rule_id for rule_id in by_id if rule_id.endswith(f"/{name}")]
        hint = f"; did you mean {near[0]}?" if near else nearest(name, by_id)
        raise UsageError(f"unknown rule {name!r}{hint}; `cleanup rules` lists them all")
    return by_id[name]


def _new(rule_id: str, folder: Path) -> int:
    stage, _, name = rule_id.partition("/")
    if stage not in STAGES:
        raise UsageError(f"{rule_id!r} is no STAGE/NAME: the stage is one of {', '.join(STAGES)}")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{rule_id!r} is no STAGE/NAME: a name is small letters, digits and hyphens: words/our-typo")
    path = folder / stage / f"{name}.toml"
    if path.exists():
        raise OutputError(path, "is there already; choose another name or edit that card")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(path.parent, f"the folder cannot be made: {files.reason(error)}") from None
    files.write(path, TEMPLATE.encode())
    console.emit(f"{path}\n")
    console.say(f"Change it, then run: cleanup rules --test {folder}")
    return CLEAN


def _test(folder: Path, *, quiet: bool) -> int:
    from cleanup.proof import failures

    rules = rulebook.read(folder)
    if not rules:
        raise UsageError(f"{folder}: no cards; they stand in folders of their stage: {', '.join(STAGES)}")
    failed = 0
    for rule in rules:
        found = failures(rule)
        failed += bool(found)
        console.emit("".join(f"{rule.source}: {problem}\n" for problem in found))
    if not quiet:
        console.finish()
        cards = count(len(rules), "card")
        console.say(f"{failed} of {cards} failed." if failed else f"{cards} proved.")
    return FOUND if failed else CLEAN
