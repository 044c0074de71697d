"""The body of an HTTP response as a crawler stored it: chunks joined, compression undone.

Archives often hold the body decoded and the headers as they came, so a header is only a hint:
a body that is not what it says stays as it is.
"""

from __future__ import annotations

import io
import zlib

from boilerstrip.adapters.reading import GZIP_MAGIC
from boilerstrip.extras import need


def body_of(data: bytes, transfer: str | None, content: str | None, limit: int) -> bytes:
    """The body behind the headers Transfer-Encoding and Content-Encoding; at most ``limit + 1`` bytes of it."""
    if transfer and "chunked" in transfer.lower():
        data = _joined(data)
    for coding in reversed((content or "").lower().split(",")):
        data = _decompressed(data, coding.strip(), limit)
    return data[: limit + 1]


def _joined(data: bytes) -> bytes:
    """Chunks without their sizes; the data as they are if they are no chunks."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 1000)
        try:
            size = int(data[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            # Cut off, or never chunked.
            return b"".join(parts) if parts else data
        if size == 0:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def _decompressed(data: bytes, coding: str, limit: int) -> bytes:
    if coding in ("gzip", "x-gzip") and data.startswith(GZIP_MAGIC):
        return _inflated(data, 31, limit)[0]
    if coding == "deflate":
        # Two formats go by this name: with zlib's head, and without. The second would begin to
        # make something of any bytes.
        out, _ = _inflated(data, 15, limit)
        if out:
            return out
        out, whole = _inflated(data, -15, limit)
        return out if whole else data
    if coding == "br":
        stream_io = need("fastwarc.stream_io", "crawl", "reading pages compressed with Brotli")
        try:
            return bytes(stream_io.BrotliReader(io.BytesIO(data)).read(limit + 1)) or data
        except OSError:
            return data
    return data


def _inflated(data: bytes, window: int, limit: int) -> tuple[bytes, bool]:
    """(as much as can be inflated, whether that is all): a page that was cut off still has a beginning."""
    inflate = zlib.decompressobj(window)
    out = b""
    try:
        # In pieces: an error in the middle must not cost what stands before it.
        for at in range(0, len(data), 1 << 16):
            out += inflate.decompress(data[at : at + (1 << 16)], limit + 1 - len(out))
            if len(out) > limit:
                break
    except zlib.error:
        return out, False
    return out, True
