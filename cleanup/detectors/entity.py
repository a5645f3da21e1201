"""HTML entities that were left in a text: ``&quot;``, ``&#8217;``, ``&amp;amp;``, ``& quot ;``.

An entity says exactly which character it is, so it is decoded to the end however often it
was escaped. What becomes of it depends on its surroundings in three cases: spaces follow the
article's own, angle brackets must not make markup, and a text that has markup or tells of it
may mean its entities.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer_near, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

# Tokenisers tear these apart, translation gives them capitals, and hands cut them off.
_CORE = "quot|amp|apos|lt|gt|nbsp|rsquo|lsquo|ldquo|rdquo|mdash|ndash|hellip"
_CODES = "34|38|39|160|8211|8212|8216|8217|8220|8221|8230"
# No word behind an ampersand between blanks: letters with accents, and currencies before their number.
_ACCENTED = "[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)|szlig|(?:ae|AE|oe|OE)lig|[lr]aquo|bull"
_ENTITY = expression(
    r"&(?:amp;){0,4}(?:\#(?<number>\d{2,7}|[xX][0-9a-fA-F]{2,6})|(?<name>[A-Za-z][A-Za-z0-9]{1,31}));"
    rf"|&[ ]?(?:amp[ ]?;[ ]?){{0,4}}(?:\#[ ]?(?<number>0{{0,2}}(?:{_CODES}))|(?<name>(?i:{_CORE})))[ ]?;"
    r"|(?<!\#\d{1,4}[ ])&[ ]?(?:amp[ ]?;[ ]?){0,4}\#[ ]?"
    r"(?<number>(?!0{0,3}(?:\d{1,2}|1[0-5]\d)(?!\d))\d{3,5}|[xX][0-9a-fA-F]{2,5})[ ]?;"
    r"|(?<=\d[ ]?)&[ ](?<name>deg)[ ]?;"
    rf"|&[ ](?:(?<name>{_ACCENTED})[ ]?;|(?<name>pound|euro|yen)[ ]?;(?=[ ]?\d))|&(?<name>[A-Za-z]{{3,8}})[ ];"
    rf"|&(?:amp;){{0,4}}(?:\#(?<number>{_CODES})(?![\d;])|(?<name>nbsp|mdash|ndash|hellip)(?![\w;=]))"
)
_WAKES = (
    r"&(?:amp;)?(?:#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,9};)",
    rf"(?i)& ?(?:amp ?; ?)?(?:#? ?(?:{_CODES})|{_CORE}) ?;",
    "& ?(?:amp ?; ?)?# ?[0-9xX]",
    rf"& (?:{_ACCENTED}|pound|euro|yen|deg) ?;|&[A-Za-z]{{3,8}} ;",
    "&(?:nbsp|mdash|ndash|hellip)",
)
# A bare ampersand that is spoken of, in front of its entity.
_SPOKEN_OF = r"&(?:[\"”»']|[ ](?:is|are|as|in|must|means?|stands|becomes?|with|and|or|for|to|by|[=→])(?![\w]))"
_ABOUT_MARKUP = expression(
    r"(?i)(?<![\w./])(?:x?html|xml|sgml|ampersands?)(?![\w/])"
    r"|(?:&(?:lt|gt|apos);[ ,/]{1,2}){2}|&(?:lt|gt);[ ,/]{1,2}&(?:lt|gt);|(?:&\w{2,8};[ ,]{1,2}){2}&\w{2,8};"
    rf"|(?s:{_SPOKEN_OF}(?=.{{0,200}}&amp;))"
)
_TAG = expression(
    r"(?i)</?(?:p|a|b|i|u|em|strong|div|span|br|hr|ul|ol|li|table|t[dhr]|h[1-6]|img|html|head|body|script|font|code|pre)"
    r"(?:[ /][^<>]{0,400})?>"
)
_SPACES = frozenset("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t\n\r ")
_JOINERS = "\u200c\u200d"
_FRENCH = expression(r"[:;!?»]")  # marks with a no-break space before them, where there is one at all
_FARTHEST = 1_000  # code points that a tag may reach
_OWN = {"space": " ", "pipe": "|", "bar": "|"}  # as translation systems escape them
_LINE_ENDS = "\r\n"


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """An ampersand with a name or number behind it."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each entity in prose."""
    text = article.text
    tagged: bool | None = None
    about: dict[int, bool] = {}
    for match in finditer_near(article, rule, _ENTITY):
        start, end = match.span()
        character = _character(match)
        if not character or not _is_free(article, start, end):
            continue
        if tagged is None:
            tagged = bool(_TAG.search(text))
        line = article.line_at(start)
        if line.start not in about:
            about[line.start] = bool(_ABOUT_MARKUP.search(text, line.start, line.end))
        tier: Tier = "unsafe" if tagged or about[line.start] else "safe"
        replacement = _written(text, start, end, character)
        if replacement is None:
            yield rule.finding(start, end, tier="display-only")
        else:
            yield rule.finding(start, end, replacement, tier=tier)


