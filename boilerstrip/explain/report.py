"""A trace as one HTML file to look at: no network, and nothing of the page's own can run in it.

What keeps hostile pages from doing anything there: the page comes as a block of JSON in which no
character can end the block; the script shows its strings as text, never as markup; and the policy
in the head lets only this style and this script in, by their hashes, and no request out.
"""

from __future__ import annotations

import html
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib import resources

import msgspec

from boilerstrip.explain.trace import Trace

_SLOT = re.compile(r"\{\{(\w+)\}\}")
# What could end the block of JSON, or a line of script: all of it may be written as an escape in JSON,
# and none of it stands outside of strings there.
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def report(trace: Trace) -> bytes:
    """The report as a file of UTF-8; the trace should be made with ``what_if=True``."""
    style, script = part("theme.css") + part("report.css"), part("report.js")
    policy = "; ".join(
        [
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )
    parts = {
        "policy": policy,
        "title": html.escape(f"{trace.title or trace.file or 'A page'} – boilerstrip"),
        "style": style,
        "script": script,
        "trace": msgspec.json.encode(trace).decode().translate(_ESCAPED),
    }
    # One pass: what stands in the page is never taken for a slot.
    return _SLOT.sub(lambda slot: parts[slot[1]], part("report.html")).encode()


@cache
def part(name: str) -> str:
    """A file of those that the report is made of."""
    return resources.files("boilerstrip.explain").joinpath("static", name).read_text("utf-8")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
