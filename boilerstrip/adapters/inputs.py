"""What the arguments of a run stand for: files, folders, standard input, each with its format."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from boilerstrip.adapters.jsonl import jsonl_items
from boilerstrip.adapters.parquet import parquet_items
from boilerstrip.adapters.reading import Meter, ReadOptions, opened, read_errors, too_large, unpacked
from boilerstrip.adapters.warc import warc_items
from boilerstrip.rows import Item

STDIN = "-"
_PACKED = (".gz", ".zst", ".zstd")
_FORMATS = {
    ".warc": "warc",
    ".wet": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonlines": "jsonl",
    ".parquet": "parquet",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".txt": "page",
}


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to be read.

    name    its path, or ``-`` for standard input
    format  warc | jsonl | parquet | page | None: its first bytes will tell
    size    in bytes; 0 where nobody knows
    """

    name: str
    format: str | None
    size: int


def files_in(arguments: Iterable[str]) -> Iterator[InputFile]:
    """The files of a run in an order that is the same every time.

    A folder stands for the files below it whose names say what they are; a file that is named
    itself is taken whatever its name. Raises OSError for what is not there.
    """
    for argument in arguments:
        if argument == STDIN:
            yield InputFile(STDIN, None, 0)
        elif os.path.isdir(argument):  # noqa: PTH112 - the argument as it stands
            yield from _below(argument)
        else:
            yield InputFile(argument, format_of(argument), os.stat(argument).st_size)  # noqa: PTH116 - as above


def format_of(name: str) -> str | None:
    """The format that a file's name speaks of, if any."""
    suffixes = Path(name).suffixes
    while suffixes and suffixes[-1].lower() in _PACKED:
        suffixes.pop()
    return _FORMATS.get(suffixes[-1].lower()) if suffixes else None


def fingerprint(files: Iterable[InputFile]) -> tuple[str, int, int]:
    """(a digest of names and sizes, how many files, bytes in all)."""
    digest = hashlib.sha256()
    count = total = 0
    for file in files:
        digest.update(f"{file.name}\0{file.size}\n".encode("utf-8", "surrogateescape"))
        count += 1
        total += file.size
    return digest.hexdigest()[:32], count, total


def items_in(
    file: InputFile, options: ReadOptions, meter: Meter, stream: io.BufferedReader | None = None
) -> Iterator[Item]:
    """The pages of a file in order; a file that cannot be read gives one report.

    stream  the file, where it is open already
    """
    name = "stdin" if file.name == STDIN else file.name
    try:
        with opened(file.name, _stdin() if file.name == STDIN else stream) as raw:
            yield from _READERS[file.format or sniff(raw)](raw, name, options, meter)
    except OSError as error:
        yield Item(f"{name}#0", None, error=f"cannot be read: {error.strerror or error}")


def sniff(raw: io.BufferedReader) -> str:
    """The format of a stream by its first bytes; a page if they say nothing else."""
    head = raw.peek(1 << 16)
    if head.startswith(b"PAR1"):
        return "parquet"
    try:
        start = unpacked(io.BufferedReader(cast("io.RawIOBase", io.BytesIO(head)))).read(64)
    except read_errors():
        start = head  # compressed, and cut where the look ends
    start = start.lstrip()
    if start.startswith(b"WARC/"):
        return "warc"
    return "jsonl" if start.startswith(b"{") else "page"


def _page(raw: io.BufferedReader, name: str, options: ReadOptions, meter: Meter) -> Iterator[Item]:
    """A file that is one page; ``.gz`` and ``.zst`` are unpacked."""
    try:
        data = unpacked(raw).read(options.max_page + 1)
    except read_errors() as error:
        yield Item(name, None, error=f"broken file: {error}")
        return
    meter.at = len(data)
    if len(data) > options.max_page:
        yield too_large(name, len(data), options.max_page)
    else:
        source = options.source or ("text" if ".txt" in Path(name).suffixes else None)
        yield Item(name, data, source=source)


_READERS = {"warc": warc_items, "jsonl": jsonl_items, "parquet": parquet_items, "page": _page}


def _below(folder: str) -> Iterator[InputFile]:
    """Files below a folder in the order of their names; links to folders are not followed."""
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        else:
            kind = format_of(entry.name)
            if kind is not None and entry.is_file():
                yield InputFile(entry.path, kind, entry.stat().st_size)


def _stdin() -> io.BufferedReader:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return cast("io.BufferedReader", sys.stdin.buffer)
