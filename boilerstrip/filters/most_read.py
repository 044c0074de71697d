"""Most read, trending, latest news, more from X: header and headlines."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import LISTS, Family, stands_apart
from boilerstrip.filters.following import below_header
from boilerstrip.page import Decision, Page, PhraseHit, Source
from boilerstrip.signature import Signature

_ITEM_LINKED = 0.8


def _lists(page: Page) -> Iterator[Decision]:
    for hit in FILTER.hits(page):
        if hit.how == "whole":
            yield from below_header(page, hit.line, "most_read")
        elif hit.how == "weak" and page.zone(hit.line) == "tail" and stands_apart(page, hit.line):
            for decision in below_header(page, hit.line, "most_read"):
                yield Decision([hit.line], hit.evidence)
                yield decision


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
    hint_on=LISTS,
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
    in_menus=False,
    more=_lists,
)
