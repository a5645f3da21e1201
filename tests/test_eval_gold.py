"""``eval gold``: edits compared with those of a hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanup import Settings
from cleanup.evaluation import gold
from cleanup.evaluation.alignment import token_edits
from cleanup.evaluation.documents import DocumentError
from cleanup.figures import Figures

GREY, CONTRACTION = "words/no-grey", "words/lost-contraction"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "cards" / "words"
    folder.mkdir(parents=True)
    (folder / "no-grey.toml").write_text(
        'says = "x"\ndetect = "swap"\ntier = "safe"\ncategory = "terminology"\n[with]\ngrey = "gray"\n'
    )
    return Settings(rules=(folder.parent,), select=(GREY, CONTRACTION))


def put(folder: Path, **pairs: tuple[str, str]) -> Path:
    for name, (before, after) in pairs.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "before.txt").write_text(before)
        (folder / name / "after.txt").write_text(after)
    return folder


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("the same", "the same", []),
        ("They dont know.", "They don't know.", [(" dont", " don't")]),
        ("so , then", "so, then", [(" ,", ",")]),
        ("a deal. In Rome", "a deal in Rome", [(".", ""), (" In", " in")]),
        ("the new york post", "the New York post", [(" new", " New"), (" york", " York")]),
        ("a big red dog", "a small blue dog", [(" big red", " small blue")]),
        ("he said he left", "he left", [(" said he", "")]),
        ("Head\nHead\nBody", "Head\nBody", [("\nHead", "")]),
        ("one", "one two", [("", " two")]),
        ("go.", "go. ", [("", " ")]),
    ],
)
def test_alignment(before: str, after: str, edits: list[tuple[str, str]]) -> None:
    found = token_edits(before, after)
    assert [(edit.before, edit.after) for edit in found] == edits
    rebuilt = before
    for edit in reversed(found):
        assert before[edit.start : edit.end] == edit.before
        rebuilt = rebuilt[: edit.start] + edit.after + rebuilt[edit.end :]
    assert rebuilt == after


def test_what_goes_is_said_of_the_first_place() -> None:
    (edit,) = token_edits("no no no", "no no")
    assert (edit.start, edit.end) == (2, 5)


def test_right_wrong_missed_and_over(tmp_path: Path, settings: Settings) -> None:
    # Right: dont. Over-edit: grey, which the gold leaves alone. Missed: kyiv, where nothing was found.
    folder = put(
        tmp_path / "gold",
        one=("They dont know the grey city of kyiv.", "They don't know the grey city of Kyiv."),
        two=("We didnt see it.", "We didn't see it."),
    )
    result = gold.evaluate([folder], settings)
    assert result.words == 12
    assert result.total == gold.Score(right=2, wrong=1, missed=1)
    assert result.total.precision == pytest.approx(2 / 3)
    assert result.total.recall == pytest.approx(2 / 3)
    assert result.total.f_half == pytest.approx(2 / 3)
    assert result.by_rule() == {
        CONTRACTION: gold.Score(right=2),
        GREY: gold.Score(wrong=1),
        gold.NO_RULE: gold.Score(missed=1),
    }
    assert result.by_class() == {
        "words/misspelling": gold.Score(right=2),
        "words/terminology": gold.Score(wrong=1),
        gold.NO_RULE: gold.Score(missed=1),
    }
    assert result.over_edits == 1
    assert result.over_edit_rate == pytest.approx(1000 / 12)
    assert result.figures() == {CONTRACTION: Figures(right=2), GREY: Figures(wrong=1)}
    assert [(one.article, one.edit.before, one.edit.after) for one in result.missed] == [("one", " kyiv", " Kyiv")]
    text = result.as_text()
    assert "missed, and nothing found there:\n  one\n    31: [- kyiv-]{+ Kyiv+}\n" in text


def test_a_wrong_replacement_is_no_over_edit_and_missed_too(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "gold", one=("A grey day.", "A great day."))
    result = gold.evaluate([folder], settings)
    assert result.by_rule() == {GREY: gold.Score(wrong=1, missed=1)}
    assert result.over_edits == 0
    assert result.missed == ()


def test_what_was_found_and_not_mended_is_its_rules_miss(tmp_path: Path) -> None:
    folder = put(tmp_path / "gold", one=("They dont know.", "They don't know."))
    settings = Settings(select=(CONTRACTION,), tiers=((CONTRACTION, "unsafe"),))
    assert gold.evaluate([folder], settings).by_rule() == {CONTRACTION: gold.Score(missed=1)}
    asked = gold.evaluate([folder], settings.with_(unsafe=True))
    assert asked.by_rule() == {CONTRACTION: gold.Score(right=1)}


def test_f_half_favours_precision() -> None:
    # P = 3/4, R = 3/6: 1.25 * P * R / (0.25 * P + R)
    score = gold.Score(right=3, wrong=1, missed=3)
    assert score.f_half == pytest.approx(1.25 * 0.75 * 0.5 / (0.25 * 0.75 + 0.5))
    nothing = gold.Score()
    assert (nothing.precision, nothing.recall, nothing.f_half) == (None, None, None)


def test_nothing_to_mend_and_nothing_mended(tmp_path: Path, settings: Settings) -> None:
    result = gold.evaluate([put(tmp_path / "gold", one=("All is well.", "All is well."))], settings)
    assert result.judged == ()
    assert result.as_json()["total"]["f0.5"] is None
    assert "–" in result.as_text()


def test_decisions_are_labels(tmp_path: Path, settings: Settings) -> None:
    folder = put(tmp_path / "gold", one=("They dont know.", "They don't know."))
    path = tmp_path / "decisions.jsonl"
    path.write_text(
        f'{{"rule": "{GREY}", "accepted": false}}\n\n'
        f'{{"rule": "{CONTRACTION}", "accepted": true}}\n'
        f'{{"rule": "{CONTRACTION}", "accepted": false}}\n'
    )
    result = gold.evaluate([folder], settings, decisions=path)
    assert result.figures() == {CONTRACTION: Figures(right=2, wrong=1), GREY: Figures(wrong=1)}
    assert result.by_rule() == {CONTRACTION: gold.Score(right=1)}


@pytest.mark.parametrize("line", ["{", "[]", '{"rule": "a/b"}', '{"rule": "a/b", "accepted": 1}', '{"accepted": true}'])
def test_a_line_that_is_no_decision(tmp_path: Path, line: str) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(DocumentError, match=r"decisions\.jsonl:1: no decision"):
        gold.read_decisions(path)


def test_a_folder_without_gold(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"holds no before\.txt"):
        gold.evaluate([tmp_path], Settings())
    (tmp_path / "before.txt").write_text("Alone.")
    with pytest.raises(DocumentError, match=r"after\.txt: cannot be read"):
        gold.evaluate([tmp_path], Settings())


def test_progress_is_told(tmp_path: Path, settings: Settings) -> None:
    told: list[int] = []
    folder = put(tmp_path / "gold", one=("A.", "A."), two=("B.", "B."))
    gold.evaluate([folder], settings, progress=told.append)
    assert told == [1, 2]
