"""Read one rule card, and report all its faults at once.

A card is ``<folder>/<stage>/<name>.toml``; its id is that path. Detectors come from
``cleanup.detectors`` and from the entry point of that name, never from a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

from cleanup.edit import TIERS, Effect, Severity, Tier
from cleanup.matching import Prepared
from cleanup.rule import Detector, Needs, OptionError, Rule

if TYPE_CHECKING:
    from cleanup.article import Article
    from cleanup.edit import Diagnostic
    from cleanup.evidence import Evidence

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
    return Card(path, text, card).rule()


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


class Card:
    """One parsed card on its way to a rule, with the faults found so far."""

    def __init__(self, path: Path, text: str, card: Mapping[str, Any], *, trusted: bool = False) -> None:
        self.path, self.text, self.card, self.trusted = path, text, card, trusted
        self.faults: list[CardFault] = []

    def fault(self, key: str, problem: str) -> None:
        """Note what is wrong with ``key``, with the line on which that stands."""
        line = 1
        for number, content in enumerate(self.text.split("\n"), 1):
            if key and content.lstrip(' [{"').startswith(key):
                line = number
                break
        self.faults.append(CardFault(str(self.path), line, problem))

    def rule(self) -> Rule:
        """The rule that the card describes.

        Raises:
            RulebookError: with every fault of the card.
        """
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
