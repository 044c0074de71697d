"""Elements that readers do not see: ``hidden``, ``display:none``, text for screen readers."""

from collections.abc import Iterator
from itertools import accumulate

from boilerstrip.filters.family import Family, may_claim
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# Attributes and styles hide tabs, accordions and whole articles too, until a script shows them.
# Only little text without any prose is surely not for readers; the rest is the judge's, unless
# it is most of what the page says.
_MOST_WORDS = 40.0
_MOST_PROSE = 0.5


class _Hidden(Family):
    """The family with a gate of its own for what attributes and styles hide."""

    __slots__ = ()

    def elements(self, page: Page) -> Iterator[Decision]:
        units = [0.0, *accumulate(page.units)]
        claimed = hinted = 0
        for hit in page.signatures.get(self.name, ()):
            box = hit.box
            # In document order: what stands inside a claimed element is claimed.
            if box.end <= claimed:
                continue
            if hit.what.startswith("["):
                little = units[box.end] - units[box.start] <= _MOST_WORDS
                claim = little and not page.prose_in(box.start, box.end)
            else:
                claim = may_claim(page, hit, self.max_prose)
            if not claim and box.end <= hinted:
                continue
            if claim or page.prose_in(box.start, box.end) <= _MOST_PROSE * page.all_prose:
                yield Decision(range(box.start, box.end), Evidence("signature", hit.what), hint=not claim)
                if claim:
                    claimed = box.end
                else:
                    hinted = box.end


FILTER = _Hidden(
    name="hidden",
    summary="elements hidden from readers: hidden attribute, display:none, screen-reader text",
    # The walk itself notes the hidden attribute, aria-hidden and inline styles.
    signature=Signature(
        names="sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text screen-reader-only "
        "element-invisible assistive-text u-hidden is-hidden d-none a11y-hidden vh off-screen offscreen",
    ),
    max_prose=0.3,
)
