"""Every shipped card proves itself, and no two contradict each other."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import ROOT

from cleanup import proof, rulebook
from cleanup.card import read_card
from cleanup.rule import STAGES

CARDS = sorted(path for stage in STAGES for path in (ROOT / "rules" / stage).glob("*.toml"))

ALWAYS_RUN: frozenset[str] = frozenset()
"""Rules that no gate can hold back. Each costs every clean article; say here why it must."""

NOTHING_TO_PROVE = {"structure/learnt-line", "words/house-spelling"}
"""Cards whose lines or pairs are the user's: without them they find nothing."""


def card_id(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_all_cards_are_read() -> None:
    assert [rule.id for rule in rulebook.shipped()] == sorted(map(card_id, CARDS))


@pytest.mark.parametrize("path", CARDS, ids=card_id)
def test_card_is_complete(path: Path) -> None:
    rule = read_card(path)
    assert rule.says.endswith((".", "?")), "`says` is a sentence"
    assert rule.about, "`about` says what the fault is, why it happens, and why the repair is right"
    assert "category" in tomllib.loads(path.read_text("utf-8")), "`category` is an ITS 2.0 issue type"
    assert rule.mqm, "`mqm` is a path of the MQM typology"


@pytest.mark.parametrize("path", CARDS, ids=card_id)
def test_card_has_a_gate(path: Path) -> None:
    rule = read_card(path)
    assert rule.needs.always == (rule.id in ALWAYS_RUN)


@pytest.mark.parametrize("path", [p for p in CARDS if card_id(p) not in NOTHING_TO_PROVE], ids=card_id)
def test_card_proves_itself(path: Path) -> None:
    rule = read_card(path)
    positive = rule.shows if rule.declared == "display-only" else rule.mends
    assert len(positive) >= 2, f"two of [[{'shows' if rule.declared == 'display-only' else 'mends'}]] at least"
    assert len(rule.leaves) >= 2, "two of [[leaves]] at least"
    assert proof.failures(rule) == []


def test_no_swap_stands_in_two_cards() -> None:
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for rule in rulebook.shipped():
        if rule.detector_name == "swap":
            for wrong in rule.prepared.pairs:
                claims[wrong].append(rule.id)
    assert {wrong: ids for wrong, ids in claims.items() if len(ids) > 1} == {}
