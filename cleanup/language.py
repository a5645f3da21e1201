"""Is this text in the language it is said to be in?

Stop words answer in microseconds; ``langdetect`` is asked only where they cannot. The stop
words of each language are data in ``rules/languages/stop-words.toml``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from cleanup.expressions import expression
from cleanup.rulebook import shipped_table

_LATIN = expression(r"\p{Script=Latin}")
_OTHER_LETTER = expression(r"(?!\p{Script=Latin})\p{L}")
_LATIN_SCRIPT = frozenset("en fr de es it pt nl sv pl tr".split())
_ENOUGH = 12  # stop words of the claimed language that settle the matter at once
_SHORT = 8  # words below which a text says too little about its language


@lru_cache(maxsize=1)
def stop_words() -> dict[str, frozenset[str]]:
    """For each known language code, words that are common in it and rare in the others."""
    table = shipped_table("languages/stop-words.toml")
    return {code: frozenset(words.split()) for code, words in table.items()}


def _bare(tokens: Iterable[str]) -> set[str]:
    """The tokens in lower case, without the marks around them."""
    return {token.lower().strip(".,;:!?\"'«»“”„()") for token in tokens}


def contradicts(claimed: str, text: str, tokens: Collection[str] | None = None) -> str:
    """The language that ``text`` seems to be in, if that is surely not ``claimed``.

    Returns a code, ``other`` for a script that the claimed language does not use, or an
    empty string where nothing contradicts the claim.
    """
    own_words = stop_words().get(claimed)
    if own_words is None:
        return ""
    tokens = text.split() if tokens is None else tokens
    own = len(own_words.intersection(tokens))
    if own >= _ENOUGH and own * 25 > len(tokens):
        return ""  # as it nearly always is, and without a set of all tokens
    types = set(tokens)
    if own >= _ENOUGH and own * 25 > len(types):
        return ""
    if claimed in _LATIN_SCRIPT and _is_mostly_other_letters(text[:20_000]):
        return "other"
    if 2 * own >= max(map(len, stop_words().values())):
        return ""  # no language has more than twice as many
    lowered = _bare(types)
    own = len(own_words & lowered)
    hits = {code: len(words & lowered) for code, words in stop_words().items() if code != claimed}
    best = max(sorted(hits), key=lambda code: hits[code])
    if hits[best] >= 2 and hits[best] > 2 * own:
        return best
    return ""


def _is_mostly_other_letters(sample: str) -> bool:
    # A letter of another script takes two bytes or more: prose with few of those is Latin.
    if len(sample.encode("utf-8", "surrogatepass")) - len(sample) < len(sample) // 4:
        return False
    return len(_OTHER_LETTER.findall(sample)) > len(_LATIN.findall(sample))


def is_foreign(claimed: str, passage: str) -> bool:
    """Whether one paragraph of a text is in another language than the text."""
    tokens = set(passage.split())
    if contradicts(claimed, passage, tokens):
        return True
    if len(tokens) < _SHORT:
        return False
    if stop_words().get(claimed, frozenset()) & _bare(tokens):
        return False
    # No stop word of the claimed language in a passage this long: ask the slow one.
    guess = detect(passage)
    return guess not in ("", claimed)


@lru_cache(maxsize=1024)
def detect(text: str) -> str:
    """The language of ``text`` as a code, by stop words and else by ``langdetect``.

    Deterministic: ``langdetect`` draws random numbers, so it is seeded. Returns an empty
    string where neither can tell, and never a region (``zh``, not ``zh-cn``).
    """
    lowered = _bare(text.split())
    hits = {code: len(words & lowered) for code, words in stop_words().items()}
    ranked = sorted(hits, key=lambda code: (-hits[code], code))
    if hits[ranked[0]] >= 3 and hits[ranked[0]] > 2 * hits[ranked[1]]:
        return ranked[0]
    import langdetect

    langdetect.DetectorFactory.seed = 0
    try:
        guesses = langdetect.detect_langs(text[:5_000])
    except langdetect.LangDetectException:
        return ""
    return str(guesses[0].lang).partition("-")[0] if guesses[0].prob >= 0.9 else ""
