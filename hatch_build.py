"""Write what a command would work out at every start into a wheel, so that it starts quickly.

``rules/compiled.pickle`` holds the rules, read from their cards, with what they need:
``cleanup.rulebook.compile_shipped``. ``expressions.pickle`` holds their regular expressions,
compiled: ``cleanup/expressions.py``. A checkout and an editable installation read the TOML and
compile what they need.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = """
import sys
from pathlib import Path

root, made = sys.argv[1:]
sys.path.insert(0, root)
from cleanup import expressions, rulebook
from cleanup.matching import Prepared

(Path(made) / "compiled.pickle").write_bytes(rulebook.compile_shipped())
for rule in rulebook.shipped():
    if isinstance(rule.prepared, Prepared):
        rule.prepared.force()
(Path(made) / "expressions.pickle").write_bytes(expressions.compiled_so_far())
"""


class CompiledRulebook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled cards and expressions to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the installation is to follow the checkout."""
        if version == "editable":
            return
        made = Path(tempfile.mkdtemp(prefix="mt-cleanup-"))
        # With the same hashes each time, the sets of rules are written in the same order.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run([sys.executable, "-c", _COMPILE, self.root, str(made)], check=True, env=environment)
        for target in ("rules/compiled.pickle", "expressions.pickle"):
            build_data["force_include"][str(made / Path(target).name)] = f"cleanup/{target}"
