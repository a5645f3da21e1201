"""What a run is asked to do, from arguments and configuration files.

Settings stand in ``[tool.cleanup]`` of a ``pyproject.toml`` or at the top of a
``cleanup.toml``; the nearest one upwards counts. Paths in them are relative to the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from cleanup import rulebook
from cleanup.article import standing
from cleanup.edit import TIERS, Tier
from cleanup.evidence import Evidence, load, load_learnt
from cleanup.learnt import LearntError, LearntFile
from cleanup.matching import nearest
from cleanup.rule import STAGES, UNMEASURED, Rule
from cleanup.stages import Pipeline
from cleanup.units import LineByLine
from cleanup.version import VERSION

HOUSE_SPELLING = "words/house-spelling"
"""The rule that carries ``words.prefer``: its pairs are the user's."""

COMPLETED_BY_USERS = frozenset((HOUSE_SPELLING, "structure/learnt-line"))
"""Rules that find nothing but what the user's configuration or corpus gives them."""
Unit = Literal["article", "line"]
UNITS: tuple[Unit, ...] = ("article", "line")

DEFAULT_MAX_BYTES = 16_000_000


class ConfigError(ValueError):
    """Settings that cannot be followed: all that is wrong with them, a line each."""


@dataclass(frozen=True)
class Settings:
    """One run's settings; hashable, so that equal settings share a pipeline.

    Attributes:
        lang: language code of the texts, or ``auto``.
        unit: what rules see at once: the ``article``, or each ``line`` for itself.
        units: the unit of the texts whose path matches a pattern; the last that does counts.
        select: rule ids or stages to run; empty means all that are not in preview.
        ignore: rule ids or stages not to run.
        unsafe: apply unsafe fixes too.
        removals: allow whole paragraphs to go.
        preview: run rules that are in preview.
        rules: folders of the user's own cards.
        tiers: rules moved to another tier.
        keep: words to leave alone, as written.
        prefer: house spelling: wrong form and right form.
        evidence: what ``cleanup learn`` wrote, to be used beside the lexicon; a path will do.
        max_bytes: the longest file that is read, in bytes.
        as_declared: take the tiers of the cards, whatever their figures say; for measuring.
        required_version, required_signature: stop a run that would differ.
        origins: where rule ids of the configuration stand (file:line), for complaints.
    """

    lang: str = "en"
    unit: Unit = "article"
    units: tuple[tuple[str, Unit], ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    removals: bool = True
    preview: bool = False
    rules: tuple[Path, ...] = ()
    tiers: tuple[tuple[str, Tier], ...] = ()
    keep: frozenset[str] = frozenset()
    prefer: tuple[tuple[str, str], ...] = ()
    evidence: LearntFile | Path | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    as_declared: bool = False
    required_version: str = ""
    required_signature: str = ""
    origins: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return self._hash  # worked out once: it is asked for with every text

    def __getstate__(self) -> dict[str, Any]:  # without the hash: strings have another one in another process
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, one.name) for one in fields(self) if one.compare))

    @property
    def language(self) -> str:
        """``lang`` as the rules know it: in lower case and without a region."""
        return self.lang.lower().replace("_", "-").partition("-")[0]

    def for_path(self, path: Path) -> Settings:
        """These settings with the unit that holds for the text at ``path``."""
        found = [unit for pattern, unit in self.units if fnmatchcase(path.resolve().as_posix(), pattern)]
        return self.with_(unit=found[-1]) if found and found[-1] != self.unit else self

    def with_(self, **given: Any) -> Settings:
        """These settings with every argument that is not ``None`` in place of its own."""
        changed = {name: value for name, value in given.items() if value is not None}
        return replace(self, **changed) if changed else self


def find_config(start: Path) -> Path | None:
    """The nearest ``cleanup.toml`` or ``pyproject.toml`` with ``[tool.cleanup]`` upwards."""
    for folder in (start, *start.parents):
        own = folder / "cleanup.toml"
        if own.is_file():
            return own
        shared = folder / "pyproject.toml"
        with suppress(OSError):
            if shared.is_file() and b"tool.cleanup" in shared.read_bytes():
                return shared
    return None


def read_config(path: Path) -> Settings:
    """The settings in one configuration file.

    Raises:
        ConfigError: the file cannot be read, or settings in it are wrong; names them all.
    """
    import tomllib

    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    if path.name == "pyproject.toml":
        table = table.get("tool", {}).get("cleanup", {})
    return _Config(path, text).settings(table)


