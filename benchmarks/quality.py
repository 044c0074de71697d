"""Text quality of our own extraction and of peers on labelled pages."""

from __future__ import annotations

import multiprocessing
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.bootstrap import Interval, intervals
from benchmarks.data import pages_of, scorer
from benchmarks.limit import SECONDS_A_PAGE, PageTimeout, cpu_limit
from benchmarks.peers import OURS, Record, extractor, loaded

# The columns of score.py that the comparison shows, and what they are.
COLUMNS = {
    "wF1": "word F1",
    "sF1": "4-gram F1",
    "acc": "exact match",
    "lcs": "LCS F1",
    "snF1": "snippet F1",
    "leak": "leaked lines",
    "miss": "missing lines",
}
KEYS = ("id", "dataset", "page_type", "lang", "domain")


@dataclass
class Row:
    """The figures of one extractor on one group of pages."""

    set: str
    group: str
    extractor: str
    version: str
    figures: dict[str, float | int | None]
    intervals: dict[str, Interval] = field(default_factory=dict)
    # {id: why} of the pages on which the extractor raised or took too long; they count as empty.
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored:
    """What one extractor reached on one page."""

    key: dict[str, Any]
    figures: dict[str, Any]
    error: str | None


def _score(job: tuple[Path, str, str, Record]) -> Scored:
    folder, mode, name, record = job
    text, error = "", None
    try:
        with cpu_limit(SECONDS_A_PAGE):
            text = loaded(name, mode)(record)
    except (Exception, PageTimeout) as problem:  # noqa: BLE001 - a peer may raise anything
        error = f"{type(problem).__name__}: {problem}"
    return Scored({k: record.get(k) for k in KEYS}, scorer(folder).score_page(record, text), error)


def scores(folder: Path, name: str, mode: str, workers: int, who: str = OURS) -> Iterator[Scored]:
    """What an extractor reached on every page of a set, in the set's order."""
    jobs = ((folder, mode, who, record) for record in pages_of(folder, name))
    if workers == 1:
        yield from map(_score, jobs)
        return
    with multiprocessing.Pool(workers) as pool:
        yield from pool.imap(_score, jobs, chunksize=4)


def compare(
    folder: Path,
    names: Sequence[str],
    extractors: Sequence[str],
    mode: str,
    by: str | None,
    workers: int,
    resamples: int,
) -> Iterator[list[Row]]:
    """The rows of one set after the other.

    In each, a group after the other, the largest first, with the extractors side by side; the
    whole set is the group ``""``.
    """
    for name in names:
        groups: dict[str, dict[str, list[Scored]]] = defaultdict(lambda: defaultdict(list))
        for who in extractors:
            for page in scores(folder, name, mode, workers, who):
                groups[""][who].append(page)
                if by:
                    groups[str(page.key[by])][who].append(page)
            _progress(f"{name}: {who} done", len(extractors))
        order = sorted(groups, key=lambda g: (g != "", -len(groups[g][extractors[0]]), g))
        yield [
            _row(folder, name, group, who, mode, groups[group][who], resamples) for group in order for who in extractors
        ]


def _row(folder: Path, name: str, group: str, who: str, mode: str, pages: list[Scored], resamples: int) -> Row:
    summarize = scorer(folder).summarize
    figures = [page.figures for page in pages]
    return Row(
        set=name,
        group=group,
        extractor=who,
        version=extractor(who, mode).version,
        figures=summarize(figures),
        intervals=intervals(figures, summarize, tuple(COLUMNS), resamples),
        errors={str(page.key["id"]): page.error for page in pages if page.error is not None},
    )


def _progress(text: str, extractors: int) -> None:
    """A word on stderr, where there is something to wait for."""
    if extractors > 1:
        print(text, file=sys.stderr, flush=True)
