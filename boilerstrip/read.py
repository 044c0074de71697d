"""From any input to a page that filters can look at: read, matched, measured, of a known kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boilerstrip import dom
from boilerstrip.decode import decode, tidy
from boilerstrip.headline import find_headline
from boilerstrip.measure import measure
from boilerstrip.page import Page, PhraseHit, Source, Stamp, Warning
from boilerstrip.rules import load
from boilerstrip.rules.match import LONGEST_CONTAINS
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.scorecard.kind import kind_of
from boilerstrip.scorecard.model import load_kinds
from boilerstrip.signature import SignatureTable
from boilerstrip.text import looks_like_html, read_text

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

    PageInput = bytes | bytearray | memoryview | str | _Element | _ElementTree


def read(
    page: PageInput, url: str | None, encoding: str | None, source: str | None, table: SignatureTable
) -> tuple[Page, str | None, list[Warning]]:
    """(the page, ready for filters; the encoding it was read with; what went wrong)."""
    read, used, warnings = _lines(page, url, encoding, source, table)
    _match(read)
    measure(read)
    find_headline(read)
    read.lang = _language(read)
    if read.source is Source.HTML:
        read.kind = kind_of(read, load_kinds())
    return read, used, warnings


def _lines(
    page: PageInput, url: str | None, encoding: str | None, source: str | None, table: SignatureTable
) -> tuple[Page, str | None, list[Warning]]:
    """(the page as lines, encoding used, warnings)."""
    warnings: list[Warning] = []
    used: str | None = None
    root = dom.root_of(page)
    if root is not None:
        if source == "text":
            raise ValueError("source must not be 'text' for an lxml element or tree")
    else:
        if isinstance(page, (bytes, bytearray, memoryview)):
            decoded = decode(bytes(page), encoding)
            text, used = decoded.text, decoded.encoding
            if decoded.warning:
                warnings.append(Warning("decode", decoded.warning))
        elif isinstance(page, str):
            text = page
        else:
            raise TypeError(f"page must be bytes, str, or an lxml element or tree, not {type(page).__name__}")
        if source == "html" or (source is None and looks_like_html(text)):
            # Bytes that were valid UTF-8 go to the parser as they came.
            same = isinstance(page, bytes) and used in ("utf-8", "ascii") and not warnings and page[:1] != b"\xef"
            root = dom.parse(tidy(page if isinstance(page, bytes) and same else text))
            if root is None:
                text = ""
    read = dom.read_tree(root, table) if root is not None else read_text(text)
    read.url = url
    return read, used, warnings


def _match(page: Page) -> None:
    """Look at each line once for the phrases and stamps of all families and languages."""
    words = load()
    page.norms = norms = [normalise(line.text) if len(line.text) <= LONGEST_CONTAINS else "" for line in page.lines]
    page.keys = keys = [key_of(norm) if norm else "" for norm in norms]
    find = words.phrases_in
    stamp_in = words.stamp_in
    phrases: dict[str, list[PhraseHit]] = {}
    stamps: dict[int, Stamp] = {}
    for i, key in enumerate(keys):
        if key:
            find(i, key, phrases)
            stamp = stamp_in(norms[i])
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
