"""Readers: every page of every kind of file once, and a report for each record that is broken."""

from __future__ import annotations

import gzip
import io
import json
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crawl_parts import page, url, warc_record, write_warc

from boilerstrip.adapters.http import body_of
from boilerstrip.adapters.inputs import InputFile, files_in, fingerprint, format_of, items_in, sniff
from boilerstrip.adapters.reading import Meter, ReadOptions
from boilerstrip.rows import Item, row_of


def read(path: Path, **options: Any) -> list[Item]:
    (file,) = files_in([str(path)])
    return list(items_in(file, ReadOptions(**options), Meter()))


def errors(items: list[Item]) -> list[str]:
    return [item.error for item in items if item.error is not None]


def numbers(items: list[Item]) -> list[int]:
    """The pages that were read, by the number in their address."""
    return [int(item.url.rpartition("/")[2]) for item in items if item.error is None and item.url]


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(data))


def gz(data: bytes) -> bytes:
    return gzip.compress(data, 1)


def chance(seed: int) -> random.Random:
    """The same accidents every time."""
    return random.Random(seed)  # noqa: S311 - no secrets here


def plain(data: bytes) -> bytes:
    return data


# -------------------------------------------------------------------- WARC

pack_each = pytest.mark.parametrize(
    ("pack", "suffix"), [(plain, ""), (gz, ".gz"), (zstd, ".zst")], ids=["plain", "gzip", "zstd"]
)


@pytest.fixture
def _warc() -> None:
    pytest.importorskip("fastwarc", reason="needs the extra crawl")


