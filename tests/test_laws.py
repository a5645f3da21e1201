"""DESIGN's laws as properties of every text that hypothesis can think of.

Each property runs briefly by default and thoroughly under ``pytest -m slow``. The brief run
draws the same examples every time, so that it fails for everybody or for nobody; the thorough
one draws new ones.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import re2
import regex
import strategies as our
from conftest import ROOT
from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

import cleanup
from cleanup import Change, Diagnostic, Report, Settings, matching, rulebook, token_sieve
from cleanup.article import WORD, Cue
from cleanup.evidence import WordList
from cleanup.gate import Gate
from cleanup.rule import Haystack, Rule
from cleanup.settings import rules_in_force

THOROUGH = 10  # times the examples of the brief run
REMOVALS = {rule.id for rule in rulebook.shipped() if rule.effect == "removal"}
DUPLICATES = {rule.id for rule in rulebook.shipped() if rule.category == "duplication"}
TOUCHES = {rule.id: rule.touches for rule in rulebook.shipped()}
GRAPHEME = regex.compile(r"\X")

Holds = Callable[..., None]


def law(*drawn: st.SearchStrategy[Any], brief: int) -> Callable[[Holds], Holds]:
    """Make a property a test: tried on ``brief`` examples, on many more under ``-m slow``."""

    def decorated(holds: Holds) -> Holds:
        @pytest.mark.parametrize(
            "tried",
            [pytest.param(brief, id="brief"), pytest.param(brief * THOROUGH, id="thorough", marks=pytest.mark.slow)],
        )
        def test(tried: int) -> None:
            run: Any = given(*drawn)(holds)
            settings(
                max_examples=tried,
                # The same examples in every run that others wait for; new ones wherever it is run by hand.
                derandomize=tried == brief or os.environ.get("CI") == "true",
                deadline=None,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate, Phase.shrink],
                database=None,
            )(run)()

        test.__name__ = test.__qualname__ = f"test_{holds.__name__}"
        test.__doc__ = holds.__doc__
        globals()[test.__name__] = test
        return holds

    return decorated


def clean(text: str, **options: Any) -> Report:
    return cleanup.clean(text, **options)


def boundaries(text: str) -> set[int]:
    """Where a grapheme starts or ends."""
    return {0, len(text), *(match.start() for match in GRAPHEME.finditer(text))}


def in_field(changes: tuple[Change, ...], field: str) -> list[Change]:
    return [change for change in changes if change.field == field]


def fields(report: Report) -> Iterator[tuple[Any, str, str]]:
    """Each field with its original and corrected text."""
    yield "body", report.original, report.corrected
    if report.title is not None:
        assert report.corrected_title is not None
        yield "title", report.title, report.corrected_title


def overlaps(change: Change, start: int, end: int) -> bool:
    """Whether a change reaches into a span; an insertion only strictly inside it."""
    return change.start < end and start < change.end


# --- law 1: the changes are the whole account


def accounts(report: Report) -> None:
    """What law 1 says of any report."""
    for field, original, corrected in fields(report):
        changes = in_field(report.changes, field)
        assert cleanup.apply(original, report.changes, field=field) == corrected
        for change in changes:
            assert 0 <= change.start <= change.end <= len(original)
            assert original[change.start : change.end] == change.before
            assert change.before != change.after, "a change that changes nothing"
            assert change.rules, "a change without a rule"
            assert list(change.rules) == sorted(set(change.rules))
        for one, other in pairwise(changes):
            assert one.end < other.start, "changes overlap, touch or are out of order"
        if not changes:
            assert corrected is original


@law(our.texts(), our.options(), brief=150)
def changes_account_for_everything(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    event("changed" if report.changes else "unchanged")
    accounts(report)


@law(our.titles(), our.texts(), our.options(), brief=80)
def changes_account_for_both_fields(title: str, text: str, options: our.Options) -> None:
    report = clean(text, title=title, **options.as_keywords())
    accounts(report)
    assert report.title is title
    assert report.original is text
    if title.strip():
        assert (report.corrected_title or "").strip(), "a title is never emptied"


@law(our.texts(), st.randoms(use_true_random=False), brief=80)
def any_groups_apply(text: str, chance: random.Random) -> None:
    report = clean(text, unsafe=True, preview=True)
    groups = sorted({change.group for change in report.changes})
    some = {group for group in groups if chance.random() < 0.5}
    chosen = [change for change in report.changes if change.group in some]
    chance.shuffle(chosen)
    partly = cleanup.apply(text, chosen)
    # What was not chosen stands there as it was: the text of the complement, and no more.
    at, expected = 0, []
    for change in report.changes:
        expected += [text[at : change.start], change.after if change.group in some else change.before]
        at = change.end
    assert partly == "".join(expected) + text[at:]
    if len(some) == len(groups):
        assert partly == report.corrected
    if not some:
        assert partly is text


@law(our.texts(), our.options(), brief=100)
def edits_of_one_fix_share_a_group(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    for found in report.diagnostics:
        if found.outcome == "applied" and found.fix is not None:
            touched = [
                change
                for edit in found.fix.edits
                for change in report.changes
                if change.start <= edit.end and edit.start <= change.end and found.rule in change.rules
            ]
            assert len({change.group for change in touched}) <= 1


# --- law 2: a second time finds nothing to do


@law(our.texts(), our.options(), brief=200)
def the_second_time_changes_nothing(text: str, options: our.Options) -> None:
    once = clean(text, **options.as_keywords())
    again = clean(once.corrected, **options.as_keywords())
    assert [(c.before, c.after, c.rules) for c in again.changes] == []
    assert again.corrected is once.corrected


@law(our.titles(), our.texts(), brief=80)
def the_second_time_changes_neither_field(title: str, text: str) -> None:
    once = clean(text, title=title)
    again = clean(once.corrected, title=once.corrected_title)
    assert [(c.before, c.after, c.rules) for c in again.changes] == []


@law(our.texts(), st.data(), brief=60)
def the_second_time_keeps_what_is_kept(text: str, data: st.DataObject) -> None:
    words = our.words_of(text)
    keep = frozenset(data.draw(st.sets(st.sampled_from(words), max_size=3))) if words else frozenset()
    config = Settings(keep=keep)
    once = clean(text, config=config)
    assert clean(once.corrected, config=config).corrected == once.corrected


@law(our.titled(), our.options(), brief=100)
def removals_leave_three_quarters(text: str, options: our.Options) -> None:
    """Only what stands there twice may go beyond a quarter of the words, all rounds taken together."""
    report = clean(text, **options.as_keywords())
    promised = [c for c in report.changes if set(c.rules) & REMOVALS and not set(c.rules) & DUPLICATES]
    gone = sum(len(c.before.split()) - len(c.after.split()) for c in promised)
    assert gone <= 0.25 * len(text.split())
    if not options.removals:
        assert not any(set(c.rules) & REMOVALS for c in report.changes)


@pytest.mark.parametrize("removals_of_a_later_round", [1, 2, 3])
def test_removals_leave_three_quarters_over_all_rounds(removals_of_a_later_round: int) -> None:
    """A line that another stage makes removable counts with those that went before."""
    lines = [
        "The men went home again today.",
        "The council met for six hours on Tuesday and could not agree on a date for the works on the quay.",
        "READ ALSO: one two three four five six seven",
        *["dont miss: one two three four five six seven"] * removals_of_a_later_round,
    ]
    text = "\n".join(lines)
    removals_leave_three_quarters(text, our.Options(unsafe=False, removals=True, preview=False, lang="en"))
    assert len(clean(text).corrected.split()) >= 0.75 * len(text.split())


# --- law 3: nothing is normalised on the side


@law(our.texts(), our.options(), brief=120)
def what_is_not_changed_is_the_same_object(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    assert report.original is text
    if not report.changes:
        assert report.corrected is text
    if report.corrected == text:
        assert report.corrected is text
        assert report.changes == ()


@law(our.texts(), our.options(), brief=200)
def no_change_splits_a_grapheme(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    old, new = boundaries(report.original), boundaries(report.corrected)
    shift = 0
    for change in report.changes:
        assert {change.start, change.end} <= old, f"{change} splits a character of the original"
        start = change.start + shift
        assert {start, start + len(change.after)} <= new, f"{change} melts into its neighbour"
        shift += len(change.after) - len(change.before)


def invisible(text: str) -> Counter[str]:
    """What the laws promise to pass through: byte-order marks, controls, lone surrogates."""
    return Counter(
        c for c in text if c in "\ufeff\x00\u2028\u2029\u0085" or "\ud800" <= c <= "\udfff" or "\u202a" <= c <= "\u202e"
    )


@law(our.texts(), brief=100)
def invisible_characters_survive(text: str) -> None:
    report = clean(text, removals=False)
    # C1 controls are half of some mojibake, and two rules say themselves which others they take.
    own = {
        "characters/mojibake",
        "characters/hidden-character",
        "characters/control-character",
        "characters/html-entity",
    }
    if not any(own.intersection(c.rules) for c in report.changes):
        assert invisible(report.corrected) == invisible(text)
    assert report.corrected.startswith("\ufeff") == text.startswith("\ufeff")


@law(our.texts(), brief=100)
def line_ends_survive(text: str) -> None:
    report = clean(text, removals=False)
    ends = regex.compile(r"\r\n|\r|\n")
    assert ends.findall(report.corrected) == ends.findall(text)


# --- law 4: what is no prose survives


def permitted(change: Change, kind: str) -> bool:
    return any(kind in TOUCHES[rule] for rule in change.rules)


@law(our.with_survivors(), our.options(), brief=200)
def links_code_and_markup_survive(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    free = [c for c in report.changes if not permitted(c, "urls") and not permitted(c, "code")]
    for thing, kind in our.SURVIVORS:
        for found in regex.finditer(regex.escape(thing), text):
            harmed = [c for c in report.changes if overlaps(c, *found.span()) and not permitted(c, kind)]
            assert harmed == [], f"{thing} was changed"
        if len(free) == len(report.changes):
            assert report.corrected.count(thing) == text.count(thing)


@law(our.texts(), our.options(), brief=150)
def numbers_survive(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    excused = {c.group for c in report.changes if permitted(c, "numbers")}
    partly = cleanup.apply(text, [c for c in report.changes if c.group not in excused])
    assert our.NUMBER.findall(partly) == our.NUMBER.findall(text)


@law(our.with_survivors(), our.options(), brief=100)
def numbers_survive_among_links(text: str, options: our.Options) -> None:
    numbers_survive(text, options)


CODE = {
    "double backticks": "They say ``dont kyiv`` here.",
    "a tilde fence": "They wrote it.\n\n~~~\ndont kyiv\n~~~\n\nThat was all.",
    "an open fence": "They wrote it.\n\n```\nThey dont know kyiv.",
    "a fence with an inline span": "They wrote it.\n\n```\ndont `kyiv` dont\n```\n\nThat was all.",
    "four backticks around three": "They wrote it.\n\n````\n```\nThey dont know kyiv.\n```\ndont\n````\n\nThe end.",
    "a code element": "They wrote <code>dont kyiv</code> here.",
    "a preformatted element": "They wrote <pre>\nThey dont know kyiv.\n</pre> here.",
    "a script": "The page.\n<script>var dont = 'They dont know kyiv';</script>\nThat was all.",
    "a style sheet": "The page.\n<style>.kyiv { content: 'dont' }</style>\nThat was all.",
    "a tag over two lines": 'They saw <img\nalt="they dont"\nsrc="kyiv.png"> here.',
    "a quoted angle bracket": 'They saw <img alt="a > b, they dont" src="x"> here.',
    "a long tag": f'They saw <img src="{"a" * 400}" alt="they dont"> here.',
    "an address in angle brackets": "They wrote to <dont@kyiv.example> here.",
    "an address with a quoted scheme": "They wrote to mailto:dont.isnt@kyiv.example here.",
    "another scheme": "They wrote to sftp://kyiv.example/dont here.",
    "a data address": "They wrote data:text/plain,dont,kyiv here.",
    "a Windows path": r"They opened C:\dont\kyiv\monday.txt here.",
    "an unusual domain": "They opened kyiv.travel/dont here.",
    "a hash tag with a mark": "They wrote #kyïv_dont and @dont here.",
    "a curly attribute": "They saw <a title=”they dont”> here.",
}
"""Code, links and markup in other clothes than the commonest."""


@pytest.mark.parametrize("text", CODE.values(), ids=CODE)
def test_other_code_links_and_markup_survive(text: str) -> None:
    report = clean(text)
    assert [(c.before, c.after) for c in report.changes] == []


# --- law 5: the same, always


@law(our.texts(), our.options(), brief=60)
def twice_is_the_same(text: str, options: our.Options) -> None:
    assert clean(text, **options.as_keywords()) == clean(text, **options.as_keywords())


@cache
def sample(number: int, seed: int = 20_24) -> tuple[str, ...]:
    """Faulty articles that are the same in every process."""
    chance = random.Random(seed)
    stock = (*our.fault_words(), *our.faults(), *our.SENTENCES, *our.paragraphs(), *our.decoys())
    return tuple(
        "".join(
            chance.choice(stock)
            + chance.choice(our.SEPARATORS)
            + (chance.choice(our.ODDITIES) if chance.random() < 0.2 else "")
            for _ in range(chance.randrange(1, 14))
        )
        for _ in range(number)
    )


def outcomes(texts: tuple[str, ...]) -> list[Report]:
    return [_unsafe(text) for text in texts]


SIZES = [pytest.param(120, id="brief"), pytest.param(2_000, id="thorough", marks=pytest.mark.slow)]


@pytest.mark.parametrize("number", SIZES)
def test_the_order_of_articles_is_irrelevant(number: int) -> None:
    texts = sample(number)
    forwards = outcomes(texts)
    assert outcomes(texts[::-1])[::-1] == forwards


@pytest.mark.parametrize("number", SIZES)
def test_other_processes_agree(number: int) -> None:
    here = outcomes(sample(number))
    code = (
        "import sys, pickle; sys.path[:0] = sys.argv[1:3]; import test_laws;"
        "pickle.dump(test_laws.outcomes(test_laws.sample(int(sys.argv[3]))), sys.stdout.buffer)"
    )
    for seed in ("1", "4711"):
        command = [sys.executable, "-c", code, str(ROOT), str(Path(__file__).parent), str(number)]
        ran = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True)
        assert pickle.loads(ran.stdout) == here


@pytest.mark.parametrize("number", SIZES)
def test_workers_agree(number: int) -> None:
    texts = sample(number)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        reports = pool.map(_unsafe, texts, chunksize=7)
    assert reports == outcomes(texts)


def _unsafe(text: str) -> Report:
    return clean(text, unsafe=True, preview=True)


def test_threads_agree() -> None:
    texts = sample(120)
    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(_unsafe, texts))
    assert reports == outcomes(texts)


@pytest.mark.parametrize("name", ["words.txt", "names.tsv"])
def test_a_word_list_answers_alike_however_long_it_is_asked(name: str) -> None:
    """It is searched at first and becomes a set later: what came before must make no difference."""
    data = (rulebook.shipped_folder() / "lexicon" / name).read_bytes()
    searched, known = WordList(data), WordList(data)
    for _ in range(WordList._PATIENCE + 1):
        assert "the the" not in known
    keys = [line.partition("\t")[0].lower() for line in data.decode().split("\n") if line][::97]
    for word in (*keys, *(f"{key}x" for key in keys), "", "\t", "a\n", "zzzz", "\ud800", "é"):
        assert (searched._search(word) is not None) == (word in known)


def test_the_order_of_rules_is_irrelevant() -> None:
    ids = [rule.id for rule in rules_in_force(Settings())]
    for seed in range(3):
        shuffled = random.Random(seed).sample(ids, len(ids))
        for text in sample(25):
            assert clean(text, select=shuffled) == clean(text, select=ids)


class Gateless(Gate):
    """A gate that asks every rule for itself, one pattern and one word at a time."""

    def admitted(self, text: str, tokens: Sequence[str]) -> dict[Rule, Cue]:
        words = set(WORD.findall(text))
        return {rule: cue for rule in self._rules if (cue := self._cue(rule, text, words)) is not None}

    def _cue(self, rule: Rule, text: str, words: set[str]) -> Cue | None:
        needs, plain = rule.needs, self._evidence.words
        woken = {w for w in words if w.lower() in needs.words or w in needs.exact}
        if needs.test:
            asked = {w for w in words if w not in plain or w in self._tokens._named}  # as the contract of `test` says
            woken |= needs.test(asked, self._evidence)
        # A lone surrogate is invalid UTF-8; to RE2 it is what no expression here matches.
        readable = regex.sub("[\ud800-\udfff]", "\x01", text)
        flat = " ".join(text.split())
        # What narrows patterns down must not let one go by.
        patterns = needs.only if needs.tokens or needs.only else needs.patterns
        pattern = any(compiled_re2(p).search(readable) for p in patterns) or any(p in flat for p in needs.phrases)
        glanced = needs.glance is not None and needs.glance(Haystack(text, text.split()))
        return Cue(frozenset(woken), pattern) if woken or pattern or glanced or needs.always else None


@cache
def compiled_re2(pattern: str) -> Any:
    return re2.compile(pattern)


@law(our.texts(), our.options(), brief=150)
def the_gate_skips_no_rule(text: str, options: our.Options) -> None:
    report = clean(text, **options.as_keywords())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Gate, "admitted", Gateless.admitted)
        patch.setattr(Gate, "_cue", Gateless._cue, raising=False)
        # The pipeline remembers its last answer by the identity of the text.
        other = clean("".join(list(text)) if len(text) > 1 else text, **options.as_keywords())
    clean("")
    assert replace(other, original=text, corrected=other.corrected) == report


def test_a_full_memory_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the gate has forgotten it judges again, what it met before and after in one text alike."""
    places = "quay mill bridge orchard glacier".split()
    texts = [f"They dont know why the {p} is shut on friday, nor do the dutch. The {p}{p} is open." for p in places]
    expected = [clean(text).corrected for text in texts]
    assert all("They don't know" in text and "on Friday" in text for text in expected)
    monkeypatch.setattr(token_sieve, "_REMEMBERED", 20)
    for _ in range(3):
        assert [clean(text).corrected for text in texts] == expected


