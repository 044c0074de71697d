"""All of lxml: bytes or str to a tree, and the one walk over the tree that yields lines.

Element filters apart, nothing else in the library touches an element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from sys import maxsize
from typing import Any

from lxml import etree

from boilerstrip.declared import body_in
from boilerstrip.limits import Limits, Watch
from boilerstrip.markup import elements_in, first_elements, may_hold_long_tag, rewrite
from boilerstrip.page import Box, Line, Page, SignatureHit, Source, Within, is_blank, parts_of
from boilerstrip.signature import ATTRIBUTES, Match, SignatureTable

# How the walk treats an element.
_INLINE, _BLOCK, _SKIP, _BREAK, _ANCHOR, _CELL, _PRE = range(7)

_KINDS: dict[str, int] = {
    tag: kind
    for kind, tags in (
        (
            _BLOCK,
            "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
            "figcaption figure footer form frameset head h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
            "menu nav noframes ol optgroup p section summary table tbody tfoot thead tr ul listing xmp plaintext",
        ),
        # Not shown, or no text: what a browser with scripts running would not print as words.
        (
            _SKIP,
            "script style noscript template svg iframe object embed applet canvas audio video select "
            "option textarea input datalist map area img picture source track meta link title base col "
            "colgroup progress meter param frame math-renderer "
            "rp rt rtc",  # readings above the words: they would stand between them
        ),
        (_BREAK, "br"),
        (_ANCHOR, "a"),
        (_CELL, "td th"),
        (_PRE, "pre"),
        (
            _INLINE,
            "span b i em strong u s small big sub sup font abbr cite code q time mark label button ins del "
            "kbd samp var tt dfn bdi bdo data wbr nobr ruby rb strike acronym output slot math marquee blink",
        ),
    )
    for tag in tags.split()
}
# What a reader without scripts sees.
_UNSCRIPTED = {**_KINDS, "noscript": _BLOCK}
# A page of fewer visible characters may have all its text in <noscript>.
_LEAST_SHOWN = 1500
_LEAST_UNSCRIPTED = 200
# Lines that count as text of the article, and the part of it that a page shows at the least.
_LONGER = 80
_MOST_LINKED = 0.5
_PART_SHOWN = 0.5

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
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
# Control characters come through the parser; nobody wants them in a text.
_NO_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
# A cell boundary inside the buffer of a line: NUL cannot come from a tree.
_CELL_MARK = "\0"

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
            return root
    # The last time, elements that mostly close themselves are counted too.
    for strict in (True,) if rewritten else (False, True):
        html = _rewrite(html, watch, strict=strict)
        root, whole = _parse(html, huge=True)
        if whole:
            break
    return root


def _rewrite(html: bytes, watch: Watch, *, strict: bool = False) -> bytes:
    """The markup within its limits of depth and attributes."""
    depth, attributes = watch.limits.depth, watch.limits.attributes
    html, flat, cut = rewrite(html, depth, attributes, _breaks_lines, strict=strict)
    if flat:
        watch.over("depth", f"{flat} tags below level {depth} were taken out, their text stays")
    if cut:
        watch.over("attributes", f"{cut} elements with more than {attributes} lost the rest of them")
    return html


def _breaks_lines(tag: str) -> bool:
    """Whether elements of this name begin and end lines."""
    return _KINDS.get(tag, _INLINE) not in (_INLINE, _ANCHOR, _SKIP)


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


def _local(tag: str) -> str:
    """An element's name without its namespace, as HTML writes it."""
    return tag.rpartition("}")[2].lower()


def _kind_of(tag: Any) -> int:
    """How to treat an element that is not in the table."""
    if not isinstance(tag, str):
        return _SKIP  # comment, processing instruction, entity
    local = _local(tag)
    if local in _KINDS:
        return _KINDS[local]
    if ":" in local:
        return _INLINE
    # A custom element has no display of its own, but sites wrap blocks in them.
    return _BLOCK if "-" in local else _INLINE


def _shows(buf: list[str]) -> bool:
    """Whether the buffer of a line holds anything but white space."""
    return any(not piece.isspace() for piece in buf)


class _EnoughError(Exception):
    """The walk ends here: too many lines, or no time left."""


