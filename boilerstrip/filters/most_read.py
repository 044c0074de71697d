"""Most read, trending, latest news, more from X: header and headlines."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, stands_apart
from boilerstrip.filters.following import below_header
from boilerstrip.page import Decision, Evidence, Line, Page, PhraseHit, Source
from boilerstrip.signature import Signature

_ITEM_LINKED = 0.8
# A run of headlines without a header: how many, how long in words, one by one and on average.
_LEAST_RUN = 8
_SHORTEST_HEADLINE = 4.0
_LONGEST_HEADLINE = 32.0
_LEAST_MEAN = 7.0
# ... and how much prose, in words, and what share of the page's, stands before and after it.
_LEAST_BEFORE = 60.0
_MOST_AFTER = 0.1
_STOPS = ".。।۔:：;,，、"
_BULLETS = "-–—•*·‣▪■►▶✓#|0123456789"


def _lists(page: Page) -> Iterator[Decision]:
    for hit in FILTER.hits(page):
        if hit.how == "whole":
            yield from below_header(page, hit.line, "most_read")
        elif hit.how == "weak" and page.zone(hit.line) == "tail" and stands_apart(page, hit.line):
            for decision in below_header(page, hit.line, "most_read"):
                yield Decision([hit.line], hit.evidence)
                yield decision


def _headlines(page: Page) -> Iterator[Decision]:
    """In flattened text, after the article: a long run of lines that read like headlines, whatever stands over it."""
    # What asks or shouts in one line may be a headline itself; it is no sign that the article goes on.
    prose = [0.0 if _may_ask(page, line) else page.prose[line.index] for line in page.lines]
    total = sum(prose)
    before = 0.0
    run: list[int] = []
    heads = 0
    size = 0.0
    for line in [*page.lines, None]:
        if line is not None and (_is_headline(page, line) or (run and _may_stand_between(page, line))):
            run.append(line.index)
            if _is_headline(page, line):
                heads += 1
                size += page.units[line.index]
            continue
        if heads >= _LEAST_RUN and size >= _LEAST_MEAN * heads:
            # A list that the article goes on after is the article's.
            if before >= _LEAST_BEFORE and total - before <= _MOST_AFTER * total:
                while not _is_headline(page, page.lines[run[-1]]):
                    run.pop()
                # Labels between them that another family knows are that one's.
                lines = [i for i in run if i not in page.known_at]
                yield Decision(lines, Evidence("shape", f"run of {heads} headlines below the article", run[0]))
        run, heads, size = [], 0, 0.0
        if line is not None:
            before += prose[line.index]


def _may_ask(page: Page, line: Line) -> bool:
    return line.text[-1] in "?!？！؟…" and page.units[line.index] <= _LONGEST_HEADLINE


def _is_headline(page: Page, line: Line) -> bool:
    if not _SHORTEST_HEADLINE <= page.units[line.index] <= _LONGEST_HEADLINE or line.index in page.stamps:
        return False
    if page.prose[line.index] or line.index in page.known_at:
        return False
    return line.text[-1] not in _STOPS and line.text[0] not in _BULLETS


def _may_stand_between(page: Page, line: Line) -> bool:
    """Stamps, labels, and headlines that ask or shout."""
    return line.index in page.stamps or page.units[line.index] < _SHORTEST_HEADLINE or _may_ask(page, line)


def _more(page: Page) -> Iterator[Decision]:
    yield from _lists(page)
    if page.source is Source.TEXT:
        yield from _headlines(page)


class _MostRead(Family):
    """The family with a gate of its own: "Latest news" is a menu item as often as a header."""

    __slots__ = ()

    def hits(self, page: Page) -> Iterator[PhraseHit]:
        for hit in Family.hits(self, page):
            line = page.lines[hit.line]
            if page.zone(hit.line) == "head" and line.tag == "li" and line.link_share > _ITEM_LINKED:
                continue
            if (
                page.source is Source.TEXT
                and page.zone(hit.line) == "head"
                and not any(hit.how != "start" for _ in below_header(page, hit.line, self.name))
            ):
                continue
            yield hit


FILTER = _MostRead(
    name="most_read",
    summary="most read, trending, latest news and more-from lists with their headlines",
    signature=Signature(
        names="wpp-list mostpopularstories most-read mostread most-popular trending ranking recent-posts popular-posts",
        words="most-read most-popular most-viewed most-shared most-commented mostread mostpopular popular-posts popular-news "
        "popular-articles popular-stories trending-now trending-news trending-posts trending-stories top-stories "
        "top-news latest-news latest-posts latest-articles latest-stories recent-posts recent-news recent-articles "
        "recent-entries news-list more-from more-news other-stories author-posts series-nav infinite-scroll "
        "widget-recent-entries meistgelesen mas-leidas lo-mas-leido mais-lidas plus-lus cok-okunan cok-okunanlar "
        "wp-block-latest-posts mvp-post-add-box widget-popular top-articles headlines-list",
        weak="popular trending latest ranking",
    ),
    max_prose=0.12,
    leads_on=True,
    in_menus=False,
    more=_more,
)
