"""CPU time of ``clean()`` as a multiple of lxml's own parse of the same pages."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from lxml import etree

import boilerstrip
from benchmarks.data import pages_of


def _parse(page: bytes) -> None:
    etree.fromstring(page, etree.HTMLParser(encoding="utf-8"))


def _cost(work: Callable[[bytes], object], page: bytes) -> float:
    start = time.process_time()
    work(page)
    return time.process_time() - start


def speed(folder: Path, names: list[str], pages: int, rounds: int) -> str:
    """A line a set: parse time, our time, and their ratio (median over rounds).

    Each page is parsed and cleaned in turn in one process, so that both see the same machine;
    a round's ratio is the sum of our times over the sum of the parse times.
    """
    lines = []
    for name in names:
        data = [r["html"].encode("utf-8", "replace") for r in islice(pages_of(folder, name), pages)]
        texts = [r["text"] for r in islice(pages_of(folder, name), pages)]
        ratios, parses, ours = [], [], []
        for page in data[:5]:
            boilerstrip.clean(page)
        for _ in range(rounds):
            parse = clean = 0.0
            for page in data:
                parse += _cost(_parse, page)
                clean += _cost(boilerstrip.clean, page)
            ratios.append(clean / parse)
            parses.append(parse)
            ours.append(clean)
        start = time.process_time()
        for text in texts:
            boilerstrip.clean(text, source="text")
        seconds = time.process_time() - start
        size = sum(len(t.encode()) for t in texts)
        lines.append(
            f"{name}: {len(data)} pages, parse {statistics.median(parses) / len(data) * 1e3:.2f} ms, "
            f"clean {statistics.median(ours) / len(data) * 1e3:.2f} ms a page, "
            f"ratio {statistics.median(ratios):.2f}; flattened text {size / seconds / 1e6:.1f} MB/s"
        )
    return "\n".join(lines)
