"""From a tree to a page: the walk, the head, and the article that scripts were to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from boilerstrip.declared import body_in
from boilerstrip.dom.elements import KINDS, UNSCRIPTED, text_of
from boilerstrip.dom.meta import read_meta
from boilerstrip.dom.walk import Walk
from boilerstrip.limits import Watch
from boilerstrip.page import Line, Page, Source
from boilerstrip.signature import SignatureTable

if TYPE_CHECKING:
    from lxml import etree

# A page of fewer visible characters may have all its text in <noscript>.
_LEAST_SHOWN = 1500
_LEAST_UNSCRIPTED = 200
# Lines that count as text of the article, and the part of it that a page shows at the least.
_LONGER = 80
_MOST_LINKED = 0.5
_PART_SHOWN = 0.5


def _unscripted(root: etree._Element) -> int:
    """How many characters of text stand in ``<noscript>``: forums leave their posts there for crawlers."""
    return sum([len(text_of(e)) for e in root.iter("noscript")])


def _data_in(scripts: Iterable[etree._Element]) -> Iterator[str]:
    """The text of scripts that hold data, one at a time: programs are the larger part of many pages."""
    for e in scripts:
        if "json" in (e.get("type") or "").lower():
            text = e.text
            if text:
                yield text


def _shows_little(lines: list[Line], declared: str) -> bool:
    """Whether the longer lines of a page are but a part of the article that it declares."""
    longer = sum([len(line.text) for line in lines if len(line.text) >= _LONGER and line.link_share < _MOST_LINKED])
    return longer < _PART_SHOWN * len(declared)


def read_tree(root: etree._Element, table: SignatureTable, url: str | None = None, watch: Watch | None = None) -> Page:
    """One walk over the tree under ``root``: its lines, boxes and signature hits.

    The tree is only read. ``Page.tree`` is ``root`` itself, so that element filters can look.
    """
    longest = watch.limits.line_length if watch is not None else None
    walk = Walk(table, KINDS, longest, watch)
    walk.run(root)
    shown = sum([len(line.text) for line in walk.lines])
    if shown < _LEAST_SHOWN and _unscripted(root) > max(_LEAST_UNSCRIPTED, shown):
        walk = Walk(table, UNSCRIPTED, longest, watch)
        walk.run(root)
    kinds = walk.kinds
    declared = body_in(_data_in(walk.scripts))
    size = len(walk.lines)
    unshown = walk.append(declared) if declared and _shows_little(walk.lines, declared) else None
    return Page(
        source=Source.HTML,
        url=url,
        lines=walk.lines,
        boxes=walk.boxes,
        meta=read_meta(root),
        declared=declared,
        unshown=unshown,
        tree=root,
        scripts=walk.scripts,
        signatures=walk.signatures,
        split=walk.split,
        _find_spans=lambda: _find_spans(root, table, kinds, longest, size),
    )


def _find_spans(
    root: etree._Element, table: SignatureTable, kinds: Mapping[Any, int], longest: int | None, size: int
) -> dict[Any, tuple[int, int]]:
    """Line range of every element: a second walk, only for filters that ask by element.

    size  so many lines the page has: the first walk may have ended early
    """
    walk = Walk(table, kinds, longest)
    walk.spans = {}
    walk.run(root)
    if len(walk.lines) > size:
        return {element: (min(start, size), min(end, size)) for element, (start, end) in walk.spans.items()}
    return walk.spans
