"""``boilerstrip stats``: what a run removed, and the sites that may need a rule."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from boilerstrip.adapters.reading import read_errors
from boilerstrip.cli.pages import out as put
from boilerstrip.extras import MissingExtraError
from boilerstrip.run.output import rows_in
from boilerstrip.run.statistics import Group, Outlier, Statistics

_WORDS = {
    "error": "pages with an error",
    "empty": "pages without text",
    "kept": "of its characters kept",
    "unknown": "of what went was claimed by no family",
}


@click.command()
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...", type=click.Path(exists=True, path_type=Path))
@click.option("--hosts", type=click.IntRange(0), default=20, show_default=True, help="How many hosts to list.")
@click.option(
    "--min-pages", type=click.IntRange(1), default=10, show_default=True, help="Hosts with fewer do not stand out."
)
@click.option("--json", "as_json", is_flag=True, help="Everything, all hosts, as one JSON object.")
def stats(outputs: tuple[Path, ...], *, hosts: int, min_pages: int, as_json: bool) -> None:
    """Tell what the runs that wrote OUT removed: by verdict, family and host; and which hosts stand out."""
    figures = Statistics()
    broken: tuple[type[Exception], ...] = (ValueError, MissingExtraError, *read_errors())
    for path in outputs:
        try:
            for row in rows_in(path):
                figures.add(row)
        except broken as error:
            raise click.ClickException(f"{path}: {error}") from None
    put(_json(figures, min_pages) if as_json else _report(figures, hosts, min_pages))


def _json(figures: Statistics, min_pages: int) -> str:
    plain = msgspec.to_builtins(figures)
    plain["outliers"] = msgspec.to_builtins(figures.outliers(min_pages))
    return json.dumps(plain, ensure_ascii=False)


def _report(figures: Statistics, hosts: int, min_pages: int) -> str:
    whole = figures.whole
    parts = [
        f"{whole.pages:,} pages of {len(figures.hosts):,} hosts; {whole.errors:,} with an error, "
        f"{whole.empty:,} without text; {_percent(whole.kept_share())} of the characters kept",
        _table(
            ["verdict", "pages", "share", "empty"],
            [
                [name, f"{group.pages:,}", _percent(group.pages / whole.pages), _percent(group.empty_share())]
                for name, group in _largest(figures.verdicts)
            ],
        ),
        _table(["error", "pages"], [[k, f"{n:,}"] for k, n in sorted(figures.errors.items(), key=lambda e: -e[1])]),
        _table(
            ["family", "pages", "lines", "chars", "of what went"],
            [
                [name, f"{f.pages:,}", f"{f.lines:,}", f"{f.chars:,}", _percent(f.chars / max(1, whole.removed))]
                for name, f in sorted(figures.families.items(), key=lambda entry: -entry[1].chars)
            ],
        ),
        _table(
            ["host", "pages", "errors", "empty", "kept", "unknown", "most went to"],
            [
                [
                    name or "(no address)",
                    f"{group.pages:,}",
                    _percent(group.error_share()),
                    _percent(group.empty_share()),
                    _percent(group.kept_share()),
                    _percent(group.unknown_share()),
                    max(group.families, key=lambda n: group.families[n], default="-"),
                ]
                for name, group in _largest(figures.hosts)[:hosts]
            ],
        ),
        _outliers(figures.outliers(min_pages), hosts),
    ]
    return "\n\n".join(part for part in parts if part)


def _outliers(outliers: Sequence[Outlier], most: int) -> str:
    if not outliers:
        return "No host stands out."
    rows = [
        [o.host, f"{o.pages:,}", f"{_percent(o.share)} {_WORDS[o.what]} (median {_percent(o.median)})"]
        for o in outliers[:most]
    ]
    return _table(["stands out", "pages", "how"], rows)


def _largest(groups: dict[str, Group]) -> list[tuple[str, Group]]:
    return sorted(groups.items(), key=lambda entry: (-entry[1].pages, entry[0]))


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Columns aligned: words to the left, figures to the right. Nothing if there are no rows."""
    lines = [list(head), *(list(row) for row in rows)]
    if len(lines) == 1:
        return ""
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    figure = [all(line[column][:1].isdigit() for line in lines[1:]) for column in range(len(head))]
    figure[-1] = figure[-1] and all(line[-1].replace(",", "").rstrip("%").isdigit() for line in lines[1:])
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, figure, strict=True)
        ).rstrip()
        for line in lines
    )
