"""What the property tests feed to the pipeline: articles that are as bad as the web's, and worse.

An article is made of pieces: real sentences, faults of every shipped rule, things that must
survive, and characters at random. :func:`articles` mixes them with separators that include
no separator at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import regex
from conftest import ROOT
from hypothesis import strategies as st

from cleanup import rulebook
from cleanup.article import WORD, Kind

SENTENCES = (
    "The ferry left the harbour at seven, and nobody waved.",
    "Her report on the old quarry runs to 1,240 pages.",
    "“We will open the gates on Friday,” said the warden.",
    "Three of the four pumps failed during the night of 12.03.2021.",
    "It isn't the first time that the lake has frozen over.",
    "The choir's new hall stands between Riga and Vilnius.",
    "Nobody knows who painted the blue door; the baker has a guess.",
    "At 17:45 the last tram turned into the depot.",
    "Mr. Oduya of the U.S. office called it “a fair offer”.",
    "Prices rose by 3.5% in May, the bank said.",
    "Le pont est fermé depuis lundi et les habitants ne sont pas contents.",
    "Der Zug nach Erfurt hatte heute wieder eine Stunde Verspätung.",
    "Мост закрыт с понедельника, и жители города этим недовольны.",
    "كان الجسر مغلقا منذ يوم الاثنين",
    "駅のピアノは今日も静かです。",
    "no capitals here, only a poem about kyiv and the sea.",
)

SURVIVORS: tuple[tuple[str, Kind], ...] = (
    ("https://example.org/dont/kyiv?q=isnt#moscows", "urls"),
    ("http://news.example.com/tuesday.in.paris", "urls"),
    ("www.example.net/a.in-b", "urls"),
    ("dont.isnt@kyiv-post.example.com", "urls"),
    ("@kyiv_dont", "urls"),
    ("#americanMonday", "urls"),
    ("/usr/local/kyiv.d/dont", "urls"),
    ("kyiv.example.com", "urls"),
    ("`dont kyiv`", "code"),
    ("`deal. in Geneva`", "code"),
    ("```\nThey dont know. in kyiv\n```", "code"),
    ('<a href="kyiv" title="they dont">', "markup"),
    ("<em>", "markup"),
    ("</em>", "markup"),
    ("<!-- dont, kyiv. in paris -->", "markup"),
    ("&amp;", "markup"),
    ("&#8217;", "markup"),
)
"""What law 4 lets nobody touch, full of what the rules look for."""

NUMBERS = ("7", "1,240", "3.5", "12.03.2021", "17:45", "1/2", "2019", "12%", "٣٤", "१२", "0.000.1")
NUMBER = regex.compile(r"\p{Nd}++(?:[.,:/]\p{Nd}++)*+")

ODDITIES = (
    "\u0301", "\u0308\u0323", "\u20dd", "\u200d", "\u200b", "\u200c", "\u2060", "\u00ad", "\ufeff",
    "👩\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "🇫🇷", "🇫", "👍🏽", "e\u0301", "\u1112\u1161\u11ab", "क्षि", "กำ",
    "\ud800", "\udfff", "\ud83d", "\x00", "\x07", "\x1c", "\x85", "\u2028", "\u2029", "\x0b", "\x0c",
    "\u202e", "\u2067", "\u2069", "\u200f", "\r", "\r\n", "\n\r", "\n", "\t", "\u00a0", "\u3000",
    "“", "”", "„", "«", "»", "‘", "’", "'", '"', "`", "``", "```", "~~~", "<", ">", "&", "@", "#", "/", "\\",
    ".", "..", "…", ",", ";", ":", "?", "!", "-", "—", "|", "*", "_", "%", "$", "Ã", "Â", "â€™", "Ã©", "Ð", "ﬁ",
    "İ", "ı", "ß", "ǅ", "K", "ſ", "Ⅷ", "²", "½",
)  # fmt: skip

SEPARATORS = (" ", " ", " ", "\n\n", "\n\n", "\n", "\r\n", "\r\n\r\n", "\r", "", ". ", ", ", "\u00a0", "\t", "  ")


@cache
def faults() -> tuple[str, ...]:
    """The faulty example of every shipped card, and the words that differ from the repair."""
    found: list[str] = []
    for rule in rulebook.shipped():
        for wrong, right in rule.mends:
            kept = set(right.split())
            found.append(wrong)
            found += (word for word in wrong.split() if word not in kept)
        found += (text for text, _ in rule.shows)
    return tuple(dict.fromkeys(found))


@cache
def decoys() -> tuple[str, ...]:
    """What the cards promise to leave alone: near misses of every rule."""
    return tuple(dict.fromkeys(text for rule in rulebook.shipped() for text, _ in rule.leaves))


@cache
def fault_words() -> tuple[str, ...]:
    """Short faults: what stands out in the examples, and a sample of all swaps."""
    words = [fault for fault in faults() if len(fault) < 30]
    for rule in rulebook.shipped():
        if rule.detector_name == "swap":
            words += sorted(rule.prepared.pairs)[::17]
    words += [
        "dont",
        "Moscows",
        "kyiv",
        "american",
        "monday",
        "LExpress",
        "OBrien",
        "poutine",
        "Poutine",
        "united states",
    ]
    return tuple(dict.fromkeys(words))


@cache
def paragraphs() -> tuple[str, ...]:
    """Paragraphs of the repository's corpus, clean and faulty, in all its languages."""
    found: list[str] = []
    for path in sorted((ROOT / "corpus").rglob("*.txt")):
        if path.name != "after.txt":
            found += (p for p in path.read_bytes().decode("utf-8").split("\n\n") if 20 < len(p) < 900)
    return tuple(dict.fromkeys(found))


