"""No text keeps the pipeline for long: time grows with the length of a text, not with its square.

Every article runs in a process of its own, so that one that would take an hour is stopped.
The quick set is 100 kB each; ``pytest -m slow`` takes 1 MB. Every text holds a fault, since a
text that wakes no rule proves nothing.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from typing import Any

import pytest
import strategies as our

import cleanup
from cleanup import rulebook
from cleanup.rule import Rule
from cleanup.settings import Settings, pipeline, shipped_evidence

_BUSY = 5  # times longer that anything may take on a machine that does other things too
MEMORY = 3 << 30  # bytes of address space
WOKEN = "They dont know. In Moscows offer, the deal. in Geneva was “signed “. "
"""Stands in front, so that what follows is read by rules and not only by the gate."""


@dataclass(frozen=True)
class Scale:
    """How long a text is, and how long it may take."""

    size: int  # code points
    seconds: float  # of the processor, so that a busy machine makes no difference


QUICK = Scale(100_000, 4.0)
FULL = Scale(1_000_000, 20.0)
SCALES = [pytest.param(QUICK, id="100kB"), pytest.param(FULL, id="1MB", marks=pytest.mark.slow)]


def run_alone(text: str, scale: Scale, **options: Any) -> None:
    """Clean ``text`` in a child process; fail if that takes too long, too much or raises."""
    cleanup.clean(WOKEN, unsafe=True, **options)  # what is compiled and read once is not what is measured
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(sender, text, options))
    child.start()
    sender.close()
    try:
        assert receiver.poll(_BUSY * scale.seconds), f"not done after {_BUSY * scale.seconds:g} s"
        verdict, seconds = receiver.recv()
    except EOFError:
        child.join()
        pytest.fail(f"the process died, exit code {child.exitcode}: out of memory?")
    finally:
        child.kill()
        child.join()
    assert verdict == "", verdict
    assert seconds <= scale.seconds


def _child(sender: Any, text: str, options: dict[str, Any]) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError):
        pass  # no such limits on this system
    started = time.process_time()
    try:
        report = cleanup.clean(text, unsafe=True, **options)
        verdict = "" if cleanup.apply(text, report.changes) == report.corrected else "the changes do not apply"
    except BaseException as error:  # it is the parent that tells
        verdict = f"{type(error).__name__}: {error}"
    sender.send((verdict, time.process_time() - started))


def filled(unit: str, size: int) -> str:
    """``unit`` again and again."""
    return (unit * (size // len(unit) + 1))[:size]


def joined(units: tuple[str, ...], gap: str, size: int) -> str:
    """``units`` in turn, ``gap`` between them."""
    length = sum(len(unit) + len(gap) for unit in units)
    return gap.join(islice(cycle(units), max(size * len(units) // length, 1)))


@cache
def lexicon() -> tuple[str, ...]:
    """English words in an order that is the same everywhere."""
    text = (rulebook.shipped_folder() / "lexicon" / "words.txt").read_text("utf-8")
    words = [word for word in text.split("\n") if word.isascii() and word.isalpha() and len(word) > 5]
    random.Random(7).shuffle(words)
    return tuple(words)


def invented() -> Iterator[str]:
    """Words that no lexicon has, no two alike."""
    chance = random.Random(11)
    while True:
        yield "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=8))


def varied(template: str, size: int, words: Iterator[str] | None = None) -> str:
    """``template`` again and again, each time with another word in the place of ``{}``."""
    source = words or cycle(lexicon())
    pieces: list[str] = []
    length = 0
    while length < size:
        word = next(source)
        pieces.append(template.replace("{}", word).replace("{Cap}", word.capitalize()))
        length += len(pieces[-1])
    return "".join(pieces)[:size]


# --- what each rule looks for


def triggers(rule: Rule) -> tuple[str, ...]:
    """The words of a card's examples that its repair changes, or else all, and some of its pairs."""
    words = [w for wrong, right in rule.mends for w in wrong.split() if w not in right.split()]
    if rule.detector_name == "swap":
        words += sorted(rule.prepared.pairs)[:40]
    return tuple(dict.fromkeys(words)) or tuple(w for text in examples(rule) for w in text.split())


