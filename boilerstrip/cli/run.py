"""``boilerstrip run``: a crawl's files into one table of clean pages."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from boilerstrip import __version__
from boilerstrip.adapters.reading import ReadOptions
from boilerstrip.cli.filtering import filter_options, pipeline_of
from boilerstrip.cli.limiting import limit_options, limits_of
from boilerstrip.extras import MissingExtraError
from boilerstrip.pool import PoolError, cores
from boilerstrip.run import engine, progress, sinks
from boilerstrip.run.journal import JournalError

_MEGABYTE = 1_000_000


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--out", required=True, metavar="OUT", help="Where the rows go; see above.")
@click.option(
    "--format",
    type=click.Choice(["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]),
    help="Format of OUT; by default its name says it.",
)
@click.option("--workers", type=click.IntRange(1), help="Worker processes; by default one for each core.")
@click.option("--unordered", is_flag=True, help="Write pages as they are done, not in the order of the input.")
@click.option("--anew", is_flag=True, help="Begin at the beginning; what is in OUT is lost.")
@click.option("--with-title", is_flag=True, help="Put the headline first in the text.")
@filter_options
@limit_options
@click.option(
    "--source",
    type=click.Choice(["html", "text"]),
    help="What pages are that do not say so; by default each is looked at.",
)
@click.option("--content-field", metavar="NAME", help="Field of JSON lines and Parquet that holds the page.")
@click.option("--url-field", metavar="NAME", default="url", show_default=True, help="Field that holds its address.")
@click.option("--time-field", metavar="NAME", help="Field that holds the time when it was fetched.")
@click.option(
    "--timeout",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Give a page up that takes longer; 0: never.",
)
@click.option(
    "--memory",
    type=click.IntRange(0),
    default=2000,
    show_default=True,
    metavar="MB",
    help="What a worker may allocate; 0: no limit.",
)
@click.option(
    "--max-page",
    type=click.IntRange(1),
    default=32,
    show_default=True,
    metavar="MB",
    help="Report larger pages instead of reading them.",
)
@click.option(
    "--part-rows",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Rows of a Parquet part, at least.",
)
@click.option("--log-json", is_flag=True, help="Progress as JSON lines on standard error.")
@click.option("--log-every", type=click.FloatRange(0), default=5.0, show_default=True, metavar="SECONDS")
@click.pass_context
def run(context: click.Context, /, out: str, *, log_json: bool, log_every: float, **options: Any) -> None:
    """Clean the pages of every INPUT and write one row for each page to OUT.

    INPUT: WARC and WET files (plain, gzip, zstd), JSON lines (plain, gzip, zstd), Parquet, files
    of HTML or text, folders of all these, or - for standard input.

    OUT: NAME.jsonl, NAME.jsonl.gz, NAME.jsonl.zst: a file of JSON lines. NAME.parquet: a folder
    of Parquet files. -: JSON lines on standard output.

    A run that was stopped, or killed, goes on with the same command; OUT.journal says where. A
    page that cannot be read, or kills its worker, is a row with an error. The exit code is 0 if
    every page is in OUT, 1 if the run had to stop, 2 for wrong usage.
    """
    plan = _plan(out, **options)
    watching = progress.Machine(log_every) if log_json else _for_people()
    signal.signal(signal.SIGTERM, _stop)
    try:
        with watching if isinstance(watching, progress.Bar) else contextlib.nullcontext():
            last = _Last(watching)
            state = engine.run(plan, last)
        if last.standing is None:
            click.echo(f"boilerstrip: {out} is finished already: {state.totals.pages:,} pages", err=True)
        else:
            watching.finished(last.standing)
    except BrokenPipeError:
        raise  # click ends quietly
    except FileNotFoundError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}") from None
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from None
    except JournalError as error:
        raise click.ClickException(f"{error}; choose another OUT, or --anew") from None
    except (engine.OutputError, PoolError, OSError) as error:
        raise click.ClickException(f"{error}; the same command will go on from there") from None
    except KeyboardInterrupt:
        click.echo("boilerstrip: stopped; the same command will go on", err=True)
        context.exit(130)


class _Last:
    """Hands everything on, and remembers where the run stood last."""

    def __init__(self, watcher: progress.Quiet | progress.Machine) -> None:
        self._watcher = watcher
        self.standing: engine.Standing | None = None

    def started(self, files: int, standing: engine.Standing, *, resumed: bool) -> None:
        self.standing = standing
        self._watcher.started(files, standing, resumed=resumed)

    def advanced(self, standing: engine.Standing) -> None:
        self.standing = standing
        self._watcher.advanced(standing)

    def note(self, event: str, message: str) -> None:
        self._watcher.note(event, message)


def _for_people() -> progress.Quiet:
    """A bar on a terminal, if there is one and something to draw it with."""
    if sys.stderr.isatty():
        with contextlib.suppress(MissingExtraError):
            return progress.Bar()
    return progress.Quiet()


def _stop(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _plan(
    out: str,
    *,
    inputs: tuple[str, ...],
    format: sinks.Format | None,
    workers: int | None,
    unordered: bool,
    anew: bool,
    with_title: bool,
    source: Any,
    content_field: str | None,
    url_field: str,
    time_field: str | None,
    timeout: float,
    memory: int,
    max_page: int,
    part_rows: int,
    limit: tuple[str, ...],
    on_limit: str,
    **filters: Any,
) -> engine.Plan:
    """What the options ask for; what is no option of the run itself makes the pipeline."""
    format = format or sinks.format_of(out)
    if format is None:
        raise click.UsageError(
            f"the name of OUT, {out!r}, does not say its format; "
            "end it in .jsonl, .jsonl.gz, .jsonl.zst or .parquet, or give --format"
        )
    if out == sinks.STDOUT and format == "parquet":
        raise click.UsageError("Parquet cannot go to standard output")
    pipeline = pipeline_of(**filters)
    rules = [hashlib.sha256(Path(file).read_bytes()).hexdigest()[:16] for file in filters["rules"]]
    return engine.Plan(
        inputs=inputs,
        out=out,
        format=format,
        version=__version__,
        reading=ReadOptions(
            content=content_field, url=url_field, time=time_field, source=source, max_page=max_page * _MEGABYTE
        ),
        pipeline=pipeline,
        limits=limits_of(limit=limit, on_limit=on_limit),
        # The order of names on the command line does not matter, and the names are in the pipeline.
        chosen={**filters, "rules": rules, "without": None, "only": None},
        with_title=with_title,
        ordered=not unordered,
        workers=workers or cores(),
        timeout=timeout or None,
        memory=memory * _MEGABYTE or None,
        part_rows=part_rows,
        anew=anew,
    )
