"""bytes → str: what is declared, what is not, and what is declared wrongly."""

from __future__ import annotations

import codecs

import pytest
from prose import PROSE, article_text, html_page

import boilerstrip
from boilerstrip.decode import check_encoding, decode, tidy

# (language of the page, encoding it is written in)
LEGACY = [
    ("ar", "windows-1256"),
    ("zh", "gb2312"),
    ("zh", "gbk"),
    ("zh-hant", "big5"),
    ("ja", "shift_jis"),
    ("ja", "euc-jp"),
    ("ko", "euc-kr"),
    ("ru", "koi8-r"),
    ("ru", "windows-1251"),
    ("tr", "iso-8859-9"),
    ("tr", "windows-1254"),
    ("fr", "windows-1252"),
    ("de", "windows-1252"),
    ("es", "windows-1252"),
]
# What servers and templates say without having looked.
WRONG = ["utf-8", "iso-8859-1", "windows-1252", "us-ascii"]
IDS = [f"{lang}-{encoding}" for lang, encoding in LEGACY]


@pytest.fixture(params=LEGACY, ids=IDS)
def legacy(request: pytest.FixtureRequest) -> tuple[str, str]:
    lang, encoding = request.param
    return lang, encoding


def test_undeclared_encoding_is_detected(legacy: tuple[str, str]) -> None:
    lang, encoding = legacy
    html = html_page(PROSE[lang])
    assert decode(html.encode(encoding)).text == html


def test_encoding_declared_in_meta(legacy: tuple[str, str]) -> None:
    lang, encoding = legacy
    html = html_page(PROSE[lang], charset=encoding)
    decoded = decode(html.encode(encoding))
    assert decoded.text == html
    assert decoded.warning is None


def test_encoding_given_by_the_caller(legacy: tuple[str, str]) -> None:
    lang, encoding = legacy
    html = html_page(PROSE[lang])
    decoded = decode(html.encode(encoding), encoding)
    assert decoded.text == html
    assert decoded.warning is None


@pytest.mark.parametrize("declared", WRONG)
def test_wrong_meta_is_found_out(legacy: tuple[str, str], declared: str) -> None:
    lang, encoding = legacy
    html = html_page(PROSE[lang], charset=declared)
    assert decode(html.encode(encoding)).text == html


@pytest.mark.parametrize("declared", WRONG)
def test_wrong_http_charset_is_found_out(legacy: tuple[str, str], declared: str) -> None:
    lang, encoding = legacy
    html = html_page(PROSE[lang])
    assert decode(html.encode(encoding), declared).text == html


def test_clean_reads_what_decode_made_readable(legacy: tuple[str, str]) -> None:
    lang, encoding = legacy
    page = html_page(PROSE[lang], charset="iso-8859-1").encode(encoding)
    assert boilerstrip.clean(page) == article_text(PROSE[lang])


# Pages in ASCII alone are any charset's.
@pytest.mark.parametrize("lang", sorted(lang for lang in PROSE if not html_page(PROSE[lang]).isascii()))
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1256", "gbk", "koi8-r"])
def test_utf8_proves_itself(lang: str, declared: str | None) -> None:
    html = html_page(PROSE[lang], charset=declared)
    decoded = decode(html.encode())
    assert (decoded.text, decoded.encoding) == (html, "utf-8")
    assert (decoded.warning is None) == (declared in (None, "utf-8"))


@pytest.mark.parametrize("lang", ["en", "ar", "zh", "ru"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("bom", [True, False], ids=["bom", "no-bom"])
def test_utf16(lang: str, codec: str, bom: bool) -> None:
    html = html_page(PROSE[lang], charset="utf-8")
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[codec] if bom else b""
    decoded = decode(mark + html.encode(codec))
    assert decoded.text == html
    assert decoded.encoding == codec


def test_bom_beats_every_other_word() -> None:
    html = html_page(PROSE["fr"], charset="koi8-r")
    decoded = decode(codecs.BOM_UTF8 + html.encode(), "shift_jis")
    assert (decoded.text, decoded.encoding) == (html, "utf-8")


def test_caller_beats_meta() -> None:
    html = html_page(PROSE["ru"], charset="windows-1251")
    assert decode(html.encode("koi8-r"), "koi8-r").text == html


def test_iso_8859_1_means_windows_1252_as_in_browsers() -> None:
    html = html_page(PROSE["fr"], charset="iso-8859-1")
    decoded = decode(html.encode("cp1252"))
    assert decoded.text == html
    assert decoded.encoding == "cp1252"


def test_a_few_broken_bytes_leave_a_page_utf8() -> None:
    html = html_page(PROSE["ar"], charset="utf-8")
    data = html.encode()
    at = data.index("البحر".encode())
    decoded = decode(data[:at] + b"\xff" + data[at:])
    assert decoded.encoding == "utf-8"
    assert decoded.warning is not None
    assert decoded.text.replace("\ufffd", "") == html


def test_a_doubtful_declaration_is_warned_of() -> None:
    html = html_page(PROSE["ar"], charset="utf-8")
    warning = decode(html.encode("windows-1256")).warning
    assert warning is not None
    assert "utf-8" in warning
    assert "cp1256" in warning


def test_ascii_page_keeps_the_declared_name() -> None:
    assert decode(b"<p>plain</p>").encoding == "ascii"
    assert decode(b"<p>plain</p>", "koi8-r") == ("<p>plain</p>", "koi8-r", None)


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", bytes(range(256)), b"\x80" * 5000]
)
def test_no_bytes_raise(data: bytes) -> None:
    decoded = decode(data)
    assert isinstance(decoded.text, str)
    assert "\ufeff" not in decoded.text


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "windows-1256", "cp1256", "gb2312", "shift_jis", "x-sjis", "latin1"])
def test_known_labels(name: str) -> None:
    assert codecs.lookup(check_encoding(name))


# Python codecs that no browser knows must not be reached through a page's own declaration.
@pytest.mark.parametrize("name", ["no-such", "", "base64", "zlib", "idna", "rot13", "unicode_escape"])
def test_unknown_labels(name: str) -> None:
    with pytest.raises(LookupError):
        check_encoding(name)


@pytest.mark.parametrize("name", ["no-such", "base64", "idna", "rot13"])
def test_unknown_label_in_a_page_is_passed_over(name: str) -> None:
    html = html_page(PROSE["ru"], charset=name)
    assert decode(html.encode("windows-1251")).text == html


def test_utf16_declared_on_an_eight_bit_page_is_passed_over() -> None:
    html = html_page(PROSE["ar"], charset="utf-16")
    assert decode(html.encode("windows-1256")).text == html
    assert decode(html.encode("windows-1256"), "utf-16le").text == html


@pytest.mark.parametrize(
    ("label", "encoding", "lang"),
    [
        ("x-cp1251", "windows-1251", "ru"),
        ("koi8", "koi8-r", "ru"),
        ("x-gbk", "gbk", "zh"),
        ("x-x-big5", "big5", "zh-hant"),
        ("x-euc-jp", "euc-jp", "ja"),
        ("ks_c_5601-1987", "euc-kr", "ko"),
        ("windows-949", "euc-kr", "ko"),
    ],
)
def test_labels_that_only_browsers_know(label: str, encoding: str, lang: str) -> None:
    html = html_page(PROSE[lang], charset=label)
    assert decode(html.encode(encoding)).text == html


def test_tidy_makes_text_safe_for_a_parser() -> None:
    assert tidy("a\x00b\x0bc\tde\n") == b"a b c\tde\n"
    assert tidy("x\ud800y") == "x\ufffdy".encode()
    assert tidy("قال".encode()) == "قال".encode()
