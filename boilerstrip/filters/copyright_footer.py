"""© lines and what stands beside them at the very end of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SIGNS = ("©", "(c)", "copyright")
_LONGEST = 240


def _signs(page: Page) -> Iterator[Decision]:
    """A © or (c) outside the body; inside it only together with a year on a line that is no prose."""
    for line in page.lines:
        i = line.index
        norm = page.norms[i] or line.text
        if len(line.text) > _LONGEST or not any(sign in norm for sign in _SIGNS):
            continue
        year = _YEAR.search(norm)
        if page.zone(i) == "tail" and (year or "©" in line.text) and (not page.prose[i] or "©" in line.text):
            yield Decision([i], Evidence("shape", "© at the foot of the page"))
        elif year and "©" in line.text and not page.prose[i]:
            yield Decision([i], Evidence("shape", "© and a year"))


FILTER = Family(
    name="copyright_footer",
    summary="copyright lines, all rights reserved, powered by",
    signature=Signature(
        names="copyright copyrights",
        words="copyright footer-copyright copyright-text copyright-info copy-right powered-by copyrights",
        itemtypes="wpfooter",
        itemprops="copyrightyear copyrightholder",
    ),
    max_prose=0.1,
    zones=frozenset(["head", "tail"]),
    more=_signs,
)
