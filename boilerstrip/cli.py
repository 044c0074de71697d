"""``boilerstrip clean | extract | filters``: the library from a shell.

Exit codes: 0; 1 if a file could not be read (the others are still processed); 2 for wrong usage.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from boilerstrip import __version__
from boilerstrip.api import extract as extract_page
from boilerstrip.decode import check_encoding
from boilerstrip.page import Document
from boilerstrip.pipeline import Pipeline, UnknownFilterError, name_of

_STDIN = "-"
_Command = TypeVar("_Command", bound=Callable[..., object])


class _Files:
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
                _note(name, error.strerror or str(error))
            except RuntimeError:  # click's word for a standard input that is closed
                self.failed = True
                _note(name, "closed")
            else:
                yield name, data


def _note(name: str, message: str) -> None:
    """A message about one file, on standard error."""
    click.echo(f"boilerstrip: {_shown(name)}: {message}", err=True)


def _shown(name: str) -> str:
    return "standard input" if name == _STDIN else click.format_filename(name)


def _out(text: str) -> None:
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


def _known_filters(_context: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    try:
        Pipeline.default().only(*value)
    except UnknownFilterError as error:
        raise click.BadParameter(str(error)) from None
    return value


def _page_options(command: _Command) -> _Command:
    """The arguments of ``extract()`` as options, for the commands that read pages."""
    for option in (
        click.argument("files", nargs=-1, metavar="[FILE|-]..."),
        click.option("--with-title", is_flag=True, help="Put the headline first in the text."),
        click.option(
            "--only", multiple=True, metavar="NAME", callback=_known_filters, help="Use only this filter; repeatable."
        ),
        click.option(
            "--without",
            multiple=True,
            metavar="NAME",
            callback=_known_filters,
            help="Switch this filter off; repeatable. Names: boilerstrip filters.",
        ),
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
    ):
        command = option(command)
    return command


def _documents(
    files: _Files,
    *,
    url: str | None,
    encoding: str | None,
    source: Any,
    without: tuple[str, ...],
    only: tuple[str, ...],
    with_title: bool,
) -> Iterator[tuple[str, Document]]:
    """(file name, outcome) of every file that can be read."""
    if without and only:
        raise click.UsageError("--without and --only cannot be used together")
    if url is not None and len(files.names) > 1:
        raise click.UsageError("--url is for one page; there are several files")
    pipeline = Pipeline.default()
    pipeline = pipeline.only(*only) if only else pipeline.without(*without)
    for name, data in files:
        yield (
            name,
            extract_page(data, url=url, encoding=encoding, source=source, pipeline=pipeline, with_title=with_title),
        )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="boilerstrip", message="%(prog)s %(version)s")
def main() -> None:
    """News pages, HTML or flattened text, to clean article text."""


@main.command()
@_page_options
@click.pass_context
def clean(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Print the article text of each FILE, or of standard input.

    Several files are set apart by lines "==> FILE <==". Where a page has no article text, a
    note on standard error says what kind of page it is.
    """
    readable = _Files(files)
    first = True
    for name, document in _documents(readable, **options):
        if len(readable.names) > 1:
            gap = "" if first else "\n"
            _out(f"{gap}==> {_shown(name)} <==\n")
            first = False
        if document.text:
            _out(document.text)
        else:
            _note(name, f"no article text (verdict: {document.verdict})")
    context.exit(1 if readable.failed else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, each on one line.")
@_page_options
@click.pass_context
def extract(context: click.Context, /, files: tuple[str, ...], *, as_json: bool, **options: Any) -> None:
    """Print what became of every line of a page, for each FILE or standard input.

    A line of the article is marked "keep"; any other with the filter that took it and why. With
    --json: text, title, lang, verdict, removals, warnings and more, one object a page.
    """
    readable = _Files(files)
    show = _json if as_json else _story
    for name, document in _documents(readable, **options):
        _out(show(name, document))
    context.exit(1 if readable.failed else 0)


@main.command()
def filters() -> None:
    """List the filters in the order in which they are asked."""
    pipeline = Pipeline.default()
    width = max(map(len, pipeline.names))
    for each in pipeline:
        _out(f"{name_of(each):{width}}  {getattr(each, 'summary', '')}".rstrip())


def _json(name: str, document: Document) -> str:
    """One outcome as a line of JSON."""
    return json.dumps(
        {
            "file": name,
            "url": document.url,
            "title": document.title,
            "lang": document.lang,
            "site_name": document.site_name,
            "verdict": document.verdict,
            "source": document.source,
            "encoding": document.encoding,
            "text": document.text,
            "removals": [
                {
                    "line": removal.line,
                    "text": document.lines[removal.line].text,
                    "filter": removal.filter,
                    "evidence": {"kind": why.kind, "what": why.what, "line": why.line},
                }
                for removal in document.removals
                for why in [removal.evidence]
            ],
            "warnings": [warning._asdict() for warning in document.warnings],
        },
        ensure_ascii=False,
    )


def _story(name: str, document: Document) -> str:
    """One outcome for people: a head, then every line with its fate."""
    rows = [
        f"file     {_shown(name)}",
        f"title    {document.title or '-'}",
        f"lang     {document.lang or '-'}",
        f"verdict  {document.verdict}",
        *(f"warning  {warning.where}: {warning.message}" for warning in document.warnings),
        "",
    ]
    taken = {removal.line: removal for removal in document.removals}
    width = max((len(removal.filter) for removal in document.removals), default=0)
    width = max(width, len("keep"))
    for line in document.lines:
        removal = taken.get(line.index)
        if removal is None:
            rows.append(f"{'keep':{width}}  {line.text}")
        else:
            rows.append(f"{removal.filter:{width}}  {line.text}  [{removal.evidence}]")
    return "\n".join([*rows, ""])
