"""Odd input: what comes out is right, whatever went in; nothing outside the page is touched."""

from __future__ import annotations

import gc
import gzip
import io
import re
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from prose import PROSE, html_page

from boilerstrip import Document, Limits, Pipeline, Verdict, clean, extract
from boilerstrip.sniff import binary_kind, looks_like_feed, looks_like_json

EN, AR = PROSE["en"], PROSE["ar"]
FIRST, SECOND = EN.paragraphs[:2]
ARTICLE = f"<p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n\n{SECOND}"

# ---------------------------------------------------------------- characters and charsets


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("claims", [None, "utf-8", "windows-1252", "no-such-charset"])
def test_wide_charsets(codec: str, marked: bool, claims: str | None) -> None:
    for prose in (EN, AR):
        page = html_page(prose, charset=claims) if claims else html_page(prose)
        data = ("\ufeff" if marked else "").encode(codec) + page.encode(codec)
        assert clean(data) == "\n\n".join(prose.paragraphs)


@pytest.mark.parametrize("claims", ["utf-16", "utf-7", "x-user-defined", "base64", "idna", "no-such", "", "\x00", "ü"])
def test_charsets_that_are_none(claims: str) -> None:
    assert clean(html_page(AR, charset=claims).encode()) == "\n\n".join(AR.paragraphs)


def test_contradicting_declarations() -> None:
    page = html_page(AR, charset="windows-1256").replace("<head>", "<head><meta charset='gb18030'>")
    page = "<?xml version='1.0' encoding='koi8-r'?>" + page
    assert clean(page.encode("utf-8"), encoding="shift_jis") == "\n\n".join(AR.paragraphs)
    assert clean(page.encode("windows-1256"), encoding="windows-1256") == "\n\n".join(AR.paragraphs)


@pytest.mark.parametrize("bad", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80" * 3])
def test_invalid_utf8_costs_only_itself(bad: bytes) -> None:
    page = html_page(AR, charset="utf-8").encode()
    middle = page.index(b"<p>") + 3
    text = clean(page[:middle] + bad + page[middle:])
    assert text.endswith("\n\n".join(AR.paragraphs))


@pytest.mark.parametrize("dirt", ["\0", "\ud800", "\udfff\ud800", "\ufffe", "\uffff", "\x1b", "\x0b", "\x7f", "\u0085"])
def test_characters_that_are_none(dirt: str) -> None:
    text = clean(f"<p>{dirt}{FIRST}</p>{dirt}<p>{SECOND}{dirt}</p>")
    assert text.encode("utf-8")
    # Between the paragraphs a mark of its own may stand for what could not be read.
    assert re.sub("\n\n+", "\n\n", re.sub("[\ufffd\ufffe\uffff]", "", text).replace(dirt, "")) == TEXT
    assert clean(f"{FIRST}\n\n{dirt}\n\n{SECOND}").startswith(FIRST)


# ---------------------------------------------------------------- XML in pages


@pytest.mark.parametrize(
    "prolog",
    [
        "<?xml version='1.0' encoding='utf-16'?>",
        "<?xml version='1.0' encoding='no-such'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'a.dtd'>",
        "<?xml-stylesheet href='file:///etc/passwd'?><?php echo 1 ?>",
        "\ufeff \n\n<?xml version='1.1'?>",
        "\n" * 100_000,
    ],
)
def test_prologs(prolog: str) -> None:
    page = f"{prolog}<html xmlns='http://www.w3.org/1999/xhtml'><body>{ARTICLE}</body></html>"
    assert clean(page) == clean(page.encode()) == TEXT


def test_entity_bombs_do_not_go_off() -> None:
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    page = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "bomb">{levels}]><html><body><p>&l11;</p>{ARTICLE}</body></html>'
    for each in (page, page.encode()):
        document = extract(each)
        assert document.text.endswith(TEXT)
        assert "bombbomb" not in "".join(line.text for line in document.lines)


@pytest.mark.parametrize("scheme", ["file", "http", "ftp"])
@pytest.mark.parametrize("source", [None, "html", "text"])
def test_nothing_outside_the_page_is_touched(tmp_path: Path, scheme: str, source: str | None) -> None:
    """External entities, DTDs, stylesheets, includes, frames: no file is opened, no socket is made."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", "utf-8")
    where = secret.as_uri() if scheme == "file" else f"{scheme}://127.0.0.1:9/secret.txt"
    page = f"""<?xml version="1.0" standalone="no"?><?xml-stylesheet href="{where}"?>
