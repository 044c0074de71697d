"""Flattened text → lines, and telling it from HTML."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.page import Source
from boilerstrip.text import looks_like_html, read_text


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><body>x</body></html>",
        "\n  <html lang='de'>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        "<!-- saved from a site --><div>text</div>",
        "<p>One paragraph</p>",
        "<DIV>Shouted</DIV>",
        "Some text first <p>then</p> tags <b>more</b>",
        "<my-page><p>custom element first</p></my-page>",
    ],
)
def test_html_is_recognised(page: str) -> None:
    assert looks_like_html(page)
    assert boilerstrip.extract(page).source is Source.HTML


@pytest.mark.parametrize(
    "page",
    [
        "",
        "   \n",
        "Plain words.",
        "5 < 6 and 7 > 3, as every pupil knows.",
        "The <p> tag opens a paragraph, the editor explained.",
        "Write <b>, <i> and <u> sparingly, says the style guide.",
        "<3 is how the young sign their letters",
        "a <- b -> c",
    ],
)
def test_text_is_recognised(page: str) -> None:
    assert not looks_like_html(page)
    assert boilerstrip.extract(page).source is Source.TEXT


def test_source_overrules_the_guess() -> None:
    assert boilerstrip.extract("Plain words.", source="html").source is Source.HTML
    as_text = boilerstrip.extract("<p>One paragraph</p>", source="text")
    assert as_text.source is Source.TEXT
    assert [line.text for line in as_text.lines] == ["<p>One paragraph</p>"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends(end: str) -> None:
    page = read_text(end.join(["one", "two", "", "three"]))
    assert [line.text for line in page.lines] == ["one", "two", "three"]
    first, second, third = (line.block for line in page.lines)
    assert first == second < third


@pytest.mark.parametrize("mark", ["\u2028", "\x0c", "\x1c", "\x85", "\x0b"])
def test_other_separators_are_white_space(mark: str) -> None:
    assert [line.text for line in read_text(f"one{mark}two").lines] == ["one two"]


def test_white_space_is_collapsed_but_tabs_part_cells() -> None:
    page = read_text("  a \u00a0 b  \n\n\n\n x \t  y\t z \n\t\n")
    assert [line.text for line in page.lines] == ["a b", "x\ty\tz"]


def test_blank_lines_open_blocks_and_indices_count() -> None:
    page = read_text("\n\na\nb\n\n \n\nc\n")
    assert [line.index for line in page.lines] == [0, 1, 2]
    assert [line.block - page.lines[0].block for line in page.lines][:2] == [0, 0]
    assert page.lines[2].block > page.lines[1].block
    assert (page.boxes[0].start, page.boxes[0].end) == (0, 3)


def test_characters_of_the_page_stay() -> None:
    text = "قالَ الوزيــر: «١٢٣» \u200f— １２時 ﬁn"
    assert read_text(text).lines[0].text == text


def test_empty_text_has_no_lines() -> None:
    assert read_text("").lines == []
    assert read_text(" \n\u200b\r\n\ufeff").lines == []
