"""The benchmarks: tables, intervals, ratios and the choice of peers, on made-up pages."""

from __future__ import annotations

import json
import lzma
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))  # last: the package under test may be installed elsewhere

from benchmarks import __main__ as command  # noqa: E402
from benchmarks import bootstrap, guard, peers, quality, stages, tables  # noqa: E402
from benchmarks.data import pages_of, sets_in  # noqa: E402
from benchmarks.limit import PageTimeout, cpu_limit  # noqa: E402
from benchmarks.memory import peak_memory  # noqa: E402
from benchmarks.speed import PARSE, Speed, SpeedTable, in_turn  # noqa: E402
from boilerstrip.rules import load  # noqa: E402

PROSE = "The council voted on Monday evening to repair the old bridge over the river before the winter sets in."
# A scorer with the interface of the data's own: the share of the truth's words that are there.
SCORER = """
def score_page(record, text):
    truth = record["truth"].split()
    return {"word": sum(w in text.split() for w in truth) / len(truth)}

def summarize(pages):
    return {"n": len(pages), "wF1": sum(p["word"] for p in pages) / len(pages) if pages else None}
"""


def record(number: int, **more: Any) -> dict[str, Any]:
    found = (
        "Engineers had found {} cracks in the stone of its largest arch when they came to look at it after the flood."
    )
    paragraphs = [f"{PROSE} {found.format(number + k)}" for k in range(4)]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return {
        "id": f"page-{number}",
        "dataset": "made-up",
        "url": f"https://news.example/{number}",
        "domain": "news.example",
        "lang": "en",
        "page_type": "article",
        "html": f"<html lang=en><title>Bridge</title><body><article><h1>Bridge</h1>{body}</article></body></html>",
        "text": "\n\n".join(["Bridge", *paragraphs]),
        "truth": "\n\n".join(paragraphs),
        "flags": [],
    } | more


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    with lzma.open(folder / "made-up.jsonl.xz", "wt", encoding="utf-8") as file:
        for n in range(6):
            file.write(json.dumps(record(n, page_type="forum" if n > 3 else "article")) + "\n")
    (folder / "score.py").write_text(SCORER, "utf-8")
    return folder


def row(name: str, value: float | None, **more: Any) -> quality.Row:
    return quality.Row("made-up", "", name, "1.0", {"n": 6, "wF1": value, "lcs": None, "leak": 0.1}, **more)


# ------------------------------------------------------------------ data


def test_sets_and_pages_are_read_from_the_folder(data: Path) -> None:
    assert sets_in(data) == ["made-up"]
    assert [r["id"] for r in pages_of(data, "made-up")] == [f"page-{n}" for n in range(6)]


# ------------------------------------------------------------------ bootstrap


def mean(values: list[float]) -> dict[str, float | int | None]:
    return {"n": len(values), "mean": statistics.fmean(values), "none": None}


def test_interval_holds_the_mean_and_narrows_with_more_pages() -> None:
    few = [0.0, 1.0] * 10
    many = [0.0, 1.0] * 250
    low, high = bootstrap.intervals(few, mean, ["mean"])["mean"]
    closer_low, closer_high = bootstrap.intervals(many, mean, ["mean"])["mean"]
    assert low < 0.5 < high
    # The normal approximation: 1.96 · 0.5 / √n on either side.
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / 20**0.5, rel=0.2)
    assert closer_high - closer_low == pytest.approx(2 * 1.96 * 0.5 / 500**0.5, rel=0.2)


def test_interval_is_the_same_each_time() -> None:
    pages = [0.1, 0.5, 0.9, 0.4]
    assert bootstrap.intervals(pages, mean, ["mean"]) == bootstrap.intervals(pages, mean, ["mean"])


def test_equal_pages_have_an_interval_without_width() -> None:
    assert bootstrap.intervals([0.7] * 5, mean, ["mean"]) == {"mean": (0.7, 0.7)}


def test_no_figure_no_interval() -> None:
    assert bootstrap.intervals([0.7], mean, ["none", "unknown"]) == {}
    assert bootstrap.intervals([], mean, ["mean"]) == {}
    assert bootstrap.intervals([0.7], mean, ["mean"], resamples=0) == {}


