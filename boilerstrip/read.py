"""From any input to a page that filters can look at: read, matched, measured, of a known kind."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from boilerstrip import dom
from boilerstrip.decode import cut_cleanly, decode, says_utf8, tidy
from boilerstrip.headline import find_headline
from boilerstrip.limits import STRIDE, Limits, OutOfTime, Watch
from boilerstrip.measure import measure
from boilerstrip.page import Page, PhraseHit, Stamp, Verdict, Warning
from boilerstrip.rules import load
from boilerstrip.rules.match import LONGEST_CONTAINS, words_of_all
from boilerstrip.rules.normalise import keys_of, norms_of
from boilerstrip.scorecard.model import load_kinds
from boilerstrip.signature import SignatureTable
from boilerstrip.sniff import binary_kind, has_controls, looks_binary, looks_like_feed, looks_like_json
from boilerstrip.text import SNIFF, looks_like_html, read_text

# What a parser puts for bytes that it cannot read.
_REPLACED = "\ufffd"

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

    PageInput = bytes | bytearray | memoryview | str | _Element | _ElementTree


def read(
    page: PageInput,
    url: str | None,
    encoding: str | None,
    source: str | None,
    table: SignatureTable,
    watch: Watch | None = None,
) -> tuple[Page, str | None, list[Warning]]:
    """(the page, ready for filters; the encoding it was read with; what went wrong, limits aside)."""
    if watch is None:
        watch = Watch(Limits())
    read, used, warnings = _lines(page, url, encoding, source, table, watch)
    if read.unshown is not None:
        warnings.append(
            Warning("read", "the markup shows little of the article; its text is that of the page's JSON-LD")
        )
    read.pause = watch.check
    with suppress(OutOfTime):  # the filters will not be asked either, and say so
        _match(read)
    measure(read)
    find_headline(read)
    read.lang = _language(read)
    read.kind = load_kinds(read.source.value).kind_of(read)
    return read, used, warnings


def _lines(
    page: PageInput, url: str | None, encoding: str | None, source: str | None, table: SignatureTable, watch: Watch
) -> tuple[Page, str | None, list[Warning]]:
    """(the page as lines, encoding used, warnings)."""
    root = dom.root_of(page)
    if root is not None:
        if source == "text":
            raise ValueError("source must not be 'text' for an lxml element or tree")
        if not dom.too_deep(root):
            return dom.read_tree(root, table, url, watch), None, []
        page, source = dom.markup_of(root), "html"
    most = watch.limits.bytes
    if isinstance(page, str):
        if most is not None and len(page) > most:
            watch.over("bytes", f"of {len(page)} characters the first {most} were read")
            page = cut_cleanly(page, most)
        read, warnings = _from_str(page, url, source, table, watch)
        return read, None, warnings
    if not isinstance(page, (bytes, bytearray, memoryview)):
        raise TypeError(f"page must be bytes, str, or an lxml element or tree, not {type(page).__name__}")
    if most is not None and len(page) > most:
        watch.over("bytes", f"of {len(page)} bytes the first {most} were read")
        page = cut_cleanly(bytes(page[: most + 1]), most)
    data = bytes(page)
    kind = binary_kind(data)
    if kind is not None:
        return _not_read(Verdict.BINARY, url), None, [Warning("source", f"{kind}: not read")]
    doubtful = has_controls(data)
    if source != "text" and not doubtful and says_utf8(data, encoding):
        quick = _from_utf8(data, url, source, table, watch)
        if quick is not None:
            return quick, "ascii" if data.isascii() else "utf-8", []
    decoded = decode(data, encoding)
    if doubtful and looks_binary(decoded.text):
        return _not_read(Verdict.BINARY, url), None, [Warning("source", "unknown binary: not read")]
    warnings = [Warning("decode", decoded.warning)] if decoded.warning else []
    read, more = _from_str(decoded.text, url, source, table, watch)
    return read, decoded.encoding, [*warnings, *more]


def _not_read(what: Verdict, url: str | None) -> Page:
    page = read_text("", url)
    page.given = what
    return page


def _from_str(
    text: str, url: str | None, source: str | None, table: SignatureTable, watch: Watch
) -> tuple[Page, list[Warning]]:
    if source is None and looks_like_json(text):
        return _not_read(Verdict.DATA, url), [Warning("source", "JSON: not read")]
    if source == "html" or (source is None and looks_like_html(text)):
        root = dom.parse(tidy(text), watch)
        page = dom.read_tree(root, table, url, watch) if root is not None else read_text("", url)
        if looks_like_feed(text):
            page.given = Verdict.FEED
        return page, []
    return read_text(tidy(text).decode("utf-8"), url, watch), []


def _from_utf8(data: bytes, url: str | None, source: str | None, table: SignatureTable, watch: Watch) -> Page | None:
    """The page if it is the UTF-8 that it says it is: so the bytes go to the parser as they came.

    Decoding costs a quarter of a parse; most pages are what they say. The parser puts U+FFFD for
    what is no UTF-8, so a page that shows one it does not hold is decoded with more care.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    head = data[:SNIFF].decode("utf-8", "replace")
    if (source is None and (head.lstrip()[:1] in ("{", "[") or not looks_like_html(head))) or looks_like_feed(head):
        return None
    root = dom.parse(data, watch)
    if root is None:
        return None
    page = dom.read_tree(root, table, url, watch)
    if any(_REPLACED in line.text for line in page.lines) and _REPLACED.encode() not in data:
        return None
    return page


def _match(page: Page) -> None:
    """Look at each line once for the phrases and stamps of all families and languages."""
    words = load()
    phrases: dict[str, list[PhraseHit]]
    stamps: dict[int, Stamp]
    page.phrases = phrases = {}
    page.stamps = stamps = {}
    texts = [line.text for line in page.lines]
    page.norms = norms = norms_of([text if len(text) <= LONGEST_CONTAINS else "" for text in texts])
    page.keys = keys = keys_of(norms)
    find = words.phrases_in
    stamp_in = words.times.find
    for i, (key, parts) in enumerate(zip(keys, words_of_all(keys), strict=True)):
        if not i % STRIDE:
            page.pause()
        if key:
            find(i, key, parts, phrases)
            stamp = stamp_in(norms[i], parts)
            if stamp is not None:
                stamps[i] = stamp


def _language(page: Page) -> str | None:
    """The declared language as two or three letters, or what function words say."""
    for declared in (page.meta.get("lang"), page.meta.get("locale")):
        if declared:
            code = declared.replace("_", "-").split("-")[0].strip().lower()
            if 2 <= len(code) <= 3 and code.isalpha() and code.isascii():
                return code
    return load().language_of(page.lines, page.norms)