@pytest.mark.usefixtures("_warc")
class TestWarc:
    @pack_each
    def test_pages_with_address_and_time(self, pack: Callable[[bytes], bytes], suffix: str, tmp_path: Path) -> None:
        path = tmp_path / f"a.warc{suffix}"
        path.write_bytes(b"".join(pack(warc_record(n)) for n in range(5)))
        items = read(path)
        assert [item.record for item in items] == [f"{path}#{n}" for n in range(5)]
        assert items[3] == Item(
            f"{path}#3", page(3).encode(), url(3), "2026-11-01T00:00:03Z", encoding="utf-8", source="html"
        )

    def test_a_file_compressed_as_one(self, tmp_path: Path) -> None:
        path = tmp_path / "one.warc.gz"
        path.write_bytes(gz(b"".join(warc_record(n) for n in range(5))))
        assert numbers(read(path)) == list(range(5))

    def test_wet_is_text(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc.wet.gz"
        path.write_bytes(gz(warc_record(1, b"A line.\n\n<b> is no tag here.", kind="conversion", mime="text/plain")))
        (item,) = read(path)
        assert (item.source, item.content) == ("text", b"A line.\n\n<b> is no tag here.")
        assert "<b> is no tag here." in row_of(item).text

    def test_what_is_no_page_is_passed_over_and_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        records = [
            warc_record(0),
            warc_record(1, status="301 Moved Permanently"),
            warc_record(2, status="404 Not Found"),
            warc_record(3, mime="image/png"),
            warc_record(4, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            warc_record(5, mime="application/xhtml+xml"),
            warc_record(6, mime="text/html", kind="resource"),
            warc_record(7, b"Some text.", mime="text/plain"),
        ]
        path.write_bytes(b"".join(records))
        meter = Meter()
        items = list(items_in(InputFile(str(path), "warc", 0), ReadOptions(), meter))
        assert numbers(items) == [0, 5, 6, 7]
        assert [item.source for item in items] == ["html", "html", "html", "text"]
        assert meter.skipped == 4

    @pack_each
    def test_reading_goes_on_behind_a_broken_record(
        self, pack: Callable[[bytes], bytes], suffix: str, tmp_path: Path
    ) -> None:
        parts = [pack(warc_record(n)) for n in range(8)]
        parts[3] = parts[3][:20] + b"\xff" * 40 + parts[3][60:]
        path = tmp_path / f"a.warc{suffix}"
        path.write_bytes(b"".join(parts))
        items = read(path)
        assert numbers(items) == [0, 1, 2, 4, 5, 6, 7]
        (error,) = errors(items)
        assert "broken record behind byte " in error or "record of unknown type" in error
        assert [item.record for item in items] == [f"{path}#{n}" for n in range(8)]

    @pack_each
    @pytest.mark.parametrize("cut", [0.1, 0.5, 0.95])
    def test_a_file_that_is_cut_off_says_so(
        self, pack: Callable[[bytes], bytes], suffix: str, cut: float, tmp_path: Path
    ) -> None:
        whole = b"".join(pack(warc_record(n)) for n in range(4))
        last = pack(warc_record(4, chance(1).randbytes(3000).hex().encode()))
        path = tmp_path / f"a.warc{suffix}"
        path.write_bytes(whole + last[: int(len(last) * cut)])
        items = read(path)
        assert numbers(items) == [0, 1, 2, 3]
        assert len(errors(items)) == 1

    @pytest.mark.parametrize(
        ("headers", "body"),
        [
            ("Content-Encoding: gzip\r\n", gz(page(1).encode())),
            ("Content-Encoding: deflate\r\n", zlib.compress(page(1).encode())),
            ("Content-Encoding: gzip\r\n", page(1).encode()),
            ("Content-Encoding: br\r\n", page(1).encode()),
            ("Transfer-Encoding: chunked\r\n", page(1).encode()),
            (
                "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                b"%x\r\n%s\r\n0\r\n\r\n" % (len(gz(page(1).encode())), gz(page(1).encode())),
            ),
        ],
        ids=["gzip", "deflate", "not gzip", "not Brotli", "not chunked", "both"],
    )
    def test_bodies_are_decoded_and_the_next_page_is_found(self, headers: str, body: bytes, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        path.write_bytes(warc_record(0) + warc_record(1, body, headers=headers) + warc_record(2))
        items = read(path)
        assert [item.content for item in items] == [page(n).encode() for n in range(3)]

    def test_pages_above_the_limit_are_reported(self, tmp_path: Path) -> None:
        path = tmp_path / "a.warc"
        bomb = gz(b"<p>" + b"x" * 3_000_000)
        path.write_bytes(
            warc_record(0) + warc_record(1, b"y" * 20_000) + warc_record(2, bomb, headers="Content-Encoding: gzip\r\n")
        )
        items = read(path, max_page=10_000)
        assert numbers(items) == [0]
        assert [error.partition(" is ")[2] for error in errors(items)] == ["larger than the limit of 10,000"] * 2

    def test_no_damage_raises_or_ends_the_reading_early(self, tmp_path: Path) -> None:
        """Bytes changed at random places: all pages but those next to the damage are read."""
        luck = chance(7)
        whole = [gz(warc_record(n)) for n in range(30)]
        for turn in range(40):
            at = luck.randrange(30)
            part = bytearray(whole[at])
            for _ in range(luck.randrange(1, 20)):
                part[luck.randrange(len(part))] = luck.randrange(256)
            path = tmp_path / f"{turn}.warc.gz"
            path.write_bytes(b"".join([*whole[:at], bytes(part), *whole[at + 1 :]]))
            found = set(numbers(read(path)))
            assert found >= {*range(30)} - {at}


# --------------------------------------------------------------------- HTTP


def test_a_body_that_was_cut_off_has_a_beginning() -> None:
    whole = b"".join(b"<p>%d</p>" % n for n in range(50_000))
    packed = gz(whole)
    beginning = body_of(packed[: len(packed) // 2], None, "gzip", 10**9)
    assert len(beginning) > 10_000
    assert whole.startswith(beginning)


def test_raw_deflate_is_read_and_anything_else_left_alone() -> None:
    data = page(1).encode()
    squeeze = zlib.compressobj(wbits=-15)
    assert body_of(squeeze.compress(data) + squeeze.flush(), None, "deflate", 10**9) == data
    assert body_of(data, None, "deflate", 10**9) == data
    assert body_of(data, "identity", "zstd, identity", 10**9) == data


def test_chunks_are_joined() -> None:
    assert body_of(b"3\r\n<p>\r\n5;x=1\r\nhello\r\n0\r\n\r\n", "Chunked", None, 99) == b"<p>hello"
    assert body_of(b"3\r\n<p>\r\n5\r\nhel", "chunked", None, 99) == b"<p>hel"


# --------------------------------------------------------------- JSON lines


@pack_each
def test_json_lines(pack: Callable[[bytes], bytes], suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    rows = [
        {"url": url(0), "html": page(0), "fetch_time": "2026-11-01T00:00:00Z"},
        {"url": url(1), "text": "Flattened text.", "timestamp": 1_790_000_000},
        {"content": page(2), "url": None, "encoding": 7},
    ]
    path.write_bytes(pack(b"\n".join(json.dumps(row).encode() for row in rows) + b"\n\n"))
    assert read(path) == [
        Item(f"{path}#0", page(0), url(0), "2026-11-01T00:00:00Z", source="html"),
        Item(f"{path}#1", "Flattened text.", url(1), "1790000000"),
        Item(f"{path}#2", page(2)),
    ]


def test_fields_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"link": url(1), "raw": "Some text.", "html": "no", "at": "now"}), "utf-8")
    items = read(path, content="raw", url="link", time="at", source="text")
    assert items == [Item(f"{path}#0", "Some text.", url(1), "now", source="text")]


def test_lines_that_are_no_pages_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        '{"html": "<p>x"',
        "[1]",
        '{"url": "https://a.example/1"}',
        '{"html": 7}',
        "[" * 100_000,
        "\xff",
        '{"html": "<p>y"}',
    ]
    path.write_bytes("\n".join(lines).encode("latin-1"))
    items = read(path)
    assert len(errors(items)) == 6
    assert all(error.startswith("broken record: ") for error in errors(items))
    assert items[2].url == "https://a.example/1"
    assert items[6].content == "<p>y"


def test_a_long_line_is_reported_without_being_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"html": "' + "x" * 9_000_000 + '"}\n{"html": "<p>y"}\n', "utf-8")
    items = read(path, max_page=1000)
    assert errors(items) == ["page of 9,000,013 bytes is larger than the limit of 1,000"]
    assert items[1].content == "<p>y"


def test_a_file_whose_compression_breaks_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    first, second = (gz(json.dumps({"html": page(n)}).encode() + b"\n") for n in range(2))
    path.write_bytes(first + second[: len(second) // 2])
    items = read(path)
    assert items[0].content == page(0)
    (error,) = errors(items)
    assert error.startswith("broken file, the rest is lost: ")


# ------------------------------------------------------------------ Parquet


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="needs the extra crawl")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    html = [page(n).encode() if n != 1 else None for n in range(200)]
    parquet.write_table(pa.table({"html": html, "url": [url(n) for n in range(200)], "n": range(200)}), path)
    items = read(path)
    assert len(items) == 200
    assert items[199] == Item(f"{path}#199", page(199).encode(), url(199), source="html")
    assert errors(items) == ["broken record: no page in field html or content or raw_content or body or text"]
    path.write_bytes(path.read_bytes()[:-100])
    (error,) = errors(read(path))
    assert error.startswith("broken file")


# ------------------------------------------------------------ files, folders


def test_a_folder_stands_for_the_files_that_are_pages_in_order(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.txt", "a.HTM", "c.png", "b/x.jsonl.gz", "d.html.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<p>A page.")
    files = list(files_in([str(tmp_path)]))
    assert [Path(f.name).relative_to(tmp_path).as_posix() for f in files] == [
        "a.HTM", "b/1.txt", "b/2.html", "b/x.jsonl.gz", "d.html.gz",
    ]  # fmt: skip
    assert [f.format for f in files] == ["page", "page", "page", "jsonl", "page"]
    assert files[0].size == len(b"<p>A page.")
    (item,) = items_in(files[1], ReadOptions(), Meter())
    assert item == Item(str(tmp_path / "b/1.txt"), b"<p>A page.", source="text")


def test_the_fingerprint_tells_files_apart(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("x")
    before = fingerprint(files_in([str(tmp_path)]))
    assert before == fingerprint(files_in([str(tmp_path)]))
    assert before[1:] == (1, 1)
    (tmp_path / "a.html").write_text("xy")
    assert fingerprint(files_in([str(tmp_path)])) != before


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("CC-MAIN-2026.warc.wet.gz", "warc"),
        ("a.warc.zst", "warc"),
        ("a.ndjson", "jsonl"),
        ("a.parquet", "parquet"),
        ("page.html.gz", "page"),
        ("page", None),
        ("a.gz", None),
    ],
)
def test_formats_by_name(name: str, format: str | None) -> None:
    assert format_of(name) == format


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (warc_record(1), "warc"),
        (gz(warc_record(1)), "warc"),
        (b'\n{"html": ""}', "jsonl"),
        (gz(b'{"html": ""}' * 100_000), "jsonl"),
        (b"PAR1...", "parquet"),
        (b"<!DOCTYPE html>", "page"),
        (gz(b"<!DOCTYPE html>"), "page"),
        (b"", "page"),
        (b"\x1f\x8bnot really", "page"),
    ],
)
def test_formats_by_first_bytes(data: bytes, format: str) -> None:
    assert sniff(io.BufferedReader(io.BytesIO(data))) == format  # type: ignore[arg-type] # BytesIO is raw enough


