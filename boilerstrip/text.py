"""Flattened text → lines: crawl records, other extractors' output, the founding example."""

from __future__ import annotations

import re

from boilerstrip.page import Box, Line, Page, Source, is_blank

# Tags that HTML pages have and flattened text does not, unless it writes about HTML.
_MARKUP = re.compile(
    r"<(?:!doctype|!--|\?xml|/?(?:html|head|body|div|p|span|a|table|tr|td|ul|ol|li|h[1-6]|br|script|style|meta|link|"
    r"article|section|main|header|footer|nav|title|img|form|b|i|em|strong|font|center|frameset|pre|blockquote))\b",
    re.I,
)
_OPENS = re.compile(r"\s*<(?:!doctype\b|!--|\?xml\b|[a-z][a-z0-9:-]*[\s>/])", re.I)
SNIFF = 65_536
# How many tags it takes where the input does not begin with one.
_ENOUGH = 3


def looks_like_html(text: str) -> bool:
    """Whether a str is markup: it begins with a tag, or holds several that pages are made of."""
    head = text[:SNIFF]
    if head.isspace():
        # Templates leave thousands of blank lines before the page begins.
        head = text.lstrip()[:SNIFF]
    if "<" not in head:
        return False
    if _OPENS.match(head) and (head.lstrip()[1] in "!?" or _MARKUP.search(head)):
        return True
    for found, _ in enumerate(_MARKUP.finditer(head), 1):
        if found >= _ENOUGH:
            # An article about HTML names tags; a page closes them.
            return "</" in head or found > _ENOUGH
    return False


def read_text(text: str, url: str | None = None) -> Page:
    """Lines of flattened text; a blank line opens a new block."""
    box = Box("", None, 0, (), 0, 0)
    lines: list[Line] = []
    block = 0
    # str.splitlines would also break at U+2028, form feeds and file separators.
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = " ".join(raw.split()) if "\t" not in raw else _row(raw)
        if not line or is_blank(line):
            block += 1
            continue
        lines.append(Line(len(lines), line, block, box))
    box.end = len(lines)
    return Page(source=Source.TEXT, url=url, lines=lines, boxes=[box])


def _row(raw: str) -> str:
    """A table row keeps the tabs between its cells."""
    return "\t".join([" ".join(cell.split()) for cell in raw.split("\t")]).strip()
