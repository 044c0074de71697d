"""Most read, trending, latest news, more from X: header and headlines."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.filters.following import below_header
from boilerstrip.page import Decision, Page
from boilerstrip.signature import Signature


def _lists(page: Page) -> Iterator[Decision]:
    for hit in page.phrases.get("most_read", ()):
        if hit.how == "whole":
            yield from below_header(page, hit.line, "most_read")


FILTER = Family(
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
    more=_lists,
)
