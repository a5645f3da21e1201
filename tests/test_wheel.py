"""What is published works: built, installed into an empty environment, run from an empty folder."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from cleanup.rule import STAGES

pytestmark = pytest.mark.slow

CARDS = [
    f"{path.parent.name}/{path.stem}" for stage in STAGES for path in sorted((ROOT / "rules" / stage).glob("*.toml"))
]

DOCTESTS = """
import doctest, importlib, pkgutil, cleanup
modules = [m.name for m in pkgutil.walk_packages(cleanup.__path__, "cleanup.") if m.name != "cleanup.__main__"]
results = [doctest.testmod(importlib.import_module(name)) for name in ["cleanup", *modules]]
assert sum(r.attempted for r in results) > 3 and not any(r.failed for r in results), results
"""


def run(*command: str | Path, cwd: Path, stdin: str = "") -> str:
    """The output of a command that must succeed."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, encoding="utf-8", env=environment)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    (made,) = into.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


def contents(wheel: Path) -> dict[str, int]:
    """The files in a wheel with their checksums."""
    with zipfile.ZipFile(wheel) as archive:
        return {info.filename: info.CRC for info in archive.infolist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands, in an environment that holds the wheel and what it asks for."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", wheel, cwd=home)
    return scripts


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A folder with nothing of the project in it."""
    return tmp_path


def test_wheel_holds_one_package(wheel: Path) -> None:
    files = contents(wheel)
    assert {name.split("/")[0].split("-")[0] for name in files} == {"cleanup", "mt_cleanup"}
    assert {f"cleanup/rules/{card}.toml" for card in CARDS} <= set(files)
    assert {"cleanup/py.typed", "cleanup/rules/lexicon/words.txt"} <= set(files)
    assert [name for name in files if name.startswith("cleanup/rules/") and name.endswith(".py")] == []


def expressions_in(wheel: Path) -> list[object]:
    """What a wheel brings compiled: version and sources."""
    with zipfile.ZipFile(wheel) as archive:
        version, patterns = pickle.loads(archive.read("cleanup/expressions.pickle"))
    return [version, *sorted(patterns)]


def test_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path)
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build("wheel", tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path / "again")
    ours, theirs = contents(wheel), contents(again)
    # Compiled expressions hold sets of objects, whose order hangs on where they lie in memory; RECORD holds hashes.
    unordered = {name for name in ours if name.endswith(("/expressions.pickle", "/RECORD"))}
    assert ours.keys() == theirs.keys()
    assert {name: ours[name] for name in ours.keys() - unordered} == {
        name: theirs[name] for name in ours.keys() - unordered
    }
    assert expressions_in(again) == expressions_in(wheel)


def test_installed_command_knows_every_card(installed: Path, nowhere: Path) -> None:
    for command in ("cleanup", "mt-cleanup"):
        listed = run(installed / command, "rules", cwd=nowhere)
        assert [card for card in CARDS if card not in listed] == []


def test_installed_command_repairs(installed: Path, nowhere: Path) -> None:
    assert run(installed / "cleanup", "fix", "-", cwd=nowhere, stdin="They dont know.\n") == "They don't know.\n"


def test_installed_package_stands_alone(installed: Path, nowhere: Path) -> None:
    python = installed / "python"
    found = run(python, "-c", "import cleanup; print(cleanup.__file__)", cwd=nowhere)
    assert Path(found.strip()).is_relative_to(installed.parent)
    stray = "from importlib.util import find_spec; print(find_spec('rules'))"
    assert run(python, "-c", stray, cwd=nowhere) == "None\n"
    run(python, "-c", DOCTESTS, cwd=nowhere)
