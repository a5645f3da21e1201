"""Hold a rule to its own card: every example, through the pipeline, with that rule alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cleanup.rule import ANY_LANGUAGE, Rule
from cleanup.settings import COMPLETED_BY_USERS, shipped_evidence
from cleanup.stages import Outcome, Pipeline

FEWEST = 2
"""Examples of each kind that a card must have."""

Run = Callable[[str], Outcome]


def failures(rule: Rule) -> list[str]:
    """What the card of ``rule`` promises and the rule does not do; empty if it holds.

    ``mends`` must come out as ``right`` to the letter, ``leaves`` unchanged and without a
    finding, and ``shows`` must be found at exactly the named words. Where a card is for
    several languages, an example need only work in one of them, but is left alone in all.
    """
    runs = [_runner(rule, language) for language in _languages(rule)]
    found = _too_few(rule)
    for number, (wrong, right) in enumerate(rule.mends, 1):
        if problem := _in_all(_mends(rule, run, wrong, right) for run in runs):
            found.append(f"mends {number}: {wrong!r}: {problem}")
    for number, (text, span) in enumerate(rule.shows, 1):
        if problem := _in_all(_shows(rule, run, text, span) for run in runs):
            found.append(f"shows {number}: {text!r}: {problem}")
    for number, (text, why) in enumerate(rule.leaves, 1):
        if problem := next(filter(None, (_leaves(rule, run, text) for run in runs)), ""):
            found.append(f"leaves {number} ({why}): {text!r}: {problem}")
    return found


def _languages(rule: Rule) -> tuple[str, ...]:
    return ("en",) if rule.languages == (ANY_LANGUAGE,) else tuple(x for x in rule.languages if x != ANY_LANGUAGE)


def _runner(rule: Rule, language: str) -> Run:
    # unsafe: a card shows what its fix does, whoever has to ask for it.
    return Pipeline((rule,), shipped_evidence(), language=language, unsafe=True).run


def _too_few(rule: Rule) -> list[str]:
    if rule.id in COMPLETED_BY_USERS:
        return []
    # A rule that only displays has nothing to mend.
    proof = len(rule.shows) if rule.declared == "display-only" else len(rule.mends)
    name = "shows" if rule.declared == "display-only" else "mends"
    counts = ((name, proof), ("leaves", len(rule.leaves)))
    return [f"{FEWEST} [[{kind}]] are needed, the card has {number}" for kind, number in counts if number < FEWEST]


def _in_all(problems: Iterable[str]) -> str:
    """The first problem, unless one of the languages has none."""
    every = list(problems)
    return "" if "" in every else every[0]


def _mends(rule: Rule, run: Run, wrong: str, right: str) -> str:
    outcome = run(wrong)
    if outcome.corrected == right:
        return ""
    return f"should become {right!r}, came out as {outcome.corrected!r}{_what_was_found(rule, outcome)}"


def _shows(rule: Rule, run: Run, text: str, span: str) -> str:
    outcome = run(text)
    own = (d for d in outcome.diagnostics if d.rule == rule.id)
    if any(text[d.start : d.end] == span for d in own):
        return ""
    return f"should be found at {span!r}{_what_was_found(rule, outcome)}"


def _leaves(rule: Rule, run: Run, text: str) -> str:
    outcome = run(text)
    own = (d for d in outcome.diagnostics if d.rule == rule.id and not d.outcome.startswith("refused"))
    if outcome.corrected == text and not any(own):
        return ""
    came_out = f"came out as {outcome.corrected!r}" if outcome.corrected != text else "was found fault with"
    return f"should be left alone, {came_out}{_what_was_found(rule, outcome)}"


def _what_was_found(rule: Rule, outcome: Outcome) -> str:
    found = ", ".join(_findings(rule, outcome))
    return f"; found {found}" if found else "; nothing was found"


def _findings(rule: Rule, outcome: Outcome) -> Iterator[str]:
    for diagnostic in outcome.diagnostics:
        whose = "" if diagnostic.rule == rule.id else f"{diagnostic.rule}: "
        yield f"{whose}{outcome.original[diagnostic.start : diagnostic.end]!r} ({diagnostic.outcome})"
