"""datatrove: its local executor with our blocks between its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from crawl_parts import page, url

import boilerstrip
from boilerstrip import Pipeline

pytest.importorskip("datatrove", reason="needs the extra datatrove")

# datatrove's own: files and pipes that it leaves to the collector.
pytestmark = pytest.mark.filterwarnings("ignore")


def documents() -> list[Any]:
    from datatrove.data import Document  # noqa: PLC0415

    shell = '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
    pages = [page(n) for n in range(5)] + [shell]
    return [Document(text=text, id=str(n), metadata={"url": url(n)}) for n, text in enumerate(pages)]


def through(block: Any, out: Path) -> list[dict[str, Any]]:
    from datatrove.executor import LocalPipelineExecutor  # noqa: PLC0415
    from datatrove.pipeline.writers import JsonlWriter  # noqa: PLC0415

    steps = [documents(), block, JsonlWriter(str(out / "rows"), compression=None)]
    LocalPipelineExecutor(pipeline=steps, logging_dir=str(out / "logs"), tasks=1).run()
    files = sorted((out / "rows").iterdir())
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_the_extractor_gives_what_clean_gives(tmp_path: Path) -> None:
    from boilerstrip.adapters.datatrove import BoilerstripExtractor  # noqa: PLC0415

    mine = Pipeline.default().without("byline", "main_content")
    rows = through(BoilerstripExtractor(60, pipeline=mine, with_title=True), tmp_path)
    assert {row["id"]: row["text"] for row in rows} == {
        str(n): boilerstrip.clean(page(n), pipeline=mine, with_title=True) for n in range(5)
    }
    assert rows[1]["text"].startswith("Bridge 1 to close\n\nBy Ann Lee")


def test_the_filter_cleans_and_keeps_by_verdict(tmp_path: Path) -> None:
    from datatrove.pipeline.writers import JsonlWriter  # noqa: PLC0415

    from boilerstrip.adapters.datatrove import BoilerstripFilter  # noqa: PLC0415

    dropped = tmp_path / "dropped"
    rows = through(BoilerstripFilter(exclusion_writer=JsonlWriter(str(dropped), compression=None)), tmp_path)
    assert len(rows) == 5
    document = boilerstrip.extract(page(2), url=url(2))
    assert rows[2]["text"] == document.text
    metadata = rows[2]["metadata"]
    assert (metadata["title"], metadata["lang"], metadata["verdict"]) == ("Bridge 2 to close", "en", "article")
    assert metadata["kept_lines"] == 2
    assert metadata["removed_lines"]["byline"] == 1
    (row,) = [json.loads(line) for file in dropped.iterdir() for line in file.read_text("utf-8").splitlines()]
    assert (row["id"], row["metadata"]["filter_reason"]) == ("5", "verdict_shell")


def test_verdicts_that_do_not_exist_are_named() -> None:
    from boilerstrip.adapters.datatrove import BoilerstripFilter  # noqa: PLC0415

    with pytest.raises(ValueError, match="verdicts must be among article, index, .*, not articel"):
        BoilerstripFilter(["articel"])


def test_the_blocks_of_the_documentation_exist() -> None:
    """Its reader needs more than the extra; what is ours is taken from the text as it stands."""
    text = (Path(__file__).resolve().parent.parent / "docs/spark.md").read_text("utf-8").partition("\n## datatrove")[2]
    (line,) = [line for line in text.splitlines() if line.startswith("from boilerstrip")]
    exec(line, {})  # noqa: S102 - our own text
    compile(text.partition("```py\n")[2].partition("```")[0], "spark.md", "exec")