class _Walk:
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
                if code == _BLOCK:
                    if buf:
                        end_line(buf, block, box, link_chars, links, glue, pre)
                        size = len(lines)
                        link_chars = links = 0
                    block += 1
                    glue = None
                    box.end = size
                    box = outer
                elif code == _ANCHOR:
                    depth_a -= 1
                elif code == _CELL:
                    box.end = size
                    box = outer
                elif code == _PRE:
                    if buf:
                        end_line(buf, block, box, link_chars, links, glue, pre)
                        size = len(lines)
                        link_chars = links = 0
                        glue = None
                    block += 1
                    pre -= 1
                    box.end = size
                    box = outer
                elif code == _BREAK:  # an inline element with a box of its own ends
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
                    if (code == _INLINE or code == _ANCHOR) and (not tail or tail.isspace()):
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
                kind = _kind_of(tag)
                if kind != _SKIP:
                    tag = _local(tag)
            tail = e.tail
            if kind == _SKIP:
                if tag == "script":
                    scripts.append(e)
                if tail and (buf or not tail.isspace()) and e is not root:
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                elif tail and glue == "":
                    glue = " "
                continue
            if kind == _BREAK:
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
            if kind == _INLINE or kind == _ANCHOR:
                start = size
                hits: Sequence[Match] | None = None
                hidden = ""
                if kind == _ANCHOR:
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
                            hits, hidden, _, _ = look(attributes)
                    if tag in tags:
                        hits = [*(hits or ()), *tags[tag]]
                if hits or hidden:
                    before = _shows(buf)
                    if hidden or not (before and tail and not tail.isspace()):
                        outer = box
                        spaced = before and buf[-1][-1:].isspace()
                        if buf:
                            links_here = 1 if kind == _ANCHOR else 0
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
                        if kind == _ANCHOR:  # two ends: first the box, then the link
                            push((_ANCHOR, e, outer, tail, start))
                            push((_BREAK, e, outer, None, start))
                        else:
                            push((_BREAK, e, outer, tail, start))
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
                if kind == _ANCHOR:
                    depth_a -= 1
                if spans is not None:
                    push((_INLINE, e, box, tail, start))
                elif tail and (buf or not tail.isspace()):
                    buf.append(tail)
                    if depth_a:
                        link_chars += len(tail.strip())
                elif tail and glue == "":
                    glue = " "
                continue

            # ---- block, cell or preformatted
            if kind == _CELL:
                if buf:
                    buf.append(_CELL_MARK)
            else:
                if buf:
                    end_line(buf, block, box, link_chars, links, glue, pre)
                    size = len(lines)
                    link_chars = links = 0
                block += 1
                glue = None
                if kind == _PRE:
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
                hits, hidden, names, extra = look(attributes)
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
            elif kind == _BLOCK and spans is None:
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
    ) -> bool:
        """Make a line of what is in the buffer and empty that; True if there was anything to see."""
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
            made = False
            for part in raw.replace(_CELL_MARK, "\t").split("\n"):
                text = part.translate(_NO_CONTROLS).rstrip()
                if text and not is_blank(text):
                    line = Line(len(lines), text, block, box, link_chars, links)
                    if len(text) > self.longest:
                        self._add(line)
                    else:
                        lines.append(line)
                    made = True
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
            return False
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
        return True

    def _look(  # noqa: PLR0912 - a branch an attribute
        self, attributes: list[tuple[str, str]]
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
                if found:
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


def _find_spans(
    root: etree._Element, table: SignatureTable, kinds: Mapping[Any, int], longest: int | None, size: int
) -> dict[Any, tuple[int, int]]:
    """Line range of every element: a second walk, only for filters that ask by element.

    size  so many lines the page has: the first walk may have ended early
    """
    walk = _Walk(table, kinds, longest)
    walk.spans = {}
    walk.run(root)
    if len(walk.lines) > size:
        return {element: (min(start, size), min(end, size)) for element, (start, end) in walk.spans.items()}
    return walk.spans


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


def _read_meta(root: etree._Element) -> dict[str, str]:
    """Title, site name and language as the head declares them; the first of a kind wins."""
    meta: dict[str, str] = {}
    lang = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    if lang:
        meta["lang"] = lang
    # The wildcard for namespaces is dear, and only XHTML handed over as a tree needs it.
    names = ("{*}meta", "{*}title") if _namespaced(root) else ("meta", "title")
    head = root.find("head")
    for e in (head if head is not None and head.find("title") is not None else root).iter(*names):
        if _local(e.tag) == "title":
            # An svg holds titles too; the page's own stands in the head or first.
            if "head_title" not in meta:
                text = " ".join("".join(map(str, e.itertext())).split())
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


def _unscripted(root: etree._Element) -> int:
    """How many characters of text stand in ``<noscript>``: forums leave their posts there for crawlers."""
    return sum([len(" ".join("".join(map(str, e.itertext())).split())) for e in root.iter("noscript")])


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
    walk = _Walk(table, _KINDS, longest, watch)
    walk.run(root)
    shown = sum([len(line.text) for line in walk.lines])
    if shown < _LEAST_SHOWN and _unscripted(root) > max(_LEAST_UNSCRIPTED, shown):
        walk = _Walk(table, _UNSCRIPTED, longest, watch)
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
        meta=_read_meta(root),
        declared=declared,
        unshown=unshown,
        tree=root,
        signatures=walk.signatures,
        split=walk.split,
        _find_spans=lambda: _find_spans(root, table, kinds, longest, size),
    )


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
