"""Limits: what they take, what a page over one becomes, what the Document says of it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from lxml import etree
from prose import PROSE

from boilerstrip import Decision, Document, Evidence, LimitExceededError, Limits, Pipeline, Verdict, clean, extract
from boilerstrip.dom.markup import may_hold_long_tag, rewrite
from boilerstrip.page import Box, Line, parts_of

FIRST, SECOND = PROSE["en"].paragraphs[:2]
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n\n{SECOND}"


def limited(page: object, **limits: object) -> Document:
    return extract(page, limits=Limits(**limits))  # type: ignore[arg-type]


def over(document: Document) -> list[str]:
    """The limits that a page was over, as its warnings say."""
    return [w.message.split(":")[0] for w in document.warnings if w.where == "limits"]


# ---------------------------------------------------------------- arguments


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("bytes", 0, ValueError),
        ("bytes", -5, ValueError),
        ("bytes", 1.5, ValueError),
        ("bytes", True, TypeError),
        ("bytes", b"5", TypeError),
        ("elements", "many", ValueError),
        ("lines", [], TypeError),
        ("attributes", 0, ValueError),
        ("line_length", 999, ValueError),
        ("depth", 0, ValueError),
        ("depth", 401, ValueError),
        ("depth", None, TypeError),
        ("seconds", 0, ValueError),
        ("seconds", float("nan"), ValueError),
        ("seconds", "5", ValueError),
        ("on_limit", "raise", ValueError),
        ("on_limit", None, TypeError),
    ],
)
def test_wrong_limits_are_named(name: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error, match=rf"^limits: {name} must be .*not "):
        Limits(**{name: value})  # type: ignore[arg-type]


def test_limits_are_values() -> None:
    limits = Limits(lines=5, seconds=None)
    assert limits == pickle.loads(pickle.dumps(limits))
    assert hash(limits) == hash(Limits(lines=5, seconds=None))
    assert limits.lines == 5
    with pytest.raises(AttributeError):
        limits.lines = 6  # type: ignore[misc]
    with pytest.raises(TypeError):
        Limits(5)  # type: ignore[misc]


def test_limits_of_another_type() -> None:
    with pytest.raises(TypeError, match=r"^limits must be a boilerstrip.Limits or None, not dict"):
        clean("x", limits={"lines": 5})  # type: ignore[arg-type]


def test_no_page_of_ours_is_over_the_defaults() -> None:
    assert not over(extract(ARTICLE))


# ---------------------------------------------------------------- each limit


def test_bytes() -> None:
    page = ARTICLE.encode()
    document = limited(page + b"<p>the rest" * 100, bytes=len(page))
    assert document.text == TEXT
    assert document.verdict is Verdict.CUT
    assert over(document) == ["bytes"]


@pytest.mark.parametrize("text", ["é" * 200, "語" * 200, "😀" * 200, "a" + "語" * 200])
@pytest.mark.parametrize("size", [96, 97, 98, 99, 100])
def test_bytes_are_cut_between_characters(text: str, size: int) -> None:
    document = limited(text.encode(), bytes=size)
    assert "\ufffd" not in "".join(line.text for line in document.lines)
    assert text.startswith("".join(line.text for line in document.lines))


def test_characters_of_a_str() -> None:
    document = limited(ARTICLE + "<p>the rest" * 100, bytes=len(ARTICLE))
    assert (document.text, over(document)) == (TEXT, ["bytes"])


def test_elements() -> None:
    document = limited(ARTICLE + "<p>the rest" * 100, elements=2)
    assert (document.text, document.verdict, over(document)) == (TEXT, Verdict.CUT, ["elements"])
    assert not over(limited(ARTICLE, elements=2))


@pytest.mark.parametrize("depth", [10, 255, 256, 300, 2047, 2048, 2100, 20_000, 200_000])
@pytest.mark.parametrize("tag", ["div", "span", "b", "section", "ul", "blockquote", "font", "x-y"])
def test_depth_loses_no_text(depth: int, tag: str) -> None:
    """What the parser would drop without a word comes out, from inside and behind."""
    if depth > 2100 and tag not in ("div", "span"):
        pytest.skip("deep enough with two tags")
    pipeline = Pipeline(())
    page = f"<{tag}>" * depth + ARTICLE + f"</{tag}>" * depth + "<p>behind"
    document = extract(page, pipeline=pipeline)
    assert [line.text for line in document.lines] == [FIRST, SECOND, "behind"]
    assert over(document) == (["depth"] if depth > 250 else []) or depth in (255, 256)
    assert document.verdict is Verdict.ARTICLE


def test_text_on_every_level() -> None:
    document = extract("<div>a" * 5000, pipeline=Pipeline(()))
    assert [line.text for line in document.lines] == ["a"] * 5000
    document = extract("<i>a " * 5000, pipeline=Pipeline(()))
    assert [line.text for line in document.lines] == ["a " * 4999 + "a"]


@pytest.mark.parametrize("unit", ["<ul><li>", "<table><tr><td>", "<b><i><p>", "<dl><dd>", "<p><b>", "<select><option>"])
def test_depth_of_elements_that_close_themselves(unit: str) -> None:
    document = extract(unit * 3000 + ARTICLE, pipeline=Pipeline(()))
    if "select" not in unit:
        assert [line.text for line in document.lines][-2:] == [FIRST, SECOND]


def test_depth_as_asked() -> None:
    page = "<div>" * 8 + ARTICLE + "</div>" * 8
    assert over(limited(page, depth=8)) == []
    document = limited(page, depth=5)
    assert over(document) == ["depth"]
    assert document.text == TEXT
    assert max(_depth(line.box) for line in document.lines) <= 5 + 4  # "", html, body, p


def _depth(box: Box | None) -> int:
    depth = 0
    while box is not None:
        depth, box = depth + 1, box.parent
    return depth


def test_attributes() -> None:
    many = " ".join(f"a{i}='1'" for i in range(50_000))
    document = extract(f"<div {many}><p class='byline' {many}>By Jo</p>{ARTICLE}</div>")
    assert document.text == TEXT
    assert over(document) == ["attributes"]
    assert "2 elements" in document.warnings[0].message


@pytest.mark.parametrize(
    "attribute", ["a{i}='>'", 'a{i}=">"', "a{i}='<p>'", "a{i}", "a{i}=1/", 'a{i} = ">"', "a{i}='\">'", "a\"{i}='>'"]
)
def test_attributes_that_hide_their_number(attribute: str) -> None:
    many = " ".join(attribute.replace("{i}", str(i)) for i in range(9000))
    page = f"<p>before</p><p {many}>{FIRST}</p>".encode()
    assert may_hold_long_tag(page, 4000)
    short, _, cut = rewrite(page, 256, 4000, lambda _tag: True)
    assert cut == 1
    root = etree.fromstring(short, etree.HTMLParser())
    assert len(root.findall(".//p")[1].attrib) == 4000
    assert FIRST in clean(page)


def test_few_attributes_need_no_second_look() -> None:
    page = f"<div class='x'><a href=\"/?a=b>c\" title='x'>{FIRST}</a></div>".encode() * 500
    assert not may_hold_long_tag(page, 4000)


def test_lines() -> None:
    document = limited(ARTICLE + "<p>the rest" * 2000, lines=2)
    assert (document.text, document.verdict, over(document)) == (TEXT, Verdict.CUT, ["lines"])
    document = limited(f"{FIRST}\n\n{SECOND}\n\n" + "the rest\n" * 2000, lines=2)
    assert (len(document.lines), document.verdict, over(document)) == (2, Verdict.CUT, ["lines"])


def test_lines_of_a_cut_tree_are_inside_its_boxes() -> None:
    document = limited(f"<main><div>{ARTICLE}" + "<pre>" + "the rest\n" * 2000, lines=1000)
    assert len(document.lines) == 1000
    for line in document.lines:
        assert line.box.start <= line.index < line.box.end
        assert line.box.parent is None or line.box.parent.end <= 1000


def test_element_decisions_on_a_cut_page() -> None:
    class All:
        name = "all"

        def __call__(self, page: object) -> object:
            from boilerstrip import ElementDecision  # noqa: PLC0415

            yield ElementDecision(page.tree, Evidence("rule", "all"))  # type: ignore[attr-defined]

    document = extract("<p>x</p>" * 3000, limits=Limits(lines=700), pipeline=Pipeline((All(),)))  # type: ignore[arg-type]
    assert len(document.removals) == len(document.lines) == 700


@pytest.mark.parametrize("before", ["<p>", "", "<pre>"])
@pytest.mark.parametrize("unit", ["word ", "w", "今日は晴れ。", "a  b "])
def test_a_long_line_is_handled_in_parts_and_printed_as_one(before: str, unit: str) -> None:
    text = (unit * 3000).strip()
    text = text if before == "<pre>" else " ".join(text.split())
    document = extract(before + text, limits=Limits(line_length=1000), pipeline=Pipeline(()))
    assert document.text == text
    assert len(document.lines) > 2
    assert max(len(line.text) for line in document.lines) <= 1000
    assert over(document) == ["line_length"]
    assert document.verdict is not Verdict.CUT


def test_parts_of_a_line_stay_together() -> None:
    def drop_first(page: object) -> object:
        yield Decision([0], Evidence("rule", "the first"))

    document = extract("word " * 1000, limits=Limits(line_length=1000), pipeline=Pipeline((drop_first,)))  # type: ignore[arg-type]
    assert len(document.kept) == len(document.lines) > 1


def test_parts_of_white_space() -> None:
    box = Box("", None, 0, (), 0, 1)
    line = Line(0, "a" + " " * 50 + "b", 0, box)
    parts = parts_of(line, 10)
    assert all(part.text.strip() for part in parts)
    assert "".join((part.glue or "") + part.text for part in parts) == line.text


def test_seconds() -> None:
    document = limited(ARTICLE * 20_000, seconds=0.02, lines=None)
    assert document.verdict is Verdict.CUT
    assert over(document) == ["seconds"]
    assert document.text.startswith(FIRST)
    assert len(document.lines) < 40_000


def test_seconds_between_filters() -> None:
    def slow(page: object) -> object:
        while True:
            sum(range(10_000))
            yield Decision([0], Evidence("rule", "slow"))

    document = extract(ARTICLE, limits=Limits(seconds=0.1), pipeline=Pipeline.default().adding(slow))  # type: ignore[arg-type]
    assert document.verdict is Verdict.CUT
    assert "slow, main_content" in document.warnings[0].message
    assert document.text == SECOND  # what was decided by then stands


@pytest.mark.parametrize(
    ("page", "limits", "limit"),
    [
        (ARTICLE, {"bytes": 10}, "bytes"),
        (ARTICLE.encode(), {"bytes": 10}, "bytes"),
        (ARTICLE, {"elements": 1}, "elements"),
        ("<div>" * 500 + ARTICLE, {}, "depth"),
        ("<p " + " ".join(f"a{i}" for i in range(9000)) + ">", {}, "attributes"),
        (ARTICLE, {"lines": 1}, "lines"),
        ("w" * 2000, {"line_length": 1000}, "line_length"),
        (ARTICLE * 2000, {"seconds": 1e-6}, "seconds"),
    ],
)
def test_over_a_limit_can_be_an_error(page: str | bytes, limits: dict[str, object], limit: str) -> None:
    with pytest.raises(LimitExceededError, match=f"^{limit}: ") as caught:
        limited(page, on_limit="error", **limits)
    assert caught.value.limit == limit
    assert caught.value.allowed == getattr(Limits(**limits), limit)  # type: ignore[arg-type]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert limited(ARTICLE, on_limit="error").text == TEXT


def test_a_tree_deeper_than_any_page() -> None:
    root = element = etree.Element("html")
    for i in range(30_000):
        element = etree.SubElement(element, "div")
        if i % 10_000 == 0:
            element.text = FIRST
    document = extract(root, pipeline=Pipeline(()))
    assert [line.text for line in document.lines] == [FIRST] * 3
    assert over(document) == ["depth"]


# ---------------------------------------------------------------- command line


def test_limits_on_the_command_line(tmp_path: Path) -> None:
    from click.testing import CliRunner  # noqa: PLC0415

    from boilerstrip.cli import main  # noqa: PLC0415

    file = tmp_path / "page.html"
    file.write_text(ARTICLE + "<p>the rest" * 50, "utf-8")
    run = CliRunner().invoke
    assert run(main, ["clean", "--limit", "lines=2", str(file)]).stdout == TEXT + "\n"
    found = run(main, ["extract", "--limit", "lines=2", "--limit", "seconds=none", str(file)]).stdout
    assert "verdict  cut" in found
    assert "warning  limits: lines: " in found
    over = run(main, ["clean", "--limit", "lines=2", "--on-limit", "error", str(file)])
    assert over.exit_code == 1
    assert "over a limit: lines: " in over.stderr
    for wrong in ("lines", "lines=", "lines=x", "lins=5", "lines=0", "depth=none", "on_limit=cut", "seconds=-1"):
        result = run(main, ["clean", "--limit", wrong, str(file)])
        assert result.exit_code == 2
        assert "--limit: " in result.stderr
