"""The text's stop words contradict the language it is said to be in.

The pipeline itself makes this finding, because it decides which rules may run; the card
holds its wording and tier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.matching import refuse_unknown
from cleanup.rule import Needs, Rule


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """Never woken by the gate."""
    return Needs(words=frozenset({"\0"}))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Nothing: see :mod:`cleanup.stages`."""
    return iter(())
