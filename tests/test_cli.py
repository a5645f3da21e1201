"""The command, from outside: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Command, Result

import cleanup
from cleanup import Change

FAULTY = "They dont know.\nIt isnt over.\n"
MENDED = "They don't know.\nIt isn't over.\n"
CLEAN = "Nothing is wrong with this text.\n"
PROMO = "The council met on Tuesday and put off the works.\n" * 12


def put(**texts: str | bytes) -> None:
    """Files in the current folder: ``a__b=...`` is ``a/b.txt``."""
    for name, text in texts.items():
        path = Path(name.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def tree() -> dict[str, str]:
    return {p.as_posix(): p.read_bytes().decode("latin-1") for p in sorted(Path().rglob("*")) if p.is_file()}


# --- check


def test_check_lists_findings_and_sums_up(run: Command) -> None:
    put(a=FAULTY, b=CLEAN)
    result = run("check", "a.txt", "b.txt")
    assert result.code == 1
    first, second = result.out.splitlines()
    assert first.startswith("a.txt:1:6: words/lost-contraction [*] A contraction has lost its apostrophe.")
    assert second.startswith("a.txt:2:4: words/lost-contraction [*] ")
    assert result.err == "Found 2 faults in 1 of 2 texts (2 fixable with `cleanup fix`).\n"


def test_check_of_a_clean_text_is_silent_but_for_the_summary(run: Command) -> None:
    put(a=CLEAN)
    assert run("check", "a.txt") == Result(0, "", "No faults in 1 text.\n")
    assert run("check", "-q", "a.txt") == Result(0, "", "")


def test_check_reads_standard_input_and_folders(run: Command) -> None:
    put(in__b=FAULTY, in__sub__a=FAULTY)
    assert run("check", "-", stdin=FAULTY.encode()).out.startswith("-:1:6: words/")
    assert {line.split(":")[0] for line in run("check", "in").out.splitlines()} == {"in/b.txt", "in/sub/a.txt"}


@pytest.mark.parametrize(
    ("fail_on", "codes"),
    [("safe", [1, 0, 0, 0]), ("unsafe", [1, 1, 0, 0]), ("display-only", [1, 1, 1, 0]), ("never", [0, 0, 0, 0])],
)
def test_fail_on_names_the_least_certain_finding_that_counts(run: Command, fail_on: str, codes: list[int]) -> None:
    """``codes`` are those of a safe finding, an unsafe one, a display-only one, and none."""
    put(a=FAULTY)
    for found, code in zip(("safe", "unsafe", "display-only", None), codes, strict=True):
        Path("cleanup.toml").write_text(f'[tiers]\n"words/lost-contraction" = "{found or "safe"}"\n')
        options = ["--ignore", "words/lost-contraction"] if found is None else []
        assert run("check", "a.txt", "--fail-on", fail_on, *options).code == code


def test_display_only_findings_are_counted_and_listed_on_demand(run: Command) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text('[tiers]\n"words/lost-contraction" = "display-only"\n')
    result = run("check", "a.txt")
    assert (result.code, result.out) == (0, "")
    assert "2 more are display-only (--show all)" in result.err
    assert len(run("check", "a.txt", "--show", "all").out.splitlines()) == 2
    assert len(run("check", "a.txt", "--fail-on", "display-only").out.splitlines()) == 2


def test_unsafe_findings_are_listed_and_their_fixes_asked_for(run: Command) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text('[tiers]\n"words/lost-contraction" = "unsafe"\n')
    waiting, asked = run("check", "a.txt"), run("check", "a.txt", "--unsafe")
    assert "[*]" not in waiting.out
    assert "(2 with --unsafe)" in waiting.err
    assert asked.out.count("[*]") == 2
    assert run("fix", "a.txt").out == FAULTY
    assert run("fix", "a.txt", "--unsafe").out == MENDED


def test_check_as_json_and_as_statistics(run: Command) -> None:
    put(a=FAULTY)
    rows = json.loads(run("check", "a.txt", "--format", "json").out)
    assert [(row["path"], row["line"], row["col"], row["end_col"]) for row in rows] == [
        ("a.txt", 1, 6, 10),
        ("a.txt", 2, 4, 8),
    ]
    assert run("check", "a.txt", "--statistics").out.split()[:3] == ["2", "words/lost-contraction", "safe"]
    assert run("check", "a.txt", "--statistics", "--format", "json").code == 2


def test_select_and_ignore_take_ids_and_stages_in_lists(run: Command) -> None:
    put(a=FAULTY)
    assert run("check", "a.txt", "--select", "words,sentences").code == 1
    assert run("check", "a.txt", "--select", "sentences", "--select", "structure").code == 0
    assert run("check", "a.txt", "--ignore", "sentences,words/lost-contraction").code == 0
    assert run("check", "a.txt", "--lang", "de").code == 0


def test_no_removals_keeps_paragraphs(run: Command) -> None:
    text = f"{PROMO}\nREAD ALSO: Ten ways to save water\n\n{PROMO}"
    put(a=text)
    assert "READ ALSO" not in run("fix", "a.txt", "--select", "structure/promo-line").out
    assert run("fix", "a.txt", "--select", "structure/promo-line", "--no-removals").out == text


# --- configuration


def test_the_nearest_configuration_counts_unless_told_otherwise(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    put(sub__a=FAULTY)
    Path("pyproject.toml").write_text('[tool.cleanup]\nignore = ["words"]\n')
    Path("other.toml").write_text('select = ["sentences"]\n')
    monkeypatch.chdir("sub")
    assert run("check", "a.txt").code == 0
    assert run("check", "a.txt", "--isolated").code == 1
    Path("cleanup.toml").write_text("")
    assert run("check", "a.txt").code == 1
    assert run("check", "a.txt", "--config", "../other.toml").code == 0


def test_all_faults_of_a_configuration_and_of_cards_are_told_with_their_lines(run: Command) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text('lang = 3\nselct = ["words"]\n')
    result = run("fix", "a.txt")
    assert (result.code, result.out) == (2, "")
    assert "cleanup.toml:1: lang" in result.err
    assert "cleanup.toml:2: unknown setting 'selct'; did you mean select" in result.err
    Path("cleanup.toml").write_text('rules = ["own"]\n')
    Path("own/words").mkdir(parents=True)
    Path("own/words/one.toml").write_text('says = "x"\ndetect = "swop"\ntier = "sure"\n')
    Path("own/words/two.toml").write_text("says = \n")
    result = run("check", "a.txt")
    assert result.code == 2
    for told in ("one.toml:2: no detector 'swop'", "one.toml:3: tier must be", "two.toml:1: not TOML"):
        assert told in result.err


def test_an_unknown_rule_names_the_nearest(run: Command) -> None:
    put(a=FAULTY)
    result = run("fix", "a.txt", "--select", "words/lost-contractions")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cleanup: unknown rule 'words/lost-contractions'; did you mean words/lost-contraction")


def test_a_run_that_would_differ_is_stopped(run: Command) -> None:
    put(a=FAULTY)
    for setting in ('required-version = "0.0.1"', 'required-signature = "another"'):
        Path("cleanup.toml").write_text(f"{setting}\n")
        result = run("fix", "a.txt", "--in-place")
        assert result.code == 2
        assert "is required" in result.err
    assert Path("a.txt").read_text() == FAULTY


# --- diff


def test_diff_shows_changes_and_their_rules(run: Command) -> None:
    put(a=FAULTY, b=CLEAN)
    result = run("diff", "a.txt", "b.txt")
    assert result.code == 1
    assert "a.txt:1\n  They [-dont-]{+don't+} know.\n    words/lost-contraction" in result.out
    assert result.err == "2 changes in 1 of 2 texts.\n"
    assert run("diff", "-q", "b.txt") == Result(0, "", "")


def test_colour_is_asked_for_or_left_to_the_environment(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    put(a=FAULTY)
    for verb in ("check", "diff"):
        assert "\x1b[" not in run(verb, "a.txt").out
        assert "\x1b[" in run(verb, "a.txt", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m" in run("diff", "a.txt").out
    assert "\x1b[" not in run("diff", "a.txt", "--color", "never").out
    assert "\x1b[" in run("rules", "--color", "always").out


@pytest.mark.parametrize("tool", [["patch", "-p1", "-s"], ["git", "apply", "-"]])
def test_a_unified_diff_of_a_folder_can_be_applied(run: Command, tool: list[str]) -> None:
    put(in__a=FAULTY, in__b=CLEAN, in__sub__c=FAULTY.replace("\n", "\r\n").rstrip())
    result = run("diff", "in", "--format", "unified")
    assert result.code == 1
    subprocess.run(tool, input=result.out.encode(), check=True)
    assert Path("in/a.txt").read_text() == MENDED
    assert run("diff", "in") == Result(0, "", "0 changes in 0 of 3 texts.\n")


def test_a_unified_diff_from_outside_names_the_path_below_the_root(run: Command, tmp_path: Path) -> None:
    put(a=FAULTY, sub__b=CLEAN)
    os.chdir("sub")
    outside = (tmp_path / "a.txt").as_posix()
    assert run("diff", "../a.txt", "--format", "unified").out.startswith(f"--- a{outside}\n+++ b{outside}\n")
    assert run("diff", "-", "--format", "unified", stdin=FAULTY.encode()).out.startswith("--- a/stdin\n")


def test_what_is_in_a_text_does_not_reach_the_terminal(run: Command) -> None:
    put(**{"a\x1b[31m": "They dont \x1b[2J\u202eknow.\n"})
    for argv in (["check"], ["diff"], ["check", "--format", "json"], ["check", "--statistics"]):
        result = run(*argv, "a\x1b[31m.txt")
        assert result.code == 1
        assert "\x1b" not in result.out + result.err
        assert "\u202e" not in result.out + result.err
    assert r"They [-dont-]{+don't+} [-\x1b[2J-]\u202eknow." in run("diff", "a\x1b[31m.txt").out
    assert "\x1b" not in run("check", "none\x1b[31m.txt").err


# --- fix


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (FAULTY, MENDED),
        ("\ufeffThey dont\r\nknow\r", "\ufeffThey don't\r\nknow\r"),
        ("a\u2028b\ud7ff", "a\u2028b\ud7ff"),
    ],
)
def test_fix_prints_the_corrected_text_and_nothing_else(run: Command, text: str, mended: str) -> None:
    put(a=text)
    assert run("fix", "a.txt") == Result(0, mended, "")
    assert run("fix", "-", stdin=text.encode()) == Result(0, mended, "")
    assert Path("a.txt").read_bytes().decode() == text


def test_fix_can_tell_by_its_exit_code(run: Command) -> None:
    put(a=FAULTY, b=CLEAN)
    assert run("fix", "--exit-code", "a.txt").code == 1
    assert run("fix", "--exit-code", "b.txt").code == 0


def test_several_texts_need_a_place_to_go(run: Command) -> None:
    put(in__a=FAULTY, b=CLEAN)
    for paths in (["in"], ["b.txt", "in/a.txt"]):
        result = run("fix", *paths)
        assert (result.code, result.out) == (2, "")
        assert "-o FOLDER, or --in-place" in result.err


def test_fix_into_a_file(run: Command) -> None:
    put(a=FAULTY)
    assert run("fix", "a.txt", "-o", "b.txt") == Result(0, "", "2 changes in 1 of 1 text.\n")
    assert tree() == {"a.txt": FAULTY, "b.txt": MENDED}
    assert run("fix", "-q", "-", "-o", "c.txt", stdin=FAULTY.encode()) == Result(0, "", "")
    assert Path("c.txt").read_text() == MENDED


def test_fix_into_a_folder_mirrors_the_tree(run: Command) -> None:
    put(in__a=FAULTY, in__sub__b=CLEAN, c=FAULTY)
    Path("in/picture.png").write_bytes(b"\0")
    result = run("fix", "in", "c.txt", "-o", "out")
    assert result.code == 0
    assert result.err == "skipped in/picture.png: not a .txt or .md file\n4 changes in 2 of 3 texts.\n"
    written = {name: text for name, text in tree().items() if name.startswith("out/")}
    assert written == {"out/a.txt": MENDED, "out/sub/b.txt": CLEAN, "out/c.txt": MENDED}
    assert Path("in/a.txt").read_text() == FAULTY
    assert run("fix", "-q", "c.txt", "-o", "new/").code == 0
    assert Path("new/c.txt").read_text() == MENDED


def test_foreign_files_are_overwritten_only_by_force(run: Command) -> None:
    put(in__a=FAULTY, in__b=FAULTY, out__a="another text", out__b=MENDED)
    result = run("fix", "in", "-o", "out")
    assert result.code == 3
    assert "out/a.txt: is there already and is something else; --force overwrites it" in result.err
    assert Path("out/a.txt").read_text() == "another text"
    assert run("fix", "in/a.txt", "-o", "out/a.txt").code == 2
    assert run("fix", "in", "-o", "out", "--force").code == 0
    assert Path("out/a.txt").read_text() == MENDED


def test_a_text_that_is_read_is_never_the_output(run: Command) -> None:
    put(in__a=FAULTY, in__sub__a=CLEAN)
    before = tree()
    for argv in (["in", "-o", "in"], ["in/a.txt", "-o", "in/a.txt"], ["in/a.txt", "in/sub/a.txt", "-o", "out"]):
        result = run("fix", *argv, "--force")
        assert result.code == 2, argv
        assert "in-place" in result.err or "would both become out/a.txt" in result.err
    assert tree() == before


def test_results_inside_the_folder_are_not_read_again(run: Command) -> None:
    put(in__a=FAULTY)
    for _ in range(2):
        assert run("fix", "in", "-o", "in/out").code == 0
    assert tree() == {"in/a.txt": FAULTY, "in/out/a.txt": MENDED}


def test_in_place_rewrites_what_changes_and_keeps_account(run: Command) -> None:
    put(in__a=FAULTY, in__b=CLEAN)
    os.chmod("in/a.txt", 0o600)
    untouched = os.stat("in/b.txt").st_mtime_ns
    result = run("fix", "in", "--in-place")
    assert (result.code, result.out, result.err) == (0, "", "2 changes in 1 of 2 texts.\n")
    assert set(tree()) == {"in/a.txt", "in/a.txt.cleanup.jsonl", "in/b.txt"}
    assert Path("in/a.txt").read_text() == MENDED
    assert os.stat("in/a.txt").st_mode & 0o777 == 0o600
    assert os.stat("in/b.txt").st_mtime_ns == untouched


def test_the_ledger_is_enough_to_undo(run: Command) -> None:
    text = "\ufeffThey dont\r\nknow “it”. It isnt over.\r\n"
    put(a=text)
    run("fix", "a.txt", "--in-place")
    after = Path("a.txt").read_bytes()
    head, *rows = map(json.loads, Path("a.txt.cleanup.jsonl").read_text().splitlines())
    assert list(head) == ["mt-cleanup", "signature", "path", "sha256_before", "sha256_after"]
    assert head["path"] == "a.txt"
    assert head["sha256_before"] == hashlib.sha256(text.encode()).hexdigest()
    assert head["sha256_after"] == hashlib.sha256(after).hexdigest()
    changes = [Change(**{**row, "rules": tuple(row["rules"])}) for row in rows]
    assert cleanup.apply(text, changes).encode() == after
    back, grown = [], 0
    for change in changes:
        start = change.start + grown
        back.append(
            Change("body", start, start + len(change.after), change.after, change.before, change.rules, change.group)
        )
        grown += len(change.after) - len(change.before)
    assert cleanup.apply(after.decode(), back) == text


def test_a_second_run_adds_to_the_ledger(run: Command) -> None:
    put(a=FAULTY)
    run("fix", "a.txt", "--in-place")
    first = Path("a.txt.cleanup.jsonl").read_text()
    run("fix", "a.txt", "--in-place")
    assert Path("a.txt.cleanup.jsonl").read_text() == first
    Path("a.txt").write_text(MENDED + "They dont care.\n")
    run("fix", "a.txt", "--in-place")
    second = Path("a.txt.cleanup.jsonl").read_text()
    assert second.startswith(first)
    assert [("mt-cleanup" in json.loads(line)) for line in second.splitlines()] == [True, False, False, True, False]


def test_in_place_without_a_ledger_and_beside_a_foreign_one(run: Command) -> None:
    put(a=FAULTY, b=FAULTY)
    assert run("fix", "a.txt", "--in-place", "--no-ledger").code == 0
    assert set(tree()) == {"a.txt", "b.txt"}
    Path("b.txt.cleanup.jsonl").write_text("my notes")
    result = run("fix", "b.txt", "--in-place")
    assert result.code == 2
    assert "no ledger of ours" in result.err
    assert Path("b.txt").read_text() == FAULTY


@pytest.mark.parametrize("old", [None, '{"mt-cleanup": "0"}\n'])
def test_when_the_text_cannot_be_written_the_ledger_says_nothing(
    run: Command, monkeypatch: pytest.MonkeyPatch, old: str | None
) -> None:
    put(a=FAULTY)
    if old:
        Path("a.txt.cleanup.jsonl").write_text(old)
    before, replace = tree(), os.replace

    def only_the_ledger(source: Path, target: Path) -> None:
        if not str(target).endswith(".jsonl"):
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", only_the_ledger)
    result = run("fix", "a.txt", "--in-place")
    assert result.code == 2
    assert "a.txt: cannot be written: No space left on device" in result.err
    assert tree() == before


def test_in_place_and_other_ways_do_not_mix(run: Command) -> None:
    put(a=FAULTY)
    for argv in (["a.txt", "--in-place", "-o", "b.txt"], ["-", "--in-place"], ["-", "a.txt", "-o", "out"]):
        assert run("fix", *argv).code == 2
    assert tree() == {"a.txt": FAULTY}


# --- bad input and output

BAD = {
    "latin": (b"caf\xe9\n", "byte offset 3"),
    "binary": (b"a\0b", "NUL byte at byte offset 1"),
    "empty": (b"", "empty"),
    "missing": (None, "no such file"),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("verb", [["check"], ["diff"], ["fix"], ["fix", "--in-place"], ["fix", "-o", "out.txt"]])
def test_a_bad_text_is_refused_untouched(run: Command, kind: str, verb: list[str]) -> None:
    data, said = BAD[kind]
    if data is not None:
        put(bad=data)
    before = tree()
    result = run(*verb, "bad.txt")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cleanup: bad.txt: ")
    assert said in result.err
    assert tree() == before


@pytest.mark.parametrize("kind", BAD)
def test_good_texts_beside_bad_ones_are_worked_on(run: Command, kind: str) -> None:
    data, said = BAD[kind]
    put(good=FAULTY)
    if data is not None:
        put(bad=data)
    for verb, code in ((["check"], 2), (["diff"], 2), (["fix", "-o", "out"], 3), (["fix", "--in-place"], 3)):
        result = run(*verb, "bad.txt", "good.txt")
        assert result.code == code, verb
        assert said in result.err
        assert ("good.txt" in result.out) == (code == 2)
    assert Path("out/good.txt").read_text() == MENDED
    assert Path("good.txt").read_text() == MENDED
    assert not Path("out/bad.txt").exists()


def test_a_text_above_the_limit_names_limit_and_setting(run: Command) -> None:
    put(a="x" * 2000)
    Path("cleanup.toml").write_text("max-bytes = 1000\n")
    for argv, stdin in ((["a.txt"], b""), (["-"], b"x" * 2000)):
        result = run("check", *argv, stdin=stdin)
        assert result.code == 2
        assert "limit of 1,000 bytes" in result.err
        assert "`max-bytes`" in result.err


def test_a_line_of_fifty_megabytes_is_refused_at_once(run: Command) -> None:
    with open("a.txt", "wb") as handle:
        handle.truncate(50_000_000)
    result = run("fix", "a.txt", "--in-place")
    assert result.code == 2
    assert "50,000,000 bytes long, above the limit of 16,000,000 bytes" in result.err


def test_a_rule_that_runs_out_of_time_fails_its_record_only(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    put(slow=FAULTY, good=FAULTY)
    calls = iter((True, False))

    def slow_once(text: str, **options: object) -> object:
        if next(calls):
            raise TimeoutError("the expression 'x' took more than 2 s on this text")
        return cleanup.clean(text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("cleanup.verbs.common.clean", slow_once)
    result = run("fix", "slow.txt", "good.txt", "-o", "out")
    assert result.code == 3
    assert "slow.txt: given up: the expression" in result.err
    assert set(tree()) == {"slow.txt", "good.txt", "out/good.txt"}


def test_unwritable_outputs(run: Command) -> None:
    put(a=FAULTY, file="x")
    for output, said in (
        ("/dev/full", "No space left"),
        ("none/b.txt", "folder does not exist"),
        ("file.txt/b/", "folder cannot be made"),
        ("/proc/cleanup.txt", "cannot be written"),
    ):
        result = run("fix", "a.txt", "-o", output)
        assert result.code == 2, output
        assert said in result.err
    assert tree() == {"a.txt": FAULTY, "file.txt": "x"}


# --- rules


def test_rules_are_listed_stage_by_stage(run: Command) -> None:
    result = run("rules")
    assert result.code == 0
    stages = [line for line in result.out.splitlines() if line and " " not in line]
    assert stages == [s for s in ("characters", "structure", "sentences", "words") if s in stages]
    assert "words/lost-contraction" in result.out


def test_a_rule_is_explained_with_its_examples(run: Command) -> None:
    result = run("rules", "words/lost-contraction")
    assert result.code == 0
    for part in ("has lost its apostrophe", "safe: `fix` applies it", "languages  en", "wrong  They dont", "because "):
        assert part in result.out


def test_an_unknown_rule_is_answered_with_the_nearest(run: Command) -> None:
    for name in ("lost-contraction", "words/lost-contractoin"):
        result = run("rules", name)
        assert (result.code, result.out) == (2, "")
        assert "did you mean words/lost-contraction" in result.err


def test_a_users_card_is_listed_in_the_tier_of_the_configuration(run: Command) -> None:
    run("rules", "--new", "words/our-typo", "--dir", "own")
    Path("cleanup.toml").write_text('rules = ["own"]\n[tiers]\n"words/our-typo" = "unsafe"\n')
    assert "words/our-typo" in run("rules").out
    assert "`fix --unsafe` applies it (the card says safe)" in run("rules", "words/our-typo").out
    assert run("fix", "-", "--unsafe", stdin=b"most of of it\n").out == "most of it\n"


@pytest.mark.parametrize("stage", ["characters", "structure", "sentences", "words"])
def test_a_new_card_passes_its_own_test(run: Command, stage: str) -> None:
    made = run("rules", "--new", f"{stage}/our-typo")
    assert (made.code, made.out) == (0, f"rules/{stage}/our-typo.toml\n")
    assert run("rules", "--test", "rules") == Result(0, "", "1 card proved.\n")
    before = tree()
    assert run("rules", "--new", f"{stage}/our-typo").code == 2
    assert tree() == before


def test_a_new_card_wants_a_stage_and_a_plain_name(run: Command) -> None:
    for name in ("our-typo", "wrods/our-typo", "words/", "words/Our Typo", "words/../x", "words/a/b"):
        assert run("rules", "--new", name).code == 2
    assert tree() == {}


CARD = """\
says = "x"
detect = "swap"
tier = "{tier}"
languages = ["en"]
[with]
teh = "the"
"""
LEAVES = '[[leaves]]\ntext = "the end"\nwhy = "right"\n'


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ("", "2 [[mends]] are needed, the card has 0"),
        (LEAVES, "2 [[leaves]] are needed, the card has 1"),
        ('[[mends]]\nwrong = "teh end"\nright = "an end"\n', "should become 'an end', came out as 'the end'"),
        ('[[mends]]\nwrong = "`teh` end"\nright = "`the` end"\n', "refused: inside code"),
        ('[[leaves]]\ntext = "teh end"\nwhy = "no"\n', "leaves 1 (no): 'teh end': should be left alone, came out"),
        ('[[shows]]\ntext = "teh end"\nspan = "end"\n', "should be found at 'end'; found 'teh' (applied)"),
        ('[[shows]]\ntext = "the end"\nspan = "end"\n', "nothing was found"),
    ],
)
def test_cards_that_do_not_hold_are_told_with_what_came_out(run: Command, examples: str, said: str) -> None:
    Path("own/words").mkdir(parents=True)
    Path("own/words/teh.toml").write_text(CARD.format(tier="safe") + examples)
    result = run("rules", "--test", "own")
    assert result.code == 1
    assert said in result.out
    assert all(line.startswith("own/words/teh.toml: ") for line in result.out.splitlines())
    assert result.err == "1 of 1 card failed.\n"


def test_cards_that_only_display_are_proved_by_what_they_show(run: Command) -> None:
    Path("own/words").mkdir(parents=True)
    shows = '[[shows]]\ntext = "teh end"\nspan = "teh"\n' * 2
    Path("own/words/teh.toml").write_text(CARD.format(tier="display-only") + shows + LEAVES * 2)
    assert run("rules", "--test", "own").code == 0
    Path("other/words").mkdir(parents=True)
    left = '[[leaves]]\ntext = "teh end"\nwhy = "no"\n'
    Path("other/words/teh.toml").write_text(CARD.format(tier="display-only") + shows + LEAVES * 2 + left)
    assert "should be left alone, was found fault with" in run("rules", "--test", "other").out


def test_broken_cards_and_empty_folders_cannot_be_tested(run: Command) -> None:
    Path("own/words").mkdir(parents=True)
    assert "no cards" in run("rules", "--test", "own").err
    assert run("rules", "--test", "none").code == 2
    Path("broken/words").mkdir(parents=True)
    Path("broken/words/teh.toml").write_text("says = 3\n")
    result = run("rules", "--test", "broken")
    assert result.code == 2
    assert "teh.toml:1: says must be a string" in result.err
    assert run("rules", "words/x", "--test", "own").code == 2


# --- usage


def test_usage(run: Command) -> None:
    put(a=FAULTY)
    assert run("--version").out == f"mt-cleanup {cleanup.__version__}\n"
    for argv in (["--help"], ["help"], ["help", "fix"], ["fix", "--help"]):
        result = run(*argv)
        assert result.code == 0
        assert "examples:" in result.out
    for argv, said in (
        ([], "VERB"),
        (["check"], "PATH"),
        (["mend", "a.txt"], "invalid choice: 'mend'"),
        (["a.txt"], "which verb? for example: cleanup diff a.txt"),
        (["check", "a.txt", "--lang", "english"], "no language code"),
        (["check", "a.txt", "--config", "x", "--isolated"], "not allowed with"),
    ):
        result = run(*argv)
        assert (result.code, result.out) == (2, "")
        assert said in result.err


GRENIER = "Le grenier est vide , dit-il : il n’y a plus que des chaises dans la cave et des livres sur le toit !\n"


@pytest.mark.parametrize("code", ["auto", "fr", "fr-CA", "fr_CA", "FR", "fr-Latn-CA"])
def test_a_language_with_its_region(run: Command, code: str) -> None:
    """Marks spaced as French has them stay; a blank before a comma is wrong in every language."""
    Path("a.txt").write_text(GRENIER, "utf-8")
    result = run("fix", "--preview", "--unsafe", "--in-place", "a.txt", "--lang", code)
    assert result.code == 0, result.err
    assert Path("a.txt").read_text("utf-8") == GRENIER.replace("vide ,", "vide,")
    signature = run("eval", "clean", "a.txt", "--lang", code, "-q").out
    assert f"lang:{'auto' if code == 'auto' else 'fr'}|" in signature


def test_figures_are_filed_under_a_language(run: Command) -> None:
    Path("a.txt").write_text(GRENIER, "utf-8")
    result = run("eval", "clean", "a.txt", "--lang", "auto", "--record")
    assert result.code == 2
    assert "--lang" in result.err


# --- as a process of its own


def process(*argv: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cleanup", *argv]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_as_a_process_bytes_pass_through(tmp_path: Path) -> None:
    text = "\ufeffThey dont\r\nknow é\r".encode()
    with process("fix", "-", cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        out, err = running.communicate(text)
    assert (running.returncode, out, err) == (0, text.replace(b"dont", b"don't"), b"")


def test_a_full_standard_output_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY)
    for verb in ("fix", "check", "diff", "rules"):
        with (
            open("/dev/full", "wb") as full,
            process(verb, *([] if verb == "rules" else ["a.txt"]), cwd=tmp_path, stdout=full) as running,
        ):
            err = running.communicate()[1].decode()
        assert running.returncode == 2
        assert err == "cleanup: standard output: cannot be written: No space left on device\n"


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY * 5000)
    with process("check", "a.txt", cwd=tmp_path, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 141


def test_an_interruption_is_quiet(tmp_path: Path) -> None:
    """Raised where the handler would raise it: a signal of our own would race with the start-up."""
    interrupted = (
        "import sys; from cleanup import cli, files\n"
        "def interrupt(*_): raise KeyboardInterrupt\n"
        "files.read = interrupt\n"
        "sys.exit(cli.main(['check', '-']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", interrupted], env=environment, cwd=tmp_path, input=b"x", capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"")


def test_nothing_slow_is_imported_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FAULTY)
    asked = (
        "import sys; before = set(sys.modules); from cleanup.cli import main; main(['check', '-q', 'a.txt']); "
        "slow = {'difflib', 'tempfile', 'termcolor', 'langdetect', 'ftfy', 'sacrebleu', 'importlib.metadata'}; "
        "print(sorted(slow & set(sys.modules) - before), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert done.stderr == b"[]\n"


# --- units

PAGE = "".join(f"The ferry of pier {n} sails at dusk.\n" for n in "ABCDEFGHIJKL")
CAPTION = "The council met on Tuesday.\nThe council met on Tuesday\nIt dont matter.\n\nREAD ALSO: the works\n"


def test_by_line_the_line_count_stays(run: Command) -> None:
    put(a=PAGE + CAPTION)
    by_line = run("fix", "a.txt", "--unit", "line").out
    assert by_line.splitlines()[-5:] == CAPTION.replace("dont", "don't").splitlines()
    assert "READ ALSO" not in run("fix", "a.txt").out


def test_units_are_set_by_path(run: Command) -> None:
    put(a=PAGE + CAPTION, aligned__b=PAGE + CAPTION)
    Path("cleanup.toml").write_text('unit = "article"\n[units]\n"aligned/*" = "line"\n')
    assert run("fix", ".", "-o", "out").code == 0
    mended = PAGE + CAPTION.replace("dont", "don't")
    assert Path("out/aligned/b.txt").read_text() == mended
    assert len(Path("out/a.txt").read_text()) < len(mended)
    # What is asked for on the command line holds for all.
    assert run("fix", "aligned/b.txt", "--unit", "article").out == Path("out/a.txt").read_text()


def test_a_wrong_unit_is_named_with_its_place(run: Command) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text('unit = "word"\n[units]\n"x/*" = "page"\n')
    result = run("check", "a.txt")
    assert result.code == 2
    assert "cleanup.toml:1: unit must be one of article, line, not 'word'" in result.err
    assert "cleanup.toml:3: units: 'x/*' must be one of article, line, not 'page'" in result.err
    with pytest.raises(cleanup.ConfigError, match="unit must be"):
        cleanup.clean("Hello.", unit="word")  # type: ignore[arg-type]


def test_the_unit_is_in_the_signature() -> None:
    assert "|unit:line|" in cleanup.clean("Hello.", unit="line").signature
    assert "unit" not in cleanup.clean("Hello.").signature


# --- settings


def test_unknown_rules_of_a_configuration_are_named_with_their_place(run: Command) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text(
        'ignore = [\n  "words",\n  "wordz/x",\n]\n[tiers]\n"words/lost-contractions" = "safe"\n'
    )
    result = run("check", "a.txt")
    assert result.code == 2
    assert "cleanup.toml:3: unknown rule 'wordz/x'" in result.err
    assert "cleanup.toml:6: unknown rule 'words/lost-contractions'; did you mean words/lost-contraction" in result.err


@pytest.mark.parametrize("pairs", ['Kiew = "Kiew City"', 'grey = "gray"\ngray = "grey"'])
def test_house_spelling_that_would_go_round_is_refused(run: Command, pairs: str) -> None:
    put(a=FAULTY)
    Path("cleanup.toml").write_text(f"[words.prefer]\n{pairs}\n")
    result = run("fix", "a.txt")
    assert result.code == 2
    assert "and is mended again" in result.err


def test_the_signature_can_be_asked_for_and_required(run: Command) -> None:
    put(a=FAULTY)
    line = run("rules", "--signature").out.strip()
    assert line == cleanup.clean("Hello.").signature
    Path("cleanup.toml").write_text(f'required-signature = "{line}"\n')
    assert run("fix", "a.txt").out == MENDED
    Path("cleanup.toml").write_text(f'required-signature = "{line}x"\n')
    assert run("fix", "a.txt").code == 2
