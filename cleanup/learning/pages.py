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
from cleanup.figures import wilson
from cleanup.learning.corpus import Place
from cleanup.learnt import lines_of, normal_line

FEWEST = 3
"""Articles that must have a line for it to be one of the page."""
LEAST_SHARE = 10
"""Per cent of a site's articles that must have a line that reads as a label."""
LEAST_SHARE_OF_SENTENCES = 25
"""Per cent for one that ends as a sentence does: agencies repeat those. It is the Wilson lower
bound that must reach this, so that a few articles with the same agency prove nothing."""
LEAST_SHARE_ALONE = 35
"""Per cent for one that mostly stands alone between paragraphs, as headings of articles do."""

_SAMPLE = 400  # texts of a site
_MOST_LINES = 4_000_000  # of all texts that are looked at: at most twice as many hashes are held
_HASHES = 1 << 64
_LONG_LINES = 8  # by which an article is known again
_SHORTEST_SENTENCE = 3  # words
_LONG = 60  # code points of a line that no two articles share by chance
_SAME = 3  # long lines, more than half of its own, that make a text a version of another
_FEW = 6  # texts of a site from where on a long line that most of them have tells no article
_SENTENCE = expression(r"(?<!\.\.)[.!?。！？]['\"”’»)]*+\Z")
# It comes again with its author, and belongs to the article.
_BYLINE = expression(
    r"\s*(?i:by|von|par|por|di|door|da)[ \u00a0]"
    r"(?:(?:\p{Ll}{1,3}[ \u00a0]){0,2}\p{Lu}[\p{L}\p{M}.'’-]*+,?[ \u00a0]?){1,8}+\s*"
)


class Page(NamedTuple):
    """A text as far as its lines can tell of the page: where it stands, and hashes.

    Attributes:
        lines: of the lines that may be the page's; ``alone``, of those among them that stand
            alone between paragraphs; ``long_lines``, of some lines that tell the article.
    """

    lines: array[int]
    alone: array[int]
    long_lines: array[int]
    place: Place


class Shared(NamedTuple):
    """A line that the pages of a site share, by its hash; and a text that has it."""

    site: str
    line: int
    alone: bool
    times: int
    articles: int
    place: Place


@dataclass
class Pages:
    """The texts that are looked at, by site and by the hash of the text."""

    sites: dict[str, dict[int, Page]] = field(default_factory=dict)
    most_lines: int = _MOST_LINES
    _limit: int = _HASHES  # no text is looked at whose hash is not below
    _kept: int = 0  # lines, with those that the next pruning will drop

    def add(self, site: str, text: str, key: int, place: Place) -> None:
        """Look at one more text, whose hash is ``key``."""
        if key >= self._limit:
            return
        self._put(site, key, _page(text, place))
        if self._kept > 2 * self.most_lines:  # not at once, or a large corpus would be pruned with every text
            self._settle()

    def merge(self, other: Pages) -> None:
        """Look at what another process has looked at too."""
        self._limit = min(self._limit, other._limit)
        for site, pages in other.sites.items():
            for key, page in pages.items():
                self._put(site, key, page)
        self._settle()

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

    def _settle(self) -> None:
        """Keep no more than may be kept. What that is depends on all that was met, not on when this is done."""
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
        self._settle()
        for site, pages in sorted(self.sites.items()):
            articles = list(_articles(pages))
            if len(articles) < FEWEST:
                continue
            times, alone = Counter[int](), Counter[int]()
            places: dict[int, Place] = {}
            for versions in articles:
                times.update({line for page in versions for line in page.lines})
                alone.update({line for page in versions for line in page.alone})
                for page in versions:
                    for line in page.lines:
                        places[line] = min(page.place, places.get(line, page.place))
            for line, count in sorted(times.items()):
                is_alone = 2 * alone[line] > count
                if _enough(count, len(articles), LEAST_SHARE_ALONE if is_alone else LEAST_SHARE):
                    yield Shared(site, line, is_alone, count, len(articles), places[line])


def _page(text: str, place: Place) -> Page:
    lines = [line for line in lines_of(text) if line and not line.isspace()]
    is_long = [False, *(len(line) > _LONG for line in lines), False]
    short, alone, long_lines = set[int](), set[int](), set[int]()
    for index, line in enumerate(lines, 1):
        told = normal_line(line)
        if told and not _BYLINE.fullmatch(line):
            short.add(hashed(told))
            if is_long[index - 1] and is_long[index + 1]:
                alone.add(hashed(told))
        if is_long[index]:
            long_lines.add(hashed(line.strip()))
    return Page(array("Q", short), array("Q", alone), array("Q", nsmallest(_LONG_LINES, long_lines)), place)


def _articles(pages: dict[int, Page]) -> Iterator[list[Page]]:
    """The texts of each article, all its versions together.

    A version shares more than half of its long lines, and several, with one that was there before.
    """
    on_pages = Counter(line for page in pages.values() for line in page.long_lines)
    common = {line for line, times in on_pages.items() if len(pages) >= _FEW and 2 * times > len(pages)}
    articles: list[list[Page]] = []
    having: dict[int, set[int]] = {}
    for _, page in sorted(pages.items()):
        own = [line for line in page.long_lines if line not in common]
        met = Counter(article for line in own for article in having.get(line, ()))
        best = min(met.items(), key=lambda item: (-item[1], item[0]), default=(0, 0))
        if best[1] >= _SAME and 2 * best[1] > len(own):
            index = best[0]
        else:
            index = len(articles)
            articles.append([])
        for line in own:
            having.setdefault(line, set()).add(index)
        articles[index].append(page)
    yield from articles


def is_furniture(told: str, shared: Shared) -> bool:
    """Whether a line, now that it is known what it says, is the page's and not the article's."""
    if not _SENTENCE.search(told):
        return True
    # Yes. No. Thank you. In conversations they come again and again.
    long_enough = len(told.split()) >= _SHORTEST_SENTENCE
    return long_enough and 100 * wilson(shared.times, shared.articles) >= LEAST_SHARE_OF_SENTENCES


def _enough(times: int, articles: int, least_share: int) -> bool:
    return times >= FEWEST and 100 * times >= least_share * articles


def hashed(text: str) -> int:
    """64 bits that a text or a line is known by while it is counted."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
