"""What all readers share: the options of a run, the meter they keep, opening by magic number."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Literal, cast

from boilerstrip.extras import need
from boilerstrip.rows import Item

Source = Literal["html", "text"]

GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True)
class ReadOptions:
    """How pages are found in files.

    content, url, time, encoding  names of the fields of JSON lines and Parquet; for ``content``
                                  None means the first of ``CONTENT_FIELDS`` that is there
    source                        what pages are that do not say so: ``"html"``, ``"text"`` or None
    max_page                      bytes (or characters) above which a page is not read but reported
    """

    content: str | None = None
    url: str = "url"
    time: str | None = None
    encoding: str = "encoding"
    source: Source | None = None
    max_page: int = 32_000_000


# Where other tools put the page, the surest first, and when it was fetched.
CONTENT_FIELDS = ("html", "content", "raw_content", "body", "text")
TIME_FIELDS = ("fetch_time", "date", "timestamp", "warc_date", "crawl_date")


@dataclass(slots=True)
class Meter:
    """How far the reading is: bytes of the files as they lie on disk, and what was passed over.

    skipped  records that are no pages: requests, redirects, images
    """

    done: int = 0
    at: int = 0
    skipped: int = 0

    @property
    def bytes(self) -> int:
        return self.done + self.at

    def next_file(self, size: int) -> None:
        """A file is finished."""
        self.done += size
        self.at = 0


@contextmanager
def opened(name: str, stream: io.BufferedReader | None = None) -> Iterator[io.BufferedReader]:
    """A file, or a stream that is open already, for reading; a file is closed at the end."""
    if stream is not None:
        yield stream
    else:
        with io.BufferedReader(io.FileIO(name), 1 << 20) as file:
            yield cast("io.BufferedReader", file)


def unpacked(raw: io.BufferedReader) -> IO[bytes]:
    """The stream itself or, if its first bytes say so, what is compressed in it: gzip or zstd."""
    magic = raw.peek(4)[:4]
    if magic.startswith(GZIP_MAGIC):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if magic == ZSTD_MAGIC:
        zstandard = need("zstandard", "crawl", "reading zstd files")
        stream = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True, closefd=False)
        return io.BufferedReader(stream, 1 << 20)
    return raw


def text_or_bytes(value: Any) -> bytes | str | None:
    """A field's value if it can be a page."""
    return value if isinstance(value, (bytes, str)) else None


def too_large(record: str, size: int, limit: int, url: str | None = None) -> Item:
    """The report of a page above the limit."""
    return Item(record, None, url=url, error=f"page of {size:,} bytes is larger than the limit of {limit:,}")


# What goes wrong in files and streams, compressed ones among them.
def read_errors() -> tuple[type[Exception], ...]:
    """Exceptions that say that a file is broken."""
    import zlib  # noqa: PLC0415

    errors: list[type[Exception]] = [OSError, EOFError, zlib.error]
    try:
        import zstandard  # noqa: PLC0415
    except ImportError:
        pass
    else:
        errors.append(zstandard.ZstdError)
    return tuple(errors)
