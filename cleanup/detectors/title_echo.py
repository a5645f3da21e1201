"""The title stands twice: the better copy stays, whichever comes first.

Copies are compared by their letters and digits alone, so punctuation, apostrophes, case,
hyphens and accents that got lost make no difference. A copy may be cut off, in a word or with an
ellipsis, and one of the two may carry the site's name. Further down, as a caption, the echo is
the one that goes. A lead that takes the headline up in a sentence of its own is no echo.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from cleanup.article import Article, Span
from cleanup.edit import Diagnostic, Edit, Tier
from cleanup.evidence import Evidence
from cleanup.matching import refuse_unknown
from cleanup.rule import Haystack, Needs, Rule

_FEWEST_WORDS = 3  # of a whole echo
_FEWEST_WORDS_CUT = 4  # of one that was cut off
_FEWEST_WORDS_TORN = 5  # of one that was cut off in the middle of a word
_FEWEST_WORDS_BELOW = 4  # of one that does not stand beside the title
_MOST_WORDS = 40
_SITE_WORDS = 5  # of a site's name behind a dash or bar
_ELLIPSES = ("...", "…")
_CUT_MARKS = ("[...]", "[…]", "(...)", "(…)")
_SITE_MARKS = (" – ", " — ", " - ", " | ", " : ", " :: ", " » ", " • ")
_SENTENCE_ENDS = (".", "!", "?")
_HEAD = 4_000  # code points in which title and echo must begin
_REACH = 8  # lines in which an echo must stand
_PARAGRAPH = 15  # words, from where on a line that ends as a sentence does is a paragraph
_HEADING = 8  # words of a heading, at most
_PARAGRAPHS = 2  # so many make the text an article, and no poem, list or table
_BEGINNING = 12  # letters in which an echo must agree to be worth a look, if it has as many
_AGAIN = 8  # letters of a title that says itself twice
_OPEN_ENDS = ("-", "–", "—", "(", "[", '"', "“", "„", "«", "‘", "'")  # behind which something has to follow
_CLOSERS = "\"'”’»)"
_LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
# Latin letters that are a letter and an accent: the letter alone.
_BARE = {code: bare for code in _LATIN if (bare := unicodedata.normalize("NFD", chr(code))[0]) != chr(code)}
_CREDIT_MARKS = (" (", " / ", " © ", "/", *_SITE_MARKS)  # what a caption may say of the picture stands behind one


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

    def marks(self, letters: int) -> tuple[int, float]:
        """Marks, accents among them, and capitals within the first ``letters`` letters and digits."""
        marks = capitals = seen = 0
        for character in self.shown:
            if seen == letters and (character.isspace() or character.isalnum()):
                break  # a dash in front of a site's name is no mark of the title
            if character.isalnum():
                seen += 1
                capitals += character.isupper()
                marks += ord(character) in _BARE
            elif not character.isspace():
                marks += 1
        # Capitals throughout tell less than one in its place, and more than none.
        return marks, 0.5 if self.shown.isupper() else capitals


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """A second line that begins like the first, or a first that says its own beginning twice."""
    return Needs(glance=_glance)


def _glance(haystack: Haystack) -> bool:
    head = haystack.text[:_HEAD].lstrip("\ufeff \t\r\n")
    first, *lines = head.split("\n", 2 * _REACH + 1)[: 2 * _REACH + 1]
    beginning = _letters(first[: 4 * _BEGINNING])[:_BEGINNING]
    if not beginning:
        return False
    if _says_again(first, beginning[:_AGAIN]):
        return True
    return any(
        beginning.startswith(_letters(line[: 4 * _BEGINNING])[:_BEGINNING] or "\0")
        for line in lines
        if line and (line[0].casefold() == beginning[0] or not line[0].isalnum() or not line[0].isascii())
    )


def _says_again(first: str, beginning: str) -> bool:
    """Whether the line has its own beginning a second time."""
    start = first[:2].casefold()
    if start.isascii() and start.isalnum() and start not in first.casefold()[2:] and first.isascii():
        return False  # most lines are done with here
    return beginning in _letters(first)[_AGAIN:]


def _letters(text: str) -> str:
    letters = "".join(filter(str.isalnum, text))
    return (letters if letters.isascii() else letters.translate(_BARE)).casefold()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """The echoes: within the title's own line, else in the lines next to it and in those below.

    All in one go, however many there are, up to one that is less certain.
    """
    lines = article.lines
    if not lines or lines[0].end - lines[0].start > _HEAD:
        return
    title = _copy(article.text, lines[0])
    edits = _doubled(article.text, title)
    if edits:
        yield rule.finding(
            edits[0].start, edits[-1].end, edits=tuple(edits), evidence="the line says the same twice or oftener"
        )
        return
    # Two equal lines and nothing else are a refrain or a table as likely as a title.
    if len(lines) < 3 or title.words > _MOST_WORDS or title.shown.endswith((",", ";", ":")):
        return
    gone: set[int] = set()  # lines
    left_out = 0  # code points that go
    stays, kept = title, 0  # the best copy so far, and its line
    beside = True
    for index in range(1, len(lines)):
        span = lines[index]
        if index - len(gone) >= _REACH or span.start - lines[0].start - left_out > _HEAD:
            return
        if span.end - span.start > _HEAD // 2:
            beside = False
            continue
        other = _copy(article.text, span)
        verdict = _echo(article, stays, other) if beside else _echo_below(article, stays, other, gone)
        if verdict is None:
            beside = False
            continue
        tier, other_goes = verdict
        goes, going = (other, index) if other_goes else (stays, kept)
        if not other_goes:
            stays, kept = other, index
        place = f"line {'above' if other_goes else 'below'}" if beside else "title"
        start, end = article.whole_line(going)
        seen = f"same words as the {place}, which keeps {_tally(stays, goes)}"
        yield rule.finding(*lines[going], edits=(Edit(start, end, ""),), evidence=seen, tier=tier)
        if tier != "safe":
            return
        gone.add(going)
        left_out += end - start


def _echo_below(article: Article, title: Copy, other: Copy, gone: Set[int]) -> tuple[Tier, bool] | None:
    """As :func:`_echo`, for a line that does not stand beside the title: the title stays."""
    if min(title.words, other.words) < _FEWEST_WORDS or other.shown.endswith((",", ";", ":")):
        return None
    if min(title.words, other.words) < _FEWEST_WORDS_BELOW and _has_headings(article, (title, other)):
        return None
    letters = len(title.letters)
    same = other.letters == title.letters
    if not same:
        if not other.letters.startswith(title.letters) or other.is_sentence:
            cut_off = other.cut and title.letters.startswith(other.letters)
            if not cut_off:
                return None
        elif not _rest(other, letters, _CREDIT_MARKS).is_site_name:
            return None
    if not _is_article(article) or _times(article, other, gone) > 1:
        return None
    shown = min(letters, len(other.letters))
    # A question may head the answer to it, and what keeps more marks may be what was meant.
    marks, capitals = other.marks(shown)
    asks = title.shown.endswith("?") and _has_headings(article, (title, other), "?")
    certain = not asks and title.marks(shown) >= (marks - other.is_sentence, capitals)
    return "safe" if certain else "unsafe", True


def _is_article(article: Article) -> bool:
    """Whether there are paragraphs, which poems, lists, tables and interviews of one-liners have not."""
    seen = 0
    for line in article.lines[1:]:
        shown = article.text[line.start : line.end].rstrip(_CLOSERS + " ")
        seen += shown.endswith(_SENTENCE_ENDS) and len(shown.split(None, _PARAGRAPH)) > _PARAGRAPH
        if seen == _PARAGRAPHS:
            return True
    return False


def _has_headings(article: Article, copies: Sequence[Copy], end: str = "") -> bool:
    """Whether lines beside the ``copies`` look like headings of sections; a byline may, so one does not count.

    One that ends with ``end`` does.
    """
    text, seen, heading = article.text, 0, False
    for line in article.lines:
        shown = text[line.start : line.end].strip()
        if heading and len(shown.split(None, _PARAGRAPH)) > _PARAGRAPH:
            seen += 1
            if seen > 1:
                return True
        short = len(shown.split(None, _HEADING)) <= _HEADING and not shown.rstrip(_CLOSERS).endswith((".", "!"))
        heading = short and not any(copy.span == line for copy in copies)
        if heading and end and shown.endswith(end):
            return True
    return False


def _times(article: Article, other: Copy, gone: Set[int]) -> int:
    """How many lines below the title say the same, but for those ``gone``, as a refrain or a running head does."""
    return sum(
        _letters(article.text[line.start : line.end]) == other.letters
        for index, line in enumerate(article.lines)
        if index and index not in gone and line.end - line.start < 2 * (other.span.end - other.span.start)
    )


def _copy(text: str, span: Span) -> Copy:
    shown = text[span.start : span.end].strip()
    cut = shown.endswith(_ELLIPSES)
    if cut:
        shown = shown.rstrip(".… ,;:")
    elif shown.endswith(_CUT_MARKS):
        shown, cut = shown.rstrip(".…[]() ,;:"), True
    return Copy(span, shown, _letters(shown), cut)


def _echo(article: Article, first: Copy, second: Copy) -> tuple[Tier, bool] | None:
    """Tier, and whether the second copy is the one to go; ``None`` if it is no echo."""
    at_colon = second.shown.endswith(":") and first.shown.startswith(second.shown) and _is_article(article)
    if second.words > _MOST_WORDS or (second.shown.endswith((",", ";", ":")) and not at_colon):
        return None  # a poem's first line goes on
    if first.letters == second.letters:
        if first.words < _FEWEST_WORDS:
            return None
        letters = len(first.letters)
        return "safe", first.marks(letters) >= second.marks(letters)
    short, long = (first, second) if len(first.letters) < len(second.letters) else (second, first)
    if not long.letters.startswith(short.letters) or short.words < _FEWEST_WORDS:
        return None
    if short.is_sentence and not short.cut:
        return None  # a sentence that begins like the title
    if long.is_sentence and not long.cut and not (short.cut and long is first):
        return None  # a lead that takes the headline up
    rest = _rest(long, len(short.letters), _SITE_MARKS)
    if not rest.whole_word and not short.cut and short.words < _FEWEST_WORDS_TORN:
        return None
    letters = len(short.letters)
    short_marks, long_marks = short.marks(letters), long.marks(letters)
    if rest.is_site_name and not short.cut:
        # The title itself is the better copy, unless it has lost its marks.
        goes = short if long_marks > short_marks else long
        return "safe", goes is second
    if short.words < _FEWEST_WORDS_CUT:
        # Or a kicker, or the heading of the first section.
        alone = not rest.marked and _is_article(article) and not _has_headings(article, (first, second))
        return "safe" if short.cut or alone else "unsafe", long is first
    if long_marks[0] < short_marks[0] - (1 if short.cut else 0):
        return "unsafe", long is first  # whole but mangled against fine but cut off
    return "safe", long is first


class _Rest(NamedTuple):
    whole_word: bool
    marked: bool
    is_site_name: bool


def _rest(long: Copy, letters: int, marks: tuple[str, ...]) -> _Rest:
    """What the longer copy says after its first ``letters`` letters and digits."""
    seen = 0
    split = 0
    while seen + long.shown[split].isalnum() <= letters:
        seen += long.shown[split].isalnum()
        split += 1
    rest, before = long.shown[split:], long.shown[:split]
    whole_word = not before[-1:].isalnum()
    gap = before[len(before.rstrip(" –—-|:»•/©(")) :]
    is_site_name = any(mark in f"{gap} " for mark in marks) and len(rest.split()) <= _SITE_WORDS
    if " : " in f"{gap} " and rest[:1].islower():
        is_site_name = False  # the second half of a French headline
    between = before.rstrip()[-1:]
    return _Rest(whole_word, not (whole_word and between.isalnum()), is_site_name)


def _doubled(text: str, title: Copy) -> list[Edit]:
    """The edits that leave one copy in a line that says the same thing twice, or twice that, and so on."""
    span = Span(*title.span)
    while (half := _better_half(text, _copy(text, span))) is not None:
        span = half
    ends = [Edit(title.span.start, span.start, ""), Edit(span.end, title.span.end, "")]
    return [edit for edit in ends if edit.start < edit.end] if span != title.span else []


def _better_half(text: str, title: Copy) -> Span | None:
    """Which half stays of a line that says the same thing twice; ``None`` if it does not."""
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
    glued = right[:1].isupper() and not left[-1:].isupper()
    if not (left[-1:].isspace() or glued) or trimmed.endswith((",", ";", ".", "!", *_OPEN_ENDS)):
        return None  # “Row, row, row your boat, row, row, row your boat”; and no half a quotation
    left_copy, right_copy = _copy(left, Span(0, len(left))), _copy(right, Span(0, len(right)))
    if left_copy.marks(half) >= right_copy.marks(half):
        return Span(start, start + len(trimmed))
    return Span(offset, title.span.end)


def _tally(stays: Copy, goes: Copy) -> str:
    letters = min(len(stays.letters), len(goes.letters))
    kept, lost = stays.marks(letters), goes.marks(letters)
    if stays.letters != goes.letters and len(stays.letters) > len(goes.letters):
        return f"{stays.words} words against {goes.words}"
    return f"{kept[0]} marks and {kept[1]:.0f} capitals against {lost[0]} and {lost[1]:.0f}"
