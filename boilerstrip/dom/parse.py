"""From markup to a tree, within limits; and what is asked of a tree that is handed over."""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from boilerstrip.dom.elements import breaks_lines
from boilerstrip.dom.markup import elements_in, first_elements, may_hold_long_tag, rewrite
from boilerstrip.dom.streamed import settle
from boilerstrip.limits import Limits, Watch

# libxml2 keeps comments, processing instructions and an index of ids only on request.
_PARSE_OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "no_network": True,
}


# Without its option for huge documents the parser itself stops at this depth, and at texts of ten
# megabytes: so a page that is neither costs no look at its depth beforehand.
_PARSERS_DEPTH = 256
_PARSERS_LONGEST = 10_000_000


def parse(html: bytes, watch: Watch | None = None) -> etree._Element | None:
    """The root of a page, or None where there is no markup to speak of.

    html   UTF-8 without the characters that XML forbids (``decode.tidy`` sees to that): libxml2
           ends the tree at the first one
    watch  the limits; those on bytes are whoever's who hands the page over
    """
    if watch is None:
        watch = Watch(Limits())
    limits = watch.limits
    # Each look at the whole page costs; the first is enough for nearly all.
    many = (
        limits.elements is not None
        and len(html) > limits.elements
        and html.count(b"<") > limits.elements
        and elements_in(html) > limits.elements
    )
    rewritten = many or (limits.attributes is not None and may_hold_long_tag(html, limits.attributes))
    if rewritten:
        html = _rewrite(html, watch)
    if many and limits.elements is not None and elements_in(html) > limits.elements:
        watch.over("elements", f"what follows element {limits.elements} was not read")
        html = first_elements(html, limits.elements)
    if rewritten or (limits.depth == _PARSERS_DEPTH and len(html) < _PARSERS_LONGEST):
        root, whole = _parse(html, huge=rewritten)
        if whole:
            return _settled(root, html)
    # The last time, elements that mostly close themselves are counted too.
    for strict in (True,) if rewritten else (False, True):
        html = _rewrite(html, watch, strict=strict)
        root, whole = _parse(html, huge=True)
        if whole:
            break
    return _settled(root, html)


def _settled(root: etree._Element | None, html: bytes) -> etree._Element | None:
    if root is not None:
        settle(root, html)
    return root


def _rewrite(html: bytes, watch: Watch, *, strict: bool = False) -> bytes:
    """The markup within its limits of depth and attributes."""
    depth, attributes = watch.limits.depth, watch.limits.attributes
    html, flat, cut = rewrite(html, depth, attributes, breaks_lines, strict=strict)
    if flat:
        watch.over("depth", f"{flat} tags below level {depth} were taken out, their text stays")
    if cut:
        watch.over("attributes", f"{cut} elements with more than {attributes} lost the rest of them")
    return html


def _parse(html: bytes, *, huge: bool) -> tuple[etree._Element | None, bool]:
    """(the root, whether the parser read to the end)."""
    # One parser a call: a parser object is not safe to share between threads.
    parser = etree.HTMLParser(**_PARSE_OPTIONS, huge_tree=huge)
    try:
        root: etree._Element | None = etree.fromstring(html, parser)
    except (etree.LxmlError, ValueError):
        root = None
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def root_of(page: Any) -> etree._Element | None:
    """The element to start from if ``page`` is an lxml element or tree, else None."""
    if isinstance(page, etree._ElementTree):
        root: etree._Element | None = page.getroot()
        # An empty tree is a page without lines, not a wrong argument.
        return etree.Element("html") if root is None else root
    if isinstance(page, etree._Element):
        return page
    return None


# A tree that is handed over may be deeper than any page; so many elements it has at the least.
_LEAST_DEEP = 20_000
_DEEPEST = 2_000


def too_deep(root: etree._Element) -> bool:
    """Whether elements stand deeper in a tree than a parser would have let them."""
    if sum(1 for _ in islice(root.iter(etree.Element), _LEAST_DEEP)) < _LEAST_DEEP:
        return False
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def markup_of(root: etree._Element) -> bytes:
    """A tree as markup, to be read with the care that markup gets."""
    return etree.tostring(root, encoding="utf-8", method="html", with_tail=False)
