"""The card itself: points for each step of each feature, added up; read from a small data file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pkgutil import get_data
from typing import Any, NamedTuple

from boilerstrip.page import Page
from boilerstrip.scorecard.features import (
    BOX_FEATURES,
    FEATURES,
    LINE_FEATURES,
    Features,
    name_words,
)
from boilerstrip.scorecard.kind import Kinds

_LINES = len(LINE_FEATURES)
_BOXES = len(BOX_FEATURES)
# No line is kept that is likelier furniture than not, and none dropped for being one of many.
_HIGHEST_BAR = 0.5
_MOST_NAMED = 5
# Every 1,024 lines the judge looks whether its time is up.
_PAUSE = 1023
_REMEMBERED = 50_000

# Steps of a line's own features, of its box's and of its page's.
Values = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
_Table = Sequence[float]
_Pair = tuple[int, int, Sequence[_Table]]


class Card:
    """A scorecard: ``points`` of a line are the sum of one number a feature and one a pair.

    data  ``{"bias", "single": {feature: [points a step]}, "pair": {"a*b": [[points]]},
          "names": {word: points}}``, as ``training`` writes it
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.bias: float = data["bias"]
        self.names: dict[str, float] = data["names"]
        # What the words of a token are worth; a pure look-up, so forgetting costs time and nothing else.
        self._tokens: dict[str, tuple[float, ...]] = {}
        single = [data["single"].get(name) for name in FEATURES]
        size = max((len(t) for t in single if t), default=1)
        self.single: list[_Table] = [t or [0.0] * size for t in single]
        pairs = []
        for name, table in data["pair"].items():
            a, b = name.split("*")
            pairs.append((FEATURES.index(a), FEATURES.index(b), table))
        self.pairs: list[_Pair] = pairs
        # By where the two features of a pair come from: a line, its box, the page.
        page = _LINES + _BOXES
        self._line_tables = list(self.single[:_LINES])
        self._line_line = [(a, b, t) for a, b, t in pairs if b < _LINES]
        self._line_box = [(a, b - _LINES, t) for a, b, t in pairs if a < _LINES <= b < page]
        self._line_page = [(a, b - page, t) for a, b, t in pairs if a < _LINES and b >= page]
        self._box_box = [(a - _LINES, b - _LINES, t) for a, b, t in pairs if a >= _LINES and b < page]
        self._box_page = [(a - _LINES, b - page, t) for a, b, t in pairs if _LINES <= a < page <= b]
        self._page_page = [(a - page, b - page, t) for a, b, t in pairs if a >= page]
        self._box_tables = list(self.single[_LINES:page])
        self._page_tables = list(self.single[page:])

    def points_of_names(self, names: tuple[str, ...]) -> float:
        """Sum of the points of the words in class and id tokens."""
        known = self._tokens
        total = 0.0
        for token in names:
            found = known.get(token)
            if found is None:
                points = self.names
                found = tuple([points[word] for word in name_words((token,)) if word in points])
                if len(known) > _REMEMBERED:
                    known.clear()
                known[token] = found
            for each in found:
                total += each
        return total

    def judge(self, page: Page) -> dict[int, tuple[float, Values]]:
        """(points, the steps they come from) of every line that no family took."""
        features = Features(page, self.points_of_names)
        of_page = features.page_values
        base = self.bias
        for table, v in zip(self._page_tables, of_page, strict=True):
            base += table[v]
        for a, b, pair in self._page_page:
            base += pair[of_page[a]][of_page[b]]
        # A pair with a feature of the page is, on this page, one more single table.
        tables = [list(t) for t in self._line_tables]
        for a, b, pair in self._line_page:
            column = of_page[b]
            own = tables[a]
            for step, row in enumerate(pair):
                own[step] += row[column]
        by_box: dict[int, tuple[float, tuple[int, ...]]] = {}
        judged: dict[int, tuple[float, Values]] = {}
        line_line, line_box = self._line_line, self._line_box
        flat = page.tree is None
        for i, taken in enumerate(page.taken):
            if not i & _PAUSE:
                page.pause()
            if taken:
                continue
            box = page.lines[i].box
            known = None if flat else by_box.get(id(box))
            if known is None:
                known = by_box[id(box)] = self._of_box(features, i, of_page, base)
            total, around = known
            values = features.line_values(i)
            for table, v in zip(tables, values, strict=True):
                total += table[v]
            for a, b, pair in line_line:
                total += pair[values[a]][values[b]]
            for a, b, pair in line_box:
                total += pair[values[a]][around[b]]
            judged[i] = total, (values, around, of_page)
        return judged

    def _of_box(
        self, features: Features, i: int, of_page: tuple[int, ...], base: float
    ) -> tuple[float, tuple[int, ...]]:
        around = features.around(i)
        for table, v in zip(self._box_tables, around, strict=True):
            base += table[v]
        for a, b, pair in self._box_box:
            base += pair[around[a]][around[b]]
        for a, b, pair in self._box_page:
            base += pair[around[a]][of_page[b]]
        return base, around

    def terms(self, steps: Values) -> list[tuple[float, str]]:
        """(points, ``feature=step``) of each feature and pair for a line, costliest first; none of no points."""
        values = (*steps[0], *steps[1], *steps[2])
        terms = [(table[v], f"{name}={v}") for name, table, v in zip(FEATURES, self.single, values, strict=True)]
        terms += [
            (pair[values[a]][values[b]], f"{FEATURES[a]}={values[a]}*{FEATURES[b]}={values[b]}")
            for a, b, pair in self.pairs
        ]
        return sorted(term for term in terms if term[0])

    def explain(self, steps: Values, points: float, bar: float) -> str:
        """What cost a line most: the features with the lowest points, their steps and points."""
        named = ", ".join(f"{name} {cost:+.1f}" for cost, name in self.terms(steps)[:_MOST_NAMED] if cost < 0)
        return f"{points:+.1f} points of {bar:+.1f} needed; {named}"


class Score(NamedTuple):
    """What the judge found for a line: it is content from ``needed`` points on, or amid such lines.

    terms  (points, feature or pair with its step), costliest first
    """

    points: float
    needed: float
    terms: Sequence[tuple[float, str]]


def chance(points: float) -> float:
    """Points as a chance between 0 and 1 that the line is content."""
    return 1.0 / (1.0 + exp(-points)) if points > -30.0 else 0.0


def bar_of(chances: Sequence[float], words: Sequence[float]) -> float:
    """The chance from which on keeping a line pays, for the page as a whole.

    Of all cuts through the lines in order of their chances, take the one with the highest
    expected F1 over words; a line then pays if its chance is above half of that F1 (the optimal
    decision under F1: Lipton, Elkan and Naryanaswamy 2014). On an easy page the bar is near one
    half; on a hard one it is lower, as it costs less to keep a doubtful line.
    """
    order = sorted(range(len(chances)), key=lambda k: -chances[k])
    wanted = sum([p * n for p, n in zip(chances, words, strict=True)])
    best = right = kept = 0.0
    for k in order:
        right += chances[k] * words[k]
        kept += words[k]
        best = max(best, 2.0 * right / (kept + wanted) if kept + wanted else 0.0)
    return min(_HIGHEST_BAR, best / 2.0)


@cache
def load_card(name: str) -> Card:
    """The card for ``html`` or ``text`` that comes with the library; read once per process."""
    return Card(_read(f"{name}.json"))


@cache
def load_kinds() -> Kinds:
    """What tells kinds of pages apart, as it comes with the library."""
    return Kinds(_read("kind.json"))


def _read(name: str) -> Any:
    return json.loads(get_data("boilerstrip.scorecard", name) or b"")
