"""Passages that read like the article's and are none of it: what the page says twice, the article that follows."""

from __future__ import annotations

from boilerstrip.page import Box, Page, Source

# So many words of prose make an article of an <article> with a headline.
_LEAST_ARTICLE = 80.0
# Passages of so many words of prose that stand on a page twice are printed once: copies for other screens, quotes.
_LEAST_ECHO = 20.0
# Where posts quote each other and cards are shown twice, so is every line of so many words.
_ECHOING = frozenset(["forum", "product", "collection"])
_LEAST_ECHOED = 3.0
# A manual means what it says again.
_REFRAINS = frozenset(["documentation"])
# The head of a second article stands so close below what closes the first, in lines; its headline is so long.
_HEAD_LINES = 10
_LONGEST_HEAD = 28.0
_TWO = 2
_CLOSING = frozenset(["share_bar", "tags", "comments", "comment_form", "newsletter", "read_also", "most_read"])
_LEAST_HEAD = 3.0


def next_article(page: Page) -> int | None:
    """The first line of a second article below the page's own, or None."""
    return _next_element(page) if page.source is Source.HTML else _next_head(page)


def echoes_of(page: Page, kept: list[int]) -> dict[int, int]:
    """Of the lines to keep, those that repeat a passage further up, each with the line that it repeats."""
    lines = page.lines
    if page.code:
        kept = [i for i in kept if i not in page.code_lines]
    first: dict[str, int] = {}
    again = {i: j for i in kept if (j := first.setdefault(lines[i].text, i)) != i}
    if not again or page.kind in _REFRAINS:
        return {}
    if page.kind in _ECHOING:
        return {i: j for i, j in again.items() if page.units[i] >= _LEAST_ECHOED}
    echoes: dict[int, int] = {}
    run: list[int] = []
    for i in [*kept, -1]:
        if i in again:
            run.append(i)
            continue
        if len({again[j] for j in run}) > 1 and sum([page.prose[j] for j in run]) >= _LEAST_ECHO:
            echoes.update((j, again[j]) for j in run)
        run = []
    return echoes


def _next_element(page: Page) -> int | None:
    """The first line of the article that follows where a page goes on with the next one as its reader scrolls."""
    heads = page.by_tag.get("h1", ())
    if len(heads) < 2 or page.kind != "article" or not page.headlines:
        return None
    headline = page.headlines[0]
    end = 0
    for head in heads:
        box = _article_of(head)
        if box is None or page.prose_in(box.start, box.end) < _LEAST_ARTICLE:
            continue
        if not end:
            if not box.start <= headline < box.end:
                return None
            end = box.end
        elif head.start < head.end and box.start >= end:
            return box.start
    return None


def _article_of(box: Box) -> Box | None:
    around: Box | None = box
    while around is not None and around.tag != "article":
        around = around.parent
    return around


def _next_head(page: Page) -> int | None:
    """In flattened text: where the head of a second article begins, below the first and what closes it.

    A site sets all its articles alike: where the day of the first stands behind a word such as "Published", so does
    that of the next, with a headline shortly above it and prose below. Where there are more of them, it is a list.
    """
    dated = [i for i, stamp in page.stamps.items() if stamp.mark and stamp.date]
    heads = [i for k, i in enumerate(dated) if not k or page.prose_in(dated[k - 1], i)]
    if len(heads) != _TWO:
        return None
    first, at = heads
    closed = next((j for j in range(at - 1, max(first, at - 1 - _HEAD_LINES), -1) if _closes(page, j)), None)
    if closed is None or min(page.prose_in(first, closed), page.prose_in(at, len(page.lines))) < _LEAST_ARTICLE:
        return None
    headed = any(
        _LEAST_HEAD <= page.units[j] <= _LONGEST_HEAD
        and not page.prose[j]
        and page.claims[j] is None
        and page.lines[j].text[-1] not in ".:,"
        for j in range(closed + 1, at)
    )
    return closed + 1 if headed else None


def _closes(page: Page, i: int) -> bool:
    claim = page.claims[i]
    return claim is not None and claim.filter in _CLOSING
