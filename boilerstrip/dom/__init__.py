"""All of lxml: bytes or str to a tree, and the one walk over the tree that yields lines.

Element filters apart, nothing else in the library touches an element.
"""

from boilerstrip.dom.parse import markup_of, parse, root_of, too_deep
from boilerstrip.dom.read import read_tree
from boilerstrip.dom.readable import readable_text
from boilerstrip.dom.select import SelectorError, check_xpath, select

__all__ = [
    "SelectorError",
    "check_xpath",
    "markup_of",
    "parse",
    "read_tree",
    "readable_text",
    "root_of",
    "select",
    "too_deep",
]
