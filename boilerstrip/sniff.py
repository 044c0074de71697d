"""What an input is where it is no page: a file of another kind, data, a feed."""

from __future__ import annotations

import json
import re

from boilerstrip.lazy import lazy_re

# First bytes of the files that crawlers meet under names of pages.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh91AY&SY", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"OggS\x00", "Ogg"),
    (b"ID3\x03", "MP3"),
    (b"ID3\x04", "MP3"),
    (b"fLaC", "FLAC"),
    (b"\x1a\x45\xdf\xa3", "Matroska"),
    (b"wOFF", "WOFF"),
    (b"wOF2", "WOFF"),
    (b"\x00\x01\x00\x00\x00", "TrueType"),
    (b"\x00\x00\x01\x00", "icon"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "Windows program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x00asm", "WebAssembly"),
)
_RIFF = {b"WEBP": "WebP", b"WAVE": "WAVE", b"AVI ": "AVI"}
_SAMPLE = 4096
# Bytes that no text holds; tabs, line ends, form feeds and the escapes of ISO-2022 aside.
_CONTROLS = bytes([*range(1, 9), 11, *range(14, 27), *range(28, 32)])
_NO_TEXT = lazy_re("[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_CONTROLS = 0.05
# Fewer characters than these prove little.
_LEAST = 64
# Longer data is told by its beginning and end alone.
_LONGEST_PARSED = 1_000_000
_JSON = lazy_re(r'\s*+(?:\{\s*+(?:"(?:[^"\\]|\\.)*+"\s*+:|\})|\[\s*+(?:[\[{"\]0-9-]|true|false|null))')
_FEED = lazy_re(
    r"\s*+(?:<\?xml[^>]{0,500}\?>)?(?:\s++|<!--.{0,5000}?-->|<\?[^>]{0,500}\?>|<!DOCTYPE[^>]{0,500}>)*+"
    r"<(?:rss|feed|rdf:RDF|(?:\w+:)?(?:urlset|sitemapindex|opml))[\s>]",
    re.I | re.S,
)


def binary_kind(data: bytes) -> str | None:
    """What kind of file the bytes are, by those at the beginning; None for what may be text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12])
    return "MP4" if data[4:8] == b"ftyp" else None


def has_controls(data: bytes) -> bool:
    """Whether so many bytes are control characters that they are no text, or wide characters."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > _MOST_CONTROLS * max(len(sample), _LEAST)


def looks_binary(text: str) -> bool:
    """Whether what was decoded is no text: control characters, and what could not be decoded."""
    sample = text[:_SAMPLE]
    return len(_NO_TEXT.findall(sample)) > _MOST_CONTROLS * max(len(sample), _LEAST)


def looks_like_json(text: str) -> bool:
    """Whether a str is an object or array of JSON, be it cut short or broken further in."""
    if _JSON.match(text) is None:
        return False
    text = text.strip()
    if len(text) <= _LONGEST_PARSED:
        try:
            json.loads(text)
        except RecursionError:
            return True
        except ValueError:
            pass
        else:
            return True
    # "[1] The first note of many": brackets are prose too, an object's first key is not.
    return text[0] == "{" or (text[-1] == "]" and text[1:].lstrip()[:1] in '{["')


def looks_like_feed(text: str) -> bool:
    """Whether a str is RSS, Atom, RDF or a site map."""
    return _FEED.match(text[:20_000]) is not None
