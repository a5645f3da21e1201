"""What the injectors make of tiny texts, worked out by hand."""

from __future__ import annotations

import re
from random import Random

import pytest

from cleanup.evaluation.injectors import Fault, Injector, injectors
from cleanup.evaluation.injectors._passages import quotations, sentences

FAMILIES = {injector.name: injector for injector in injectors()}


def put_in(text: str, fault: Fault) -> str:
    return text[: fault.start] + fault.faulty + text[fault.end :]


def faulty(family: str, kind: str, text: str) -> set[str]:
    """Every text that the family makes of ``text`` under one of fifty seeds, for one class."""
    injector = FAMILIES[family]
    assert kind in injector.classes
    drawn = (fault for seed in range(50) for fault in injector.places(text, Random(seed)))
    return {put_in(text, fault) for fault in drawn if fault.kind == kind}


# Each of these has one place for the class, and one form.
ONE_FORM = [
    (
        "spaced marks",
        "space moved in front of a comma",
        "We counted the boats on the quay, but nobody was there.",
        "We counted the boats on the quay ,but nobody was there.",
    ),
    (
        "glued sentences",
        "sentences glued",
        "The captain of the old boat waited. They had gone to the other side.",
        "The captain of the old boat waited.They had gone to the other side.",
    ),
    (
        "glued sentences",
        "sentences glued behind a quotation",
        "He called out “the boat is here.” Then they all ran to the quay.",
        "He called out “the boat is here.”Then they all ran to the quay.",
    ),
    (
        "glued sentences",
        "blank before the full stop, none behind it",
        "The captain of the old boat waited. They had gone to the other side.",
        "The captain of the old boat waited .They had gone to the other side.",
    ),
    (
        "glued words",
        "words glued before a capital",
        "They sailed to the coast of France and slept on the deck.",
        "They sailed to the coast ofFrance and slept on the deck.",
    ),
    (
        "split hyphens",
        "hyphen of a known compound between blanks",
        "They talked about the so-called lamp house on the other coast.",
        "They talked about the so - called lamp house on the other coast.",
    ),
    (
        "tokenised text",
        "contraction with not, tokenised",
        "The people of the island don't know when the lamp was lit.",
        "The people of the island do n't know when the lamp was lit.",
    ),
    (
        "tokenised text",
        "brackets tokenised",
        "The people of the island (all of them) know when the lamp was lit.",
        "The people of the island ( all of them ) know when the lamp was lit.",
    ),
    (
        "tokenised text",
        "sentence tokenised throughout",
        "They don't know, or say so, when the old lamp was lit.",
        "They do n't know , or say so , when the old lamp was lit .",
    ),
    (
        "doubled marks",
        "mark on both sides of a closing quotation mark",
        "“we have counted the boats,” said the keeper of the lamp to them.",
        "“we have counted the boats,”, said the keeper of the lamp to them.",
    ),
    (
        "seam capitals",
        "seam capital behind a comma",
        "We all counted the boats at noon, the keeper did so at night.",
        "We all counted the boats at noon, The keeper did so at night.",
    ),
    (
        "apostrophes",
        "blank behind an apostrophe",
        "The people of the island don't know when the lamp was lit.",
        "The people of the island don' t know when the lamp was lit.",
    ),
    (
        "apostrophes",
        "blank between a name and its s",
        "We all looked for Moscow's oldest lamp on the coast that day.",
        "We all looked for Moscow s oldest lamp on the coast that day.",
    ),
    (
        "small starts",
        "pronoun I in small letters",
        "On the other side of the island I slept well for once.",
        "On the other side of the island i slept well for once.",
    ),
    (
        "small starts",
        "sentence that starts small",
        "The captain of the old boat waited. They had gone to the other side.",
        "The captain of the old boat waited. they had gone to the other side.",
    ),
    (
        "large numbers",
        "millions grouped with stops",
        "They found that 2,340,000 letters and 1,200 cards had never been read.",
        "They found that 2.340.000 letters and 1,200 cards had never been read.",
    ),
    (
        "large numbers",
        "decimal comma before a million",
        "In that year the small town sent out 3.5 million letters.",
        "In that year the small town sent out 3,5 million letters.",
    ),
    (
        "ordinals",
        "ordinal with a full stop for its ending",
        "The keeper lived in the 19th century and nobody has asked since.",
        "The keeper lived in the 19. century and nobody has asked since.",
    ),
    (
        "times of day",
        "time with a full stop",
        "The last boat leaves at 17:56 and nobody waits for it there.",
        "The last boat leaves at 17.56 and nobody waits for it there.",
    ),
    (
        "dates",
        "day of a date glued to its month by a full stop",
        "They say that on 21 November the mill was shut for good.",
        "They say that on 21.November the mill was shut for good.",
    ),
    (
        "ages",
        "age without its first hyphen",
        "They say that the 48-year-old keeper of the mill was there.",
        "They say that the 48 year-old keeper of the mill was there.",
    ),
    (
        "units",
        "unit glued to its number",
        "The trail is 12 km long and lies in the shade of pines.",
        "The trail is 12km long and lies in the shade of pines.",
    ),
    (
        "subword debris",
        "comma or point of a number between at signs",
        "They found that some 1,200 cards had never been read by anybody.",
        "They found that some 1 @,@ 200 cards had never been read by anybody.",
    ),
    (
        "doubled words",
        "sentence twice",
        "The captain of the old boat waited on the quay.",
        "The captain of the old boat waited on the quay. The captain of the old boat waited on the quay.",
    ),
    (
        "mojibake",
        "mojibake, Windows-1250",
        "We met at the small café and the rain went on and on.",
        "We met at the small cafĂ© and the rain went on and on.",
    ),
    (
        "mojibake",
        "mojibake, its no-break space a blank",
        "We said voilà and the rain went on and on for days.",
        "We said voilÃ  and the rain went on and on for days.",
    ),
]


