"""The one walk over the tree: its lines, its boxes, and what families' signatures match."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from sys import maxsize
from typing import Any

from lxml import etree

from boilerstrip.declared import letters_of
from boilerstrip.dom.elements import ANCHOR, BLOCK, BREAK, CELL, INLINE, PRE, SKIP, kind_of, local_name
from boilerstrip.lazy import lazy_re
from boilerstrip.limits import Watch
from boilerstrip.page import HEADINGS, Box, Line, SignatureHit, Within, is_blank, parts_of
from boilerstrip.signature import ATTRIBUTES, Match, SignatureTable, words_of

# Plain ints: arithmetic on an enum costs as much as the element it is done for.
_HIDDEN = int(Within.HIDDEN)
_WITHIN: dict[str, int] = {
    "article": Within.ARTICLE,
    "main": Within.MAIN,
    "nav": Within.NAV,
    "aside": Within.ASIDE,
    "footer": Within.FOOTER,
    "header": Within.HEADER,
    "form": Within.FORM,
    "figure": Within.FIGURE,
    "figcaption": Within.FIGURE,
    "blockquote": Within.QUOTE,
    "ul": Within.LIST,
    "ol": Within.LIST,
    "dl": Within.LIST,
    "table": Within.TABLE,
    "pre": Within.PRE,
}
_ROLES: dict[str, int] = {
    "article": Within.ARTICLE,
    "main": Within.MAIN,
    "navigation": Within.NAV,
    "complementary": Within.ASIDE,
    "contentinfo": Within.FOOTER,
    "banner": Within.HEADER,
}
_WITHIN = {tag: int(flag) for tag, flag in _WITHIN.items()}
_ROLES = {role: int(flag) for role, flag in _ROLES.items()}

# The attributes that say something to us; most say nothing.
_LOOKED_AT = ATTRIBUTES | {"class", "id", "style", "hidden", "aria-hidden"}
_HIDDEN_STYLE = lazy_re(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# Control characters come through the parser; nobody wants them in a text.
_NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
# What is read of an element to see whether its id says the same, and how many words such an id has at the
# least where the element goes on after its heading.
_MOST_PIECES = 8
_LONGEST_HEADING = 200
_LONG_NAME = 5
# A cell boundary inside the buffer of a line: NUL cannot come from a tree.
_CELL_MARK = "\0"


def _shows(buf: list[str]) -> bool:
    """Whether the buffer of a line holds anything but white space."""
    return any(not piece.isspace() for piece in buf)


def _is_anchor(element: etree._Element, name: str) -> bool:
    """Whether an id is made of the words of the heading that it leads to: they say what the text is about."""
    count = len(words_of(name))
    parent = element.getparent()
    heading = element.tag in HEADINGS or (parent is not None and parent.tag in HEADINGS)
    if count < 2 or (count < _LONG_NAME and not heading):
        return False
    said = ""
    for piece in islice(element.itertext(), _MOST_PIECES):
        said += letters_of(str(piece)[:_LONGEST_HEADING])
    return letters_of(name) in said[:_LONGEST_HEADING]


class _EnoughError(Exception):
    """The walk ends here: too many lines, or no time left."""


class Walk:
    """One walk: the state between elements, and the lines and boxes found so far."""

    def __init__(
        self, table: SignatureTable, kinds: Mapping[Any, int], longest: int | None = None, watch: Watch | None = None
    ) -> None:
        self.table = table
        self.kinds = kinds
        self.longest = maxsize if longest is None else longest
        self.watch = watch
        self.split: list[tuple[int, int]] = []
        # At so many lines ``ask`` is to be called.
        self.stop = maxsize if watch is None else watch.next_stop(0)
        self.lines: list[Line] = []
        self.boxes: list[Box] = []
        self.signatures: dict[str, list[SignatureHit]] = {}
        self.spans: dict[Any, tuple[int, int]] | None = None
        # With spans: inline elements that end in the line under way, and the buffer's length there.
        self.pending: list[tuple[Any, int, int]] = []
        # Scripts that the walk passed: some hold data.
        self.scripts: list[etree._Element] = []
        # Class attributes repeat within a page: (tokens, what they match) by the whole value.
        self.classes: dict[str, tuple[tuple[str, ...], list[Match]]] = {}

    def run(self, root: etree._Element) -> None:
        """Walk ``root`` and the roots behind it: text after an early ``</html>`` is one."""
        roots = [root]
        if root.getparent() is None:
            roots.extend(root.itersiblings(etree.Element))
        for each in roots:
            try:
                self._walk(each)
            except _EnoughError:
                # Every box that is still open holds the last line.
                around: Box | None = self.lines[-1].box
                while around is not None:
                    around.end = len(self.lines)
                    around = around.parent
                break

    def _add(self, line: Line) -> None:
        """A line longer than the limit, in parts."""
        if self.watch is not None:
            message = f"a line of {len(line.text)} characters is handled in parts of {self.longest}"
            self.watch.over("line_length", message)
        start = len(self.lines)
        self.lines.extend(parts_of(line, self.longest))
        self.split.append((start, len(self.lines)))

    def _ask(self) -> None:
        """Whether the walk may go on; raises if not."""
        if self.watch is not None:
            self.stop = self.watch.next_stop(len(self.lines))
            if self.stop == 0:
                raise _EnoughError

    def append(self, text: str) -> Box:
        """Lines that no element shows, behind all others, in a box of their own."""
        start = len(self.lines)
        block = self.lines[-1].block + 1 if self.lines else 0
        box = Box("script", None, int(Within.ARTICLE), (), start, start)
        self.boxes.append(box)
        for i, line in enumerate(text.split("\n")):
            self.lines.append(Line(start + i, line, block + i, box))
        box.end = len(self.lines)
        return box

    def _walk(self, root: etree._Element) -> None:  # noqa: PLR0912, PLR0915
        # One long function on purpose: this is the hot loop of the library, and in CPython a
        # call per element costs more than the work it would hold.
        kinds = self.kinds
        inherited = _WITHIN
        lines = self.lines
        boxes = self.boxes
        tags = self.table.tags
        classes = self.classes
        spans = self.spans
        scripts = self.scripts
        look = self._look
        end_line = self._end_line
        buf: list[str] = []
        depth_a = 0
        link_chars = 0
        links = 0
        block = lines[-1].block + 1 if lines else 0
        glue: str | None = None
        pre = 0
        size = len(lines)
        box = Box("", None, 0, (), size, size)
        boxes.append(box)
        stack: list[Any] = [root]
        pop = stack.pop
        push = stack.append
        while stack:
            e = pop()
            if e.__class__ is tuple:
                # ---- an element ends
                code, element, outer, tail, start = e
                if code == BLOCK:
                    if buf:
                        block += end_line(buf, block, box, link_chars, links, glue, pre)
                        size = len(lines)
                        link_chars = links = 0
                    block += 1
                    glue = None
                    box.end = size
                    box = outer
                elif code == ANCHOR:
                    depth_a -= 1
                elif code == CELL:
                    if buf and size > start:
                        # A column of a layout rather than a value of a row: its last line is none of the next cell's.
                        block += end_line(buf, block, box, link_chars, links, glue, pre)
                        size = len(lines)
                        link_chars = links = 0
                        glue = None
                    box.end = size
                    box = outer
                elif code == PRE:
                    if buf:
                        block += end_line(buf, block, box, link_chars, links, glue, pre)
                        size = len(lines)
                        link_chars = links = 0
                        glue = None
                    block += 1
                    pre -= 1
                    box.end = size
                    box = outer
                elif code == BREAK:  # an inline element with a box of its own ends
                    if buf:
                        if end_line(buf, block, box, link_chars, links, glue, pre):
                            size = len(lines)
                            after = element.tail
                            glue = " " if after and after[0].isspace() else ""
                        elif pre:
                            glue = None
                        link_chars = links = 0
                    box.end = size
                    box = outer
                if spans is not None:
                    spans[element] = (start, size)
                    if (code == INLINE or code == ANCHOR) and (not tail or tail.isspace()):
                        # The line in the buffer is wholly inside if nothing visible follows.
                        self.pending.append((element, start, len(buf)))
                if tail and (buf or not tail.isspace()):
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                elif tail and glue == "":
                    glue = " "
                continue

            # ---- an element begins
            tag = e.tag
            kind = kinds.get(tag)
            if kind is None:
                kind = kind_of(tag)
                if kind != SKIP:
                    tag = local_name(tag)
            tail = e.tail
            if kind == SKIP:
                if tag == "script":
                    scripts.append(e)
                if tail and (buf or not tail.isspace()) and e is not root:
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                elif tail and glue == "":
                    glue = " "
                continue
            if kind == BREAK:
                if buf:
                    end_line(buf, block, box, link_chars, links, glue, pre)
                    size = len(lines)
                    link_chars = links = 0
                glue = None
                if tail and not tail.isspace():
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                continue
            if e is root:
                tail = None
            text = e.text
            if kind == INLINE or kind == ANCHOR:
                start = size
                hits: Sequence[Match] | None = None
                hidden = ""
                if kind == ANCHOR:
                    depth_a += 1
                    links += 1
                    name = e.get("class")
                    if name:
                        hits = (classes.get(name) or self._class(name))[1]
                else:
                    attributes = e.items()
                    if attributes:
                        if len(attributes) == 1 and attributes[0][0] == "class":
                            value = attributes[0][1]
                            hits = (classes.get(value) or self._class(value))[1]
                        else:
                            hits, hidden, _, _ = look(e, attributes)
                    if tag in tags:
                        hits = [*(hits or ()), *tags[tag]]
                # Within code, class names tell what is a comment, an author, a tag of the program.
                if (hits and not pre) or hidden:
                    before = _shows(buf)
                    if hidden or not (before and tail and not tail.isspace()):
                        outer = box
                        spaced = before and buf[-1][-1:].isspace()
                        if buf:
                            links_here = 1 if kind == ANCHOR else 0
                            made = end_line(buf, block, box, link_chars, links - links_here, glue, pre)
                            link_chars = 0
                            links = links_here
                            if made:
                                size = len(lines)
                                glue = " " if spaced or (text and text[0].isspace()) else ""
                            elif pre:
                                glue = None
                        start = size
                        box = Box(tag, outer, outer.within | (_HIDDEN if hidden else 0), (), start, start)
                        boxes.append(box)
                        self._note(box, hits, hidden)
                        if kind == ANCHOR:  # two ends: first the box, then the link
                            push((ANCHOR, e, outer, tail, start))
                            push((BREAK, e, outer, None, start))
                        else:
                            push((BREAK, e, outer, tail, start))
                        if text and not text.isspace():
                            buf.append(text)
                            if depth_a:
                                link_chars += len(text.strip())
                        children = e.getchildren()
                        if children:
                            children.reverse()
                            stack.extend(children)
                        continue
                if spans is not None and _shows(buf):
                    start += 1
                if text and (buf or not text.isspace()):
                    buf.append(text)
                    if depth_a:
                        link_chars += len(text.strip())
                children = e.getchildren()
                if children:
                    push((kind, e, box, tail, start))
                    children.reverse()
                    stack.extend(children)
                    continue
                if kind == ANCHOR:
                    depth_a -= 1
                if spans is not None:
                    push((INLINE, e, box, tail, start))
                elif tail and (buf or not tail.isspace()):
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                elif tail and glue == "":
                    glue = " "
                continue

            # ---- block, cell or preformatted
            if kind == CELL:
                if buf:
                    buf.append(_CELL_MARK)
            else:
                if buf:
                    block += end_line(buf, block, box, link_chars, links, glue, pre)
                    size = len(lines)
                    link_chars = links = 0
                block += 1
                glue = None
                if kind == PRE:
                    pre += 1
            start = size
            outer = box
            within = outer.within
            if tag in inherited:
                within |= inherited[tag]
            attributes = e.items()
            if not attributes:
                box = Box(tag, outer, within, (), start, start)
            elif len(attributes) == 1 and attributes[0][0] == "class":
                value = attributes[0][1]
                names, hits = classes.get(value) or self._class(value)
                box = Box(tag, outer, within, names, start, start)
                if hits:
                    self._note(box, hits, "")
            else:
                hits, hidden, names, extra = look(e, attributes)
                box = Box(tag, outer, within | extra, names, start, start)
                if hits or hidden:
                    self._note(box, hits, hidden)
            boxes.append(box)
            if tag in tags:
                self._note(box, tags[tag], "")
            if text and not text.isspace():
                buf.append(text)
                if depth_a:
                    link_chars += len(text.strip())
            children = e.getchildren()
            if children:
                push((kind, e, outer, tail, start))
                children.reverse()
                stack.extend(children)
            elif kind == BLOCK and spans is None:
                # A block of text alone ends here, without the way over the stack.
                if buf:
                    end_line(buf, block, box, link_chars, links, glue, pre)
                    size = len(lines)
                    link_chars = links = 0
                block += 1
                glue = None
                box.end = size
                box = outer
                if tail and not tail.isspace():
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
            else:
                push((kind, e, outer, tail, start))
        if buf:
            end_line(buf, block, box, link_chars, links, glue, pre)
        around: Box | None = box
        while around is not None:
            around.end = len(lines)
            around = around.parent

    def _end_line(  # noqa: PLR0912 - as above
        self, buf: list[str], block: int, box: Box, link_chars: int, links: int, glue: str | None, pre: int
    ) -> int:
        """Make a line of what is in the buffer and empty that; give the number of its blocks, 0 if nothing shows.

        There is more than one where empty lines set lines of code apart.
        """
        lines = self.lines
        raw = "".join(buf) if len(buf) > 1 else buf[0]
        ended: list[tuple[Any, int]] = []
        if self.pending:
            # An element that ended before the last words of the line holds a part of it only.
            shown = len(buf)
            while shown and not buf[shown - 1].strip(" \t\r\n\0"):
                shown -= 1
            ended = [(e, at) for e, at, size in self.pending if size >= shown]
            self.pending.clear()
        buf.clear()
        if pre:
            made = 0
            apart = True
            for part in raw.replace(_CELL_MARK, "\t").split("\n"):
                text = part.translate(_NO_CONTROLS).rstrip()
                if not text or is_blank(text):
                    apart = True
                else:
                    if apart:
                        made += 1
                        apart = False
                    line = Line(len(lines), text, block + made - 1, box, link_chars, links)
                    if len(text) > self.longest:
                        self._add(line)
                    else:
                        lines.append(line)
                    if len(lines) >= self.stop:
                        self._ask()
            return made
        if _CELL_MARK in raw:
            text = "\t".join([" ".join(cell.split()) for cell in raw.split(_CELL_MARK)]).strip()
        else:
            text = " ".join(raw.split())
        if not text.isprintable():
            # "&#127;" alone is a line of nothing.
            text = text.translate(_NO_CONTROLS).strip()
        if not text or is_blank(text):
            return 0
        index = len(lines)
        if glue == "" and raw[0].isspace():
            glue = " "
        line = Line(index, text, block, box, link_chars, links, glue)
        if len(text) > self.longest:
            self._add(line)
        else:
            lines.append(line)
        if self.spans is not None:
            for element, start in ended:
                if start <= index:
                    self.spans[element] = (start, len(lines))
        if len(lines) >= self.stop:
            self._ask()
        return 1

    def _look(  # noqa: PLR0912 - a branch an attribute
        self, element: etree._Element, attributes: list[tuple[str, str]]
    ) -> tuple[list[Match] | None, str, tuple[str, ...], int]:
        """(signature matches, how it is hidden, class and id tokens, surroundings) of an element."""
        table = self.table
        hits: list[Match] | None = None
        hidden = ""
        names: tuple[str, ...] = ()
        within = 0
        for key, value in attributes:
            if key not in _LOOKED_AT:
                continue
            if key == "class":
                tokens, found = self.classes.get(value) or self._class(value)
                names = (*names, *tokens) if names else tokens
                if found:
                    hits = found if hits is None else [*hits, *found]
            elif key == "id":
                names = (*names, value)
                found = table.of_tokens((value,))
                if found and not _is_anchor(element, value):
                    hits = found if hits is None else [*hits, *found]
            elif key == "style":
                if ("none" in value or "hidden" in value) and _HIDDEN_STYLE.search(value):
                    hidden = "[style: not displayed]"
            elif key == "hidden":
                # hidden="until-found" is still hidden; hidden="false" is too, says HTML
                hidden = "[hidden]"
            elif key == "aria-hidden":
                if value.strip().lower() == "true":
                    hidden = "[aria-hidden=true]"
            else:
                found = table.of_attribute(key, value)
                if found:
                    hits = [*(hits or ()), *found]
                if key == "role":
                    within |= _ROLES.get(value, 0)
        if hidden:
            within |= _HIDDEN
        return hits, hidden, names, within

    def _class(self, value: str) -> tuple[tuple[str, ...], list[Match]]:
        tokens = tuple(value.split())
        entry = self.classes[value] = (tokens, self.table.of_tokens(tokens))
        return entry

    def _note(self, box: Box, hits: Sequence[Match] | None, hidden: str) -> None:
        if hidden:
            self.signatures.setdefault("hidden", []).append(SignatureHit(box, hidden, True))
        for family, what, strong in hits or ():
            self.signatures.setdefault(family, []).append(SignatureHit(box, what, strong))
