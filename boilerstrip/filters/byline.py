"""Who wrote it and where it comes from: byline, dateline, agency and editor credit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST = 120
# "By" and a name: at most so many words, each written as a name is.
_MOST_NAME_WORDS = 10
_DATELINE_UNITS = 7.0
_HEAD_REACH = 14
_SPLIT = re.compile(r"\s+[-–—ـ|/,·]+\s*|\s*[-–—ـ|/·]+\s+|\s*[(),]\s*|:\s+")
_SMALL = frozenset("de di da del della der den van von und and et y e la le el al bin ibn ben ve и و i o zu".split())


def _beside_body(page: Page, i: int) -> bool:
    start, end = page.body
    return start - _HEAD_REACH <= i < start + 3 or end - 2 <= i < end + 6


def _openers(page: Page) -> Iterator[Decision]:
    """A risky opener ("By", "Von", "Por") that only names follow."""
    for hit in page.phrases.get("byline", ()):
        if hit.how != "opener" or page.prose[hit.line]:
            continue
        text = page.lines[hit.line].text
        if len(text) <= _LONGEST and _names_follow(text, len(hit.phrase.split())):
            yield Decision([hit.line], hit.evidence)


def _names_follow(text: str, skip: int) -> bool:
    if text[-1] in ".!?…؟":
        # "By J. R." ends so too, a sentence more often.
        return False
    words = text.split()[skip:]
    if not 0 < len(words) <= _MOST_NAME_WORDS:
        return False
    cased = any(c.isupper() != c.islower() for c in text)
    if not cased:
        return len(words) <= 4
    return all(not w[0].islower() or w.casefold().strip(",.") in _SMALL for w in words if w[0].isalpha())


def _datelines(page: Page) -> Iterator[Decision]:
    """«Place - Agency» and an agency alone, near the head or the foot of the body."""
    agencies = load().agencies
    sites = {key_of(normalise(name)) for name in page.site_names}
    for i, norm in enumerate(page.norms):
        if not norm or len(norm) > _LONGEST or page.units[i] > _DATELINE_UNITS or not _beside_body(page, i):
            continue
        key = page.keys[i]
        if key in agencies:
            yield Decision([i], Evidence("phrase", f"agency alone “{page.lines[i].text}”"))
            continue
        parts = [key_of(p) for p in _SPLIT.split(norm)]
        parts = [p for p in parts if p]
        if len(parts) >= 2 and any(p in agencies or p in sites for p in parts):
            yield Decision([i], Evidence("shape", "place and agency"))


def _more(page: Page) -> Iterator[Decision]:
    yield from _openers(page)
    yield from _datelines(page)


FILTER = Family(
    name="byline",
    summary="bylines, datelines, agency and editor credits on lines of their own",
    signature=Signature(
        names="byline author authors entry-author post-author author-name zuozhe bianji xiaobian zrbj ep-editor writer",
        words="byline by-line article-author post-author author-name author-link author-info author-meta author-line "
        "author-byline authors-list story-author entry-author author-list article-byline author-names "
        "article-source news-source source-name agency-credit editor-name news-author reporter-name post-meta entry-meta "
        "article-meta story-meta meta-author meta-info article-info post-info entry-info byline-info contributor "
        "td-post-author-name credit-line",
        weak="author authors reporter agency contributors",
        itemprops="author creator sourceorganization",
        rels="author",
    ),
    max_prose=0.04,
    more=_more,
)
