"""Spark: a column function, a table of pages to a table of rows, WARC files to a table of rows.

The pipeline, with its rule files, is broadcast: it goes to each executor once, and is put
together once in each Python worker. boilerstrip and its extra ``spark`` must be installed on the
executors. No function here moves rows between executors.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Literal

from boilerstrip.adapters import parquet
from boilerstrip.adapters.inputs import InputFile, format_of, items_in
from boilerstrip.adapters.reading import Meter, ReadOptions
from boilerstrip.api import clean
from boilerstrip.extras import need
from boilerstrip.pipeline import Pipeline
from boilerstrip.pool import Lost, Pool
from boilerstrip.rows import FIELDS, Item, Row, error_row, row_of

_functions = need("pyspark.sql.functions", "spark", "the adapter for Spark")
_serializers = need("pyspark.serializers", "spark", "the adapter for Spark")

# Pages that are in Python's memory at a time.
_PAGES = 32
_TYPES = {"string": "string", "int": "int", "counts": "map<string,int>", "strings": "array<string>"}
_SECONDS = 60.0

Source = Literal["html", "text"]


def clean_udf(
    spark: Any, *, pipeline: Pipeline | None = None, with_title: bool = False, source: Source | None = None
) -> Callable[..., Any]:
    """A function of columns: ``frame.select(clean_udf(spark)("html", "url"))`` gives the article text.

    It takes the column of the pages (string or binary) and, optionally, that of their addresses.
    A null page gives null.
    """
    shared = _Shared(spark, pipeline)

    def cleaned(page: Any, url: str | None = None) -> str | None:
        if page is None:
            return None
        page = bytes(page) if isinstance(page, bytearray) else page
        return clean(page, url=url, source=source, pipeline=shared.pipeline(), with_title=with_title)

    made: Callable[..., Any] = _functions.udf(cleaned, "string")
    return made


def extract_pages(
    frame: Any,
    *,
    content: str = "html",
    url: str | None = "url",
    time: str | None = None,
    encoding: str | None = None,
    keep: Sequence[str] = (),
    pipeline: Pipeline | None = None,
    with_title: bool = False,
    source: Source | None = None,
    isolate: bool = False,
) -> Any:
    """A DataFrame of pages to one of rows: what ``boilerstrip run`` writes, without ``record``.

    content, url, time, encoding  columns of the page (string or binary), its address, the time it
                                  was fetched, the charset of its HTTP header; None: there is none
    keep                          columns that are taken over, in front
    isolate                       work in a process of its own, so that a page that kills it is a row
                                  with an error and no failed task

    Pages come in batches of ``spark.sql.execution.arrow.maxRecordsPerBatch`` rows, 10,000 unless
    told otherwise: set it to some hundreds where pages are large.
    """
    spark = frame.sparkSession
    columns = [c for c in (content, url, time, encoding) if c is not None]
    wanted = list(dict.fromkeys([*keep, *columns]))
    missing = [name for name in wanted if name not in frame.columns]
    if missing:
        raise ValueError(f"frame has no column {', '.join(missing)}; it has {', '.join(frame.columns)}")
    types = need("pyspark.sql.types", "spark", "the adapter for Spark")
    schema = types.StructType(
        [*(frame.schema[name] for name in keep), *types.StructType.fromDDL(_ddl("record")).fields]
    )
    cleaned = _Cleaned(_Shared(spark, pipeline), with_title=with_title, isolate=isolate)

    def rows(batches: Iterable[Any]) -> Iterator[Any]:
        pa = need("pyarrow", "spark", "the adapter for Spark")
        for batch in batches:
            for at in range(0, batch.num_rows, _PAGES):
                part = batch.slice(at, _PAGES)
                items = [
                    Item("", _page(r[content]), _get(r, url), _text(_get(r, time)), _get(r, encoding), source)
                    for r in part.select(columns).to_pylist()
                ]
                made = parquet.record_batch(list(cleaned(items)))
                arrays = [*(part.column(name) for name in keep), *made.columns[1:]]
                yield pa.RecordBatch.from_arrays(arrays, names=[*keep, *made.schema.names[1:]])

    return frame.select(*wanted).mapInArrow(rows, schema)


def warc_rows(
    spark: Any,
    paths: Sequence[str],
    *,
    reading: ReadOptions | None = None,
    pipeline: Pipeline | None = None,
    with_title: bool = False,
    isolate: bool = False,
) -> Any:
    """WARC or WET files (or JSON lines, Parquet) to a DataFrame of rows; each file is one task.

    paths    local to all executors, or URLs such as ``s3://…`` that fsspec opens
    isolate  as in ``extract_pages``

    A file that cannot be read is a row with an error.
    """
    options = reading or ReadOptions()
    cleaned = _Cleaned(_Shared(spark, pipeline), with_title=with_title, isolate=isolate)

    def rows(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for path in batch.column(0).to_pylist():
                found = cleaned(_items(path, options))
                while some := list(islice(found, _PAGES)):
                    yield parquet.record_batch(some)

    files = spark.sparkContext.parallelize([(path,) for path in paths], max(1, len(paths)))
    return spark.createDataFrame(files, "path string").mapInArrow(rows, _ddl())


class _Shared:
    """A pipeline that goes to each executor once."""

    def __init__(self, spark: Any, pipeline: Pipeline | None) -> None:
        # As bytes: Spark's own pickling of broadcasts does not know filters of the caller's script.
        data = _serializers.CloudPickleSerializer().dumps(pipeline or Pipeline.default())
        try:
            self._held = spark.sparkContext.broadcast(data)
        except Exception:  # noqa: BLE001 - over Spark Connect there are no broadcasts; the error is not always the same
            self._held = _Plain(data)

    def pipeline(self) -> Pipeline:
        return _unpickled(self._held.value)


class _Plain:
    def __init__(self, value: bytes) -> None:
        self.value = value


@lru_cache(maxsize=8)
def _unpickled(data: bytes) -> Pipeline:
    """Put together once in a Python worker, however many tasks it does."""
    pipeline: Pipeline = _serializers.CloudPickleSerializer().loads(data)
    return pipeline


class _Cleaned:
    """Items to rows, here or in a process that may die."""

    def __init__(self, shared: _Shared, *, with_title: bool, isolate: bool) -> None:
        self._shared = shared
        self._with_title = with_title
        self._isolate = isolate

    def __call__(self, items: Iterable[Item]) -> Iterator[Row]:
        pipeline = self._shared.pipeline()
        if not self._isolate:
            return (row_of(item, pipeline, with_title=self._with_title) for item in items)
        return _isolated(items, partial(_rows, pipeline=pipeline, with_title=self._with_title))


def _rows(items: Sequence[Item], *, pipeline: Pipeline, with_title: bool) -> list[Row]:
    return [row_of(item, pipeline, with_title=with_title) for item in items]


def _isolated(items: Iterable[Item], function: Callable[[Sequence[Item]], list[Row]]) -> Iterator[Row]:
    source = iter(items)
    batches = iter(lambda: list(islice(source, _PAGES)), [])
    with Pool[Item, "list[Row]"](function, 1, timeout=_SECONDS) as pool:
        for batch in pool.map(batches):
            for part in batch.parts:
                if isinstance(part, Lost):
                    yield error_row(batch.pages[part.index], part.why)
                else:
                    yield from part


def _items(path: str, options: ReadOptions) -> Iterator[Item]:
    """The pages of a file that lies anywhere."""
    if "://" not in path:
        return items_in(InputFile(path, format_of(path), 0), options, Meter())
    return _remote(path, options)


def _remote(path: str, options: ReadOptions) -> Iterator[Item]:
    fsspec = need("fsspec", "spark", "reading from a URL")
    try:
        with fsspec.open(path, "rb") as file, io.BufferedReader(file, 1 << 20) as raw:
            yield from items_in(InputFile(path, format_of(path) or "warc", 0), options, Meter(), raw)
    except Exception as error:  # noqa: BLE001 - every storage has its own; a file that fails is a row
        yield Item(f"{path}#0", None, error=f"cannot be read: {type(error).__name__}: {error}")


def _ddl(*without: str) -> str:
    """The columns of a row as Spark writes a schema."""
    return ", ".join(f"{name} {_TYPES[kind]}" for name, kind in FIELDS.items() if name not in without)


def _page(value: Any) -> bytes | str | None:
    return bytes(value) if isinstance(value, bytearray) else value


def _get(record: dict[str, Any], column: str | None) -> Any:
    return None if column is None else record[column]


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
