"""What was said twice in a row: a word, a phrase or a sentence.

``[with]`` ``unit`` says which. ``word``: one of the card's ``words``; one of ``particles`` only
where the first of the two cannot end a clause (the house they lived in | in May). ``phrase``:
some words twice in a row with nothing but a blank between. ``sentence``: one or more whole
sentences. Copies behind the first go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, re2_escape, refuse_unknown, string_list
from cleanup.rule import Haystack, Needs, OptionError, Rule

_UNITS = ("word", "phrase", "sentence")
_LONGEST_PHRASE, _LONGEST_SENTENCE = 8, 120  # words
# Two small words twice; a text with two other words twice is not woken by them alone.
_TWO_SMALL = tuple(
    rf"\b{lead} (?:the {lead} the|a {lead} a)\b" for lead in ("of", "in", "to", "on", "for", "at", "by", "with", "from")
)
_LEAST_SENTENCE = 5  # words: shorter ones are chanted
_PLAIN_SENTENCE = 8  # words from where on no speaker says it twice
_VERSE = 9  # words of a line that may be verse
_MOST_TRIES = 20_000  # in one paragraph
_TOKEN = expression(r"[^\s\x1c-\x1f]++")  # what str.split leaves
_OPENERS, _CLOSERS, _STOPS = "“\"‘'([«„", "”\"’')]»", ".!?…"
_TO_CLAUSE = expression(r"(?s).*[.,;:!?()“”\"—–]")
_RELATIVES = frozenset("who whom whose which what where when how that than".split())
_SUBJECTS = frozenset("he she it they we i you".split())
_AFTER_STRANDED_OF = frozenset("late course all necessity old".split())
_ADVERBS = frozenset("in on by about over".split())
_PARTICIPLE = expression(r"(?:ed|ing|en)$")
_WITH_ADVERB = frozenset(
    "be come comes came go goes went gone get gets got bring brings brought take takes took turn turns move moves sit "
    "sat stand stood stay stays live lives work works run runs ran walk walks drive drove fly flew set put let give "
    "gives gave break breaks broke hold held keep keeps kept carry carries pass passes fall fell log logs sign signs "
    "check checks settle settles fill hand send sends sent join joins drop drops look looks fit fits call calls him "
    "her it them us me you moment one later early straight farther further nearby close there here so right far".split()
)
_NEAR = 10  # words
_FAR = 160  # code points
# A phrase of two words is doubled by mistake for sure only if it begins with one of these words, or
# ends with one that no clause ends with. `After` and `by` join what is meant to be said twice.
_ANY_SECOND = frozenset("of from during between against".split())
# Nobody begins a clause with one of these and another word, unless it is one of the `_PLACES`.
_PREPOSITIONS = frozenset(
    "at with into through under within without near since until despite towards among across around".split()
)
_PLACES = frozenset(
    "here there now then again all once last first turn which whom what it that this him her them me us you".split()
)
_DETERMINERS = frozenset("the their its our your every".split())
# `a` and `an` are words of other languages too (cara a cara a, Seite an Seite an): behind these only.
_ARTICLES = frozenset("a an".split())
_BEFORE_ARTICLE = frozenset(
    "in on at to for with by as is was be has had have into like such not that but when if".split()
)
_COMPARED = frozenset("more less better worse sooner later the and or".split())
_LINKS = frozenset(
    "and or by to after on upon for und oder um für auf nach neben bei zu et ou par après sur pour y o por tras "
    "e per dopo su da di após atrás en de à".split()
)
_SAID_AGAIN = frozenset("i we you let never no yes please".split())
# A short sentence is English for sure if it has one of these, and else may be an appeal in another language.
_ENGLISH = frozenset("the of and was were had has is are his her its their this that been with from".split())


class Repeats(Prepared):
    """A card's unit and words."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, ("unit", "words", "particles"))
        self.unit = options.get("unit")
        if self.unit not in _UNITS:
            raise OptionError("unit", f"unit must be one of {', '.join(_UNITS)}, not {self.unit!r}")
        self.words = frozenset(string_list(options, "words"))
        self.particles = frozenset(string_list(options, "particles"))
        if (self.unit == "word") != bool(self.words | self.particles):
            raise OptionError("words", "words and particles are for the unit word, which needs some")

    @cached_property
    def doubled(self) -> regex.Pattern[str]:
        """One of the words twice, blanks or a line end between."""
        return expression(
            r"(?i)(?<![\p{L}\p{M}\p{N}'’@/#&.-])(?P<first>\L<words>)(?P<gap>[ \t\u00a0]++|\r?\n)(?P<second>(?P=first))"
            r"(?P<more>(?:[ \t\u00a0]++(?P=first))*+)"
            r"(?![\p{L}\p{M}\p{N}'’@/-]|\.\p{L})",
            words=sorted(self.words | self.particles),
        )


