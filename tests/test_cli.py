"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.cli import main

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge to close for a year - The Harlow Post</title></head><body>
<h1>Bridge to close for a year</h1>
<p class="byline">By Ann Lee</p>
<p>The Mill Street bridge will close in March and stay shut for a year, the city council decided on Tuesday night.</p>
<p>Drivers will be sent over the County Road 9 bridge, a detour of three miles, while the new span is built.</p>
<footer>© 2026 The Harlow Post. All rights reserved.</footer>
</body></html>
"""
TEXT = boilerstrip.clean(PAGE)
RUSSIAN = PAGE.replace("The Mill Street bridge", "Мост на Мельничной улице")


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin, prog_name="boilerstrip")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


# ---------------------------------------------------------------------- clean


def test_clean_prints_the_text_of_a_file(page: Path) -> None:
    result = run("clean", page)
    assert result.exit_code == 0
    assert result.stdout == TEXT + "\n"
    assert result.stderr == ""
    assert TEXT.startswith("The Mill Street bridge")


@pytest.mark.parametrize("args", [[], ["-"]], ids=["no argument", "a dash"])
def test_clean_reads_standard_input(args: list[str]) -> None:
    result = run("clean", *args, stdin=PAGE)
    assert (result.exit_code, result.stdout) == (0, TEXT + "\n")


def test_several_files_are_set_apart_by_their_names(page: Path) -> None:
    result = run("clean", page, "-", stdin=PAGE)
    assert result.exit_code == 0
    assert result.stdout == f"==> {page} <==\n\n{TEXT}\n\n==> standard input <==\n\n{TEXT}\n"


def test_a_page_without_text_says_why_on_standard_error() -> None:
    result = run("clean", stdin="")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "boilerstrip: standard input: no article text (verdict: empty)\n"


def test_with_title_puts_the_headline_first(page: Path) -> None:
    assert run("clean", "--with-title", page).stdout == f"Bridge to close for a year\n\n{TEXT}\n"


def test_without_switches_filters_off(page: Path) -> None:
    pipeline = Pipeline.default().without("byline", "main_content")
    result = run("clean", "--without", "byline", "--without", "main_content", page)
    assert result.stdout == boilerstrip.clean(PAGE, pipeline=pipeline) + "\n"
    assert "By Ann Lee" in result.stdout


def test_only_switches_all_others_off(page: Path) -> None:
    result = run("clean", "--only", "byline", page)
    assert "By Ann Lee" not in result.stdout
    assert "All rights reserved" in result.stdout


def test_encoding_is_handed_on() -> None:
    data = RUSSIAN.encode("koi8-r")
    assert "Мост на Мельничной улице" in run("clean", "--encoding", "koi8-r", stdin=data).stdout


def test_source_is_handed_on(page: Path) -> None:
    result = json.loads(run("extract", "--json", "--source", "text", page).stdout)
    assert result["source"] == "text"


def test_output_is_utf_8_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "boilerstrip", "clean"],
        input=RUSSIAN.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert "Мост на Мельничной улице" in done.stdout.decode("utf-8")


# -------------------------------------------------------------------- extract


def test_extract_json_is_one_object_a_page_and_line(page: Path) -> None:
    result = run("extract", "--json", page, page)
    rows = [json.loads(row) for row in result.stdout.splitlines()]
    assert [row["file"] for row in rows] == [str(page)] * 2
    document = boilerstrip.extract(PAGE.encode())
    assert rows[0] == {
        "file": str(page),
        "url": None,
        "title": "Bridge to close for a year",
        "lang": "en",
        "site_name": "The Harlow Post",
        "verdict": "article",
        "source": "html",
        "encoding": "utf-8",
        "text": TEXT,
        "removals": [
            {
                "line": removal.line,
                "text": document.lines[removal.line].text,
                "filter": removal.filter,
                "evidence": {
                    "kind": removal.evidence.kind,
                    "what": removal.evidence.what,
                    "line": removal.evidence.line,
                },
            }
            for removal in document.removals
        ],
        "warnings": [],
    }
    assert {"byline", "copyright_footer", "repeated_title"} <= {r["filter"] for r in rows[0]["removals"]}


def test_extract_json_carries_url_and_warnings() -> None:
    url = "https://harlow.example/bridge"
    data = RUSSIAN.encode("koi8-r")
    result = json.loads(run("extract", "--json", "--url", url, "--encoding", "gb2312", stdin=data).stdout)
    document = boilerstrip.extract(data, url=url, encoding="gb2312")
    assert result["url"] == url
    assert result["warnings"] == [{"where": w.where, "message": w.message} for w in document.warnings]


def test_extract_shows_every_line_with_its_fate(page: Path) -> None:
    result = run("extract", page)
    assert result.exit_code == 0
    head, _, body = result.stdout.partition("\n\n")
    assert "title    Bridge to close for a year" in head
    document = boilerstrip.extract(PAGE)
    rows = body.strip().splitlines()
    assert len(rows) == len(document.lines)
    assert sum(row.startswith("keep ") for row in rows) == len(document.kept)
    assert any(row.startswith("byline") and "By Ann Lee" in row and "[signature: .byline]" in row for row in rows)


# -------------------------------------------------------------------- filters


def test_filters_are_listed_in_order_with_their_summaries() -> None:
    rows = [row.split(maxsplit=1) for row in run("filters").stdout.splitlines()]
    assert tuple(row[0] for row in rows) == Pipeline.default().names
    assert all(len(row) == 2 for row in rows)


# --------------------------------------------------------------------- errors


@pytest.mark.parametrize("command", [["clean"], ["extract", "--json"]], ids=["clean", "extract"])
def test_an_unreadable_file_costs_itself_and_the_exit_code(command: list[str], page: Path, tmp_path: Path) -> None:
    result = run(*command, tmp_path / "nope.html", tmp_path, page)
    assert result.exit_code == 1
    assert "The Mill Street bridge" in result.stdout
    missing, folder = result.stderr.splitlines()
    assert missing == f"boilerstrip: {tmp_path / 'nope.html'}: No such file or directory"
    assert folder.startswith(f"boilerstrip: {tmp_path}: ")


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (["--without", "tiker"], ["--without", "'tiker'", "did you mean 'ticker'"]),
        (["--only", "by_line"], ["--only", "'by_line'", "did you mean 'byline'"]),
        (["--without", "ads", "--only", "ads"], ["--without and --only"]),
        (["--encoding", "utf-88"], ["--encoding", "'utf-88'", "charset"]),
        (["--source", "pdf"], ["--source", "'pdf'", "'html', 'text'"]),
        (["--with-titel"], ["--with-titel", "--with-title"]),
        (["--url", "https://a.example/", "a.html", "b.html"], ["--url is for one page"]),
    ],
    ids=lambda value: value[0],
)
@pytest.mark.parametrize("command", ["clean", "extract"])
def test_wrong_usage_is_named_and_exits_with_2(command: str, args: list[str], parts: list[str]) -> None:
    result = run(command, *args, stdin=PAGE)
    assert result.exit_code == 2
    assert result.stdout == ""
    for part in parts:
        assert part in result.stderr


def test_an_unknown_command_exits_with_2() -> None:
    result = run("clena")
    assert result.exit_code == 2
    assert "clena" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="pipes close differently elsewhere")
def test_a_closed_pipe_is_no_error_worth_a_word(page: Path) -> None:
    command = [sys.executable, "-m", "boilerstrip", "extract", "--json", *[str(page)] * 200]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_output_that_cannot_be_written_is_one_message(page: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "boilerstrip", "clean", str(page)], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["Error: cannot write: No space left on device"]


# ----------------------------------------------------------------------- help


@pytest.mark.parametrize("args", [["--help"], ["-h"], ["clean", "-h"], ["extract", "--help"], ["filters", "--help"]])
def test_help(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: boilerstrip")


def test_version() -> None:
    assert run("--version").stdout == f"boilerstrip {boilerstrip.__version__}\n"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "boilerstrip", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"boilerstrip {boilerstrip.__version__}\n"
