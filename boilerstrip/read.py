"""From any input to a page that filters can look at: read, matched, measured, of a known kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip import dom
from boilerstrip.decode import decode, says_utf8, tidy
from boilerstrip.headline import find_headline
from boilerstrip.measure import measure
from boilerstrip.page import Page, PhraseHit, Source, Stamp, Warning
from boilerstrip.rules import load
from boilerstrip.rules.match import LONGEST_CONTAINS, words_of
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.scorecard.model import load_kinds
from boilerstrip.signature import SignatureTable
from boilerstrip.text import SNIFF, looks_like_html, read_text

# What a parser puts for bytes that it cannot read.
_REPLACED = "\ufffd"

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

    PageInput = bytes | bytearray | memoryview | str | _Element | _ElementTree


def read(
    page: PageInput, url: str | None, encoding: str | None, source: str | None, table: SignatureTable
) -> tuple[Page, str | None, list[Warning]]:
    """(the page, ready for filters; the encoding it was read with; what went wrong)."""
    read, used, warnings = _lines(page, url, encoding, source, table)
    if read.unshown is not None:
        warnings.append(
            Warning("read", "the markup shows little of the article; its text is that of the page's JSON-LD")
        )
    _match(read)
    measure(read)
    find_headline(read)
    read.lang = _language(read)
    if read.source is Source.HTML:
        read.kind = load_kinds().kind_of(read)
    return read, used, warnings


def _lines(
    page: PageInput, url: str | None, encoding: str | None, source: str | None, table: SignatureTable
) -> tuple[Page, str | None, list[Warning]]:
    """(the page as lines, encoding used, warnings)."""
    root = dom.root_of(page)
    if root is not None:
        if source == "text":
            raise ValueError("source must not be 'text' for an lxml element or tree")
        return dom.read_tree(root, table, url), None, []
    if isinstance(page, str):
        return _from_str(page, url, source, table), None, []
    if not isinstance(page, (bytes, bytearray, memoryview)):
        raise TypeError(f"page must be bytes, str, or an lxml element or tree, not {type(page).__name__}")
    data = bytes(page)
    if source != "text" and says_utf8(data, encoding):
        quick = _from_utf8(data, url, source, table)
        if quick is not None:
            return quick, "ascii" if data.isascii() else "utf-8", []
    decoded = decode(data, encoding)
    warnings = [Warning("decode", decoded.warning)] if decoded.warning else []
    return _from_str(decoded.text, url, source, table), decoded.encoding, warnings


def _from_str(text: str, url: str | None, source: str | None, table: SignatureTable) -> Page:
    if source == "html" or (source is None and looks_like_html(text)):
        root = dom.parse(tidy(text))
        return dom.read_tree(root, table, url) if root is not None else read_text("", url)
    return read_text(tidy(text).decode("utf-8"), url)


def _from_utf8(data: bytes, url: str | None, source: str | None, table: SignatureTable) -> Page | None:
    """The page if it is the UTF-8 that it says it is: so the bytes go to the parser as they came.

    Decoding costs a quarter of a parse; most pages are what they say. The parser puts U+FFFD for
    what is no UTF-8, so a page that shows one it does not hold is decoded with more care.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if source is None and not looks_like_html(data[:SNIFF].decode("utf-8", "replace")):
        return None
    root = dom.parse(data)
    if root is None:
        return None
    page = dom.read_tree(root, table, url)
    if any(_REPLACED in line.text for line in page.lines) and _REPLACED.encode() not in data:
        return None
    return page


def _match(page: Page) -> None:
    """Look at each line once for the phrases and stamps of all families and languages."""
    words = load()
    page.norms = norms = [normalise(line.text) if len(line.text) <= LONGEST_CONTAINS else "" for line in page.lines]
    page.keys = keys = [key_of(norm) if norm else "" for norm in norms]
    find = words.phrases_in
    stamp_in = words.times.find
    phrases: dict[str, list[PhraseHit]] = {}
    stamps: dict[int, Stamp] = {}
    for i, key in enumerate(keys):
        if key:
            parts = words_of(key)
            find(i, key, parts, phrases)
            stamp = stamp_in(norms[i], parts)
            if stamp is not None:
                stamps[i] = stamp
    page.phrases = phrases
    page.stamps = stamps


def _language(page: Page) -> str | None:
    """The declared language as two or three letters, or what function words say."""
    for declared in (page.meta.get("lang"), page.meta.get("locale")):
        if declared:
            code = declared.replace("_", "-").split("-")[0].strip().lower()
            if 2 <= len(code) <= 3 and code.isalpha() and code.isascii():
                return code
    return load().language_of(page.lines)
