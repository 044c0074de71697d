"""``boilerstrip rules coverage``: which families are known in which languages, by how many phrases."""

from __future__ import annotations

import click

from boilerstrip.cli.pages import out
from boilerstrip.rules.coverage import counts_of, markdown
from boilerstrip.rules.match import load_tables


@click.command()
@click.option("--lang", metavar="CODE", help="Only this language: one family a line.")
def coverage(lang: str | None) -> None:
    """Languages by families, with the number of phrases that each pack has."""
    counts = counts_of(load_tables())
    if lang is None:
        out(markdown(counts).rstrip("\n"))
    elif lang in counts:
        width = max(map(len, counts[lang]))
        for family, count in counts[lang].items():
            out(f"{family:{width}}  {count}")
    else:
        raise click.BadParameter(f"no pack for {lang!r}; there are {', '.join(counts)}", param_hint="--lang")