CATASTROPHE = """
says = "Runs away."
detect = "pattern"
tier = "safe"
effect = "repair"
severity = "minor"
needs = ["a"]
[with]
find = '(?:(?:a|aa)+)+[bc]'
replace = "x"
"""


@pytest.fixture
def runaway(tmp_path: Path) -> Settings:
    """A user's card whose expression takes exponential time."""
    card = tmp_path / "rules" / "words" / "runs-away.toml"
    card.parent.mkdir(parents=True)
    card.write_text(CATASTROPHE)
    return Settings(rules=(tmp_path / "rules",))


def test_a_runaway_expression_fails_aloud(runaway: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "TIME_LIMIT", 0.2)
    with pytest.raises(TimeoutError, match="expression"):
        clean("They say " + "a" * 60 + " and no more.", config=runaway)


PATTERNED = [rule for rule in rulebook.shipped() if rule.mends and rule.detector_name in ("pattern", "swap", "line")]


@pytest.mark.parametrize("rule", PATTERNED, ids=lambda rule: rule.id)
def test_no_rule_swallows_a_timeout(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever expression runs first must either finish or raise: never pass as no finding."""
    wrong = rule.mends[0][0]
    wanted = clean(wrong, select=rule.id, unsafe=True).corrected
    for module in [m for name, m in sys.modules.items() if name.startswith("cleanup.") and hasattr(m, "TIME_LIMIT")]:
        monkeypatch.setattr(module, "TIME_LIMIT", 1e-9)
    try:
        got = clean(wrong, select=rule.id, unsafe=True).corrected
    except TimeoutError:
        return
    assert got == wanted


# --- law 6: the language is a claim

CLEAN = sorted((ROOT / "corpus" / "clean").glob("*/*.txt"))
LONG_ENOUGH = 200  # code points


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_clean_text_passes_through(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    report = clean(text)
    assert report.changes == ()
    assert report.corrected is text
    told = [d for d in report.diagnostics if d.rule == "structure/language-mismatch"]
    if len(path.parent.name) > 2 or path.parent.name == "en":
        assert told == []
    elif len(text) > LONG_ENOUGH:
        assert len(told) == 1
        assert [d for d in report.diagnostics if "*" not in languages(d.rule)] == []


def languages(rule_id: str) -> tuple[str, ...]:
    return next((rule.languages for rule in rulebook.shipped() if rule.id == rule_id), ("*",))


FOREIGN = [path for path in CLEAN if len(path.parent.name) == 2 and path.parent.name != "en"]


@law(st.sampled_from(FOREIGN), st.lists(st.sampled_from(our.fault_words()), max_size=3), brief=40)
def a_foreign_text_gets_neutral_rules_only(path: Path, words: list[str]) -> None:
    text = path.read_bytes().decode("utf-8").rstrip() + "".join(f" {word}" for word in words)
    report = clean(text)
    assert len([d for d in report.diagnostics if d.rule == "structure/language-mismatch"]) == 1
    for change in report.changes:
        assert all("*" in languages(rule) for rule in change.rules)


# --- lines as units


@law(our.texts(), our.options(), brief=120)
def by_line_no_rule_sees_across_lines_and_none_comes_or_goes(text: str, options: our.Options) -> None:
    report = clean(text, unit="line", **options.as_keywords())
    accounts(report)
    assert len(report.corrected.split("\n")) == len(text.split("\n"))
    assert len(report.corrected.splitlines()) == len(text.splitlines())
    for before, after in zip(text.split("\n"), report.corrected.split("\n"), strict=True):
        assert bool(before.strip()) == bool(after.strip()), "no line is emptied or filled"
        if "\r" not in before:
            assert clean(before, unit="line", **options.as_keywords()).corrected == after
    assert clean(report.corrected, unit="line", **options.as_keywords()).corrected == report.corrected


@law(our.titles(), our.texts(), our.options(), brief=60)
def by_line_both_fields_are_accounted_for(title: str, text: str, options: our.Options) -> None:
    report = clean(text, title=title, unit="line", **options.as_keywords())
    accounts(report)
    tell_the_truth(report)
    assert report.corrected_title == clean(title, unit="line", **options.as_keywords()).corrected
    assert report.corrected == clean(text, unit="line", **options.as_keywords()).corrected


def test_by_line_spans_are_protected_where_they_stand() -> None:
    text = "They dont know.\nThey dont care.\n"
    assert clean(text, unit="line", protected=[(21, 25)]).corrected == "They don't know.\nThey dont care.\n"
    assert clean(text, unit="line", protected=[(5, 25)]).changes == ()


# --- the diagnostics


@law(our.texts(), our.options(), brief=150)
def diagnostics_tell_the_truth(text: str, options: our.Options) -> None:
    tell_the_truth(clean(text, **options.as_keywords()))


@law(our.titles(), our.texts(), brief=80)
def diagnostics_of_both_fields_tell_the_truth(title: str, text: str) -> None:
    tell_the_truth(clean(text, title=title))


def tell_the_truth(report: Report) -> None:
    assert list(report.diagnostics) == list(dict.fromkeys(report.diagnostics)), "told twice"
    for found in report.diagnostics:
        original = report.field_text(found.field)
        assert 0 <= found.start <= found.end <= len(original)
        assert found.outcome in ("applied", "not asked") or found.outcome.startswith("refused: ")
        assert found.message
        if found.fix is not None:
            for edit in found.fix.edits:
                assert 0 <= edit.start <= edit.end <= len(original), "a fix reaches out of its field"
        if found.outcome == "applied":
            assert is_covered(found, in_field(report.changes, found.field)), f"{found} is in no change"
    for change in report.changes:
        for rule in change.rules:
            assert any(d.rule == rule and d.outcome == "applied" for d in report.diagnostics), (
                f"{change} came from nowhere"
            )


def is_covered(found: Diagnostic, changes: list[Change]) -> bool:
    """Whether every edit of an applied fix lies within a change that names its rule."""
    assert found.fix is not None
    return all(
        any(c.start <= edit.start and edit.end <= c.end and found.rule in c.rules for c in changes)
        for edit in found.fix.edits
    )


@law(our.texts(), brief=60)
def check_and_fix_tell_one_story(text: str) -> None:
    assert cleanup.check(text) == clean(text).diagnostics


# --- offsets


@law(our.texts(), st.randoms(use_true_random=False), brief=120)
def offsets_follow_the_text(text: str, chance: random.Random) -> None:
    report = clean(text, unsafe=True, preview=True)
    new = report.corrected
    forward = [report.to_corrected(i) for i in range(len(text) + 1)]
    backward = [report.to_original(i) for i in range(len(new) + 1)]
    assert forward == sorted(forward), "to_corrected is not monotone"
    assert backward == sorted(backward), "to_original is not monotone"
    assert all(0 <= i <= len(new) for i in forward)
    assert all(0 <= i <= len(text) for i in backward)
    inside = {i for c in report.changes for i in range(c.start, c.end)}
    for i, there in enumerate(forward[:-1]):
        if i not in inside:
            assert new[there] == text[i]
            assert backward[there] == i, "to_original does not undo to_corrected"
    for _ in range(20):
        start, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        first, last = report.map_span(start, end)
        assert 0 <= first <= last <= len(new)
        for i in range(start, end):
            if i not in inside:
                assert first <= forward[i] < last, "map_span lost a character"
        for change in report.changes:
            if overlaps(change, start, end):
                here = forward[change.start] if change.before else 0
                assert not change.before or (first <= here and here + len(change.after) <= last), (
                    "map_span cut a change"
                )


# --- what the caller names


def harm(report: Report, spans: list[tuple[int, int]]) -> list[Change]:
    return [c for c in in_field(report.changes, "body") for span in spans if overlaps(c, *span)]


@law(our.texts(), st.data(), our.options(), brief=150)
def protected_spans_stay(text: str, data: st.DataObject, options: our.Options) -> None:
    at = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(at, at).map(lambda pair: (min(pair), max(pair))), max_size=4))
    report = clean(text, protected=spans, **options.as_keywords())
    accounts(report)
    assert harm(report, spans) == []
    again = [report.map_span(*span) for span in spans]
    assert [report.corrected[a:b] for a, b in again] == [text[a:b] for a, b in spans]


@law(our.titles(), our.texts(), st.data(), brief=60)
def protected_words_stay_in_both_fields(title: str, text: str, data: st.DataObject) -> None:
    words = our.words_of(title + " " + text)
    assume(words)
    chosen = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3))
    report = clean(text, title=title, protected=chosen)
    accounts(report)
    for field, original, _ in fields(report):
        spans = [m.span() for word in chosen for m in regex.finditer(regex.escape(word), original, overlapped=True)]
        assert [c for c in in_field(report.changes, field) for span in spans if overlaps(c, *span)] == []


@law(our.titles(), our.texts(), st.data(), our.options(), brief=100)
def kept_words_stay(title: str, text: str, data: st.DataObject, options: our.Options) -> None:
    words = our.words_of(title + " " + text)
    assume(words)
    keep = frozenset(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3)))
    report = clean(text, title=title, config=Settings(keep=keep), **options.as_keywords())
    accounts(report)
    kept = regex.compile(r"(?<![\p{L}\p{M}\p{N}])\L<keep>(?![\p{L}\p{M}\p{N}])", keep=keep)
    for field, original, _ in fields(report):
        spans = [match.span() for match in kept.finditer(original)]
        assert [c for c in in_field(report.changes, field) for span in spans if overlaps(c, *span)] == []


def test_a_protected_string_is_protected_in_the_title_too() -> None:
    assert clean("They know.", title="They dont know", protected=["dont"]).changes == ()


def test_a_fix_at_the_end_of_the_title_stays_in_the_title() -> None:
    """The title's last line goes with the break before it, not with the one that parts title and body."""
    title = "The ferry left the harbour at seven.\nThe ferry left the harbour at seven."
    report = clean("Nobody waved.\nNobody called.", title=title)
    tell_the_truth(report)
    assert report.corrected_title == "The ferry left the harbour at seven."


def test_a_fix_at_the_head_of_the_body_stays_in_the_body() -> None:
    """The only line of the body is a promo line: its removal takes the break before it along."""
    tell_the_truth(clean("READ ALSO: more\n", title="The old hall"))


OTHER_SCRIPTS = [path for path in FOREIGN if path.parent.name in ("ar", "ja", "ru")]


@pytest.mark.parametrize("path", OTHER_SCRIPTS, ids=lambda path: path.parent.name)
def test_an_english_sentence_makes_no_english_article(path: Path) -> None:
    """One quoted sentence does not make a claim true that the rest of the text contradicts."""
    text = path.read_bytes().decode("utf-8").rstrip() + " “We didn't ask for this,” she said, “and it is not for us.”\n"
    report = clean(text)
    assert [d.rule for d in report.diagnostics] == ["structure/language-mismatch"]


def test_a_protected_string_may_overlap_itself() -> None:
    text = "He said dontdont dont dont dont."
    report = clean(text, protected=["dont dont"])
    assert report.changes == ()


@pytest.mark.parametrize("span", [(5, 5), (9, 5), (-3, 2), (0, 10_000), (10_000, 20_000)])
def test_an_odd_span_harms_nothing(span: tuple[int, int]) -> None:
    """Such a span is refused, or it protects what it covers of the text; it breaks nothing."""
    text = "They dont know, and it isnt over."
    try:
        report = clean(text, protected=[span])
    except ValueError:
        return
    accounts(report)
    tell_the_truth(report)
    assert harm(report, [(max(span[0], 0), min(span[1], len(text)))]) == []


INSERTING = """
says = "A heading ends with a mark."
detect = "pattern"
tier = "safe"
effect = "repair"
severity = "minor"
[with]
find = '(?<=\\bharbour\\b)(?P<fault>)(?![!])'
replace = "!"
"""


@pytest.fixture
def inserting(tmp_path: Path) -> Settings:
    """A user's card that only inserts."""
    card = tmp_path / "rules" / "words" / "inserts.toml"
    card.parent.mkdir(parents=True)
    card.write_text(INSERTING)
    return Settings(rules=(tmp_path / "rules",))


@pytest.mark.parametrize("title", ["The old harbour", "harbour", "The harbour closes", ""])
@pytest.mark.parametrize("text", ["It was the harbour", "harbour", "harbour harbour dont harbour.", ""])
def test_insertions_at_the_ends_of_fields(inserting: Settings, title: str, text: str) -> None:
    report = clean(text, title=title, config=inserting)
    accounts(report)
    tell_the_truth(report)
    assert report.corrected_title == title.replace("harbour", "harbour!")
    assert report.corrected == text.replace("harbour", "harbour!").replace("dont", "don't")
    again = clean(report.corrected, title=report.corrected_title, config=inserting)
    assert again.changes == ()


def test_the_examples_change_something() -> None:
    """Else all of the above would prove nothing."""
    changed = sum(bool(clean(text, preview=True).changes) for text in sample(200))
    assert changed > 100
    rules = {rule for report in outcomes(sample(1_500)) for change in report.changes for rule in change.rules}
    mending = {rule.id for rule in rulebook.shipped() if rule.mends}
    assert len(mending - rules) <= 3, f"never applied: {sorted(mending - rules)}"
