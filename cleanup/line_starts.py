r"""With which words a line must start for an expression to match it.

Page furniture is known by how a line begins. An expression of the form ``(?im)^[^\pL\n]*(?:…)``,
as cards of such rules need it, is taken apart here into the words it can start with. They make a
small expression, quick to compile and to run; the large one is asked only where that one matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cleanup.article import WORD

_FRONT = r"(?im)^[^\pL\n]*"
_MARK, _ANYTHING = "\0", "\1"  # what stands for any character but a letter, and for any characters at all
_LETTERLESS = frozenset(r"\d \s \b".split())
_MOST = 2_000  # beginnings, above which an expression is not taken apart
_LITERAL = re.compile(r"\\.|\[\^?\]?[^\]]*\]")  # an escape or a class: brackets in them open nothing
_STRANGE = re.compile(r"\((?!\?[a-z-]*:)|\(\?[a-z]*m")  # groups that are named, or look around, or set flags of lines
_COUNTED = re.compile(r"\[\^\\n\]\{\d+,\d+\}")
_REACH = re.compile(re.escape(_FRONT + "(?:") + r"\[\^\\n\](?:\*|\{\d+,\d+\})")
_RUN = re.compile(r"[^\W_]+ ?(?![?*+{])")  # characters that stand for themselves, none of them repeated
_CODE_POINT = re.compile(r"\\x\{\w+\}")
_COMMON = frozenset(
    "a all an as at by for from he i if in it no not of on one our she that the they this to two we what you".split()
)
"""Words with which many lines of any article start: behind one of them the second word counts too."""


def hints(sources: tuple[str, ...]) -> tuple[str, ...]:
    r"""RE2 expressions, smaller if possible, that match wherever one of ``sources`` does, and more.

    >>> hints((r"(?im)^[^\pL\n]*(?:read (?:also|too)|subscri|(?:the )?end\b)", r"\pL< "))
    ('(?im)^[^\\pL\\n]*(?:end\\b|read\\b|subscri|the(?:[^a-z\\n]+(?:end\\b)))', '\\pL< ')
    """
    starts: set[str] = set()
    others: list[str] = []
    for source in sources:
        for one in _alternatives(source):
            words = first_words(one)
            starts |= words
            others += [] if words else [_without_reach(one)]
    starts -= {start for start in starts if f"{start}*" in starts}
    every = by_words([start.split() for start in sorted(starts)], r"[^a-z\n]+", r"\b")
    return (*([f"{_FRONT}(?:{every})"] if starts else []), *others)


def by_words(phrases: Iterable[Sequence[str]], blank: str, end: str = "") -> str:
    r"""One RE2 expression for many phrases, in which what they begin with stands once: so it compiles sooner.

    ``end`` is put behind a last word, unless that ends in ``*``.

    >>> by_words([["read"], ["read", "also"], ["read", "mor*"], ["see"]], " ", r"\b")
    'read(?: (?:also\\b|mor)|\\b)|see\\b'
    """
    behind: dict[str, list[Sequence[str]]] = {}
    for first, *rest in phrases:
        behind.setdefault(first, []).append(rest)
    branches = []
    for first, rests in behind.items():
        spelt = re.escape(first.removesuffix("*"))
        stop = "" if first.endswith("*") or not first[-1].isascii() else end
        longer = [rest for rest in rests if rest]
        ways = [f"{blank}(?:{by_words(longer, blank, end)})"] if longer else []
        ways += [stop] if len(longer) < len(rests) else []
        branches.append(f"{spelt}(?:{'|'.join(ways)})" if longer else spelt + stop)
    return "|".join(branches)


def first_words(source: str) -> frozenset[str]:
    r"""The words, in lower case, with which a line that RE2's ``source`` matches can start.

    Behind a common word they have the second one too. What may go on ends in ``*``. Empty where
    the expression does not tell, or of a common word not how it goes on.

    >>> sorted(first_words(r"(?im)^[^\pL\n]*(?:read (?:also|too)|subscri|(?:the )?end\b)"))
    ['end', 'read', 'subscri*', 'the end']
    >>> sorted(first_words(r"(?im)^[^\pL\n]*(?:[a-z]+ )?icon"))
    []
    """
    front = _front(source)
    if not front:
        return frozenset()
    beginnings, _ = _either(source, len(front))
    words = {_told(beginning) for beginning in beginnings}
    return frozenset() if "" in words or words & _COMMON else frozenset(words)


def _front(source: str) -> str:
    """How an expression starts that can be taken apart; empty for another."""
    front = next((front for front in (_FRONT, _FRONT.replace("i", "")) if source.startswith(front)), "")
    return "" if _STRANGE.search(_LITERAL.sub("", source[len(front) :])) else front


def _alternatives(source: str) -> Iterator[str]:
    """``source`` by its alternatives, if all of it is one group of them."""
    front = _front(source)
    if not front or not source.startswith("(?:", len(front)):
        yield source
        return
    ends = [len(front) + 2]
    while source[ends[-1]] != ")":
        ends.append(_sequence(source, ends[-1] + 1)[1])
    for start, end in pairwise(ends):
        yield f"{front}(?:{source[start + 1 : end]}){source[ends[-1] + 1 :]}"


def _without_reach(source: str) -> str:
    """``source`` without the stretch of anything that it starts with, and without counting others.

    Both make an automaton large.
    """
    match = _REACH.match(source)
    return _COUNTED.sub(r"[^\\n]*", f"(?im)(?:{source[match.end() :]}" if match else source)


def _words(beginning: str) -> tuple[list[str], int]:
    """The words of a beginning that matter, as far as they are certain, and where they end."""
    words: list[str] = []
    end = 0
    for match in WORD.finditer(beginning):
        if _ANYTHING in beginning[end : match.start()]:
            break
        words.append(match.group().lower())
        end = match.end()
        if len(words) == 2 or words[0] not in _COMMON:
            break
    return words, end


def _told(beginning: str) -> str:
    """The words of a whole beginning, with ``*`` if they may go on; empty if any may stand there."""
    words, end = _words(beginning)
    goes_on = beginning[end : end + 1] in ("", _ANYTHING)
    return " ".join(words) + "*" * goes_on if words else ""


def _cut(beginning: str) -> str:
    """A beginning as far as it matters."""
    words, end = _words(beginning)
    if len(words) == 2 or (words and words[0] not in _COMMON):
        return beginning[: end + 1]
    return beginning[: beginning.index(_ANYTHING) + 1] if _ANYTHING in beginning else beginning


def _either(source: str, at: int) -> tuple[set[str], int]:
    """The beginnings of alternatives up to the bracket that closes them, and where that is."""
    every, at = _sequence(source, at)
    while source[at : at + 1] == "|":
        more, at = _sequence(source, at + 1)
        every |= more
    return every, at


def _sequence(source: str, at: int) -> tuple[set[str], int]:
    """The beginnings of parts in a row, and where the row ends."""
    so_far = {""}
    while at < len(source) and source[at] not in "|)":
        part, at = _part(source, at)
        optional, repeated, at = _quantifier(source, at)
        if repeated:
            part = {one + _ANYTHING if any(map(str.isalpha, one)) else one for one in part}
        longer = {_cut(text + more) for text in so_far for more in part}
        so_far = longer | so_far if optional else longer
        if len(so_far) > _MOST:
            so_far = {_ANYTHING}
    return so_far, at


def _part(source: str, at: int) -> tuple[set[str], int]:
    """The beginnings of one group, class or run of characters, and where it ends."""
    character = source[at]
    if character == "(":
        found, end = _either(source, source.index(":", at) + 1)
        return found, end + 1
    if character == ".":
        return {_ANYTHING}, at + 1
    if character == "[":
        end = source.index("]", at + (3 if source[at + 1] == "^" else 2))
        return {_of_class(source[at + 1 : end])}, end + 1
    if character == "\\":
        return _escaped(source, at)
    if run := _RUN.match(source, at):
        return {run.group()}, run.end()
    return {_MARK if character in "^$" else character}, at + 1


def _escaped(source: str, at: int) -> tuple[set[str], int]:
    """The beginnings of what starts with a backslash."""
    name = source[at : at + 2]
    if name in (r"\x", r"\p") and source[at + 2 : at + 3] == "{":
        end = source.index("}", at) + 1
        return {_ANYTHING if name == r"\p" else chr(int(source[at + 3 : end - 1], 16))}, end
    if name in _LETTERLESS:
        return {_MARK}, at + 2
    if name[1:].isalnum():  # \w, \S, \pL, \x27: whatever they are
        return {_ANYTHING}, at + (3 if name == r"\p" else 4 if name == r"\x" else 2)
    return {name[1:]}, at + 2


def _of_class(inside: str) -> str:
    if inside.startswith("^"):
        return _MARK if r"\pL" in inside else _ANYTHING
    return _ANYTHING if any(map(str.isalpha, _CODE_POINT.sub("", inside))) else _MARK


def _quantifier(source: str, at: int) -> tuple[bool, bool, int]:
    """Whether what stands before may be absent or come again, and where the quantifier ends."""
    mark = source[at : at + 1]
    if mark and mark in "?*+":
        return mark != "+", mark != "?", at + 1
    if mark == "{":
        end = source.index("}", at)
        return source[at + 1] == "0", source[at + 1 : end] != "1", end + 1
    return False, False, at
