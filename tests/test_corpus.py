"""The articles the project is held to."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from conftest import ROOT

import cleanup
from cleanup.settings import Settings

CORPUS = ROOT / "corpus"
WILD = sorted(path.parent for path in CORPUS.glob("wild/*/before.txt"))
KNOWN_FAILURES = sorted(path.parent for path in CORPUS.glob("known-failures/*/before.txt"))
TARGETS = sorted(path.parent for path in CORPUS.glob("targets/*/*/before.txt"))
TARGET_LANGUAGES = ("de", "es", "fr", "it", "pt")
CLEAN = sorted(CORPUS.glob("clean/*/*.txt"))


def language(path: Path) -> str:
    """That of the folder; folders with longer names are English too."""
    return path.parent.name if len(path.parent.name) == 2 else "en"


CLEAN_FOREIGN = [path for path in CLEAN if language(path) != "en"]


def read(path: Path) -> str:
    """The text as it is, line ends included."""
    return path.read_bytes().decode("utf-8")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}" if path.suffix else path.name


def differences(got: str, wanted: str) -> list[tuple[str, str]]:
    """The words that differ, got and wanted: an article in full would bury them."""
    ours, theirs = got.split(), wanted.split()
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [(" ".join(ours[a:b]), " ".join(theirs[c:d])) for tag, a, b, c, d in codes if tag != "equal"]


# Figures are counted in English. What a rule does elsewhere is judged under the tier that it claims.
AS_DECLARED = Settings(as_declared=True, preview=True)


def assert_untouched(text: str, lang: str, settings: Settings | None = None) -> None:
    report = cleanup.clean(text, lang=lang, config=settings)
    assert [(c.before, c.after, c.rules) for c in report.changes] == []
    assert report.corrected is text


def test_there_is_enough() -> None:
    assert len(WILD) >= 25
    assert len([path for path in CLEAN if language(path) == "en"]) >= 15
    assert len({language(path) for path in CLEAN}) >= 12
    assert KNOWN_FAILURES
    assert len(TARGETS) >= 10
    assert {folder.parent.name for folder in TARGETS} == set(TARGET_LANGUAGES)
    assert all(sum(language(path) == code for path in CLEAN) >= 5 for code in TARGET_LANGUAGES)


def still_open() -> dict[str, list[tuple[str, str]]]:
    """What no rule repairs for certain in corpus/wild, by article: as it comes out, as it should."""
    known: dict[str, list[tuple[str, str]]] = {}
    for line in read(CORPUS / "known-failures" / "in-wild.tsv").splitlines():
        if line and not line.startswith("#"):
            article, got, wanted, _ = line.split("\t")
            known.setdefault(article, []).append((got, wanted))
    return known


@pytest.mark.parametrize("folder", WILD, ids=name)
def test_wild(folder: Path) -> None:
    """To the letter, but for the faults that stand in known-failures/in-wild.tsv."""
    report = cleanup.clean(read(folder / "before.txt"))
    wanted = read(folder / "after.txt")
    known = still_open().get(folder.name, [])
    assert differences(report.corrected, wanted) == known
    if not known:
        assert report.corrected == wanted
    assert all(change.rules for change in report.changes)


@pytest.mark.parametrize("path", CLEAN, ids=name)
def test_clean_as_english(path: Path) -> None:
    """The default: where the claim is wrong, the language guard has to hold."""
    assert_untouched(read(path), lang="en")


@pytest.mark.parametrize("path", CLEAN_FOREIGN, ids=name)
def test_clean_foreign_as_english(path: Path) -> None:
    assert_untouched(read(path), lang="en", settings=AS_DECLARED)


@pytest.mark.parametrize("path", CLEAN_FOREIGN, ids=name)
def test_clean_in_its_own_language(path: Path) -> None:
    assert_untouched(read(path), lang=language(path), settings=AS_DECLARED)


@pytest.mark.parametrize("path", CLEAN_FOREIGN, ids=name)
def test_clean_in_a_language_found_out(path: Path) -> None:
    text = read(path)
    assert_untouched(text, lang="auto", settings=AS_DECLARED)
    assert f"|lang:{language(path)}|" in cleanup.clean(text, lang="auto").signature


def target_name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


@pytest.mark.parametrize("lang", ["own", "region", "auto"])
@pytest.mark.parametrize("folder", TARGETS, ids=target_name)
def test_target(folder: Path, lang: str) -> None:
    """An article in another language than English comes out to the letter, and stays as it is."""
    own = folder.parent.name
    asked = {"own": own, "region": f"{own}-{own.upper()}", "auto": "auto"}[lang]
    wanted = read(folder / "after.txt")
    report = cleanup.clean(read(folder / "before.txt"), lang=asked, config=AS_DECLARED)
    assert differences(report.corrected, wanted) == []
    assert report.corrected == wanted
    assert f"|lang:{own}|" in report.signature
    assert_untouched(wanted, lang=asked, settings=AS_DECLARED)


@pytest.mark.parametrize("folder", KNOWN_FAILURES, ids=name)
def test_known_failure_still_fails(folder: Path) -> None:
    """One that is solved moves to corpus/wild."""
    before, after = read(folder / "before.txt"), read(folder / "after.txt")
    assert before != after, "a known failure shows what should become of the text"
    assert cleanup.clean(before).corrected != after, f"solved: move {folder.name} to corpus/wild"
