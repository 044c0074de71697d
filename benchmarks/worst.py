"""The pages that cost most, line by line: the tool by which quality is worked on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boilerstrip
from benchmarks.data import pages_of, scorer
from benchmarks.peers import page_bytes
from benchmarks.quality import scores


def worst(folder: Path, name: str, mode: str, most: int, page_type: str | None, workers: int, only: str | None) -> str:
    """What leaked (+) and what was lost (-, with the filter that did it) on the worst pages."""
    ranked: list[tuple[float, str]] = []
    if only is None:
        for page in scores(folder, name, mode, workers):
            if "lcs" in page.figures and page_type in (None, page.key["page_type"]):
                # WCXB is scored by words, the others by order as well.
                ranked.append((page.figures["word" if name == "wcxb" else "lcs"][2], page.key["id"]))
        ranked.sort()
    wanted = [only] if only else [i for _, i in ranked[:most]]
    records = {r["id"]: r for r in pages_of(folder, name) if r["id"] in wanted}
    score = {i: s for s, i in ranked}
    return "\n".join(_report(folder, records[i], mode, score.get(i)) for i in wanted)


def _report(folder: Path, record: dict[str, Any], mode: str, figure: float | None) -> str:
    module = scorer(folder)
    page = record["text"] if mode == "text" else page_bytes(record)
    doc = boilerstrip.extract(page, url=record["url"], source="text" if mode == "text" else None)
    truth = module._Lines(record["truth"] or "")
    gone = {r.line: r for r in doc.removals}
    about = " ".join(str(record[key]) for key in ("id", "lang", "page_type", "url"))
    out = [f"=== {about} score {figure} {record['flags']}"]
    seen = set()
    for line in doc.lines:
        tokens = module.tokens(line.text)
        belongs = bool(tokens) and truth.holds(tokens)
        removal = gone.get(line.index)
        if removal is None and not belongs:
            out.append(f"  + <{line.tag}> {line.text[:160]}")
        elif removal is not None and belongs and line.text not in seen and line.text != doc.title:
            out.append(f"  - <{line.tag}> [{removal.filter}: {removal.evidence}] {line.text[:160]}")
        seen.add(line.text)
    have = module._Lines("\n".join(line.text for line in doc.lines))
    for text in (record["truth"] or "").split("\n"):
        tokens = module.tokens(text)
        if tokens and not have.holds(tokens):
            out.append(f"  ? not on the page: {text[:120]}")
    return "\n".join(out)
