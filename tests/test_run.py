"""A run over a crawl: one row a page, whatever dies, breaks or fills up on the way."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from crawl_parts import finish, page, start, url, warc_record, write_warc

from boilerstrip import Limits, Pipeline, extract
from boilerstrip.cli import main
from boilerstrip.rows import Item, Row, host_of, row_of
from boilerstrip.run import engine, journal, progress, sinks
from boilerstrip.run.journal import Journal, JournalError, Position, State, Totals
from boilerstrip.run.output import rows_in

# How often the run is killed in the tests of that; .ci/run has it done 5 times.
KILLS = int(os.environ.get("BOILERSTRIP_KILLS", "3"))

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills, pipes and limits are POSIX ones")


@pytest.fixture(scope="session")
def _crawl() -> None:
    for library in ("fastwarc", "pyarrow", "zstandard"):
        pytest.importorskip(library, reason="needs the extra crawl")


def pages_file(path: Path, count: int, special: dict[int, str] | None = None) -> Path:
    """JSON lines of made-up pages; ``special`` ones in their places."""
    special = special or {}
    rows = [{"url": url(n), "html": special.get(n, page(n)), "date": f"day {n}"} for n in range(count)]
    path.write_bytes(msgspec.json.Encoder().encode_lines(rows))
    return path


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["run", *map(str, args)], input=stdin, prog_name="boilerstrip")


def numbers(out: Path) -> list[int]:
    return [int((row.url or "/-1").rpartition("/")[2]) for row in rows_in(out)]


def content(out: Path) -> dict[str, bytes]:
    """The bytes of an output, file by file."""
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return {file.name: file.read_bytes() for file in files}


# -------------------------------------------------------------------- rows


def test_a_row_says_what_became_of_a_page() -> None:
    item = Item("a.warc#3", page(3), "https://User@Oldbridge.example:8080/news/3", "2026-11-01T00:00:03Z")
    row = row_of(item)
    document = extract(page(3), url=item.url)
    assert (row.record, row.url, row.host, row.fetch_time) == (
        "a.warc#3", item.url, "oldbridge.example", "2026-11-01T00:00:03Z",
    )  # fmt: skip
    assert (row.title, row.lang, row.verdict, row.text) == ("Bridge 3 to close", "en", "article", document.text)
    assert row.kept_lines == 2
    assert row.kept_chars == sum(len(line.text) for line in document.kept) == len(document.text) - len("\n\n")
    assert row.removed_lines["byline"] == 1
    assert row.removed_chars["byline"] == len("By Ann Lee")
    assert sum(row.removed_lines.values()) == len(document.removals)
    assert row.error is None


@pytest.mark.parametrize(
    ("item", "error"),
    [
        (Item("a#1", None, error="record is cut off"), "record is cut off"),
        (Item("a#1", None), "no content"),
        (Item("a#1", 7), "TypeError: page must be bytes, str, or an lxml element or tree, not int"),  # type: ignore[arg-type]
    ],
)
def test_a_page_that_comes_to_nothing_is_a_row_too(item: Item, error: str) -> None:
    row = row_of(item)
    assert (row.error, row.text, row.verdict) == (error, "", None)


def test_what_a_server_calls_its_charset_is_no_error() -> None:
    assert row_of(Item("a#1", page(1).encode(), encoding="none; such")).error is None


def test_rows_are_written_whatever_an_address_holds() -> None:
    row = row_of(Item("a\udcff#1", page(1), url="https://a.example/\ud800"))
    assert msgspec.json.decode(msgspec.json.encode(row), type=Row).url == "https://a.example/?"
    assert host_of("http://[") is None


# ----------------------------------------------------------------- outputs


@pytest.mark.usefixtures("_crawl")
@pytest.mark.parametrize("out", ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst", "out.parquet"])
def test_every_format_holds_the_rows_of_all_pages_in_order(out: str, tmp_path: Path) -> None:
    warc = write_warc(tmp_path / "a.warc.gz", range(100), {7: b"", 8: b"\xff\xfe\x00"})
    result = run(warc, "-o", tmp_path / out, "--workers", "2", "--part-rows", "40")
    assert result.exit_code == 0, result.stderr
    rows = list(rows_in(tmp_path / out))
    time_of = "2026-11-01T00:00:{:02}Z"
    bodies = {7: b"", 8: b"\xff\xfe\x00"}
    assert rows == [
        row_of(Item(f"{warc}#{n}", bodies.get(n, page(n).encode()), url(n), time_of.format(n % 60), "utf-8", "html"))
        for n in range(100)
    ]
    assert "100 pages, 0 with an error" in result.stderr
    if out.endswith(".parquet"):
        # Batches are of 32 pages; a part ends with the batch that makes it 40 or more.
        assert sorted(content(tmp_path / out)) == ["part-00000.parquet", "part-00001.parquet"]


@pytest.mark.usefixtures("_crawl")
def test_parquet_reads_as_any_parquet_does(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    assert run(pages_file(tmp_path / "a.jsonl", 5), "-o", tmp_path / "out.parquet").exit_code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.num_rows == 5
    assert str(table.schema.field("removed_lines").type).startswith("map<string, int32")
    assert dict(table.column("removed_lines")[0].as_py())["byline"] == 1


def test_unordered_holds_each_page_once(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert run(pages_file(tmp_path / "a.jsonl", 200), "-o", out, "--unordered").exit_code == 0
    assert sorted(numbers(out)) == list(range(200))


def test_from_standard_input_to_standard_output(tmp_path: Path) -> None:
    data = pages_file(tmp_path / "a.jsonl", 3).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "boilerstrip", "run", "-", "-o", "-"], input=data, capture_output=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["record"] for row in rows] == ["stdin#0", "stdin#1", "stdin#2"]
    assert rows[1]["text"] == extract(page(1)).text


@pytest.mark.usefixtures("_crawl")
def test_a_warc_file_through_a_pipe(tmp_path: Path) -> None:
    data = write_warc(tmp_path / "a.warc.gz", range(40)).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "boilerstrip", "run", "-", "-o", "-"], input=data, capture_output=True, check=True
    )
    assert [json.loads(line)["url"] for line in done.stdout.splitlines()] == [url(n) for n in range(40)]


def test_options_of_the_pipeline(tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 1)
    out = tmp_path / "out.jsonl"
    assert run(source, "-o", out, "--without", "byline", "--without", "main_content", "--with-title").exit_code == 0
    (row,) = rows_in(out)
    assert row.text.startswith("Bridge 0 to close\n\nBy Ann Lee")


def test_rule_files_are_used_and_belong_to_the_run(tmp_path: Path) -> None:
    source, out, rules = pages_file(tmp_path / "a.jsonl", 1), tmp_path / "out.jsonl", tmp_path / "mine.toml"
    rules.write_text('[drop.detour]\nstart = "Drivers will be sent over"\nprose = true\n', "utf-8")
    assert run(source, "-o", out, "--rules", rules).exit_code == 0
    (row,) = rows_in(out)
    assert row.removed_lines["detour"] == 1
    rules.write_text(rules.read_text("utf-8") + "\n", "utf-8")
    assert "rules: " in run(source, "-o", out, "--rules", rules).stderr


def test_presets_and_limits_are_used_and_belong_to_the_run(tmp_path: Path) -> None:
    source, out = pages_file(tmp_path / "a.jsonl", 1), tmp_path / "out.jsonl"
    options = ["--limit", "lines=4", "--preset", "recall"]
    assert run(source, "-o", out, *options).exit_code == 0
    (row,) = rows_in(out)
    assert row == row_of(
        Item(f"{source}#0", page(0), url(0), "day 0", source="html"), Pipeline.preset("recall"), limits=Limits(lines=4)
    )
    assert row.verdict == "cut"
    assert "preset: 'recall' then, 'news' now" in run(source, "-o", out, "--limit", "lines=4").stderr
    assert "limits: " in run(source, "-o", out, "--preset", "recall").stderr
    assert run(source, "-o", tmp_path / "b.jsonl", "--limit", "lines=4", "--on-limit", "error").exit_code == 0
    (row,) = rows_in(tmp_path / "b.jsonl")
    assert (row.error or "").startswith("LimitExceededError: ")


def test_several_inputs_of_all_kinds_are_one_output(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.html").write_text(page(2), "utf-8")
    (folder / "a.txt").write_text("A line of text that stands in a file of its own, long enough to stay.", "utf-8")
    out = tmp_path / "out.jsonl"
    result = run(pages_file(tmp_path / "a.jsonl", 2), folder, "-o", out)
    assert result.exit_code == 0
    assert [row.record.rpartition("/")[2] for row in rows_in(out)] == ["a.jsonl#0", "a.jsonl#1", "a.txt", "b.html"]


# ------------------------------------------------------- pages that make trouble


def test_pages_that_kill_hang_or_fill_their_worker_are_rows_with_an_error(tmp_path: Path) -> None:
    trouble = {3: "EXIT", 4: "KILL", 40: "HANG", 70: "FILL"}
    source = pages_file(tmp_path / "a.jsonl", 100, trouble)
    out = tmp_path / "out.jsonl"
    events = finish(start([source], out, timeout=20, memory=1_500_000_000, workers=2))
    rows = list(rows_in(out))
    assert [row.url for row in rows] == [url(n) for n in range(100)]
    assert {n: row.error for n, row in enumerate(rows) if row.error} == {
        3: "worker ended with exit code 7",
        4: "worker was killed by SIGKILL",
        40: "worker took longer than 20 seconds",
    }
    # Memory that ran out inside a filter costs that filter, as any exception does.
    assert rows[70].warnings == ["trouble: MemoryError: "]
    assert events[-1] == {"event": "state", "pages": 100, "errors": 3}
    assert [e["message"].partition(": ")[2] for e in events if e["event"] == "lost"] == [
        r.error for r in rows if r.error
    ]


def test_broken_records_are_rows_reported_once_and_the_run_goes_on(tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 3)
    source.write_bytes(b"no json\n" + source.read_bytes())
    result = run(source, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 0
    assert result.stderr.count("broken record") == 1
    rows = list(rows_in(tmp_path / "out.jsonl"))
    assert [bool(row.error) for row in rows] == [True, False, False, False]


# --------------------------------------------------------------------- kills


@pytest.mark.usefixtures("_crawl")
@pytest.mark.parametrize(
    ("out", "options"),
    [
        ("out.jsonl.gz", {}),
        ("out.parquet", {"part_rows": 40}),
        ("out.jsonl", {"ordered": False}),
    ],
    ids=["JSON lines", "Parquet", "unordered"],
)
def test_a_run_killed_at_random_ends_with_the_output_of_one_left_alone(
    out: str, options: dict[str, Any], tmp_path: Path
) -> None:
    count = 120 * KILLS
    warc = write_warc(tmp_path / "a.warc.gz", range(count), {11: b"EXIT", count - 5: b"KILL"})
    options = {"workers": 2, "batch_pages": 8, **options}
    (tmp_path / "alone").mkdir()
    alone, killed = tmp_path / "alone" / out, tmp_path / out
    finish(start([warc], alone, **options))
    assert numbers(alone) == list(range(count)) or not options.get("ordered", True)

    chance = random.Random(23)  # noqa: S311 - the same accidents every time
    kills = 0
    while True:
        if kills == KILLS:
            finish(start([warc], killed, **options))
            break
        # Slowed down, so that it is not over before it was killed often enough.
        process = start([warc], killed, pause=0.05, **options)
        time.sleep(chance.uniform(0.2, 4.0))
        assert process.poll() is None, "the run was over too soon"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += 1
    if options.get("ordered", True):
        assert content(killed) == content(alone)
    assert sorted(numbers(killed)) == list(range(count))
    key = msgspec.json.encode
    assert sorted(map(key, rows_in(killed))) == sorted(map(key, rows_in(alone)))


def test_going_on_does_not_do_again_what_is_done(tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 400)
    out = tmp_path / "out.jsonl"
    process = start([source], out, pause=0.02, workers=1, batch_pages=8)
    record = sinks.journal_of(str(out))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (record.exists() and record.read_bytes().count(b"\n") >= 3):
        time.sleep(0.05)
    process.kill()
    process.communicate()
    done = json.loads(record.read_bytes().splitlines()[-1])["totals"]["pages"]
    assert 0 < done < 400
    events = finish(start([source], out, workers=1, batch_pages=8))
    assert events[0]["event"] == "start"
    assert (events[0]["resumed"], events[0]["pages"]) == (True, done)
    assert numbers(out) == list(range(400))


def test_a_finished_run_is_not_done_again(tmp_path: Path) -> None:
    source, out = pages_file(tmp_path / "a.jsonl", 3), tmp_path / "out.jsonl"
    run(source, "-o", out)
    before = content(out)
    result = run(source, "-o", out)
    assert (result.exit_code, result.stderr) == (0, f"boilerstrip: {out} is finished already: 3 pages\n")
    assert content(out) == before


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_a_valid_output_and_goes_on(how: signal.Signals, tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 3000)
    out = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "boilerstrip", "run", str(source), "-o", str(out), "--workers", "1"]
    # As from a terminal: whoever runs the tests in the background has Ctrl-C ignored, and children inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, before)
    while process.poll() is None and not (out.exists() and out.stat().st_size):
        time.sleep(0.02)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert said.endswith("boilerstrip: stopped; the same command will go on\n")
    assert "Traceback" not in said
    stopped = numbers(out)
    assert stopped == list(range(len(stopped)))
    assert len(stopped) < 3000
    subprocess.run(command, check=True, capture_output=True)
    assert numbers(out) == list(range(3000))


# ----------------------------------------------------------------- disk full


def complete(out: Path, format: str) -> list[int]:
    """The pages of an output that any reader must be able to read."""
    return numbers(out) if format != "parquet" or any(out.iterdir()) else []


@pytest.mark.usefixtures("_crawl")
@pytest.mark.parametrize("out", ["out.jsonl", "out.jsonl.gz", "out.parquet"])
def test_a_full_disk_is_one_message_and_leaves_a_valid_output(out: str, tmp_path: Path) -> None:
    """A file system that is really full, where one may be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    try:
        source = pages_file(tmp_path / "a.jsonl", 1000)
        args = [source, "-o", disk / out, "--part-rows", "200"]
        result = run(*args)
        assert result.exit_code == 1
        assert "cannot write the output: No space left on device; the same command will go on" in result.stderr
        assert "Traceback" not in result.stderr
        pages = complete(disk / out, out.rpartition(".")[2])
        assert pages == list(range(len(pages)))
        assert len(pages) < 1000
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert run(*args).exit_code == 0
        assert numbers(disk / out) == list(range(1000))
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.usefixtures("_crawl")
@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet"])
def test_a_file_that_may_not_grow_is_one_message_and_leaves_a_valid_output(out: str, tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 1000)
    command = [sys.executable, "-m", "boilerstrip", "run", str(source), "-o", str(tmp_path / out), "--part-rows", "300"]
    small = f"import resource as r, os, sys; r.setrlimit(r.RLIMIT_FSIZE, (6_000, -1)); os.execv(sys.executable, {command!r})"
    done = subprocess.run([sys.executable, "-c", small], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot write the output: " in done.stderr
    assert "Traceback" not in done.stderr
    pages = complete(tmp_path / out, out.rpartition(".")[2])
    assert pages == list(range(len(pages)))
    assert len(pages) < 1000
    subprocess.run(command, check=True, capture_output=True)
    assert numbers(tmp_path / out) == list(range(1000))


def test_no_space_at_any_write_leaves_a_valid_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every write of the run, to the output or the journal, fails in its turn, half done."""
    source = pages_file(tmp_path / "a.jsonl", 100)
    out = tmp_path / "out.jsonl"
    monkeypatch.setattr(sinks, "_COMMIT_SECONDS", 0.0)
    write = os.write
    failures = 0
    for turn in range(1, 100):
        calls = 0

        def full(descriptor: int, data: bytes, turn: int = turn) -> int:
            nonlocal calls
            calls += 1
            if calls == turn:
                write(descriptor, bytes(data)[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(descriptor, data)

        with monkeypatch.context() as patch:
            patch.setattr(journal, "os", SimpleNamespace(**{**vars(os), "write": full}))
            result = run(source, "-o", out, "--workers", "1")
        if result.exit_code == 0:
            break
        failures += 1
        assert "No space left on device" in result.stderr
        pages = numbers(out) if out.exists() else []
        assert pages == list(range(len(pages)))
        assert not pages or json.loads(sinks.journal_of(str(out)).read_bytes().splitlines()[-1])["totals"][
            "pages"
        ] == len(pages)
        if turn % 2:
            sinks.journal_of(str(out)).unlink(missing_ok=True)  # from the beginning, to fail at a later write
            out.unlink(missing_ok=True)
    assert failures >= 4
    assert numbers(out) == list(range(100))


# ------------------------------------------------------------------- journal


def test_an_output_of_another_run_is_not_touched(tmp_path: Path) -> None:
    source, out = pages_file(tmp_path / "a.jsonl", 3), tmp_path / "out.jsonl"
    run(source, "-o", out)
    before = content(out)
    result = run(source, "-o", out, "--with-title")
    assert result.exit_code == 1
    assert "belongs to another run" in result.stderr
    assert "with_title: False then, True now" in result.stderr
    pages_file(source, 4)
    assert "files: " in run(source, "-o", out).stderr
    assert content(out) == before
    assert run(source, "-o", out, "--anew").exit_code == 0
    assert numbers(out) == [0, 1, 2, 3]


def test_a_file_without_a_journal_is_not_overwritten(tmp_path: Path) -> None:
    source, out = pages_file(tmp_path / "a.jsonl", 3), tmp_path / "out.jsonl"
    out.write_text("mine\n")
    result = run(source, "-o", out)
    assert result.exit_code == 1
    assert "is there already and no run's" in result.stderr
    assert out.read_text() == "mine\n"


def test_two_runs_do_not_write_to_one_output(tmp_path: Path) -> None:
    first = Journal(tmp_path / "j", {"a": 1})
    with pytest.raises(JournalError, match="another run is writing"):
        Journal(tmp_path / "j", {"a": 1})
    first.close()
    Journal(tmp_path / "j", {"a": 1}).close()


def test_the_journal_remembers_its_last_whole_line(tmp_path: Path) -> None:
    path = tmp_path / "j"
    first = Journal(path, {"a": 1})
    assert (first.state, first.resumed) == (State(), False)
    state = State(3, Position(1, 2), [5], 77, Totals(9, 1, 1000, 2.5))
    first.write(State(1))
    first.write(state)
    first.close()
    whole = path.read_bytes()
    for half in (b'{"batches":4,', b'{"batches":4}'):
        path.write_bytes(whole + half)
        again = Journal(path, {"a": 1})
        assert (again.state, again.resumed) == (state, True)
        again.close()
        assert path.read_bytes() == whole


def test_a_damaged_journal_is_named(tmp_path: Path) -> None:
    path = tmp_path / "j"
    path.write_text("no json\n")
    with pytest.raises(JournalError, match="no journal of a run, or damaged"):
        Journal(path, {})


@pytest.mark.usefixtures("_crawl")
@pytest.mark.parametrize("out", ["out.jsonl", "out.parquet"])
def test_an_output_that_somebody_changed_is_not_gone_on_with(out: str, tmp_path: Path) -> None:
    source, path = pages_file(tmp_path / "a.jsonl", 3), tmp_path / out
    run(source, "-o", path)
    record = sinks.journal_of(str(path))
    record.write_bytes(record.read_bytes().replace(b'"finished":true', b'"finished":false'))
    if path.is_dir():
        (path / "part-00000.parquet").unlink()
    else:
        path.write_bytes(b"")
    result = run(source, "-o", path)
    assert result.exit_code == 1
    assert "it was changed" in result.stderr


@pytest.mark.usefixtures("_crawl")
def test_only_parts_of_the_run_are_taken_away(tmp_path: Path) -> None:
    for name in (
        "part-00000.parquet",
        "part-00001.parquet",
        ".part-00002.parquet",
        "my-part-7.parquet",
        "part-b.parquet",
    ):
        (tmp_path / name).write_bytes(b"x")
    sink = sinks.PartsSink(tmp_path, 10)
    sink.restore(1)
    assert sorted(content(tmp_path)) == ["my-part-7.parquet", "part-00000.parquet", "part-b.parquet"]


# ------------------------------------------------------------------ progress


def standing(**more: Any) -> engine.Standing:
    values: dict[str, Any] = {
        "totals": Totals(150, 2, 9000, 8.0),
        "here": 100,
        "read": 3_000_000,
        "read_here": 2_000_000,
        "whole": 9_000_000,
        "seconds": 4.0,
        "extract": 3.5,
        "memory": 50_000_000,
        "skipped": 7,
    }
    return engine.Standing(**{**values, **more})


def test_figures_are_rates_of_this_sitting_and_the_time_left() -> None:
    figures = progress.figures(standing())
    assert (figures["pages"], figures["errors"], figures["skipped"]) == (150, 2, 7)
    assert (figures["pages_per_s"], figures["mb_per_s"], figures["eta_s"]) == (25.0, 0.5, 12.0)
    assert progress.figures(standing(whole=0))["eta_s"] is None


def test_the_bar_shows_rates_errors_and_time_left() -> None:
    pytest.importorskip("rich", reason="needs the extra crawl")
    stream = io.StringIO()
    with progress.Bar(stream) as bar:
        bar.started(1, standing(), resumed=True)
        bar.advanced(standing())
        bar.note("lost", "a#1 [bold]: killed")
        shown = stream.getvalue()
        text = bar._bar.tasks[0].fields["said"]
    assert "going on behind page 150" in shown
    assert "lost: a#1 [bold]: killed" in shown
    assert text == "150 pages  25.0 pages/s  0.5 MB/s  2 errors  0:00:12 left"


def test_a_flood_of_notes_is_cut_short() -> None:
    stream = io.StringIO()
    quiet = progress.Quiet(stream)
    for n in range(50):
        quiet.note("broken", str(n))
    lines = stream.getvalue().splitlines()
    assert len(lines) == 21
    assert lines[-1].endswith("the rows with an error have it all")


def test_log_for_machines(tmp_path: Path) -> None:
    source = pages_file(tmp_path / "a.jsonl", 100)
    source.write_bytes(source.read_bytes() + b"no json\n")
    result = run(source, "-o", tmp_path / "out.jsonl", "--log-json", "--log-every", "0")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [events[0]["event"], events[-1]["event"]] == ["start", "end"]
    assert {"progress", "broken"} < {event["event"] for event in events}
    assert (events[-1]["pages"], events[-1]["errors"], events[0]["files"]) == (101, 1, 1)
    assert events[-1]["read_bytes"] == events[-1]["total_bytes"] == source.stat().st_size
    assert events[-1]["worker_peak_mb"] > 10
    assert 0 < events[-1]["extract_cpu_s"]


def test_quiet_where_there_is_no_terminal(tmp_path: Path) -> None:
    result = run(pages_file(tmp_path / "a.jsonl", 3), "-o", tmp_path / "out.jsonl")
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("boilerstrip: 3 pages, 0 with an error; 3 now in ")


# --------------------------------------------------------------------- usage


@pytest.mark.parametrize(
    ("args", "parts"),
    [
        (["nope.warc", "-o", "out.jsonl"], ["nope.warc", "No such file"]),
        (["-", "-o", "out.txt"], ["'out.txt'", ".parquet", "--format"]),
        (["-", "-o", "-", "--format", "parquet"], ["standard output"]),
        (["-"], ["--out"]),
        (["-", "-o", "-", "--workers", "0"], ["--workers"]),
        (["-", "-o", "-", "--without", "tiker"], ["did you mean 'ticker'"]),
        (["-", "-o", "-", "--without", "ads", "--only", "ads"], ["--without and --only"]),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_named_and_leaves_nothing(
    args: list[str], parts: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*args, stdin=b"")
    assert result.exit_code == 2, result.output
    assert all(part in result.stderr for part in parts), result.stderr
    assert not list(tmp_path.iterdir())


def test_formats_by_the_name_of_the_output() -> None:
    cases: dict[str, str | None] = {
        "a.jsonl": "jsonl", "a.JSONL.GZ": "jsonl.gz", "a.jsonl.zst": "jsonl.zst", "a.parquet/": "parquet",
        "-": "jsonl", "a.json": None, "a": None,
    }  # fmt: skip
    assert {name: sinks.format_of(name) for name in cases} == cases


def encoded(format: sinks.Format) -> Callable[[list[Row]], bytes]:
    return sinks.encoder(format)


@pytest.mark.usefixtures("_crawl")
def test_encoded_batches_are_the_same_every_time() -> None:
    rows = [row_of(Item(f"a#{n}", page(n))) for n in range(3)]
    for format in ("jsonl", "jsonl.gz", "jsonl.zst", "parquet"):
        assert encoded(format)(rows) == encoded(format)(rows)


def test_a_record_of_an_archive_names_its_place(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="needs the extra crawl")
    path = tmp_path / "a.warc"
    path.write_bytes(warc_record(4) + warc_record(5))
    run(path, "-o", tmp_path / "out.jsonl")
    assert [row.record for row in rows_in(tmp_path / "out.jsonl")] == [f"{path}#0", f"{path}#1"]


@pytest.mark.usefixtures("_crawl")
def test_the_commands_of_the_documentation_run(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parent.parent / "docs/run.md").read_text("utf-8")
    commands = text.partition("<!-- commands: run -->\n```sh\n")[2].partition("```")[0]
    write_warc(tmp_path / "crawl.warc.gz", range(20))
    for folder in ("wet", "saved"):
        (tmp_path / folder).mkdir()
    (tmp_path / "wet/a.warc.wet").write_bytes(warc_record(1, b"Some text.", kind="conversion", mime="text/plain"))
    (tmp_path / "saved/b.html").write_text(page(2), "utf-8")
    pages_file(tmp_path / "rows.jsonl", 3)
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    subprocess.run(["bash", "-euc", commands], cwd=tmp_path, env=env, check=True, capture_output=True)
    assert numbers(tmp_path / "pages.jsonl.zst") == numbers(tmp_path / "pages.parquet") == list(range(20))
    assert len(list(rows_in(tmp_path / "all.jsonl"))) == 5
