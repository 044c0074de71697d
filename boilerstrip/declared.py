"""The article's text as a page declares it to machines: ``articleBody`` in its JSON-LD (schema.org).

It is a witness for what the page shows, and the text itself where scripts are to show it. Only
the strings are looked for: sites' JSON is often broken, and may be nested without end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from boilerstrip.lazy import lazy_re

_BODY = lazy_re(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.)*)"')
_MOST = 1_000_000
# A shorter one is a teaser.
_LEAST = 300
_BREAKS = lazy_re(r"</?(?:p|div|br|li|ul|ol|h[1-6]|blockquote|figure|table|tr)\b[^<>]{0,1000}>", re.I)
_TAGS = lazy_re(r"</?[a-zA-Z][^<>]{0,1000}>")
# So many letters and digits tell a line; shorter ones stand anywhere by chance.
_TELLING = 48
_LEAST_TELLING = 12


def body_in(scripts: Iterable[str]) -> str:
    """The longest declared body in the text of some scripts, a paragraph a line; empty where there is none."""
    best = ""
    for script in scripts:
        if "articleBody" in script:
            for raw in _BODY.findall(script[:_MOST]):
                if len(raw) > max(_LEAST, len(best)):
                    try:
                        text = json.loads(f'"{raw}"', strict=False)
                    except ValueError:
                        continue
                    best = max(best, _plain(text), key=len)
    return best if len(best) >= _LEAST else ""


def _plain(text: str) -> str:
    """Without markup, which some sites leave in, and one line a paragraph."""
    # Imported here: its table of entities is large, and most pages declare no text.
    from html import unescape  # noqa: PLC0415

    text = unescape(text)
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub("\n", text))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def telling(text: str, most: int = _TELLING) -> str:
    """What lines are compared by: their first letters and digits, in lower case; empty if there are few."""
    key = letters_of(text[: 4 * most])[:most]
    return key if len(key) >= _LEAST_TELLING else ""


def letters_of(text: str) -> str:
    """Its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, text.lower()))
