"""What the commands share: the arguments of ``extract()`` as options, files in, UTF-8 out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

import click

from boilerstrip.api import extract as extract_page
from boilerstrip.cli.filtering import filter_options, pipeline_of
from boilerstrip.cli.limiting import limit_options, limits_of
from boilerstrip.decode import check_encoding
from boilerstrip.limits import LimitExceededError
from boilerstrip.page import Document

_STDIN = "-"
_Command = TypeVar("_Command", bound=Callable[..., object])
_Outcome = TypeVar("_Outcome")


class Files:
    """The files of one call: reads them in turn, reports those that it cannot read."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names or (_STDIN,)
        self.failed = False

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        for name in self.names:
            try:
                # click knows the binary standard input of every platform
                with click.open_file(name, "rb") as file:
                    data = file.read()
            except OSError as error:
                self.failed = True
                note(name, error.strerror or str(error))
            except RuntimeError:  # click's word for a standard input that is closed
                self.failed = True
                note(name, "closed")
            else:
                yield name, data


def note(name: str, message: str) -> None:
    """A message about one file, on standard error."""
    click.echo(f"boilerstrip: {shown(name)}: {message}", err=True)


def shown(name: str) -> str:
    """A file's name for people."""
    return "standard input" if name == _STDIN else click.format_filename(name)


def out(text: str) -> None:
    """Text, on standard output."""
    # Bytes: the output is UTF-8 with plain line ends wherever it goes, whatever the locale.
    try:
        click.echo(text.encode("utf-8", "replace"))
    except BrokenPipeError:
        raise  # click ends quietly: whoever read has read enough
    except OSError as error:
        raise click.ClickException(f"cannot write: {error.strerror}") from None


def _known_encoding(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            check_encoding(value)
        except LookupError:
            raise click.BadParameter(
                f"{value!r} is not the name of a charset; names are such as 'utf-8' or 'windows-1256'"
            ) from None
    return value


def input_options(command: _Command) -> _Command:
    """The pages of a command, and what is known about them."""
    return _with(
        command,
        click.argument("files", nargs=-1, metavar="[FILE|-]..."),
        click.option(
            "--source",
            type=click.Choice(["html", "text"]),
            help="What the pages are; by default each page is looked at.",
        ),
        click.option(
            "--encoding",
            metavar="CHARSET",
            callback=_known_encoding,
            help="Charset from the HTTP header; a wrong one is found out.",
        ),
        click.option("--url", metavar="URL", help="Where the page comes from; for one page only."),
    )


def page_options(command: _Command) -> _Command:
    """The arguments of ``extract()`` as options, for the commands that read pages."""
    return _with(
        input_options(command),
        click.option("--with-title", is_flag=True, help="Put the headline first in the text."),
        limit_options,
        filter_options,
    )


def _with(command: _Command, *options: Callable[[_Command], _Command]) -> _Command:
    for option in options:
        command = option(command)
    return command


def documents(
    files: Files,
    *,
    with_title: bool,
    **options: Any,
) -> Iterator[tuple[str, Document]]:
    """(file name, outcome) of every file that can be read."""
    return outcomes(partial(extract_page, with_title=with_title), files, **options)


def outcomes(
    run: Callable[..., _Outcome],
    files: Files,
    *,
    url: str | None,
    encoding: str | None,
    source: Any,
    limit: tuple[str, ...] = (),
    on_limit: str = "cut",
    **filters: Any,
) -> Iterator[tuple[str, _Outcome]]:
    """(file name, what ``run`` makes of it) of every file that can be read; ``run`` takes what ``extract`` takes."""
    if url is not None and len(files.names) > 1:
        raise click.UsageError("--url is for one page; there are several files")
    pipeline = pipeline_of(**filters)
    limits = limits_of(limit=limit, on_limit=on_limit)
    for name, data in files:
        try:
            outcome = run(data, url=url, encoding=encoding, source=source, pipeline=pipeline, limits=limits)
        except LimitExceededError as error:
            files.failed = True
            note(name, f"over a limit: {error}")
        else:
            yield name, outcome
