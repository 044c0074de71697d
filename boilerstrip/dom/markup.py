"""Markup that a parser should not see as it is: too many tags, attributes or levels.

The parser is quadratic in the attributes of one element and gives up, silently, below its deepest
level. So a page that could hold either is rewritten before: one linear pass over its tags, which
follows the tokenizer of the HTML standard. What is dropped is tags, never text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from boilerstrip.lazy import lazy_re

# How far one look for a long tag reaches.
_WINDOW = 8192
# A quoted value as long as this holds no attributes for so long: it needs no look behind it.
_BEHIND = 65_536
_MOST_LOOKS = 8
_BEFORE_VALUE = b"= \t\r\n\f"

_TOKEN = lazy_re(rb"<(?:(!--)|([a-zA-Z][^\s/>]*+)|/([a-zA-Z][^\s/>]*+)|[!?/])")
_NO_ELEMENT = (b"/", b"!", b"?")
_TAG_OPENS = lazy_re(rb"<[a-zA-Z]")
# White space and slashes, or a name with what is said behind "=". A quoted value that never ends
# is none.
_ATTRIBUTE = rb"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+|(?=>)))?+)"
_ATTRIBUTES = lazy_re(rb"%b*+>" % _ATTRIBUTE)
_EACH = lazy_re(_ATTRIBUTE)

_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
# Their text is no markup, up to their own end tag.
_RAW = frozenset(b"script style textarea title xmp iframe noembed noframes plaintext".split())
_ENDS = {name: lazy_re(rb"</%b[\s/>]" % name, re.I) for name in _RAW - {b"plaintext"}}
# Closed by the next of their kind: no level is counted for them.
_CLOSING_THEMSELVES = frozenset(b"p li dd dt option tr td th tbody thead tfoot html head body".split())


def elements_in(html: bytes) -> int:
    """As many elements as a page can have: its tags less the end tags, comments and the like."""
    return html.count(b"<") - html.count(b"</") - html.count(b"<!") - html.count(b"<?")


def first_elements(html: bytes, most: int) -> bytes:
    """The page up to the begin of element number ``most``, counted as above."""
    at = -1
    count = 0
    while count <= most:
        at = html.find(b"<", at + 1)
        if at < 0:
            return html
        if html[at + 1 : at + 2] not in _NO_ELEMENT:
            count += 1
    return html[:at]


def may_hold_long_tag(html: bytes, attributes: int) -> bool:
    """Whether any tag might have more than so many attributes; False is sure.

    A ">" ends a tag unless it stands in a quoted value, and a quoted value begins behind "=".
    So a ">" with no "=" before the last quotation mark ahead of it is proof that no tag goes on
    there. From one such proof to the next, the page is looked at closely only where they stand
    further apart than a tag with so many attributes must be long; hardly ever, that is.
    """
    window = min(2 * attributes, _WINDOW)
    size = len(html)
    start = look = 0
    while size - start > window:
        at = html.rfind(b">", look, look + window)
        looks = 0
        while at >= 0 and _in_quotes(html, start, at):
            looks += 1
            at = html.rfind(b">", look, at) if looks < _MOST_LOOKS else -1
        if at < 0:
            look += window
            if look < size:
                continue
            at = size
        if at - start > window:
            opens = _TAG_OPENS.search(html, start, at)
            if opens is not None and _most_attributes(html[opens.start() : at]) > attributes:
                return True
        start = look = at + 1
    return False


def _most_attributes(tag: bytes) -> int:
    """As many attributes as a tag can have: each stands behind white space, a slash or a value's end."""
    return len(tag.split()) + tag.count(b"/") + tag.count(b'"') // 2 + tag.count(b"'") // 2


def _in_quotes(html: bytes, start: int, at: int) -> bool:
    """Whether what stands at ``at`` may be inside a quoted value; none is open at ``start``."""
    start = max(start, at - _BEHIND)
    for mark in (b'"', b"'"):
        opens = html.rfind(mark, start, at)
        if opens > 0 and html[opens - 1] in _BEFORE_VALUE:
            before = html[max(0, opens - 64) : opens].rstrip()
            if not before or before.endswith(b"="):
                return True
    return False


def rewrite(  # noqa: PLR0912, PLR0915 - one pass, one function: a call a tag would double its time
    html: bytes, depth: int, attributes: int | None, breaks: Callable[[str], bool], *, strict: bool = False
) -> tuple[bytes, int, int]:
    """(the page without tags below ``depth`` and attributes beyond ``attributes``; how many went of each).

    breaks  whether an element of this name stands on lines of its own: its tags become ``<br>``
    strict  count all elements as levels, those that close themselves too
    """
    out: list[bytes] = []
    done = 0
    at = 0
    tags = gone = 0
    uncounted = _VOID | _RAW if strict else _VOID | _RAW | _CLOSING_THEMSELVES
    # Open elements that are counted: the kept ones first, then those without their tags.
    stack: list[bytes] = []
    open_tags: dict[bytes, int] = {}
    while (token := _TOKEN.search(html, at)) is not None:
        start = token.start()
        comment, begins, ends = token.groups()
        if comment:
            # "<!-->" is a whole comment.
            at = html.find(b"-->", start + 2)
            if at < 0:
                break
            at += 3
            continue
        rest = _ATTRIBUTES.match(html, token.end()) if begins or ends else None
        if rest is None:
            if begins or ends:
                break  # a tag that the page ends in
            at = html.find(b">", token.end())
            if at < 0:
                break
            at += 1
            continue
        at = rest.end()
        name = (begins or ends).lower()
        counted = name not in uncounted
        drop = False
        if begins:
            if counted:
                stack.append(name)
                open_tags[name] = open_tags.get(name, 0) + 1
                drop = len(stack) > depth
            if not drop and attributes is not None and at - start > 2 * attributes:
                cut = _cut(html, token.end(), at, attributes)
                if cut:
                    out += (html[done:cut], b">")
                    done = at
                    gone += 1
        elif counted and open_tags.get(name):
            # What is still open inside ends with it.
            while (top := stack.pop()) != name:
                open_tags[top] -= 1
            open_tags[name] -= 1
            drop = len(stack) >= depth
        if drop:
            if start > done:
                out.append(html[done:start])
            # One break is enough between two texts.
            if breaks(name.decode("ascii", "replace")) and (start > done or out[-1:] != [b"<br>"]):
                out.append(b"<br>")
            done = at
            tags += 1
        if begins and name in _RAW:
            close = _ENDS[name].search(html, at) if name in _ENDS else None
            if close is None:
                break
            at = close.start()
    out.append(html[done:])
    return b"".join(out), tags, gone


def _cut(html: bytes, start: int, end: int, most: int) -> int:
    """Where attribute number ``most`` ends, 0 if there are no more than that."""
    count = 0
    at = start
    while at < end - 1:
        each = _EACH.match(html, at, end)
        if each is None:
            return 0
        if html[at : at + 1].strip(b" \t\r\n\f\v/"):
            count += 1
            if count > most:
                return at
        at = each.end()
    return 0
