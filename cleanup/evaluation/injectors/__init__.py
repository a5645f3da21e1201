"""What can be put wrong in a clean text: one file a family of faults.

The injectors know what machine translation and scraping do to a text, and nothing of how
the rules look for it: they are written from descriptions of the faults, not from detectors
or cards. A module of this folder that has an ``INJECTOR`` is found by itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from cleanup.evaluation.injectors._fault import Fault, Injector

__all__ = ["Fault", "Injector", "injectors"]


@cache
def injectors() -> tuple[Injector, ...]:
    """Every injector in this folder, ordered by module name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}").INJECTOR for name in names)
