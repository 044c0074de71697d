"""Pages that come in pieces: what a server renders late stands hidden at the end, and a script puts it in its place.

React names the pieces ``<div hidden id="S:1">`` and their places ``<template id="B:1">`` or ``<template id="P:1">``;
whoever runs no scripts has to do the same, or the text of the page is hidden and out of order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

# As the server writes it; no page is searched for pieces that does not hold it.
_PIECE = b'id="S:'
_MOST_PIECES = 1_000
# A place inside its own piece is none; so far up it is looked for.
_DEEPEST = 300


def settle(root: etree._Element, html: bytes) -> None:
    """Put the pieces of a page that was streamed into their places, as its scripts would."""
    if _PIECE not in html:
        return
    pieces = [e for e in root.iter("div") if e.get("hidden") is not None and (e.get("id") or "").startswith("S:")]
    if not 0 < len(pieces) <= _MOST_PIECES:
        return
    places: dict[str, Any] = {}
    for template in root.iter("template"):
        name = template.get("id") or ""
        if name.startswith(("B:", "P:")):
            places.setdefault(name[2:], template)
    for piece in pieces:
        place = places.get((piece.get("id") or "")[2:])
        if place is not None and place.getparent() is not None and not _holds(piece, place):
            _move(piece, place)


def _holds(piece: etree._Element, place: etree._Element) -> bool:
    """Whether a place stands inside a piece, or too deep to tell."""
    around: etree._Element | None = place
    for _ in range(_DEEPEST):
        if around is None:
            return False
        if around is piece:
            return True
        around = around.getparent()
    return True


def _move(piece: etree._Element, place: etree._Element) -> None:
    """All that a piece holds goes before the place, which stays behind, empty."""
    if piece.text:
        before = place.getprevious()
        if before is not None:
            before.tail = f"{before.tail or ''}{piece.text}"
        else:
            parent = place.getparent()
            if parent is not None:
                parent.text = f"{parent.text or ''}{piece.text}"
        piece.text = None
    for child in list(piece):
        place.addprevious(child)
