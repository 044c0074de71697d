"""Elements by XPath, for rules of users."""

from __future__ import annotations

from functools import cache, lru_cache

from lxml import etree


class SelectorError(ValueError):
    """An XPath that cannot be compiled or evaluated."""


# Compiled expressions that are remembered; rules name hundreds, those of ten thousand sites take turns.
@lru_cache(maxsize=1024)
def _compiled(xpath: str) -> etree.XPath:
    # Without EXSLT: its regular expressions are Python's, whose time nothing bounds.
    return etree.XPath(xpath, regexp=False, smart_strings=False)


def select(root: etree._Element, xpath: str) -> list[etree._Element]:
    """The elements that an XPath selects, ``root`` being the context; what is no element is left out.

    Raises SelectorError.
    """
    try:
        found = _compiled(xpath)(root)
    except (etree.LxmlError, ValueError) as error:
        raise SelectorError(str(error)) from None
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


@cache
def _sample() -> etree._Element:
    """A page with one of each common element: a condition that is never asked is never found wrong."""
    root = etree.Element("html")
    for tag in "div p a span li ul h1 h2 h3 section article aside header footer nav img table td figure form".split():
        etree.SubElement(root, tag, {"class": "x", "id": tag, "href": "x", "src": "x"}).text = "x"
    return root


def check_xpath(xpath: str) -> str:
    """What keeps an XPath from selecting elements; empty if nothing does."""
    try:
        found = etree.XPath(xpath, regexp=False, smart_strings=False)(_sample())
    except (etree.LxmlError, ValueError) as error:
        said = str(error)
        return f"{said[:1].lower()}{said[1:]}"
    return "" if isinstance(found, list) else "it gives a number, a string or a truth value, and no elements"
