"""Home › News › X."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boilerstrip.filters.family import Family, witness_of
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST = 200
_ARROWS = lazy_re(r"\s*[›»>→«‹▸❯/]\s*")
_ARROW = lazy_re(r"\S\s*[›»>→▸❯«‹]\s*\S|\S\s/\s\S")
_ARROW_SIGNS = "›»>→▸❯/«‹"
# The name of a front page, and a part of the path on a line of its own, in words.
_LONGEST_HOME = 4
# So many short parts on arrows need no home.
_MANY_PARTS = 4
_LONGEST_RUNG = 5.0


def _trails(page: Page, signed: Sequence[int]) -> Iterator[Decision]:
    """A line before the body whose short parts hang on arrows and whose first part is a home."""
    homes = {h.line for h in page.phrases.get("breadcrumb", ()) if h.how in ("start", "whole")}
    sites = {key_of(normalise(name)) for name in page.site_names}
    start, end = page.body
    for i in signed:
        line = page.lines[i]
        if start <= i < end or len(line.text) > _LONGEST or not _ARROW.search(line.text):
            continue
        parts = [p for p in _ARROWS.split(line.text) if p]
        if len(parts) < 2:
            continue
        first = key_of(normalise(parts[0]))
        ladder = (
            len(parts) >= _MANY_PARTS and all(len(p.split()) <= _LONGEST_HOME for p in parts) and "/" not in line.text
        )
        if (
            # "Home > folder is where she kept it, the clerk said.": two parts and a sentence
            (i in homes and (len(parts) >= 3 or not page.prose[i]))
            or ladder
            or (len(parts) >= 3 and line.links >= 2 and line.link_share > 0.4)
            or (len(parts) >= 3 and (first in sites or _is_home(first)) and len(first.split()) <= _LONGEST_HOME)
        ):
            yield Decision([i], Evidence("shape", f"{len(parts)} parts on arrows"))


def _is_home(key: str) -> bool:
    """Whether a key is the name of a front page: a menu item, or what opens a path in the packs."""
    words = load()
    return any(entry[0] == "nav_menu" for _, entry in words.whole.get(key, ()))


def _ladders(page: Page, signed: Sequence[int]) -> Iterator[Decision]:
    """The path on lines of its own, each part and each arrow: «Home», «›», «News», «›», «X»."""
    known = {hit.line for hit in page.phrases.get("breadcrumb", ())}
    arrows = [i for i in signed if len(page.lines[i].text) == 1]
    run: list[int] = []
    for i in [*arrows, -1]:
        if run and i == run[-1] + 2 and page.units[i - 1] <= _LONGEST_RUNG:
            run.append(i)
            continue
        if len(run) >= 2 and run[0] > 0 and page.zone(run[0]) != "body":
            first, last = run[0] - 1, min(run[-1] + 1, len(page.lines) - 1)
            lines = list(range(first, last + 1))
            if first - 1 in known:
                lines.insert(0, first - 1)
            yield Decision(lines, Evidence("shape", f"{len(run)} arrows on lines of their own"))
        run = [i]


def _paths(page: Page) -> Iterator[Decision]:
    signed = page.holding(*_ARROW_SIGNS)
    yield from _trails(page, signed)
    yield from _ladders(page, signed)


class _Breadcrumb(Family):
    """The family with a gate of its own: "Home" alone is a menu item, not a trail."""

    __slots__ = ()

    def phrases(self, page: Page) -> Iterator[Decision]:
        for hit in self.hits(page):
            if page.zone(hit.line) == "body" or page.prose[hit.line]:
                continue
            if hit.how == "whole" or (hit.how == "start" and (hit.specific or hit.phrase[-1] in ":：|")):
                yield Decision([hit.line], hit.evidence)
            elif hit.how == "contains":
                yield Decision([hit.line], hit.evidence)
            elif hit.how == "weak":
                witness = witness_of(page, hit, page.phrases[self.name])
                if witness is not None:
                    yield Decision([hit.line], hit.evidence.beside(witness if witness != hit.line else None))


FILTER = _Breadcrumb(
    name="breadcrumb",
    summary="the path to the page: Home › News › X",
    signature=Signature(
        names="breadcrumb breadcrumbs bcrumb crumbs bread-crumb bread-crumbs",
        words="breadcrumb breadcrumbs bread-crumb yoast-breadcrumb crumb crumbs brotkrumen ariane",
        itemtypes="breadcrumblist",
    ),
    max_prose=0.1,
    zones=frozenset(["head", "tail"]),
    more=_paths,
)
