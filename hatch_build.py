"""Write what a command would compute at every start into a wheel, so that it starts quickly.

``rules/compiled.json`` holds the rule cards: parsing the TOML of all takes some 25 ms, the JSON
of the same cards 2. ``expressions.pickle`` holds their regular expressions, compiled: see
``cleanup/expressions.py``. A checkout and an editable installation read the TOML and compile
what they need.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRulebook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled cards and expressions to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the installation is to follow the checkout."""
        if version == "editable":
            return
        root = Path(self.root)
        made = Path(tempfile.mkdtemp(prefix="mt-cleanup-"))
        for name, content in (
            ("rules/compiled.json", _cards(root / "rules")),
            ("expressions.pickle", _expressions(root)),
        ):
            target = made / Path(name).name
            target.write_bytes(content)
            build_data["force_include"][str(target)] = f"cleanup/{name}"


def _cards(rules: Path) -> bytes:
    cards = sorted(rules.glob("*/*.toml"))
    tables = {path.relative_to(rules).as_posix(): tomllib.loads(path.read_text("utf-8")) for path in cards}
    return json.dumps(tables, ensure_ascii=False, sort_keys=True).encode()


def _expressions(root: Path) -> bytes:
    sys.path.insert(0, str(root))
    try:
        from cleanup import expressions, rulebook
        from cleanup.matching import Prepared

        for rule in rulebook.shipped():
            if isinstance(rule.prepared, Prepared):
                rule.prepared.force()
    finally:
        sys.path.remove(str(root))
    return expressions.compiled_so_far()
