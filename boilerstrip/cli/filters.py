"""``boilerstrip filters``: the filters by name."""

from __future__ import annotations

import click

from boilerstrip.cli.filtering import addition_options, pipeline_of
from boilerstrip.cli.pages import out
from boilerstrip.pipeline import name_of


@click.command()
@addition_options
def filters(rules: tuple[str, ...], *, plugins: bool) -> None:
    """List the filters in the order in which they are asked."""
    pipeline = pipeline_of(rules=rules, plugins=plugins)
    width = max(map(len, pipeline.names))
    for each in pipeline:
        out(f"{name_of(each):{width}}  {getattr(each, 'summary', '')}".rstrip())
