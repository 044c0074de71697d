"""The card itself: a few hundred small trees over the features, added up; read from a data file."""

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
    STEPS,
    TAGS,
    Features,
    name_words,
)
from boilerstrip.scorecard.kind import Kinds
from boilerstrip.signature import remember

_LINES = len(LINE_FEATURES)
_PAGE = _LINES + len(BOX_FEATURES)
# No line is kept that is likelier furniture than not, and none dropped for being one of many.
_HIGHEST_BAR = 0.5
_MOST_NAMED = 5
# Every 1,024 lines the judge looks whether its time is up.
_PAUSE = 1023
# Points are added up in whole hundredths.
_HUNDREDTHS = 100.0

# Steps of a line's own features, of its box's and of its page's.
Values = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
# Points, or: a feature, a step; the tree for lines up to this step, the one for those beyond; points on average.
Tree = Any
# By feature and step: the bits of the leaves that a line of this step may still end in.
_Masks = list[tuple[int, list[int]]]


class Card:
    """A scorecard: the ``points`` of a line are the sum of one number a tree.

    data  ``{"bias", "trees": [tree], "names": {word: points}, "says": {word: points}}``, as
          ``training`` writes it: names are words of class and id tokens, what it says those of flattened
          text; a tree is a number of hundredths of a point, or ``[feature, step, tree up to it, tree beyond, average]``

    All trees are walked at once. Each leaf of each tree is a bit of one long number. A step of a
    feature rules leaves out, so for each feature and step there is such a number with the bits of
    the leaves that remain; what remains for all features of a line holds, as its lowest bit in
    each tree, the leaf where the line ends. Adding up is counting bits: one number for each binary
    digit of the leaves' points.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.bias: float = data["bias"]
        self.names: dict[str, float] = data["names"]
        self.says: dict[str, float] = data.get("says", {})
        self.trees: list[Tree] = data["trees"]
        # What the words of a token are worth.
        self._tokens: dict[str, tuple[float, ...]] = {}
        self._first = 0  # the first leaf of each tree
        self._least = 0  # what all trees give at least
        self._digits: list[int] = []
        ruled: dict[int, dict[int, int]] = {}
        at = 0
        for tree in self.trees:
            leaves: list[int] = []
            _lay(tree, at, leaves, ruled)
            self._first |= 1 << at
            least = min(leaves)
            self._least += least
            for points in leaves:
                rest = points - least
                digit = 0
                while rest:
                    if digit == len(self._digits):
                        self._digits.append(0)
                    if rest & 1:
                        self._digits[digit] |= 1 << at
                    rest >>= 1
                    digit += 1
                at += 1
        self._all = (1 << at) - 1
        masks = sorted((feature, self._steps(feature, cuts)) for feature, cuts in ruled.items())
        self._line: _Masks = [(f, steps) for f, steps in masks if f < _LINES]
        self._box: _Masks = [(f - _LINES, steps) for f, steps in masks if _LINES <= f < _PAGE]
        self._page: _Masks = [(f - _PAGE, steps) for f, steps in masks if f >= _PAGE]

    def _steps(self, feature: int, cuts: dict[int, int]) -> list[int]:
        """For each step of a feature the leaves that remain; ``cuts`` are those ruled out beyond a step."""
        remain = self._all
        steps: list[int] = []
        for step in range(len(TAGS) + 1 if FEATURES[feature] == "tag" else STEPS):
            steps.append(remain)
            remain &= ~cuts.get(step, 0)
        return steps

    def points_of_names(self, names: tuple[str, ...]) -> float:
        """Sum of the points of the words in class and id tokens."""
        known = self._tokens
        total = 0.0
        for token in names:
            found = known.get(token)
            if found is None:
                points = self.names
                found = tuple([points[word] for word in name_words((token,)) if word in points])
                remember(known, token, found)
            for each in found:
                total += each
        return total

    def judge(self, page: Page) -> dict[int, tuple[float, Values]]:
        """(points, the steps they come from) of every line that no family took."""
        features = Features(page, self.points_of_names, self.says)
        of_page = features.page_values
        open_page = self._all
        for at, steps in self._page:
            open_page &= steps[of_page[at]]
        by_box: dict[int, tuple[int, tuple[int, ...]]] = {}
        judged: dict[int, tuple[float, Values]] = {}
        flat = page.tree is None
        first, digits, line_masks = self._first, list(enumerate(self._digits)), self._line
        least, bias = self._least, self.bias
        for i, taken in enumerate(page.taken):
            if not i & _PAUSE:
                page.pause()
            if taken:
                continue
            box = page.lines[i].box
            known = None if flat else by_box.get(id(box))
            if known is None:
                around = features.around(i)
                open_leaves = open_page
                for at, steps in self._box:
                    open_leaves &= steps[around[at]]
                known = by_box[id(box)] = open_leaves, around
            open_leaves, around = known
            values = features.line_values(i)
            for at, steps in line_masks:
                open_leaves &= steps[values[at]]
            # One less in each tree is the same but for its lowest bit, and the bits below it.
            ends = open_leaves ^ (open_leaves & (open_leaves - first))
            total = least
            for digit, bits in digits:
                total += (ends & bits).bit_count() << digit
            judged[i] = bias + total / _HUNDREDTHS, (values, around, of_page)
        return judged

    def terms(self, steps: Values) -> list[tuple[float, str]]:
        """(points, ``feature=step``) of each feature for a line, costliest first; none of no points.

        On its way through a tree a line goes to the side that its step of a feature tells: what the
        points are on average there, less what they were before, is that feature's doing.
        """
        values = (*steps[0], *steps[1], *steps[2])
        sums: dict[int, int] = {}
        for tree in self.trees:
            node = tree
            while isinstance(node, list):
                feature, step, below, beyond, average = node
                f = _INDEX[feature]
                node = below if values[f] <= step else beyond
                sums[f] = sums.get(f, 0) + (node[4] if isinstance(node, list) else node) - average
        return sorted((points / _HUNDREDTHS, f"{FEATURES[f]}={values[f]}") for f, points in sums.items() if points)

    @property
    def start(self) -> float:
        """The points before any feature has spoken: with the ``terms`` they make up those of a line."""
        average: int = sum([tree[4] if isinstance(tree, list) else tree for tree in self.trees])
        return self.bias + average / _HUNDREDTHS

    def explain(self, steps: Values, points: float, bar: float) -> str:
        """What cost a line most: the features with the lowest points, their steps and points."""
        named = ", ".join(f"{name} {cost:+.1f}" for cost, name in self.terms(steps)[:_MOST_NAMED] if cost < 0)
        return f"{points:+.1f} points of {bar:+.1f} needed; {named}"


_INDEX = {name: i for i, name in enumerate(FEATURES)}


def _lay(node: Tree, at: int, leaves: list[int], ruled: dict[int, dict[int, int]]) -> None:
    """Append the leaves of a tree, whose first is bit ``at``, from left to right, and note which leaves a step of
    a feature rules out: those on the left of where it goes right.
    """
    if not isinstance(node, list):
        leaves.append(node)
        return
    feature, step, below, beyond, _ = node
    before = len(leaves)
    _lay(below, at, leaves, ruled)
    bits = ((1 << (len(leaves) - before)) - 1) << (at + before)
    cuts = ruled.setdefault(_INDEX[feature], {})
    cuts[step] = cuts.get(step, 0) | bits
    _lay(beyond, at, leaves, ruled)


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
def load_kinds(name: str) -> Kinds:
    """What tells kinds of ``html`` or ``text`` apart, as it comes with the library."""
    return Kinds(_read(f"{name}_kind.json"))


def _read(name: str) -> Any:
    return json.loads(get_data("boilerstrip.scorecard", name) or b"")