def prepare(options: Mapping[str, Any]) -> Repeats:
    """Validate a card's options."""
    return Repeats(options)


def needs(prepared: Repeats) -> Needs:
    """One of the words twice; for phrases and sentences, something of the kind."""
    if prepared.unit == "phrase":
        return Needs(patterns=_TWO_SMALL, glance=_has_phrase_twice)
    if prepared.unit == "sentence":
        return Needs(glance=_has_sentence_twice)
    words = sorted(prepared.words | prepared.particles)
    return Needs(patterns=tuple(rf"(?i)\b{re2_escape(word)}\s+{re2_escape(word)}\b" for word in words))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every second copy."""
    repeats: Repeats = rule.prepared
    if repeats.unit == "word":
        yield from _words(article, rule)
        return
    for line in article.lines:
        for run in _runs(article.text, line, repeats.unit == "sentence"):
            tier = _sentence_tier(article, run) if repeats.unit == "sentence" else _phrase_tier(run)
            if tier is not None:
                edit = Edit(run.first_end, run.end, "")
                yield rule.finding(run.start, run.end, edits=(edit,), tier=tier, evidence=f"{run.copies} times")


# --- words


def _words(article: Article, rule: Rule) -> Iterator[Diagnostic]:
    text, repeats = article.text, rule.prepared
    for match in finditer(repeats.doubled, text):
        first, second, word = match["first"], match["second"], match["first"].lower()
        if not first[0].isupper() and (second + match["more"]).lower() != second + match["more"]:
            tier: Tier = "unsafe"  # such Such; but also: of Of Mice and Men
        elif second[0].isupper() and (first != first.upper() or len(first) < 2):
            continue  # The The, A A: names
        elif len(word) == 1 and _is_letter_among_letters(text, match):
            continue
        elif word in repeats.particles and _may_end_clause(article, match):
            tier = "unsafe"
        else:
            tier = "safe"
        if not article.writes_capitals(article.line_at(match.start())):
            tier = "unsafe"  # chat, verse
        start, end = match.start("gap"), match.end("more")
        if "\n" in match["gap"]:
            if text[end : end + 1] != " " or not second.islower() or not first.islower():
                continue  # no broken line, but two paragraphs
            start, end = match.start("second"), end + 1
        yield rule.finding(match.start(), match.end(), edits=(Edit(start, end, ""),), tier=tier)


def _is_letter_among_letters(text: str, match: regex.Match[str]) -> bool:
    """Whether an `a` is one of many single letters, or ends what is said."""
    left, right = text[max(match.start() - 3, 0) : match.start()].split(" "), text[match.end() : match.end() + 3]
    return not right[:1].isspace() or len(right.strip()) == 1 or (len(left) > 1 and len(left[-2]) == 1 == len(left) - 2)


def _may_end_clause(article: Article, match: regex.Match[str]) -> bool:
    """Whether the first of two prepositions may belong to what is in front of it."""
    text, word = article.text, match["first"].lower()
    line = article.line_at(match.start())
    before = text[max(match.start() - _FAR, line.start) : match.start()]
    earlier = _TO_CLAUSE.match(before)
    words = before[earlier.end() if earlier else 0 :].lower().split()[-_NEAR:]
    if not words:
        return False  # it begins the clause
    if word == "of":
        return article.next_word(match.end()) in _AFTER_STRANDED_OF
    if word in _ADVERBS and (_PARTICIPLE.search(words[-1]) or words[-1] in _WITH_ADVERB):
        return True  # came in | in May
    return bool(_RELATIVES & set(words)) or bool(_SUBJECTS & set(words[2:])) or words[-2:-1] == ["to"]


# --- phrases and sentences


class _Run(NamedTuple):
    """Copies of some words in a row: from ``start`` to ``end``, the first up to ``first_end``."""

    start: int
    first_end: int
    end: int
    words: tuple[str, ...]
    copies: int
    before: tuple[str, ...]
    behind: tuple[str, ...]
    line_words: int


def _runs(text: str, line: Span, whole: bool) -> Iterator[_Run]:
    """Copies in a row in one paragraph, the shortest phrase at each place first."""
    tokens = text[line.start : line.end].split()
    keys = [token.strip(_OPENERS + _CLOSERS).rstrip("," if whole else ".,;:!?…") for token in tokens]
    longest = min(_LONGEST_SENTENCE if whole else _LONGEST_PHRASE, len(tokens) // 2)
    found = sorted(_candidates(keys, longest))
    spans = [match.span() for match in finditer(_TOKEN, text, *line)] if found else []
    done = 0
    for at, size in found:
        if (
            at < done
            or _is_periodic(keys[at : at + size])
            or not (_is_sentence(tokens, at, size) if whole else _is_bare(tokens, at, size))
        ):
            continue
        copies = 2
        while keys[at : at + size] == keys[at + copies * size : at + (copies + 1) * size]:
            inner = at + copies * size - 1
            if not whole and tokens[inner] != keys[inner]:
                break
            copies += 1
        last = at + copies * size
        start = spans[at][0] + len(tokens[at]) - len(tokens[at].lstrip(_OPENERS))
        end = spans[last - 1][0] + len(tokens[last - 1].rstrip(_CLOSERS if whole else _CLOSERS + ".,;:!?…"))
        first_end = spans[at + size - 1][0] + len(tokens[at + size - 1].rstrip(_CLOSERS))
        if tokens[at : at + size] == tokens[last - size : last]:
            first_end, end = spans[at + size - 1][1], spans[last - 1][1]
        elif _unbalanced(text[first_end:end]):
            continue
        before, behind = tuple(keys[max(at - 1, 0) : at]), tuple(keys[last : last + 2])
        yield _Run(start, first_end, end, tuple(keys[at : at + size]), copies, before, behind, len(tokens))
        done = last


def _candidates(keys: Sequence[str], longest: int) -> Iterator[tuple[int, int]]:
    """Places and sizes of two copies in a row."""
    tries, lengths = 0, _lengths(keys)
    for size in range(2, longest + 1):
        for at in _same_lengths(lengths, size, size):
            tries += 1
            if tries > _MOST_TRIES:
                return
            if keys[at + 1] == keys[at + 1 + size] and _alike(keys[at : at + size], keys[at + size : at + 2 * size]):
                yield at, size


def _is_periodic(words: Sequence[str]) -> bool:
    """Whether some words are but a shorter phrase said again: on and on and."""
    words = [word.lower() for word in words]
    return any(words[period:] == words[:-period] for period in range(1, len(words) // 2 + 1))


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two copies are the same but for a capital at the start of the first."""
    return one[1:] == other[1:] and (one[0] == other[0] or one[0] == other[0][:1].upper() + other[0][1:])


