"""Tags, topics and keywords of the article."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, speaks_elsewhere
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, PhraseHit, Source, Within
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST_TAG = 4.0
_MENUS = int(Within.NAV | Within.FOOTER)
_COMMAS = lazy_re(r"(?:(?<!\s)\s++)?[,،、]\s*+")
_LAST_LINES = 3
_LEAST_KEYWORDS = 3
# A common word heads tags without links no further below the body than this, in lines; a menu further down.
_TAGS_REACH = 15
# "Economy" is an item of the menu and a tag.
_SECTIONS = {"nav_menu"}
_HASHTAGS = lazy_re(r"(?:#\w[\w-]*[\s,·|]*)+\Z")


class _Tags(Family):
    """The family with a gate of its own: a header needs no colon where links follow it."""

    __slots__ = ()

    def hits(self, page: Page) -> Iterator[PhraseHit]:
        said = set()
        for hit in Family.hits(self, page):
            said.add(hit.line)
            yield hit
        for hit in page.phrases.get(self.name, ()):
            after = hit.line + 1
            if hit.line in said or after >= len(page.lines) or page.lines[hit.line].box.within & _MENUS:
                continue
            if page.lines[after].links and page.units[after] <= _LONGEST_TAG and not page.lines[hit.line].links:
                yield hit


def _hashtags(page: Page) -> Iterator[Decision]:
    for i in page.holding("#"):
        text = page.lines[i].text
        if text[0] == "#" and len(text) <= 300 and _HASHTAGS.match(text):
            yield Decision([i], Evidence("shape", "hashtags only"))


def _following(page: Page) -> Iterator[Decision]:
    """After a header such as «Tags:» alone on its line: the short unfinished lines below it."""
    for hit in FILTER.hits(page):
        alone = key_of(normalise(hit.phrase)) == page.keys[hit.line]
        if not alone or page.zone(hit.line) == "body" or page.lines[hit.line].box.within & _MENUS:
            continue
        found: list[int] = []
        # Flattened text has lost the links, which else bear witness to a common word: two lines do.
        least = 2 if hit.how == "weak" and page.source is Source.TEXT else 1
        for i in range(hit.line + 1, min(hit.line + 13, len(page.lines))):
            line = page.lines[i]
            if (
                page.units[i] > _LONGEST_TAG
                or "?" in line.text
                or line.text[-1] in ".!?…:؟"
                or (hit.how == "weak" and not line.links and page.source is not Source.TEXT)
            ):
                break
            if page.source is Source.HTML and not line.links:
                break
            if (
                i in page.stamps
                or (least > 1 and i > page.body[1] + _TAGS_REACH)
                or (speaks_elsewhere(page, i, "tags") and set(page.speakers[i]) != _SECTIONS)
            ):
                break
            found.append(i)
        if len(found) >= least:
            yield Decision(found, Evidence("neighbour", "below a tags header", hit.line))
            if hit.how == "weak":
                yield Decision([hit.line], hit.evidence)


def _keywords(page: Page) -> Iterator[Decision]:
    """At the very end of the page: a list of single words between commas, as for search engines."""
    end = page.body[1]
    for line in page.lines[max(end, len(page.lines) - _LAST_LINES) :]:
        parts = _COMMAS.split(line.text)
        if len(parts) >= _LEAST_KEYWORDS and all(0 < len(part.split()) <= 2 for part in parts):
            if line.text[-1] not in ".!?؟:" and not any(c.isdigit() for c in line.text):
                yield Decision([line.index], Evidence("shape", "keywords between commas at the end of the page"))


def _more(page: Page) -> Iterator[Decision]:
    yield from _hashtags(page)
    yield from _keywords(page)
    yield from _following(page)


FILTER = _Tags(
    name="tags",
    summary="tags, topics and keywords of the article",
    signature=Signature(
        names="tags tag-links tagcloud post-tags topics cat-links tag-list taglist keywords post-categories",
        words="tag-list tag-links tag-cloud tags-list tags-links post-tags post-category entry-category article-category article-tags asset-tags entry-tags story-tags tags-container "
        "tags-wrapper tag-container tag-wrapper related-topics related-tags topic-list topic-tags article-topics "
        "article-keywords news-tags td-post-source-tags category-links post-categories cat-links tags-widget tagged-as "
        "tags-block etiketler hashtags tagcloud schlagworte",
        rels="tag",
        itemprops="keywords",
    ),
    max_prose=0.02,
    in_menus=False,
    more=_more,
)
