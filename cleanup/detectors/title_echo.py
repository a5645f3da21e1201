"""The title stands twice: the better copy stays, whichever comes first.

Copies are compared by their letters and digits alone, so punctuation, apostrophes, case and
hyphens that got lost make no difference. A copy may be cut off, at a word or with an
ellipsis, and one of the two may carry the site's name. A lead that takes the headline up in
a sentence of its own is no echo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.matching import refuse_unknown
from cleanup.rule import Needs, Rule

_FEWEST_WORDS = 3  # of a whole echo
_FEWEST_WORDS_CUT = 4  # of one that was cut off
_MOST_WORDS = 40
_SITE_WORDS = 5  # of a site's name behind a dash or bar
_ELLIPSES = ("...", "…")
_SITE_MARKS = (" – ", " — ", " - ", " | ", " : ", " :: ", " » ", " • ")
_SENTENCE_ENDS = (".", "!", "?")
_HEAD = 2_000  # code points in which title and echo must begin
_BEGINNING = 6  # letters in which an echo must agree to be worth a look
_CLOSERS = "\"'”’»)"


class Copy(NamedTuple):
    """One copy of the title."""

    span: Span
    shown: str
    letters: str
    cut: bool

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.shown.split())

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does; a title may end in ``!`` or ``?`` too."""
        return self.shown.rstrip(_CLOSERS).endswith(".")

    def marks(self, letters: int) -> tuple[int, int]:
        """Marks and capitals within the first ``letters`` letters and digits."""
        marks = capitals = seen = 0
        for character in self.shown:
            if seen == letters and (character.isspace() or character.isalnum()):
                break  # a dash in front of a site's name is no mark of the title
            if character.isalnum():
                seen += 1
                capitals += character.isupper()
            elif not character.isspace():
                marks += 1
        return marks, 0 if self.shown.isupper() else capitals  # capitals throughout tell nothing


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A second line that begins like the first, or a first that says its own beginning twice."""
    return Needs(glance=_glance)


def _glance(text: str) -> bool:
    first, _, rest = text[:_HEAD].lstrip("\ufeff \t\r\n").partition("\n")
    letters = _letters(first)
    beginning = letters[:_BEGINNING]
    if not beginning:
        return False
    return beginning == _letters(rest.lstrip()[: 4 * _BEGINNING])[:_BEGINNING] or beginning in letters[_BEGINNING:]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """At most one echo: of the title by the next line, or within its own line."""
    text = article.text
    lines = article.lines
    if not lines:
        return
    if lines[0].end - lines[0].start > _HEAD:
        return
    title = _copy(text, lines[0])
    doubled = _doubled(text, title)
    if doubled is not None:
        edit, seen = doubled
        yield rule.finding(edit.start, edit.end, edits=(edit,), evidence=seen)
        return
    # Two equal lines and nothing else are a refrain or a table as likely as a title.
    if (
        len(lines) < 3
        or lines[1].end - lines[1].start > _HEAD
        or title.words > _MOST_WORDS
        or title.shown.endswith((",", ";", ":"))
    ):
        return
    second = _copy(text, lines[1])
    verdict = _echo(title, second)
    if verdict is None:
        return
    tier, second_goes = verdict
    gone = 1 if second_goes else 0
    stays, goes = (title, second) if second_goes else (second, title)
    seen = f"same words as the line {'above' if second_goes else 'below'}, which keeps {_tally(stays, goes)}"
    start, end = article.whole_line(gone)
    yield rule.finding(*lines[gone], edits=(Edit(start, end, ""),), evidence=seen, tier=tier)


def _copy(text: str, span: Span) -> Copy:
    shown = text[span.start : span.end].strip()
    cut = shown.endswith(_ELLIPSES)
    if cut:
        shown = shown.rstrip(".… ")
    return Copy(span, shown, _letters(shown), cut)


def _echo(first: Copy, second: Copy) -> tuple[Tier, bool] | None:
    """Tier, and whether the second copy is the one to go; ``None`` if it is no echo."""
    if second.words > _MOST_WORDS or second.shown.endswith((",", ";", ":")):
        return None  # a poem's first line goes on
    if first.letters == second.letters:
        if first.words < _FEWEST_WORDS:
            return None
        letters = len(first.letters)
        return "safe", first.marks(letters) >= second.marks(letters)
    short, long = (first, second) if len(first.letters) < len(second.letters) else (second, first)
    if not long.letters.startswith(short.letters) or short.words < _FEWEST_WORDS_CUT:
        return None
    if short.is_sentence and not short.cut:
        return None  # a sentence that begins like the title
    if long.is_sentence and not long.cut:
        return None  # a lead that takes the headline up
    rest = _rest(long, len(short.letters))
    if not rest.whole_word and not short.cut:
        return None
    letters = len(short.letters)
    short_marks, long_marks = short.marks(letters), long.marks(letters)
    if rest.is_site_name and not short.cut:
        second_goes = (long if long is first else short) is first and first.marks(letters) >= second.marks(letters)
        return "safe", second_goes
    if long_marks[0] < short_marks[0] - (1 if short.cut else 0):
        return "unsafe", long is first  # whole but mangled against fine but cut off
    return "safe", long is first


class _Rest(NamedTuple):
    whole_word: bool
    is_site_name: bool


def _rest(long: Copy, letters: int) -> _Rest:
    """What the longer copy says after its first ``letters`` letters and digits."""
    seen = 0
    split = 0
    while seen + long.shown[split].isalnum() <= letters:
        seen += long.shown[split].isalnum()
        split += 1
    rest, before = long.shown[split:], long.shown[:split]
    whole_word = not before[-1:].isalnum()
    gap = before[len(before.rstrip(" –—-|:»•")) :]
    is_site_name = any(mark in f"{gap} " for mark in _SITE_MARKS) and len(rest.split()) <= _SITE_WORDS
    return _Rest(whole_word, is_site_name)


def _doubled(text: str, title: Copy) -> tuple[Edit, str] | None:
    """The edit that takes one half of a line that says the same thing twice."""
    half, odd = divmod(len(title.letters), 2)
    if (
        odd
        or not 2 * _FEWEST_WORDS_CUT <= title.words <= 2 * _MOST_WORDS
        or title.letters[:half] != title.letters[half:]
    ):
        return None
    start = title.span.start
    seen = 0
    for offset in range(start, title.span.end):
        seen += text[offset].isalnum()
        if seen > half:
            break
    left, right = text[start:offset], text[offset : title.span.end]
    trimmed = left.rstrip()
    if not left[-1:].isspace() or trimmed.endswith((",", ";", ".")):
        return None  # “Row, row, row your boat, row, row, row your boat”
    left_copy, right_copy = _copy(left, Span(0, len(left))), _copy(right, Span(0, len(right)))
    if left_copy.marks(half) >= right_copy.marks(half):
        return Edit(start + len(trimmed), title.span.end, ""), "the line says the same twice"
    return Edit(start, offset, ""), "the line says the same twice"


def _tally(stays: Copy, goes: Copy) -> str:
    letters = min(len(stays.letters), len(goes.letters))
    kept, lost = stays.marks(letters), goes.marks(letters)
    if stays.letters != goes.letters and len(stays.letters) > len(goes.letters):
        return f"{stays.words} words against {goes.words}"
    return f"{kept[0]} marks and {kept[1]} capitals against {lost[0]} and {lost[1]}"
