"""Extras: loaded by whoever needs them and by nobody else; missing ones are named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from boilerstrip.extras import MissingExtraError, need

HEAVY = (
    "asyncio multiprocessing concurrent datatrove fastwarc numpy pandas pyarrow pyspark rich scrapy scrapy_poet twisted"
)


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_and_cleaning_load_no_extra() -> None:
    code = f"""
import sys, boilerstrip
assert boilerstrip.clean("<p>A page.</p>") == "A page."
heavy = set({HEAVY.split()!r})
print(sorted({{name.partition(".")[0] for name in sys.modules}} & heavy))
"""
    assert python(code) == "[]"


def test_a_missing_library_is_named_with_what_to_install() -> None:
    with pytest.raises(MissingExtraError) as caught:
        need("fastwark.warc", "crawl", "reading WARC files")
    message = str(caught.value)
    assert message.startswith("reading WARC files needs fastwark")
    assert message.endswith("install it with: pip install 'boilerstrip[crawl]'")
    assert isinstance(caught.value, ImportError)


@pytest.mark.parametrize(
    ("module", "extra", "call"),
    [
        ("fastwarc", "crawl", "run page.warc -o out.jsonl"),
        ("pyarrow", "crawl", "run page.html -o out.parquet"),
        ("pyarrow", "crawl", "run page.parquet -o out.jsonl"),
        ("zstandard", "crawl", "run page.html -o out.jsonl.zst"),
    ],
)
def test_the_command_says_what_to_install(module: str, extra: str, call: str, tmp_path: Path) -> None:
    for name in ("page.warc", "page.html", "page.parquet"):
        (tmp_path / name).write_bytes(b"<p>A page.</p>")
    code = f"""
import os, sys
sys.modules[{module!r}] = None  # as if it were not installed
os.chdir({str(tmp_path)!r})
from click.testing import CliRunner
from boilerstrip.cli import main
result = CliRunner().invoke(main, {call.split()!r})
print(result.exit_code, result.stderr)
"""
    said = python(code)
    assert said.startswith("1 Error: ")
    assert said.endswith(f"pip install 'boilerstrip[{extra}]'")


@pytest.mark.parametrize(
    ("module", "adapter", "extra"),
    [
        ("scrapy", "boilerstrip.adapters.scrapy", "scrapy"),
        ("scrapy_poet", "boilerstrip.adapters.scrapy_poet", "scrapy"),
        ("pyspark", "boilerstrip.adapters.spark", "spark"),
        ("datatrove", "boilerstrip.adapters.datatrove", "datatrove"),
    ],
)
def test_an_adapter_without_its_library_says_what_to_install(module: str, adapter: str, extra: str) -> None:
    code = f"""
import sys
sys.modules[{module!r}] = None
try:
    import {adapter}
except ImportError as error:
    print(error)
"""
    said = python(code)
    assert said.endswith(f"pip install 'boilerstrip[{extra}]'")
