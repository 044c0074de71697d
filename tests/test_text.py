"""Flattened text → lines, and telling it from HTML."""

from __future__ import annotations

import textwrap

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


WRAPPED = """\
The ferry to the outer islands will keep running through the winter
after all. The regional assembly voted on Monday to pay for two
crossings a day until the end of April, at a cost of just under nine
hundred thousand crowns.

Members who voted against the plan pointed to the number of passengers.
On some days last winter the boat had carried nobody but its crew of
four and the mail, a fact that the captain does not deny.

- one item of a list that is about as long as all the other lines
- another item of that list
"""


def test_text_wrapped_at_a_column_is_unwrapped() -> None:
    lines = [line.text for line in read_text(WRAPPED).lines]
    assert len(lines) == 4
    assert lines[0].startswith("The ferry to")
    assert lines[0].endswith("hundred thousand crowns.")
    assert lines[1].endswith("does not deny.")
    assert lines[2:] == [
        "- one item of a list that is about as long as all the other lines",
        "- another item of that list",
    ]


def test_an_indented_line_opens_a_paragraph_of_wrapped_text() -> None:
    wrap = textwrap.TextWrapper(72, initial_indent="   ")
    text = "\n".join(wrap.fill(paragraph.replace("\n", " ")) for paragraph in WRAPPED.split("\n\n")[:2])
    assert [line.text.split()[0] for line in read_text(text).lines] == ["The", "Members"]


def test_headlines_of_like_length_are_no_wrapped_text() -> None:
    text = "\n".join(f"Headline number {n} of a list says something about a town called Harlow" for n in range(20))
    assert len(read_text(text).lines) == 20


def test_one_long_line_does_not_hide_the_column() -> None:
    text = f"{WRAPPED}\n{WRAPPED}\n{WRAPPED}\n{WRAPPED}\nhttps://harlow.example/{'x' * 120}\n"
    assert len(read_text(text).lines) == 17


def test_tables_set_with_spaces_are_rows() -> None:
    rows = [
        "Club       Played   Points",
        "Marlow       13      34",
        "Upper Creek  13      31",
        "Harlow       13      28",
    ]
    lines = [line.text for line in read_text("\n".join(rows)).lines]
    assert lines == ["Club\tPlayed\tPoints", "Marlow\t13\t34", "Upper Creek\t13\t31", "Harlow\t13\t28"]


def test_sentences_that_a_typist_set_apart_are_no_rows() -> None:
    text = "\n".join(
        f"The boat of crew {n} came in late.  In {n} minutes it was over for all of them." for n in range(4, 9)
    )
    assert "\t" not in "".join(line.text for line in read_text(text).lines)


def test_boxes_several_spaces_apart_are_lines_of_their_own() -> None:
    page = read_text("Bridge closed   Two held after fire    Rain by the weekend\n\nplain")
    assert [(line.text, line.glue) for line in page.lines] == [
        ("Bridge closed", None),
        ("Two held after fire", " "),
        ("Rain by the weekend", " "),
        ("plain", None),
    ]
    assert page.lines[0].block == page.lines[2].block < page.lines[3].block


@pytest.mark.parametrize(
    "text", ["One sentence.   Another one.   A third.", "Name:   Ann Lee", "   indented text of one line", "a  b  c  d"]
)
def test_spaces_that_part_no_boxes(text: str) -> None:
    assert [line.text for line in read_text(text).lines] == [" ".join(text.split())]


def test_without_blank_lines_every_long_line_is_a_paragraph() -> None:
    long = "A sentence that is long enough to be a paragraph of the article, for all we know."
    page = read_text(f"Menu\nHome\n{long}\n{long}\nShort\nTiny")
    blocks = [line.block for line in page.lines]
    assert blocks[0] == blocks[1] < blocks[2] < blocks[3] < blocks[4] == blocks[5]


def test_markdown_links_count_as_links() -> None:
    page = read_text(
        "[Home](/) [News](/news)\n\nShe met [Ann Lee](/people/ann) at the mill.\n\n![bridge](b.png)\n\na ](b"
    )
    assert [(line.links, round(line.link_share, 2)) for line in page.lines] == [
        (2, 0.96),
        (1, 0.51),
        (1, 1.0),
        (0, 0.0),
    ]
