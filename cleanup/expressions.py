"""Compiled expressions of the ``regex`` package, made once.

Compiling is what starting up would mostly be spent on: it is done in Python. A wheel brings
the compiled form of every expression of this package and its cards along, for the version of
``regex`` it was built with; under another version, and in a checkout, they are compiled at
first use.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast

import regex

FILE_NAME = "expressions.pickle"
_Key = tuple[str, int, tuple[tuple[str, tuple[str, ...]], ...]]

_known: dict[_Key, regex.Pattern[str]] = {}


def expression(source: str, flags: int = 0, **lists: Iterable[str]) -> regex.Pattern[str]:
    r"""``source`` compiled; ``lists`` are the words that ``\L<name>`` in it stands for.

    Raises:
        regex.error: it is no expression.
    """
    key = (source, int(flags), tuple(sorted((name, tuple(sorted(words))) for name, words in lists.items())))
    pattern = _known.get(key)
    if pattern is None:
        brought = _brought().get(key)
        pattern = regex.compile(source, flags, **cast("Any", lists)) if brought is None else pickle.loads(brought)
        _known[key] = pattern
    return pattern


def compiled_so_far() -> bytes:
    """Every expression that this process has asked for, as a wheel brings them along."""
    return pickle.dumps((regex.__version__, {key: pickle.dumps(pattern) for key, pattern in _known.items()}))


@cache
def _brought() -> dict[_Key, bytes]:
    # Code as much as the modules beside it: nobody can change it who could not change them.
    try:
        version, patterns = pickle.loads(Path(__file__).with_name(FILE_NAME).read_bytes())
    except FileNotFoundError:
        return {}
    return patterns if version == regex.__version__ else {}
