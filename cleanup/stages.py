"""The four stages, and the rounds that repeat them until the text is still.

In a stage every detector sees the same text; the next stage sees what this one made of it.
A round is characters, structure, sentences, words; rounds repeat until one changes nothing,
at most :data:`MAX_ROUNDS`. A text still unsettled then comes back untouched, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleanup.article import Article, Cue, kept_spans
from cleanup.edit import APPLIED, Change, Diagnostic, Edit, Fix
from cleanup.evidence import Evidence
from cleanup.expressions import expression
from cleanup.gate import Gate
from cleanup.language import contradicts, is_foreign
from cleanup.mend import Draft, Permit, choose
from cleanup.offsets import OffsetMap
from cleanup.rule import STAGES, Rule, Stage

MAX_ROUNDS = 4
REMOVAL_LIMIT = 0.25
"""Share of an article's words above which removals of what is no duplicate are refused."""

UNSETTLED = "pipeline/unsettled"
LANGUAGE_MISMATCH = "structure/language-mismatch"
_FARTHEST = 32  # code points that a neighbouring word may reach
_LINE_END = expression(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")  # whatever some reader takes for one
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
        keeps_lines: whether a fix that would change the number of lines is refused.
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
        keeps_lines: bool = False,
    ) -> None:
        self.rules = tuple(rule for rule in rules if rule.holds_for(language))
        self.evidence = evidence
        self.language = language
        self.unsafe = unsafe
        self.removals = removals
        self.keep = keep
        self.keeps_lines = keeps_lines
        self._by_id = {rule.id: rule for rule in self.rules}
        self._mismatch_rule = self._by_id.get(LANGUAGE_MISMATCH)
        self._gate = Gate([r for r in self.rules if r.id != LANGUAGE_MISMATCH], evidence)

    def run(self, text: str, *, title_end: int | None = None, protected: tuple[tuple[int, int], ...] = ()) -> Outcome:
        """Find and mend until still. ``text`` itself comes back where nothing is mended."""
        if not self._admitted(text):
            return Outcome(text, text, (), (), OffsetMap(()))
        if self.keep:
            # Where they stand now: what is mended beside such a word may make another of it.
            protected += tuple(kept_spans(text, self.keep))
        outcome, removed = self._settle(text, title_end, protected, "")
        if removed and removed > REMOVAL_LIMIT * len(text.split()):
            # All or none: a second run over what is left must not find room for more.
            too_much = f"removals would take more than {REMOVAL_LIMIT:.0%} of the words"
            outcome, _ = self._settle(text, title_end, protected, too_much)
        return outcome

    def admitted(self, text: str) -> dict[Stage, dict[Rule, Cue]]:
        """The rules that the gate lets at ``text`` before anything is mended, and what woke each."""
        return self._admitted(text)

    def _settle(
        self, text: str, title_end: int | None, protected: tuple[tuple[int, int], ...], no_removals: str
    ) -> tuple[Outcome, int]:
        """The outcome, and how many words went in removals of what stood there but once."""
        draft = Draft(text)
        article: Article | None = None
        # A stage is asked once about one and the same text: a round may have changed nothing in front of it.
        last: dict[Stage, tuple[str, list[Diagnostic]]] = {}
        applied: list[Diagnostic] = []
        removed = 0
        for _ in range(MAX_ROUNDS):
            standing: list[Diagnostic] = []
            still = True
            for stage in STAGES:
                if article is None or article.text is not draft.text:
                    article = self._article(draft, title_end, protected)
                if stage not in last or last[stage][0] is not draft.text:
                    last[stage] = draft.text, self._stage(stage, article, no_removals)
                judged = last[stage][1]
                if not judged:
                    continue
                mapped = _mapper(draft)
                chosen = [d for d in judged if d.outcome == APPLIED]
                standing += (mapped(d) for d in judged if d.outcome != APPLIED)
                if chosen:
                    still = False
                    removed += sum(_words_removed(draft.text, d) for d in chosen if self._is_removal(d))
                    applied += map(mapped, chosen)
                    draft.apply(chosen, _neighbourhood(draft.text))
            if still:
                changes = draft.changes(title_end)
                found = _told_once([*applied, *standing])
                corrected = draft.text if changes else text
                return Outcome(text, corrected, changes, found, draft.offsets()), removed
        message = f"The text did not settle in {MAX_ROUNDS} rounds and was left alone."
        unsettled = Diagnostic(UNSETTLED, 0, 0, message, tier="display-only")
        given_up = (replace(d, outcome="refused: the text did not settle") for d in applied)
        return Outcome(text, text, (), _told_once([unsettled, *given_up]), OffsetMap(())), 0

    def _is_removal(self, diagnostic: Diagnostic) -> bool:
        """Whether words go with it that stand nowhere else."""
        return diagnostic.effect == "removal" and self._by_id[diagnostic.rule].category != "duplication"

    def _article(self, draft: Draft, title_end: int | None, protected: tuple[tuple[int, int], ...]) -> Article:
        forward = draft.offsets()
        return Article(
            draft.text,
            title_end=None if title_end is None else draft.now(title_end),
            protected=tuple(forward.span(*span) for span in protected),
            keep=self.keep,
            cues={rule.id: cue for cues in self._admitted(draft.text).values() for rule, cue in cues.items()},
        )

    def _stage(self, stage: Stage, article: Article, no_removals: str) -> list[Diagnostic]:
        cues = self._admitted(article.text).get(stage)
        if not cues:
            return []
        found: list[Diagnostic] = []
        foreign = _ForeignLines(article, self.language)
        for rule in cues:
            if rule.id == LANGUAGE_MISMATCH:
                found += self._mismatch(article, rule)
            for diagnostic in rule.detector.detect(article, rule, self.evidence):
                if rule.neutral or not foreign.at(diagnostic.start):
                    found.append(diagnostic)

        def permit(diagnostic: Diagnostic) -> Permit:
            refusal = no_removals if self._is_removal(diagnostic) else ""
            if self.keeps_lines and _changes_lines(article.text, diagnostic):
                refusal = "would change the number of lines"
            return Permit(self._by_id[diagnostic.rule].touches, refusal)

        return choose(article, found, self._asked, permit)

    def _admitted(self, text: str) -> dict[Stage, dict[Rule, Cue]]:
        """The rules worth running on ``text``, by stage, and what woke each.

        A text whose stop words contradict its language gets language-neutral rules only,
        and the one that says so.
        """
        last = self._last
        if last is not None and last[0] is text:
            return last[1]
        tokens = text.split()
        rules = self._gate.admitted(text, tokens)
        if contradicts(self.language, text, tokens):
            rules = {rule: cue for rule, cue in rules.items() if rule.neutral}
            if self._mismatch_rule is not None:
                rules[self._mismatch_rule] = Cue()
        admitted: dict[Stage, dict[Rule, Cue]] = {}
        for rule, cue in rules.items():
            admitted.setdefault(rule.stage, {})[rule] = cue
        self._last = (text, admitted)
        return admitted

    # The gate's last answer: in a text without faults all four stages ask for the same one.
    _last: tuple[str, dict[Stage, dict[Rule, Cue]]] | None = None

    def _mismatch(self, article: Article, rule: Rule) -> Iterator[Diagnostic]:
        other = contradicts(self.language, article.text)
        seems = "another script" if other == "other" else f"{other!r}"
        said = f"said to be {self.language!r}, stop words suggest {seems}"
        for start, end in article.lines[:1]:
            yield rule.finding(start, end, evidence=said)

    def _asked(self, diagnostic: Diagnostic) -> bool:
        if diagnostic.effect == "removal" and not self.removals:
            return False
        return diagnostic.tier == "safe" or (self.unsafe and diagnostic.tier == "unsafe")


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


def _changes_lines(text: str, diagnostic: Diagnostic) -> bool:
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return any(_LINE_END.findall(text[e.start : e.end]) != _LINE_END.findall(e.replacement) for e in edits)


def _words_removed(text: str, diagnostic: Diagnostic) -> int:
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    return sum(len(text[e.start : e.end].split()) - len(e.replacement.split()) for e in edits)


def _neighbourhood(text: str) -> Callable[[Edit], tuple[int, int]]:
    """What an edit rests on: itself and one word to each side, within its line.

    That is how far the conditions of rules look, so a fix that another one made possible
    is found to rest on it, while fixes that only share a paragraph stay apart.
    """

    def stretch(edit: Edit) -> tuple[int, int]:
        start, end = edit.start, edit.end
        first, last = max(start - _FARTHEST, 0), min(end + _FARTHEST, len(text))
        for is_gap in (True, False):
            while start > first and text[start - 1] not in "\r\n" and text[start - 1].isspace() == is_gap:
                start -= 1
            while end < last and text[end] not in "\r\n" and text[end].isspace() == is_gap:
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
