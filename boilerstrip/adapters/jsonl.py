"""JSON lines, plain, gzip or zstd: one object a line with the page in one of its fields."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

import msgspec

from boilerstrip.adapters.reading import (
    CONTENT_FIELDS,
    TIME_FIELDS,
    Meter,
    ReadOptions,
    read_errors,
    text_or_bytes,
    too_large,
    unpacked,
)
from boilerstrip.rows import Item

# What a line holds beside the page. A longer line is not taken into memory.
_BESIDE = 4_000_000
# JSON writes a character in up to six bytes.
_LONGEST = 6


def jsonl_items(raw: io.BufferedReader, name: str, options: ReadOptions, meter: Meter) -> Iterator[Item]:
    """The pages of a file of JSON lines, one item a line that is not blank; nothing raises."""
    longest = options.max_page * _LONGEST + _BESIDE
    decoder = msgspec.json.Decoder()
    number = 0
    seekable = raw.seekable()
    try:
        lines = unpacked(raw)
        while line := lines.readline(longest):
            label = f"{name}#{number}"
            if seekable:
                meter.at = raw.tell()
            if len(line) >= longest and not line.endswith(b"\n"):
                size = len(line) + _pass_over(lines, longest)
                number += 1
                yield too_large(label, size, options.max_page)
                continue
            if not line.strip():
                continue
            number += 1
            try:
                record = decoder.decode(line)
            except (ValueError, RecursionError) as error:
                yield Item(label, None, error=f"broken record: {error}")
                continue
            yield item_of(record, label, options)
    except read_errors() as error:
        yield Item(f"{name}#{number}", None, error=f"broken file, the rest is lost: {error}")


def item_of(record: Any, label: str, options: ReadOptions) -> Item:
    """The page in a mapping of fields, be it a JSON object or a row of a table."""
    if not isinstance(record, dict):
        return Item(label, None, error=f"broken record: an object is needed, not {type(record).__name__}")
    url = record.get(options.url)
    url = url if isinstance(url, str) else None
    if options.content is not None:
        field = options.content if options.content in record else None
    else:
        field = next((f for f in CONTENT_FIELDS if text_or_bytes(record.get(f)) is not None), None)
    content = text_or_bytes(record.get(field)) if field is not None else None
    if content is None:
        wanted = options.content or " or ".join(CONTENT_FIELDS)
        return Item(label, None, url=url, error=f"broken record: no page in field {wanted}")
    if len(content) > options.max_page:
        return too_large(label, len(content), options.max_page, url)
    encoding = record.get(options.encoding)
    times = (options.time,) if options.time else TIME_FIELDS
    time = next((record[t] for t in times if record.get(t) is not None), None)
    return Item(
        label,
        content,
        url=url,
        fetch_time=None if time is None else str(time),
        encoding=encoding if isinstance(encoding, str) else None,
        source="html" if field == "html" and options.source is None else options.source,
    )


def _pass_over(lines: IO[bytes], block: int) -> int:
    """Read to the end of a line without keeping it; how long the rest was."""
    size = 0
    while part := lines.readline(block):
        size += len(part)
        if part.endswith(b"\n"):
            break
    return size