@pytest.mark.parametrize(("family", "kind", "text", "wrong"), ONE_FORM, ids=lambda value: str(value)[:40])
def test_a_class_with_one_form(family: str, kind: str, text: str, wrong: str) -> None:
    assert faulty(family, kind, text) == {wrong}


# And these have several forms, all of which are drawn sooner or later.
SEVERAL_FORMS = [
    (
        "percentages",
        "per cent sign in front of its number",
        "At the last count some 40% of them were against the pier.",
        {
            "At the last count some %40 of them were against the pier.",
            "At the last count some % 40 of them were against the pier.",
        },
    ),
    (
        "currencies",
        "currency sign between a number and its million",
        "The town owes $5 million to the bank on the other coast.",
        {
            "The town owes 5 $ million to the bank on the other coast.",
            "The town owes 5$ million to the bank on the other coast.",
        },
    ),
    (
        "foreign quotation marks",
        "guillemets turned inside out",
        "One “x” and “y” and “the bench” are what they asked for.",
        {
            f"One {one} and {two} and {three} are what they asked for."
            for opening, closing in (("»", "«"), ("» ", " «"), ("›", "‹"))
            for one, two, three in (
                (f"{opening}x{closing}", "“y”", "“the bench”"),
                ("“x”", f"{opening}y{closing}", "“the bench”"),
                ("“x”", "“y”", f"{opening}the bench{closing}"),
            )
        },
    ),
    (
        "doubled marks",
        "comma and full stop together",
        "We counted all the boats, but nobody of them was there",
        set(),
    ),
    (
        "false stops",
        "false stop before a comma",
        "We counted all the boats, but nobody of them was there.",
        {
            "We counted all the boats. , but nobody of them was there.",
            "We counted all the boats . , but nobody of them was there.",
            "We counted all the boats., but nobody of them was there.",
        },
    ),
    (
        "entities",
        "entity by number",
        "The old firm of Marsh & son has mended clocks for years.",
        {
            f"The old firm of Marsh {entity} son has mended clocks for years."
            for entity in ("&#38;", "&#038;", "&#x26;")
        },
    ),
    (
        "look-alike letters",
        "Cyrillic letters inside a Latin word",
        "Then all of us went up to bed with our lamps.",
        {"Then all of us went up to bed with our lаmрѕ.", "Тhеn all of us went up to bed with our lamps."},
    ),
]


@pytest.mark.parametrize(
    ("family", "kind", "text", "wrong"), SEVERAL_FORMS, ids=lambda value: "" if isinstance(value, set) else value[:40]
)
def test_a_class_with_several_forms(family: str, kind: str, text: str, wrong: set[str]) -> None:
    assert faulty(family, kind, text) == wrong


