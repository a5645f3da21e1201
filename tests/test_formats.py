"""The formats: what they show, that patches apply, and that nothing tricks a terminal."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

import cleanup
from cleanup import Change, Diagnostic, Edit, Fix, Report
from cleanup.formats import findings
from cleanup.formats.escape import visible
from cleanup.formats.passages import Lines, passages
from cleanup.formats.terminal import coloured_diff
from cleanup.formats.unified import unified_diff
from cleanup.formats.words import word_diff

RULE = "words/some-rule"


def report_of(text: str, edits: Iterable[tuple[int, int, str]], evidence: str = "") -> Report:
    changes = tuple(Change("body", s, e, text[s:e], new, (RULE,), n) for n, (s, e, new) in enumerate(edits))
    diagnostics = tuple(Diagnostic(RULE, c.start, c.end, "A fault.", evidence, outcome="applied") for c in changes)
    return Report(text, cleanup.apply(text, changes), changes, diagnostics, "signature")


def swapped(text: str, *pairs: tuple[str, str], evidence: str = "") -> Report:
    edits = [(text.index(old), text.index(old) + len(old), new) for old, new in pairs]
    return report_of(text, sorted(edits), evidence)


# --- places and passages


def test_lines_end_at_line_feeds_only_and_a_byte_order_mark_takes_no_column() -> None:
    text = "\ufeffab\u2028c\rd\r\nef\n"
    lines = Lines(text)
    assert lines.place(text.index("a")) == (1, 1)
    assert lines.place(text.index("d")) == (1, 6)
    assert lines.place(text.index("f")) == (2, 2)
    assert lines.place(len(text)) == (3, 1)
    assert text[lines.start(9) : lines.end(9)] == "ef"
    assert text[: lines.end(0)].endswith("d")


@pytest.mark.parametrize(
    ("text", "edits", "shown"),
    [
        ("in kyiv.", [(3, 4, "K")], [("kyiv", "Kyiv")]),
        ("the captainespecially so", [(11, 11, " ")], [("captainespecially", "captain especially")]),
        ("de ploy it", [(2, 3, "")], [("de ploy", "deploy")]),
        ("deal. in", [(4, 5, "")], [(".", "")]),
        ("dont cant", [(3, 3, "'"), (8, 8, "'")], [("dont", "don't"), ("cant", "can't")]),
        ("youdidnt", [(3, 3, " "), (7, 7, "'")], [("youdidnt", "you didn't")]),
        ("नमस्तेx", [(6, 7, "")], [("नमस्तेx", "नमस्ते")]),
        ("字" * 90 + "x", [(90, 91, "")], [("x", "")]),
    ],
)
def test_changes_are_shown_in_whole_words(
    text: str, edits: list[tuple[int, int, str]], shown: list[tuple[str, str]]
) -> None:
    report = report_of(text, edits)
    made = passages(text, report.changes)
    assert [(p.before, p.after) for p in made] == shown
    assert sum(len(p.changes) for p in made) == len(edits)


# --- words


def test_word_diff_gives_line_context_and_rules() -> None:
    text = "Title\n\nOne two three four five six they dont know the way to it at all, said he.\n"
    assert swapped(text, ("dont", "don't")).diff() == (
        f"line 3: … four five six they [-dont-]{{+don't+}} know the way to …  ({RULE})\n"
    )


def test_word_diff_is_empty_without_changes_and_knows_a_title_given_apart() -> None:
    assert word_diff(report_of("text", [])) == ""
    report = cleanup.clean("Nothing here.", title="They dont know")
    assert word_diff(report).startswith("title 1: They [-dont-]{+don't+} know  (words/lost-contraction")


def test_word_diff_of_a_megabyte_on_one_line_is_short() -> None:
    text = "word " * 200_000 + "dont " + "x" * 500_000
    assert len(swapped(text, ("dont", "don't")).diff()) < 500


# --- terminal


def test_terminal_shows_place_words_rules_and_evidence() -> None:
    text = "First.\nThey dont know.\n"
    assert coloured_diff(swapped(text, ("dont", "don't"), evidence="what it saw"), "a.txt", False) == (
        f"a.txt:2\n  They [-dont-]{{+don't+}} know.\n    {RULE}  what it saw\n"
    )


def test_terminal_colours_and_strikes_when_asked() -> None:
    shown = coloured_diff(swapped("They dont know.", ("dont", "don't")), "a.txt", True)
    assert "\x1b[9m\x1b[31mdont\x1b[0m\x1b[32mdon't\x1b[0m" in shown
    assert "[-" not in shown


def test_terminal_names_the_change_where_a_line_has_several_and_elides_between() -> None:
    text = "Start " + "x" * 200 + " dont " + "many words " * 30 + "isnt " + "end " * 50
    shown = coloured_diff(swapped(text, ("dont", "don't"), ("isnt", "isn't")), "a.txt", False)
    head, line, *notes = shown.splitlines()
    assert (head, len(notes)) == ("a.txt:1", 2)
    assert notes[0].strip().startswith("dont → don't: ")
    assert line.count("…") == 3
    assert len(line) < 330


def test_terminal_shows_a_removed_paragraph_by_itself() -> None:
    text = "One.\n\nREAD ALSO: more\n\nThey dont know.\n"
    shown = coloured_diff(swapped(text, ("READ ALSO: more\n\n", ""), ("dont", "don't")), "a.txt", False)
    assert "a.txt:3\n  [-READ ALSO: more\\n\\n-]\n" in shown
    assert "a.txt:5\n  They [-dont-]" in shown


# --- escapes

HOSTILE = "\x1b]0;owned\x07 \x9b2J \u202eevil\u2066 \u2028 \x7f \ud800 \ufeff\r"


def test_escapes_are_visible() -> None:
    assert visible("a\x1bb\u202ec\ud800\n") == r"a\x1bb\u202ec\ud800\n"
    assert visible("a\n\tb", keep="\n\t") == "a\n\tb"
    assert visible("déjà “vu” 字 ‍ ok") == "déjà “vu” 字 ‍ ok"


def test_no_format_lets_an_escape_through() -> None:
    text = f"They dont know {HOSTILE} here.\n".replace("]", "").replace(";", "")
    report = swapped(text, ("dont", f"do{HOSTILE}nt".replace("]", "").replace(";", "")), evidence=HOSTILE)
    spread = [*findings.located(report, f"a{HOSTILE}.txt")]
    for shown in (
        word_diff(report),
        coloured_diff(report, f"a{HOSTILE}.txt", False),
        findings.listing(spread),
        findings.statistics(spread),
        findings.as_json(spread),
    ):
        assert shown
        for character in "\x1b\x07\x9b\u202e\u2066\u2028\x7f\ud800\ufeff\r":
            if not (character == "\x7f" and shown.startswith("[\n")):  # JSON is for programs; DEL does nothing
                assert character not in shown, repr(character)


# --- unified


def apply_with(command: list[str], folder: Path, name: str, report: Report, patch: str) -> bytes:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(report.original.encode())
    done = subprocess.run(command, cwd=folder, input=patch.encode(), capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr, patch)
    return path.read_bytes()


PATCHERS = {"patch": ["patch", "-p1", "--no-backup-if-mismatch"], "git": ["git", "apply", "--whitespace=nowarn", "-"]}
LONG = "".join(f"Line {n} dont\n" for n in range(40))


@pytest.mark.parametrize("tool", PATCHERS)
@pytest.mark.parametrize("name", ["a.txt", "sub/with space.txt", 'q"uo\\te.txt', "naïve.txt", "tab\there.txt"])
def test_a_patch_finds_its_file(tmp_path: Path, tool: str, name: str) -> None:
    report = swapped("They dont know.\n", ("dont", "don't"))
    patch = unified_diff(report, name)
    assert apply_with(PATCHERS[tool], tmp_path, name, report, patch) == report.corrected.encode()


@pytest.mark.parametrize("tool", PATCHERS)
@pytest.mark.parametrize(
    "report",
    [
        swapped("They dont know", ("dont", "don't")),
        swapped("no change here\nThey dont know", ("no", "No")),
        swapped("end goes\nlast\n", ("t\n", "t")),
        swapped("end comes\nlast", ("last", "last\n")),
        swapped("one\r\nThey dont\r\nthree\r\n", ("dont", "don't")),
        swapped("one\rThey dont\rthree\n", ("dont", "don't")),
        swapped("one\u2028They dont\u0085three\x0c\nlast\n", ("dont", "don't")),
        swapped("\ufeffThey dont\nknow\n", ("dont", "don't")),
        swapped("One.\n\nREAD ALSO: x\n\nTwo.\n", ("READ ALSO: x\n\n", "")),
        swapped("One.\n\nTwo.\n\nREAD ALSO: x", ("\n\nREAD ALSO: x", "")),
        swapped("READ ALSO: x\n\nOne.\n", ("READ ALSO: x\n\n", "")),
        swapped("all of it\n", ("all of it\n", "")),
        swapped("dont dont2\n", ("dont", "don't"), ("dont2", "don't\nyou")),
        swapped("a\nb\nc\nd\n", ("b\nc", "x\ny\nz"), ("d", "D")),
        swapped(LONG, ("0 dont", "0"), ("7 dont\n", "7\n\n"), ("15 dont\n", ""), ("39 dont\n", "39")),
    ],
    ids=lambda report: ascii(report.original)[:24],
)
def test_patches_apply(tmp_path: Path, tool: str, report: Report) -> None:
    patch = unified_diff(report, "a.txt")
    assert apply_with(PATCHERS[tool], tmp_path, "a.txt", report, patch) == report.corrected.encode()


@pytest.mark.parametrize("tool", PATCHERS)
def test_any_changes_make_a_patch_that_applies(tmp_path: Path, tool: str) -> None:
    chance = random.Random(20)
    reports = {f"{number}.txt": _any_report(chance) for number in range(150)}
    for name, report in reports.items():
        (tmp_path / name).write_bytes(report.original.encode())
    patch = "".join(unified_diff(report, name) for name, report in reports.items())
    done = subprocess.run(PATCHERS[tool], cwd=tmp_path, input=patch.encode(), capture_output=True, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert b"fuzz" not in done.stdout
    for name, report in reports.items():
        assert (tmp_path / name).read_bytes() == report.corrected.encode(), ascii(report)


def _any_report(chance: random.Random) -> Report:
    text = "".join(chance.choices("ab \n\r\u2028é", [9, 9, 4, 5, 1, 1, 1], k=chance.randint(5, 300))) + "z"
    edits, at = [], 0
    for _ in range(chance.randint(1, 6)):
        start = at + chance.randint(0, 40)
        end = start + chance.choice([0, 0, 1, 2, 20])
        if end >= len(text):
            break
        edits.append((start, end, chance.choice(["", "", "x", "x\ny", "\n", "\r\n"])))
        at = end + 1
    return report_of(text, edits)


def test_a_patch_of_no_change_is_empty() -> None:
    assert unified_diff(report_of("text\n", []), "a.txt") == ""
    assert unified_diff(swapped("text\n", ("text", "text")), "a.txt") == ""


# --- findings


def some_report() -> Report:
    text = "\ufeffOne dont\nTwo isnt\n"
    fix = Fix((Edit(5, 9, "don't"),))
    return Report(
        text,
        text,
        (),
        (
            Diagnostic("words/a", 5, 9, "Lost.", "why", "safe", fix=fix, outcome="applied"),
            Diagnostic("words/b", 14, 18, "Odd.", "", "unsafe", fix=fix),
            Diagnostic("words/b", 14, 18, "Odd.", "", "safe", fix=fix, outcome="refused: inside code"),
            Diagnostic("words/c", 14, 19, "Look.", "", "display-only"),
        ),
        "signature",
    )


def test_a_listing_has_places_marks_and_outcomes() -> None:
    assert findings.listing(findings.located(some_report(), "a.txt")).splitlines() == [
        "a.txt:1:5: words/a [*] Lost. (why)",
        "a.txt:2:5: words/b Odd.",
        "a.txt:2:5: words/b Odd. [refused: inside code]",
        "a.txt:2:5: words/c Look.",
    ]


def test_json_has_everything_and_places_agree_with_offsets() -> None:
    rows = json.loads(findings.as_json(findings.located(some_report(), "a.txt")))
    assert rows[0] == {
        "path": "a.txt", "line": 1, "col": 5, "end_line": 1, "end_col": 9, "start": 5, "end": 9, "rule": "words/a",
        "message": "Lost.", "evidence": "why", "tier": "safe", "effect": "repair", "severity": "minor",
        "outcome": "applied", "edits": [[5, 9, "don't"]],
    }  # fmt: skip
    assert (rows[3]["end_line"], rows[3]["end_col"], rows[3]["edits"]) == (3, 1, [])
    assert json.loads(findings.as_json([])) == []


def test_statistics_count_by_rule_and_tier() -> None:
    table = findings.statistics(findings.located(some_report(), "a.txt")).split("\n")
    assert [row.split()[1:3] for row in table[:-1]] == [
        ["words/a", "safe"],
        ["words/b", "safe"],
        ["words/b", "unsafe"],
        ["words/c", "display-only"],
    ]
    assert findings.statistics([]) == ""


def test_the_summary_tells_what_is_listed_and_what_is_not() -> None:
    tally = findings.Tally()
    tally.add([], [])
    assert tally.summary() == "No faults in 1 text."
    found = findings.located(some_report(), "a.txt")
    tally.add(found, [f for f in found if findings.certain("unsafe")(f)])
    assert tally.summary() == (
        "Found 2 faults in 1 of 2 texts (1 fixable with `cleanup fix`, 1 with --unsafe); "
        "1 more is display-only, 1 repair refused (--show all)."
    )
