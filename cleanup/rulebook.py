"""The rules that come with the package, and those of the user's folders, with the tiers they have earned.

The shipped folder lies beside this package in a wheel and one folder up in a checkout.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cleanup.card import Card, CardFault, LateDetector, RulebookError, read_card
from cleanup.earned import FILE_NAME, Record, in_words, read_record, shortfall
from cleanup.edit import Tier
from cleanup.evidence import load
from cleanup.figures import Figures
from cleanup.rule import STAGES, UNMEASURED, Rule

COMPILED = "compiled.pickle"
_TABLES = "languages"  # a folder of the shipped rules that holds no cards


@lru_cache(maxsize=1)
def shipped_folder() -> Path:
    """The folder of the rules that come with the package.

    Raises:
        RulebookError: the installation holds no rules.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "rules", here.parent / "rules"):
        if (folder / "words").is_dir():
            return folder
    raise RulebookError([CardFault(str(here), 1, "no rules in this installation: install it again")])


@lru_cache(maxsize=1)
def _compiled() -> Mapping[str, Any]:
    """What a wheel brings along instead of the cards, see :func:`compile_shipped`; empty in a checkout.

    Code as much as the modules beside it: nobody can change it who could not change them.
    """
    try:
        brought: Mapping[str, Any] = pickle.loads((shipped_folder() / COMPILED).read_bytes())
    except FileNotFoundError:
        return {}
    return brought


def compile_shipped() -> bytes:
    """The shipped rules with what they need, and the other tables: what every start would else work out.

    Reading the TOML of all cards takes 25 ms, and working out what they need as long again.
    """
    # Where a card stood when the wheel was built is nobody's business.
    rules = tuple(
        replace(rule, detector=LateDetector(rule.detector_name), source=f"{rule.id}.toml") for rule in shipped()
    )
    for rule in rules:
        _ = rule.needs, rule.fingerprint, rule.stage
        vars(rule).pop("prepared", None)  # it may hold expressions, which are kept elsewhere
    chosen = {True: [r for r in rules if r.preview], False: [r for r in rules if not r.preview]}
    return pickle.dumps(
        {
            "tables": {name: shipped_table(name) for name in sorted(_tables()) if name.partition("/")[0] not in STAGES},
            "lexicon": load(shipped_folder() / "lexicon").digest,
            "rules": pickle.dumps(chosen[False]),
            "previews": pickle.dumps(chosen[True]),
        }
    )


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Mapping[str, Any]]:
    """Every TOML file of the shipped folder, parsed, by its path in it."""
    import tomllib

    folder = shipped_folder()
    paths = sorted(folder.glob("*/*.toml"))
    return {path.relative_to(folder).as_posix(): tomllib.loads(path.read_text("utf-8")) for path in paths}


def shipped_table(name: str) -> Mapping[str, Any]:
    """A TOML file of the shipped folder that is no card, by its path there."""
    table: Mapping[str, Any] = (_compiled().get("tables") or _tables())[name]
    return table


def shipped_lexicon() -> tuple[Path, str]:
    """The folder of the lexicon that comes with the package, and its digest if that is known."""
    return shipped_folder() / "lexicon", _compiled().get("lexicon", "")


@lru_cache(maxsize=2)
def shipped(*, previews: bool = True) -> tuple[Rule, ...]:
    """The rules that come with the package, ordered by id; those in preview can be left unread.

    The repository's tests have proved them, so their expressions are left for first use.
    """
    if brought := _compiled():
        rules: list[Rule] = pickle.loads(brought["rules"])
        if previews:
            rules += pickle.loads(brought["previews"])
        return tuple(sorted(rules, key=lambda rule: rule.id))
    folder = shipped_folder()
    cards = {name: card for name, card in _tables().items() if name.partition("/")[0] in STAGES}
    if not previews:
        cards = {name: card for name, card in cards.items() if not card.get("preview")}
    rules = [Card(folder / name, "", card, trusted=True).rule() for name, card in cards.items()]
    return _standing(tuple(sorted(rules, key=lambda rule: rule.id)), _record(folder), of_the_user=False)


def _record(folder: Path) -> Record | None:
    try:
        return read_record(folder)
    except ValueError as error:
        raise RulebookError([CardFault(str(folder / FILE_NAME), 1, str(error))]) from None


def _standing(rules: tuple[Rule, ...], record: Record | None, *, of_the_user: bool) -> tuple[Rule, ...]:
    """The rules with what their figures make of their tiers.

    A shipped rule is safe while it has earned it. A user's keeps the tier it declares until
    the user has recorded figures for it.
    """
    if record is None and not of_the_user:
        return rules  # a checkout on its way to its first record; tests see to it that there is one
    judged = []
    for rule in rules:
        language = "en" if rule.neutral else rule.languages[0]
        figures = record.figures(rule.id, language) if record else None
        if figures is not None:
            rule = replace(rule, measured=in_words(figures))
        if rule.declared != "safe" or (rule.detector_name == "swap" and not rule.options):
            judged.append(rule)  # swaps without a pair: those come from the user's settings
        elif figures is None and of_the_user:
            judged.append(replace(rule, standing=UNMEASURED))
        elif lack := shortfall(figures or Figures()):
            judged.append(replace(rule, tier="unsafe", standing=lack))
        else:
            judged.append(rule)
    return tuple(judged)


def as_declared(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules with the tiers of their cards, for measuring what they have earned."""
    return tuple(replace(rule, tier=rule.declared, standing="") for rule in rules)


def read(folder: Path) -> tuple[Rule, ...]:
    """The rules in ``folder``, ordered by id.

    Raises:
        RulebookError: the folder does not exist, or cards in it have faults.
    """
    if not folder.is_dir():
        raise RulebookError([CardFault(str(folder), 1, "no such folder of rules")])
    rules: list[Rule] = []
    faults: list[CardFault] = []
    for path in sorted(p for stage in STAGES for p in (folder / stage).glob("*.toml")):
        try:
            rules.append(read_card(path))
        except RulebookError as error:
            faults += error.faults
    strange = [p for p in (*folder.glob("*.toml"), *folder.glob("*/*.toml")) if p.parent.name not in (*STAGES, _TABLES)]
    for path in sorted(strange):
        problem = f"a card stands in a folder of its stage: one of {', '.join(STAGES)}"
        faults.append(CardFault(str(path), 1, problem))
    if faults:
        raise RulebookError(faults)
    return _standing(tuple(sorted(rules, key=lambda rule: rule.id)), _record(folder), of_the_user=True)


def combine(own: tuple[Rule, ...], folders: Iterable[Path], tiers: Mapping[str, Tier]) -> tuple[Rule, ...]:
    """The shipped rules and those of the user's folders, with the user's tiers.

    A card of a later folder takes the place of an earlier one with the same id.

    Raises:
        RulebookError: cards have faults; those of all folders are reported together.
    """
    rules = {rule.id: rule for rule in own}
    faults: list[CardFault] = []
    for folder in folders:
        try:
            rules.update((rule.id, rule) for rule in read(folder))
        except RulebookError as error:
            faults += error.faults
    if faults:
        raise RulebookError(faults)
    for rule_id, tier in tiers.items():
        rules[rule_id] = replace(rules[rule_id], tier=tier)
    return tuple(rules[rule_id] for rule_id in sorted(rules))


def digest(rules: Iterable[Rule]) -> str:
    """A hash of the rules in force, as they act: eight hex digits."""
    import hashlib

    acting = "\n".join(f"{rule.fingerprint} {rule.tier}" for rule in rules)
    return hashlib.sha256(acting.encode()).hexdigest()[:8]
