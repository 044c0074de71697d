"""What sections for sites cost by the thousand: loading, memory, time per page."""

from __future__ import annotations

import gc
import pickle
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import boilerstrip
from benchmarks.data import pages_of
from benchmarks.peers import Record, page_bytes
from benchmarks.tables import plain
from boilerstrip import Pipeline
from boilerstrip.rulefiles import parse_rules

# The section that stands for all in the pages' own address.
_KNOWN = "https://www.paper7.example/news/1"


def rule_text(sites: int) -> str:
    """A rule file of so many sections, each of the size that collections of such rules have."""
    return "\n".join(
        f'[site."paper{i}.example"]\n'
        f"body = [\"//div[@id='story-{i}']\", \"//article[contains(@class, 'entry-{i % 97}')]\"]\n"
        f'strip = ["//div[contains(@class, \'offer-{i % 89}\')]", ".more-on-{i}, #more-on-{i}", '
        f'"//aside[@data-kind=\'{i % 7}\']", ".tools-{i % 83}"]\n'
        f'whole = "Read more in paper {i}"\n'
        for i in range(sites)
    )


def sites_table(folder: Path, name: str, sites: int, pages: int, rounds: int) -> str:
    """Loading and memory of the sections, and time per page with them as a multiple of that without."""
    text = rule_text(sites)
    gc.collect()
    before = _resident()
    start = time.process_time()
    rules = parse_rules(text, "sites.toml")
    seconds = time.process_time() - start
    gc.collect()
    held = _resident() - before
    many = Pipeline.default().with_rules(rules)
    one = Pipeline.default().with_rules(parse_rules(rule_text(8), "one.toml"))
    records = list(islice(pages_of(folder, name), pages))
    own, unknown = side_by_side(partial(_run, Pipeline.default(), None), partial(_run, many, None), records, rounds)
    _, known = side_by_side(partial(_run, one, _KNOWN), partial(_run, many, _KNOWN), records, rounds)
    rows = [
        ["sections", f"{sites:,}"],
        ["size of the file, MB", f"{len(text.encode()) / 1e6:.1f}"],
        ["to load, CPU seconds", f"{seconds:.1f}"],
        ["memory that stays, MB", f"{held:.1f}"],
        ["pickled for a worker, MB", f"{len(pickle.dumps(many)) / 1e6:.1f}"],
        [f"pages of {name}", f"{len(records)}"],
        ["ms a page without rules", f"{1e3 * own:.2f}"],
        ["time with them, pages of no such site", f"{unknown:.4f}"],
        ["time with them, pages of such a site, against 8 sections", f"{known:.4f}"],
    ]
    return plain(["", "figure"], rows)


def side_by_side(
    base: Callable[[Record], object], work: Callable[[Record], object], pages: Sequence[Record], rounds: int
) -> tuple[float, float]:
    """(CPU seconds of ``base`` for a page, those of ``work`` as a multiple of them).

    Each page goes through both in turn and back, so that neither always finds the caches warm;
    of each page the quickest round counts.
    """
    best: dict[tuple[int, bool], float] = {}
    for _ in range(rounds):
        gc.collect()
        for i, page in enumerate(pages):
            for other in (False, True, True, False):
                start = time.process_time()
                (work if other else base)(page)
                taken = time.process_time() - start
                best[i, other] = min(taken, best.get((i, other), taken))
    own, theirs = (sum(t for (_, other), t in best.items() if other is which) for which in (False, True))
    return own / len(pages), theirs / own


def _run(pipeline: Pipeline, url: str | None, record: Record) -> Any:
    return boilerstrip.extract(page_bytes(record), url=url or record.get("url"), encoding="utf-8", pipeline=pipeline)


def _resident() -> float:
    """Megabytes that this process holds now."""
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")
