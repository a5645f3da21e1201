"""What is learnt from a corpus, what is made of it, and what it must never do."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from conftest import ROOT

import cleanup
from cleanup import LearntError, Settings, rulebook
from cleanup.cli import main
from cleanup.learning import pages as pages_module
from cleanup.learning.corpus import Place
from cleanup.learning.forms import Forms, Strangers
from cleanup.learning.pages import Pages, hashed
from cleanup.learnt import FORMAT, LearntFile, normal_line
from cleanup.settings import shipped_evidence

RULE = "structure/learnt-line"


@dataclass
class Result:
    code: int
    out: str
    err: str


Command = Callable[..., Result]
Site = dict[str, list["Page"]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """The command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*argv: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(map(str, argv)))
        captured = capsysbinary.readouterr()
        return Result(code, captured.out.decode(), captured.err.decode())

    return command


def write(path: str | Path, rows: Iterable[dict[str, str]]) -> Path:
    target = Path(path)
    target.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return target


def learn(run: Command, rows: Iterable[dict[str, str]], target: str = "evidence.json") -> Path:
    """The evidence in ``rows``."""
    corpus = write("corpus.jsonl", rows)
    result = run("learn", corpus, "-o", target)
    assert (result.code, result.out) == (0, ""), result.err
    return Path(target)


def forged(lines: object = None, names: object = None, possessives: object = None) -> Path:
    """Evidence as a damaged corpus, or an enemy, might give it."""
    table = {"format": FORMAT, "lines": lines or {}, "names": names or {}, "possessives": possessives or {}}
    path = Path("forged.json")
    path.write_text(json.dumps(table), "utf-8")
    return path


# --- twenty invented sites

NAMES = "Marta Anselm Ilka Jorun Tobias Renske Pavel Oduya Lindqvist Farrow Keane Sorel".split()
PLACES = "harbour quarry market bridge reservoir depot chapel mill library".split()
THINGS = "roof budget timetable survey lease drain archive fence boiler signal gate".split()
VERBS = "inspected closed sold repaired measured photographed praised painted rented defended".split()
ENDS = ("before the frost came", "without asking anybody", "for the third time", "in front of two witnesses",
        "after a long argument", "on the quiet", "with borrowed tools", "in less than an hour")  # fmt: skip
OPINIONS = ("a bargain", "a scandal", "no surprise", "for the court", "good news", "too late by far")
SHARES = (0.95, 0.6)  # of the pages that have a line, by turns
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
MONTHS = ("January", "March", "May", "August", "October", "December")

STOCK = [
    paragraph
    for path in sorted((ROOT / "corpus" / "clean" / "en").glob("*.txt"))
    for paragraph in path.read_text("utf-8").split("\n")
    if len(paragraph) > 150
]


def sentence(chance: Random) -> str:
    """One of our own making; there are some millions."""
    name, place, thing = chance.choice(NAMES), chance.choice(PLACES), chance.choice(THINGS)
    form = chance.randrange(4)
    if form == 0:
        return f"{name} {chance.choice(VERBS)} the {thing} of the {place} {chance.choice(ENDS)}."
    if form == 1:
        return f"The {place} had its {thing} {chance.choice(VERBS)} on {chance.choice(WEEKDAYS)}, said {name}."
    if form == 2:
        return f"“That the {thing} was {chance.choice(VERBS)} is {chance.choice(OPINIONS)},” {name} wrote to them."
    return f"Some {chance.randint(3, 90)} to {chance.randint(91, 400)} people saw {name} there {chance.choice(ENDS)}."


