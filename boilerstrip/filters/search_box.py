"""Search forms: label, button, popular searches."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

_MOST_SEARCHES = 12
_LONGEST_SEARCH = 4.0


def _searches(page: Page) -> Iterator[Decision]:
    """Below «Popular searches»: short lines in lower case, which menu items are not."""
    for hit in page.phrases.get("search_box", ()):
        if hit.how != "whole" or page.zone(hit.line) == "body":
            continue
        run = []
        for i in range(hit.line + 1, min(hit.line + 1 + _MOST_SEARCHES, len(page.lines))):
            if page.units[i] > _LONGEST_SEARCH or not page.lines[i].text[0].islower():
                break
            run.append(i)
        if len(run) > 1:
            yield Decision(run, Evidence("neighbour", "searches under the header", hit.line))


FILTER = Family(
    name="search_box",
    summary="search forms and their labels",
    signature=Signature(
        names="searchform search-form searchbox",
        words="search-form search-box search-bar search-field search-overlay search-modal search-container "
        "search-wrapper site-search header-search search-toggle search-input search-suggestions popular-searches "
        "search-block search-widget widget-search search-submit search-panel",
        weak="search",
        roles="search",
        types="search",
    ),
    max_prose=0.05,
    lone=True,
    more=_searches,
    reach=6,
    longest=4.0,
    zones=frozenset(["head", "tail"]),
)