def _lengths(words: Sequence[str]) -> tuple[int, int]:
    """How long each word is, one byte a word, as a number; and how many there are."""
    try:
        return int.from_bytes(bytes(map(len, words)), "little"), len(words)
    except ValueError:  # a word of more than 255 letters
        return int.from_bytes(bytes([min(len(word), 255) for word in words]), "little"), len(words)


def _same_lengths(lengths: tuple[int, int], far: int, run: int) -> Iterator[int]:
    """Where ``run`` words are as long as those ``far`` words behind them: a quick first sieve."""
    number, count = lengths
    same = (number ^ (number >> 8 * far)).to_bytes(count, "little")
    at = same.find(bytes(run), 0, count - far)
    while at >= 0:
        yield at
        at = same.find(bytes(run), at + 1, count - far)


def _is_bare(tokens: Sequence[str], at: int, size: int) -> bool:
    """Whether a phrase has no marks inside it nor between its copies, and words only."""
    inner = [tokens[at].lstrip(_OPENERS), *tokens[at + 1 : at + 2 * size - 1]]
    return all(_is_word(token) for token in inner) and _is_word(tokens[at + 2 * size - 1].rstrip(_CLOSERS + ".,;:!?…"))


def _is_word(token: str) -> bool:
    return token.replace("-", "").replace("'", "").replace("’", "").isalpha() and token[0].isalpha()


def _is_sentence(tokens: Sequence[str], at: int, size: int) -> bool:
    """Whether each copy begins behind a stop and ends with one."""
    ends = [at + size - 1, at + 2 * size - 1, *([at - 1] if at else [])]
    return all(tokens[end].rstrip(_CLOSERS).endswith(tuple(_STOPS)) for end in ends)


