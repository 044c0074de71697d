"""Home › News › X."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

_LONGEST = 200
_ARROWS = re.compile(r"\s*[›»>→«‹▸❯/|\\]\s*")
_ARROW = re.compile(r"\S\s*[›»>→▸❯«‹]\s*\S|\S\s[/|\\]\s\S")
_HEAD_LINES = 80


def _trails(page: Page) -> Iterator[Decision]:
    """A line before the body whose short parts hang on arrows and whose first part is a home."""
    homes = {h.line for h in page.phrases.get("breadcrumb", ()) if h.how in ("start", "whole")}
    for line in page.lines[: max(_HEAD_LINES, page.body[0])]:
        i = line.index
        if i >= page.body[0] or len(line.text) > _LONGEST or not _ARROW.search(line.text):
            continue
        parts = [p for p in _ARROWS.split(line.text) if p]
        if len(parts) < 2:
            continue
        if i in homes or (len(parts) >= 3 and line.links >= 2 and line.link_share > 0.4):
            yield Decision([i], Evidence("shape", f"{len(parts)} parts on arrows"))


class _Breadcrumb(Family):
    """The family with a gate of its own: "Home" alone is a menu item, not a trail."""

    __slots__ = ()

    def phrases(self, page: Page) -> Iterator[Decision]:
        for hit in page.phrases.get(self.name, ()):
            if hit.how == "start" and hit.specific and page.zone(hit.line) != "body":
                yield Decision([hit.line], hit.evidence)


FILTER = _Breadcrumb(
    name="breadcrumb",
    summary="the path to the page: Home › News › X",
    signature=Signature(
        names="breadcrumb breadcrumbs bcrumb crumbs bread-crumb bread-crumbs",
        words="breadcrumb breadcrumbs bread-crumb yoast-breadcrumb crumb crumbs brotkrumen ariane",
        itemtypes="breadcrumblist",
    ),
    max_prose=0.02,
    zones=frozenset(["head", "tail"]),
    more=_trails,
)
