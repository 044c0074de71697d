"""Whether we have become slower: our time beside lxml's parse, on pages that every checkout holds.

``recorded.json`` names the pages (of ``fixtures/pages``) and the ratio that was measured on them. More
than ``_MOST`` times that ratio, in every one of a few attempts, is a failure; one attempt may be unlucky
on a busy machine. ``--record`` writes the file anew, when the change was meant.
"""

from __future__ import annotations

import json
import statistics
import time
from pathlib import Path

import boilerstrip
from benchmarks.speed import parse

ROOT = Path(__file__).resolve().parent.parent
RECORDED = Path(__file__).with_name("recorded.json")
_MOST = 1.2
_ATTEMPTS = 4
_ROUNDS = 5
_PARSES = 10


def measured(names: list[str]) -> float:
    """Our CPU time on the named pages as a multiple of lxml's parse of them, median over rounds.

    All pages at a time, and parsed several times over: they are small, and where a timer for CPU time
    is set (as ``speed`` does for its peers) some systems only count by the tick.
    """
    pages = [(ROOT / "fixtures" / "pages" / name / "page.html").read_bytes() for name in names]
    records = [{"html": page.decode()} for page in pages]
    ratios = []
    for _ in range(_ROUNDS + 1):
        start = time.process_time()
        for _ in range(_PARSES):
            for record in records:
                parse(record)
        between = time.process_time()
        for page in pages:
            boilerstrip.extract(page)
        ratios.append((time.process_time() - between) * _PARSES / (between - start))
    return statistics.median(ratios[1:])  # the first warms up


def record() -> str:
    """Measure on all whole pages there are, and write the result down."""
    names = sorted(path.parent.name for path in (ROOT / "fixtures" / "pages").glob("*/page.html"))
    ratio = min(measured(names) for _ in range(_ATTEMPTS))
    RECORDED.write_text(json.dumps({"ratio": round(ratio, 2), "pages": names}, indent=1) + "\n", "utf-8")
    return f"recorded: {ratio:.2f} times lxml's parse of {len(names)} pages"


def guard() -> tuple[bool, str]:
    """(whether we are as quick as recorded, within ``_MOST``; what to tell)."""
    known = json.loads(RECORDED.read_text("utf-8"))
    most = _MOST * known["ratio"]
    seen: list[float] = []
    while len(seen) < _ATTEMPTS and (not seen or min(seen) > most):
        seen.append(measured(known["pages"]))
    told = f"{min(seen):.2f} times lxml's parse; recorded {known['ratio']:.2f}, at most {most:.2f} is well"
    return min(seen) <= most, told
