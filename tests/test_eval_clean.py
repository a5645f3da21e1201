"""``eval clean``: changes in human text, counted and judged by hand."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanup import Change, Settings
from cleanup.evaluation import clean
from cleanup.evaluation.documents import Document, DocumentError
from cleanup.figures import Figures

HARMFUL = """\
says = "A colour word."
detect = "swap"
tier = "safe"
languages = ["en"]
[with]
grey = "gray"
"""
REMOVING = """\
says = "A word of thanks."
detect = "pattern"
tier = "safe"
effect = "removal"
[with]
find = "(?m)^Thank you for reading\\\\.\\\\n"
replace = ""
"""
GREY = "words/no-grey"


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    (folder / "words").mkdir(parents=True)
    (folder / "words" / "no-grey.toml").write_text(HARMFUL)
    return folder


@pytest.fixture
def settings(cards: Path) -> Settings:
    return Settings(rules=(cards,), select=(GREY, "words/lost-contraction"))


Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def write(name: str, *texts: str) -> Path:
        path = tmp_path / "sets" / name
        path.parent.mkdir(exist_ok=True)
        rows = (json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate(texts, 1))
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(rows)
        return path

    return write


def test_a_harmful_rule_shows_up(put: Put, settings: Settings) -> None:
    path = put("press.jsonl.gz", "The sky was grey all day.", "A grey cat sat there.", "Nothing to see here.")
    result = clean.evaluate([path], settings)
    assert [(s.name, s.words) for s in result.sets] == [("sets/press", 15)]
    assert result.figures() == {
        "words/lost-contraction": Figures(clean_words=15),
        GREY: Figures(clean_words=15, exposures=2, false=2, undecided=2),
    }
    row = next(row for row in result.as_json()["rules"] if row["rule"] == GREY)
    assert (row["changes"], row["false"]) == (2, 2)
    assert row["changes_per_100000"] == pytest.approx(2 / 15 * 100_000)


def test_verdicts_are_honoured(put: Put, settings: Settings) -> None:
    path = put("press.jsonl.gz", "The sky was grey.", "A grey cat.", "Grey skies and grey seas.", "They dont know.")
    unread = clean.evaluate([path], settings)
    keys = [change.key for change in unread.changes]
    assert len(set(keys)) == len(keys) == 5
    assert unread.unjudged == 5
    verdicts = dict(zip(keys, ("wrong", "style", "wrong", "right"), strict=False)) | {keys[4]: "right"}
    result = clean.evaluate([path], settings, verdicts=verdicts)
    grey = result.figures()[GREY]
    assert (grey.right, grey.wrong, grey.undecided, grey.false) == (1, 2, 1, 2)
    assert result.figures()["words/lost-contraction"].right == 1
    assert result.figures()["words/lost-contraction"].false == 0
    assert result.unjudged == 0


def test_a_key_tells_changes_apart_and_gives_nothing_away() -> None:
    text = "a grey day, " + "x" * 30 + " then a grey day"
    one = Change("body", 2, 6, "grey", "gray", (GREY,), 0)
    other = Change("body", 51, 55, "grey", "gray", (GREY,), 1)
    document = Document("d", text)
    keys = [clean.verdict_key(document, one), clean.verdict_key(document, other)]
    assert keys[0] != keys[1]
    assert keys[0] != clean.verdict_key(Document("e", text), one)
    assert all(len(key) == 16 and set(key) <= set("0123456789abcdef") for key in keys)
    spelt = "d|words/no-grey|grey|gray|a | day, " + "x" * 24  # 30 code points on the right, 2 on the left
    assert keys[0] == hashlib.sha256(spelt.encode()).hexdigest()[:16]
    # What stands farther off makes no difference.
    assert clean.verdict_key(Document("d", text + "y" * 50), one) == keys[0]


def test_exposures_are_word_types_and_one_for_patterns(put: Put, cards: Path) -> None:
    (cards / "words" / "no-full-of.toml").write_text(
        'says = "x"\ndetect = "pattern"\ntier = "safe"\nneeds = ["full of"]\n'
        '[with]\nfind = "full of"\nreplace = "filled with"\n'
    )
    settings = Settings(rules=(cards,), select=(GREY, "words/no-full-of"))
    # grey and Grey are two types in the first text; the pattern counts once a text.
    path = put("a.jsonl.gz", "Grey is grey, grey is full of full of.", "So grey.", "None.")
    figures = clean.evaluate([path], settings).figures()
    assert figures[GREY].exposures == 3
    assert figures["words/no-full-of"].exposures == 1
    assert figures["words/no-full-of"].false == 2


def test_a_rule_without_a_gate_is_not_exposed_by_every_text(put: Put, cards: Path) -> None:
    (cards / "words" / "no-full-of.toml").write_text(
        'says = "x"\ndetect = "pattern"\ntier = "safe"\n[with]\nfind = "full of"\nreplace = "filled with"\n'
    )
    path = put("a.jsonl.gz", "A jar full of jam.", "None.")
    figures = clean.evaluate([path], Settings(rules=(cards,), select=("words/no-full-of",))).figures()
    assert (figures["words/no-full-of"].exposures, figures["words/no-full-of"].false) == (0, 1)


def test_words_in_another_language_do_not_count_for_english_rules(put: Put, settings: Settings) -> None:
    french = "Le chat est dans la maison et il ne veut pas sortir avec nous pour le moment."
    path = put("a.jsonl.gz", "Nothing to see here.", french)
    assert clean.evaluate([path], settings).figures()[GREY].clean_words == 4


def test_removals_are_counted_apart(put: Put, cards: Path) -> None:
    (cards / "words" / "no-grey.toml").unlink()
    (cards / "structure").mkdir()
    (cards / "structure" / "thanks.toml").write_text(REMOVING)
    body = "The council met again on Monday and put off the works until the spring."
    path = put("a.jsonl.gz", f"{body}\nThank you for reading.\n{body}")
    result = clean.evaluate([path], Settings(rules=(cards,), select=("structure/thanks",)))
    counted = result.as_json()
    assert (counted["changes"], counted["removals"], counted["words_removed"]) == (1, 1, 4)


def test_samples_show_the_key_of_what_nobody_has_read(put: Put, settings: Settings) -> None:
    path = put("a.jsonl.gz", "The sky was grey.", "A grey cat.")
    read, unread = clean.evaluate([path], settings).changes
    result = clean.evaluate([path], settings, verdicts={read.key: "wrong"}, samples=-1)
    text = result.as_text()
    assert unread.key in text
    assert read.key not in text
    assert "wrong  sets/a d1 12 words/no-grey\n    …The sky was [-grey-]{+gray+}.…" in text
    assert text.endswith("\n")
    assert len(clean.evaluate([path], settings, samples=1).samples) == 1
    assert clean.evaluate([path], settings).samples == ()


def test_progress_is_told(put: Put, settings: Settings) -> None:
    told: list[int] = []
    clean.evaluate([put("a.jsonl.gz", "One.", "Two.")], settings, progress=told.append)
    assert told == [1, 2]


def test_a_set_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        clean.evaluate([tmp_path / "nothing.txt"], Settings())


def test_verdicts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text('{"_": "why", "0123456789abcdef": "style"}')
    assert clean.read_verdicts(path) == {"0123456789abcdef": "style"}


@pytest.mark.parametrize("content", ['{"0": "maybe"}', "[]", "{", '{"0": 1}'])
def test_verdicts_that_are_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "verdicts.json"
    path.write_text(content)
    with pytest.raises(clean.VerdictError, match=r"verdicts\.json"):
        clean.read_verdicts(path)
