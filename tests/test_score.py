"""``score``: how faulty each text is."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from conftest import Command

from cleanup import Settings
from cleanup.evaluation.severity import Scored, against, histogram, score, untranslated

FRENCH = "Le chat est dans la maison et il ne veut pas sortir avec nous pour le moment."
ENGLISH = "The cat is in the house and it does not want to go out with us for the moment."


def jsonl(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def card(folder: Path, name: str, severity: str, wrong: str) -> None:
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "words" / f"{name}.toml").write_text(
        f'says = "x"\ndetect = "swap"\ntier = "safe"\nseverity = "{severity}"\ncategory = "{name}"\n'
        f'[with]\n{wrong} = "good"\n'
    )


def test_weights_are_those_of_mqm(tmp_path: Path) -> None:
    for name, severity, wrong in (
        ("light", "minor", "slip"),
        ("grave", "major", "crash"),
        ("none", "neutral", "shrug"),
    ):
        card(tmp_path, name, severity, wrong)
    settings = Settings(rules=(tmp_path,), select=("words/light", "words/grave", "words/none"))
    # Ten words: a minor fault three times, a major one once, a neutral one once: 3 * 1 + 5 + 0.
    one = score("The slip, a slip and one slip, crash and shrug.", settings)
    assert (one.words, one.faults, one.weight, one.per_1000) == (10, 5, 8, 800.0)
    assert one.classes == ("words/grave", "words/light")


def test_what_is_not_applied_counts_too(tmp_path: Path) -> None:
    card(tmp_path, "light", "minor", "slip")
    settings = Settings(rules=(tmp_path,), select=("words/light",), tiers=(("words/light", "display-only"),))
    assert score("A slip.", settings).weight == 1


def test_language_and_share_untranslated() -> None:
    # 17 French words and 19 English ones.
    text = f"{ENGLISH}\n\n{FRENCH}\n"
    assert untranslated(text, "en") == pytest.approx(17 / 36)
    assert untranslated(ENGLISH, "en") == 0
    assert untranslated("", "en") == 0
    assert score(ENGLISH, Settings()).language == "en"
    assert score(FRENCH, Settings()).language == "fr"
    assert score(FRENCH, Settings()).untranslated == 1
    assert score(FRENCH, Settings(lang="auto")).untranslated == 0
    assert score("Hm.", Settings()).language == ""


def test_sacrebleu_scores_one_text_as_one_segment() -> None:
    same = against("The cat sat on the mat.\nIt was warm.\n", "The cat sat on the mat. It was warm.")
    assert same == pytest.approx((100, 100))
    chrf, bleu = against("Rain.", "The cat sat on the mat.")
    assert chrf < 20
    assert bleu < 20


def test_no_words_no_rate() -> None:
    assert Scored("", "", 0, 0, 0, (), "", 0.0).per_1000 == 0


def test_histogram() -> None:
    assert histogram([0.0] * 10 + [0.5, 1.0, 1.1, 60.0, 101.0]) == [
        "   = 0  10  " + "#" * 40,
        "  <= 1   2  " + "#" * 8,
        "  <= 2   1  ####",
        "  <= 5   0",
        " <= 10   0",
        " <= 20   0",
        " <= 50   0",
        "<= 100   1  ####",
        " > 100   1  ####",
    ]


def test_text(run: Command) -> None:
    Path("texts").mkdir()
    Path("texts/a.txt").write_text("They dont know what it is.\n")
    Path("texts/b.md").write_text("Nothing is wrong here.\n")
    result = run("score", "texts")
    assert result.code == 0
    assert "   = 0  1  ####" in result.out
    assert "texts/a.txt" in result.out
    assert "2 texts, 10 words, 100.00 weighted faults per 1,000 words" in result.out
    assert "it is no MQM score" in result.out


def test_jsonl(run: Command) -> None:
    with gzip.open("a.jsonl.gz", "wt") as file:
        file.write(jsonl({"id": "one", "text": "They dont know."}, {"id": "two", "text": "All is well."}))
    result = run("score", "a.jsonl.gz", "--format", "jsonl", "-q")
    assert (result.code, result.err) == (0, "")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert [(row["id"], row["faults"], row["per_1000"]) for row in rows] == [("one", 1, 333.333), ("two", 0, 0.0)]
    assert rows[0] == {
        "file": "a.jsonl.gz", "id": "one", "words": 3, "faults": 1, "weight": 1, "per_1000": 333.333,
        "classes": ["words/misspelling"], "language": "", "untranslated": 0.0,
    }  # fmt: skip


def test_csv_into_a_file(run: Command) -> None:
    Path("a.txt").write_text("They dont know.\n")
    result = run("score", "a.txt", "--format", "csv", "-o", "scores.csv")
    assert (result.code, result.out) == (0, "")
    assert "weighted faults per 1,000 words" in result.err
    (row,) = csv.DictReader(Path("scores.csv").read_text().splitlines())
    assert (row["file"], row["words"], row["classes"], row["chrf++"]) == ("a.txt", "3", "words/misspelling", "")


def test_reference_of_one_text(run: Command) -> None:
    Path("a.txt").write_text(f"{ENGLISH}\n{ENGLISH}\n")
    Path("human.txt").write_text(f"{ENGLISH}\n{ENGLISH}\n")
    result = run("score", "a.txt", "--format", "jsonl", "--reference", "human.txt")
    row = json.loads(result.out)
    assert (row["chrf++"], row["bleu"]) == (100.0, 100.0)
    assert "version:" in result.err


def test_references_line_by_line(run: Command) -> None:
    Path("a.jsonl").write_text(jsonl({"id": "one", "text": ENGLISH}, {"id": "two", "text": "Rain fell."}))
    Path("human.txt").write_text(f"{ENGLISH}\nSnow lies deep.\n")
    result = run("score", "a.jsonl", "--format", "jsonl", "--reference", "human.txt", "-q")
    one, two = map(json.loads, result.out.splitlines())
    assert one["bleu"] == 100.0
    assert two["bleu"] < 100.0
    Path("human.txt").write_text("One line.\nTwo lines.\nThree.\n")
    result = run("score", "a.jsonl", "--reference", "human.txt")
    assert (result.code, result.out) == (2, "")
    assert "3 lines are no references for 2 texts" in result.err


def test_references_by_id(run: Command) -> None:
    rows: tuple[dict[str, object], ...]
    rows = ({"id": "one", "text": "Rain fell.", "reference": "Rain fell."}, {"id": "two", "text": "No."})
    Path("a.jsonl").write_text(jsonl(*rows, {"id": "three", "text": "No."}))
    Path("b.jsonl").write_text(jsonl(*rows))
    result = run("score", "a.jsonl", "--format", "jsonl", "--reference", "b.jsonl", "-q")
    scored = [json.loads(line).get("chrf++") for line in result.out.splitlines()]
    assert scored == [100.0, 100.0, None]


def test_standard_input(run: Command) -> None:
    result = run("score", "-", "--format", "jsonl", "-q", stdin=b"They dont know.")
    assert json.loads(result.out)["faults"] == 1


def test_what_cannot_be_read_stops_nothing(run: Command) -> None:
    Path("a.txt").write_text("All is well.\n")
    Path("bad.txt").write_bytes(b"\xff\xff")
    Path("bad.jsonl").write_text("{\n")
    Path("bad.jsonl.gz").write_bytes(b"no archive")
    Path("empty").mkdir()
    result = run(
        "score", "bad.txt", "bad.jsonl", "bad.jsonl.gz", "empty", "missing.txt", "a.txt", "--format", "jsonl", "-q"
    )
    assert result.code == 3
    assert json.loads(result.out)["file"] == "a.txt"
    assert len(result.err.splitlines()) == 5
    assert run("score", "bad.jsonl").code == run("score", "missing.jsonl").code == 2
    assert run("score", "a.txt", "--reference", "missing.jsonl").code == 2
    assert run("score", "a.txt", "--reference", "missing.txt").code == 2
