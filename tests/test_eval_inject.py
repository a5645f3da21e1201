"""``cleanup eval inject``: faults put in, and what came of them, counted by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from cleanup import rulebook
from cleanup.desk import clean
from cleanup.evaluation import inject
from cleanup.evaluation.inject import SYNTHETIC, InjectEvaluation, evaluate
from cleanup.evaluation.injectors import Fault, Injector, injectors
from cleanup.settings import HOUSE_SPELLING, Settings

CONTRACTION, NAME = "words/lost-contraction", "words/lower-case-name"
# The cards as they stand: what they have earned is another matter.
SETTINGS = Settings(as_declared=True)

STORY = """\
The Lamp Keeper’s Last Summer

They don't know when the lamp was lit, and nobody on the island has asked since then.

The keeper wrote every evening in a book that he bought in London for three shillings and a stamp.

“I will stay until the boat comes,” said the keeper to the visitors who stood at the door of his house.

Then London's goats came on Monday, and in September they left with an American who wanted cheese from Japan.
"""


def swapping(kind: str, right: str, wrong: str, *rules: str) -> Injector:
    """An injector that puts ``wrong`` wherever the text has ``right``."""

    def places(text: str, chance: Random) -> list[Fault]:
        starts = [n for n in range(len(text)) if text.startswith(right, n)]
        return [Fault(start, start + len(right), wrong, kind) for start in starts]

    return Injector(kind, {kind: rules}, places)


@pytest.fixture
def measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Evaluates one text under injectors of the test."""

    def run(text: str, *stubs: Injector, settings: Settings = SETTINGS, **options: int) -> InjectEvaluation:
        path = tmp_path / "texts" / "one.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        monkeypatch.setattr(inject, "injectors", lambda: stubs)
        return evaluate([path], settings, **options)

    return run


# A body of different sentences: the same one nine times would be a fault of its own.
BODY = " ".join(f"They {done} in the old hall every summer." for done in "sing dance cook read paint play".split())

DONT = swapping("dont", "don't", "dont", CONTRACTION)
KNWO = swapping("knwo", "know", "knwo", NAME, CONTRACTION)


def test_restored_and_missed_faults_are_counted_by_class_and_rule(measure) -> None:
    found = measure("They don't know.\n", DONT, KNWO, samples=3)
    assert {kind: (t.injected, t.restored, t.otherwise, t.collateral) for kind, t in found.classes.items()} == {
        "dont": (1, 1, 0, 0),
        "knwo": (1, 0, 0, 0),
    }
    # What nobody restored is on the account of the rule named first.
    assert {rule: (f.injected, f.restored) for rule, f in found.figures().items()} == {
        CONTRACTION: (1, 1),
        NAME: (1, 0),
    }
    assert [(miss.faulty, miss.clean) for miss in found.misses] == [("They don't knwo.\n", "They don't know.\n")]


def test_a_repair_is_credited_to_the_rule_that_made_it(measure) -> None:
    found = measure("They don't know.\n", swapping("dont", "don't", "dont", NAME))
    assert {rule: (f.injected, f.restored) for rule, f in found.figures().items()} == {CONTRACTION: (1, 1)}


def test_a_repair_that_is_not_to_the_letter_is_none(measure) -> None:
    found = measure("They do not know.\n", swapping("do not", "do not", "dont", CONTRACTION))
    tally = found.classes["do not"]
    assert (tally.injected, tally.restored, tally.otherwise, tally.collateral) == (1, 0, 1, 0)


def test_an_inserted_line_is_restored_when_it_is_gone(measure) -> None:
    promo = "\n\nREAD ALSO: The baker who refuses to retire\n\nThey"
    line = swapping("line", "\n\nThey", promo, "structure/promo-line")
    tally = measure(f"The Lamp Keeper\n\n{BODY}\n\n{BODY[10:]}\n", line).classes["line"]
    assert (tally.injected, tally.restored, tally.collateral) == (1, 1, 0)


def test_of_two_like_copies_either_may_go(measure) -> None:
    title = "The Keeper of the Lamp Goes Home"
    double = swapping("double", f"{title}\n", f"{title}\n{title}\n", "structure/title-echo")
    tally = measure(f"{title}\n{BODY}\n", double).classes["double"]
    assert (tally.injected, tally.restored, tally.collateral) == (1, 1, 0)


def test_faults_of_a_document_keep_their_distance(measure) -> None:
    near = "They don't know. They don't ask.\n"
    assert measure(near, DONT, per_document=5).classes["dont"].injected == 1
    apart = f"{near}{BODY} They don't sing. They don't dance.\n"
    tally = measure(apart, DONT, per_document=5).classes["dont"]
    assert (tally.injected, tally.restored) == (2, 2)


def test_no_fault_is_put_where_the_clean_text_is_changed_anyway(measure) -> None:
    assert measure("They don't know, and we havent asked.\n", DONT).classes["dont"].injected == 0


CARD = """\
says      = "The word in front of a fault is spoilt."
detect    = "swap"
tier      = "safe"
effect    = "repair"
severity  = "minor"
category  = "misspelling"
mqm       = "Linguistic conventions/Spelling"
languages = ["en"]
touches   = []
needs     = "words"
[with]
sailors = "pirates"
[[mends]]
wrong = "The sailors sing."
right = "The pirates sing."
[[mends]]
wrong = "Our sailors came."
right = "Our pirates came."
[[leaves]]
text  = "A sailor came."
why   = "one only"
[[leaves]]
text  = "Sailor songs."
why   = "one only"
"""


