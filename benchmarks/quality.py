"""Text quality of our own extraction on labelled pages, as a table."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boilerstrip
from benchmarks.data import pages_of, scorer


def extract_text(record: dict[str, Any], mode: str) -> str:
    """Our text of one record: from its bytes, or from the same page flattened."""
    if mode == "text":
        return boilerstrip.clean(record["text"], source="text")
    return boilerstrip.clean(record["html"].encode("utf-8", "replace"), url=record["url"])


def _score(job: tuple[Path, str, dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    folder, mode, record = job
    text = extract_text(record, mode)
    key = {k: record[k] for k in ("id", "page_type", "lang", "domain")}
    return key, scorer(folder).score_page(record, text)


def scores(folder: Path, name: str, mode: str, workers: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(id and kind, figures) of every page of a set."""
    jobs = ((folder, mode, record) for record in pages_of(folder, name))
    with multiprocessing.Pool(workers) as pool:
        yield from pool.imap(_score, jobs, chunksize=4)


def table(folder: Path, names: list[str], mode: str, by: str | None, workers: int) -> str:
    """The figures of ``score.py``, a row a set and, with ``by``, a row a value of that key."""
    rows = []
    score = scorer(folder)
    for name in names:
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for key, page in scores(folder, name, mode, workers):
            groups[""].append(page)
            if by:
                groups[str(key[by])].append(page)
        for group in sorted(groups, key=lambda g: (g != "", -len(groups[g]), g)):
            rows.append((f"{name} {group}".strip(), score.summarize(groups[group])))
    return str(score.format_table(rows))
