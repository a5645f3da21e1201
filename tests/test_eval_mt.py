"""`eval mt`: expectations worked out by hand on tiny inputs."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleanup.edit import Change
from cleanup.evaluation.documents import DocumentError
from cleanup.evaluation.judge import LineEdit, Verdict, corrected, line_edits, verdict, windows
from cleanup.evaluation.mt import evaluate
from cleanup.evaluation.mt_result import MtEvaluation
from cleanup.evaluation.scores import Scorer
from cleanup.settings import Settings

CONTRACTION = "words/lost-contraction"
HARMFUL = """
says      = "Every town is Paris."
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
Lyon = "Paris"
[[mends]]
wrong = "We met in Lyon."
right = "We met in Paris."
[[mends]]
wrong = "Lyon is large."
right = "Paris is large."
[[leaves]]
text  = "We met in Rome."
why   = "another town"
[[leaves]]
text  = "The lyonnaise sauce."
why   = "another word"
"""


def judged(line: str, old: str, new: str, reference: str) -> Verdict:
    start = line.index(old)
    one = LineEdit(0, start, start + len(old), new)
    return verdict(line, [one], one, reference)


def corpus(folder: Path, *rows: tuple[str, str], name: str = "set.jsonl.gz") -> Path:
    path = folder / name
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for number, (text, reference) in enumerate(rows):
            row = {"id": f"d{number}", "pair": "fr-en", "system": "A", "text": text, "reference": reference}
            out.write(json.dumps(row) + "\n")
    return path


def harmful(folder: Path) -> Settings:
    card = folder / "cards" / "words" / "paris.toml"
    card.parent.mkdir(parents=True)
    card.write_text(HARMFUL, "utf-8")
    return Settings(rules=(folder / "cards",), select=("words/paris", CONTRACTION))


@pytest.mark.parametrize(
    ("line", "old", "new", "reference", "expected"),
    [
        ("They dont know.", "dont", "don't", "I fear they say They don't know. Well.", "right"),
        ("They dont know.", "dont", "don't", "They dont know.", "wrong"),
        ("They dont know.", "dont", "don't", "They do not know.", "undecided"),
        # Both stand in the reference, which therefore tells nothing.
        ("They dont know.", "dont", "don't", "They dont know. They don't know.", "undecided"),
        # The neighbours count, and whole: `hey don't know.` and `They don't knows` are others.
        ("They dont know", "dont", "don't", "We don't know", "undecided"),
        ("They dont know", "dont", "don't", "They don't knows", "undecided"),
        # Quotation marks of any shape are the same.
        ("They dont know.", "dont", "don't", "They don’t know.", "right"),
        ("He said « dont » twice", "dont", "don't", "He said “ don’t ” twice", "right"),
        ("He said “no“ twice", "“ ", "” ", "He said “no” twice", "undecided"),
        # Blanks of any sort and number are the same.
        ("They dont  know.", "dont", "don't", "They\xa0don't know.", "right"),
        # At the ends of a line the window is shorter.
        ("dont go", "dont", "don't", "Please don't go", "right"),
        ("we dont", "dont", "don't", "well, we don't at all", "right"),
        # A change that cuts a word is judged with the whole of it.
        ("in kyiv today", "k", "K", "Now in Kyiv today", "right"),
        ("in kyiv today", "k", "K", "on Kyiv today", "undecided"),
        # Inside of a word the window would be this word alone: it is wider then.
        ("all Moscows parks", "ws", "w's", "all Moscow's parks", "right"),
        ("all Moscows parks", "ws", "w's", "Moscow's mayor", "undecided"),
        ("in kyiv, they", "kyiv", "Kyiv", "was in Kyiv, where", "right"),
        ("the deal. in Geneva", ".", "", "made the deal in Geneva", "right"),
        ("the deal. in Geneva", ".", "", "Now the deal. in Geneva", "wrong"),
        ("in Lyon , said", " ,", ",", "live in Lyon, said he", "right"),
        # A window of one word would be found anywhere: the end of the line is its other end.
        ("Photo: The man", "Photo: ", "", "He is The man", "undecided"),
        ("Photo: The man", "Photo: ", "", "The man came", "right"),
        # A line that goes.
        ("READ ALSO: more", "READ ALSO: more", "", "", "right"),
        ("READ ALSO: more", "READ ALSO: more", "", "Now READ ALSO: more", "wrong"),
        ("READ ALSO: more", "READ ALSO: more", "", "Also read: more", "undecided"),
    ],
)
def test_verdict(line: str, old: str, new: str, reference: str, expected: Verdict) -> None:
    assert judged(line, old, new, reference) == expected


def test_other_changes_of_the_line_are_made() -> None:
    line = "the american dont care"
    edits = [LineEdit(0, 4, 12, "American"), LineEdit(0, 13, 17, "don't")]
    assert [verdict(line, edits, one, "the American don't care") for one in edits] == ["right", "right"]
    assert windows("the American ", "dont", "don't", " care")[0] == ("American", "dont", "care")


@pytest.mark.parametrize(
    ("text", "before", "after", "expected"),
    [
        ("One.\nPromo\nTwo.", "Promo\n", "", ["One.", "", "Two."]),
        ("One.\nPromo\nTwo.", "\nPromo", "", ["One.", "", "Two."]),
        ("I dont\nPromo\nTwo.", "dont\nPromo", "don't", ["I don't", "", "Two."]),
        ("One.\nPromo\ndont go", "Promo\ndont", "don't", ["One.", "", "don't go"]),
        ("One two\nthree", "two\nthree", "2\n3", ["One 2", "3"]),
        ("One two", "two", "2\n3", ["One 2 3"]),
    ],
)
def test_lines_stay_as_many(text: str, before: str, after: str, expected: list[str]) -> None:
    lines = text.split("\n")
    start = text.index(before)
    (edits,) = line_edits(lines, [Change("body", start, start + len(before), before, after, ("x/y",), 1)])
    result = [corrected(line, [e for e in edits if e.line == number]) for number, line in enumerate(lines)]
    assert result == expected


def test_counts_by_rule_and_line(tmp_path: Path) -> None:
    path = corpus(
        tmp_path,
        (
            "They dont know.\nWe met in Lyon and dont care.\nAll is well.",
            "They don’t know.\nWe met in Lyon.\nAll is fine.",
        ),
        ("It isnt over.", "It goes on."),
    )
    result = evaluate([path], harmful(tmp_path), resamples=50)
    figures = result.figures()
    assert (figures[CONTRACTION].right, figures[CONTRACTION].wrong, figures[CONTRACTION].undecided) == (1, 0, 2)
    # Of `in Paris and` and `in Lyon and` the reference `in Lyon.` has neither.
    assert (figures["words/paris"].right, figures["words/paris"].wrong, figures["words/paris"].undecided) == (0, 0, 1)
    row = result.rows[0]
    assert (row.kind, row.lines, row.changed, row.bettered, row.worsened) == ("all", 4, 3, 1, 0)
    # Quote glyphs folded, the first line is the reference's; the others stay as many words away.
    assert (row.nearer, row.farther, row.net_without_foreign) == (1, 0, 1)
    assert [(r.kind, r.name) for r in result.rows[1:]] == [("pair", "fr-en"), ("system", "A")]


def test_lines_that_lost_untranslated_words_are_counted_apart(tmp_path: Path) -> None:
    card = tmp_path / "cards" / "words" / "ferry.toml"
    card.parent.mkdir(parents=True)
    card.write_text(
        'says = "x"\ndetect = "pattern"\ntier = "safe"\ncategory = "untranslated"\nneeds = ["паром"]\n'
        "[with]\nfind = ' паром'\nreplace = ''\n"
    )
    path = corpus(
        tmp_path,
        ("They dont know.\nThe паром left at seven.\nThe паром, again.", "They don't know.\nThe ferry left.\nNo."),
    )
    settings = Settings(rules=(tmp_path / "cards",), select=("words/ferry", CONTRACTION))
    row = evaluate([path], settings, resamples=0).rows[0]
    # `The паром left at seven.` is 4 word edits from `The ferry left.` (two words for two, two
    # out), `The left at seven.` is 3; the last line loses one of three words that are all wrong.
    assert (row.nearer, row.farther, row.net_without_foreign) == (3, 0, 1)


def harmed(folder: Path) -> MtEvaluation:
    lines = [f"We met {who} in Lyon on day {n}." for n, who in enumerate("Anna Berta Carla Doris Emil Fritz".split())]
    return evaluate([corpus(folder, ("\n".join(lines), "\n".join(lines)))], harmful(folder), samples=2, resamples=200)


def test_doing_nothing_wins_over_a_harmful_rule(tmp_path: Path) -> None:
    result = harmed(tmp_path)
    figures = result.figures()["words/paris"]
    assert (figures.right, figures.wrong, figures.undecided) == (0, 6, 0)
    assert figures.lower_bound == 0
    row = result.rows[0]
    assert (row.bettered, row.worsened) == (0, 6)
    assert (row.nearer, row.farther, row.net_without_foreign) == (0, 6, -6)
    for compared in row.scores.values():
        assert compared.before == pytest.approx(100)
        assert compared.after < 100
        assert compared.high is not None
        assert compared.high < 0
        assert compared.better == "do nothing"
    # Eight words a line, one of them replaced.
    assert row.ter_before == 0
    assert row.ter_after == pytest.approx(100 / 8)
    text = result.as_text()
    assert "BLEU: doing nothing is better than cleanup." in text
    assert text.count("wrong: words/paris") == 2
    assert text.endswith("\n")


def test_every_table_has_the_row_of_doing_nothing(tmp_path: Path) -> None:
    tables = [part for part in harmed(tmp_path).as_text().split("\n\n") if "  lines  " in part or part[:4] == "rule"]
    assert len(tables) == 4  # rules, all, pairs, systems
    assert all("do nothing" in table for table in tables)


def test_scores_are_those_of_sacrebleu(tmp_path: Path) -> None:
    from sacrebleu import corpus_bleu, corpus_chrf

    text = ["They dont know what it is about.", "It isnt over until the lady sings.", "No change in this line at all."]
    human = [
        "They don't know what this is about.",
        "It isn't over till the lady sings.",
        "No change in that line at all.",
    ]
    mended = ["They don't know what it is about.", "It isn't over until the lady sings.", text[2]]
    result = evaluate([corpus(tmp_path, ("\n".join(text), "\n".join(human)))], Settings(select=(CONTRACTION,)))
    bleu, chrf = result.rows[0].scores["BLEU"], result.rows[0].scores["chrF++"]
    assert bleu.before == pytest.approx(corpus_bleu(text, [human]).score)
    assert bleu.after == pytest.approx(corpus_bleu(mended, [human]).score)
    assert chrf.before == pytest.approx(corpus_chrf(text, [human], word_order=2).score)
    assert chrf.after == pytest.approx(corpus_chrf(mended, [human], word_order=2).score)
    assert bleu.low is not None
    assert bleu.high is not None
    assert bleu.low <= bleu.difference <= bleu.high


def test_removed_line_is_an_empty_line(tmp_path: Path) -> None:
    more = "Many people came to see it and walked across to the other side and back, as nobody had for seven years."
    body = f"The mayor opened the new bridge on Monday.\nREAD ALSO: Ten ways to save water\n{more}"
    human = f"The mayor opened the new bridge on Monday.\n\n{more}"
    result = evaluate([corpus(tmp_path, (body, human))], Settings(select=("structure/promo-line",)))
    assert [(j.verdict, j.line, j.after) for j in result.judged] == [("right", 2, "")]
    assert (result.rows[0].lines, result.rows[0].changed, result.rows[0].bettered) == (3, 1, 1)
    assert result.rows[0].scores["BLEU"].after == pytest.approx(100)


def test_documents_that_do_not_fit_are_named(tmp_path: Path) -> None:
    path = corpus(tmp_path, ("One.\nTwo.", "One."), ("One.\nTwo.\n", "One.\nTwo."), ("One.\n", "One.\n\n"))
    result = evaluate([path], Settings())
    place = f"{tmp_path.name}/set"
    assert result.left_out == (
        f"{place}: d0: 2 lines, but 1 in the reference",
        f"{place}: d2: 1 lines, but 2 in the reference",
    )
    assert result.rows[0].lines == 2
    assert "left out: " in result.as_text()


def test_nothing_to_judge_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"text": "One."}\n', "utf-8")
    with pytest.raises(DocumentError, match="no reference"):
        evaluate([path], Settings())


def test_aligned_files(tmp_path: Path) -> None:
    (tmp_path / "ref.txt").write_text("They don't know.\nIt isn't over.\n", "utf-8")
    (tmp_path / "a.txt").write_text("They dont know.\nIt isn't over.\n", "utf-8")
    (tmp_path / "b.txt").write_text("They don't know.\nIt is over.\n", "utf-8")
    (tmp_path / "c.txt").write_text("They don't know.\n", "utf-8")
    systems = {name: tmp_path / f"{name}.txt" for name in "abc"}
    done: list[int] = []
    result = evaluate([], Settings(), systems=systems, references=tmp_path / "ref.txt", progress=done.append)
    assert done == [1, 2]
    assert result.left_out == ("ref: c: 1 lines, but 2 in the reference",)
    assert [(r.name, r.changed, r.bettered) for r in result.rows] == [("all", 1, 1), ("a", 1, 1), ("b", 0, 0)]
    assert result.rows[2].ter_before is None
    assert result.resampled == "lines"
    with pytest.raises(DocumentError, match="references"):
        evaluate([], Settings(), systems=systems)


def test_json_is_complete_and_the_same_every_time(tmp_path: Path) -> None:
    first = harmed(tmp_path).as_json()
    assert json.loads(json.dumps(first)) == first
    assert first["signature"].startswith("mt-cleanup|lang:en|")
    assert "nw:2" in first["score_signatures"]["chrF++"]
    assert first["score_signatures"]["BLEU"].endswith("|bs:200|seed:12345")
    assert [s["verdict"] for s in first["samples"]] == ["wrong", "wrong"]
    again = evaluate([tmp_path / "set.jsonl.gz"], harmful_again(tmp_path), samples=2, resamples=200).as_json()
    assert again == first


def harmful_again(folder: Path) -> Settings:
    return Settings(rules=(folder / "cards",), select=("words/paris", CONTRACTION))


def test_samples_do_not_trick_the_terminal(tmp_path: Path) -> None:
    path = corpus(tmp_path, ("\x1b[2J They dont know.", "They don't know."))
    text = evaluate([path], Settings(select=(CONTRACTION,)), samples=1).as_text()
    assert "\x1b" not in text
    assert r"\x1b[2J" in text


def test_no_interval_without_units() -> None:
    scorer = Scorer()
    one = scorer.statistics(["a b c d"], ["a b c d"])
    assert scorer.compare(one, one, 100)["BLEU"].low is None
