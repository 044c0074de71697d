"""What hangs on a header such as «Read also»: the linked headlines below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boilerstrip.filters.family import speaks_elsewhere
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import ends_sentence
from boilerstrip.page import Box, Decision, Evidence, Page, Source, Within

# A headline is no longer than this, in words; shorter than _SUBHEADING it may be a subheading.
_LONGEST_HEADLINE = 30.0
_SHORTEST_HEADLINE = 3.0
_SUBHEADING = 6.0
_MOST_AFTER = 15
_LINKED = 0.5
_CLOCK_FIRST = lazy_re(r"[0-2]?[0-9]:[0-5][0-9]\s")
# A list does not go on into a menu or a footer that its header stands outside of.
_APART = int(Within.NAV | Within.FOOTER)


def below_header(  # noqa: PLR0912 - each branch is a reason to stop
    page: Page, header: int, family: str
) -> Iterator[Decision]:
    """The lines that belong to the header in line ``header``, as decisions of ``family``.

    In HTML: the rest of the element that the header opens, if it holds no prose, else the run
    of linked lines. In text: the unfinished lines up to the next prose, less a last one that
    may be a subheading of the article.
    """
    if page.source is Source.HTML:
        box = opened_by(page, header, family)
        if box is not None:
            yield Decision(range(header + 1, box.end), Evidence("neighbour", "in the element under the header", header))
            return
    first = page.stamps.get(header + 1)
    if page.source is Source.TEXT and first is not None and first.clock and not first.date:
        return  # times and headlines in turn: a ticker
    if page.source is Source.TEXT and header + 1 < len(page.lines) and _CLOCK_FIRST.match(page.norms[header + 1]):
        return  # headlines behind their times
    run: list[int] = []
    ended_at_prose = False
    for i in range(header + 1, min(len(page.lines), header + 1 + _MOST_AFTER)):
        line = page.lines[i]
        if page.prose[i]:
            ended_at_prose = True
            break
        if page.source is Source.HTML:
            if line.link_share < _LINKED and i not in page.stamps:
                break
            if speaks_elsewhere(page, i, family) or (line.box.within & ~page.lines[header].box.within & _APART):
                break
        elif page.units[i] > _LONGEST_HEADLINE or speaks_elsewhere(page, i, family):
            break
        elif page.units[i] < _SHORTEST_HEADLINE and not line.text.strip(".) ").isdigit() and i not in page.stamps:
            break
        elif ends_sentence(line.text) and line.text[-1] not in "!?؟？！…":
            break
        run.append(i)
    in_body = page.zone(header) == "body"
    if (
        page.source is Source.TEXT
        and in_body
        and ended_at_prose
        and len(run) > 1
        and page.units[run[-1]] <= _SUBHEADING
        and not _same_list(page, run)
    ):
        run.pop()
    if page.source is Source.HTML and 2 * sum(1 for i in run if page.units[i] >= _SHORTEST_HEADLINE) < len(run):
        return  # a menu
    if run:
        yield Decision(run, Evidence("neighbour", "headlines under the header", header))


def _same_list(page: Page, run: list[int]) -> bool:
    """Whether the last line of a run is an item like that before it, as blank lines tell, or one that comes again."""
    last = page.lines[run[-1]]
    if page.spaced and last.block == page.lines[run[-2]].block != page.lines[run[-1] + 1].block:
        return True
    counts: Counter[str] = page.once(_same_list, lambda: Counter(page.keys))
    return counts[page.keys[run[-1]]] > 1


def _is_item(box: Box) -> bool:
    """Whether a box is a list, so that a line at its start is the first item and no header."""
    return box.tag in ("ul", "ol", "nav", "menu")


def opened_by(page: Page, header: int, family: str) -> Box | None:
    """The largest prose-free box that begins with the line ``header`` and goes on after it."""
    best: Box | None = None
    box: Box | None = page.lines[header].box
    total = page.all_prose
    while box is not None and box.start == header:
        if page.prose_in(box.start, box.end) > 0.02 * total:
            break
        if box.end - box.start > 1 and _is_item(box) and page.lines[header].link_share > _LINKED:
            break  # an item of a list heads nothing
        if any(speaks_elsewhere(page, i, family) for i in range(header + 1, box.end)):
            break  # another header in the box: its lines are not ours
        if box.end > header + 1:
            best = box
        box = box.parent
    return best
