"""The trace: the same outcome as ``extract``, every claim on a line, and what would be otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from fixture_cases import Case, all_cases

import boilerstrip
from boilerstrip import Decision, ElementDecision, Evidence, Pipeline
from boilerstrip.cli import main
from boilerstrip.explain import Trace, trace
from boilerstrip.explain.report import report
from boilerstrip.explain.terminal import KEEP, plain, rows

CASES = all_cases()
WHOLE = [case for case in CASES if case.family == "pages"]
PAGE = next(case for case in CASES if case.id == "pages/en_local_paper").page


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin, prog_name="boilerstrip")


def line_of(traced: Trace, text: str) -> int:
    return next(i for i, line in enumerate(traced.lines) if line.text == text)


# ---------------------------------------------------------------------- the trace


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_trace_is_what_extract_gives(case: Case) -> None:
    document, traced = boilerstrip.extract(case.page), trace(case.page)
    assert traced.text == document.text
    assert [line.text for line in traced.lines] == [line.text for line in document.lines]
    assert {i: line.by for i, line in enumerate(traced.lines) if line.by is not None} == {
        removal.line: removal.filter for removal in document.removals
    }
    for removal in document.removals:
        reason = traced.lines[removal.line].reason
        assert reason is not None
        assert (reason.filter, reason.kind, reason.what, reason.witness) == (
            removal.filter,
            removal.evidence.kind,
            removal.evidence.what,
            removal.evidence.line,
        )


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case.id)
def test_what_if_is_what_a_run_without_the_filter_gives(case: Case) -> None:
    traced = trace(case.page, what_if=True)
    assert len(traced.without) > 3
    for name in Pipeline.default().names:
        outcome = {i: line.by for i, line in enumerate(traced.lines)}
        outcome |= {
            change.line: change.claim.filter if change.claim else None for change in traced.without.get(name, ())
        }
        document = boilerstrip.extract(case.page, pipeline=Pipeline.default().without(name))
        assert {i: by for i, by in outcome.items() if by is not None} == {
            removal.line: removal.filter for removal in document.removals
        }, name


def test_all_claims_on_a_line_are_told_in_the_order_of_the_filters() -> None:
    page = "<body><footer><p>© 2026 The Harlow Post. All rights reserved.</p></footer></body>"

    def cautious(page: boilerstrip.Page) -> list[Decision]:
        return [Decision(iter([0]), Evidence("rule", "keep it all"), keep=True)]

    traced = trace(page, pipeline=Pipeline.default().adding(cautious, before="hidden"))
    assert traced.text == "© 2026 The Harlow Post. All rights reserved."
    said = [(claim.filter, claim.keep) for claim in traced.lines[0].claims]
    assert said[0] == ("cautious", True)
    assert ("copyright_footer", False) in said
    assert traced.lines[0].by is None
    assert traced.lines[0].reason is traced.lines[0].claims[0]


def test_filters_that_speak_of_elements_and_such_that_fail_are_traced() -> None:
    def tables(page: boilerstrip.Page) -> list[ElementDecision]:
        assert page.tree is not None
        return [ElementDecision(e, Evidence("rule", "no tables")) for e in page.tree.iter("table")]

    def broken(page: boilerstrip.Page) -> list[Decision]:
        raise RuntimeError("no")

    html = "<body><p>One line of text.</p><table><tr><td>a</td><td>b</td></tr></table></body>"
    traced = trace(html, pipeline=Pipeline((tables, broken)), what_if=True)
    assert [line.by for line in traced.lines] == [None, "tables"]
    assert traced.warnings == [("broken", "RuntimeError: no")]
    assert [(change.line, change.claim) for change in traced.without["tables"]] == [(1, None)]


def test_scores_are_told_for_lines_that_the_judge_judged_and_add_up_to_a_reason() -> None:
    traced = trace(PAGE)
    judged = [line for line in traced.lines if line.score is not None]
    assert len(judged) > 10
    for line in judged:
        assert line.score is not None
        assert line.by in {None, "main_content"}
        values = [points for _, points in line.score.terms]
        assert values == sorted(values)
    weather = traced.lines[line_of(traced, "54° Harlow Creek")]
    assert weather.by == "main_content"
    assert weather.score is not None
    assert weather.score.points < weather.score.needed
    assert weather.score.terms[0][1] < 0


def test_a_page_without_lines_and_a_pipeline_without_filters() -> None:
    assert trace("").lines == []
    traced = trace("A line.", pipeline=Pipeline(), what_if=True)
    assert (traced.text, traced.filters, traced.without) == ("A line.", [], {})


# ------------------------------------------------------------------ in a terminal


def test_the_plain_view_has_a_head_and_a_row_a_line() -> None:
    traced = trace(
        "<body><h1>Bridge closed</h1><p>A long day [ended] well.</p><p>Read also: <a>Council splits over bridge</a></p></body>"
    )
    view = plain(traced, "page.html", list(rows(traced)))
    assert view.startswith("file     page.html\ntitle    Bridge closed\n")
    assert "read_also       Read also: Council splits over bridge  [phrase: en “Read also" in view


def test_rows_can_be_chosen_by_fate_and_by_filter() -> None:
    traced = trace(PAGE)
    kept = [row.text for row in rows(traced, only="kept")]
    assert kept == [line for line in traced.text.split("\n") if line]
    removed = list(rows(traced, only="removed"))
    assert KEEP not in {row.fate for row in removed}
    assert len(kept) + len(removed) == len(traced.lines)
    assert {row.fate for row in rows(traced, filters=["byline", "tags"])} == {"byline", "tags"}


def test_explain_prints_the_plain_view_where_there_is_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(PAGE)
    result = run("explain", path)
    assert result.exit_code == 0
    assert result.stdout == run("extract", path).stdout
    assert "nav_menu          Sports  [signature: …navbar…]\n" in result.stdout
    only = run("explain", "--only", "removed", "--filter", "byline", path)
    assert {row.split()[0] for row in only.stdout.split("\n\n", 1)[1].splitlines() if row} == {"byline"}


def test_explain_in_colour_takes_no_markup_from_the_page() -> None:
    pytest.importorskip("rich", reason="needs rich: pip install -e '.[dev]'")
    page = "<body><p>[bold red]Not bold[/] and [link=x]no link[/link], it says here.</p><p>Share this</p></body>"
    result = run("explain", "--colour", stdin=page)
    assert result.exit_code == 0
    assert "[bold red]Not bold[/]" in result.stdout
    assert "\x1b[" in result.stdout
    assert "share_bar" in result.stdout


def test_control_characters_of_a_page_do_not_reach_the_terminal() -> None:
    result = run("explain", stdin="<body><pre>a\x1b[31m b</pre><p>c &#27;]0;d\x07 e</p></body>")
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout


def test_explain_json_is_the_whole_trace() -> None:
    result = run("explain", "--json", stdin=PAGE)
    read = msgspec.json.decode(result.stdout, type=Trace)
    assert read.file == "standard input"
    whole = trace(PAGE, what_if=True)
    whole.file = "standard input"
    assert read == whole
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--html", "r.html", "--json"), "--html writes the whole report"),
        (("--html", "r.html", "a", "b"), "--html is for one page; there are several files"),
        (("--json", "--only", "kept"), "--json gives all lines"),
        (("--filter", "by_line"), "did you mean 'byline'"),
        (("--only", "gone"), "'gone' is not one of 'removed', 'kept'"),
    ],
)
def test_wrong_usage_is_said(args: tuple[str, ...], message: str) -> None:
    result = run("explain", *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_report_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    result = run("explain", "--html", tmp_path / "no" / "report.html", stdin=PAGE)
    assert result.exit_code == 1
    assert "cannot write" in result.stderr


# -------------------------------------------------------------- the report's bytes


def test_explain_html_writes_the_report(tmp_path: Path) -> None:
    result = run("explain", "--html", tmp_path / "r.html", stdin=PAGE)
    assert (result.exit_code, result.stdout) == (0, "")
    traced = trace(PAGE, what_if=True)
    traced.file = "standard input"
    assert (tmp_path / "r.html").read_bytes() == report(traced)


def test_nothing_of_a_page_can_end_the_block_that_holds_it() -> None:
    hostile = "</script><script>alert(1)</script><!--<script> ]]> &lt; \u2028 \u2029 {{script}} {{policy}} \x00 and a few words."
    traced = trace(hostile, source="text", what_if=True)
    assert "</script><script>" in traced.lines[0].text
    page = report(traced).decode()
    block = page.split('<script type="application/json" id="trace">', 1)[1].split("</script>", 1)[0]
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block)["lines"][0]["text"] == traced.lines[0].text
    assert page.count("<script") == 2
    assert page.count("{{") == block.count("{{")


def test_the_report_names_nothing_outside_itself() -> None:
    page = report(trace("A line of text.")).decode()
    before, _, rest = page.partition('<script type="application/json"')
    for part in (before, rest.partition("</script>")[2]):
        for word in ("http://", "https://", "src=", "href=", "@import", "url(", "innerHTML", "eval("):
            assert word not in part, word
    assert "default-src 'none'" in before
    assert "unsafe" not in before


def test_rules_of_a_file_are_traced_like_any_filter() -> None:
    rules = '[drop.promo]\nwhole = "Ask our experts"\n\n[site."harlow.example"]\nbody = "article"\n'
    prose = "The Mill Street bridge will close in March, the council decided on Tuesday night after a long debate."
    page = f"<body><article><p>{prose}</p><p>Ask our experts</p></article><p>{prose}</p></body>"
    pipeline = Pipeline.default().with_rules(rules)
    traced = trace(page, pipeline=pipeline, url="https://harlow.example/1", what_if=True)
    assert [line.by for line in traced.lines] == [None, "promo", "main_content"]
    assert traced.lines[1].claims[0].kind == "rule"
    assert traced.lines[1].claims[0].what.startswith("<rules>: promo: ")
    assert [change.line for change in traced.without["promo"]] == [1]
    elsewhere = trace(page, pipeline=pipeline, what_if=True)
    assert elsewhere.lines[0].score is not None
