"""How CPU time grows with the size of a bad page: ``python -m benchmarks growth``.

The exponent is the slope between a page and one four times its size, on log scales: 1 is linear,
2 quadratic. Small differences are noise and the collector's; what counts is that none is near 2.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import boilerstrip
from benchmarks.hostile import FAMILIES, Bad
from benchmarks.tables import plain
from boilerstrip import Document

FACTOR = 4
# From ten megabytes or a million tags on a page is looked at more closely: a step, which is no slope.
_LARGEST = 4_000_000


@dataclass(frozen=True)
class Growth:
    """What one family measured: bytes and CPU seconds of the larger page, and the slope to it."""

    size: int
    seconds: float
    exponent: float
    document: Document


def growth(bad: Bad, budget: float, rounds: int = 2) -> Growth:
    """The growth of a family, measured where the larger page costs about ``budget`` seconds of CPU time."""
    n = 64
    _cost(bad.page(n))  # what is loaded at the first page is loaded
    while (page := bad.page(n)) and _cost(page)[0] < budget / FACTOR and 2 * FACTOR * len(page) < _LARGEST:
        n *= 2
    larger = bad.page(FACTOR * n)
    small = min(_cost(page)[0] for _ in range(rounds))
    large, document = min((_cost(larger) for _ in range(rounds)), key=lambda each: each[0])
    exponent = log(large / small) / log(len(larger) / len(page))
    return Growth(len(larger), large, exponent, document)


def _cost(page: bytes) -> tuple[float, Document]:
    start = time.process_time()
    document = boilerstrip.extract(page)
    return max(1e-6, time.process_time() - start), document


def table(names: Iterable[str] | None, budget: float) -> str:
    """The growth of the families of these names (all if None), a row each."""
    rows: list[list[str]] = []
    for name in names or FAMILIES:
        found = growth(FAMILIES[name], budget)
        rows.append(
            [
                name,
                f"{found.size / 1e6:.2f}",
                f"{found.seconds:.2f}",
                f"{found.seconds / found.size * 1e6:.2f}",
                f"{found.exponent:.2f}",
                f"{len(found.document.lines)}",
                found.document.verdict.value,
                ", ".join(sorted({w.where for w in found.document.warnings})),
            ]
        )
    return plain(["family", "MB", "s", "s a MB", "exponent", "lines", "verdict", "warnings"], rows)