# Here the fault would be good English, or nobody could tell what was there.
NOTHING = [
    ("doubled words", "other word twice", "It had more that was much too long, so that is that, now."),
    ("split hyphens", "blank behind a hyphen", "They counted the two-and three of the boats that were there."),
    ("large numbers", "millions grouped with stops", "They found that 1,200 cards had never been read by anybody."),
    (
        "large numbers",
        "thousands grouped with blanks",
        "They found 12 1,200 cards that had never been read by them.",
    ),
    ("times of day", "time with a full stop", "The last boat leaves at 5:30 and nobody waits for it there."),
    ("small starts", "pronoun I in small letters", "They read all about Elizabeth I and her court on the island."),
    ("small starts", "sentence that starts small", "The captain of the boat waited. In the harbour they had gone."),
    (
        "tokenised text",
        "possessive of a plural tokenised",
        "They called it 'the house of the sailors' and went on home.",
    ),
    ("look-alike letters", "Cyrillic letter inside a Latin word", "So peace is a case as each ocean is a space."),
    ("false stops", "false stop before a comma", "Inc, etc, and the like are all short forms of a word."),
    ("glued sentences", "sentences glued", "They had asked the old Prof. Marsh and then all the others."),
]


@pytest.mark.parametrize(("family", "kind", "text"), NOTHING, ids=lambda value: str(value)[:40])
def test_no_fault_where_it_would_be_none(family: str, kind: str, text: str) -> None:
    assert faulty(family, kind, text) == set()


def test_glued_words_are_no_word_and_come_apart_in_one_way() -> None:
    text = "They had the over due books and some times the ground sage too."
    glued = " ".join(faulty("glued words", "words glued", text))
    assert "duebooks" in glued
    # The first two are words; the last could be `grounds age`.
    assert not re.search("overdue|sometimes|groundsage", glued)


ADDRESS = "See the page of the old mill at https://mill.example/a-b?c=1,200&d=3.5% and tell us what you think of it.\n"
CODE = "They typed `don't 3.5 km & 5%` at 17:30, and it was the 21st time that they had done so.\n"


@pytest.mark.parametrize("injector", injectors(), ids=lambda injector: injector.name)
def test_addresses_and_code_stay_whole(injector: Injector) -> None:
    text = f"The Mill and Its Page\n\n{ADDRESS}\n{CODE}"
    for fault in (fault for seed in range(5) for fault in injector.places(text, Random(seed))):
        wrong = put_in(text, fault)
        assert "https://mill.example/a-b?c=1,200&d=3.5%" in wrong
        assert "`don't 3.5 km & 5%`" in wrong


@pytest.mark.parametrize("injector", injectors(), ids=lambda injector: injector.name)
def test_a_seed_decides_the_faults(injector: Injector) -> None:
    text = f"The Mill and Its Page\n\n{CODE}\nThe mill is old, and the people who live in it are old as well.\n"
    base = injector.prepare(text, Random(3))
    assert injector.prepare(text, Random(3)) == base
    assert injector.places(base, Random(4)) == injector.places(base, Random(4))


@pytest.mark.parametrize("family", ["page lines", "untranslated page lines", "credits, stamps and menus"])
def test_lines_of_the_page_stand_by_themselves(family: str) -> None:
    text = "The Mill and Its Page\n\nThe mill is old, and the people who live in it are old.\n\nThey sing.\n"
    for fault in (fault for seed in range(200) for fault in FAMILIES[family].places(text, Random(seed))):
        paragraphs = put_in(text, fault).rstrip("\n").split("\n\n")
        paragraphs.remove(fault.faulty.strip())
        assert paragraphs == text.rstrip("\n").split("\n\n")
        assert not re.search(r"[{}\n]", fault.faulty.strip())


def test_sentences_and_quotations_are_found_where_they_are_plain() -> None:
    text = "The captain of the boat waited. “They have gone,” said Prof. Marsh to the others. He sat down."
    assert [sentence for _, sentence in sentences(text)] == [
        "The captain of the boat waited.",
        "“They have gone,” said Prof. Marsh to the others.",
        "He sat down.",
    ]
    assert [spot.match.group() for spot in quotations(text)] == ["“They have gone,”"]
    assert list(quotations("He said “we stay and sat down.")) == []
