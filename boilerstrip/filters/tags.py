"""Tags, topics and keywords of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family, speaks_elsewhere
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

_HASHTAGS = re.compile(r"(?:#\w[\w-]*[\s,·|]*)+\Z")


def _hashtags(page: Page) -> Iterator[Decision]:
    for line in page.lines:
        if line.text[0] == "#" and len(line.text) <= 300 and _HASHTAGS.match(line.text):
            yield Decision([line.index], Evidence("shape", "hashtags only"))


def _following(page: Page) -> Iterator[Decision]:
    """After a header such as «Tags:» alone on its line: the short unfinished lines below it."""
    for hit in page.phrases.get("tags", ()):
        if hit.how not in ("whole", "start") or page.zone(hit.line) == "body":
            continue
        for i in range(hit.line + 1, min(hit.line + 13, len(page.lines))):
            line = page.lines[i]
            if page.units[i] > 4 or line.text[-1] in ".!?…:؟" or (hit.how == "start" and not line.links):
                break
            if page.source == "html" and not line.links:
                break
            if i in page.stamps or speaks_elsewhere(page, i, "tags"):
                break
            yield Decision([i], Evidence("neighbour", "below a tags header", hit.line))


def _more(page: Page) -> Iterator[Decision]:
    yield from _hashtags(page)
    yield from _following(page)


FILTER = Family(
    name="tags",
    summary="tags, topics and keywords of the article",
    signature=Signature(
        names="tags tag-links tagcloud post-tags topics cat-links tag-list taglist keywords post-categories",
        words="tag-list tag-links tag-cloud tags-list tags-links post-tags article-tags entry-tags story-tags tags-container "
        "tags-wrapper tag-container tag-wrapper related-topics related-tags topic-list topic-tags article-topics "
        "article-keywords news-tags td-post-source-tags category-links post-categories cat-links tags-widget tagged-as "
        "tags-block etiketler hashtags tagcloud schlagworte",
        rels="tag",
        itemprops="keywords",
    ),
    max_prose=0.02,
    more=_more,
)
