"""© lines and what stands beside them at the very end of a page."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import units_of
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

_YEAR = lazy_re(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = 240
# So near the end of the body a sentence that opens with © is no sentence.
_LAST = 3
_SHORT = 120
_LEAST_SENTENCE = 14.0
_SIGNS = ("©", "(c)", "copyright")
_SENTENCE_ENDS = lazy_re(r"(?<=[.!?…؟۔।])\s+|(?<=[。！？])")


def _signs(page: Page) -> Iterator[Decision]:
    """A © or (c) outside the body; inside it only together with a year on a line that is no prose."""
    # Lines too long to match are searched as they are.
    for i in sorted({*page.saying(*_SIGNS), *[i for i in page.holding(*_SIGNS) if not page.norms[i]]}):
        line = page.lines[i]
        norm = page.norms[i] or line.text
        if len(norm) > _LONGEST:
            continue
        if page.prose[i] and _is_said(line.text):
            continue
        year = _YEAR.search(norm)
        if page.zone(i) == "tail" and (year or "©" in norm) and (not page.prose[i] or "©" in norm):
            yield Decision([i], Evidence("shape", "© at the foot of the page"))
        elif (
            year
            and len(line.text) <= _SHORT
            and norm[0] in "©c("
            and page.body[1] - i <= _LAST
            and page.zone(i) == "body"
        ):
            yield Decision([i], Evidence("shape", "opens with © and a year, at the end of the body"))
        elif year and "©" in norm and not page.prose[i]:
            yield Decision([i], Evidence("shape", "© and a year"))


def _is_said(text: str) -> bool:
    """Whether the sign stands in a sentence that could be an article's: «Copyright © 1911, it said, …»."""
    sentences = _SENTENCE_ENDS.split(text)
    return any(units_of(s) >= _LEAST_SENTENCE and any(sign in s.lower() for sign in _SIGNS) for s in sentences)


class _Copyright(Family):
    """The family with a gate of its own: the copyright of a picture stands in the article."""

    __slots__ = ()

    def elements(self, page: Page) -> Iterator[Decision]:
        end = page.body[1]
        for decision in Family.elements(self, page):
            lines = list(decision.lines)
            if lines[0] >= end or page.zone(lines[0]) == "tail":
                yield decision


FILTER = _Copyright(
    name="copyright_footer",
    hint_on=frozenset(),  # no page's content
    summary="copyright lines, all rights reserved, powered by",
    signature=Signature(
        names="copyright copyrights",
        words="copyright footer-copyright copyright-text copyright-info copy-right powered-by copyrights",
        itemprops="copyrightyear copyrightholder",
    ),
    max_prose=0.1,
    zones=frozenset(["tail"]),
    more=_signs,
)
