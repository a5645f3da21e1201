"""An attribution that the translation invented in front of the real one.

French and Russian put the speaker behind the verb: « … », a dénoncé le ministère. Systems
that close the sentence too early supply a “he said.” of their own, and the real attribution
follows: its verb in lower case, or a subject and a verb of saying that say nothing else. The
ghost goes if a verb of saying comes directly behind it, any verb with its subject behind it, or
such a subject and verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import regex

from cleanup.article import Article
from cleanup.edit import Diagnostic
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.matching import Prepared, finditer, refuse_unknown, string_list
from cleanup.rule import Needs, OptionError, Rule

_SAYING = (
    "said",
    "says",
    "say",
    "added",
    "adds",
    "explained",
    "explains",
    "warned",
    "warns",
    "declared",
    "declares",
    "told",
)
_OPTIONS = {"speakers", "verbs", "real-verbs"}


class Ghosts(Prepared):
    """The card's word classes as one expression."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        refuse_unknown(options, _OPTIONS)
        self._classes = {key: string_list(options, key) for key in sorted(_OPTIONS)}
        for key, words in self._classes.items():
            if not words:
                raise OptionError(key, f"{key} is missing: a list of words")
        self.verbs = self._classes["verbs"]

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The ghost, between a closing quotation mark and the real verb."""
        return expression(
            r"""(?<=[.,!?…\p{L}\p{N}][”"]|[”"][,])
            (?P<ghost>[ \u00a0]++(?:(?:\L<speakers>)[ ])?+(?:\L<verbs>)\.)
            (?=[ \u00a0]++(?:
                (?P<real>\L<real>)[ ](?:
                    \p{Lu} | [“"] | (?:[\p{Ll}-]++[ ]){1,6}\p{Lu} | \p{Ll}{1,2}['’]\p{Lu}
                  | (?:the|an?|this|that|these|those|his|her|its|their|our|my|one|another|several|some|many|two|three
                      |four|five|to|us|me|him|them|reporters|journalists|in|on|at|during|after|before|of|for|from|by
                      |with|about|also|again|yesterday|today|last|president|minister|mayor|officials|police|sources
                      |experts|residents|witnesses|critics|doctors|lawyers|scientists|activists)\b
                )
              | (?P<verb>(?!(?:was|is|has|does|as|this|his|its|us)\b)\p{Ll}{3,}(?:ed|s))[ ]
                (?:the|this|our|his|her|their)[ ]\p{L}
              | (?P<subject>(?:he|she|they|we|it
                    |(?:the|an?|his|her|their|its|one|another|this|two|several|some|many)
                        (?:[ ][\p{L}\p{M}.'’-]++){1,7}?)
                    [ ](?:also[ ]|later[ ]|then[ ])?(?:\L<saying>|\L<real>))
                (?=[.,](?:[ \u00a0]|$)|\s*$
                  |[ ](?:in|on|at|to|after|during|before|from|yesterday|today|when|while|last)\b
                  |[ ](?:the[ ](?:press|media|agency|paper|newspaper|broadcaster)|reporters|journalists|AFP|Reuters)\b)
              | (?P<subject>(?:I|\p{Lu}[\p{L}\p{M}.'’-]*+(?:[ ][\p{L}\p{M}.'’-]++){0,7}?)
                    [ ](?:also[ ]|later[ ]|then[ ])?\L<saying>)
                (?=\.(?:[ \u00a0]|$))
            ))""",
            regex.VERBOSE | regex.MULTILINE,
            speakers=self._classes["speakers"],
            verbs=self.verbs,
            real=self._classes["real-verbs"],
            saying=_SAYING,
        )


def prepare(options: Mapping[str, Any]) -> Ghosts:
    """Compile the card's word classes."""
    return Ghosts(options)


def needs(prepared: Ghosts) -> Needs:
    """A verb of saying, a full stop, and a lower-case letter or another verb of saying."""
    verbs = "|".join(prepared.verbs)
    ghost = f'[”"],?[ \\x{{a0}}](?:[a-zA-Z]+ ){{0,3}}(?:{verbs})\\.[ \\x{{a0}}]'
    return Needs(patterns=(f"{ghost}\\p{{Ll}}", f'{ghost}\\p{{Lu}}[^.”"\\n]* (?:{"|".join(_SAYING)})\\.'))


def detect(article: Article, rule: Rule, evidence: Evidence) -> Iterator[Diagnostic]:
    """Every ghost behind a closing quotation mark and in front of a verb of saying."""
    ghosts: Ghosts = rule.prepared
    for match in finditer(ghosts.pattern, article.text):
        if match["verb"] and not evidence.is_word(match["verb"]):
            continue  # adidas this year asked
        follows = match["real"] or match["verb"] or match["subject"]
        yield rule.finding(*match.span("ghost"), "", evidence=f"the attribution goes on with {follows!r}")
