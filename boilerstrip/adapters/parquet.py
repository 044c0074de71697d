"""Parquet and Arrow: pages out of tables, rows into tables. pyarrow does the work."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from boilerstrip.adapters.jsonl import item_of
from boilerstrip.adapters.reading import CONTENT_FIELDS, TIME_FIELDS, Meter, ReadOptions
from boilerstrip.extras import need
from boilerstrip.rows import FIELDS, Item, Row

# Rows that are in memory at a time; pages are a hundred times larger than what tables mostly hold.
_ROWS = 64


def parquet_items(raw: io.BufferedReader, name: str, options: ReadOptions, meter: Meter) -> Iterator[Item]:
    """The pages of a Parquet file, one item a row; a row group that is broken ends the file with a report."""
    pa = need("pyarrow", "crawl", "reading Parquet")
    parquet = need("pyarrow.parquet", "crawl", "reading Parquet")
    number = 0
    try:
        file = parquet.ParquetFile(raw, memory_map=False, pre_buffer=False)
        wanted = {options.url, options.time, options.encoding, options.content, *TIME_FIELDS}
        if options.content is None:
            wanted |= set(CONTENT_FIELDS)
        columns = [column for column in file.schema_arrow.names if column in wanted]
        size = raw.seek(0, io.SEEK_END)
        total = file.metadata.num_rows
        for batch in file.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
            for record in batch.to_pylist():
                item = item_of(record, f"{name}#{number}", options)
                number += 1
                yield item
            meter.at = size * number // max(1, total)
    except (OSError, pa.ArrowException) as error:
        yield Item(f"{name}#{number}", None, error=f"broken file, the rest is lost: {error}")


def schema() -> Any:
    """The Arrow schema of a table of rows."""
    pa = need("pyarrow", "crawl", "writing Parquet")
    types = {
        "string": pa.string(),
        "int": pa.int32(),
        "counts": pa.map_(pa.string(), pa.int32()),
        "strings": pa.list_(pa.string()),
    }
    never_null = {"record", "text"}
    return pa.schema([pa.field(n, types[kind], nullable=n not in never_null) for n, kind in FIELDS.items()])


def record_batch(rows: Iterable[Row]) -> Any:
    """Rows as an Arrow record batch."""
    pa = need("pyarrow", "crawl", "writing Parquet")
    return pa.RecordBatch.from_pylist([_flat(row) for row in rows], schema())


def _flat(row: Row) -> dict[str, Any]:
    record = msgspec.structs.asdict(row)
    for field, kind in FIELDS.items():
        if kind == "counts":
            record[field] = list(record[field].items())
    return record


def packed(rows: Sequence[Row]) -> bytes:
    """Rows as bytes that ``unpacked`` reads without copying: how a worker hands them over."""
    pa = need("pyarrow", "crawl", "writing Parquet")
    batch = record_batch(rows)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def unpacked(data: bytes) -> Any:
    """The Arrow table that ``packed`` made."""
    pa = need("pyarrow", "crawl", "writing Parquet")
    with pa.ipc.open_stream(data) as stream:
        return stream.read_all()
