"""The output of a run, read back: its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from boilerstrip.adapters.reading import opened, unpacked
from boilerstrip.extras import need
from boilerstrip.rows import FIELDS, Row

_ROWS = 256


def rows_in(path: Path) -> Iterator[Row]:
    """The rows of an output: a file of JSON lines (plain, gzip, zstd), a Parquet file, a folder of them.

    Raises OSError, and ValueError for what is no output of a run.
    """
    if path.is_dir():
        parts = sorted(part for part in path.glob("*.parquet") if not part.name.startswith((".", "_")))
        if not parts:
            raise ValueError(f"{path} holds no Parquet files")
        for part in parts:
            yield from _parquet(part)
    elif path.suffix == ".parquet":
        yield from _parquet(path)
    else:
        decoder = msgspec.json.Decoder(Row)
        with opened(str(path)) as raw:
            for line in unpacked(raw):
                yield decoder.decode(line)


def _parquet(path: Path) -> Iterator[Row]:
    parquet = need("pyarrow.parquet", "crawl", "reading Parquet")
    counts = [name for name, kind in FIELDS.items() if kind == "counts"]
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=_ROWS):
            for record in batch.to_pylist():
                for name in counts:
                    record[name] = dict(record.get(name) or ())
                yield msgspec.convert(record, Row)
