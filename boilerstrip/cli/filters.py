"""``boilerstrip filters``: the families by name."""

from __future__ import annotations

import click

from boilerstrip.cli.pages import out
from boilerstrip.pipeline import Pipeline, name_of


@click.command()
def filters() -> None:
    """List the filters in the order in which they are asked."""
    pipeline = Pipeline.default()
    width = max(map(len, pipeline.names))
    for each in pipeline:
        out(f"{name_of(each):{width}}  {getattr(each, 'summary', '')}".rstrip())
