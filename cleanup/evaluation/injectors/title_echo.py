"""The title stands a second time, often the worse for wear."""

from __future__ import annotations

import re
from random import Random

from cleanup.evaluation.injectors._fault import Fault, Injector
from cleanup.evaluation.injectors._passages import paragraph_break, paragraph_ends, title_of

MARKS, SMALL, CUT = "title echo, marks lost", "title echo, in small letters", "title echo, cut off"
CAPITALS = "title echo, in capitals"
DOUBLED, FIRST = "title echo, exact", "title echo, mangled copy first"
SUFFIX, LATER = "title echo, site's name on one copy", "title echo, further down"

_SITES = ("The Harbour Post", "Valley News", "Daily Lantern", "lantern.example", "Northern Courier: local news")
_RULES = ("structure/title-echo",)


def _without_marks(title: str, chance: Random) -> str:
    bare = re.sub(r"['’]", chance.choice(["", "", " "]), title)
    return " ".join(re.sub(r"[^\w\s]", chance.choice(["", " "]), bare).split())


def _in_small_letters(title: str, chance: Random) -> str:
    return chance.choice([title, _without_marks(title, chance)]).lower()


def _in_capitals(title: str, chance: Random) -> str:
    return title.upper()


def _cut(title: str, chance: Random) -> str:
    words = title.split(" ")
    if len(words) < 5:
        return title
    kept = " ".join(words[: chance.randint(3, len(words) - 1)])
    return kept + chance.choice(["…", " …", "...", " ...", "", " [...]"])


def _with_site(title: str, chance: Random) -> str:
    return title + chance.choice([" | ", " - ", " — ", " :: "]) + chance.choice(_SITES)


def _places(text: str, chance: Random) -> list[Fault]:
    title = title_of(text)
    if title is None:
        return []
    gap = chance.choice(["\n", paragraph_break(text)])
    behind, mangled = len(title), {}
    for kind, mangle in ((MARKS, _without_marks), (SMALL, _in_small_letters), (CAPITALS, _in_capitals), (CUT, _cut)):
        mangled[kind] = mangle(title, chance)
    changed = {kind: copy for kind, copy in mangled.items() if copy not in ("", title)}
    faults = [Fault(behind, behind, gap + copy, kind) for kind, copy in changed.items()]
    if changed:
        faults.append(Fault(0, 0, chance.choice(sorted(changed.values())) + gap, FIRST))
    faults.append(Fault(behind, behind, gap + title, DOUBLED))
    dressed = _with_site(title, chance)
    faults.append(chance.choice([Fault(0, 0, dressed + gap, SUFFIX), Fault(behind, behind, gap + dressed, SUFFIX)]))
    for at in paragraph_ends(text)[:2]:
        faults.append(Fault(at, at, paragraph_break(text) + title, LATER))
    return faults


INJECTOR = Injector(
    "title echo",
    dict.fromkeys((MARKS, SMALL, CAPITALS, CUT, DOUBLED, FIRST, SUFFIX, LATER), _RULES),
    _places,
)
