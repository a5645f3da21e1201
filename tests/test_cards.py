"""Every shipped card proves itself, and no two contradict each other."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import ROOT

from cleanup import proof, rulebook
from cleanup.automaton import any_of
from cleanup.card import read_card
from cleanup.rule import STAGES, Rule

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


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """Lines of all kinds: every card's examples, pages before they are mended, and what looks like a fault."""
    texts = [text for rule in rulebook.shipped() for pair in (*rule.mends, *rule.leaves, *rule.shows) for text in pair]
    texts += [path.read_text("utf-8") for path in (ROOT / "corpus").glob("*/*/before.txt")]
    texts += [path.read_text("utf-8") for path in (ROOT / "corpus" / "clean").glob("exposures-*/*.txt")]
    return sorted({f"{line}\n".encode("utf-8", "surrogatepass") for text in texts for line in text.split("\n")})


LOOKED_AT_TWICE = [r for r in rulebook.shipped() if r.needs.only and (r.needs.tokens or r.needs.patterns)]


@pytest.mark.parametrize("rule", LOOKED_AT_TWICE, ids=lambda rule: str(rule.id))
def test_the_quick_look_is_never_the_stricter(rule: Rule, lines: list[bytes]) -> None:
    """Where what a rule needs matches, the token or beginning that makes the gate ask for it is there too."""
    needs = rule.needs
    quick = any_of(tuple(f"(?m:{token})" for token in needs.tokens) or needs.patterns)
    for line in lines:
        if any_of(needs.only).search(line):
            looked_at = line.decode("utf-8", "surrogatepass").split() if needs.tokens else [line.decode()]
            assert any(quick.search(one.encode("utf-8", "surrogatepass")) for one in looked_at), line.decode()


def test_no_swap_stands_in_two_cards() -> None:
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for rule in rulebook.shipped():
        if rule.detector_name == "swap":
            for wrong in rule.prepared.pairs:
                claims[wrong].append(rule.id)
    assert {wrong: ids for wrong, ids in claims.items() if len(ids) > 1} == {}
