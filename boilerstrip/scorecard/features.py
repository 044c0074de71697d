"""What the scorecard looks at: named features of a line, as small whole numbers.

Every feature is cut into steps here, by formula, so that the card is a table that is indexed
and not searched. Sizes go by half octaves (1, 1.4, 2, 2.8 … words), shares by eighths.
Features of a box (the elements around a line) are worked out once a box.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate

import msgspec

from boilerstrip.declared import telling
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import SENTENCE_END, without_stops
from boilerstrip.page import Box, Page, Source, Within
from boilerstrip.scorecard import flat
from boilerstrip.scorecard.steps import DISTANCE_STEPS, FARTHEST, share_step, size_step
from boilerstrip.signature import LONGEST_TOKEN, words_of

# Names in the order of the numbers that ``line_values`` and ``box_values`` give.
LINE_FEATURES: tuple[str, ...] = (
    "words",  # length of the line in words
    "linked",  # share of its characters in links
    "links",  # how many links
    "end",  # how it ends: nothing, sentence, colon, question, other mark
    "begin",  # how it begins: letter, capital, digit, bullet, quote, other
    "digits",  # share of digits, in short lines
    "capitals",  # written in capitals only
    "tag",  # tag of the innermost box
    "place",  # where on the page, by lines
    "zone",  # before, inside or after the body, and how far
    "since_prose",  # lines since the last prose
    "until_prose",  # lines until the next prose
    "prose_before",  # share of the page's prose that stands before
    "repeated",  # how often the line stands on the page
    "earlier",  # ... and before it
    "siblings",  # whether the lines before and after stand in like boxes
    "taken_near",  # lines that families took among the two before and after
    "words_before",  # length of the line before
    "words_after",  # length of the line after
    "taken_before",  # lines that families took among the six before
    "taken_after",  # ... and among the six after
    "since_title",  # lines since the headline stood last
    "closed",  # lines of closing furniture (comments, tags, author, sharing …) since the body began
    "topic",  # lines within reach that hold words of the headline
    "hint",  # what a family hinted, by groups of families
    "declared",  # the page declares its text (JSON-LD): no, with this line, without it, line too short to tell
    "described",  # whether the page's description says the line
)
BOX_LEVELS = 4
BOX_FEATURES: tuple[str, ...] = (
    *(
        f"{what}{level}"
        for level in range(1, BOX_LEVELS + 1)
        for what in ("box_words", "box_linked", "box_prose", "box_mean", "box_taken")
    ),
    "in_article",
    "in_main",
    "in_nav",
    "in_aside",
    "in_footer",
    "in_header",
    "in_form",
    "in_figure",
    "in_quote",
    "in_list",
    "in_table",
    "in_hidden",
    "depth",
    "core",  # inside the core of the page's prose, or how many boxes outside it
    "half_core",  # the same for the smallest box with half of the prose
    "names_near",  # what the class and id words of the nearest two named boxes speak for
    "names_far",  # the same for the boxes around those
    *flat.LINE_FEATURES,  # 0 in HTML
)
PAGE_FEATURES: tuple[str, ...] = (
    "page_prose", "page_lines", "page_linked", "page_prose_share", "page_kind",
    *flat.PAGE_FEATURES,
)  # fmt: skip
FEATURES: tuple[str, ...] = (*LINE_FEATURES, *BOX_FEATURES, *PAGE_FEATURES)

# Kinds of page, from prose to lists.
KINDS: tuple[str, ...] = (
    "article", "documentation", "service", "forum", "product", "collection", "listing",
)  # fmt: skip

TAGS: tuple[str, ...] = (
    "", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "tr", "th", "div", "span", "a", "blockquote",
    "pre", "dd", "dt", "figcaption", "section", "article", "body", "label", "button", "time", "header",
    "strong", "em", "b", "small", "summary",
)  # fmt: skip
_TAG_INDEX = {tag: i for i, tag in enumerate(TAGS)}
_OTHER_TAG = len(TAGS)
_HINTS = {
    "hidden": 1, "nav_menu": 2, "comments": 3, "caption": 4, "read_also": 5, "most_read": 5, "ticker": 5,
    "repeated_title": 7, "update_stamp": 8, "byline": 8, "paywall": 9, "legal_notice": 10, "share_bar": 11,
    "page_tools": 11, "breadcrumb": 12,
}  # fmt: skip
_OTHER_HINT = 6
# Families that stand below an article rather than in it.
_CLOSING = frozenset(
    ["comments", "comment_form", "tags", "author_bio", "share_bar", "most_read", "copyright_footer", "legal_notice"]
)
_WORD = lazy_re(r"\w+")
_LEAST_TOPIC = 5
_MOST_TOPICS = 8
_TOPIC_REACH = 5
_BULLETS = "-–—•*·‣▪■►▶✓→»>"
# So many first characters of a line or a description say which it is.
_LEAST_SAID = 24
_QUOTES = "\"'“”„«»‘’「『"

# Flattened text has no boxes: so many lines before and after a line stand for the four levels.
_WINDOWS = (2, 5, 12, 30)
_NO_FLAT = (0,) * len(flat.LINE_FEATURES)
_NO_FLAT_PAGE = (0,) * len(flat.PAGE_FEATURES)
_NO_MARKUP = (0,) * (len(BOX_FEATURES) - 5 * BOX_LEVELS - len(_NO_FLAT))
_NOTHING_SAID: Mapping[str, float] = {}
_RINGS = 4
STEPS = 17  # every feature is a number below this, ``tag`` apart
_CORE_SHARE = 0.72
_HALF = 0.5
_BAD = int(Within.NAV | Within.ASIDE | Within.FOOTER | Within.FORM | Within.HIDDEN)
_GOOD = int(Within.ARTICLE | Within.MAIN)
_WITHIN_BITS = tuple(
    int(bit)
    for bit in (
        Within.ARTICLE, Within.MAIN, Within.NAV, Within.ASIDE, Within.FOOTER, Within.HEADER,
        Within.FORM, Within.FIGURE, Within.QUOTE, Within.LIST, Within.TABLE, Within.HIDDEN,
    )
)  # fmt: skip


class Sums(msgspec.Struct, eq=False):
    """Running sums over the lines of a page: any run of lines is a subtraction."""

    units: list[float]
    chars: list[int]
    linked: list[int]
    prose: list[float]
    weighted: list[float]
    taken: list[int]


def sums_of(page: Page) -> Sums:
    """The running sums of a page that has been measured, with what is taken so far."""
    lines = page.lines
    free = [0.0 if gone else weight for weight, gone in zip(page.prose, page.taken, strict=True)]
    weighted = [0.0]
    total = 0.0
    for weight, line in zip(free, lines, strict=True):
        if weight:
            within = line.box.within
            total += weight * 0.3 if within & _BAD else weight * 1.5 if within & _GOOD else weight
        weighted.append(total)
    return Sums(
        list(accumulate(page.units, initial=0.0)),
        list(accumulate([len(line.text) for line in lines], initial=0)),
        list(accumulate([line.link_chars for line in lines], initial=0)),
        list(accumulate(free, initial=0.0)),
        weighted,
        list(accumulate(page.taken, initial=0)),
    )


def cores_of(page: Page, sums: Sums) -> tuple[Box | None, Box | None]:
    """The smallest boxes that hold at least ``_CORE_SHARE`` and half of the weighted open prose."""
    weighted = sums.weighted
    total = weighted[-1]
    if total <= 0.0:
        return None, None
    most, half = _CORE_SHARE * total, _HALF * total
    core = middle = None
    # Whatever holds half of it holds the line where the first half ends: so only the boxes around that are asked.
    box: Box | None = page.lines[bisect_left(weighted, half, 1) - 1].box
    while box is not None:
        held = weighted[box.end] - weighted[box.start]
        if middle is None and held >= half:
            middle = box
        if held >= most:
            core = box
            break
        box = box.parent
    return core, middle


@cache
def _bits_of(within: int) -> tuple[int, ...]:
    """What surrounds a box, a 0 or 1 each; of the few thousand possible values a handful ever occur."""
    return tuple([1 if within & bit else 0 for bit in _WITHIN_BITS])


def _rings(core: Box | None) -> list[tuple[int, int]]:
    """The ranges of the core and of its next larger boxes, four in all."""
    rings: list[tuple[int, int]] = []
    around = core
    while around is not None and len(rings) < _RINGS:
        if not rings or (around.start, around.end) != rings[-1]:
            rings.append((around.start, around.end))
        around = around.parent
    return rings


def _ring(start: int, end: int, rings: list[tuple[int, int]]) -> int:
    """0 inside the core, 1 inside its next larger box, … 4 far away; 5 if there is no core."""
    if not rings:
        return _RINGS + 1
    for ring, (first, last) in enumerate(rings):
        if first <= start and end <= last:
            return ring
    return _RINGS


# Words, linked share, share of the page's prose, words a line, taken share: of a run of lines.
Run = tuple[int, int, int, int, int]


class Features:
    """The features of one page's lines.

    names  scores the words of class and id tokens
    says   points of the words of flattened text
    """

    def __init__(
        self, page: Page, names: Callable[[tuple[str, ...]], float], says: Mapping[str, float] = _NOTHING_SAID
    ) -> None:
        self.page = page
        self.names = names
        self.sums = sums = sums_of(page)
        core, half = cores_of(page, sums) if page.tree is not None else (None, None)
        self._core, self._half = _rings(core), _rings(half)
        self._boxes: dict[int, tuple[int, ...]] = {}
        self._runs: dict[tuple[int, int], Run] = {}
        self._levels: dict[int, tuple[list[Run], int]] = {}
        self._named: dict[int, tuple[float, float, float]] = {}
        self._points: dict[tuple[str, ...], float] = {}
        size = len(page.lines)
        self._since, self._until = _distances(page)
        self._since_title, self._closed = _history(page)
        self._topics = _topics(page)
        self._declared = telling(page.declared, len(page.declared)) if page.declared else ""
        self._description = page.meta.get("description", "")
        self._counts: dict[str, int] = {}
        self._earlier: list[int] = []
        for key in page.keys:
            before = self._counts.get(key, 0) if key else 0
            self._earlier.append(before if before < 4 else 4)
            if key:
                self._counts[key] = before + 1
        prose = sums.prose[-1]
        # Without markup, what stands for it.
        self._flat = flat.Flat(page, says) if page.source is Source.TEXT else None
        self.page_values = (
            size_step(prose),
            size_step(size),
            share_step(sums.linked[-1], sums.chars[-1]),
            share_step(prose, sums.units[-1]),
            KINDS.index(page.kind) if page.kind in KINDS else 0,
            *(self._flat.page_values if self._flat is not None else _NO_FLAT_PAGE),
        )

    def box_values(self, box: Box) -> tuple[int, ...]:
        """The numbers of ``BOX_FEATURES`` for lines that stand in ``box``."""
        key = id(box)
        values = self._boxes.get(key)
        if values is None:
            values = self._boxes[key] = self._of_box(box)
        return values

    def _of_box(self, box: Box) -> tuple[int, ...]:
        levels, depth = self._levels_of(box)
        total, first, second = self._names_of(box)
        return (
            *levels[0],
            *levels[1],
            *levels[2],
            *levels[3],
            *_bits_of(box.within),
            min(16, depth >> 1),
            _ring(box.start, box.end, self._core),
            _ring(box.start, box.end, self._half),
            names_step(first + second),
            names_step(total - first - second),
            *_NO_FLAT,
        )

    def _levels_of(self, box: Box) -> tuple[list[Run], int]:
        """What is measured of a box and of the next larger ones around it, and how deep it stands.

        Wrappers that hold the same lines add nothing: they share the levels of what they wrap.
        """
        known = self._levels
        unknown: list[Box] = []
        around: Box | None = box
        while around is not None and id(around) not in known:
            unknown.append(around)
            around = around.parent
        if around is None:
            outermost = unknown[-1]
            levels, depth = [self._of_run(outermost.start, outermost.end)] * BOX_LEVELS, 0
            start, end = outermost.start, outermost.end
        else:
            levels, depth = known[id(around)]
            start, end = around.start, around.end
        for each in reversed(unknown):
            depth += 1
            if each.start != start or each.end != end:
                start, end = each.start, each.end
                levels = [self._of_run(start, end), *levels[: BOX_LEVELS - 1]]
            known[id(each)] = levels, depth
        return levels, depth

    def _names_of(self, box: Box) -> tuple[float, float, float]:
        """Points of the class words around a box: all, the nearest named box's, the next one's."""
        named = self._named
        unknown: list[Box] = []
        around: Box | None = box
        while around is not None and id(around) not in named:
            unknown.append(around)
            around = around.parent
        known = named[id(around)] if around is not None else (0.0, 0.0, 0.0)
        for each in reversed(unknown):
            if each.names:
                own = self._points.get(each.names)
                if own is None:
                    own = self._points[each.names] = self.names(each.names)
                known = (known[0] + own, own, known[1])
            named[id(each)] = known
        return known

    def line_values(self, i: int) -> tuple[int, ...]:  # noqa: PLR0912, PLR0915 - a call a feature would cost more
        """The numbers of ``LINE_FEATURES`` for line ``i``."""
        page = self.page
        lines = page.lines
        line = lines[i]
        text = line.text
        units = page.units
        size = len(lines)
        last = text[-1]
        if last in SENTENCE_END:
            end = 3 if last in "?؟？" else 1
        elif page.prose[i] and without_stops(text):
            end = 1  # Thai knows no stop
        elif last.isalnum():
            end = 0
        elif last in ":：":
            end = 2
        elif text.rstrip("\"'»”’)]›」』）】〕* ")[-1:] in SENTENCE_END and len(text) > 1:
            end = 1
        else:
            end = 4
        first = text[0]
        if first.isdigit():
            begin = 2
        elif first.isalpha():
            begin = 1 if first.isupper() else 0
        elif first in _BULLETS:
            begin = 3
        elif first in _QUOTES:
            begin = 4
        else:
            begin = 5
        key = page.keys[i]
        digits = 0
        # A line of ASCII has digits where its key has a nought.
        if len(text) < 80 and ("0" in key or not text.isascii()):
            digits = share_step(sum(map(str.isdigit, text)), len(text)) >> 1
        start, stop = page.body
        if i < start:
            zone = max(0, 7 - size_step(start - i, 7))
        elif i < stop:
            zone = 8
        else:
            zone = 8 + size_step(i - stop + 1, 8)
        count = self._counts.get(key, 1) if key else 1
        parent = line.box.parent
        siblings = 0
        before = after = 0.0
        if i:
            other = lines[i - 1]
            before = units[i - 1]
            if other.box.parent is parent and other.box.tag == line.box.tag:
                siblings = 1
        if i + 1 < size:
            other = lines[i + 1]
            after = units[i + 1]
            if other.box.parent is parent and other.box.tag == line.box.tag:
                siblings += 2
        taken = self.sums.taken
        hint = page.hints[i]
        topics = self._topics
        topic = 9
        if topics is not None:
            topic = min(8, topics[min(size, i + _TOPIC_REACH + 1)] - topics[max(0, i - _TOPIC_REACH)])
        near = taken[min(size, i + 3)] - taken[max(0, i - 2)]
        return (
            size_step(units[i]),
            int(line.link_share * 8 + 0.5),
            line.links if line.links < 4 else 4,
            end,
            begin,
            digits,
            1 if text.isupper() else 0,
            _TAG_INDEX.get(line.box.tag, _OTHER_TAG),
            16 * i // size,
            zone,
            self._since[i],
            self._until[i],
            share_step(self.sums.prose[i], self.sums.prose[-1]),
            count if count < 4 else 4,
            self._earlier[i],
            siblings,
            near,
            size_step(before) >> 1,
            size_step(after) >> 1,
            taken[i] - taken[max(0, i - 6)],
            taken[min(size, i + 7)] - taken[i],
            self._since_title[i],
            self._closed[i],
            topic,
            _HINTS.get(hint.filter, _OTHER_HINT) if hint is not None else 0,
            self._declares(text) if self._declared else 0,
            1 if self._description and self._describes(text) else 0,
        )

    def _declares(self, text: str) -> int:
        key = telling(text)
        return 3 if not key else 1 if key in self._declared else 2

    def _describes(self, text: str) -> bool:
        says = self._description
        return len(text) >= _LEAST_SAID and (text[:_LEAST_SAID] in says or says[:_LEAST_SAID] in text)

    def around(self, i: int) -> tuple[int, ...]:
        """The numbers of ``BOX_FEATURES`` for line ``i``; in flattened text, windows are the boxes."""
        if self._flat is None:
            return self.box_values(self.page.lines[i].box)
        values: list[int] = []
        size = len(self.page.lines)
        for reach in _WINDOWS:
            values += self._measure_run(i - reach if i > reach else 0, i + reach + 1 if i + reach < size else size)
        return (*values, *_NO_MARKUP, *self._flat.values(i))

    def _of_run(self, start: int, end: int) -> Run:
        # Boxes share their surroundings: most runs are asked for many times.
        known = self._runs.get((start, end))
        if known is None:
            known = self._runs[start, end] = self._measure_run(start, end)
        return known

    def _measure_run(self, start: int, end: int) -> Run:
        sums = self.sums
        lines = end - start
        words = sums.units[end] - sums.units[start]
        linked = sums.linked[end] - sums.linked[start]
        taken = sums.taken[end] - sums.taken[start]
        # Most are nought in flattened text, which has no links: no call for those.
        return (
            size_step(words),
            share_step(linked, sums.chars[end] - sums.chars[start]) if linked else 0,
            share_step(sums.prose[end] - sums.prose[start], sums.prose[-1]),
            size_step(words / lines if lines else 0.0),
            share_step(taken, lines) >> 1 if taken else 0,
        )

    def values(self, i: int) -> tuple[int, ...]:
        """All features of line ``i`` in the order of ``FEATURES``."""
        return (*self.line_values(i), *self.around(i), *self.page_values)


def names_step(score: float) -> int:
    """Points of class words in halves, 0 to 16 with 8 for none."""
    return max(0, min(16, int(score * 2.0 + 8.5)))


def _distances(page: Page) -> tuple[Sequence[int], Sequence[int]]:
    """Per line: steps since the last undecided prose before it, and until the next one after it."""
    free = [weight and not gone for weight, gone in zip(page.prose, page.taken, strict=True)]
    until = _since(reversed(free))
    until.reverse()
    return _since(free), until


def _since(free: Iterable[object]) -> list[int]:
    steps: list[int] = []
    distance = far = len(DISTANCE_STEPS)
    for here in free:
        steps.append(DISTANCE_STEPS[distance] if distance < far else FARTHEST)
        distance = 1 if here else distance + 1
    return steps


def _history(page: Page) -> tuple[Sequence[int], Sequence[int]]:
    """Per line: steps since the headline stood last (16: never), lines of closing furniture so far."""
    start = page.body[0]
    since: list[int] = []
    closed: list[int] = []
    distance = -1
    closing = 0
    far = len(DISTANCE_STEPS)
    for i, claim in enumerate(page.claims):
        since.append(DISTANCE_STEPS[distance] if 0 <= distance < far else FARTHEST)
        closed.append(min(8, DISTANCE_STEPS[closing]) if closing < far else 8)
        if distance >= 0:
            distance += 1
        if claim is not None:
            if claim.filter == "repeated_title":
                distance = 1
            elif i > start and claim.filter in _CLOSING:
                closing += 1
    return since, closed


def _topics(page: Page) -> Sequence[int] | None:
    """Running sums of the lines of prose that hold a longer word of the headline; None without one."""
    words = [w for w in _WORD.findall((page.title or "").lower()) if len(w) >= _LEAST_TOPIC][:_MOST_TOPICS]
    if not words:
        return None
    sums = [0]
    total = 0
    for line, prose in zip(page.lines, page.prose, strict=True):
        if prose:
            lower = line.text.lower()
            for word in words:
                if word in lower:
                    total += 1
                    break
        sums.append(total)
    return sums


def name_words(names: Sequence[str]) -> list[str]:
    """The words in class and id tokens that may speak for or against a box."""
    return [w for token in names if len(token) <= LONGEST_TOKEN for w in words_of(token) if not w.isdigit()]
