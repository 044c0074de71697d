"""Spark in local mode: the same as ``clean()`` and ``row_of()``, row by row, Parquet in and out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from crawl_parts import page, pipeline, url, write_warc

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.rows import FIELDS, Item, Row, row_of
from boilerstrip.run.output import rows_in

pytest.importorskip("pyspark", reason="needs the extra spark")
pytest.importorskip("pyarrow", reason="needs the extra spark")
pytest.importorskip("pandas", reason="needs the extra spark")
if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
    pytest.skip("no Java here", allow_module_level=True)

# Spark's own: sockets it leaves open, things it will change.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    patch = pytest.MonkeyPatch()
    patch.setenv("PYSPARK_PYTHON", sys.executable)
    patch.setenv("PYTHONPATH", os.pathsep.join(p for p in sys.path if p))
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    patch.undo()


def records(count: int = 100) -> list[dict[str, Any]]:
    """Rows of pages, with a hole, a page of bytes that are no UTF-8, and one that is empty."""
    rows: list[dict[str, Any]] = [{"id": n, "html": page(n).encode(), "url": url(n)} for n in range(count)]
    rows[3]["html"] = None
    rows[4]["html"] = "Мост на Мельничной улице закроют в марте, решил совет во вторник.".encode("koi8-r")
    rows[5]["html"] = b""
    return rows


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = tmp_path_factory.mktemp("table") / "pages.parquet"
    pq.write_table(pa.Table.from_pylist(records()), path)
    return path


def test_the_column_function_gives_what_clean_gives(spark: Any, table: Path) -> None:
    from boilerstrip.adapters.spark import clean_udf  # noqa: PLC0415

    frame = spark.read.parquet(str(table))
    text = clean_udf(spark, with_title=True)
    found = {r["id"]: r["text"] for r in frame.select("id", text("html", "url").alias("text")).collect()}
    assert found == {
        r["id"]: None if r["html"] is None else boilerstrip.clean(r["html"], url=r["url"], with_title=True)
        for r in records()
    }
    assert found[9].startswith("Bridge 9 to close\n\n")
    strings = spark.createDataFrame([(page(1),)], "html string")
    assert strings.select(clean_udf(spark)("html")).first()[0] == boilerstrip.clean(page(1))


def test_a_table_of_pages_becomes_a_table_of_rows(spark: Any, table: Path, tmp_path: Path) -> None:
    from boilerstrip.adapters.spark import extract_pages  # noqa: PLC0415

    frame = extract_pages(spark.read.parquet(str(table)).repartition(3), keep=["id"])
    assert frame.columns == ["id", *(name for name in FIELDS if name != "record")]
    frame.write.parquet(str(tmp_path / "out"))
    found = {row["id"]: row.asDict(recursive=True) for row in spark.read.parquet(str(tmp_path / "out")).collect()}
    assert len(found) == 100
    for r in records():
        expected = {"id": r["id"], **msgspec.structs.asdict(row_of(Item("", r["html"], r["url"])))}
        del expected["record"]
        assert found[r["id"]] == expected
    assert found[3]["error"] == "no content"
    assert found[9]["removed_lines"]["byline"] == 1


def test_filters_and_rules_of_the_callers_go_along(spark: Any) -> None:
    from boilerstrip.adapters.spark import clean_udf  # noqa: PLC0415

    def shorter(page: boilerstrip.Page) -> Iterator[boilerstrip.Decision]:
        for line in page.lines:
            if line.text.startswith("Bridge number"):
                yield boilerstrip.Decision([line.index], boilerstrip.Evidence("rule", "mine"))

    mine = Pipeline.default().adding(shorter).with_rules('[drop.detour]\nstart = "Drivers will be sent"\nprose = true')
    frame = spark.createDataFrame([(page(1),)], "html string")
    assert boilerstrip.clean(page(1), pipeline=mine) == ""
    assert frame.select(clean_udf(spark, pipeline=mine)("html")).first()[0] == ""


def test_the_pipeline_is_broadcast(spark: Any) -> None:
    from boilerstrip.adapters.spark import _Shared, _unpickled  # noqa: PLC0415

    shared = _Shared(spark, None)
    assert type(shared._held).__name__ == "Broadcast"
    assert shared.pipeline() == Pipeline.default()
    assert _unpickled(shared._held.value) is shared.pipeline()


def test_missing_columns_are_named(spark: Any) -> None:
    from boilerstrip.adapters.spark import extract_pages  # noqa: PLC0415

    frame = spark.createDataFrame([(1, "x")], "id int, page string")
    with pytest.raises(ValueError, match="frame has no column html, url; it has id, page"):
        extract_pages(frame)


def test_warc_files_become_rows(spark: Any, tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="needs the extra spark")
    from boilerstrip.adapters.spark import warc_rows  # noqa: PLC0415

    one = write_warc(tmp_path / "a.warc.gz", range(50))
    two = write_warc(tmp_path / "b.warc.gz", range(50, 80), {60: b""})
    gone = tmp_path / "gone.warc.gz"
    frame = warc_rows(spark, [str(one), str(gone), f"file://{two}"])
    found = {row["record"]: row.asDict(recursive=True) for row in frame.collect()}
    assert len(found) == 81
    assert found.pop(f"{gone}#0")["error"] == "cannot be read: No such file or directory"
    for record, row in found.items():
        number = int(row["url"].rpartition("/")[2])
        body = b"" if number == 60 else page(number).encode()
        item = Item(record, body, url(number), f"2026-11-01T00:00:{number % 60:02}Z", "utf-8", "html")
        assert row == msgspec.structs.asdict(row_of(item))


def test_a_page_that_kills_its_process_is_a_row_if_told_so(spark: Any) -> None:
    from boilerstrip.adapters.spark import extract_pages  # noqa: PLC0415

    pages = [(n, page(n)) for n in range(6)]
    pages[2] = (2, "KILL")
    frame = spark.createDataFrame(pages, "id int, html string").coalesce(1)
    rows = extract_pages(frame, url=None, keep=["id"], pipeline=pipeline(), isolate=True).collect()
    assert {row["id"]: row["error"] for row in rows if row["error"]} == {2: "worker was killed by SIGKILL"}
    assert all(row["text"] for row in rows if row["id"] != 2)


def test_the_job_for_a_listing_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="needs the extra spark")
    for n in range(3):
        write_warc(tmp_path / f"{n}.warc.gz", range(10 * n, 10 * n + 10))
    listing = tmp_path / "warc.paths"
    listing.write_text("0.warc.gz\n1.warc.gz\n2.warc.gz\n", "utf-8")
    out = tmp_path / "out"
    where = subprocess.run(
        [sys.executable, "-m", "boilerstrip.adapters.spark_warc", "--where"], capture_output=True, text=True, check=True
    ).stdout.strip()
    command = ["spark-submit", "--master", "local[2]", "--conf", "spark.ui.enabled=false", where]
    command += [str(listing), str(out), "--prefix", f"{tmp_path}/", "--group", "2"]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}

    def submit() -> list[Row]:
        done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return [row for group in sorted(out.glob("group=*")) for row in rows_in(group)]

    rows = submit()
    assert sorted(row.url or "" for row in rows) == sorted(url(n) for n in range(30))
    assert all(row.text for row in rows)
    first, second = (out / "group=00000", out / "group=00001")
    before = sorted(first.iterdir())
    (second / "_SUCCESS").unlink()
    shutil.rmtree(second)
    assert len(submit()) == 30
    assert sorted(first.iterdir()) == before


def test_the_code_of_the_documentation_runs(
    spark: Any, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).resolve().parent.parent / "docs/spark.md").read_text("utf-8").partition("\n## datatrove")[0]
    blocks = re.findall(r"^```py\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    shutil.copy(table, tmp_path / "pages.parquet")
    write_warc(tmp_path / "crawl.warc.gz", range(5))
    monkeypatch.chdir(tmp_path)
    # Spark's own working folder is where it was started: names as they stand in the text, made absolute.
    code = re.sub(
        r'"((?:\w+\.parquet)|crawl\.warc\.gz)"', lambda name: repr(str(tmp_path / name[1])), "\n".join(blocks)
    )
    exec(compile(code, "spark.md", "exec"), {"spark": spark})  # noqa: S102 - our own text
    assert spark.read.parquet(str(tmp_path / "articles.parquet")).count() >= 95
    assert spark.read.parquet(str(tmp_path / "rows.parquet")).count() == 5
    assert set(spark.read.parquet(str(tmp_path / "texts.parquet")).columns) == {"id", "url", "text"}
