"""``boilerstrip explain``: why each line stayed or went, in the terminal or as a page to look at."""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import msgspec

from boilerstrip.cli.filtering import pipeline_of, without_options
from boilerstrip.cli.pages import Files, input_options, note, out, outcomes, shown
from boilerstrip.explain import trace
from boilerstrip.explain.report import report
from boilerstrip.explain.terminal import coloured, console, plain, rows
from boilerstrip.extras import MissingExtraError
from boilerstrip.pipeline import UnknownFilterError


@click.command()
@click.option(
    "--html",
    "html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="REPORT",
    help="Write a report to this file, to be opened in a browser; for one page only.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, each on one line.")
@click.option("--only", type=click.Choice(["removed", "kept"]), help="Show only the lines of this fate.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="NAME",
    help="Show only the lines that this filter took; repeatable.",
)
@click.option("--colour/--plain", "colour", default=None, help="By default, colours in a terminal only.")
@without_options
@input_options
@click.pass_context
def explain(
    context: click.Context,
    /,
    files: tuple[str, ...],
    *,
    html: Path | None,
    as_json: bool,
    only: str | None,
    filters: tuple[str, ...],
    colour: bool | None,
    url: str | None,
    encoding: str | None,
    source: str | None,
    **which: Any,
) -> None:
    """Show what became of every line of each FILE, or of standard input, and why.

    Lines that stayed are plain; those that went are dimmed, with the filter that took them and its evidence.
    With --html: a page for the browser, in one file, with the page as it was beside the text that came out.
    """
    readable = Files(files)
    if html is not None and (as_json or only or filters):
        raise click.UsageError("--html writes the whole report; --json, --only and --filter do not go with it")
    if as_json and (only or filters):
        raise click.UsageError("--json gives all lines; --only and --filter do not go with it")
    if html is not None and len(readable.names) > 1:
        raise click.UsageError("--html is for one page; there are several files")
    try:
        pipeline_of(**which).only(*filters)
    except UnknownFilterError as error:
        raise click.UsageError(f"--filter: {error}") from None
    show = _show(colour)
    run = partial(trace, what_if=as_json or html is not None)
    for name, traced in outcomes(run, readable, url=url, encoding=encoding, source=source, **which):
        traced.file = shown(name)
        if html is not None:
            try:
                html.write_bytes(report(traced))
            except OSError as error:
                raise click.ClickException(f"{html}: cannot write: {error.strerror}") from None
            note(name, f"report written to {html}")
        elif as_json:
            out(msgspec.json.encode(traced).decode())
        else:
            show(traced, shown(name), list(rows(traced, only=only, filters=filters)))
    context.exit(1 if readable.failed else 0)


def _show(colour: bool | None) -> Any:
    """What prints a view: in colour where that is wished for, or likely to be."""
    if colour is None:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and find_spec("rich") is not None
    if not colour:
        return lambda *view: out(plain(*view))
    try:
        print_to = console()
    except MissingExtraError as error:
        raise click.UsageError(f"--colour: {error}") from None
    return lambda *view: print_to.print(coloured(*view))