@pytest.fixture
def harmful(tmp_path: Path) -> Settings:
    """Settings with a rule of the user's own that does harm."""
    card = tmp_path / "cards" / "words" / "pirates.toml"
    card.parent.mkdir(parents=True)
    card.write_text(CARD, "utf-8")
    return replace(SETTINGS, rules=(tmp_path / "cards",))


def test_damage_that_the_clean_text_provokes_is_not_of_the_fault(measure, harmful: Settings) -> None:
    text = "They don't know where the boats lie at this hour. The sailors came with a song.\n"
    tally = measure(text, DONT, settings=harmful).classes["dont"]
    assert (tally.injected, tally.restored, tally.collateral) == (1, 1, 0)


def test_damage_that_only_the_fault_provokes_is_collateral(measure, harmful: Settings, tmp_path: Path) -> None:
    card = tmp_path / "cards" / "words" / "pirates.toml"
    gated = CARD.replace('"swap"', '"pattern"').replace(
        'sailors = "pirates"', "find = '(?<=dont know what the )sailors'\nreplace = 'pirates'"
    )
    card.write_text(gated, "utf-8")
    found = measure("They don't know what the sailors know.\n", DONT, settings=harmful)
    tally = found.classes["dont"]
    assert (tally.injected, tally.restored, tally.collateral) == (1, 1, 1)
    assert [(c.rules, c.before, c.after, n) for c, n in found.collateral.items()] == [
        (("words/pirates",), "sailors", "pirates", 1)
    ]
    assert "words/pirates: [sailors] became [pirates]" in found.as_text()


def test_where_doing_nothing_wins(measure, harmful: Settings) -> None:
    found = measure("The guests sing.\n", swapping("plural", "guests", "sailors", NAME), settings=harmful)
    tally = found.classes["plural"]
    assert (tally.injected, tally.restored, tally.otherwise) == (1, 0, 1)


def test_the_output_says_that_the_faults_are_synthetic(measure) -> None:
    found = measure("They don't know.\n", DONT, KNWO, samples=1)
    lines = found.as_text().split("\n")
    assert found.as_text().endswith("\n")
    assert any(SYNTHETIC in line for line in lines)
    rows = [line.split() for line in lines if line.startswith(("dont", "knwo "))]
    assert rows == [["dont", "1", "1", "1.00", "0", "0"], ["knwo", "1", "0", "0.00", "0", "0"]]
    data = json.loads(json.dumps(found.as_json()))
    assert data["note"] == SYNTHETIC
    assert data["classes"]["dont"] == {"injected": 1, "restored": 1, "otherwise": 0, "collateral": 0, "share": 1.0}
    assert data["rules"][CONTRACTION] == {"injected": 1, "restored": 1}
    assert data["signature"] == found.signature


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    """A set of three short texts."""
    path = tmp_path / "stories.jsonl"
    texts = (STORY, STORY.replace("island", "coast"), STORY.replace("keeper", "warden"))
    path.write_text("".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)), "utf-8")
    return path


def test_a_seed_decides_all(stories: Path) -> None:
    first, again = (evaluate([stories], SETTINGS, samples=2).as_json() for _ in range(2))
    assert first == again
    assert evaluate([stories], SETTINGS, samples=2, seed=7).as_json()["misses"] != first["misses"]


def test_a_limit_is_kept_and_progress_told(stories: Path) -> None:
    told: list[int] = []
    found = evaluate([stories, stories], SETTINGS, limit=2, progress=told.append)
    assert (found.documents, told) == (4, [1, 2, 3, 4])


def test_every_rule_that_repairs_has_an_injector() -> None:
    repairing = {rule.id for rule in rulebook.shipped() if rule.declared != "display-only"} - {HOUSE_SPELLING}
    assert repairing - frozenset().union(*(injector.rules for injector in injectors())) == set()


@pytest.mark.parametrize("injector", injectors(), ids=lambda injector: injector.name)
def test_every_injector_names_rules_that_exist(injector: Injector) -> None:
    known = {rule.id for rule in rulebook.shipped()}
    for rules in injector.classes.values():
        assert rules
        assert known.issuperset(rules)


@pytest.mark.parametrize("injector", injectors(), ids=lambda injector: injector.name)
def test_faults_change_the_text_and_belong_to_a_class(injector: Injector) -> None:
    base = injector.prepare(STORY, Random(1))
    faults = injector.places(base, Random(1))
    assert faults
    for fault in faults:
        assert fault.kind in injector.classes
        assert fault.faulty
        assert fault.faulty != base[fault.start : fault.end]


@pytest.mark.parametrize("injector", injectors(), ids=lambda injector: injector.name)
def test_sentences_of_ours_provoke_nothing(injector: Injector) -> None:
    for seed in range(40):
        base = injector.prepare(STORY, Random(seed))
        assert clean(base, config=SETTINGS).corrected == base


def test_families_have_names_and_classes_of_their_own() -> None:
    names = [injector.name for injector in injectors()]
    kinds = [kind for injector in injectors() for kind in injector.classes]
    assert len(set(names)) == len(names)
    assert len(set(kinds)) == len(kinds)
