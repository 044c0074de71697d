"""The judge of what no family claimed: is a line part of the main content?

It scores each such line with the scorecard (``boilerstrip.scorecard``) and keeps the lines whose
chance of being content is above the page's own bar. It alone looks at what other filters took
(``depends``), and it belongs last in a pipeline. Where the card would keep nothing of a page
that has prose, the densest run of prose is kept instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from math import log

from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.scorecard.model import bar_of, chance, load_card


@dataclass(frozen=True, slots=True)
class MainContent:
    """The filter; see the module."""

    name: str = "main_content"
    summary: str = "whatever no family claims and that is not main content"
    depends: bool = True

    def __call__(self, page: Page) -> Iterator[Decision]:
        card = load_card(page.source.value)
        judged = card.judge(page)
        chances = {i: chance(points) for i, (points, _) in judged.items()}
        bar = bar_of(list(chances.values()), [page.units[i] for i in chances])
        kept = {i for i, c in chances.items() if c > bar}
        if not kept:
            kept = {i for i in judged if page.prose[i] and page.zone(i) == "body"}
        needed = log(bar / (1.0 - bar)) if bar > 0.0 else 0.0
        for i, (points, steps) in judged.items():
            if i not in kept:
                yield Decision([i], Evidence("score", partial(card.explain, steps, points, needed)))


FILTER = MainContent()