def article(chance: Random, deck: list[str], *, plain: bool = False) -> list[str]:
    """A title and paragraphs: our own sentences, one paragraph from corpus/clean, and traps unless ``plain``."""
    title = f"{chance.choice(NAMES)} and the {chance.choice(PLACES)} {chance.choice(THINGS)}: {chance.choice(OPINIONS)}"
    body = [" ".join(sentence(chance) for _ in range(chance.randint(3, 5))) for _ in range(chance.randint(5, 9))]
    body.insert(chance.randrange(len(body)), deck.pop())
    if plain:
        return [title, *body]
    if chance.random() < 0.3:
        body.insert(1, title)  # echoed, once
    if chance.random() < 0.4:
        body.insert(0, f"By {chance.choice(NAMES[:4])} {chance.choice(('Holt', 'Meer'))}")
    if chance.random() < 0.15:
        body.append("The agency Norda contributed to this report.")
    if chance.random() < 0.3:
        body.insert(len(body) // 2, chance.choice(("Yes.", "No.")))
    return [title, *body]


def furniture(number: int, chance: Random) -> list[Callable[[], str]]:
    """The lines of a site's page; those with numbers and dates come out differently each time."""
    first, last = "Harbour Valley Morning Northern Free".split(), "Post Courier Lamp Mirror".split()
    name = f"{first[number % 5]} {last[number // 5]}"

    def date() -> str:
        return (
            f"{chance.choice(WEEKDAYS)}, {chance.randint(1, 28)} {chance.choice(MONTHS)} {chance.randint(2015, 2024)}"
        )

    return [
        lambda: f"Share this story with friends of the {name}",
        lambda: f"{chance.randint(0, 340)} comments",
        lambda: f"Updated on {date()} at {chance.randint(0, 23)}:{chance.randint(10, 59)}",
        lambda: f"© {chance.randint(2015, 2024)} {name}. All rights reserved.",
        lambda: f"Sign up for the letter of the {name} and read it with your first coffee.",
        lambda: f"» {chance.choice(('Print', 'PRINT'))} | Mail | Save ({name.split()[0]})",
        lambda: f"Reading time: {chance.randint(1, 9)} minutes",
    ]


@dataclass(frozen=True)
class Page:
    """A text of a site, and the numbers of its lines that were planted."""

    site: str
    text: str
    planted: frozenset[int]


def page(site: str, chance: Random, deck: list[str], planted: list[Callable[[], str]]) -> Page:
    lines = [(line, False) for line in article(chance, deck)]
    for number, make in enumerate(planted):
        if chance.random() < SHARES[number % 2]:
            # Some stand at the end, some anywhere; the first line is the title.
            at = len(lines) if number % 3 else chance.randint(1, len(lines))
            lines.insert(at, (make(), True))
    text = "\n\n".join(line for line, _ in lines)
    return Page(site, text, frozenset(number for number, (_, is_planted) in enumerate(lines) if is_planted))


def sites(seed: int = 20) -> Site:
    chance = Random(seed)
    found: Site = {}
    for number in range(20):
        name = f"site-{number}.example"
        deck = chance.sample(STOCK, len(STOCK))
        planted = furniture(number, chance)
        found[name] = [page(name, chance, deck, planted) for _ in range(chance.randint(12, 30))]
    return found


def rows(found: Site) -> list[dict[str, str]]:
    """As JSONL; every site has one article in three copies, and another in three versions."""
    told = []
    for pages in found.values():
        told += [{"site": one.site, "text": one.text} for one in pages]
        told += [{"site": pages[0].site, "text": pages[0].text}] * 2
        told += [{"site": pages[1].site, "text": f"{pages[1].text}\n\nVersion {n}."} for n in ("two", "three")]
    return told


def removed(text: str, evidence: Path) -> set[int]:
    """The numbers of the lines that go."""
    report = cleanup.clean(text, unsafe=True, select=RULE, evidence=evidence)
    starts, at = [], 0
    for line in text.split("\n\n"):
        starts.append((at, at + len(line)))
        at += len(line) + 2
    changes = report.changes
    return {n for n, (start, end) in enumerate(starts) if any(c.start <= start and end <= c.end for c in changes)}


def test_planted_lines_are_found_and_no_line_of_an_article(run: Command) -> None:
    every = sites()
    taught = {site: pages[: len(pages) * 3 // 4] for site, pages in every.items()}
    evidence = learn(run, rows(taught))
    planted = found = 0
    for pages in every.values():  # those that taught, and those that it has never seen
        for one in pages:
            gone = removed(one.text, evidence)
            assert gone <= one.planted, one.text.split("\n\n")[min(gone - one.planted)]
            planted += len(one.planted)
            found += len(gone)
    print(f"{found} of {planted} planted lines found")
    assert planted > 1_500
    assert found >= 0.95 * planted


@pytest.mark.slow
def test_the_shares_are_well_chosen(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over 120 sites: with less an agency's sentence is taken for the page's, with more the page's are missed."""
    found: dict[tuple[str, int], float] = {}
    wrong: dict[tuple[str, int], int] = {}
    table: list[str] = []
    tried = {"LEAST_SHARE": (5, 20, 10), "LEAST_SHARE_OF_SENTENCES": (10, 40, 25)}  # the one in force last
    for name, share in ((name, share) for name, shares in tried.items() for share in shares):
        monkeypatch.setattr(pages_module, name, share)
        planted = hits = false = 0
        for seed in range(20, 26):
            every = sites(seed)
            taught = {site: pages[: len(pages) * 3 // 4] for site, pages in every.items()}
            learnt = json.loads(learn(run, rows(taught)).read_bytes())["lines"]
            for one in (page for pages in every.values() for page in pages):
                told = [normal_line(line) in learnt.get(one.site, ()) for line in one.text.split("\n\n")]
                planted += len(one.planted)
                hits += sum(told[n] for n in one.planted)
                false += sum(is_hit for n, is_hit in enumerate(told) if n and n not in one.planted)
        found[name, share], wrong[name, share] = hits / planted, false
        table.append(f"{name} {share}: {hits:,} of {planted:,} planted lines found, {false} lines of articles")
    print("\n".join(table))
    assert wrong["LEAST_SHARE_OF_SENTENCES", 10] > wrong["LEAST_SHARE_OF_SENTENCES", 25] == 0
    assert found["LEAST_SHARE_OF_SENTENCES", 40] < 0.95 < found["LEAST_SHARE_OF_SENTENCES", 25]
    assert len({found["LEAST_SHARE", share] for share in (5, 10, 20)}) == 1


@pytest.mark.parametrize("shards", [3, 8])
def test_the_number_of_shards_makes_no_difference(run: Command, shards: int) -> None:
    told = rows(sites())
    one = learn(run, told).read_bytes()
    Random(1).shuffle(told)
    write("half.jsonl", told[: len(told) // 2])
    with gzip.open("rest.jsonl.gz", "wt", encoding="utf-8") as rest:
        rest.writelines(json.dumps(row) + "\n" for row in told[len(told) // 2 :])
    assert run("learn", "half.jsonl", "rest.jsonl.gz", "-o", "other.json", "--shards", shards).code == 0
    assert Path("other.json").read_bytes() == one
    assert json.loads(one)["names"]


def test_bounds_make_no_difference_to_shares() -> None:
    """Where a corpus is larger than what is kept, hashes choose, and they choose alike."""
    told = rows(sites())
    pages, forms = Pages(most_lines=700), Forms(most=60)
    shares = [(Pages(most_lines=700), Forms(most=60)) for _ in range(3)]
    lexicon = Strangers(shipped_evidence(), frozenset())
    for number, row in enumerate(told):
        first, second = chr(97 + number % 26), chr(97 + number // 26)
        text = f"{row['text']} Then word{first}x{second} met Zq{first}lov."
        key = hashed(text)
        for own_pages, own_forms in ((pages, forms), shares[number % 3]):
            own_pages.add(row["site"], text, key, Place(0, number))
            own_forms.add(text, key, lexicon)
    merged_pages, merged_forms = shares[2]
    for share_pages, share_forms in shares[:2]:
        merged_pages.merge(share_pages)
        merged_forms.merge(share_forms)
    assert list(merged_pages.shared()) == list(pages.shared())
    assert 0 < sum(len(page.lines) for site in pages.sites.values() for page in site.values()) <= 700
    assert merged_forms == forms or merged_forms.names() == forms.names()
    assert sorted(merged_forms.large) == sorted(forms.large)
    assert sum(map(len, (forms.large, forms.small, forms.possessive, forms.plural))) <= 60


# --- lines

PARAGRAPHS = [
    f"The {place} was closed for {n} days while the crews looked at the {thing}, and nobody could say why it took long."
    for n, (place, thing) in enumerate(zip(PLACES, THINGS, strict=False), 2)
]


def texts_with(line: str, times: int = 5) -> list[dict[str, str]]:
    return [
        {"text": f"On the {place}\n\n{first}\n\n{line}\n\n{second}\n\nTold by the {place} keeper"}
        for place, first, second in zip(PLACES[:times], PARAGRAPHS, PARAGRAPHS[1:], strict=False)
    ]


def test_a_line_of_the_page_goes_when_it_is_asked_for(run: Command) -> None:
    evidence = learn(run, texts_with("12 readers liked this"))
    assert json.loads(evidence.read_text("utf-8"))["lines"] == {"": {"0 reader liked this": [5, 5]}}
    text = f"A title\n\n{PARAGRAPHS[0]}\n\n  » 7 readers liked this\n\n{PARAGRAPHS[1]}"
    (finding,) = cleanup.check(text, evidence=evidence)
    assert (finding.rule, finding.tier, finding.effect) == (RULE, "unsafe", "removal")
    assert finding.evidence == "on 5 of 5 pages of the corpus"
    report = cleanup.clean(text, unsafe=True, evidence=evidence)
    assert report.corrected == f"A title\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"
    assert cleanup.apply(text, report.changes) == report.corrected
    assert cleanup.clean(text, unsafe=True, removals=False, evidence=evidence).corrected is text
    assert cleanup.clean(text, evidence=evidence).corrected is text


def test_without_evidence_nothing_is_known() -> None:
    assert cleanup.check(f"A title\n\n{PARAGRAPHS[0]}\n\n7 readers liked this\n\n{PARAGRAPHS[1]}") == ()


def test_title_first_line_and_echo_stay(run: Command) -> None:
    evidence = learn(run, texts_with("Letters to the editor"))
    for text in (
        f"Letters to the editor\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}",
        f"Letters to the editor\n\n{PARAGRAPHS[0]}\n\nLETTERS TO THE EDITOR\n\n{PARAGRAPHS[1]}",
    ):
        assert cleanup.clean(text, unsafe=True, select=RULE, evidence=evidence).corrected is text
    body = f"{PARAGRAPHS[0]}\n\nLetters to the editor\n\n{PARAGRAPHS[1]}"
    report = cleanup.clean(body, title="Letters to the editor", unsafe=True, select=RULE, evidence=evidence)
    assert (report.corrected_title, report.corrected) == ("Letters to the editor", body)


def test_more_than_a_quarter_is_only_shown(run: Command) -> None:
    evidence = learn(run, texts_with("Share this story with all of your friends today and tomorrow"))
    text = f"A title\n\nShare this story with all of your friends today and tomorrow\n\n{PARAGRAPHS[0]}"
    (finding,) = cleanup.check(text, unsafe=True, evidence=evidence)
    assert (finding.rule, finding.tier, finding.fix) == (RULE, "display-only", None)
    assert "more than a quarter" in finding.evidence


def test_it_takes_no_room_from_removals_that_are_safe(run: Command) -> None:
    """However much a corpus calls furniture, a shipped rule may remove what it always has."""
    text = f"A title\n\n{PARAGRAPHS[0]}\n\nREAD ALSO: The quiet end of the ferry\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}"
    safe = cleanup.clean(text).corrected
    assert safe != text
    lines = {"": {PARAGRAPHS[2].lower().replace("4", "0").replace("0 days", "0 day"): [9, 9]}}
    report = cleanup.clean(text, unsafe=True, evidence=forged(lines=lines))
    assert "READ ALSO" not in report.corrected


@pytest.mark.parametrize(
    "line",
    [
        "The agency Norda contributed to this report.",
        "By Ilka Holt",
        "By Ilka Holt and Jorun van Meer",
        "Yes.",
        "12",
        "II",
        "—",
    ],
)
def test_what_recurs_in_articles_is_none_of_the_page(run: Command, line: str) -> None:
    chance = Random(4)
    deck = chance.sample(STOCK, len(STOCK))
    told = ["\n\n".join([*article(chance, deck, plain=True), *([line] if n % 5 == 0 else [])]) for n in range(30)]
    evidence = learn(run, [{"text": text} for text in told])
    assert json.loads(evidence.read_text("utf-8"))["lines"] == {}


def test_copies_and_versions_count_once(run: Command) -> None:
    chance = Random(5)
    deck = chance.sample(STOCK, len(STOCK))
    every = ["\n\n".join([*article(chance, deck), f"A last line of number {n}"]) for n in "abcdef"]
    copies = [every[0]] * 9
    versions = [f"{every[1]}\n\nThis is {n} version of the story." for n in ("a second", "a third", "a fourth")]
    evidence = learn(run, [{"site": "one", "text": text} for text in (*every, *copies, *versions)])
    assert json.loads(evidence.read_text("utf-8"))["lines"] == {}


def test_sites_are_kept_apart(run: Command) -> None:
    told = texts_with("Share this with a friend")
    for number, row in enumerate(told):
        row["site"] = f"s{number % 2}"  # three and two: neither has it often enough with two
    table = json.loads(learn(run, told).read_text("utf-8"))
    assert table["lines"] == {"s0": {"share this with a friend": [3, 3]}}


@pytest.mark.parametrize(
    ("fields", "options", "site"),
    [
        ({"site": "Lamp"}, [], "lamp"),
        ({"domain": "www.lamp.example"}, [], "lamp.example"),
        ({"url": "https://www.Lamp.example:8080/a?b"}, [], "lamp.example"),
        ({"site": "a", "source": "b"}, ["--site-field", "source"], "b"),
        ({"site": "", "domain": "d"}, [], "d"),
        ({"url": "http://[broken"}, [], "http://[broken"),
        ({"site": "\ud800"}, [], "\\ud800"),
    ],
)
def test_where_a_site_is_looked_for(run: Command, fields: dict[str, str], options: list[str], site: str) -> None:
    write("c.jsonl", [row | fields for row in texts_with("Share this with a friend")])
    assert run("learn", "c.jsonl", "-o", "e.json", *options).code == 0
    assert list(json.loads(Path("e.json").read_text("utf-8"))["lines"]) == [site]


def test_folders_of_texts(run: Command) -> None:
    Path("texts/deep").mkdir(parents=True)
    for number, row in enumerate(texts_with("Share this with a friend")):
        Path(f"texts/{'deep/' * (number % 2)}{number}.txt").write_text(row["text"], "utf-8")
    Path("texts/.hidden.txt").write_bytes(b"\0")
    Path("texts/picture.png").write_bytes(b"\0")
    result = run("learn", "texts", "-o", "texts/evidence.jsonl")
    assert result.code == 0
    first = Path("texts/evidence.jsonl").read_bytes()
    assert run("learn", "texts", "-o", "texts/evidence.jsonl").code == 0
    assert Path("texts/evidence.jsonl").read_bytes() == first, "a result must not become input"
    assert json.loads(first)["texts"] == 5


# --- names and possessives

LEARNT = "Nobody had asked brannigov about the boiler in the chapel."


def texts_about(name: str, times: int = 6) -> list[dict[str, str]]:
    return [
        {"text": f"On {place}\n\nThey wrote to {name} about the {place}, and {name}'s answer was short.\n\n{paragraph}"}
        for place, paragraph in zip(PLACES[:times], PARAGRAPHS, strict=False)
    ]


def test_a_name_of_the_corpus_alone_is_unsafe(run: Command) -> None:
    evidence = learn(run, texts_about("Brannigov"))
    assert cleanup.check(LEARNT) == ()
    (finding,) = cleanup.check(LEARNT, evidence=evidence)
    assert (finding.rule, finding.tier) == ("words/lower-case-name", "unsafe")
    assert finding.evidence == "brannigov: Brannigov 0 times here, in 6 texts of the corpus, brannigov in 0"
    assert cleanup.clean(LEARNT, evidence=evidence).corrected is LEARNT
    assert cleanup.clean(LEARNT, unsafe=True, evidence=evidence).corrected == LEARNT.replace("branni", "Branni")


def test_a_possessive_of_the_corpus_alone_is_unsafe(run: Command) -> None:
    evidence = learn(run, texts_about("Brannigov"))
    text = "Few of them believed in Brannigovs latest offer."
    (finding,) = cleanup.check(text, evidence=evidence)
    assert (finding.rule, finding.tier) == ("words/lost-possessive", "unsafe")
    assert cleanup.clean(text, evidence=evidence).corrected is text
    assert cleanup.clean(text, unsafe=True, evidence=evidence).corrected == text.replace("vs", "v's")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(texts_about("Brannigov", 2), id="too few"),
        pytest.param([*texts_about("Brannigov")[:1]] * 9, id="copies"),
        pytest.param([*texts_about("Brannigov"), {"text": "We brannigov all day."}], id="a word as well"),
        pytest.param(texts_about("Chapel"), id="a word of the lexicon"),
    ],
)
def test_what_makes_no_name(run: Command, told: list[dict[str, str]]) -> None:
    table = json.loads(learn(run, told).read_text("utf-8"))
    assert (table["names"], table["possessives"]) == ({}, {})


def test_an_article_that_tells_both_apart_has_the_last_word(run: Command) -> None:
    evidence = learn(run, texts_about("Brannigov"))
    text = "They met Brannigov there. To brannigov is to wait, and we brannigov often, as all brannigov do."
    assert cleanup.clean(text, unsafe=True, evidence=evidence).corrected is text


# --- what evidence must never do


def outcomes(evidence: Path | None, **options: bool) -> list[str]:
    texts = [wrong for rule in rulebook.shipped() for wrong, _ in rule.mends]
    texts += [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/wild/*/before.txt"))]
    return [cleanup.clean(text, evidence=evidence, **options).corrected for text in texts]


def test_a_damaged_corpus_disables_no_rule_and_makes_nothing_safe(run: Command) -> None:
    bad = "The train to kyiv was late. They dont know Moscows offer in venezuela.\n\nREAD ALSO:"
    worse = "He met Dont and Isnt, and the Kremlins man, in Kiew, and so did Train's men."
    told = [{"text": f"Number {n}\n\n{bad} {n}"} for n in range(5_000)]
    told += [{"text": f"So {n}\n\n{worse}"} for n in range(50)]
    evidence = learn(run, told)
    assert cleanup.clean("The train to kyiv was late.", evidence=evidence).corrected == "The train to Kyiv was late."
    assert outcomes(evidence) == outcomes(None)


def test_forged_evidence_changes_nothing_unasked(run: Command) -> None:
    wrong = [line for rule in rulebook.shipped() for text, _ in rule.mends for line in text.split("\n")]
    every = [word for line in wrong for word in line.split() if word.isalpha()]
    evidence = forged(
        lines={"x": {line.lower(): [9, 9] for line in wrong}},
        names={word.upper(): [9999, 0] for word in every} | {"Train": [9999, 0]},
        possessives={word.capitalize(): [9999, 0] for word in every} | {"Obama": [9999, 0], "Ranger": [9999, 0]},
    )  # fmt: skip
    assert outcomes(evidence) == outcomes(None)
    for text in (path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/clean/en/*.txt"))):
        assert cleanup.clean(text, evidence=evidence).corrected is text


def test_a_shipped_fix_is_not_crowded_out_by_a_learnt_one(run: Command) -> None:
    evidence = forged(names={"Kyive": [99, 0], "KYIV": [99, 0], "AMERICAN": [99, 0]})
    text = "The train to kyiv was late, an american said."
    assert cleanup.clean(text, unsafe=True, evidence=evidence).corrected == cleanup.clean(text).corrected


def test_clean_articles_stay_clean_under_evidence_from_them(run: Command) -> None:
    """Half of corpus/clean teaches: no article of either half may change, unsafe fixes and all."""
    paths = sorted(ROOT.glob("corpus/clean/en/*.txt"))
    Path("taught").mkdir()
    for path in paths[::2]:
        shutil.copy(path, "taught")
    assert run("learn", "taught", "-o", "evidence.json").code == 0
    for path in paths:
        text = path.read_text("utf-8")
        with_it = cleanup.clean(text, unsafe=True, evidence="evidence.json").corrected
        assert with_it == cleanup.clean(text, unsafe=True).corrected, path.name


def test_it_is_idempotent(run: Command) -> None:
    evidence = learn(run, rows(sites()))
    for pages in list(sites().values())[:5]:
        once = cleanup.clean(pages[0].text, unsafe=True, evidence=evidence).corrected
        assert cleanup.clean(once, unsafe=True, evidence=evidence).corrected is once


# --- how it is named


def test_the_verbs_take_evidence(run: Command) -> None:
    evidence = learn(run, texts_about("Brannigov"))
    Path("a.txt").write_text(LEARNT, "utf-8")
    options = ("a.txt", "--evidence", evidence, "--isolated")
    assert "words/lower-case-name" in run("check", *options).out
    assert run("diff", "--unsafe", *options).code == 1
    assert run("fix", "--unsafe", *options).out == LEARNT.replace("branni", "Branni")
    assert "1 texts" in run("score", *options).out
    signatures = {run("eval", mode, *options, "--unsafe", "-q").out.splitlines()[-1] for mode in ("clean", "inject")}
    digest = LearntFile.at(evidence).digest
    assert len(signatures) == 1
    assert f"|learnt:{digest}|" in signatures.pop()


def test_the_configuration_names_evidence_from_where_it_stands(run: Command) -> None:
    evidence = learn(run, texts_about("Brannigov"))
    Path("deep").mkdir()
    evidence.rename("deep/e.json")
    Path("deep/cleanup.toml").write_text('evidence = "e.json"\nunsafe = true\n')
    report = cleanup.clean(LEARNT, config="deep/cleanup.toml")
    assert report.corrected == LEARNT.replace("branni", "Branni")
    assert f"|learnt:{LearntFile.at(Path('deep/e.json')).digest}|" in report.signature
    assert "learnt:" not in cleanup.clean(LEARNT).signature
    assert cleanup.clean(LEARNT, config=Settings(evidence=Path("deep/e.json"), unsafe=True)).changes


def test_evidence_that_changes_is_met_anew_and_refused_by_a_run_that_began_before(run: Command) -> None:
    path = forged(names={"Brannigov": [9, 0]})
    began = Settings(evidence=LearntFile.at(path), unsafe=True)
    assert cleanup.clean(LEARNT, unsafe=True, evidence=path).changes
    path = forged(names={"Lindqvisto": [9, 0]})
    assert not cleanup.clean(LEARNT, unsafe=True, evidence=path).changes
    late = Settings(evidence=LearntFile(path, "00000000"))
    with pytest.raises(LearntError, match="changed since"):
        cleanup.clean(LEARNT, config=late)
    assert cleanup.clean(LEARNT, config=began).changes, "what was read stays read"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "No such file"),
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "format is None"),
        (b'{"format": "mt-cleanup evidence 99"}', "not 'mt-cleanup evidence 1'"),
        (f'{{"format": "{FORMAT}"}}'.encode(), "damaged"),
        (f'{{"format": "{FORMAT}", "lines": {{"a": 1}}, "names": {{}}, "possessives": {{}}}}'.encode(), "damaged"),
        (
            f'{{"format": "{FORMAT}", "lines": {{}}, "names": {{"A": ["1", 2]}}, "possessives": {{}}}}'.encode(),
            "damaged",
        ),
    ],
)
def test_evidence_that_cannot_be_used(run: Command, data: bytes | None, says: str) -> None:
    Path("a.txt").write_text(LEARNT, "utf-8")
    if data is not None:
        Path("e.json").write_bytes(data)
    result = run("fix", "--evidence", "e.json", "a.txt")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("cleanup: e.json: ")
    assert says in result.err
    Path("cleanup.toml").write_text('\nevidence = "e.json"\n')
    assert run("check", "a.txt").code == 2
    with pytest.raises(LearntError, match=r"e\.json"):
        cleanup.clean(LEARNT, evidence="e.json")


def test_evidence_must_be_a_path(run: Command) -> None:
    Path("a.txt").write_text(LEARNT, "utf-8")
    Path("cleanup.toml").write_text("\nevidence = 3\n")
    result = run("check", "a.txt")
    assert result.code == 2
    assert "cleanup.toml:2: evidence must be the path of a file, not 3" in result.err


# --- what can be wrong with a corpus


def test_bad_lines_are_named_and_the_rest_is_learnt(run: Command) -> None:
    good = "".join(json.dumps(row) + "\n" for row in texts_with("Share this with a friend")).encode()
    bad = [b"{", b"[1]", b'{"text": 3}', b"\xff\xfe", b'"' + b"x" * 70_000 + b'"', b"null", b"[" * 90_000]
    Path("cleanup.toml").write_text("max-bytes = 60000\n")
    Path("c.jsonl").write_bytes(good + b"\n" + b"\n".join(bad) + b"\n" + good)
    one = run("learn", "c.jsonl", "-o", "e.json")
    assert one.code == 3
    for number in range(7, 14):
        assert f"cleanup: c.jsonl:{number}: " in one.err
    assert "c.jsonl:11: longer than the limit of 60,000 bytes" in one.err
    assert json.loads(Path("e.json").read_text("utf-8"))["texts"] == 10
    Path("e.json").unlink()
    many = run("learn", "c.jsonl", "-o", "e.json", "--shards", 4)
    assert sorted(many.err.splitlines()) == sorted(one.err.splitlines())


def test_hostile_texts(run: Command) -> None:
    lone = [
        row | {"text": row["text"] + "\n\nLone \ud800 line\n\n" + "x" * 500_000}
        for row in texts_with("Share it, friend")
    ]
    lone += [{"text": "\ud800\udc00 \x00 \u2028"}, {"text": ""}, {"text": "\n" * 9_000}, {"text": "a\r" * 9_000}]
    table = json.loads(learn(run, lone).read_bytes())
    assert table["lines"] == {"": {"share it, friend": [5, 9]}}


def test_broken_files_are_named(run: Command) -> None:
    write("good.jsonl", texts_with("Share this with a friend"))
    Path("binary.txt").write_bytes(b"ab\0c")
    Path("utf16.txt").write_bytes("\ufeffabc".encode("utf-16"))
    Path("latin.txt").write_bytes(b"caf\xe9")
    Path("cut.jsonl.gz").write_bytes(gzip.compress(Path("good.jsonl").read_bytes() * 50)[:-30])
    Path("no.jsonl.gz").write_bytes(b"not gzip")
    for shards in (1, 3):
        result = run("learn", ".", "-o", "e.json", "--shards", shards)
        assert result.code == 3
        assert [line.split(":")[1].strip() for line in result.err.splitlines()[:-1]] == [
            "binary.txt", "cut.jsonl.gz", "latin.txt", "no.jsonl.gz", "utf16.txt",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("paths", "says"),
    [
        (["missing"], "cleanup: missing: no such file or folder; check the path"),
        (["empty"], "cleanup: empty: no text in this folder"),
        (["bad.txt"], "no text could be read, so nothing was learnt"),
        (["good.jsonl", "missing"], "cleanup: missing: no such file"),
        (["-"], "cleanup: -: no such file"),
    ],
)
def test_what_cannot_be_done_writes_nothing(run: Command, paths: list[str], says: str) -> None:
    Path("empty").mkdir()
    Path("bad.txt").write_bytes(b"\0")
    write("good.jsonl", texts_with("Share this with a friend"))
    result = run("learn", *paths, "-o", "e.json")
    assert result.code == 2
    assert says in result.err
    assert not Path("e.json").exists()


def test_nothing_foreign_is_overwritten(run: Command) -> None:
    write("c.jsonl", texts_with("Share this with a friend"))
    Path("diary.json").write_text("Dear diary")
    result = run("learn", "c.jsonl", "-o", "diary.json")
    assert (result.code, Path("diary.json").read_text()) == (2, "Dear diary")
    assert "--force overwrites it" in result.err
    assert run("learn", "c.jsonl", "-o", "diary.json", "--force").code == 0
    assert run("learn", "c.jsonl", "-o", "diary.json").code == 0, "its own evidence it may renew"
    assert run("learn", "c.jsonl", "-o", "no/such/e.json").code == 2
    assert run("learn", "c.jsonl", "-o", ".").code == 2
    assert run("learn", "c.jsonl", "-o", "c.jsonl", "--force").code == 2, "the corpus itself not even then"
    assert Path("c.jsonl").read_bytes().startswith(b'{"text": "On the harbour')
    assert run("learn", "c.jsonl").code == 2
    assert run("learn", "c.jsonl", "-o", "e.json", "--shards", "0").code == 2
    assert sorted(path.name for path in Path().iterdir()) == ["c.jsonl", "diary.json"]


def test_a_megabyte_of_learnt_lines(run: Command) -> None:
    evidence = learn(run, texts_with("12 readers liked this"))
    text = "A title\n" + "12 readers liked this\n" * 20_000 + ("A long line of text. " * 9 + "\n") * 8_000
    report = cleanup.clean(text, unsafe=True, select=RULE, evidence=evidence)
    assert "readers" not in report.corrected


def test_help_tells_of_it(run: Command) -> None:
    assert "--site-field" in run("learn", "--help").out
    assert "learn " in run("--help").out
