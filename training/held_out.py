"""How well cards do on domains that they did not see: the whole extraction, scored as the benchmarks are."""

from __future__ import annotations

from collections import defaultdict
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import boilerstrip
from benchmarks.data import pages_of, scorer
from boilerstrip import Pipeline
from boilerstrip.filters.main_content import MainContent
from boilerstrip.scorecard.model import Card
from training.cards import Lines, learn_card
from training.pages import FOLDS, fold_of

_Job = tuple[Path, dict[str, Any], str, Pipeline]


def _score(job: _Job) -> tuple[str, dict[str, Any]]:
    folder, record, mode, pipeline = job
    if mode == "text":
        text = boilerstrip.clean(record["text"], source="text", pipeline=pipeline)
    else:
        page = record["html"].encode("utf-8", "replace")
        text = boilerstrip.clean(page, url=record["url"], pipeline=pipeline)
    return record["page_type"], scorer(folder).score_page(record, text)


def held_out(folder: Path, sets: list[str], mode: str, lines: Lines, most_pairs: int, workers: int) -> str:
    """A table a set and page type; each page judged by the card of the folds without its domain."""
    pipelines = [
        Pipeline.default().replacing("main_content", MainContent(card=Card(learn_card(lines, most_pairs, fold))))
        for fold in range(FOLDS)
    ]
    rows = []
    score = scorer(folder)
    with Pool(workers) as pool:
        for name in sets:
            jobs = ((folder, r, mode, pipelines[fold_of(r["domain"])]) for r in pages_of(folder, name))
            groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for kind, figures in pool.imap(_score, jobs, chunksize=8):
                groups[name].append(figures)
                groups[f"{name} {kind}"].append(figures)
            rows += [(group, score.summarize(pages)) for group, pages in sorted(groups.items())]
    return str(score.format_table(rows))
