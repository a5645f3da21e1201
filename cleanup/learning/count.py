"""Count a corpus, in one process or several, and write down what it tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from os import cpu_count

from cleanup.learning.corpus import Corpus, Place
from cleanup.learning.forms import Forms, Strangers
from cleanup.learning.pages import Pages, Shared, hashed, is_furniture
from cleanup.learnt import FORMAT, lines_of, normal_line
from cleanup.rulebook import shipped
from cleanup.settings import shipped_evidence

Progress = Callable[[int], None]
Lines = dict[str, dict[str, tuple[int, int]]]

_EVERY = 200  # texts between two reports of progress


@dataclass
class Counts:
    """What was counted in a share of a corpus; shares add up in any order.

    Attributes:
        texts, words: how many there were.
        faults: the texts that could not be read.
    """

    texts: int = 0
    words: int = 0
    pages: Pages = field(default_factory=Pages)
    forms: Forms = field(default_factory=Forms)
    faults: list[str] = field(default_factory=list)

    def merge(self, other: Counts) -> None:
        """Add another share."""
        self.texts += other.texts
        self.words += other.words
        self.pages.merge(other.pages)
        self.forms.merge(other.forms)
        self.faults += other.faults


def count(corpus: Corpus, shards: int, progress: Progress) -> Counts:
    """Count ``corpus`` in ``shards`` shares, each in a process of its own."""
    if shards == 1:
        return _share(corpus, 0, 1, progress)
    counts = Counts()
    with ProcessPoolExecutor(min(shards, cpu_count() or 1)) as pool:
        for other in pool.map(_share, *zip(*((corpus, index, shards) for index in range(shards)), strict=True)):
            counts.merge(other)
            progress(counts.texts)
    counts.faults.sort()
    return counts


def _share(corpus: Corpus, index: int, shards: int, progress: Progress | None = None) -> Counts:
    counts, lexicon = Counts(), Strangers(shipped_evidence(), _named())
    for place, site, text in corpus.share(index, shards, counts.faults.append):
        counts.texts += 1
        counts.words += len(text.split())
        text_hash = hashed(text)
        counts.pages.add(site, text, text_hash, place)
        counts.forms.add(text, text_hash, lexicon)
        if progress and counts.texts % _EVERY == 0:
            progress(counts.texts)
    return counts


def _named() -> frozenset[str]:
    """The words that shipped rules name: what is to be done about those is known."""
    needs = [rule.needs for rule in shipped()]
    return frozenset(word.lower() for one in needs for word in (*one.words, *one.exact))


def lines(corpus: Corpus, pages: Pages) -> Lines:
    """The lines of the page by site, in how many articles each stands, and how many there are.

    While they are counted lines are but hashes; what they say is read again in one text each.
    """
    wanted: dict[Place, dict[int, list[Shared]]] = {}
    for shared in pages.shared():
        wanted.setdefault(shared.place, {}).setdefault(shared.line, []).append(shared)
    found: Lines = {}
    for place, _, text in corpus.at(wanted.keys()):
        for line in lines_of(text):
            told = normal_line(line)
            for shared in wanted[place].pop(hashed(told), ()) if told else ():
                if is_furniture(told, shared) and _can_be_written(told):
                    found.setdefault(shared.site, {})[told] = (shared.times, shared.articles)
    return found


def _can_be_written(told: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in told)


def as_text(counts: Counts, lines_by_site: Lines) -> str:
    """The file: JSON, sorted, an entry a line."""
    parts = [
        f'"format": {_json(FORMAT)}',
        f'"texts": {counts.texts}',
        f'"words": {counts.words}',
        f'"lines": {{{",".join(_sites(lines_by_site))}\n}}',
        f'"names": {_table(counts.forms.names())}',
        f'"possessives": {_table(counts.forms.stems())}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _sites(lines_by_site: Lines) -> Iterator[str]:
    for site in sorted(lines_by_site):
        yield f"\n {_json(site)}: {_table(lines_by_site[site], ' ')}"


def _table(table: Mapping[str, tuple[int, int]], indent: str = "") -> str:
    rows = (f"\n{indent} {_json(form)}: [{times}, {other}]" for form, (times, other) in sorted(table.items()))
    return f"{{{','.join(rows)}\n{indent}}}"


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
