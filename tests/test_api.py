"""clean() and extract(): arguments, errors, what comes out; no page raises."""

from __future__ import annotations

import inspect
import io
from pathlib import Path

import pytest
from fixture_cases import all_cases
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from prose import PROSE, article_text, html_page

import boilerstrip
from boilerstrip import Document, Pipeline, Verdict, clean, extract
from boilerstrip.page import Source

PAGE = html_page(PROSE["en"])
TEXT = article_text(PROSE["en"])
FOUNDING = Path(__file__).resolve().parent.parent / "fixtures" / "pages" / "ar_flattened"


def test_public_names_exist() -> None:
    assert all(hasattr(boilerstrip, name) for name in boilerstrip.__all__)


def test_clean_takes_what_extract_takes() -> None:
    mine, other = inspect.signature(clean).parameters, inspect.signature(extract).parameters
    assert list(mine.values()) == list(other.values())


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
@pytest.mark.parametrize("with_title", [False, True])
def test_clean_is_the_text_of_extract(case: object, with_title: bool) -> None:
    page = case.page  # type: ignore[attr-defined]
    assert clean(page, with_title=with_title) == extract(page, with_title=with_title).text


# ---------------------------------------------------------------- kinds of pages


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        PAGE.encode(),
        bytearray(PAGE.encode()),
        memoryview(PAGE.encode()),
        html.document_fromstring(PAGE),
        etree.parse(io.StringIO(PAGE), etree.HTMLParser()),
        PAGE.encode("utf-16"),
    ],
    ids=["str", "bytes", "bytearray", "memoryview", "element", "tree", "utf-16"],
)
def test_every_kind_of_page(page: object) -> None:
    document = extract(page)  # type: ignore[arg-type]
    assert document.text == TEXT
    assert document.title == PROSE["en"].headline
    assert document.source is Source.HTML
    assert document.verdict is Verdict.ARTICLE


def test_a_subtree_is_a_page() -> None:
    root = html.document_fromstring(PAGE)
    article = root.find(".//article")
    assert clean(article) == TEXT
    assert etree.tostring(root) == etree.tostring(html.document_fromstring(PAGE))


def test_flattened_text_is_a_page() -> None:
    page = "\n\n".join([PROSE["en"].headline, *PROSE["en"].paragraphs])
    for each in (page, page.encode(), page.encode("utf-16")):
        document = extract(each)
        assert document.text == TEXT
        assert document.source is Source.TEXT


def test_encoding_is_reported() -> None:
    page = html_page(PROSE["ar"], charset="utf-8").encode("windows-1256")
    document = extract(page)
    assert document.encoding == "cp1256"
    assert [w.where for w in document.warnings] == ["decode"]
    assert extract(PAGE).encoding is None


def test_with_title() -> None:
    assert clean(PAGE, with_title=True) == f"{PROSE['en'].headline}\n\n{TEXT}"
    assert clean("", with_title=True) == ""
    title_only = "<html><head><title>Only a headline here</title></head><body></body></html>"
    assert clean(title_only, with_title=True) == "Only a headline here"
    assert clean(title_only) == ""


def test_url_names_the_site() -> None:
    document = extract(PAGE, url="https://www.daily-harbour.example/a/1")
    assert document.url == "https://www.daily-harbour.example/a/1"
    assert document.site_name == "daily-harbour.example"


@pytest.mark.parametrize(
    "url", ["", "no url", "http://[", "//", "https://", "http://:80/", "\x00", "mailto:a@b", "http://ü/"]
)
def test_odd_urls_are_no_errors(url: str) -> None:
    assert clean(PAGE, url=url) == TEXT


def test_language() -> None:
    assert extract(PAGE.replace("<html>", "<html lang='en-GB'>")).lang == "en"
    for lang in ("ar", "de", "en", "es", "fr", "ru", "tr"):
        assert extract(html_page(PROSE[lang])).lang == lang


def test_document_is_frozen() -> None:
    document = extract(PAGE)
    with pytest.raises(AttributeError):
        document.text = ""  # type: ignore[misc]


def test_kept_lines_are_the_text() -> None:
    document = extract(PAGE)
    assert [line.text for line in document.kept] == list(PROSE["en"].paragraphs)


# ---------------------------------------------------------------- bad arguments


@pytest.mark.parametrize("page", [None, 5, 1.5, ["<p>x</p>"], {"page": 1}, object(), Path("x"), io.BytesIO(b"x")])
@pytest.mark.parametrize("call", [clean, extract])
def test_page_of_a_wrong_type(call: object, page: object) -> None:
    with pytest.raises(TypeError, match=rf"^page must be .*not {type(page).__name__}"):
        call(page)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("argument", "value", "error"),
    [
        ("url", 5, TypeError),
        ("url", b"https://a.example/", TypeError),
        ("encoding", 5, TypeError),
        ("encoding", b"utf-8", TypeError),
        ("encoding", "no-such", LookupError),
        ("encoding", "", LookupError),
        ("encoding", "base64", LookupError),
        ("encoding", "no such\x00", LookupError),
        ("source", "HTML", ValueError),
        ("source", 5, ValueError),
        ("pipeline", "default", TypeError),
        ("pipeline", [], TypeError),
        ("pipeline", Pipeline, TypeError),
        ("with_title", "yes", TypeError),
        ("with_title", 1, TypeError),
    ],
)
def test_bad_arguments_are_named(argument: str, value: object, error: type[Exception]) -> None:
    for call in (clean, extract):
        with pytest.raises(error, match=rf"^\W*{argument} must be"):
            call(PAGE.encode(), **{argument: value})  # type: ignore[operator]


