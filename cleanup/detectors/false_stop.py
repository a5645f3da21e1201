"""A full stop inside a sentence.

The words on both sides decide. A word in front that no sentence ends on (the, because, they)
joins the halves, an auxiliary verb in front of a participle does, and so does a lower-case word
behind the stop from the card's list of words that carry a sentence on (prepositions,
conjunctions, verbs). Any other lower-case word is only shown, because the fault may as well be
its missing capital. With ``capital``, an expression with a group named ``stop``, the rule shows
stops in front of a capital behind which no sentence can follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, compiled, finditer, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_OPTIONS = {
    *("joins", "fronted", "auxiliaries", "open-ended", "wanting", "attributive", "starters"),
    *("abbreviations", "never-left", "capital"),
}

_STOP = expression(
    r"""(?<![ \u00a0.])(?P<stop>[ \u00a0]?\.)[ \u00a0]+
    (?P<right>\p{Ll}[\p{L}\p{M}]*+(?:['’-]\p{L}[\p{L}\p{M}]*+)*+)
    (?![\p{L}\p{M}\p{N}_@/\\]|\.[\p{L}\p{N}])""",
    regex.VERBOSE,
)
_LEFT = expression(
    r"""(?<![\p{L}\p{M}\p{N}_.@/\\'’-])
    (?P<left>\p{L}[\p{L}\p{M}]*+(?:[-'’]\p{L}[\p{L}\p{M}]*+)*+ | \p{Nd}{4} | \p{Nd}{1,3}[ \u00a0]?%)
    (?P<closer>[”"’)]?)$""",
    regex.VERBOSE,
)
_LONGEST_LEFT = 64  # code points
_SENTENCE_START = expression(r"[.!?…][”\"’)]*[ \u00a0]+[“\"‘(]*(?P<first>\p{L})")
_SENTENCE_END = expression(r"[.!?](?=\s|$)|[\r\n]")
_SHORT_NAME = 4  # letters under which an unknown name may be an abbreviation
_LONG_NAME = 6  # letters from which on it is taken for a name
_VOWEL = expression(r"(?i)[aeiouyáéíóúäöüåæø]")
_LETTER = expression(r"\p{L}")
_SENTENCE_REST = 400  # code points read on to the end of the sentence
_NEW_CLAUSE = expression(
    r",[ \u00a0]+(?:(?:the|an?|he|she|it|they|we|you|i|there|this|that|these|those|his|her|its|their|our|my|"
    r"no|all|some|many|most|both|each)\b|\p{Lu}[\p{L}\p{M}.'’-]*+(?:[ \u00a0]\p{Lu}[\p{L}\p{M}.'’-]*+){0,4}+"
    r"[ \u00a0](?!(?:and|or|of|in|on|at|for|from|to|with|by|as|the|de|van|von)\b)\p{Ll})",
)
_SUBJECT = expression(
    r"[ \u00a0]+(?:the|an?|he|she|it|they|we|you|i|there|this|these|those|his|her|its|their|our|my|your|\p{Lu})\b"
)
_REPORTED = expression(
    r",[ \u00a0]+[\p{L}\p{M}.'’ -]{2,60}?[ \u00a0]"
    r"(?:says?|said|found|finds?|reports?|reported|shows?|showed|added|adds)(?=[ ,.”\"]|$)"
)
_ASIDE = expression(r",[ \u00a0]+\p{Lu}[\p{L}\p{M}-]*+(?:[ \u00a0]\p{Lu}[\p{L}\p{M}-]*+){0,2}+(?=,)")
_DETERMINERS = frozenset("the a an this these those his her its their our my your of in for".split())
_HOST_ENDS = frozenset(
    "com org net info de fr uk eu ru ua cz sk pl it es at ch nl be se no dk hu ro jp cn in io".split()
)
_SUBJECT_PRONOUNS = frozenset("i you he she it we they who which there".split())
_STOPPED = expression(r"(?<!\p{L})\p{L}{1,6}+(?=\.)")
_TAIL = expression(r"(?:[ ][\p{L}\p{M}-]++){0,2}+\.(?=\s|$)")
_QUESTION = expression(
    r"[\"“‘'(–—-]*+[ ]?(?:And |But |So |Or |Now, |Then )?(?:Who|Whom|Whose|What|Which|When|Where|Why|How|Is|Are|Was|"
    r"Were|"
    r"Do|Does|Did|Has|Have|Had|Can|Could|Will|Would|Should|Must|May|Might)\b"
)
_FRAGMENT = expression(
    r"[\"“‘'(]?(?:(?:In|On|At|By|For|From|With|After|Before|During|Under|Between|Among|Against|Through|Since|Until|"
    r"Within|Without|Despite)"
    r"(?:[ ](?:the|a|an|this|that|these|his|her|their|its|our|my|all|some|many|most|other|such))?"
    r"(?:[ ](?!\p{Ll}++(?:ed|s|ing)\b|(?:I|you|he|she|it|we|they|who|is|are|was|were|has|had|have|will|would|can|could|"
    r"may|might|must|do|does|did|came|went|left|said|got|sat|stood|lay)\b)[\p{L}\p{M}-]++){1,4}"
    r"|(?:The|A|An|His|Her|Their|Its|Our|My)[ ]"
    r"(?!\p{Ll}++(?:ed|s|ing)\b)[\p{L}\p{M}-]++)"
)
_PARTICIPLE = expression(r"\p{Ll}{3,}ed")
_GERUND = expression(r"\p{Ll}{2,}ing")


class Stops(Prepared):
    """A card's word lists."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self._capital = options.get("capital")
        self.joins = frozenset(string_list(options, "joins"))
        self.fronted = frozenset(string_list(options, "fronted"))
        self.auxiliaries = frozenset(string_list(options, "auxiliaries"))
        self.open_ended = frozenset(string_list(options, "open-ended"))
        self.wanting = frozenset(string_list(options, "wanting"))
        self.attributive = frozenset(string_list(options, "attributive"))
        self.starters = frozenset(string_list(options, "starters"))
        self.abbreviations = frozenset(word.lower() for word in string_list(options, "abbreviations"))
        self.never_left = frozenset(string_list(options, "never-left"))
        if not self.joins and self._capital is None:
            raise OptionError("joins", "joins is missing: the words that carry a sentence on")

    @cached_property
    def capital(self) -> regex.Pattern[str] | None:
        """``capital``: stops in front of a capital, for a card that shows those."""
        return None if self._capital is None else compiled("capital", self._capital)


def prepare(options: Mapping[str, Any]) -> Stops:
    """Validate a card's word lists."""
    return Stops(options)


def needs(prepared: Stops) -> Needs:
    """A full stop in front of a lower-case letter."""
    if prepared.capital is not None:
        return Needs()
    return Needs(patterns=('[\\pL\\pM0-9%][”"’)]?[ \\x{a0}]?\\.[ \\x{a0}]+\\p{Ll}',))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every stop that no sentence can end with."""
    stops: Stops = rule.prepared
    if stops.capital is not None:
        for match in finditer(stops.capital, article.text):
            yield rule.finding(*match.span("stop"))
        return
    found = [(*match.span("stop"), left, match) for match in finditer(_STOP, article.text) if (left := _left(match))]
    starts = _Starts(article)
    habits = Counter(left["left"] for _, _, left, _ in found)
    for start, end, left, match in found:
        word, right = left["left"], match["right"]
        if right != right.lower() or (len(right) < 2 and right != "a") or not starts.are_capitals(start):
            continue  # eBay; or a passage that does without capitals
        if right in _HOST_ENDS and right not in stops.joins:
            continue  # the site example. com
        seen = f"{left.group()}. {right}: "
        if left["closer"] == "" and word in stops.open_ended and (word != "a" or evidence.is_word(right)):
            why: str | None = f"no sentence ends on {word!r}"
        elif _ends_abbreviation(word, stops, habits) or not _is_plain(word, starts, evidence):
            continue
        else:
            why = _carries_on(word, match, stops, article, evidence)
        if why is None:
            doubtful = right not in stops.starters and not _asks(article, match.end())
            edits = (Edit(start, end, ""),) if doubtful else ()
            tier: Tier = "unsafe" if edits else "display-only"
            yield rule.finding(start, end, edits=edits, evidence=seen + "may be a lost capital", tier=tier)
        else:
            yield rule.finding(start, end, edits=(Edit(start, end, ""),), evidence=seen + why)


def _carries_on(left: str, match: regex.Match[str], stops: Stops, article: Article, evidence: Evidence) -> str | None:
    """Why the word behind the stop carries the sentence on; ``None`` if it may as well begin one."""
    right = match["right"]
    why = f"{right!r} carries the sentence on"
    takes_participle = left in stops.auxiliaries or left in ("be", "been", "being")
    if takes_participle and (_PARTICIPLE.fullmatch(right) or _GERUND.fullmatch(right)):
        return f"{left!r} wants {right!r}"
    if right not in stops.starters and right not in stops.joins:
        if left in stops.wanting or left in stops.auxiliaries:
            return f"{left!r} wants a word behind it"
        if left in stops.attributive and article.previous_word(match.start() - len(left)).lower() in _DETERMINERS:
            return f"{left!r} wants a noun behind it"
        if "-" in left or left.endswith(("'s", "’s")):
            return f"{left!r} wants a noun behind it"
        if _is_fragment(match, article):
            return "what stands before is no sentence"
        if _TAIL.match(article.text, match.end()):
            return "what stands behind is no sentence"
    if right in stops.auxiliaries and left.lower() in _SUBJECT_PRONOUNS:
        return why  # so that you. can make a living?
    if right in stops.auxiliaries:
        # Is it raining? Had he known, he would have gone.
        if _asks(article, match.end()):
            return why if _begins_as_question(match, article) else None
        inverted = _SUBJECT.match(article.text, match.end()) is not None
        return None if inverted and _opens_new_clause(article, match.end()) else why
    if right in stops.joins:
        opens = right in stops.fronted and _opens_new_clause(article, match.end()) and not _is_fragment(match, article)
        return None if opens and not (_asks(article, match.end()) and _begins_as_question(match, article)) else why
    if _PARTICIPLE.fullmatch(right) and evidence.is_word(right):
        return None if _opens_new_clause(article, match.end()) else why
    return None


def _sentence_left(stop: regex.Match[str], article: Article) -> str:
    """The sentence up to a stop, as far as it stands in the same line."""
    line = article.line_at(stop.start())
    text = article.text[max(line.start, stop.start() - _SENTENCE_REST) : stop.start()]
    starts = [match.start("first") for match in finditer(_SENTENCE_START, text)]
    return text[starts[-1] :] if starts else text


def _begins_as_question(stop: regex.Match[str], article: Article) -> bool:
    """Whether the sentence in front of a stop begins as a question does."""
    return _QUESTION.match(_sentence_left(stop, article)) is not None


def _is_fragment(stop: regex.Match[str], article: Article) -> bool:
    """Whether no sentence stands in front of a stop, only its first words: In Germany; The famous sea."""
    return _FRAGMENT.fullmatch(_sentence_left(stop, article)) is not None


def _left(stop: regex.Match[str]) -> regex.Match[str] | None:
    """The word before a stop, with a closing mark between if there is one."""
    at = stop.start()
    return _LEFT.search(stop.string[max(at - _LONGEST_LEFT, 0) : at])


def _ends_abbreviation(left: str, stops: Stops, habits: Mapping[str, int]) -> bool:
    last = left.rpartition("-")[2]
    if (len(last) < 2 and not last.isdigit()) or last.lower() in stops.abbreviations or left in stops.never_left:
        return True
    return habits.get(left, 0) > 2


def _is_plain(left: str, starts: _Starts, evidence: Evidence) -> bool:
    """Whether the word before the stop is one that may end a sentence."""
    if left.isdigit() or left.endswith("%"):
        return True
    if left.isupper():
        return len(left) > 3 or left in ("EU", "UN", "US", "UK", "USA") or (len(left) == 3 and starts.bare(left))
    last = left.rpartition("-")[2].partition("'")[0].partition("’")[0]
    if last[:1].isupper() and len(last) < _SHORT_NAME:
        # Thos., Ltda., Bn.; a name stands elsewhere without a stop
        known = evidence.is_word(last) or evidence.is_name(last.lower())
        return known or starts.bare(last)
    if last[:1].isupper() and len(last) < _LONG_NAME and not evidence.is_word(last):
        return len(_VOWEL.findall(last)) > 1 or starts.bare(last)
    return last[:1].isupper() or len(last) > 6 or evidence.is_word(last)


class _Starts:
    """How the sentences of each paragraph begin and which words a stop ends, counted once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._counted: dict[Span, tuple[int, int]] = {}

    def are_capitals(self, stop: int) -> bool:
        """Whether the paragraph begins its sentences with capitals, the one after ``stop`` apart."""
        line = self._article.line_at(stop)
        if line not in self._counted:
            self._counted[line] = self._count(line)
        upper, lower = self._counted[line]
        return upper > 0 and lower - 1 <= upper + 1

    def bare(self, word: str) -> bool:
        """Whether a short word stands in the article without a stop behind it too."""
        return self._article.times(word) > self._stopped[word]

    @cached_property
    def _stopped(self) -> Counter[str]:
        return Counter(match.group() for match in finditer(_STOPPED, self._article.text))

    def _count(self, line: Span) -> tuple[int, int]:
        text = self._article.text
        first = _LETTER.search(text, *line)
        starts = [first.group() if first else "", *(match["first"] for match in finditer(_SENTENCE_START, text, *line))]
        return sum(map(str.isupper, starts)), sum(map(str.islower, starts))


def _opens_new_clause(article: Article, right_end: int) -> bool:
    """Whether the rest, up to the end of the sentence, has a comma and a subject behind it."""
    rest = article.text[right_end : right_end + _SENTENCE_REST]
    end = _SENTENCE_END.search(rest)
    if end is not None:
        if rest[end.start()] == "?":
            return True
        rest = rest[: end.start()]
    first = rest.find(",")
    if first < 0 or _REPORTED.match(rest, first):
        return False
    # In Paris, Texas, the mayor
    aside = _ASIDE.match(rest, first)
    return _NEW_CLAUSE.match(rest, aside.end() if aside else first) is not None


def _asks(article: Article, right_end: int) -> bool:
    """Whether the sentence ends with a question mark."""
    end = _SENTENCE_END.search(article.text, right_end, right_end + _SENTENCE_REST)
    return end is not None and end.group() == "?"
