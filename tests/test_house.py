"""The house rules that a reader relies on: what imports what, how long, how described."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

from cleanup.rulebook import shipped

PACKAGE = ROOT / "cleanup"

# Imports point down: a module imports only from layers below its own. A folder stands for
# all its modules; those of SHARING may also use each other, all others may not.
LAYERS: tuple[frozenset[str], ...] = tuple(
    map(
        frozenset,
        (
            {"automaton", "edit", "expressions", "figures", "version"},
            {"learnt"},
            {"article", "evidence", "offsets"},
            {"line_starts"},
            {"rule"},
            {"earned", "matching", "token_sieve"},
            {"card"},
            {"persons", "quotations", "rulebook"},
            {"gate", "language", "mend"},
            {"detectors"},
            {"stages"},
            {"units"},
            {"settings"},
            {"formats"},
            {"files", "report"},
            {"desk", "ledger"},
            {"cleanup"},  # the face
            {"console", "evaluation", "learning", "proof"},
            {"verbs"},
            {"cli"},
            {"__main__"},
        ),
    )
)
SHARING = {"evaluation", "formats", "learning", "verbs"}

SLOW_TO_IMPORT = {"ftfy", "langdetect", "rapidfuzz", "sacrebleu"}
LONGEST = 400

MODULES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    """``cleanup/formats/words.py`` is ``cleanup.formats.words``."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {dotted(path) for path in MODULES}


def room(module: str) -> str:
    """The part of a module's name that the layers know: ``detectors`` for all detectors."""
    return module.split(".")[1] if "." in module else module


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that ``path`` imports, at its top or inside functions.

    What only the type checker imports is the name of a type, no dependency.
    """
    for node in at_run_time(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "cleanup")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "cleanup":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in NAMES else node.module


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """``node`` and all below it that is not under ``if TYPE_CHECKING``."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield from at_run_time(child)


def layer(name: str) -> int:
    return next(height for height, names in enumerate(LAYERS) if name in names)


def test_every_module_has_its_layer() -> None:
    assert {room(dotted(path)) for path in MODULES} <= frozenset().union(*LAYERS)


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_imports_point_down(path: Path) -> None:
    own = room(dotted(path))
    others = [other for other in imported(path) if not (own == room(other) and own in SHARING)]
    assert [other for other in others if layer(room(other)) >= layer(own)] == []


def test_no_import_goes_round() -> None:
    """Not among the modules of one folder either."""
    arrows = {dotted(path): set(imported(path)) - {dotted(path)} for path in MODULES}
    assert set(TopologicalSorter(arrows).static_order()) >= NAMES


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_imports_are_absolute(path: Path) -> None:
    """Else the test above would not see them."""
    relative = [n.lineno for n in ast.walk(tree(path)) if isinstance(n, ast.ImportFrom) and n.level]
    assert relative == []


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_slow_imports_wait(path: Path) -> None:
    """What takes long to import is imported in the function that needs it."""
    found = set()
    for node in tree(path).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    assert not found & SLOW_TO_IMPORT


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_what_is_public_is_described(path: Path) -> None:
    """Modules, classes and functions; special methods and a protocol's stubs speak for themselves."""
    assert ast.get_docstring(tree(path)), "the module"
    bare = [name for name, node in public(tree(path).body) if not ast.get_docstring(node)]
    assert bare == []


def public(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            name = f"{prefix}{node.name}"
            if isinstance(node, ast.ClassDef):
                yield name, node
                yield from public(node.body, f"{name}.")
            elif not is_stub(node):
                yield name, node


def is_stub(node: ast.FunctionDef) -> bool:
    only = node.body[0]
    return isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant) and only.value.value is ...


def test_the_readme_lists_the_rules_in_force() -> None:
    """Its table is written by hand, so that its examples can be read in a row."""
    rows = dict(
        re.findall(r"^\| `([a-z]+/[a-z-]+)` \| (\S+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert rows == {rule.id: rule.tier for rule in shipped()}
