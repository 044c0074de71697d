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

from msgspec import structs

from boilerstrip.page import Box, Decision, Evidence, Page
from boilerstrip.scorecard.context import in_context, with_whole_code
from boilerstrip.scorecard.model import Card, Score, Values, bar_of, chance, load_card
from boilerstrip.scorecard.passages import echoes_of, next_article

# On pages of cards and sections the chances of lines hang together: a lower bar measures better.
_OPEN = 0.85
_OPEN_KINDS = frozenset(["listing", "collection", "service", "documentation"])
_HIGHEST_BAR = 0.9
# So many words of prose a page must have, and so few must be left of them, for a second look.
_LEAST_LOST = 120.0
_LEAST_LEFT = 25.0
# A page of so many words on which so few are expected to be content, and no line likely is,
# has none: a shell for scripts with its menus, a shop without goods.
_LEAST_PAGE = 100.0
_LEAST_EXPECTED = 20.0
_LIKELY = 0.5
# What these families claim by name is no article on any page.
_SURE = frozenset(["hidden", "cookie_notice", "copyright_footer", "repeated_title", "main_content"])
# A line of signs alone is no longer than this.
_LONGEST_SIGNS = 200


@dataclass(frozen=True, slots=True)
class MainContent:
    """The filter; see the module.

    card        the scorecard to judge by; None for those that come with the library
    strictness  what the bar is multiplied with: above 1 less is kept, below 1 more
    """

    card: Card | None = None
    strictness: float = 1.0
    name: str = "main_content"
    summary: str = "whatever no family claims and that is not main content"
    depends: bool = True

    def __call__(self, page: Page) -> Iterator[Decision]:
        if page.unshown is not None:
            yield from _declared(page.unshown)
            return
        card, judged, kept, needed = self._look(page)
        after = next_article(page)
        if after is not None:
            below = {i for i in kept if i >= after}
            kept -= below
            yield Decision(sorted(below), Evidence("shape", "another article, with a headline of its own", after))
        echoes = echoes_of(page, sorted(kept))
        kept.difference_update(echoes)
        for i, first in echoes.items():
            yield Decision([i], Evidence("repeat", "the page says it twice", first))
        for i, (points, steps) in judged.items():
            if not page.keys[i] and not _has_words(page.lines[i].text) and i not in page.code_lines:
                yield Decision([i], Evidence("shape", "no letter and no digit"))
            elif i not in kept and i not in echoes:
                yield Decision([i], Evidence("score", partial(card.explain, steps, points, needed)))
        again = self._again(page, kept)
        if again:
            yield Decision(again, Evidence("rule", "second look: families had left no prose on the page"), keep=True)

    def _look(self, page: Page) -> tuple[Card, dict[int, tuple[float, Values]], set[int], float]:
        """(card, what it says of each line that no family took, the lines that stay, the points it takes)."""
        card, judged, chances, bar, needed = self._judge(page)
        if _has_none(page, chances):
            return card, judged, set(), needed
        kept = {i for i, c in chances.items() if c > bar}
        points = {i: value for i, (value, _) in judged.items()}
        kept = in_context(page, points, kept, needed)
        if not kept:
            kept = {i for i in judged if page.prose[i] and page.zone(i) == "body"}
        kept = with_whole_code(page, points, kept)
        return card, judged, kept, needed

    def _again(self, page: Page, kept: set[int]) -> list[int]:
        """Lines to bring back where families took all prose of a page by the names of its elements.

        A page without an article has no prose to lose; one that calls its article "comment" or
        "paywall" has. So the judge looks once more, at the lines that only such names claim.
        """
        if page.all_prose < _LEAST_LOST or sum([page.prose[i] for i in kept]) >= _LEAST_LEFT:
            return []
        named = [
            i
            for i, claim in enumerate(page.claims)
            if claim is not None and claim.evidence.kind == "signature" and claim.filter not in _SURE
        ]
        if sum([page.prose[i] for i in named]) < _LEAST_LOST:
            return []
        free = set(named)
        taken = bytearray(page.taken)
        for i in named:
            taken[i] = 0
        claims = [None if i in free else claim for i, claim in enumerate(page.claims)]
        _, _, kept, _ = self._look(structs.replace(page, taken=taken, claims=claims))
        return sorted(kept & free)

    def scores(self, page: Page) -> dict[int, Score]:
        """The score of every line that no family took, for those who want to see it."""
        if page.unshown is not None:
            return {}
        card, judged, _, _, needed = self._judge(page)
        return {i: Score(points, needed, card.terms(steps)) for i, (points, steps) in judged.items()}

    def _judge(self, page: Page) -> tuple[Card, dict[int, tuple[float, Values]], dict[int, float], float, float]:
        """(card, points and steps by line, chances by line, the page's bar as a chance, and in points)."""
        card = self.card or load_card(page.source.value)
        judged = card.judge(page)
        chances = {i: chance(points) for i, (points, _) in judged.items()}
        bar = bar_of(list(chances.values()), [page.units[i] for i in chances])
        bar = min(_HIGHEST_BAR, bar * self.strictness * (_OPEN if page.kind in _OPEN_KINDS else 1.0))
        return card, judged, chances, bar, log(bar / (1.0 - bar)) if bar > 0.0 else 0.0


def _declared(unshown: Box) -> Iterator[Decision]:
    """The declared text is the page's text; what little the markup shows is a part of it, or furniture."""
    yield Decision(range(unshown.start, unshown.end), Evidence("rule", "articleBody of the page's JSON-LD"), keep=True)
    yield Decision(range(unshown.start), Evidence("rule", "the text is the articleBody of the page's JSON-LD"))


def _has_none(page: Page, chances: dict[int, float]) -> bool:
    """Whether a page is not expected to hold any content."""
    return (
        sum([c * page.units[i] for i, c in chances.items()]) < _LEAST_EXPECTED
        and max(chances.values(), default=0.0) < _LIKELY
        and sum(page.units) >= _LEAST_PAGE
    )


def _has_words(text: str) -> bool:
    return len(text) > _LONGEST_SIGNS or any(map(str.isalnum, text))


FILTER = MainContent()
