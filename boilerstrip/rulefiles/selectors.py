"""Selectors of rule files: CSS, or XPath where it begins as only XPath does."""

from __future__ import annotations

import re
from functools import lru_cache

from boilerstrip.dom import check_xpath

# What no CSS selector begins with: a path, a bracket, a function, an axis.
_XPATH = re.compile(r"\.?/|\(|[a-z-]+\(|(?:ancestor|child|descendant|following|parent|preceding|self)[a-z-]*::")
_MARK = "xpath:"
# What CSS becomes that waits for a reader: a:hover.
_NEVER = "[0]"


def is_xpath(selector: str) -> bool:
    """Whether a selector begins as XPath does and CSS does not."""
    return _XPATH.match(selector) is not None


@lru_cache(maxsize=4096)
def to_xpath(selector: str) -> str:
    """A selector as XPath; ``xpath:`` in front says that it is one already.

    Raises ValueError, worded for the author, for CSS that is none.
    """
    selector = selector.strip()
    if selector.startswith(_MARK):
        return selector.removeprefix(_MARK).strip()
    if is_xpath(selector):
        return selector
    # Imported here: only rule files with CSS need it.
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415

    try:
        xpath = HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        raise ValueError(str(error) or "nested too deeply") from None
    if _NEVER in xpath:
        raise ValueError("it is met by no element of a saved page")
    return xpath


def check_selector(selector: str) -> str:
    """What is wrong with a selector, in the words of those who would run it; empty if nothing is."""
    try:
        return check_xpath(to_xpath(selector))
    except ValueError as error:
        return str(error)
