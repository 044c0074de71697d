"""Where rows go: one file of JSON lines, standard output, or a folder of Parquet parts.

A sink takes batches that a worker has encoded, in the order in which they are to be written.
``commit`` makes what was written last and gives a number that ``restore`` can go back to: the
size of the file, the count of finished parts.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import msgspec

from boilerstrip.adapters import parquet
from boilerstrip.extras import need
from boilerstrip.rows import Row
from boilerstrip.run.journal import sync_folder, write_all

Format = Literal["jsonl", "jsonl.gz", "jsonl.zst", "parquet"]
STDOUT = "-"

# Compression of text at a tenth of what the cleaning costs.
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
# A row group is what a reader of the Parquet file holds in memory at least.
_GROUP_ROWS = 5_000
_GROUP_BYTES = 32_000_000
_COMMIT_SECONDS = 1.0


class Sink(Protocol):
    """The output of a run."""

    def restore(self, state: int) -> None:
        """Go back to what was committed; 0 is an empty output."""

    def write(self, data: bytes) -> None:
        """One encoded batch."""

    def commit(self, *, last: bool = False) -> int | None:
        """Make what was written last, all of it or nothing (None: it is not time yet)."""

    def close(self) -> None:
        """Let go; what is not committed may be lost."""


def encoder(format: Format) -> Callable[[Sequence[Row]], bytes]:
    """What turns rows into the bytes that the sink of a format takes; done in the workers.

    Compressed batches are whole gzip members or zstd frames: files of many are valid, and a
    file can be cut between any two.
    """
    if format == "parquet":
        need("pyarrow", "crawl", "writing Parquet")
        return parquet.packed
    if format == "jsonl.gz":
        return lambda rows: gzip.compress(_lines(rows), _GZIP_LEVEL, mtime=0)
    if format == "jsonl.zst":
        compress = need("zstandard", "crawl", "writing zstd").ZstdCompressor(level=_ZSTD_LEVEL).compress
        return lambda rows: bytes(compress(_lines(rows)))
    return _lines


def format_of(out: str) -> Format | None:
    """The format that the name of an output speaks of."""
    name = out.rstrip("/").lower()
    if name == STDOUT or name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if name.endswith((".jsonl.gz", ".ndjson.gz")):
        return "jsonl.gz"
    if name.endswith((".jsonl.zst", ".ndjson.zst", ".jsonl.zstd", ".ndjson.zstd")):
        return "jsonl.zst"
    return "parquet" if name.endswith(".parquet") else None


def open_sink(out: str, format: Format, part_rows: int) -> Sink:
    """The sink for an output. Raises OSError."""
    if out == STDOUT:
        return StdoutSink()
    return PartsSink(Path(out), part_rows) if format == "parquet" else FileSink(Path(out))


def journal_of(out: str) -> Path:
    """Where the journal of an output lies: beside it."""
    path = Path(out.rstrip("/"))
    return path.with_name(path.name + ".journal")


def is_new(out: str) -> bool:
    """Whether there is nothing in the place of an output yet."""
    path = Path(out)
    if path.is_dir():
        return not any(path.iterdir())
    return not path.exists() or not path.stat().st_size


class FileSink:
    """One file that grows; its state is its size. Commits once a second: each waits for the disk."""

    def __init__(self, path: Path) -> None:
        self._committed = time.monotonic()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        self._size = os.fstat(self._descriptor).st_size
        sync_folder(path.parent)

    def restore(self, state: int) -> None:
        size = os.fstat(self._descriptor).st_size
        if size < state:
            raise ValueError(f"the output has {size:,} bytes, its journal speaks of {state:,}: it was changed")
        os.ftruncate(self._descriptor, state)
        os.lseek(self._descriptor, state, os.SEEK_SET)
        self._size = state

    def write(self, data: bytes) -> None:
        write_all(self._descriptor, data)
        self._size += len(data)

    def commit(self, *, last: bool = False) -> int | None:
        now = time.monotonic()
        if now - self._committed < _COMMIT_SECONDS and not last:
            return None
        self._committed = now
        os.fsync(self._descriptor)
        return self._size

    def close(self) -> None:
        os.close(self._descriptor)


class StdoutSink:
    """Standard output: written and gone, nothing to go back to."""

    def restore(self, state: int) -> None:
        """There is nothing to go back to."""

    def write(self, data: bytes) -> None:
        sys.stdout.buffer.write(data)

    def commit(self, *, last: bool = False) -> int | None:  # noqa: ARG002 - there is never a reason to wait
        sys.stdout.buffer.flush()
        return 0

    def close(self) -> None:
        """It is not ours to close."""


class PartsSink:
    """A folder of Parquet files ``part-00000.parquet`` …; its state is how many are finished.

    A part is written under a hidden name, which readers of such folders pass over, and gets its
    own when it is whole.
    """

    def __init__(self, folder: Path, part_rows: int) -> None:
        self._folder = folder
        self._part_rows = part_rows
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
        self._parts = 0
        self._writer: Any = None
        self._tables: list[Any] = []
        self._waiting = self._waiting_bytes = self._rows = 0

    def restore(self, state: int) -> None:
        self._drop()
        for path in self._folder.glob(".part-*.parquet"):
            path.unlink()
        for path in self._folder.glob("part-*.parquet"):
            # What is called otherwise is not ours.
            digits = path.stem.removeprefix("part-")
            if digits.isdigit() and int(digits) >= state:
                path.unlink()
        missing = [part for part in range(state) if not self._path(part).exists()]
        if missing:
            raise ValueError(f"{self._path(missing[0]).name} is missing from the output: it was changed")
        self._parts = state

    def write(self, data: bytes) -> None:
        table = parquet.unpacked(data)
        self._tables.append(table)
        self._waiting += table.num_rows
        self._waiting_bytes += table.nbytes
        self._rows += table.num_rows
        if self._waiting >= _GROUP_ROWS or self._waiting_bytes >= _GROUP_BYTES:
            self._write_group()

    def commit(self, *, last: bool = False) -> int | None:
        if self._rows < self._part_rows and not last:
            return None
        if self._rows:
            self._write_group()
            self._writer.close()
            self._writer = None
            hidden = self._hidden()
            with hidden.open("rb") as file:
                os.fsync(file.fileno())
            hidden.rename(self._path(self._parts))
            sync_folder(self._folder)
            self._parts += 1
            self._rows = 0
        return self._parts

    def close(self) -> None:
        self._drop()

    def _write_group(self) -> None:
        if not self._tables:
            return
        pa = need("pyarrow", "crawl", "writing Parquet")
        if self._writer is None:
            pq = need("pyarrow.parquet", "crawl", "writing Parquet")
            self._writer = pq.ParquetWriter(self._hidden(), parquet.schema(), compression="zstd")
        self._writer.write_table(pa.concat_tables(self._tables), row_group_size=_GROUP_ROWS)
        self._tables.clear()
        self._waiting = self._waiting_bytes = 0

    def _drop(self) -> None:
        """Forget the part that is not finished."""
        writer, self._writer = self._writer, None
        self._tables.clear()
        self._waiting = self._waiting_bytes = self._rows = 0
        if writer is not None:
            with contextlib.suppress(OSError):  # on a full disk; the file goes anyway
                writer.close()
            self._hidden().unlink(missing_ok=True)

    def _hidden(self) -> Path:
        return self._folder / f".part-{self._parts:05}.parquet"

    def _path(self, part: int) -> Path:
        return self._folder / f"part-{part:05}.parquet"


_encode = msgspec.json.Encoder().encode_lines


def _lines(rows: Sequence[Row]) -> bytes:
    return _encode(rows)