def examples(rule: Rule) -> tuple[str, ...]:
    return tuple(wrong for wrong, _ in rule.mends) + tuple(text for text, _ in rule.shows)


def near_misses(rule: Rule) -> tuple[str, ...]:
    return tuple(text for text, _ in rule.leaves)


HOSTILE_TO_RULE: dict[str, Callable[[Rule, int], str]] = {
    "examples-in-one-line": lambda rule, n: joined(tuple(" ".join(x.split()) for x in examples(rule)), " ", n),
    "examples-in-paragraphs": lambda rule, n: joined(examples(rule), "\n\n", n),
    "near-misses-in-one-line": lambda rule, n: examples(rule)[0] + joined(near_misses(rule), " ", n),
    "triggers-in-one-line": lambda rule, n: "The " + joined(triggers(rule), " ", n),
    "triggers-without-blanks": lambda rule, n: "The " + joined(triggers(rule), ",", n),
    "example-and-one-huge-token": lambda rule, n: " ".join(examples(rule)[0].split()) + " " + filled("a", n),
}
BRIEF = ("triggers-in-one-line", "triggers-without-blanks")

RULES = [rule for rule in rulebook.shipped() if rule.mends or rule.shows]


@pytest.mark.parametrize("shape", BRIEF)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_100kB(rule: Rule, shape: str) -> None:
    run_alone(HOSTILE_TO_RULE[shape](rule, QUICK.size), QUICK, select=rule.id)


@pytest.mark.slow
@pytest.mark.parametrize("shape", HOSTILE_TO_RULE)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_1MB(rule: Rule, shape: str) -> None:
    run_alone(HOSTILE_TO_RULE[shape](rule, FULL.size), FULL, select=rule.id)


# --- runs of one thing

RUNS = (
    "a", "A", "é", "ж", "漢", "“", "”", '"', "'", "’", "«", ".", ". ", "..a", " ", "\u00a0", "\t",
    "`", "`a", "``` ", "<", "<a", "<!--", "<!-- -", "&", "&a", "&#", "@", "@a", "a@", "a@a.", "#", "#a",
    "/", "/a", "~/", "-", "a-", "_", "\u0301", "e\u0301", "\u200d", "👩\u200d", "🇫", "1", "1,", "1.", "1 ", "%",
    "Ã", "Ã©", "Â ", "â€", "\n", "\r\n", "\r", " \n", "a\n", "A\n", "\x00", "\ud800", "\ufeff", "\u2028",
    "www.", "://", "http://", "a.com", ".com", "(", "[", "|", "•", ">", "– ", ": ", "I ", "a ", "A. ", "A ",
    "İ", "ß", "ﬁ", "\u202e", "\u00ad",
)  # fmt: skip
BRIEF_RUNS = (
    "a",
    "“",
    ".",
    " ",
    "`",
    "<",
    "<!--",
    "&",
    "@",
    "#",
    "/",
    "http://",
    "\u0301",
    "1",
    "Ã",
    "\n",
    "\r\n",
    "\ud800",
)