def _character(match: regex.Match[str]) -> str:
    """The character that an entity stands for; empty if for none that belongs in a text."""
    number, name = match["number"], match["name"]
    if name:
        return _named().get(name) or (_named().get(name.lower(), "") if name.lower() in _CORE.split("|") else "")
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if 0x80 <= code <= 0x9F:  # as browsers read it
        return bytes([code]).decode("cp1252", "ignore")
    character = chr(code) if code < 0x110000 else ""
    if character in ("\t", "\n", "\r"):
        return " "
    return "" if not character or unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") else character


@cache
def _named() -> dict[str, str]:
    """The names of HTML 4, and of HTML 5 those of letters and of marks on a keyboard."""
    from html.entities import html5, name2codepoint

    table = {name: chr(code) for name, code in name2codepoint.items()}
    for name, character in html5.items():
        bare = name.removesuffix(";")
        script = unicodedata.name(character, "").partition(" ")[0] if len(character) == 1 else ""
        if (script in ("LATIN", "GREEK", "CYRILLIC") and len(bare) > 2) or character in "'!\"#$%()*+,./:=?[]_{|}":
            table.setdefault(bare, character)
    return table | _OWN


def _is_free(article: Article, start: int, end: int) -> bool:
    """Whether an entity stands in prose: not in code, a link or a tag, and not cited."""
    if is_cited(article.text, start, end) or article.text[start - 1 : start] + article.text[end : end + 1] == "()":
        return False
    kinds = article.protection(start, end)
    if not kinds:
        return True
    # An entity is protected as such, and a number sign looks like a tag of its own: what
    # counts is whether something longer holds it.
    spans = article.protected
    index = bisect_right(spans, start, key=lambda span: span.start) - 1
    inside = [span for span in spans[max(index, 0) : index + 6] if span.start < end and span.end > start]
    return not kinds & {"code", "kept"} and all(
        span.start >= start and (span.end <= end or article.text[start : span.start].endswith("&")) for span in inside
    )


def _written(text: str, start: int, end: int, character: str) -> str | None:
    """What to write for ``character``; ``None`` if nobody can know."""
    before, after = text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
    if character in _SPACES:
        return _space(text, start, end, before, after)
    if unicodedata.category(character) == "Cf":
        keeps = character in _JOINERS and before.isalpha() and not before.isascii() and after.isalpha()
        return character if keeps or (character in "\u200d" and ord(before) > 0x2000) else ""
    if character == "<":
        return "<" if after.isspace() or after.isdigit() or after in "=-" else None
    if character == ">":
        line = text[max(text.rfind("\n", 0, start) + 1, start - _FARTHEST) : start]
        return None if "<" in line or "&lt" in line else ">"
    return None if character == "`" else character


def _space(text: str, start: int, end: int, before: str, after: str) -> str:
    """A blank, or a no-break space where the article has such; nothing beside another blank."""
    if before.isspace() or after.isspace() or text[max(start - 5, 0) : start].lower() == "nbsp;":
        return ""
    return "\u00a0" if before == "«" or _FRENCH.match(after) or "\u00a0" in text else " "
