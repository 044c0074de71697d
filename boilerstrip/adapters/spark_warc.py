r"""A job for ``spark-submit``: the WARC files of a listing to Parquet, in groups, restartable.

::

    spark-submit "$(python -m boilerstrip.adapters.spark_warc --where)" warc.paths s3a://bucket/clean \
        --prefix s3://commoncrawl/ --group 1000

The listing holds one path a line (``.gz`` or not; local, or anything Spark reads). Each file is a
task, each group of files a Spark job that writes ``OUT/group=00000``; a job that was stopped goes
on at the first group that is not there as a whole.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def main(argv: Sequence[str] | None = None) -> None:
    """Run the job, or say where this file is."""
    parser = argparse.ArgumentParser(prog="spark_warc.py", description="WARC files of a listing to Parquet, on Spark.")
    parser.add_argument("--where", action="store_true", help="print the path of this file, for spark-submit")
    parser.add_argument("listing", nargs="?", help="file of paths, one a line")
    parser.add_argument("out", nargs="?", help="folder for the groups of Parquet files")
    parser.add_argument("--prefix", default="", help="put in front of every path of the listing")
    parser.add_argument("--group", type=int, default=1000, help="files of one job (default: 1000)")
    parser.add_argument("--rules", action="append", default=[], metavar="FILE", help="rule file; repeatable")
    parser.add_argument(
        "--without", action="append", default=[], metavar="NAME", help="filter to switch off; repeatable"
    )
    parser.add_argument("--with-title", action="store_true", help="the headline first in the text")
    parser.add_argument(
        "--isolate", action="store_true", help="a page that kills its worker is a row, not a failed task"
    )
    options = parser.parse_args(argv)
    if options.where:
        sys.stdout.write(f"{Path(__file__).resolve()}\n")
        return
    if not options.out:
        parser.error("LISTING and OUT are needed")
    if options.group < 1:
        parser.error("--group must be 1 or more")
    run(options)


def run(options: argparse.Namespace) -> None:
    """All groups that are not there yet, one Spark job each."""
    from boilerstrip.adapters.spark import warc_rows  # noqa: PLC0415 - --where needs no Spark
    from boilerstrip.extras import need  # noqa: PLC0415
    from boilerstrip.pipeline import Pipeline  # noqa: PLC0415

    spark = need("pyspark.sql", "spark", "this job").SparkSession.builder.appName("boilerstrip").getOrCreate()
    pipeline = Pipeline.default()
    if options.rules:
        pipeline = pipeline.with_rules(*map(Path, options.rules))
    pipeline = pipeline.without(*options.without)
    listing = [row.value.strip() for row in spark.read.text(options.listing).collect()]
    paths = [options.prefix + path for path in listing if path]
    for number, at in enumerate(range(0, len(paths), options.group)):
        folder = f"{options.out.rstrip('/')}/group={number:05}"
        if is_whole(spark, folder):
            continue
        rows = warc_rows(
            spark,
            paths[at : at + options.group],
            pipeline=pipeline,
            with_title=options.with_title,
            isolate=options.isolate,
        )
        rows.write.mode("overwrite").parquet(folder)


def is_whole(spark: Any, folder: str) -> bool:
    """Whether Spark finished writing a folder."""
    path = spark._jvm.org.apache.hadoop.fs.Path(f"{folder}/_SUCCESS")  # noqa: SLF001 - the only way to the file system
    return bool(path.getFileSystem(spark._jsc.hadoopConfiguration()).exists(path))  # noqa: SLF001 - as above


if __name__ == "__main__":
    main()
