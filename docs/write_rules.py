"""Write a page for each shipped rule into ``docs/rules/``, an index, and README's accuracy table.

    python docs/write_rules.py [--check]

All of it holds what the cards and their figures say, and the table is printed too; ``--check``
writes nothing and exits with 1 if a page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from cleanup.earned import Record, read_record
from cleanup.rule import STAGES, Rule
from cleanup.rulebook import shipped, shipped_folder

FOLDER = Path(__file__).resolve().parent / "rules"
README = FOLDER.parent.parent / "README.md"
_START, _END = "<!-- figures -->\n", "<!-- end of figures -->"


def main() -> int:
    """Write the pages, or say which are stale."""
    pages = dict(_pages(shipped()))
    readme = README.read_text("utf-8")
    head, _, rest = readme.partition(_START)
    renewed = head + _START + _accuracy(shipped()) + _END + rest.partition(_END)[2]
    if "--check" in sys.argv[1:]:
        found = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
        stale = sorted(name for name in pages.keys() | found.keys() if pages.get(name) != found.get(name))
        print("".join(f"docs/rules/{name}: stale; run python docs/write_rules.py\n" for name in stale), end="")
        if renewed != readme:
            print("README.md: its accuracy table is stale; run python docs/write_rules.py")
        return 1 if stale or renewed != readme else 0
    print(_accuracy(shipped()), end="")
    README.write_text(renewed, "utf-8")
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


def _accuracy(rules: tuple[Rule, ...]) -> str:
    """The figures that each rule's tier rests on, as a table."""
    record = read_record(shipped_folder()) or Record()
    lines = [
        "| rule | in force as | right of decided | false in clean words | exposures | restored of injected |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for rule in rules:
        counted = record.figures(rule.id)
        if counted is None or rule.declared == "display-only" or not counted.exposures + counted.injected:
            continue
        decided = f"{counted.right:,} of {counted.decided:,}" if counted.decided else "–"
        false = f"{counted.false} in {counted.clean_words:,}"
        restored = f"{counted.restored:,} of {counted.injected:,}"
        lines.append(f"| `{rule.id}` | {rule.tier} | {decided} | {false} | {counted.exposures:,} | {restored} |")
    return "\n".join(lines) + "\n"


def _pages(rules: tuple[Rule, ...]) -> Iterator[tuple[str, str]]:
    yield "README.md", _index(rules)
    for rule in rules:
        yield _file_name(rule), _page(rule)


def _file_name(rule: Rule) -> str:
    return rule.id.replace("/", "-") + ".md"


def _index(rules: tuple[Rule, ...]) -> str:
    lines = ["# The rules", "", "Written by `python docs/write_rules.py` from the cards and their record.", ""]
    for stage in STAGES:
        lines += [f"## {stage}", "", "| rule | tier | says | measured |", "| --- | --- | --- | --- |"]
        for rule in rules:
            if rule.stage == stage:
                name = rule.id.partition("/")[2]
                lines.append(f"| [{name}]({_file_name(rule)}) | {rule.tier} | {rule.says} | {rule.measured} |")
        lines.append("")
    return "\n".join(lines)


def _page(rule: Rule) -> str:
    languages = "any" if rule.neutral else ", ".join(rule.languages)
    facts = [
        ("tier", rule.tier + (f" (the card says {rule.declared})" if rule.tier != rule.declared else "")),
        ("why not safe", rule.standing),
        ("measured", rule.measured),
        ("effect", rule.effect),
        ("languages", languages),
        ("severity", rule.severity),
        ("category", f"{rule.category} (ITS 2.0); {rule.mqm} (MQM)"),
        ("may change", ", ".join(sorted(rule.touches))),
        ("detector", f"`{rule.detector_name}`"),
    ]
    lines = [f"# {rule.id}", "", rule.says, "", rule.about, "", "| | |", "| --- | --- |"]
    lines += [f"| {name} | {value} |" for name, value in facts if value]
    if rule.mends:
        lines += ["", "## Mends"]
    for wrong, right in rule.mends:
        lines += ["", *_quoted("wrong", wrong), *_quoted("right", right)]
    if rule.shows:
        lines += ["", "## Shows"]
    for text, span in rule.shows:
        lines += ["", *_quoted("text", text), *_quoted("at", span)]
    lines += ["", "## Leaves alone"]
    for text, why in rule.leaves:
        lines += ["", *_quoted(why, text)]
    return "\n".join(lines) + "\n"


def _quoted(name: str, text: str) -> list[str]:
    return [f"{name}:", "", *(f"    {line}".rstrip() for line in text.split("\n")), ""]


if __name__ == "__main__":
    sys.exit(main())
