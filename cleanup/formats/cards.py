"""The rules as a catalogue, one card explained, and a card to start from."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from cleanup.formats.escape import visible
from cleanup.formats.findings import count
from cleanup.formats.terminal import style_for
from cleanup.rule import STAGES, Rule

_WIDTH = 88
_TIERS = {
    "safe": "safe: `fix` applies it",
    "unsafe": "unsafe: `fix --unsafe` applies it",
    "display-only": "display-only: shown, never changed",
}


def catalogue(rules: Iterable[Rule], *, colour: bool = False) -> str:
    """A table of the rules, stage by stage in the order in which they run."""
    rules, style = tuple(rules), style_for(colour)
    width = max((len(rule.id) for rule in rules), default=0)
    spoken = max((len(" ".join(rule.languages)) for rule in rules), default=0)
    pieces = []
    for stage in STAGES:
        of_stage = [rule for rule in rules if rule.stage == stage]
        if of_stage:
            pieces.append(style(stage, "place") + "\n")
        for rule in of_stage:
            name = style(f"{rule.id:<{width}}", "rule")
            languages = " ".join(rule.languages)
            preview = " (preview)" if rule.preview else ""
            pieces.append(f"  {name}  {rule.tier:<12}  {languages:<{spoken}}  {visible(rule.says)}{preview}\n")
    return "".join((*pieces, f"\n{count(len(rules), 'rule')}; `cleanup rules ID` explains one.\n"))


def explained(rule: Rule, *, colour: bool = False) -> str:
    """One card in words: what it is, what it does, and its examples."""
    style = style_for(colour)
    lines = [style(rule.id, "place"), *_wrapped(rule.says, "  ")]
    if rule.about:
        lines += ["", *_wrapped(rule.about, "  ")]
    lines += ["", *_facts(rule)]
    for wrong, right in rule.mends:
        lines += ["", f"  wrong  {style(visible(wrong), 'removed')}", f"  right  {style(visible(right), 'added')}"]
    for text, span in rule.shows:
        lines += ["", f"  shows  {visible(text)}", f"     at  {style(visible(span), 'removed')}"]
    for text, why in rule.leaves:
        lines += ["", f"  leaves {visible(text)}", f"         {style(f'because {visible(why)}', 'note')}"]
    return "\n".join(lines) + "\n"


def _facts(rule: Rule) -> Iterator[str]:
    moved = f" (the card says {rule.declared})" if rule.tier != rule.declared else ""
    removal = "removal: a whole paragraph goes (not with --no-removals)"
    languages = "any" if rule.neutral else ", ".join(rule.languages)
    facts = {
        "tier": _TIERS[rule.tier] + moved,
        "standing": rule.standing,
        "measured": rule.measured,
        "effect": removal if rule.effect == "removal" else rule.effect,
        "languages": languages,
        "severity": rule.severity,
        "category": f"{rule.category} (ITS 2.0){f'; {rule.mqm} (MQM)' if rule.mqm else ''}",
        "may change": ", ".join(sorted(rule.touches)),
        "preview": "runs only with --preview, or when selected by its id" if rule.preview else "",
    }
    return (f"  {name:<10} {visible(value)}" for name, value in facts.items() if value)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(visible(text), _WIDTH, initial_indent=indent, subsequent_indent=indent)


TEMPLATE = '''\
# A rule card. `cleanup rules --test FOLDER` runs its examples; docs/cards.md explains every key.
says      = "A word is said twice."
about     = """
Change all of this. Say what the fault is, how it comes about, and why the repair is right.
"""
detect    = "pattern"                # or "swap": [with] then holds pairs, wrong = "right"
tier      = "safe"                   # safe | unsafe | display-only (then [[shows]] for [[mends]])
effect    = "repair"                 # or "removal", where a whole paragraph goes
severity  = "minor"                  # neutral | minor | major
category  = "grammar"                # ITS 2.0 issue type
mqm       = "Linguistic conventions/Grammar"
languages = ["en"]
needs     = ['(?i)\\bof of\\b']        # RE2: without one of these in a text the rule is not run

[with]
find    = '(?i)\\b(of) of\\b'
replace = '\\1'

# Two or more of each: what it mends, and what looks alike but must be left alone.
[[mends]]
wrong = "the mayor of of the town"
right = "the mayor of the town"

[[mends]]
wrong = "Of of all things they forgot the key."
right = "Of all things they forgot the key."

[[leaves]]
text = "What it is made of often matters."
why  = "two words that only begin alike"

[[leaves]]
text = "The page quotes `of of` as an error."
why  = "code is left alone"
'''
"""A card that works as it stands, to be changed into another."""
