"""How well cards do on domains that they did not see: the whole extraction, scored as the benchmarks are."""

from __future__ import annotations

from collections import defaultdict
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.data import pages_of, scorer
from boilerstrip import Pipeline
from boilerstrip.filters.main_content import MainContent
from boilerstrip.read import read
from boilerstrip.render import to_text
from boilerstrip.scorecard.model import Card
from training.cards import Lines, learn_card
from training.pages import FOLDS, fold_of

_Job = tuple[Path, dict[str, Any], str, Pipeline, str | None]


def _score(job: _Job) -> tuple[str, dict[str, Any]]:
    folder, record, mode, pipeline, kind = job
    if mode == "text":
        page, _, _ = read(record["text"], None, None, "text", pipeline.signatures)
    else:
        page, _, _ = read(record["html"].encode("utf-8", "replace"), record["url"], None, None, pipeline.signatures)
    if kind is not None:
        page.kind = kind
    gone = {removal.line for removal in pipeline.decide(page)[0]}
    text = to_text([line for line in page.lines if line.index not in gone])
    return record["page_type"], scorer(folder).score_page(record, text)


def held_out(folder: Path, sets: list[str], mode: str, lines: Lines, kinds: dict[str, str], workers: int) -> str:
    """A table a set and page type; each page judged by the card, and as the kind, of folds without its domain."""
    pipelines = [
        Pipeline.default().replacing("main_content", MainContent(card=Card(learn_card(lines, mode, fold))))
        for fold in range(FOLDS)
    ]
    rows = []
    score = scorer(folder)
    with Pool(workers) as pool:
        for name in sets:
            jobs = (
                (folder, r, mode, pipelines[fold_of(r["domain"])], kinds.get(r["id"])) for r in pages_of(folder, name)
            )
            groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for kind, figures in pool.imap(_score, jobs, chunksize=8):
                groups[name].append(figures)
                groups[f"{name} {kind}"].append(figures)
            rows += [(group, score.summarize(pages)) for group, pages in sorted(groups.items())]
    return str(score.format_table(rows))
