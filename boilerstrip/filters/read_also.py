"""«Read also»: inline in mid-article, as a block, and what it links to."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, goes_on, witness_of
from boilerstrip.filters.following import below_header
from boilerstrip.measure import ends_sentence
from boilerstrip.page import Decision, Evidence, Page, PhraseHit, Source
from boilerstrip.signature import Signature

_LINKED = 0.5
_FULL_STOPS = ".。।۔"
_LEAST_SENTENCE = 12.0
_LEAST_HEADLINE = 4.0


def _headers(page: Page) -> Iterator[Decision]:
    for hit in FILTER.hits(page):
        if hit.how == "weak":
            witness = witness_of(page, hit, page.phrases["read_also"])
            if witness is not None:
                yield Decision([hit.line], hit.evidence.beside(witness if witness != hit.line else None))
        elif hit.how in ("whole", "contains") or (hit.how == "start" and _inline(page, hit)):
            if hit.how != "contains" or not page.prose[hit.line] or not goes_on(page.lines[hit.line].text, hit.phrase):
                yield Decision([hit.line], hit.evidence)
        if hit.how == "whole":
            yield from below_header(page, hit.line, "read_also")


def _inline(page: Page, hit: PhraseHit) -> bool:
    """A prefix speaks only before a colon, before a link, or on a line that is no sentence."""
    line = page.lines[hit.line]
    if line.link_share > _LINKED:
        return True
    if page.prose[hit.line] and line.text[-1] in _FULL_STOPS and page.units[hit.line] >= _LEAST_SENTENCE:
        return False  # a headline has no full stop
    rest = line.text[len(hit.phrase) - 1 : len(hit.phrase) + 6]
    if any(mark in rest for mark in ":：|»>→】］"):
        return True
    if page.prose[hit.line]:
        return False
    if page.units[hit.line] <= len(hit.phrase.split()) + 2:
        return True
    # Flattened text has lost the link: there a headline is told by its missing full stop.
    return page.source is Source.TEXT and line.text[-1] not in _FULL_STOPS


def _dated(page: Page) -> Iterator[Decision]:
    """In flattened text, amid the body: a headline over the day and time of another article."""
    if page.source is not Source.TEXT:
        return
    start, end = page.body
    for at, stamp in page.stamps.items():
        i = at - 1
        if not (stamp.clock and stamp.date) or stamp.mark or not start < i < end or page.prose[i]:
            continue
        if page.units[i] >= _LEAST_HEADLINE and i not in page.stamps and not ends_sentence(page.lines[i].text):
            yield Decision([i], Evidence("neighbour", "a headline over day and time", at))


class _ReadAlso(Family):
    """The family with its own gate for phrases: all of them are headers or prefixes."""

    __slots__ = ()

    def phrases(self, page: Page) -> Iterator[Decision]:
        yield from _headers(page)


FILTER = _ReadAlso(
    name="read_also",
    summary="read-also lines and related articles, with the headlines they introduce",
    signature=Signature(
        names="jp-relatedposts yarpp crp_related rp4wp related td-related relatedstories jp-relatedposts-headline "
        "read-also also-read inline-related",
        starts="yarpp jp-relatedposts crp_ td_block_related zergnet",
        words="read-also also-read teaserbox read-more readmore related-posts related-post related-articles related-article related-stories "
        "related-story related-news related-content related-links related-items related-list related-box related-block "
        "related-widget related-section more-on more-link see-also recommended-stories recommended-articles "
        "recommended-posts recommendations recommended recirculation recirc you-may-like you-might-like more-stories further-reading "
        "continue-reading inline-related internal-link related-topics-list also-like article-related read-next "
        "more-articles other-news next-read up-next relacionadas relacionados verwandte similar-posts similar-articles "
        "suggested-articles suggested-posts onward linked-articles",
        weak="related recommend suggested similar",
    ),
    max_prose=0.12,
    leads_on=True,
    in_menus=False,
    more=_dated,
)