class _Config:
    """One configuration on its way to settings, with the faults found so far."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._text = path, text
        self._faults: list[tuple[int, str]] = []

    def settings(self, table: Mapping[str, Any]) -> Settings:
        readers = {
            "lang": str, "unsafe": bool, "removals": bool, "preview": bool, "max-bytes": int,
            "required-version": str, "required-signature": str,
        }  # fmt: skip
        given: dict[str, Any] = {}
        for key, value in table.items():
            name = key.replace("-", "_")
            if key in readers:
                if type(value) is readers[key]:
                    given[name] = value
                else:
                    self._fault(key, f"{key} must be a {readers[key].__name__}, not {value!r}")
            elif key in ("select", "ignore"):
                given[name] = self._texts(key, value)
            elif key == "rules":
                given[name] = tuple((self._path.parent / folder).resolve() for folder in self._texts(key, value))
            elif key == "evidence":
                given[name] = self._evidence(value)
            elif key == "unit":
                self._one_of(key, value, UNITS)
                given[name] = value
            elif key == "units":
                folder = self._path.parent.resolve().as_posix()
                # In the order of the file: a later pattern is the more exact one.
                given[name] = tuple((f"{folder}/{pattern}", unit) for pattern, unit in self._table(key, value, UNITS))
            elif key == "tiers":
                given[name] = self._pairs(key, value, TIERS)
            elif key == "words" and isinstance(value, dict):
                for unknown in sorted(set(value) - {"keep", "prefer"}):
                    self._fault(unknown, f"unknown setting words.{unknown}: words has keep and prefer")
                given["keep"] = frozenset(self._texts("keep", value.get("keep", [])))
                given["prefer"] = self._pairs("prefer", value.get("prefer", {}))
                self._refuse_circles(given["prefer"])
            else:
                self._fault(key, f"unknown setting {key!r}{nearest(key, self._known())}")
        if self._faults:
            lines = (f"{self._path}:{line}: {problem}" for line, problem in sorted(self._faults))
            raise ConfigError("\n".join(lines))
        named = (*given.get("select", ()), *given.get("ignore", ()), *(name for name, _ in given.get("tiers", ())))
        origins = tuple((name, f"{self._path}:{self._line(name)}: ") for name in named)
        return Settings(**given, origins=origins)

    @staticmethod
    def _known() -> list[str]:
        own = {"keep", "prefer", "as-declared", "origins"}
        return sorted({f.name.replace("_", "-") for f in fields(Settings)} - own | {"words"})

    def _fault(self, key: str, problem: str) -> None:
        self._faults.append((self._line(key), problem))

    def _line(self, key: str) -> int:
        """The line on which ``key`` starts, or else stands."""
        lines = self._text.split("\n")
        starts = (n for n, line in enumerate(lines, 1) if line.lstrip(" [{\"'").startswith(key))
        return next(starts, next((n for n, line in enumerate(lines, 1) if key in line), 1))

    def _refuse_circles(self, prefer: Iterable[tuple[str, str]]) -> None:
        """A right form that holds a wrong one would be mended again and again."""
        pairs = {wrong.lower(): right.lower() for wrong, right in prefer}
        for wrong, right in pairs.items():
            held = next((other for other in pairs if next(standing(right, other), None) is not None), None)
            if held is not None and right.replace(held, pairs[held]) != right:
                self._fault(wrong, f"prefer: the right form of {wrong!r} holds {held!r} and is mended again")

    def _evidence(self, value: Any) -> LearntFile | None:
        if not isinstance(value, str):
            self._fault("evidence", f"evidence must be the path of a file, not {value!r}")
            return None
        try:
            return LearntFile.at((self._path.parent / value).resolve())
        except LearntError as error:
            self._fault("evidence", str(error))
            return None

    def _texts(self, key: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._fault(key, f"{key} must be a list of strings, not {value!r}")
        return ()

    def _one_of(self, key: str, value: Any, allowed: Collection[str]) -> None:
        if value not in allowed:
            self._fault(key, f"{key} must be one of {', '.join(allowed)}, not {value!r}")

    def _pairs(self, key: str, value: Any, allowed: Collection[str] = ()) -> Any:
        return tuple(sorted(self._table(key, value, allowed)))

    def _table(self, key: str, value: Any, allowed: Collection[str]) -> Any:
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            self._fault(key, f"{key} must be a table of strings, not {value!r}")
            return ()
        for name, item in value.items():
            if allowed and item not in allowed:
                self._fault(name, f"{key}: {name!r} must be one of {', '.join(allowed)}, not {item!r}")
        return tuple(value.items())


def rules_in_force(settings: Settings) -> tuple[Rule, ...]:
    """The rules that ``settings`` ask for, with their tiers, ordered by id.

    Raises:
        ConfigError: an id or stage is unknown; the nearest names are given. Or another
            version is required.
        cleanup.card.RulebookError: a card has faults.
    """
    if settings.required_version not in ("", VERSION):
        raise ConfigError(f"this is version {VERSION}, but {settings.required_version!r} is required")
    # Most runs name no rule, and then those in preview need not even be read.
    named = settings.preview or settings.select or settings.ignore or settings.tiers
    every = rulebook.combine(rulebook.shipped(previews=bool(named)), settings.rules, {})
    if settings.as_declared:
        every = rulebook.as_declared(every)
    _refuse_unknown(settings, every)
    _refuse_language(settings, every)
    rules = rulebook.combine(every, (), dict(settings.tiers))
    return tuple(_with_house_spelling(rule, settings) for rule in rules if _wanted(rule, settings))


def _refuse_unknown(settings: Settings, rules: Collection[Rule]) -> None:
    ids = {rule.id for rule in rules}
    asked = [(name, ids | set(STAGES)) for name in (*settings.select, *settings.ignore)]
    asked += [(name, ids) for name, _ in settings.tiers]
    origins = dict(settings.origins)
    faults = [
        f"{origins.get(name, '')}unknown rule {name!r}{nearest(name, known)}"
        for name, known in asked
        if name not in known
    ]
    if faults:
        raise ConfigError("\n".join(faults))


def _refuse_language(settings: Settings, rules: Collection[Rule]) -> None:
    """A language is two or three letters: anything else would switch rules off in silence."""
    if settings.lang != "auto" and not (settings.language.isalpha() and 2 <= len(settings.language) <= 3):
        known = {language for rule in rules for language in rule.languages} - {"*"}
        raise ConfigError(f"lang must be auto or a code such as {', '.join(sorted(known))}, not {settings.lang!r}")


def _wanted(rule: Rule, settings: Settings) -> bool:
    names = {rule.id, rule.stage}
    if names & set(settings.ignore):
        # The more exact word wins: `--select words/x --ignore words` runs words/x.
        return rule.id in settings.select and rule.id not in settings.ignore
    if settings.select:
        return rule.id in settings.select or (rule.stage in settings.select and not rule.preview)
    return settings.preview or not rule.preview


def _with_house_spelling(rule: Rule, settings: Settings) -> Rule:
    if rule.id != HOUSE_SPELLING or not settings.prefer:
        return rule
    # The pairs are the user's, and so is the answer for them.
    options = {**rule.options, **dict(settings.prefer)}
    return replace(rule, options=options, tier=rule.declared, standing=UNMEASURED)


@lru_cache(maxsize=16)
def pipeline(settings: Settings, language: str, evidence: Evidence) -> Pipeline | LineByLine:
    """The pipeline that ``settings`` ask for, shared by all who ask alike."""
    by_line = settings.unit == "line"
    made = Pipeline(
        rules_in_force(settings),
        evidence,
        language=language,
        unsafe=settings.unsafe,
        removals=settings.removals,
        keep=settings.keep,
        keeps_lines=by_line,
    )
    return LineByLine(made) if by_line else made


@lru_cache(maxsize=1)
def shipped_evidence() -> Evidence:
    """The lexicon that comes with the package."""
    return load(*rulebook.shipped_lexicon())


def evidence_in_force(settings: Settings) -> Evidence:
    """The lexicon, beside what was learnt if ``settings`` name that; raises as :func:`as_evidence`."""
    return as_evidence(settings.evidence)


@lru_cache(maxsize=16)
def signature(settings: Settings, language: str, evidence: Evidence) -> str:
    """One line under which a result can be had again, like sacrebleu's.

    >>> signature(Settings(), "en", shipped_evidence()).split("|")[0]
    'mt-cleanup'
    """
    tier = "unsafe" if settings.unsafe else "safe"
    rules = rules_in_force(settings)
    unmeasured = sum(rule.standing == UNMEASURED for rule in rules)
    parts = [
        "mt-cleanup",
        f"lang:{language}",
        f"tier:{tier}",
        *([f"unit:{settings.unit}"] if settings.unit != "article" else []),
        f"removals:{'yes' if settings.removals else 'no'}",
        f"rules:{rulebook.digest(rules)}",
        f"evidence:{evidence.digest}",
        *([f"learnt:{evidence.learnt.digest}"] if evidence.learnt else []),
        *([f"unmeasured:{unmeasured}"] if unmeasured else []),
        *([f"keep:{_short_hash(sorted(settings.keep))}"] if settings.keep else []),
        f"version:{VERSION}",
    ]
    return "|".join(parts)


def _short_hash(words: list[str]) -> str:
    import hashlib

    return hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def as_evidence(given: Evidence | LearntFile | Path | str | None) -> Evidence:
    """The evidence that an argument names: the shipped one for ``None``, a folder's lexicon, or
    the shipped one beside what a file has learnt.

    Raises:
        cleanup.learnt.LearntError: the file cannot be used.
    """
    if given is None or isinstance(given, Evidence):
        return given or shipped_evidence()
    if not isinstance(given, LearntFile):
        if Path(given).is_dir():
            return load(Path(given))
        given = LearntFile.at(Path(given))
    return load_learnt(*rulebook.shipped_lexicon(), given)


_DEFAULTS = Settings()


def as_settings(given: Settings | Path | str | None) -> Settings:
    """The settings that an argument names; the defaults for ``None``."""
    if given is None:
        return _DEFAULTS
    return given if isinstance(given, Settings) else read_config(Path(given))


def as_tuple(given: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """Names as a tuple; a string is names with commas between."""
    if given is None:
        return None
    names = given.split(",") if isinstance(given, str) else given
    return tuple(cast("list[str]", [name.strip() for name in names if name.strip()]))