def _unbalanced(removed: str) -> bool:
    return any(removed.count(one) != removed.count(other) for one, other in ("“”", "()", "[]", "«»")) or bool(
        removed.count('"') % 2
    )


def _phrase_tier(run: _Run) -> Tier | None:
    first, words = run.words[0].lower(), [word.lower() for word in run.words]
    reach = 1 if len(words) == 2 or set(words) & _LINKS else 2
    if run.behind[:reach] == run.words[:reach] or (reach == 1 and run.before == run.words[-1:]):
        return None  # brighter and brighter and brighter
    if len(words) == 2 and _LINKS & set(words):
        return None  # step by step by step
    if len(words) == 2 and run.copies == 2:
        sure = first in _ANY_SECOND or (words[1] in _DETERMINERS and first not in _COMPARED)
        sure = sure or (first in _PREPOSITIONS and words[1] not in _PLACES) or words[1] == "of"
        if words[1] in _ARTICLES:
            return "safe" if sure or first in _BEFORE_ARTICLE else None
        return "safe" if sure else "unsafe"
    names = all(word[:1].isupper() for word in run.words)
    if names or run.line_words <= max(_VERSE, len(words) * run.copies) or _SAID_AGAIN & set(words[:1]):
        return "unsafe"
    return "safe"


def _sentence_tier(article: Article, run: _Run) -> Tier | None:
    size = len(run.words)
    if size < _LEAST_SENTENCE or not _writes_sentences(article, run):
        return None
    words = {word.lower() for word in run.words}
    plain = run.words[-1].endswith(".") and bool(words & _ENGLISH) and not words & _SAID_AGAIN
    return "safe" if size >= _PLAIN_SENTENCE or plain else "unsafe"


def _writes_sentences(article: Article, run: _Run) -> bool:
    """Whether capitals begin sentences here: chats and verse may do without, but for the I."""
    line = article.line_at(run.start)
    if article.writes_capitals(line):
        return True
    speaks_of_himself = run.words[0].startswith("I") and len(run.words) >= _PLAIN_SENTENCE
    near = max(article.line_index(run.start) - _NEAR, 0)
    return speaks_of_himself and any(map(article.writes_capitals, article.lines[near : near + 2 * _NEAR]))


# --- the first sieve


def _has_phrase_twice(haystack: Haystack) -> bool:
    """Whether some words stand twice in a row; behind the second copy there may be a mark."""
    words = haystack.tokens
    lengths = _lengths(words)
    for at in _same_lengths(lengths, 2, 2):
        if words[at] == words[at + 2] and words[at + 1] == words[at + 3]:
            return True
    for size in range(3, _LONGEST_PHRASE + 1):
        for at in _same_lengths(lengths, size, size - 1):
            one, other = words[at], words[at + size]
            if one != other and (other[0] != one[0].lower() or one[1:] != other[1:]):
                continue
            if words[at + 1 : at + size - 1] != words[at + size + 1 : at + 2 * size - 1]:
                continue
            if "".join(words[at + 2 * size - 1 : at + 2 * size]).startswith(words[at + size - 1]):
                return True
    return False


def _has_sentence_twice(haystack: Haystack) -> bool:
    """Whether a sentence begins or ends as the one beside it, or the one behind that (after Mr.)."""
    if not haystack.begins_alike:
        return False
    bare = haystack.text.replace("“", "").replace('"', "")
    split = [bare.split(mark) for mark in (". ", "! ", "? ") if mark in bare]
    if len(split) > 1:
        split.append(bare.replace("! ", ". ").replace("? ", ". ").split(". "))  # Who pays? The town. The town.
    for parts in split:
        for far in (1, 2):
            later = parts[far:]
            # The first look is done in C, and finds next to nothing in most texts.
            if (any(map(str.startswith, later, parts)) or any(map(str.endswith, parts, later))) and any(
                _are_alike(one, other) for one, other in zip(parts, later, strict=False)
            ):
                return True
    # A paragraph of two sentences that are the same: both have other paragraphs beside them.
    return any(line[: len(line) // 2] == line[len(line) // 2 + 1 :] for line in bare.split("\n") if len(line) > 9)


def _are_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) > 3 and (other.startswith(one) or one.endswith(other))