@pytest.mark.parametrize("unit", BRIEF_RUNS, ids=ascii)
def test_run_100kB(unit: str) -> None:
    run_alone(WOKEN + filled(unit, QUICK.size), QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("unit", RUNS, ids=ascii)
def test_run_1MB(unit: str) -> None:
    half = filled(unit, FULL.size // 2)
    run_alone(f"{half} {WOKEN}{half}\n{WOKEN}", FULL)


# --- shapes that tell linear from quadratic

SHAPES: dict[str, Callable[[int], str]] = {
    "one line of sentences": lambda n: filled("They dont know what the deal. in Geneva was for. ", n),
    "one line of varied false stops": lambda n: varied("The {}. in Geneva ", n),
    "one line of varied display stops": lambda n: varied("The {}. red Geneva ", n),
    "lines of varied false stops": lambda n: varied("The {}. in Geneva.\n", n),
    "false stops and contractions": lambda n: varied("The {}. in Geneva they dont know. ", n),
    "one line of contractions": lambda n: filled("They dont know. ", n),
    "contractions without blanks": lambda n: "They " + filled("dont,", n),
    "contractions and hard spaces": lambda n: "They " + filled("dont\u00a0", n),
    "one line of possessives": lambda n: "The " + filled("in Moscows offer ", n),
    "lines of possessives": lambda n: filled("The men in Moscows offer\n", n),
    "possessives of unknown names": lambda n: varied("in {Cap}s offer to {Cap} and {Cap} ", n, invented()),
    "unknown words": lambda n: "They dont know " + varied("{} ", n, invented()),
    "unknown words with capitals": lambda n: varied("met {Cap} {Cap} and {} ", n, invented()),
    "unknown words with capitals, once": lambda n: (
        varied("and {Cap} ", n // 2, invented()) + varied("and {} ", n // 2, invented())
    ),
    "names": lambda n: "The " + filled("in kyiv ", n),
    "names among kin": lambda n: "The Ankara men " + filled("in turkey ", n),
    "elisions": lambda n: varied("to {} at L{Cap} ", n, (w for w in cycle(lexicon()) if w[0] in "aeiou")),
    "fries": lambda n: "The " + filled("Poutine said ", n),
    "fries, in the end": lambda n: "The " + filled("Poutine said ", n) + " fries",
    "fries first": lambda n: "The gravy " + filled("gravy fries ", n) + " of Poutine",
    "ghosts": lambda n: filled("“it was,” he said. told the mayor ", n),
    "ghosts without verbs": lambda n: "“it was,” he said. told the mayor " + filled("“it,” he said. and ", n),
    "pairs of quotes": lambda n: filled("It was “a step “, he said. ", n),
    "opening quotes and words": lambda n: "It was “a step “, " + filled("“a ", n),
    "mojibake in one line": lambda n: filled("MÃ¼rwik was late. ", n),
    "varied mojibake in one line": lambda n: varied("The {} of MÃ¼rwik ", n),
    "mojibake and what is none": lambda n: varied("The {} of MÃ¼rwik, Ã— ", n),
    "mojibake in lines": lambda n: filled("MÃ¼rwik was late.\n", n),
    "mojibake of mojibake": lambda n: filled("MÃƒÂ¼rwik was late.\n", n),
    "a long fence, then links": lambda n: "```" + filled("a ", n // 2) + "``` " + filled("They dont www.a.de ", n // 2),
    "links": lambda n: filled("They dont www.a.de ", n),
    "open comments and faults": lambda n: filled("They dont <!-- ", n),
    "open fences and faults": lambda n: filled("They dont ` ", n),
    "promo lines": lambda n: "The end.\n" + filled("READ ALSO: they dont know\n", n),
    "promo lines among text": lambda n: (
        "The end.\n" + filled("READ ALSO: more\nThe men of the town went to the old hall.\n", n)
    ),
    "share bars": lambda n: "The end.\n" + filled("share tweet\n", n),
    "a share bar in one line": lambda n: "The end.\nshare tweet\n" + filled("share tweet ", n),
    "almost share bars": lambda n: "The end.\nshare tweet\n" + filled("share on facebook, x, facebook | x, y\n", n),
    "leads that lead nowhere": lambda n: "The end.\nREAD ALSO: more\n" + filled("read also read more read\n", n),
    "ornaments": lambda n: "The end.\nREAD ALSO: more\n" + filled(">»•* ", 500) + "\n" + filled(">» [(–\n", n),
    "short lines": lambda n: "The end.\n" + filled("dont\n", n),
    "short lines, CRLF": lambda n: "The end.\r\n" + filled("They dont.\r\n", n),
    "blank lines": lambda n: "They dont.\n" + filled(" \t \n", n) + "They dont.",
    "a line of blanks": lambda n: f"They dont.\n{' ' * n}\nThey dont.",
    "blanks, then a word": lambda n: f"They dont. {' ' * n}dont",
    "a title and blanks": lambda n: f"The old hall is open again\n{' ' * n}\nThe old hall is open again\nThey dont.",
    "the title again and again": lambda n: filled("The old hall is open again\n", n),
    "the title in one line again and again": lambda n: filled("The old hall is open again ", n),
    "one token of faults": lambda n: "They " + filled("dont-", n),
    "one token with accents": lambda n: "They dont know " + filled("aé", n),
    "Peter's abbreviations": lambda n: filled("Kiew, P. A. B. C. Poutine ", n),
    "a bibliography": lambda n: "Poutine said. " + filled("Kiew, P. et al., (19", n),
    "words with apostrophes": lambda n: "They dont " + filled("o’n’", n),
    "words with hyphens": lambda n: "They dont know. in " + filled("anti-kyiv-", n),
    "united": lambda n: "The " + filled("united states of united ", n),
    "months": lambda n: "The " + filled("march 3 of may 4 ", n),
    "numbers and stops": lambda n: "They dont. " + filled("in 2019. in 2020. in ", n),
    "dots and names": lambda n: "The " + filled("kyiv.kyiv ", n),
    "foreign lines": lambda n: filled("Le pont est fermé depuis lundi, dont Moscows.\n", n),
    "lines of no known language": lambda n: "They dont know.\n" + varied("zub {} kyiv\n", n, invented()),
    "long lines of no known language": lambda n: (
        "They dont know.\n" + varied(" ".join(["{}"] * 9) + " kyiv\n", n, invented())
    ),
}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("shape", SHAPES)
def test_shape(shape: str, scale: Scale) -> None:
    run_alone(SHAPES[shape](scale.size), scale)


@pytest.mark.slow
def test_two_hundred_thousand_short_lines() -> None:
    run_alone("The end.\n" + "dont\n" * 200_000, FULL)


@pytest.mark.slow
@pytest.mark.parametrize("token", ["dont", "Moscows", "kyiv", "MÃ¼", "a.in", "x" * 50])
def test_a_megabyte_of_one_token(token: str) -> None:
    run_alone(WOKEN + filled(token, FULL.size), FULL)


@pytest.mark.parametrize("scale", SCALES)
def test_many_protected_words(scale: Scale) -> None:
    run_alone(filled("They dont know. ", scale.size), scale, protected=["know", "They"])


@pytest.mark.parametrize("scale", SCALES)
def test_many_kept_words(scale: Scale) -> None:
    config = Settings(keep=frozenset(lexicon()[:2_000]))
    run_alone(varied("They dont {}. ", scale.size), scale, config=config)


@pytest.mark.parametrize("scale", SCALES)
def test_a_huge_title(scale: Scale) -> None:
    run_alone(filled("They dont know. ", scale.size), scale, title=filled("They dont know. ", scale.size))


@pytest.mark.parametrize("scale", SCALES)
def test_random_mixture(scale: Scale) -> None:
    """Everything that the property tests know, in one article."""
    chance = random.Random(3)
    stock = (*our.fault_words(), *our.faults(), *our.SENTENCES, *our.ODDITIES, *our.decoys())
    pieces: list[str] = []
    while (sum(map(len, pieces[-100:])) and len(pieces) < scale.size // 20) or not pieces:
        pieces.append(chance.choice(stock) + chance.choice(our.SEPARATORS))
    run_alone("".join(pieces)[: scale.size], scale)


def test_the_shapes_wake_rules() -> None:
    """Else they would prove nothing."""
    gate = pipeline(Settings(unsafe=True), "en", shipped_evidence())._gate
    texts = {name: shape(3_000) for name, shape in SHAPES.items()}
    silent = {name for name, text in texts.items() if not gate.admitted(text, text.split())}
    assert silent == set()
