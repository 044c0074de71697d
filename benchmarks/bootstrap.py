"""How sure a mean over pages is: percentile bootstrap intervals."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

RESAMPLES = 1000
LEVEL = 0.95
SEED = 20240229

Figures = Mapping[str, float | int | None]
Interval = tuple[float, float]


def intervals(
    pages: Sequence[Any],
    summarize: Callable[[list[Any]], Figures],
    columns: Sequence[str],
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> dict[str, Interval]:
    """{column: (low, high)}: the figures of ``resamples`` draws of as many pages, with
    replacement, less the extreme ones at both ends.

    The same seed each time: two extractors on the same pages see the same draws. A column
    without a figure has no interval.
    """
    draw = random.Random(SEED)  # noqa: S311 - the same draws each time are what we want
    drawn: dict[str, list[float]] = {column: [] for column in columns}
    for _ in range(resamples if pages else 0):
        figures = summarize(draw.choices(pages, k=len(pages)))
        for column in columns:
            value = figures.get(column)
            if value is not None:
                drawn[column].append(float(value))
    return {column: _middle(sorted(values), level) for column, values in drawn.items() if values}


def _middle(values: list[float], level: float) -> Interval:
    """The ends of the middle ``level`` of sorted values."""
    cut = (1 - level) / 2
    last = len(values) - 1
    return values[round(cut * last)], values[round((1 - cut) * last)]
