"""What kind of page it was, told from what was kept and what was taken."""

from __future__ import annotations

from collections.abc import Sequence

from boilerstrip.page import Page, Removal, Source, Verdict
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise

# Below so many words of prose, what is left is no article.
_LEAST_ARTICLE = 25.0
# A page of so few lines is all message.
_SHORT_PAGE = 40


def verdict_of(page: Page, kept: Sequence[int], removals: Sequence[Removal]) -> Verdict:
    """The verdict for a page whose lines ``kept`` stayed."""
    if page.given is not None:
        return page.given
    if not page.lines:
        return Verdict.SHELL if page.scripts else Verdict.EMPTY
    words = sum(page.units[i] for i in kept)
    by_filter: dict[str, float] = {}
    for removal in removals:
        by_filter[removal.filter] = by_filter.get(removal.filter, 0.0) + page.units[removal.line]
    prose = sum(page.prose[i] for i in kept)
    if len(page.lines) <= _SHORT_PAGE and prose < 4 * _LEAST_ARTICLE and _says_error(page):
        return Verdict.ERROR
    if prose < 4 * _LEAST_ARTICLE and any(
        r.filter == "paywall" and r.evidence.kind in ("phrase", "signature") for r in removals
    ):
        return Verdict.PAYWALLED
    if prose >= _LEAST_ARTICLE:
        return Verdict.ARTICLE
    total = sum(page.units)
    if by_filter.get("cookie_notice", 0.0) > 0.5 * total:
        return Verdict.CONSENT
    if total < 4 * _LEAST_ARTICLE and page.scripts:
        return Verdict.SHELL
    linked = sum(1 for line in page.lines if line.link_share > 0.5)
    if linked > 0.4 * len(page.lines) or (page.source is Source.TEXT and len(page.lines) > _SHORT_PAGE):
        return Verdict.INDEX
    return Verdict.ARTICLE if words else Verdict.EMPTY


def _says_error(page: Page) -> bool:
    errors = load().errors
    title = key_of(normalise(page.title or ""))
    return title in errors or any(key in errors for key in page.keys)
