"""Every example in the code and in the documentation is true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from conftest import ROOT

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "cleanup").rglob("*.py")
    if path.stem != "__main__"
)
PAGES = sorted(
    str(path.relative_to(ROOT))
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_module(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


# Without pages there is nothing to prove, and an empty list would count as a skip.
@pytest.mark.parametrize("page", PAGES or [None])
def test_page(page: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if page is not None:
        assert doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8").failed == 0