<!DOCTYPE html SYSTEM "{where}" [<!ENTITY a SYSTEM "{where}"> <!ENTITY % b SYSTEM "{where}"> %b;]>
<html xmlns:xi="http://www.w3.org/2001/XInclude"><head><base href="{where}"><link rel="stylesheet" href="{where}">
<script src="{where}"></script></head><body><p>&a;</p><xi:include href="{where}" parse="text"/>
<iframe src="{where}"></iframe><object data="{where}"></object>{ARTICLE}</body></html>"""
    clean(page)  # what is loaded at the first page is loaded
    touched: list[object] = []
    watching = True

    def hook(event: str, args: tuple[object, ...]) -> None:
        if watching and event in ("open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen"):
            touched.append((event, args))

    sys.addaudithook(hook)
    try:
        for each in (page, page.encode()):
            document = extract(each, source=source)  # type: ignore[arg-type]
            assert "the secret" not in "".join(line.text for line in document.lines)
    finally:
        watching = False
    assert touched == []


# ---------------------------------------------------------------- markup


@pytest.mark.parametrize(
    "markup",
    [
        "<!-- a comment --!><b></b>",
        "<!--><b></b>",
        "<!--[if IE]><p>for old browsers</p><![endif]-->",
        "<![if !IE]><b></b><![endif]>",
        "<![CDATA[x]]>",
        "<!DOCTYPE nonsense [<!ELEMENT p ANY>]>",
        "<?php if (1) ?>",
        "</p></div></body></html>",
        "<script>var a = '<p>no text</p>';</script>",
        "<script><!-- '</script>' --></script>",
        "<style>p { color: red }</style>",
        "<template><p>not shown</p></template>",
        "<noscript><img src=x></noscript>",
        "<textarea><p>not shown</p></textarea>",
        "<xmp></xmp>",
        "<p {x}='1' @click='y' :z a{b}c=1>",
        "<p =x '\"=y <z>",
        "<br/><br/ ><hr/>",
        "<svg><title>not the title</title><foreignObject></foreignObject></svg>",
        "<math><mi>x</mi></math>",
        "<isindex><keygen><bgsound>",
        "<a></b></a>",
        "&#0;&#xD800;&#x110000;&#99999999999999999999;&bogus;&amp",
    ],
)
def test_odd_markup_costs_no_text(markup: str) -> None:
    text = extract(f"<html><body><p>{FIRST}</p>{markup}<p>{SECOND}</p></body></html>", pipeline=Pipeline(())).lines
    texts = [line.text for line in text]
    assert FIRST in texts
    assert SECOND in texts


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<!-- never closed", [FIRST]),
        ("<script>never closed", [FIRST]),
        ("<style>never closed", [FIRST]),
        ("<textarea>never closed", [FIRST]),
        ("<p title='never closed", [FIRST]),
    ],
)
def test_what_is_never_closed_takes_the_rest_as_in_browsers(markup: str, lines: list[str]) -> None:
    document = extract(f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>", pipeline=Pipeline(()))
    assert [line.text for line in document.lines] == lines


def test_framesets() -> None:
    page = f"<frameset><frame src='x'><noframes><body>{ARTICLE}</body></noframes></frameset>"
    assert isinstance(extract(page).verdict, Verdict)


# ---------------------------------------------------------------- no pages


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page.html", ARTICLE)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)), "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj", "PDF"),
        (zipped(), "ZIP"),
        (gzip.compress(ARTICLE.encode()), "gzip"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "ELF"),
        (bytes(range(1, 256)) * 20, "unknown binary"),
    ],
)
def test_files_of_another_kind(data: bytes, kind: str) -> None:
    for each, source in ((data, None), (bytearray(data), "html"), (memoryview(data), "text")):
        document = extract(each, source=source)  # type: ignore[arg-type]
        assert (document.verdict, document.text, list(document.lines)) == (Verdict.BINARY, "", [])
        assert [(w.where, w.message) for w in document.warnings] == [("source", f"{kind}: not read")]
    assert extract(data + bytes(1000), limits=Limits(bytes=200)).verdict is Verdict.BINARY


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "utf-16", "iso8859-6", "utf-16-le", "utf-32"])
def test_pages_are_no_other_files(charset: str) -> None:
    assert binary_kind(html_page(AR).encode(charset, "replace")) is None
    assert binary_kind("RIFF is a word, ID3 too, PK and BZh as well, says the text.".encode(charset, "replace")) is None


@pytest.mark.parametrize(
    "text",
    [
        '{"error": "not found"}',
        "{}",
        ' [{"headline": "x", "body": "' + FIRST + '"}] ',
        '["a", "b"]',
        "[1, 2, 3]",
        "[]",
        "[" * 100_000 + "]" * 100_000,
        '{"a": ' * 50_000,
        '{"cut": "short, as by a crawler that',
        '{"number": ' + "9" * 5000 + "}",
        '{"html": "<html><body><p>' + FIRST + '</p></body></html>"}',
        '{"a":"' + "x" * 2_000_000 + '"}',
    ],
)
def test_json_is_data(text: str) -> None:
    for each in (text, text.encode()):
        document = extract(each)
        assert (document.verdict, document.text) == (Verdict.DATA, "")
        assert [(w.where, w.message) for w in document.warnings] == [("source", "JSON: not read")]


@pytest.mark.parametrize(
    "text",
    [
        "[Photo: Jo Ek]\n\n" + FIRST,
        "[1] The first note\n\n" + FIRST + "\n\n[2]",
        "{draft}\n\n" + FIRST,
        '"Quoted", he said.\n\n' + FIRST,
        "[\n\n" + FIRST + "\n\n]",
    ],
)
def test_brackets_are_no_json(text: str) -> None:
    assert not looks_like_json(text)
    assert FIRST in clean(text)


@pytest.mark.parametrize(
    "root",
    [
        "<rss version='2.0'><channel>{}</channel></rss>",
        "<?xml version='1.0' encoding='utf-8'?>\n<!-- made by x -->\n<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>",
        "<?xml-stylesheet href='x'?><rdf:RDF xmlns:rdf='x'>{}</rdf:RDF>",
        "<?xml version='1.0'?><urlset>{}</urlset>",
    ],
)
def test_feeds(root: str) -> None:
    page = root.replace("{}", f"<item><title>Bridge to close</title><description>{FIRST}</description></item>" * 3)
    for each in (page, page.encode()):
        assert extract(each).verdict is Verdict.FEED
    assert not looks_like_feed(f"<html><body><p>&lt;rss> and <feed></p>{ARTICLE}")


def test_white_space_is_empty() -> None:
    for page in ("", " ", "\n" * 100_000, "\u00a0\u200b\ufeff", b"\x00" * 5000, "<p>&nbsp;</p>", "\u2028"):
        document = extract(page)
        assert (document.text, document.verdict) == ("", Verdict.EMPTY)


# ---------------------------------------------------------------- made up by Hypothesis

_PIECES = st.one_of(
    st.sampled_from(
        "<div> <p> <span class='byline'> <b> <a href='x'> <table> <tr> <td> <li> <ul> <br> <pre> <script> <style> <title> "
        "<textarea> <select> <option> <svg> <template> <noscript> <body> <html> <head> <form> <h1> <article> <iframe> "
        "</div> </p> </span> </b> </a> </table> </tr> </td> </li> </ul> </pre> </script> </style> </title> </textarea> "
        "</select> </svg> </body> </html> </head> </form> </h1> </article> </iframe> <!-- --> <!DOCTYPE <![CDATA[ ]]> <? ?> "
        "< > & &amp; &#0; &#127; &#xD800; ' \" = / </ <! <x {".split()
    ),
    st.sampled_from(
        [FIRST, AR.paragraphs[0], "© 2020 x", "12:45", "Read also", "By Jo Ek", "\n", "\t", " ", "\0", "\ud800"]
    ),
    st.text(max_size=12),
)
soups = st.lists(_PIECES, max_size=40).map(" ".join) | st.lists(_PIECES, max_size=40).map("".join)


def sound(document: Document) -> None:
    assert [line.index for line in document.lines] == list(range(len(document.lines)))
    assert len(document.kept) + len(document.removals) == len(document.lines)
    assert all(line.text.strip() and "\n" not in line.text for line in document.lines)
    assert {w.where for w in document.warnings} <= {"decode", "limits", "source"}
    document.text.encode("utf-8")


@given(soups)
def test_soup(soup: str) -> None:
    for source in (None, "html", "text"):
        sound(extract(soup, source=source))  # type: ignore[arg-type]
    sound(extract(soup.encode("utf-8", "surrogatepass")))


@given(soups, st.integers(1, 12), st.integers(1, 60), st.integers(1, 30), st.integers(1, 3000))
def test_soup_within_tight_limits(soup: str, depth: int, lines: int, elements: int, size: int) -> None:
    limits = Limits(depth=depth, lines=lines, elements=elements, bytes=size, attributes=2, line_length=1000)
    document = extract(soup, source="html", limits=limits)
    sound(document)
    assert len(document.lines) <= lines + 1


@given(soups)
def test_flattening_keeps_the_text(soup: str) -> None:
    """With a depth of one, the words that come out are those that come out anyway."""
    deep = extract(soup, source="html", pipeline=Pipeline(()), limits=Limits(depth=400))
    flat = extract(soup, source="html", pipeline=Pipeline(()), limits=Limits(depth=200))
    assert [line.text for line in deep.lines] == [line.text for line in flat.lines]


# ---------------------------------------------------------------- threads and memory


def test_many_threads_at_once() -> None:
    pages = [html_page(PROSE[lang]) for lang in ("ar", "de", "en", "es", "fr", "ru", "tr")]
    pages += [page.encode("utf-16") for page in pages] + ["<div>" * 3000 + ARTICLE, "© 2020\n" * 50]
    expected = [extract(page) for page in pages]
    start = threading.Barrier(8)

    def work(offset: int) -> bool:
        start.wait()
        for k in range(3 * len(pages)):
            i = (k + offset) % len(pages)
            document = extract(pages[i])
            if (document.text, document.verdict, document.title, list(document.removals)) != (
                expected[i].text,
                expected[i].verdict,
                expected[i].title,
                list(expected[i].removals),
            ):
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_a_document_keeps_no_tree() -> None:
    def trees() -> int:
        gc.collect()
        return sum(isinstance(each, etree._Element) for each in gc.get_objects())

    before = trees()
    documents = [extract(html_page(EN)) for _ in range(5)]
    assert trees() == before
    assert all(document.text for document in documents)
