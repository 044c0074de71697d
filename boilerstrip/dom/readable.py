"""The article as readability-lxml sees it."""

from __future__ import annotations

from lxml import etree

from boilerstrip.dom.parse import parse


def readable_text(root: etree._Element) -> str:
    """What readability-lxml takes for the article under ``root``, as text, white space collapsed.

    Source of the method: Arc90's Readability, as kept up by the readability-lxml package.
    """
    # Imported here: it loads a good deal that no other judge needs.
    from readability import Document  # noqa: PLC0415
    from readability.readability import Unparseable  # noqa: PLC0415

    try:
        summary = Document(etree.tostring(root, encoding="unicode", method="html")).summary(html_partial=True)
    except (Unparseable, etree.LxmlError, ValueError):
        return ""
    found = parse(summary.encode("utf-8", "replace"))
    return " ".join(" ".join(map(str, found.itertext())).split()) if found is not None else ""
