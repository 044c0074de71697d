"""``boilerstrip stats``: what went, where, and the hosts that need a look."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from boilerstrip.cli import main
from boilerstrip.rows import Row
from boilerstrip.run.output import rows_in
from boilerstrip.run.statistics import Outlier, statistics_of


def row(host: str, number: int, **more: object) -> Row:
    values: dict[str, object] = {
        "url": f"https://{host}/{number}",
        "host": host,
        "verdict": "article",
        "text": "x" * 600,
        "kept_lines": 3,
        "kept_chars": 600,
        "removed_lines": {"nav_menu": 5, "main_content": 2},
        "removed_chars": {"nav_menu": 300, "main_content": 100},
    }
    return Row(record=f"a#{number}", **{**values, **more})  # type: ignore[arg-type]


def crawl() -> list[Row]:
    """Six hosts like any other, and four that each stand out in one thing."""
    rows = [row(f"plain{n % 6}.example", n) for n in range(60)]
    empty = {"text": "", "kept_chars": 0, "verdict": "shell", "removed_chars": {}, "removed_lines": {}}
    rows += [row("shell.example", n, **(empty if n < 15 else {})) for n in range(20)]
    rows += [row("leaky.example", n, removed_chars={"nav_menu": 20, "main_content": 5}) for n in range(20)]
    rows += [row("strange.example", n, removed_chars={"nav_menu": 20, "main_content": 380}) for n in range(20)]
    rows += [
        Row(record=f"b#{n}", host="broken.example", error=f"worker took longer than {n} seconds") if n < 5
        else row("broken.example", n)
        for n in range(20)
    ]  # fmt: skip
    rows += [row("small.example", 1, text="", kept_chars=0)]
    return rows


def test_sums_by_family_verdict_and_host() -> None:
    figures = statistics_of(crawl())
    assert figures.whole.pages == 141
    assert (figures.whole.errors, figures.whole.empty) == (5, 16)
    assert figures.families["nav_menu"].pages == 141 - 5 - 15
    assert figures.families["nav_menu"].lines == 5 * 121
    assert figures.families["nav_menu"].chars == 300 * 81 + 20 * 40
    assert figures.verdicts["shell"].empty_share() == 1.0
    assert figures.verdicts["article"].empty_share() == pytest.approx(1 / 121)
    assert figures.hosts["shell.example"].empty_share() == 0.75
    assert figures.hosts["plain0.example"].kept_share() == 0.6
    assert figures.errors == {"worker took longer than N seconds": 5}


def test_hosts_that_stand_out_and_in_what() -> None:
    outliers = statistics_of(crawl()).outliers()
    assert {(o.host, o.what) for o in outliers} == {
        ("shell.example", "empty"),
        ("leaky.example", "kept"),
        ("strange.example", "unknown"),
        ("broken.example", "error"),
    }
    assert outliers[0] == Outlier("shell.example", 20, "empty", 0.75, 0.0)
    # One page is no pattern, unless one asks for it.
    assert ("small.example", "empty") in {(o.host, o.what) for o in statistics_of(crawl()).outliers(1)}


def test_hosts_that_are_alike_do_not_stand_out() -> None:
    assert statistics_of(row(f"h{n % 5}.example", n) for n in range(100)).outliers() == []
    assert statistics_of([]).outliers() == []


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out.jsonl"
    path.write_bytes(msgspec.json.Encoder().encode_lines(crawl()))
    return path


def test_the_report(out: Path) -> None:
    result = CliRunner().invoke(main, ["stats", str(out), "--hosts", "3"])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "141 pages of 11 hosts; 5 with an error, 16 without text; 64% of the characters kept"
    assert "shell       15    11%   100%" in lines
    nav = next(line.split() for line in lines if line.startswith("nav_menu"))
    assert nav[:4] == ["nav_menu", "121", "605", "25,100"]
    assert "shell.example       20  75% pages without text (median 0%)" in lines
    assert "strange.example     20  95% of what went was claimed by no family (median 25%)" in lines
    assert not any(line.startswith("plain3.example") for line in lines)


def test_everything_as_json(out: Path) -> None:
    result = json.loads(CliRunner().invoke(main, ["stats", "--json", str(out)]).stdout)
    assert result["whole"]["pages"] == 141
    assert result["hosts"]["plain3.example"]["families"] == {"nav_menu": 3000, "main_content": 1000}
    assert len(result["outliers"]) == 4


def test_several_outputs_are_one_statistic(out: Path) -> None:
    result = CliRunner().invoke(main, ["stats", str(out), str(out)])
    assert result.stdout.startswith("282 pages of 11 hosts")


def test_an_empty_output_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"")
    result = CliRunner().invoke(main, ["stats", str(path)])
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "0 pages of 0 hosts; 0 with an error, 0 without text; 0% of the characters kept",
    )


@pytest.mark.parametrize("content", [b"no json\n", b'{"a": 1}\n', b"\x1f\x8bno gzip"])
def test_what_is_no_output_is_one_message(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    result = CliRunner().invoke(main, ["stats", str(path)])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {path}: ")
    assert CliRunner().invoke(main, ["stats", str(tmp_path / "nope")]).exit_code == 2


def test_a_folder_without_parts_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no Parquet files"):
        list(rows_in(tmp_path))
