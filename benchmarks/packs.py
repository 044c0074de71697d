"""What the packs of all languages cost beside one pack alone: CPU time per page, as HTML and as flattened text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal

import boilerstrip
from benchmarks.data import pages_of
from benchmarks.peers import Record, page_bytes
from benchmarks.sites import side_by_side
from benchmarks.tables import plain
from boilerstrip.rules import Words, load
from boilerstrip.rules.__main__ import packs_in

MODES: tuple[Literal["html", "text"], ...] = ("html", "text")


def packs_table(folder: Path, name: str, lang: str, pages: int, rounds: int) -> str:
    """A row a mode and choice of pages: ms a page with the pack ``lang`` alone, and time with all as a multiple.

    On pages in other languages one pack finds hardly a phrase, so that less is left to decide: the fair row is that
    of the pages in its language.
    """
    records = list(pages_of(folder, name))
    chosen = {f"in {lang}": [r for r in records if r.get("lang") == lang][:pages], "all": records[:pages]}
    words = load()
    everything = dict(vars(words))
    one = vars(Words(pack for pack in packs_in() if pack["lang"] == lang))
    rows = []
    try:
        for mode in MODES:
            for title, some in chosen.items():
                known = [r for r in some if r.get(mode)]
                if known:
                    work = [partial(_run, words, tables, mode) for tables in (one, everything)]
                    own, times = side_by_side(*work, known, rounds)
                    rows.append([mode, title, f"{len(known)}", f"{1e3 * own:.2f}", f"{times:.3f}"])
    finally:
        words.__dict__ = everything
    return f"{name}\n{plain(['', 'pages', 'n', f'ms a page with {lang}', 'time with all packs'], rows)}"


def _run(words: Words, tables: dict[str, Any], mode: Literal["html", "text"], record: Record) -> Sequence[object]:
    words.__dict__ = tables
    page = page_bytes(record) if mode == "html" else record["text"]
    return boilerstrip.extract(page, url=record.get("url"), source=mode).lines
