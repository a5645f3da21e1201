"""A rule is safe only while its figures say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT

import cleanup
from cleanup import cli, rulebook, settings
from cleanup.earned import Record, in_words, read_record, shortfall, write_record
from cleanup.figures import Figures, Measured
from cleanup.rule import UNMEASURED

ENOUGH = Figures(clean_words=900_000, exposures=60, injected=30, restored=20)

HARMFUL = """
says     = "A word is too long."
detect   = "swap"
tier     = "safe"
category = "style"
languages = ["en"]
[with]
harbour = "port"
[[mends]]
wrong = "the harbour"
right = "the port"
[[mends]]
wrong = "a harbour"
right = "a port"
[[leaves]]
text = "the port"
why = "right"
[[leaves]]
text = "a port"
why = "right"
"""


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (ENOUGH, ""),
        (Figures(right=73), ""),
        (Figures(right=72), "run over 0 clean words"),
        (Figures(right=100, wrong=1) + ENOUGH, "the lower bound of precision is 0.946"),
        (Figures(right=200, wrong=1, false=3), ""),
        (ENOUGH + Figures(false=1), "1 false change"),
        (ENOUGH + Figures(exposures=-1), "59 exposures"),
        (ENOUGH + Figures(restored=-1), "19 injected faults restored"),
        (ENOUGH + Figures(clean_words=-1), "run over 899,999 clean words"),
    ],
)
def test_the_condition(figures: Figures, said: str) -> None:
    lack = shortfall(figures)
    assert (said in lack) if said else lack == ""


def test_figures_in_words() -> None:
    told = in_words(Figures(right=412, wrong=3, clean_words=982_000, exposures=310))
    assert told == "right 412 of 415 decided; 0 false in 982,000 words, 310 exposures"


def test_what_got_worse_on_the_same_texts_is_told(tmp_path: Path) -> None:
    record = Record()
    texts = (Measured("clean/a", "abc", 10),)
    assert record.update("clean", texts, {"words/x": Figures(right=3, exposures=5)}) == []
    assert record.update("clean", texts, {"words/x": Figures(right=2, wrong=1, exposures=6)}) == [
        "words/x: right 3 -> 2 on clean:clean/a",
        "words/x: wrong 0 -> 1 on clean:clean/a",
    ]
    other = (Measured("clean/a", "def", 9),)
    assert record.update("clean", other, {"words/x": Figures()}) == []
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record


def test_sets_that_are_absent_keep_their_figures() -> None:
    record = Record()
    record.update("clean", (Measured("one", "a", 5),), {"words/x": Figures(exposures=5)})
    record.update("inject", (Measured("two", "b", 5),), {"words/x": Figures(restored=2)})
    assert record.figures("words/x") == Figures(exposures=5, restored=2)
    assert record.figures("words/y") is None


def folder_with(tmp_path: Path, card: str = HARMFUL) -> Path:
    folder = tmp_path / "rules"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "our-port.toml").write_text(card)
    return folder


def test_a_users_rule_is_unmeasured_until_figures_are_recorded(tmp_path: Path) -> None:
    ours = cleanup.Settings(rules=(folder_with(tmp_path),))
    report = cleanup.clean("They saw the harbour.", config=ours)
    assert report.corrected == "They saw the port."
    assert "unmeasured:1" in report.signature
    assert [d.evidence for d in report.diagnostics if d.rule == "words/our-port"] == [
        f"harbour: should read port; {UNMEASURED}"
    ]


def test_a_harmful_rule_is_caught_and_demoted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_with(tmp_path)
    texts = tmp_path / "clean.jsonl"
    texts.write_text(json.dumps({"id": "1", "text": "They came to the harbour. It was a fine harbour."}) + "\n")
    config = tmp_path / "cleanup.toml"
    config.write_text('rules = ["rules"]\n')
    asked = ["eval", "clean", str(texts), "--config", str(config), "--record", str(folder), "-q"]
    assert cli.main(asked) == 0
    assert "words/our-port" in capsys.readouterr().out
    (rule,) = rulebook.read(folder)
    assert (rule.declared, rule.tier) == ("safe", "unsafe")
    assert "2 false changes in clean text" in rule.standing
    report = cleanup.clean("They saw the harbour.", config=cleanup.Settings(rules=(folder,)))
    assert report.corrected == "They saw the harbour."
    assert "unmeasured" not in report.signature


def test_worse_figures_want_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_with(tmp_path, HARMFUL.replace("harbour", "harbor"))
    texts = tmp_path / "clean.jsonl"
    texts.write_text(json.dumps({"id": "1", "text": "They came to the harbour. It was a fine harbour."}) + "\n")
    config = tmp_path / "cleanup.toml"
    config.write_text('rules = ["rules"]\n')
    asked = ["eval", "clean", str(texts), "--config", str(config), "--record", str(folder), "-q"]
    assert cli.main(asked) == 0
    (folder / "words" / "our-port.toml").write_text(HARMFUL)
    settings.pipeline.cache_clear()  # a command reads its cards once
    before = (folder / "earned.json").read_bytes()
    assert cli.main(asked) == 2
    assert "false 0 -> 2" in capsys.readouterr().err
    assert (folder / "earned.json").read_bytes() == before
    assert cli.main([*asked, "--reason", "the house wants it"]) == 0
    assert json.loads((folder / "earned.json").read_bytes())["lowered"] == [
        "words/our-port: false 0 -> 2 on clean:" + texts.resolve().parent.name + "/clean: the house wants it"
    ]


def test_no_shipped_rule_in_force_as_safe_falls_short() -> None:
    record = read_record(ROOT / "rules")
    assert record is not None, "rules/earned.json is missing: run make eval"
    for rule in rulebook.shipped():
        if rule.tier == "safe" and rule.id != "words/house-spelling":
            assert shortfall(record.figures(rule.id) or Figures()) == "", rule.id
        elif rule.declared == "safe":
            assert rule.standing or rule.id == "words/house-spelling"


def test_a_broken_record_is_told(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "earned.json").write_text('{"sets": 1, "nonsense": 2}')
    with pytest.raises(cleanup.RulebookError, match=r"earned\.json"):
        rulebook.read(folder)


def test_what_was_counted_on_a_part_is_not_counted_twice() -> None:
    record = Record()
    a, b = Measured("a", "1", 5), Measured("b", "2", 5)
    record.update("clean", (a,), {"words/x": Figures(exposures=5)})
    record.update("inject", (a,), {"words/x": Figures(restored=2)})
    record.update("clean", (a, b), {"words/x": Figures(exposures=9)})
    figures = record.figures("words/x")
    assert figures is not None
    assert (figures.exposures, figures.restored) == (9, 2)
    assert sorted(record.sets) == ["clean:a+b", "inject:a"]
