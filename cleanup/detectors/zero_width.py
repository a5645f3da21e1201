"""Characters that nobody sees: zero-width spaces, soft hyphens, stray byte-order marks, bidi controls.

They are right in many scripts: Persian and Indic words need joiners, Thai and Khmer break at
zero-width spaces, bidi controls hold Arabic and Hebrew lines together, and emoji are joined.
So they go only from lines whose letters all belong to scripts that have no use for them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_HIDDEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc"
_RUN = expression(f"[{_HIDDEN}]++")
_MARK = "\ufeff"
# A mark at the very start of a text is its byte-order mark.
_WAKES = (f"[{_HIDDEN.removesuffix(_MARK + chr(0xFFFC))}\ufffc]", f"(?s).{_MARK}")
_OTHER_SCRIPT = expression(r"(?![\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Common}\p{Inherited}])\p{L}")
_MOST_OF_OTHERS = 10  # letters for each of such a script
_ABOUT = expression(
    r"(?i)\b(?:zero[- ]width|soft[- ]hyphens?|word[- ]joiners?|byte[- ]order|bidirectional|bidi"
    r"|invisible (?:characters?|spaces?|marks?)|(?:right|left)[- ]to[- ](?:right|left))\b"
)
_OVERRIDES = frozenset("\u202d\u202e")
_JOINERS = "\u200c\u200d"
_SOFT_HYPHEN, _JOINER = "\u00ad", "\u200d"


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """One of the characters, but for a byte-order mark in front."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each run of hidden characters in a line that has no use for them."""
    text = article.text
    useless: dict[int, bool] = {}
    turned: dict[int, bool] = {}
    about: Tier | None = None
    if len(_OTHER_SCRIPT.findall(text)) * _MOST_OF_OTHERS > sum(map(str.isalpha, text)):
        return  # an article in such a script, of which some line has numbers only
    for match in finditer(_RUN, text):
        start, end = match.span()
        if text[start] == _MARK and _is_front(article, start):
            start += 1
        line = article.line_at(start)
        if line.start not in useless:
            useless[line.start] = not _OTHER_SCRIPT.search(text, line.start, line.end)
            turned[line.start] = not _OVERRIDES.isdisjoint(text[line.start : line.end])
        if start == end or not useless[line.start] or article.protection(start, end) or is_cited(text, start, end):
            continue
        if _JOINER in match.group() and (_is_symbol(text[start - 1 : start]) or _is_symbol(text[end : end + 1])):
            continue
        if about is None:
            about = "unsafe" if _ABOUT.search(text) else "safe"
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        tier: Tier = about
        if turned[line.start]:
            tier = "unsafe"  # what they turned round reads otherwise without them
        elif text[end - 1] == _SOFT_HYPHEN and before.isalpha() and not after.isalpha():
            tier = "unsafe"  # the rest of the word is elsewhere
        if before in (" ", "\u00a0") and after == " ":
            end += 1  # one blank is enough
        # A joiner belongs to the letter before it, as far as Unicode is concerned.
        kept = before if text[start] in _JOINERS and not before.isspace() else ""
        names = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in match.group()))
        yield rule.finding(start - len(kept), end, kept, tier=tier, evidence=names)


def _is_front(article: Article, at: int) -> bool:
    """Whether a text, or a body behind its title, starts there."""
    title_end = article.title_end
    return at == 0 or (title_end is not None and at == title_end + 2)


def _is_symbol(character: str) -> bool:
    """Whether it may be part of an emoji."""
    return bool(character) and (unicodedata.category(character) in ("So", "Sk") or character == "\ufe0f")
