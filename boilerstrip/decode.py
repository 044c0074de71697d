"""bytes → str, and any str → one that a parser can take.

The order of trust is the browsers' (byte order mark, the caller's or HTTP's word, ``<meta>``,
detection), with one addition: a declaration that the bytes contradict is not believed.
"""

from __future__ import annotations

import codecs
import re
from typing import AnyStr, NamedTuple

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

from boilerstrip.lazy import lazy_re

# How much of a page is looked at for a declaration and for detection.
_HEAD = 4096
# ... before it is parsed: many sites declare later than the standard allows.
_SEEN = 16_384
_OTHER_MARKS = (b"\xfe\xff", b"\xff\xfe")
_SAMPLE = 200_000

# UTF-8: what goes on with a character, and what begins one.
_CONTINUES = 0x80
_BEGINS = 0xC0
# How far back a tag may begin that a page is cut in, and where NULs tell of wide characters.
_LONGEST_CUT_TAG = 1000
_WIDE = 64

# XML forbids these, and libxml2 ends the tree at the first one. Lone surrogates cannot be encoded.
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])
_TO_SPACES = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_C1 = lazy_re("[\x80-\x9f]")
# Labels that servers and editors write by default: the likeliest to be wrong.
_DEFAULTS = frozenset(["cp1252", "latin-1", "iso8859-1", "ascii", "utf-8"])

# Codecs of the encodings on the WHATWG list. Python has many more: idna, base64 and unicode_escape
# are codecs too, and a page may ask for them.
_CODECS = frozenset(
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 "
    "cp1255 cp1256 cp1257 cp1258 gb18030 big5hkscs euc_jp iso2022_jp cp932 cp949 utf-16 utf-16-be utf-16-le".split()
)
# Labels on that list that Python does not know.
_LABELS = {
    "cn-big5": "big5",
    "iso-8859-6-e": "iso-8859-6",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "iso88591": "latin1",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "logical": "iso-8859-8",
    "visual": "iso-8859-8",
    "unicode-1-1-utf-8": "utf-8",
    "windows-949": "cp949",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-cp1256": "cp1256",
    "x-euc-jp": "euc_jp",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "macintosh",
    "x-x-big5": "big5",
}
# UTF-16 without a mark: so much of a page's head is ASCII (markup), and so little of the zero bytes
# stands on the other side (letters whose own low byte is zero).
_LEAST_ASCII = 0.15
_MOST_OTHER = 0.25
# UTF-32 without a mark: nearly all characters are of the first plane.
_MOSTLY = 0.9

# Two letters of one word that no orthography puts side by side: what Latin text looks like when
# it is really Cyrillic, Arabic, Greek or Chinese bytes.
_LATIN_ODD = lazy_re("[À-ÿ]{3,}|[a-z][À-Þ]|[\x80-\x9f¤¦-¨¬¯±-µ·-¿×÷]{2,}")


