"""What a page says of itself in its head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boilerstrip.dom.elements import local_name, text_of

if TYPE_CHECKING:
    from lxml import etree

_META = {
    "og:title": "title",
    "twitter:title": "title",
    "og:site_name": "site_name",
    "application-name": "site_name",
    "og:locale": "locale",
    "content-language": "locale",
    "og:type": "type",
    "og:url": "url",
    "generator": "generator",
    "description": "description",
    "og:description": "description",
}


def _namespaced(root: Any) -> bool:
    """Whether an element's name has a namespace; a comment's name is a function, whatever its type says."""
    return isinstance(root.tag, str) and root.tag.startswith("{")


def read_meta(root: etree._Element) -> dict[str, str]:
    """Title, site name and language as the head declares them; the first of a kind wins."""
    meta: dict[str, str] = {}
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    if lang:
        meta["lang"] = lang
    # The wildcard for namespaces is dear, and only XHTML handed over as a tree needs it.
    names = ("{*}meta", "{*}title") if _namespaced(root) else ("meta", "title")
    head = root.find("head")
    for e in (head if head is not None and head.find("title") is not None else root).iter(*names):
        if local_name(e.tag) == "title":
            # An svg holds titles too; the page's own stands in the head or first.
            if "head_title" not in meta:
                text = text_of(e)
                if text:
                    meta["head_title"] = text
            continue
        key = e.get("property") or e.get("name") or e.get("http-equiv")
        name = _META.get(key.strip().lower()) if key else None
        if name and name not in meta:
            content = " ".join((e.get("content") or "").split())
            if content:
                meta[name] = content
    return meta
