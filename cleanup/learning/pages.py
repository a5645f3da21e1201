"""Count the lines that the pages of a site share.

An article's own lines do not stand in others; what a site prints around them does. Of each
site a sample of its distinct texts is looked at, those whose hashes are smallest, so that
it is the same whoever counts. Versions of one article count as one: else whatever a site
printed three times would be furniture.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

from cleanup.expressions import expression
from cleanup.learning.corpus import Place
from cleanup.learnt import normal_line

FEWEST = 3
"""Articles that must have a line for it to be one of the page."""
LEAST_SHARE = 10
"""Per cent of a site's articles that must have a line that reads as a label."""
LEAST_SHARE_OF_SENTENCES = 25
"""Per cent for one that ends as a sentence does: agencies repeat those, of what went before."""

_SAMPLE = 400  # texts of a site
_MOST_LINES = 6_000_000  # of all texts that are looked at: 50 MB of hashes, and as much for the texts
_HASHES = 1 << 64
_LONG_LINES = 8  # by which an article is known again
_LONG = 60  # code points of a line that no two articles share by chance
_SAME = 3  # long lines, more than half of its own, that make a text a version of another
_FEW = 6  # texts of a site from where on a long line that most of them have tells no article
_SENTENCE = expression(r"(?<!\.\.)[.!?。！？]['\"”’»)]*+\Z")
# It comes again with its author, and belongs to the article.
_BYLINE = expression(
    r"\s*(?i:by|von|par|por|di|door|da)[ \u00a0]"
    r"(?:\p{Lu}[\p{L}\p{M}.'’-]*+,?[ \u00a0]?(?:(?:and|und|et|y|e)[ \u00a0])?){1,6}+\s*"
)


class Page(NamedTuple):
    """A text as far as its lines can tell of the page: hashes, and where it stands."""

    lines: array[int]
    long_lines: array[int]
    place: Place


class Shared(NamedTuple):
    """A line that the pages of a site share, by its hash; and a text that has it."""

    site: str
    line: int
    times: int
    articles: int
    place: Place


@dataclass
class Pages:
    """The texts that are looked at, by site and by the hash of the text."""

    sites: dict[str, dict[int, Page]] = field(default_factory=dict)
    most_lines: int = _MOST_LINES
    _limit: int = _HASHES  # no text is looked at whose hash is not below
    _kept: int = 0  # lines, those among them that the next pruning will drop

    def add(self, site: str, text: str, place: Place) -> None:
        """Look at one more text."""
        key = _hash(text)
        if key >= self._limit:
            return
        short, long_lines = set[int](), set[int]()
        for line in text.splitlines():
            told = normal_line(line)
            if told and not _BYLINE.fullmatch(line):
                short.add(line_hash(told))
            if len(line) > _LONG:
                long_lines.add(_hash(line.strip()))
        self._put(site, key, Page(array("Q", short), array("Q", nsmallest(_LONG_LINES, long_lines)), place))
        self._bound()

    def merge(self, other: Pages) -> None:
        """Look at what another process has looked at too."""
        self._limit = min(self._limit, other._limit)
        for site, pages in other.sites.items():
            for key, page in pages.items():
                self._put(site, key, page)
        self._prune()
        self._bound()

    def _put(self, site: str, key: int, page: Page) -> None:
        pages = self.sites.setdefault(site, {})
        same = pages.get(key)
        if same is None:
            self._kept += len(page.lines)
            pages[key] = page
            if len(pages) >= 2 * _SAMPLE:
                self._prune_site(site)
        elif page.place < same.place:
            pages[key] = page

    def _bound(self) -> None:
        if self._kept <= self.most_lines:
            return
        self._prune()
        while self._kept > self.most_lines:
            self._limit //= 2
            self._prune()

    def _prune(self) -> None:
        for site in list(self.sites):
            self._prune_site(site)
        self._kept = sum(len(page.lines) for pages in self.sites.values() for page in pages.values())

    def _prune_site(self, site: str) -> None:
        pages = self.sites[site]
        keys = (key for key in pages if key < self._limit)
        kept = {key: pages[key] for key in nsmallest(_SAMPLE, keys)}
        self._kept -= sum(len(page.lines) for key, page in pages.items() if key not in kept)
        if kept:
            self.sites[site] = kept
        else:
            del self.sites[site]

    def shared(self) -> Iterator[Shared]:
        """The lines that may be the page's: those that a label must be found in often enough."""
        self._prune()
        for site, pages in sorted(self.sites.items()):
            articles = list(_articles(pages))
            if len(articles) < FEWEST:
                continue
            times: Counter[int] = Counter()
            places: dict[int, Place] = {}
            for lines in articles:
                times.update(lines.keys())
                for line, place in lines.items():
                    places[line] = min(place, places.get(line, place))
            for line, count in sorted(times.items()):
                if enough(count, len(articles), LEAST_SHARE):
                    yield Shared(site, line, count, len(articles), places[line])


def _articles(pages: dict[int, Page]) -> Iterator[dict[int, Place]]:
    """The lines of each article, all its versions together, and a text that has them.

    A version shares more than half of its long lines, and several, with one that was there before.
    """
    on_pages = Counter(line for page in pages.values() for line in page.long_lines)
    common = {line for line, times in on_pages.items() if len(pages) >= _FEW and 2 * times > len(pages)}
    articles: list[dict[int, Place]] = []
    having: dict[int, set[int]] = {}
    for _, page in sorted(pages.items()):
        own = [line for line in page.long_lines if line not in common]
        met = Counter(article for line in own for article in having.get(line, ()))
        best = min(met.items(), key=lambda item: (-item[1], item[0]), default=(0, 0))
        if best[1] >= _SAME and 2 * best[1] > len(own):
            index = best[0]
        else:
            index = len(articles)
            articles.append({})
        for line in own:
            having.setdefault(line, set()).add(index)
        for line in page.lines:
            articles[index].setdefault(line, page.place)
    yield from articles


def enough(times: int, articles: int, least_share: int) -> bool:
    """Whether so many of a site's articles have a line that it must be the page's."""
    return times >= FEWEST and 100 * times >= least_share * articles


def is_sentence(told: str) -> bool:
    """Whether a line, as :func:`~cleanup.learnt.normal_line` tells it, ends as a sentence does."""
    return _SENTENCE.search(told) is not None


def line_hash(told: str) -> int:
    """What a line is known by while it is counted."""
    return _hash(told)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