# ------------------------------------------------------------------ quality


def compare(data: Path, *extractors: str, by: str | None = None) -> list[quality.Row]:
    (rows,) = quality.compare(data, ["made-up"], extractors, "html", by, workers=1, resamples=20)
    return rows


def install(monkeypatch: pytest.MonkeyPatch, name: str, load: Callable[[], peers.Extract]) -> None:
    monkeypatch.setitem(peers.PEERS, name, peers.Peer(name, "no-such-package", load))
    peers.loaded.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_peers() -> Iterator[None]:
    yield
    peers.loaded.cache_clear()


def test_extractors_stand_side_by_side_in_each_group(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, "half", lambda: lambda r: r["truth"][: len(r["truth"]) // 2])
    rows = compare(data, peers.OURS, "half", by="page_type")
    assert [(r.group, r.extractor, r.figures["n"]) for r in rows] == [
        ("", "boilerstrip", 6),
        ("", "half", 6),
        ("article", "boilerstrip", 4),
        ("article", "half", 4),
        ("forum", "boilerstrip", 2),
        ("forum", "half", 2),
    ]
    ours, half = rows[0], rows[1]
    assert ours.figures["wF1"] == 1.0
    assert ours.intervals == {"wF1": (1.0, 1.0)}
    assert (half.figures["wF1"] or 0) < 1.0


def test_a_page_that_fails_counts_as_empty_and_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(r: dict[str, Any]) -> str:
        if r["id"] == "page-2":
            raise ValueError("odd page")
        return str(r["truth"])

    install(monkeypatch, "fussy", lambda: extract)
    (fussy,) = compare(data, "fussy")
    assert fussy.errors == {"page-2": "ValueError: odd page"}
    assert fussy.figures["wF1"] == pytest.approx(5 / 6)


def test_workers_do_not_change_the_figures(data: Path) -> None:
    alone = [page.figures for page in quality.scores(data, "made-up", "text", workers=1)]
    together = [page.figures for page in quality.scores(data, "made-up", "text", workers=2)]
    assert alone == together


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no timer of CPU time")
def test_an_endless_page_is_ended() -> None:
    def stubborn() -> None:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: BLE001, S112 - what extractors do
                continue

    with pytest.raises(PageTimeout), cpu_limit(0.05):
        stubborn()


# ------------------------------------------------------------------ peers


def test_missing_and_unknown_peers_are_skipped_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> peers.Extract:
        raise ModuleNotFoundError("No module named 'gone'")

    monkeypatch.setattr(peers, "PEERS", {})
    install(monkeypatch, "Gone", missing)
    install(monkeypatch, "here", lambda: lambda _: "text")
    run, left_out = peers.choose([], "html")
    assert run == ["boilerstrip", "here"]
    assert list(left_out) == ["Gone"]
    assert "No module named 'gone'" in left_out["Gone"]
    run, left_out = peers.choose(["HERE", "nobody"], "html")
    assert run == ["boilerstrip", "here"]
    assert "Gone, here" in left_out["nobody"]


def test_no_peer_is_imported_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "loaded", None)
    assert peers.choose(None, "html") == (["boilerstrip"], {})


def test_rules_stand_in_for_peers_on_flattened_text() -> None:
    run, left_out = peers.choose(["all"], "text")
    assert run == ["boilerstrip", "every-line", "c4-lines"]
    assert not left_out
    page = {"text": "Menu\nA line of five words.\nShort one.\nNo end mark on this long line"}
    assert peers.loaded("c4-lines", "text")(page) == "A line of five words."


@pytest.mark.parametrize("name", [*peers.PEERS])
def test_peers_keep_the_paragraphs_of_a_plain_page(name: str) -> None:
    peer = peers.PEERS[name]
    if not peer.version:
        pytest.skip(f"{name} is not installed")
    text = peers.loaded(name, "html")(record(1))
    assert PROSE in text
    assert "<p>" not in text


def test_stoplist_languages_are_iso_codes() -> None:
    assert all(len(code) == 2 and code.islower() for code in peers._STOPLISTS)
    assert peers._STOPLISTS["no"] == "Norwegian_Bokmal"


# ------------------------------------------------------------------ tables


def test_plain_table_aligns_its_columns() -> None:
    assert tables.plain(["", "n"], [["ours", "5"], ["x", "12"]]) == "       n\nours   5\nx     12"


def test_terminal_table_shows_half_the_interval_and_leaves_out_empty_columns() -> None:
    text = tables.quality_text([row("ours", 0.9, intervals={"wF1": (0.88, 0.94)}), row("peer", None)])
    title, head, ours, peer = text.splitlines()
    assert title == "made-up"
    assert head.split() == ["n", "wF1", "leak", "fail"]
    assert ours.split() == ["ours", "6", "0.900", "±0.030", "0.100", "0"]
    assert peer.split() == ["peer", "6", "-", "0.100", "0"]


def test_markdown_table_has_the_best_in_bold_and_whole_intervals() -> None:
    rows = [row("ours", 0.9, intervals={"wF1": (0.88, 0.94)}), row("peer", 0.8)]
    text = tables.quality_markdown(rows, "python -m benchmarks quality")
    assert "## made-up" in text
    assert "| extractor | pages | word F1 | leaked lines | failures |" in text
    assert "| ours 1.0 | 6 | **0.900** (0.880 to 0.940) | **0.100** | 0 |" in text
    assert "| peer 1.0 | 6 | 0.800 | **0.100** | 0 |" in text


def test_quality_writes_json_and_markdown(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    options = ["--data", str(data), "--set", "made-up", "--mode", "text", "--workers", "1", "--resamples", "10"]
    command.main(["quality", *options, "--peer", "--out", str(out)])
    document = json.loads((out / "quality-text.json").read_text("utf-8"))
    assert [r["extractor"] for r in document["rows"]] == ["boilerstrip", "every-line", "c4-lines"]
    assert document["bootstrap"] == {"resamples": 10, "level": 0.95, "seed": bootstrap.SEED, "unit": "page"}
    text = (out / "quality-text.md").read_text("utf-8")
    assert "python -m benchmarks quality --data DIR --set made-up --peer --mode text" in text
    assert str(tmp_path) not in text
    assert "c4-lines" in capsys.readouterr().out


# ------------------------------------------------------------------ speed


class Clock:
    """Time that passes only when work is done."""

    now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float, log: list[str] | None = None, name: str = "") -> Callable[[object], None]:
        def run(_: object) -> None:
            self.now += seconds
            if log is not None:
                log.append(name)

        return run


def test_each_extractor_is_timed_in_turn_with_the_parse() -> None:
    clock, log = Clock(), list[str]()
    extractors = {"slow": clock.work(0.4, log, "slow"), "quick": clock.work(0.2, log, "quick")}
    speeds = in_turn(extractors, [record(0), record(1)], 3, clock.work(0.1, log, "parse"), clock)
    assert speeds["slow"].ratio == pytest.approx(4)
    assert speeds["quick"].ratio == pytest.approx(2)
    assert speeds["slow"].milliseconds == pytest.approx(400)
    warm_up = 3 * 2
    assert log[warm_up : warm_up + 4] == ["parse", "slow", "parse", "quick"]


def test_ratio_is_the_median_over_rounds() -> None:
    assert Speed([2.0, 9.0, 4.0], [1.0, 1.0, 1.0], pages=1, failures=0).ratio == 4.0


def test_a_failing_extractor_is_counted_once_a_page() -> None:
    clock = Clock()

    def fail(_: object) -> None:
        clock.now += 0.3
        raise ValueError

    (speed,) = in_turn({"fail": fail}, [record(0), record(1)], 2, clock.work(0.1), clock).values()
    assert speed.failures == 2
    assert speed.ratio == pytest.approx(3)


def test_speed_table_has_the_parse_first() -> None:
    table = SpeedTable("made-up", 2, {"ours": Speed([0.4], [0.2], 2, 0)}, {}, 12.5)
    title, _, parse, ours = table.text().splitlines()
    assert title == "made-up: 2 pages; flattened text 12.5 MB/s"
    assert parse.split() == ["lxml", "parse", "100.00", "1.00", "-", "-", "0"]
    assert ours.split() == ["ours", "200.00", "2.00", "-", "-", "0"]
    assert table.as_dict()["speeds"]["ours"]["ratio"] == 2.0


def test_memory_is_measured_in_a_process_of_its_own(data: Path) -> None:
    memory = peak_memory(data, "made-up", PARSE, 2)
    assert memory is not None
    assert 1 < memory.start <= memory.peak
    assert peak_memory(data, "made-up", "nobody", 2) is None


# ------------------------------------------------------------------ packs


def test_all_packs_are_measured_beside_one(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["packs", "--data", str(data), "--set", "made-up", "--lang", "de", "--pages", "2", "--rounds", "1"])
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[:3] for row in rows if row and row[0] in ("html", "text")] == [
        ["html", "all", "2"],
        ["text", "all", "2"],
    ]
    # The packs are back in their place.
    assert "en" in load().languages


