"""Read the rule cards, and report all their faults at once.

A card is ``<folder>/<stage>/<name>.toml``; its id is that path. The shipped folder lies
beside this package in a wheel and one folder up in a checkout. Detectors come from
``cleanup.detectors`` and from the entry point of that name, never from a folder.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from cleanup.earned import FILE_NAME, Record, in_words, read_record, shortfall
from cleanup.edit import TIERS, Effect, Severity, Tier
from cleanup.figures import Figures
from cleanup.matching import Prepared
from cleanup.rule import STAGES, UNMEASURED, Detector, Needs, OptionError, Rule

if TYPE_CHECKING:
    from cleanup.article import Article
    from cleanup.edit import Diagnostic
    from cleanup.evidence import Evidence

COMPILED = "compiled.pickle"
ENTRY_POINT = "cleanup.detectors"
TOUCHABLE = ("numbers", "urls", "markup", "code")
_KEYS = {
    "says", "about", "detect", "tier", "effect", "severity", "category", "mqm", "languages",
    "touches", "needs", "needs-token", "preview", "with", "mends", "leaves", "shows",
}  # fmt: skip
_EXAMPLES = {"mends": ("wrong", "right"), "leaves": ("text", "why"), "shows": ("text", "span")}


@dataclass(frozen=True, slots=True)
class CardFault:
    """What is wrong with a card, where, and what to do about it."""

    path: str
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


class RulebookError(ValueError):
    """One or more cards cannot be read. ``faults`` has all of them, in order of path."""

    def __init__(self, faults: Iterable[CardFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


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
    rules = tuple(replace(rule, detector=LateDetector(rule.detector_name)) for rule in shipped())
    for rule in rules:
        _ = rule.needs, rule.fingerprint, rule.stage
        vars(rule).pop("prepared", None)  # it may hold expressions, which are kept elsewhere
    chosen = {True: [r for r in rules if r.preview], False: [r for r in rules if not r.preview]}
    return pickle.dumps(
        {
            "tables": {name: shipped_table(name) for name in sorted(_tables()) if name.partition("/")[0] not in STAGES},
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
    rules = [_Card(folder / name, "", card, trusted=True).rule() for name, card in cards.items()]
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
    for path in sorted(p for p in (*folder.glob("*.toml"), *folder.glob("*/*.toml")) if p.parent.name not in STAGES):
        problem = f"a card stands in a folder of its stage: one of {', '.join(STAGES)}"
        faults.append(CardFault(str(path), 1, problem))
    if faults:
        raise RulebookError(faults)
    return _standing(tuple(sorted(rules, key=lambda rule: rule.id)), _record(folder), of_the_user=True)


def read_card(path: Path) -> Rule:
    """The rule in one card.

    Raises:
        RulebookError: with every fault of the card.
    """
    import tomllib

    try:
        text = path.read_text("utf-8")
        card = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError([CardFault(str(path), *_toml_place(error))]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError([CardFault(str(path), 1, f"cannot be read: {error}")]) from None
    return _Card(path, text, card).rule()


def _toml_place(error: ValueError) -> tuple[int, str]:
    message = str(error)
    place = message.rpartition("(at line ")[2].partition(",")[0]
    return int(place) if place.isdigit() else 1, f"not TOML: {message}"


class LateDetector:
    """A detector of the package by name: its module is imported when something is asked of it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def prepare(self, options: Mapping[str, Any]) -> Any:
        """See :class:`~cleanup.rule.Detector`."""
        return _module(self._name).prepare(options)

    def needs(self, prepared: Any) -> Needs:
        """See :class:`~cleanup.rule.Detector`."""
        return _module(self._name).needs(prepared)

    def detect(self, article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
        """See :class:`~cleanup.rule.Detector`."""
        return _module(self._name).detect(article, rule, evidence)


def _module(name: str) -> Detector:
    return cast(Detector, import_module(f"cleanup.detectors.{name}"))


class _Card:
    """One parsed card on its way to a rule, with the faults found so far."""

    def __init__(self, path: Path, text: str, card: Mapping[str, Any], *, trusted: bool = False) -> None:
        self.path, self.text, self.card, self.trusted = path, text, card, trusted
        self.faults: list[CardFault] = []

    def fault(self, key: str, problem: str) -> None:
        line = 1
        for number, content in enumerate(self.text.split("\n"), 1):
            if key and content.lstrip(' [{"').startswith(key):
                line = number
                break
        self.faults.append(CardFault(str(self.path), line, problem))

    def rule(self) -> Rule:
        for key in sorted(set(self.card) - _KEYS):
            self.fault(key, f"unknown key {key!r}: a card has {', '.join(sorted(_KEYS))}")
        tier = self._one_of("tier", TIERS)
        effect = self._one_of("effect", get_args(Effect), "repair")
        severity = self._one_of("severity", get_args(Severity), "minor")
        says = self._text("says", required=True)
        detector_name = self._text("detect", required=True)
        options = self.card.get("with", {})
        if not isinstance(options, dict):
            self.fault("with", "[with] must be a table")
            options = {}
        detector = self._detector(detector_name) if detector_name else None
        if detector is not None and not self.trusted:
            try:
                prepared = detector.prepare(options)
                if isinstance(prepared, Prepared):
                    prepared.force()
            except OptionError as error:
                self.fault(error.key or "[with", str(error))
        for touched in sorted(set(self._texts("touches")) - set(TOUCHABLE)):
            self.fault("touches", f"touches {touched!r}: one of {', '.join(TOUCHABLE)}")
        examples = {key: self._examples(key) for key in _EXAMPLES}
        languages = self._texts("languages") or ("*",)
        about, category, mqm = self._text("about"), self._text("category"), self._text("mqm")
        gate, token_gate = self._gate(), self._re2("needs-token")
        preview = self.card.get("preview", False)
        if type(preview) is not bool:
            self.fault("preview", f"preview must be true or false, not {preview!r}")
        for language in languages:
            if language != "*" and not (language.isalpha() and language.islower() and 2 <= len(language) <= 3):
                self.fault("languages", f"languages: {language!r} is no code such as en, or * for any")
        if self.faults or detector is None:
            raise RulebookError(self.faults)
        return Rule(
            id=f"{self.path.parent.name}/{self.path.stem}",
            says=says,
            detector=detector,
            detector_name=detector_name,
            options=options,
            tier=cast(Tier, tier),
            declared=cast(Tier, tier),
            effect=cast(Effect, effect),
            severity=cast(Severity, severity),
            category=category or "other",
            mqm=mqm,
            about=" ".join(about.split()),
            languages=languages,
            touches=frozenset(self._texts("touches")),
            gate=gate,
            token_gate=token_gate,
            preview=preview,
            mends=examples["mends"],
            leaves=examples["leaves"],
            shows=examples["shows"],
            source=str(self.path),
        )

    def _text(self, key: str, *, required: bool = False) -> str:
        value = self.card.get(key, "")
        if not isinstance(value, str):
            self.fault(key, f"{key} must be a string")
            return ""
        if required and not value:
            self.fault(key, f"{key} is missing")
        return str(value)

    def _texts(self, key: str) -> tuple[str, ...]:
        value = self.card.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(key, f"{key} must be a list of strings")
            return ()
        return tuple(value)

    def _one_of(self, key: str, allowed: tuple[str, ...], default: str = "") -> str:
        value = self.card.get(key, default)
        if value not in allowed:
            self.fault(key, f"{key} must be one of {', '.join(allowed)}; it is {value!r}")
        return str(value)

    def _gate(self) -> tuple[str, ...] | None:
        """``needs = "words"`` leaves the gate to the detector; a list is RE2 expressions."""
        value = self.card.get("needs", "words")
        if value == "words":
            return None
        return self._re2("needs")

    def _re2(self, key: str) -> tuple[str, ...]:
        sources = self._texts(key)
        for source in () if self.trusted else sources:
            if problem := re2_problem(source):
                self.fault(key, f"{key}: {source!r} is no RE2 expression: {problem}")
        return sources

    def _examples(self, key: str) -> tuple[tuple[str, str], ...]:
        names = _EXAMPLES[key]
        rows = self.card.get(key, [])
        if not isinstance(rows, list):
            self.fault(f"{key}]", f"[[{key}]] must be a list of tables")
            return ()
        pairs = []
        for row in rows:
            if isinstance(row, dict) and set(row) == set(names) and all(isinstance(v, str) for v in row.values()):
                pairs.append((row[names[0]], row[names[1]]))
            else:
                self.fault(f"{key}]", f"each [[{key}]] has the strings {' and '.join(names)}")
        return tuple(pairs)

    def _detector(self, name: str) -> Detector | None:
        if name in detector_names():
            return _module(name)
        plugged = _plugged(name)
        if plugged is None:
            known = ", ".join(detector_names())
            self.fault("detect", f"no detector {name!r}: one of {known}, or of the entry point {ENTRY_POINT}")
        return plugged


def re2_problem(pattern: str) -> str:
    """What RE2 objects to in ``pattern``; empty if nothing."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(pattern, options)
    except re2.error as error:
        return str(error.args[0].decode() if isinstance(error.args[0], bytes) else error)
    return ""


@lru_cache(maxsize=1)
def detector_names() -> tuple[str, ...]:
    """The detectors that come with the package."""
    folder = Path(__file__).resolve().parent / "detectors"
    return tuple(sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")))


@lru_cache(maxsize=32)
def _plugged(name: str) -> Detector | None:
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINT, name=name):
        return cast(Detector, point.load())
    return None


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
