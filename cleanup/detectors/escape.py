r"""Escapes of programming languages that were left in prose: ``\u2019``, ``\xe9``, ``\"``, ``\n``.

A character that is named by its number is put in its place. Backslashes in front of quotation
marks go where the marks come in pairs, or belong to an English contraction: LaTeX writes accents
in the same way. A line end becomes a blank where a sentence ends before it and another begins.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic, Tier
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import finditer, is_cited, refuse_unknown
from cleanup.rule import Needs, Rule

_WAKES = (r"""\\(?:u[0-9a-fA-F{]|x[0-9a-fA-F]|["']|[nrt](?:[^a-z]|$))""",)
_NUMBERED = expression(
    r"(?<!\\)(?:\\{1,4}u(?<wide>[0-9a-fA-F]{4})|\\{1,4}u\{(?<wide>[0-9a-fA-F]{2,6})\})++|(?<!\\)(?:\\{1,4}x(?<byte>[0-9a-fA-F]{2}))++"
)
_CODE_OF_WIDE = expression(r"u\{?([0-9a-fA-F]{2,6})")
_QUOTE = expression(r"""(?<!\\)\\{1,4}(["'])""")
_LINE_END = expression(r"(?<![\\ ])[ ]*+(?:\\{1,2}[nrt](?![a-z])[ ]*+)++")
_CONTRACTION = expression(r"(?i:s|t|d|m|re|ve|ll)(?!\p{L})")
_BEGINS = expression(r"[\p{Lu}\p{Nd}\"“‘'«•–—*-]|\Z|[\r\n]")
_QUOTES = frozenset("«»„“”‘’'\"`")
_DRIVE = expression(r"(?<!\p{L})\p{L}:\Z")
_ENDS = frozenset('.!?…;,"”’»)]')
_ABOUT_CODE = expression(
    r"(?i)\\(?:begin|end|frac|text\w{2}|section|cite|documentclass|usepackage)\b|\$[^$\n]{0,80}\\[a-z]"
    r"|\b(?:backslash(?:es)?|escape (?:sequences?|characters?)|regular expressions?|regex|json|latex|newline|unicode)\b"
    r"|\b(?:characters?|code points?|signs?|symbols?|sequences?|letters?|write|writes|type|types|enter)[ ]\\[ux]"
)


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A backslash with what may follow it in an escape."""
    return Needs(patterns=_WAKES)


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """One finding for each escape in prose."""
    text = article.text
    at_most: Tier = "unsafe" if _ABOUT_CODE.search(text) else "safe"
    found = [*_numbered(text), *_quotes(article), *_line_ends(text)]
    for start, end, replacement, tier in found:
        if not article.protection(start, end) and not is_cited(text, start, end):
            yield rule.finding(start, end, replacement, tier="unsafe" if at_most == "unsafe" else tier)


_Found = tuple[int, int, str, Tier]


def _numbered(text: str) -> Iterator[_Found]:
    for match in finditer(_NUMBERED, text):
        tier: Tier = "safe"
        if match["byte"]:
            data = bytes(int(byte, 16) for byte in match.captures("byte"))
            try:
                means = data.decode("utf-8")
            except UnicodeDecodeError:
                means, tier = data.decode("cp1252", "replace"), "unsafe"
        else:
            codes = [int(code, 16) for code in _CODE_OF_WIDE.findall(match.group())]
            units = b"".join(chr(c).encode("utf-16-le", "surrogatepass") for c in codes if c < 0x110000)
            means = units.decode("utf-16-le", "replace")
        means = "".join(" " if c in "\t\n\r\u00a0" else c for c in means if unicodedata.category(c) != "Cf")
        if all(unicodedata.category(c) not in ("Cc", "Cn", "Co", "Cs") and c not in "\ufffd<>`\\" for c in means):
            yield *match.span(), means, tier


def _quotes(article: Article) -> Iterator[_Found]:
    """Escaped quotation marks; they are safe in pairs within a line."""
    text = article.text
    open_marks: dict[str, list[regex.Match[str]]] = {}
    paired: set[int] = set()
    matches = list(finditer(_QUOTE, text))
    line = -1
    for match in matches:
        if article.line_at(match.start()).start != line:
            line = article.line_at(match.start()).start
            open_marks.clear()
        before, after = _around(text, *match.span())
        waiting = open_marks.setdefault(match[1], [])
        if not before.isalnum() and not after.isspace():
            waiting.append(match)
        elif waiting and not before.isspace() and not after.isalpha():
            paired |= {waiting.pop().start(), match.start()}
    for match in matches:
        before, after = _around(text, *match.span())
        contraction = match[1] == "'" and before.isalpha() and _CONTRACTION.match(text, match.end())
        if before.isalpha() and after.isalpha() and not contraction:
            continue  # an accent of LaTeX
        yield *match.span(), match[1], "safe" if contraction or match.start() in paired else "unsafe"


def _line_ends(text: str) -> Iterator[_Found]:
    for match in finditer(_LINE_END, text):
        start, end = match.span()
        before, after = _around(text, start, end)
        if (before in _QUOTES and after in _QUOTES) or before == "\\" or _DRIVE.search(text[max(start - 3, 0) : start]):
            continue  # an expression, or a drive
        ends = before in _ENDS or before.isspace() or not start or (before == ":" and start > 1)
        tier: Tier = "safe" if ends and _BEGINS.match(text, end) else "unsafe"
        edge = before.isspace() or not start or after.isspace() or end == len(text)
        yield start, end, "" if edge else " ", tier


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