# ------------------------------------------------------------------ sites


def test_sections_for_sites_are_loaded_and_measured(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["sites", "--data", str(data), "--set", "made-up", "--sites", "20", "--pages", "2", "--rounds", "1"])
    table = capsys.readouterr().out
    rows = {line.rsplit("  ", 1)[0].strip(): line.rsplit("  ", 1)[1] for line in table.splitlines()[1:]}
    assert rows["sections"].strip() == "20"
    assert 0.1 < float(rows["time with them, pages of no such site"]) < 10
    assert 0.1 < float(rows["time with them, pages of such a site, against 8 sections"]) < 10


# ------------------------------------------------------------------ profile


def test_a_stage_is_timed_without_the_stages_inside_it() -> None:
    clock = Clock()
    watch = stages.Stopwatch(clock)
    inner = watch.wrap("inner", clock.work(2.0))
    with watch.time("outer"):
        clock.now += 1.0
        inner(None)
        inner(None)
    assert watch.seconds == {"outer": 1.0, "inner": 4.0}


def test_stage_functions_are_put_back_and_missing_ones_named() -> None:
    class Owner:
        @staticmethod
        def there() -> int:
            return 7

    before = Owner.there
    watch = stages.Stopwatch()
    with stages.watched(watch, [("a", Owner, "there"), ("b", Owner, "gone")]) as missing:
        assert Owner.there() == 7
        assert missing == ["Owner.gone"]
    assert Owner.there is before
    assert set(watch.seconds) == {"a"}