def test_a_file_that_is_not_there_is_an_error_and_one_that_cannot_be_read_a_report(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(files_in([str(tmp_path / "nope.html")]))
    gone = InputFile(str(tmp_path / "gone.html"), "page", 1)
    (item,) = items_in(gone, ReadOptions(), Meter())
    assert item.error == "cannot be read: No such file or directory"


@pytest.mark.usefixtures("_warc")
def test_a_stream_that_cannot_be_searched_ends_at_its_first_broken_record(tmp_path: Path) -> None:
    from boilerstrip.adapters.warc import warc_items  # noqa: PLC0415

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: Any) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    data = write_warc(tmp_path / "a.warc.gz", range(6)).read_bytes()
    whole = list(warc_items(io.BufferedReader(Stream(data)), "stdin", ReadOptions(), Meter()))  # type: ignore[arg-type]
    assert numbers(whole) == list(range(6))
    third = len(gz(warc_record(0))) + len(gz(warc_record(1))) + 60
    broken = data[:third] + b"\xff" * 60 + data[third + 60 :]
    items = list(warc_items(io.BufferedReader(Stream(broken)), "stdin", ReadOptions(), Meter()))  # type: ignore[arg-type]
    assert numbers(items) == [0, 1]
    assert len(errors(items)) == 1