CONTEXTS = (
    "The deal. in {}", "“We know,” he said. told {} the mayor", "“{} “.", "READ ALSO: {}", "Share on Facebook, {}",
    "to {} and back", "the {} of May", "{}s latest offer", "{}. was closed", "L{}", "-{}-", "({})", "“{}”",
    "{}'s", "{} and {}",
)  # fmt: skip


def in_context(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Faults in the surroundings that rules look at."""
    return st.builds(lambda frame, word: frame.replace("{}", word), st.sampled_from(CONTEXTS), words)


def any_text(longest: int = 12) -> st.SearchStrategy[str]:
    """Characters at random, lone surrogates and all."""
    return st.text(st.characters(exclude_categories=()), max_size=longest)


def pieces() -> st.SearchStrategy[str]:
    """One piece of an article."""
    words = st.sampled_from(fault_words())
    return st.one_of(
        words,
        st.sampled_from(faults()),
        st.sampled_from(SENTENCES),
        st.sampled_from(ODDITIES),
        in_context(words),
        st.sampled_from(decoys()),
        st.sampled_from(paragraphs()),
        st.sampled_from([text for text, _ in SURVIVORS]),
        st.sampled_from(NUMBERS),
        any_text(),
        st.builds(lambda word, mark: word + mark, words, st.sampled_from(ODDITIES)),
        st.builds(lambda word, mark: mark + word, words, st.sampled_from(ODDITIES)),
        st.builds(lambda c, n: c * n, st.sampled_from(ODDITIES), st.sampled_from((2, 3, 25, 26, 60))),
    )


@st.composite
def articles(draw: st.DrawFn, *, most: int = 12) -> str:
    """Pieces, each with a separator behind it; now and then a mark or a title in front."""
    chosen = draw(st.lists(st.tuples(pieces(), st.sampled_from(SEPARATORS)), max_size=most))
    front = draw(st.sampled_from(("", "", "", "\ufeff", "\n", "READ ALSO: more\n")))
    back = draw(st.sampled_from(("", "", "\n", "\r\n", " ", "\ufeff")))
    return front + "".join(piece + gap for piece, gap in chosen) + back


def fault_dense() -> st.SearchStrategy[str]:
    """Little but faults, close together: what makes rounds and merges work."""
    words = st.sampled_from(fault_words())
    piece = st.one_of(words, in_context(words), st.sampled_from(faults()), st.sampled_from(ODDITIES))
    return st.lists(st.tuples(piece, st.sampled_from(SEPARATORS)), max_size=25).map(
        lambda pairs: "".join(piece + gap for piece, gap in pairs)
    )


def texts() -> st.SearchStrategy[str]:
    """Any text: articles, dense faults, mere characters."""
    return st.one_of(articles(), fault_dense(), any_text(60), titled())


def _without_marks(text: str) -> str:
    return regex.sub(r"[^\w\s]", "", text)


def _cut_off(text: str) -> str:
    return " ".join(text.split()[:-1]) + "…"


def _doubled(text: str) -> str:
    return f"{text} {text}"


MANGLINGS: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, _without_marks, _cut_off, _doubled)
"""What becomes of a headline on its way through a page."""


@st.composite
def titled(draw: st.DrawFn) -> str:
    """A headline, what a page makes of it, and some paragraphs: room for removals."""
    headline = draw(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(decoys()), st.sampled_from(faults())))
    mangle = draw(st.sampled_from(MANGLINGS))
    gap = draw(st.sampled_from(("\n\n", "\n", "\r\n", " ", "\r\n\r\n")))
    copies = [headline, mangle(headline)]
    body = draw(st.lists(pieces(), max_size=8))
    return gap.join([*(copies if draw(st.booleans()) else reversed(copies)), *body])


def titles() -> st.SearchStrategy[str]:
    """Titles that are kept apart: mostly short, sometimes of several lines."""
    words = st.sampled_from(fault_words())
    piece = st.one_of(words, in_context(words), st.sampled_from(SENTENCES), st.sampled_from(ODDITIES), any_text(5))
    return st.lists(piece, max_size=4).map(" ".join)


@dataclass(frozen=True)
class Options:
    """Keyword arguments of ``clean`` that change what is applied."""

    unsafe: bool
    removals: bool
    preview: bool
    lang: str

    def as_keywords(self) -> dict[str, object]:
        return {"unsafe": self.unsafe, "removals": self.removals, "preview": self.preview, "lang": self.lang}


def options() -> st.SearchStrategy[Options]:
    """Every way to run, the default first so that failures shrink towards it."""
    return st.builds(
        Options,
        unsafe=st.booleans(),
        removals=st.sampled_from((True, False)),
        preview=st.booleans(),
        lang=st.sampled_from(("en", "en", "en", "fr", "de", "ru", "xx")),
    )


@st.composite
def with_survivors(draw: st.DrawFn) -> str:
    """Faults with what law 4 protects between them, each apart by blanks or line ends."""
    kept = st.one_of(st.sampled_from([text for text, _ in SURVIVORS]), st.sampled_from(NUMBERS))
    words = st.sampled_from(fault_words())
    other = st.one_of(words, in_context(words), in_context(kept), st.sampled_from(SENTENCES), st.sampled_from(faults()))
    chosen = draw(
        st.lists(st.tuples(st.one_of(kept, other), st.sampled_from((" ", " ", "\n", "\n\n", "\r\n"))), max_size=14)
    )
    return "".join(piece + gap for piece, gap in chosen)


def words_of(text: str) -> list[str]:
    """The words that a caller might name in ``keep`` or ``protected``."""
    return sorted(set(WORD.findall(text)))
