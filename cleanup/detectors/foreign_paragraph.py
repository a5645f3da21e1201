"""A paragraph in another language than the article.

The article's language is the one whose stop words it has most of, whatever language was
claimed; where that is not clear there is nothing to compare with. Stop words judge the
paragraph too, and ``langdetect`` is asked only about those that have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.language import contradicts, is_foreign, stop_words
from cleanup.matching import refuse_unknown
from cleanup.rule import Needs, Rule

_FEWEST = 8  # words of a paragraph: fewer may be a title or a motto
_SEEN = 12  # stop words in an article from which its language is known
_LEAD = 2  # times as many as of the second language
_WORD = expression(r"\p{L}[\p{L}\p{M}]*+")
_LOWER = expression(r"(?<!\p{L})\p{Ll}[\p{L}\p{M}]*+")


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """Nothing by itself: the card lists pairs of words that the article's language has not."""
    return Needs()


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every paragraph that is surely in another language."""
    if len(article.lines) < 2:
        return
    own = _language(article)
    if not own:
        return
    for line in article.lines:
        passage = article.text[line.start : line.end]
        if _is_prose(passage) and _speaks_another(own, passage) and is_foreign(own, passage):
            other = contradicts(own, passage)
            seen = f"the article is in {own!r}" + (f", this in {other!r}" if other not in ("", "other") else "")
            yield rule.finding(*line, evidence=seen)


def _speaks_another(own: str, passage: str) -> bool:
    """Whether a passage has stop words of another language, or letters that have none: a quick look."""
    words = {word.lower() for word in _WORD.findall(passage)}
    return any(len(common & words) > 1 for code, common in stop_words().items() if code != own) or any(
        letter > "\u2e80" for letter in passage[:20]
    )


def _language(article: Article) -> str:
    """The language that most of the article is in, or an empty string."""
    counted: Counter[str] = Counter()
    words = Counter(_LOWER.findall(article.text))
    for code, common in stop_words().items():
        counted[code] = sum(words[word] for word in common & words.keys())
    (first, most), (_, next_most) = counted.most_common(2)
    return first if most >= _SEEN and most > _LEAD * next_most else ""


def _is_prose(passage: str) -> bool:
    """Whether a paragraph is long enough to tell, and no list of names or numbers."""
    words = _WORD.findall(passage)
    small = sum(1 for word in words if not word[0].isupper())
    return (len(words) >= _FEWEST and 2 * small > len(words)) or any(ord(letter) > 0x2E80 for letter in passage[:20])
