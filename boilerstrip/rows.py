"""One page of a crawl in, one row of a table out: what all batch tools hand over and write.

``Item`` is a page as a reader of files found it, ``Row`` what became of it. ``FIELDS`` is the
row as a table's columns, for formats that want types.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

import msgspec

from boilerstrip.api import extract
from boilerstrip.decode import check_encoding
from boilerstrip.limits import Limits
from boilerstrip.page import Document
from boilerstrip.pipeline import Pipeline

# Column → type, in the order of the columns: string, int, a count per family, a list of strings.
FIELDS: dict[str, Literal["string", "int", "counts", "strings"]] = {
    "record": "string",
    "url": "string",
    "host": "string",
    "fetch_time": "string",
    "title": "string",
    "lang": "string",
    "verdict": "string",
    "text": "string",
    "kept_lines": "int",
    "kept_chars": "int",
    "removed_lines": "counts",
    "removed_chars": "counts",
    "warnings": "strings",
    "error": "string",
}


class Item(msgspec.Struct, gc=False):
    """A page as it came out of a file, or the report of a record that could not be read.

    record      where it was found: file and number of the record in it, from 0: ``a.warc.gz#17``
    content     the page, bytes or str; None for a broken record
    url         its address, if the file tells
    fetch_time  when it was fetched, as the file writes it (WARC: ISO 8601 in UTC)
    encoding    charset that the HTTP header names
    source      ``"html"``, ``"text"`` or None: look at the page
    error       what is wrong with a broken record
    """

    record: str
    content: bytes | str | None
    url: str | None = None
    fetch_time: str | None = None
    encoding: str | None = None
    source: Literal["html", "text"] | None = None
    error: str | None = None

    @property
    def size(self) -> int:
        """Bytes or characters of the page."""
        return len(self.content) if self.content is not None else 0


class Row(msgspec.Struct, gc=False):
    """What became of one page.

    record, url, fetch_time          as in ``Item``
    host                             of the url, in lower case, without port
    title, lang, verdict, text       as in ``Document``; None and an empty text where there was an error
    kept_lines, kept_chars           lines of the article, and their characters
    removed_lines, removed_chars     the same for what was removed, by name of the filter
    warnings                         "where: message"
    error                            why there is no text: the page was never read or its worker died
    """

    record: str
    url: str | None = None
    host: str | None = None
    fetch_time: str | None = None
    title: str | None = None
    lang: str | None = None
    verdict: str | None = None
    text: str = ""
    kept_lines: int = 0
    kept_chars: int = 0
    removed_lines: dict[str, int] = msgspec.field(default_factory=dict)
    removed_chars: dict[str, int] = msgspec.field(default_factory=dict)
    warnings: list[str] = msgspec.field(default_factory=list)
    error: str | None = None


def row_of(
    item: Item, pipeline: Pipeline | None = None, *, with_title: bool = False, limits: Limits | None = None
) -> Row:
    """The row of a page. Never raises on a page: what goes wrong is in ``Row.error``."""
    try:
        return row_from(item, extract_item(item, pipeline, with_title=with_title, limits=limits))
    except Exception as error:  # noqa: BLE001 - MemoryError among them; a row for each page, whatever happens
        return error_row(item, reason(error))


def extract_item(
    item: Item, pipeline: Pipeline | None = None, *, with_title: bool = False, limits: Limits | None = None
) -> Document:
    """``extract()`` of the page; BrokenRecordError if it could not even be read."""
    if item.error is not None or item.content is None:
        raise BrokenRecordError(item.error or "no content")
    return extract(
        item.content,
        url=item.url,
        encoding=known_charset(item.encoding),
        source=item.source,
        pipeline=pipeline,
        with_title=with_title,
        limits=limits,
    )


class BrokenRecordError(Exception):
    """A record that is no page; the message is the reader's."""


def reason(error: Exception) -> str:
    """An exception as the ``error`` of a row."""
    if isinstance(error, BrokenRecordError):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def error_row(item: Item, error: str) -> Row:
    """The row of a page that came to nothing."""
    row = Row(record=sound(item.record), error=sound(error))
    _address(row, item)
    return row


def sound(text: str) -> str:
    """A str that can be written as UTF-8: lone surrogates replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def row_from(item: Item, document: Document) -> Row:
    """The row of a page that was cleaned."""
    row = Row(record=sound(item.record))
    _address(row, item)
    row.title = document.title
    row.lang = document.lang
    row.verdict = str(document.verdict)
    row.text = document.text
    lines = document.lines
    row.kept_lines = len(lines) - len(document.removals)
    row.kept_chars = sum(len(line.text) for line in lines)
    for removal in document.removals:
        size = len(lines[removal.line].text)
        row.kept_chars -= size
        name = removal.filter
        row.removed_lines[name] = row.removed_lines.get(name, 0) + 1
        row.removed_chars[name] = row.removed_chars.get(name, 0) + size
    row.warnings = [sound(f"{warning.where}: {warning.message}") for warning in document.warnings]
    return row


def _address(row: Row, item: Item) -> None:
    if item.url is not None:
        row.url = sound(item.url)
        row.host = host_of(row.url)
    if item.fetch_time is not None:
        row.fetch_time = sound(item.fetch_time)


def host_of(url: str) -> str | None:
    """The host of an address in lower case, without port; None if there is none."""
    try:
        return urlsplit(url).hostname or None
    except ValueError:  # "http://[" and the like
        return None


def known_charset(encoding: str | None) -> str | None:
    """A charset that a server named, if any browser knows it: a header is no argument of ours."""
    if not encoding:
        return None
    try:
        check_encoding(encoding)
    except LookupError:
        return None
    return encoding
