"""Labelled pages → training rows: the features and the label of every line the judge sees."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.data import pages_of, scorer
from boilerstrip import clean
from boilerstrip.page import Decision, Page
from boilerstrip.pipeline import Pipeline
from boilerstrip.read import read
from boilerstrip.scorecard.features import Features
from boilerstrip.scorecard.flat import words_in
from boilerstrip.scorecard.kind import facts_of, plainly_article
from training.lines import belongs, told

FOLDS = 5
_WORD = re.compile(r"\w+")
# Of fewer words that the library gives there is nothing to learn.
_LEAST_GIVEN = 50


class NoJudge:
    """Stands where the judge stands and says nothing, so that hints stay hints."""

    name = "main_content"
    depends = True

    def __call__(self, _: Page) -> Iterator[Decision]:
        return iter(())


@dataclass
class Row:
    """One undecided line: features, class tokens around it, how many words, which (of flattened text), label."""

    values: tuple[int, ...]
    chain: tuple[tuple[str, ...], ...]
    words: int
    said: tuple[str, ...]
    content: bool


@dataclass
class Sample:
    """One page: its undecided lines and its truth, which may be ``given`` by the library itself; or, ``by_snippets``,
    just the lines that snippets tell of.
    """

    id: str
    dataset: str
    domain: str
    fold: int
    kind: str
    facts: list[str]
    plain: bool  # an article without weighing the facts
    truth: list[str]
    rows: list[Row]
    by_snippets: bool
    given: bool = False


def fold_of(domain: str) -> int:
    """A domain's fold: all its pages are in one, on every machine."""
    return int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def _given(record: dict[str, Any]) -> str:
    """What the library as it stands gives for a page as HTML, where it is much better than as text; or nothing.

    Of 489 pages only a few snippets are known. All the rest of them teaches more than it misleads.
    """
    text = clean(record["html"].encode("utf-8", "replace"), url=record["url"])
    return text if len(text.split()) >= _LEAST_GIVEN else ""


def _sample(job: tuple[Path, dict[str, Any], str, str]) -> Sample:
    folder, record, mode, kind = job
    pipeline = Pipeline.default().replacing("main_content", NoJudge())
    if mode == "text":
        page, _, _ = read(record["text"], None, None, "text", pipeline.signatures)
    else:
        page, _, _ = read(record["html"].encode("utf-8", "replace"), record["url"], None, None, pipeline.signatures)
    facts = sorted(set(facts_of(page)))
    plain = plainly_article(page)
    if kind:
        page.kind = kind
    pipeline.decide(page)
    truth = record["truth"] or ""
    given = _given(record) if record["truth"] is None else ""
    labels: Sequence[bool | None] = []
    if truth or given:
        labels = belongs(page.lines, truth or given, scorer(folder))
    if not truth:
        said_so = told(page.lines, record["with"] or [], record["without"] or [])
        labels = [a if a is not None else b for a, b in zip(said_so, labels or said_so, strict=True)]
    features = Features(page, lambda _: 0.0)
    rows = []
    for line in page.lines:
        label = labels[line.index]
        if page.taken[line.index] or label is None:
            continue
        chain = []
        box = line.box
        while box is not None:
            if box.names:
                chain.append(tuple(box.names))
            box = box.parent  # type: ignore[assignment]
        said = tuple(map(sys.intern, words_in(line.text))) if mode == "text" else ()
        rows.append(Row(features.values(line.index), tuple(chain), len(_WORD.findall(line.text)), said, label))
    return Sample(
        id=record["id"],
        dataset=record["dataset"],
        domain=record["domain"],
        fold=fold_of(record["domain"]),
        kind=record["page_type"],
        facts=facts,
        plain=plain,
        truth=_WORD.findall((truth or given).lower()),
        rows=rows,
        by_snippets=not truth and not given,
        given=bool(given),
    )


def samples(folder: Path, sets: list[str], mode: str, kinds: dict[str, str], workers: int) -> list[Sample]:
    """The labelled pages of some sets; ``kinds`` says by id what kind a page is taken for."""
    jobs = (
        (folder, record, mode, kinds.get(record["id"], ""))
        for name in sets
        for record in pages_of(folder, name)
        if record["truth"] or record["with"] or record["without"]
    )
    with Pool(workers) as pool:
        return pool.map(_sample, jobs, chunksize=8)
