"""A French or Italian elision without its apostrophe: ``LExpress``.

The shape alone (an L in front of a second capital) is also that of a slip of the shift
key, so the word as a whole must be unknown and what follows the letter known: to the
lexicon, or to the article, which has it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleanup.article import Article
from cleanup.edit import Diagnostic, Edit
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import WORD_END, WORD_START, finditer, refuse_unknown
from cleanup.rule import Needs, Rule

_VOWEL = "[AEIOUHÀÂÉÈÊÎÔÙÛ]"
_CANDIDATE = expression(rf"{WORD_START}L(?P<rest>{_VOWEL}\p{{Ll}}{{3,}}){WORD_END}")


def prepare(options: Mapping[str, Any]) -> None:
    """Nothing to prepare: the card has no options."""
    refuse_unknown(options)


def needs(prepared: None) -> Needs:
    """The shape, in any word."""
    return Needs(patterns=(f"L{_VOWEL}\\p{{Ll}}{{3}}",))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every word of that shape whose parts are known and whose whole is not."""
    for match in finditer(_CANDIDATE, article.text):
        whole, rest = match.group().lower(), match["rest"]
        if evidence.is_word(whole) or evidence.is_name(whole) or article.times(_with_small_second(match.group())):
            continue
        times = article.times(rest)
        if not times and not evidence.is_word(rest) and not evidence.is_name(rest.lower()):
            continue
        at = match.start("rest")
        known = f"{times} times here" if times else "in the lexicon"
        yield rule.finding(
            *match.span(),
            edits=(Edit(at, at, article.apostrophe),),
            evidence=f"{match.group()}: {rest} stands {known}; {match.group()} is no word",
        )


def _with_small_second(word: str) -> str:
    return word[0] + word[1:].lower()
