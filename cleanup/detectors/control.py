"""Control characters in a text: C0 that programs left behind, and C1 that were Windows-1252.

A C1 control never stands in a text. Where one does, a byte of Windows-1252 was taken for
Latin-1, and which character it was is known. A C0 control goes; between two letters it may
stand for something that was lost, so there the word without it must be known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, refuse_unknown
from cleanup.rule import Needs, Rule

# Not the tab, nor what ends a line or a page: LF, VT, FF, CR, NEL; nor the separators, which are blanks.
_C0 = "\x00-\x08\x0e-\x1b\x1f\x7f"
_C1 = "\x80-\x84\x86-\x9f"
_CONTROL = expression(rf"(?:\x1b\[(?:[\d;?]{{0,12}}[mK]|[\d;?]{{1,12}}[HJhl])|[{_C0}])++|[{_C1}]++")
_WORD_LEFT, _WORD_RIGHT = expression(r"[\p{L}\p{M}]*+\Z"), expression(r"[\p{L}\p{M}]*+")
_LONGEST_WORD = 40
_NULL_OR_HYPHEN = frozenset("\x00\x1f")  # of UTF-16, and what a word processor breaks words at
_LEADS = expression("[\u00c2-\u00f4\u201a]")  # of mojibake: another rule's business
_NOTHING: tuple[str, Tier] = ("", "safe")
_OPENING, _CLOSING = "“‘", "”’"


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A control character."""
    return Needs(patterns=(f"[{_C0}]", f"[{_C1}]"))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each run of control characters."""
    text = article.text
    for match in finditer(_CONTROL, text):
        start, end = match.span()
        if article.protection(start, end):
            continue
        before, after = text[start - 1 : start] if start else " ", text[end : end + 1] or " "
        shown = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in match.group()[:8]))
        if text[start] < "\x80" and before.isdigit() and after.isdigit():
            continue  # one number or two
        if text[start] < "\x80":
            inside = before.isalpha() and after.isalpha()
            instead, tier = _between_letters(article, evidence, start, end) if inside else _NOTHING
            yield rule.finding(start, end, instead, tier=tier, evidence=shown)
        elif not _LEADS.match(before) and not _LEADS.match(after):
            meant = match.group().encode("latin-1").decode("cp1252", "ignore")
            if len(meant) == end - start:
                yield rule.finding(start, end, meant, tier=_decoding_tier(meant, before, after), evidence=shown)


def _between_letters(article: Article, evidence: Evidence, start: int, end: int) -> tuple[str, Tier]:
    """What to put for a C0 control between two letters, and how certain that is."""
    text = article.text
    left_match = _WORD_LEFT.search(text[max(start - _LONGEST_WORD, 0) : start])
    right_match = _WORD_RIGHT.match(text, end, min(end + _LONGEST_WORD, len(text)))
    left, right = left_match.group() if left_match else "", right_match.group() if right_match else ""
    word = left + right
    if evidence.is_word(word) or evidence.is_name(word.lower()) or article.times(word):
        return _NOTHING
    if min(len(left), len(right)) > 1 and evidence.is_word(left) and evidence.is_word(right):
        return " ", "unsafe"  # two words, or one that has lost a letter as well
    return "", "safe" if _NULL_OR_HYPHEN.issuperset(text[start:end]) else "unsafe"


def _decoding_tier(meant: str, before: str, after: str) -> Tier:
    """Whether a mark fits where it stands."""
    if len(meant) > 1 or (meant in _OPENING and after.isspace()) or (meant in _CLOSING and before.isspace()):
        return "unsafe"
    return "safe"
