"""A line of letters that are no words: scrambled, typed at random, or spoilt beyond reading.

Some of its words cannot be spoken, and most are in no lexicon. A line in another language has
few of the first kind, and a formula or a list of codes few words in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from cleanup.article import WORD, Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import is_whole, refuse_unknown
from cleanup.rule import Needs, Rule

_FEWEST_WORDS = 5
_FEWEST_UNSPEAKABLE = 2
_SHARE = 0.6  # of the words in small letters that are in no lexicon
_SHORTEST = 3  # letters of a word that counts
_LONGEST = 4_000  # code points of a line
_CONSONANTS = "b-df-hj-np-tv-xz"
_UNSPEAKABLE = expression(
    # Consonants alone, five of them in a row, or an onset that no English or borrowed word has.
    rf"[{_CONSONANTS}]{{4,}}+|\p{{L}}*?[{_CONSONANTS}]{{5}}\p{{L}}*+"
    r"|(?!(?:b[hlr]|c[hlrz]|chr|chl|d[hrwz]|dzh|f[jlr]|g[hlnrw]|j[hn]|k[hlnrv]|khr|l[lh]|m[bcn]|n[gdk]|p[fhlnrst]|phr|phl|phth"
    r"|rh|s[cfhklmnpqrtvz]|sch|schl|schm|schn|schw|scl|scr|shch|shl|shm|shn|shr|shtr|skr|skl|sph|spl|spr|str|stl|sw"
    rf"|t[hjrswz]|thr|thw|tsk|tsv|v[lrz]|w[hr]|x[h]|z[bdhlnw])(?![{_CONSONANTS}]))[{_CONSONANTS}]{{2}}\p{{L}}++"
)


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A word in small letters that nobody can speak and no lexicon has."""
    return Needs(test=_unspeakable)


def _unspeakable(words: Set[str], evidence: Evidence) -> Set[str]:
    found = {w for w in words if w.islower() and w.isascii() and _UNSPEAKABLE.fullmatch(w)}
    return found - evidence.words_among(found) - evidence.names_among(found)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every line in which most words are none."""
    wakers = article.cue(rule.id).words
    if sum(map(article.text.count, wakers)) < _FEWEST_UNSPEAKABLE:
        return
    for start, end in article.lines:
        line = article.text[start:end]
        if len(line) > _LONGEST or sum(map(line.count, wakers)) < _FEWEST_UNSPEAKABLE:
            continue
        words = [m.span() for m in WORD.finditer(article.text, start, end)]
        small = [(a, b) for a, b in words if b - a >= _SHORTEST and article.text[a:b].islower()]
        spelt = [article.text[a:b] for a, b in small if is_whole(article.text, a, b)]
        if len(spelt) < _FEWEST_WORDS or sum(w in wakers for w in spelt) < _FEWEST_UNSPEAKABLE:
            continue
        known = evidence.words_among(set(spelt)) | evidence.names_among(set(spelt))
        strange = sum(word not in known for word in spelt)
        if strange >= _SHARE * len(spelt):
            yield rule.finding(start, end, evidence=f"{strange} of {len(spelt)} words are in no lexicon")