def test_every_stage_is_found_by_its_name(data: Path) -> None:
    report = stages.profile(data, ["made-up"], "html", pages=3, rounds=1)
    assert "not found" not in report
    rows = [line.split()[0] for line in report.splitlines()[1:]]
    before = ["decode", "parse", "walk", "match", "measure", "headline", "language", "kind"]
    stage_names = [*before, "families", "verdict", "render", "rest", "judge", "all"]
    assert rows[: len(stage_names)] == stage_names
    assert "main_content" in report or rows.count("filter") == 8


# ------------------------------------------------------------------ guard


@pytest.mark.parametrize(("ratio", "well"), [(5.9, True), (6.1, False)])
def test_guard_allows_a_fifth(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ratio: float, well: bool) -> None:
    recorded = tmp_path / "recorded.json"
    recorded.write_text(json.dumps({"ratio": 5.0, "pages": ["a"]}), "utf-8")
    monkeypatch.setattr(guard, "RECORDED", recorded)
    monkeypatch.setattr(guard, "measured", lambda names: ratio if names == ["a"] else 0.0)
    verdict, told = guard.guard()
    assert verdict is well
    assert "recorded 5.00" in told


def test_one_unlucky_attempt_does_not_fail_the_guard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    recorded = tmp_path / "recorded.json"
    recorded.write_text(json.dumps({"ratio": 5.0, "pages": ["a"]}), "utf-8")
    monkeypatch.setattr(guard, "RECORDED", recorded)
    seen = iter([9.0, 5.2, 9.0])
    monkeypatch.setattr(guard, "measured", lambda names: next(seen))
    assert guard.guard()[0]
    assert next(seen) == 9.0  # it stopped at the first that was well


def test_recorded_pages_are_there_and_can_be_measured() -> None:
    known = json.loads(guard.RECORDED.read_text("utf-8"))
    assert 1.0 < known["ratio"] < 100.0
    assert guard.measured(known["pages"][:1]) > 1.0
