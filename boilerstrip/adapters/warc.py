"""WARC and WET files: their pages, and a report for each record that is broken. FastWARC reads them.

Pages are what came with status 2xx as HTML, XHTML or plain text, as ``response``, ``resource``
or ``conversion`` (WET) records. Behind a broken record reading goes on at the next whole one,
where the file can be searched.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from boilerstrip.adapters.http import body_of
from boilerstrip.adapters.reading import GZIP_MAGIC, ZSTD_MAGIC, Meter, ReadOptions, too_large
from boilerstrip.extras import need
from boilerstrip.rows import Item

_HTML = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_SEARCH = 1 << 20


def warc_items(raw: io.BufferedReader, name: str, options: ReadOptions, meter: Meter) -> Iterator[Item]:
    """The pages of a WARC or WET file, plain, gzip or zstd, in file order.

    raw   the open file; a stream that cannot be searched ends at its first broken record
    name  what the records are called after

    Raises MissingExtraError where FastWARC is not installed; nothing that is in the file.
    """
    warc = need("fastwarc.warc", "crawl", "reading WARC files")
    mark = raw.peek(4)[:4]
    number = 0
    start = 0
    while True:
        at = start
        found = not start  # behind a broken record: whether anything whole was found yet
        try:
            stream = raw if raw.seekable() else _Counted(raw)
            for record in warc.ArchiveIterator(stream, parse_http=False, fsspec_args=False):
                at = meter.at = record.stream_pos
                found = True
                label = f"{name}#{number}"
                item = _item(record, label, warc.WarcRecordType, options)
                if item is None:
                    meter.skipped += 1
                else:
                    number += 1
                    yield item
        except BaseException as error:
            # FastWARC panics where it should raise, and its panics are no Exceptions.
            if not isinstance(error, OSError) and type(error).__name__ != "PanicException":
                raise
            goes_on = _next_record(raw, mark, at + 1)
            if found:
                # Said once, however many places are tried until a whole record is found.
                yield Item(f"{name}#{number}", None, error=f"broken record behind byte {at}: {error}")
                number += 1
            if goes_on is None:
                return
            start = goes_on
        else:
            return


class _Counted:
    """A pipe that says how much has come out of it, as FastWARC wants to know."""

    def __init__(self, raw: io.BufferedReader) -> None:
        self._raw = raw
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _item(record: Any, label: str, kinds: Any, options: ReadOptions) -> Item | None:
    kind = record.record_type
    headers = record.headers
    if headers.get("Content-Length") is None:
        # FastWARC gives what it has of a head that the end of the file cuts in two.
        return Item(label, None, error="record is cut off")
    if kind == kinds.unknown:
        return Item(label, None, error=f"record of unknown type {headers.get('WARC-Type')!r}")
    if kind not in (kinds.response, kinds.resource, kinds.conversion):
        return None
    url = headers.get("WARC-Target-URI")
    url = url.strip("<> ") if url else None
    encoding = None
    transfer = content = None
    if kind == kinds.response and "http" in (headers.get("Content-Type") or "http"):
        record.parse_http(quirks_mode=True)
        http = record.http_headers
        if http is None:
            return None
        if not 200 <= (http.status_code or 200) < 300:
            return None
        mime = record.http_content_type
        encoding = record.http_charset
        transfer, content = http.get("Transfer-Encoding"), http.get("Content-Encoding")
    else:
        mime = (headers.get("Content-Type") or "").partition(";")[0].strip().lower() or None
    mime = headers.get("WARC-Identified-Payload-Type") or mime
    if mime is not None and mime not in _HTML and mime != _TEXT:
        return None
    size = record.content_length
    if size > options.max_page:
        return too_large(label, size, options.max_page, url)
    data = record.reader.read()
    error = "record is cut off" if len(data) < size else None
    if transfer or content:
        data = body_of(data, transfer, content, options.max_page)
        if len(data) > options.max_page:
            return too_large(label, len(data), options.max_page, url)
    return Item(
        label,
        data if error is None else None,
        url=url,
        fetch_time=headers.get("WARC-Date"),
        encoding=encoding,
        source="text" if kind == kinds.conversion or mime == _TEXT else "html" if mime else options.source,
        error=error,
    )


def _next_record(raw: io.BufferedReader, mark: bytes, start: int) -> int | None:
    """Where the next record may begin, the file standing there; None at the end or in a stream.

    In compressed files each record begins with the format's own mark; the same bytes inside a
    record are found out when they are read.
    """
    if mark.startswith(GZIP_MAGIC):
        mark = GZIP_MAGIC + b"\x08"
    elif mark != ZSTD_MAGIC:
        mark = b"\nWARC/1."
    if not raw.seekable():
        return None
    raw.seek(start)
    kept = b""
    while block := raw.read(_SEARCH):
        found = (kept + block).find(mark)
        if found >= 0:
            at = start - len(kept) + found + (mark[:1] == b"\n")
            raw.seek(at)
            return at
        start += len(block)
        kept = block[-len(mark) :]
    return None
