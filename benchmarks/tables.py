"""Figures as a table for the terminal, as Markdown and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.quality import COLUMNS, Row

# Columns in which less is better.
_LESS = frozenset(["leak", "miss"])


def columns_of(rows: Iterable[Row]) -> list[str]:
    """The columns that have a figure in any of the rows."""
    rows = list(rows)
    return [c for c in COLUMNS if any(row.figures.get(c) is not None for row in rows)]


def plain(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Cells in columns: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in (head, *body)) for i in range(len(head))]
    lines = []
    for first, *others in (head, *body):
        right = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        lines.append("  ".join([first.ljust(widths[0]), *right]))
    return "\n".join(lines)


def markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Cells as a Markdown table."""
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


def quality_text(rows: Sequence[Row]) -> str:
    """A table per group of pages, for the terminal; ± is half the interval's width."""
    columns = columns_of(rows)
    head = ["", "n", *columns, "fail"]
    parts = []
    for title, part in _groups(rows):
        body = [
            [r.extractor, str(r.figures["n"]), *(_with_half(r, c) for c in columns), str(len(r.errors))] for r in part
        ]
        parts.append(f"{title}\n{plain(head, body)}")
    return "\n\n".join(parts)


def quality_markdown(rows: Sequence[Row], command: str) -> str:
    """The same with whole intervals, the best figure of each column in bold."""
    columns = columns_of(rows)
    head = ["extractor", "pages", *(COLUMNS[c] for c in columns), "failures"]
    parts = [f"`{command}`", "In brackets: 95 % bootstrap intervals over pages."]
    for title, part in _groups(rows):
        best = {c: _best(part, c) for c in columns}
        body = [
            [
                f"{r.extractor} {r.version}".strip(),
                str(r.figures["n"]),
                *(_with_interval(r, c, best[c]) for c in columns),
                str(len(r.errors)),
            ]
            for r in part
        ]
        parts.append(f"## {title}\n\n{markdown(head, body)}")
    return "\n\n".join(parts) + "\n"


def write(folder: Path, name: str, document: Mapping[str, Any], text: str) -> None:
    """``name``.json and ``name``.md into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / f"{name}.md").write_text(text, "utf-8")


def as_dicts(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def _groups(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    return [(f"{s} {g}".strip(), list(part)) for (s, g), part in groupby(rows, key=lambda r: (r.set, r.group))]


def _best(rows: Sequence[Row], column: str) -> float | None:
    values = [v for v in (r.figures.get(column) for r in rows) if v is not None]
    if not values:
        return None
    return min(values) if column in _LESS else max(values)


def _with_half(row: Row, column: str) -> str:
    value = row.figures.get(column)
    if value is None:
        return "-"
    if column not in row.intervals:
        return f"{value:.3f}"
    low, high = row.intervals[column]
    return f"{value:.3f} ±{(high - low) / 2:.3f}"


def _with_interval(row: Row, column: str, best: float | None) -> str:
    value = row.figures.get(column)
    if value is None:
        return "-"
    text = f"**{value:.3f}**" if value == best else f"{value:.3f}"
    if column in row.intervals:
        low, high = row.intervals[column]
        text += f" ({low:.3f} to {high:.3f})"
    return text