def test_source_text_of_a_tree_is_an_error() -> None:
    with pytest.raises(ValueError, match="source"):
        extract(html.document_fromstring(PAGE), source="text")


def test_encoding_is_checked_even_where_it_does_not_matter() -> None:
    with pytest.raises(LookupError, match="encoding"):
        extract(PAGE, encoding="no-such")


# ---------------------------------------------------------------- bad pages

BAD: list[object] = [
    b"",
    "",
    " \n\t ",
    b"\x00",
    b"\x00" * 3000,
    "\x00",
    b"\xff\xfe",
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf",
    "\ufeff",
    bytes(range(256)) * 40,
    "\ud800",
    "<p>lone \udc80 surrogate</p>",
    "text with a lone \ud800 surrogate",
    "<p>nul \x00 inside</p>",
    "nul \x00 inside",
    "<",
    "<>",
    "<p",
    "<!--",
    "<!-- only a comment -->",
    "<!DOCTYPE html>",
    "<?xml version='1.0' encoding='utf-16'?><html><body><p>x</p></body></html>",
    "<html>",
    "<html></html>",
    "<html><head></head></html>",
    "<frameset><frame src='x'></frameset>",
    "<p>\uffff\ufffe</p>",
    "&#0;&#xD800;&#x110000;&bogus;",
    "<p title='" + "x" * 100_000 + "'>long</p>",
    "<div>" * 3000 + "deep" + "</div>" * 3000,
    "<p " + " ".join(f"a{i}='1'" for i in range(2000)) + ">many</p>",
    "<p {x}='1' @click='y' :z>odd names</p>",
    "<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>",
    b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>>",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"GIF89a\x01\x00",
    '{"error": "not found"}',
    "\u2028\u2029\x85",
    "9" * 5000,
    "None",
    "null",
    b"None",
    bytearray(),
    memoryview(b""),
    etree.Comment("only"),
    etree.ProcessingInstruction("x", "y"),
    etree.Element("html"),
    etree.ElementTree(),
    etree.ElementTree(etree.Element("p")),
]


@pytest.mark.parametrize("page", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("source", [None, "html", "text"])
def test_no_page_raises(page: object, source: str | None) -> None:
    if source == "text" and isinstance(page, etree._Element | etree._ElementTree):
        pytest.skip("a tree is no text")
    document = extract(page, source=source)  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert isinstance(document.verdict, Verdict)
    assert len(document.kept) + len(document.removals) == len(document.lines)


@pytest.mark.parametrize(
    "page",
    [b"", "", "<html></html>", etree.ElementTree(), "<!-- x -->", b"\x00\x00\x00\x00"],
    ids=["no bytes", "no text", "html", "no root", "comment", "nuls"],
)
def test_a_page_without_text_is_empty(page: object) -> None:
    document = extract(page)  # type: ignore[arg-type]
    assert (document.text, document.verdict) == ("", Verdict.EMPTY)


def test_a_page_drawn_by_scripts_is_a_shell() -> None:
    assert (
        extract("<html><body><div id='root'></div><script src='a.js'></script></body></html>").verdict is Verdict.SHELL
    )


def test_surrogates_and_nuls_do_not_cut_the_page() -> None:
    for dirt in ("\ud800", "\x00", "\uffff", "\x1b"):
        dirty = PAGE.replace("fishing fleet", f"fishing{dirt} fleet")
        text = clean(dirty)
        assert text.startswith(PROSE["en"].paragraphs[0][:60])
        assert text.endswith(PROSE["en"].paragraphs[-1])
        assert text.encode("utf-8")


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    for source in (None, "html", "text"):
        assert isinstance(clean(data, source=source), str)  # type: ignore[arg-type]


@given(st.text(st.characters() | st.sampled_from("<>/&;=\"'\ud800\x00\ufeff"), max_size=300))
def test_no_text_raises(text: str) -> None:
    for source in (None, "html", "text"):
        clean(text, source=source).encode("utf-8")  # type: ignore[arg-type]


# ---------------------------------------------------------------- presets


def test_presets_keep_more_or_less_of_the_same_lines() -> None:
    page = (FOUNDING / "page.txt").read_bytes()
    kept = {name: {line.index for line in extract(page, preset=name).kept} for name in ("precision", "news", "recall")}
    assert kept["precision"] <= kept["news"] <= kept["recall"]
    assert kept["precision"]


def test_the_judge_of_a_preset() -> None:
    assert Pipeline.preset("news") == Pipeline.default()
    assert Pipeline.preset("readability") == Pipeline.readability()
    assert "readability-lxml" in Pipeline.readability()["main_content"].summary


def test_wrong_presets_are_told() -> None:
    with pytest.raises(ValueError, match="preset must be one of 'news', 'precision'.* not 'best'"):
        clean(PAGE, preset="best")
    with pytest.raises(TypeError, match="preset must be a str, not int"):
        clean(PAGE, preset=3)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the founding kind of page


def test_a_flattened_arabic_page() -> None:
    """What the library was started for: one flattened page, a fitting name for every line."""
    document = extract((FOUNDING / "page.txt").read_bytes())
    assert document.source is Source.TEXT
    assert document.lang == "ar"
    assert document.verdict is Verdict.ARTICLE
    assert document.text == (FOUNDING / "expected.txt").read_text("utf-8").strip()
    assert document.title is not None
    assert document.title not in document.text
    taken = {r.filter for r in document.removals}
    assert {"comment_form", "ticker", "read_also", "update_stamp", "copyright_footer", "repeated_title"} <= taken
