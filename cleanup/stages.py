"""The four stages, and the rounds that repeat them until the text is still.

In a stage every detector sees the same text; the next stage sees what this one made of it.
A round is characters, structure, sentences, words; rounds repeat until one changes nothing,
at most :data:`MAX_ROUNDS`. A text still unsettled then comes back untouched, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cleanup.article import Article, Cue
from cleanup.edit import APPLIED, Change, Diagnostic, Edit, Fix
from cleanup.evidence import Evidence
from cleanup.gate import Gate
from cleanup.language import contradicts, is_foreign
from cleanup.mend import Draft, Permit, choose
from cleanup.offsets import OffsetMap
from cleanup.rule import STAGES, Rule

MAX_ROUNDS = 4
UNSETTLED = "pipeline/unsettled"
LANGUAGE_MISMATCH = "structure/language-mismatch"
TITLE_BREAK = "\n\n"
"""What stands between title and body where they were given apart."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made of one text: in offsets of ``original``, the fields still joined."""

    original: str
    corrected: str
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    offsets: OffsetMap


class Pipeline:
    """The rules in force for one language, ready to run over many texts.

    Args:
        rules: the rules in force, with their tiers.
        evidence: the lexicon.
        language: the code of the language that texts are said to be in.
        unsafe: whether unsafe fixes are applied too.
        removals: whether whole paragraphs may go.
        keep: words to leave alone.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        evidence: Evidence,
        *,
        language: str = "en",
        unsafe: bool = False,
        removals: bool = True,
        keep: frozenset[str] = frozenset(),
    ) -> None:
        self.rules = tuple(rule for rule in rules if rule.holds_for(language))
        self.evidence = evidence
        self.language = language
        self.unsafe = unsafe
        self.removals = removals
        self.keep = keep
        self._by_id = {rule.id: rule for rule in self.rules}
        self._mismatch_rule = self._by_id.get(LANGUAGE_MISMATCH)
        self._gate = Gate([r for r in self.rules if r.id != LANGUAGE_MISMATCH], evidence)

    def run(
        self, text: str, *, title_end: int | None = None, protected: tuple[tuple[int, int], ...] = ()
    ) -> Outcome:
        """Find and mend until still. ``text`` itself comes back where nothing is mended."""
        draft = Draft(text)
        applied: list[Diagnostic] = []
        for _ in range(MAX_ROUNDS):
            standing: list[Diagnostic] = []
            still = True
            for stage in STAGES:
                judged = self._stage(stage, draft, title_end, protected)
                if not judged:
                    continue
                mapped = _mapper(draft)
                chosen = [d for d in judged if d.outcome == APPLIED]
                standing += (mapped(d) for d in judged if d.outcome != APPLIED)
                if chosen:
                    still = False
                    applied += map(mapped, chosen)
                    draft.apply(chosen, _neighbourhood(draft.text))
            if still:
                changes = draft.changes(title_end)
                found = _told_once([*applied, *standing])
                corrected = draft.text if changes else text
                return Outcome(text, corrected, changes, found, draft.offsets())
        message = f"The text did not settle in {MAX_ROUNDS} rounds and was left alone."
        unsettled = Diagnostic(UNSETTLED, 0, 0, message, tier="display-only")
        given_up = (replace(d, outcome="refused: the text did not settle") for d in applied)
        return Outcome(text, text, (), _told_once([unsettled, *given_up]), OffsetMap(()))

    def _stage(
        self, stage: str, draft: Draft, title_end: int | None, protected: tuple[tuple[int, int], ...]
    ) -> list[Diagnostic]:
        admitted, mismatch = self._admitted(draft.text)
        rules = [rule for rule in admitted if rule.stage == stage] if admitted else []
        found = [mismatch] if mismatch and mismatch.rule.startswith(f"{stage}/") else []
        if not rules:
            return found
        forward = draft.offsets()
        article = Article(
            draft.text,
            title_end=None if title_end is None else forward.end(title_end),
            protected=tuple(forward.span(*span) for span in protected),
            keep=self.keep,
            cues={rule.id: admitted[rule] for rule in rules},
        )
        foreign = _ForeignLines(article, self.language)
        for rule in rules:
            for diagnostic in rule.detector.detect(article, rule, self.evidence):
                if rule.neutral or not foreign.at(diagnostic.start):
                    found.append(diagnostic)
        return choose(article, found, self._asked, self._permit)

    def _admitted(self, text: str) -> tuple[dict[Rule, Cue], Diagnostic | None]:
        """The rules worth running on ``text``, and what contradicts its language."""
        last = self._last
        if last is not None and last[0] is text:
            return last[1:]
        tokens = set(text.split())
        rules = self._gate.admitted(text, tokens)
        mismatch = None
        if other := contradicts(self.language, text, tokens):
            rules = {rule: cue for rule, cue in rules.items() if rule.neutral}
            mismatch = self._mismatch(text, other)
        self._last = (text, rules, mismatch)
        return rules, mismatch

    # The gate's last answer: in a text without faults all four stages ask for the same one.
    _last: tuple[str, dict[Rule, Cue], Diagnostic | None] | None = None

    def _mismatch(self, text: str, other: str) -> Diagnostic | None:
        rule = self._mismatch_rule
        if rule is None:
            return None
        lines = Article(text).lines
        start, end = lines[0] if lines else (0, 0)
        seems = "another script" if other == "other" else f"{other!r}"
        return rule.finding(start, end, evidence=f"said to be {self.language!r}, stop words suggest {seems}")

    def _asked(self, diagnostic: Diagnostic) -> bool:
        if diagnostic.effect == "removal" and not self.removals:
            return False
        return diagnostic.tier == "safe" or (self.unsafe and diagnostic.tier == "unsafe")

    def _permit(self, diagnostic: Diagnostic) -> Permit:
        rule = self._by_id[diagnostic.rule]
        return Permit(rule.touches, duplicate=rule.category == "duplication")


class _ForeignLines:
    """Which paragraphs are in another language; asked only of those with findings."""

    def __init__(self, article: Article, language: str) -> None:
        self._article = article
        self._language = language
        self._known: dict[int, bool] = {}

    def at(self, offset: int) -> bool:
        line = self._article.line_at(offset)
        if line.start not in self._known:
            passage = self._article.text[line.start : line.end]
            self._known[line.start] = is_foreign(self._language, passage)
        return self._known[line.start]


def _neighbourhood(text: str) -> Callable[[Edit], tuple[int, int]]:
    """What an edit rests on: itself and one word to each side, within its line.

    That is how far the conditions of rules look, so a fix that another one made possible
    is found to rest on it, while fixes that only share a paragraph stay apart.
    """

    def stretch(edit: Edit) -> tuple[int, int]:
        start, end = edit.start, edit.end
        for is_gap in (True, False):
            while start > 0 and text[start - 1] not in "\r\n" and text[start - 1].isspace() == is_gap:
                start -= 1
            while end < len(text) and text[end] not in "\r\n" and text[end].isspace() == is_gap:
                end += 1
        return start, end

    return stretch


def _mapper(draft: Draft) -> Callable[[Diagnostic], Diagnostic]:
    back = draft.offsets().inverse()

    def mapped(diagnostic: Diagnostic) -> Diagnostic:
        start, end = back.span(diagnostic.start, diagnostic.end)
        fix = diagnostic.fix
        if fix is not None:
            fix = Fix(tuple(Edit(*back.span(e.start, e.end), e.replacement) for e in fix.edits))
        return replace(diagnostic, start=start, end=end, fix=fix)

    return mapped


def _told_once(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    ordered = sorted(diagnostics, key=lambda d: (d.start, d.end, d.rule, d.outcome))
    return tuple(dict.fromkeys(ordered))