class Decoded(NamedTuple):
    """Text of a page, the codec it was read with, and a word on doubts (or None)."""

    text: str
    encoding: str | None
    warning: str | None = None


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Text of ``data``; never raises on bytes.

    encoding  what the caller or the HTTP header says. LookupError of ``check_encoding`` apart,
              a name is a hint: bytes that contradict it are detected anew.
    """
    bom, mark = read_bom(data)
    if bom is not None and mark is not None:
        return Decoded(data[len(mark) :].decode(bom, "replace"), bom)
    wide = _utf32_without_bom(data) or _utf16_without_bom(data)
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    named = encoding or html_body_declared_encoding(data[:_HEAD])
    declared = _codec(named) if named else None
    if declared is not None and declared.startswith("utf-16") and b"\x00" not in data:
        # A page of UTF-16 has NULs and had no need to say so; browsers pass over the claim.
        declared = None
    if data.isascii() and (declared is None or not declared.startswith("iso2022")):
        return Decoded(data.decode("ascii"), declared or "ascii")
    # UTF-8 proves itself: text of another encoding is next to never valid UTF-8 by chance.
    try:
        return Decoded(data.decode("utf-8"), "utf-8", _doubt(declared, "utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and declared not in _DEFAULTS:
        text = data.decode(declared, "replace")
        if _plausible(text):
            return Decoded(text, declared)
    if declared == "utf-8":
        # A few broken bytes in a UTF-8 page (a cut, a pasted byte) do not make it another one.
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") * 100 < sum(1 for c in text[:_SAMPLE] if c > "\x7f"):
            return Decoded(text, "utf-8", "invalid UTF-8 replaced")
    found = _detect(data)
    text = data.decode(found, "replace")
    if declared and declared != "utf-8" and found != declared:
        mine = data.decode(declared, "replace")
        if _oddness(mine) <= _oddness(text):
            return Decoded(mine, declared)
    return Decoded(text, found, _doubt(declared, found))


def says_utf8(data: bytes, encoding: str | None) -> bool:
    """Whether a page may be read as UTF-8 at once: it says so, or says nothing and begins so.

    Neither is proof; the reader looks whether the parser had to replace anything.
    """
    if encoding is not None:
        return _codec(encoding) == "utf-8" and not data.startswith(_OTHER_MARKS)
    head = data[:_SEEN].lower()
    if b"\x00" in head or head.startswith(_OTHER_MARKS) or b"\x1b" in head:
        return False
    at = head.find(b"charset=")
    if at >= 0:
        return head[at + 8 : at + 24].lstrip(b" \"'").startswith((b"utf-8", b"utf8"))
    if head.lstrip().startswith(b"<?xml"):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4 > 0 and len(data) > _SEEN  # only cut in mid-character
    return True


def cut_cleanly(page: AnyStr, most: int) -> AnyStr:
    """The first ``most`` bytes or characters of a page, less a character or tag that the cut goes through."""
    page = page[:most]
    if isinstance(page, str):
        begins, ends = page.rfind("<", -_LONGEST_CUT_TAG), page.rfind(">", -_LONGEST_CUT_TAG)
        return page[:begins] if begins > ends else page
    if b"\x00" in page[-_WIDE:]:
        return page[: len(page) & ~3]  # UTF-16 or UTF-32
    begins, ends = page.rfind(b"<", -_LONGEST_CUT_TAG), page.rfind(b">", -_LONGEST_CUT_TAG)
    if begins > ends:
        return page[:begins]
    for back in range(1, min(4, len(page)) + 1):
        byte = page[-back]
        if byte < _CONTINUES:
            break
        if byte >= _BEGINS:
            return page[:-back]
    return page


def check_encoding(name: str) -> str:
    """The Python codec for a label, by the WHATWG list; LookupError for a name not on it."""
    codec = _codec(name)
    if codec is None:
        raise LookupError(f"unknown encoding {name!r}")
    return codec


def _codec(name: str) -> str | None:
    """The codec for a label; None for what no browser reads, be it a Python codec or not."""
    label = name.strip().lower()
    codec = resolve_encoding(_LABELS.get(label, label))
    return codec if codec in _CODECS else None


def tidy(text: str | bytes) -> bytes:
    """Text or UTF-8 as UTF-8 that a parser takes: controls and lone surrogates made harmless."""
    data = text if isinstance(text, bytes) else _encoded(text)
    # Deleting to compare lengths is many times faster than any search for one of 29 bytes.
    if len(data.translate(None, _CONTROLS)) != len(data):
        data = data.translate(_TO_SPACES)
    return data


def _encoded(text: str) -> bytes:
    """UTF-8 of a str; its surrogates in pairs are one character, alone they are none (U+FFFD)."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def _doubt(declared: str | None, used: str) -> str | None:
    if declared and declared != used:
        return f"declared as {declared}, read as {used}"
    return None


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 shows by its NUL bytes: markup is ASCII, every other byte of it is zero."""
    head = data[:1024]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    if odd > _LEAST_ASCII * pairs and even < _MOST_OTHER * odd:
        return "utf-16-le"
    if even > _LEAST_ASCII * pairs and odd < _MOST_OTHER * even:
        return "utf-16-be"
    return None


def _utf32_without_bom(data: bytes) -> str | None:
    """UTF-32: of four bytes, the one on the far side is zero, and mostly the one beside it."""
    head = data[:1024]
    quads = len(head) // 4
    if quads < 2 or b"\x00\x00" not in head or len(data) % 4:
        return None
    zeros = [head[at::4].count(0) for at in range(4)]
    if zeros[3] == quads and zeros[2] > _MOSTLY * quads and zeros[0] < _MOSTLY * quads:
        return "utf-32-le"
    if zeros[0] == quads and zeros[1] > _MOSTLY * quads and zeros[3] < _MOSTLY * quads:
        return "utf-32-be"
    return None


def _plausible(text: str) -> bool:
    """False if the decoder had to replace more than a stray byte or two."""
    bad = text.count("\ufffd") + len(_C1.findall(text[:_SAMPLE]))
    return bad <= 2 or bad * 500 < len(text)


def _oddness(text: str) -> float:
    """Share of a text's non-ASCII characters that look misread, 0 to 1."""
    sample = text[:_SAMPLE]
    foreign = sum(1 for c in sample if c > "\x7f")
    if not foreign:
        return 0.0
    odd = sum(len(m) for m in _LATIN_ODD.findall(sample)) + sample.count("\ufffd") * 2
    return min(1.0, odd / foreign)


def _detect(data: bytes) -> str:
    """The codec that the bytes themselves speak for; Windows-1252 where nothing does."""
    # Imported here: the detector's tables need not load for the many pages that are UTF-8.
    import cchardet  # noqa: PLC0415

    sample = _prose_bytes(data)
    found = cchardet.detect(sample)["encoding"]
    codec = resolve_encoding(found) if found else None
    if codec is None or codec == "ascii":
        return "cp1252"
    try:
        codecs.lookup(codec)
    except LookupError:
        return "cp1252"
    return codec


# One that is never closed runs to the end of the sample: no second look from every tag behind it.
_TAGS = lazy_re(
    rb"<script\b.*?(?:</script\s*+>|\Z)|<style\b.*?(?:</style\s*+>|\Z)|<[^<>]{0,2000}>|[\x00-\x20]+", re.I | re.S
)


def _prose_bytes(data: bytes) -> bytes:
    """The page without its markup: scripts and tags are ASCII and drown what tells encodings apart."""
    text = _TAGS.sub(b" ", data[:_SAMPLE])
    return text if len(text) > 20 else data[:_SAMPLE]
