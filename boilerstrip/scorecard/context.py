"""What the lines around a line say for it: those near it, and those in boxes like its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

from boilerstrip.measure import ends_sentence
from boilerstrip.page import Box, Page, Source
from boilerstrip.tabular import runs_of_rows

# By how many points a line amid kept ones may miss the bar: below the headline, as an item or
# heading, as an item of the list that a sentence with a colon announces, as a lone short line between
# two paragraphs, as a paragraph of the body.
_STANDFIRST = 2.5
_ITEM = 1.5
_ANNOUNCED = 2.2
_SUBHEADING = 1.0
_PARAGRAPH = 0.2
_NEXT_PARAGRAPH = 1.5
_NEAR_PARAGRAPH = 0.7
_NEAR = 5
_LAST_SENTENCE = 1.5
_LEAST_SENTENCE = 3.0
_QUESTION = 1.0
_BETWEEN = 2.5
_LONGEST_SUBHEADING = 12.0
_REACH = 2
# ... and where most of what stands in like boxes stays: as a line of prose, as any other.
_ALIKE_PROSE = 2.5
_ALIKE = 1.0
_LEAST_ALIKE = 3
_MOST_ALIKE = 0.5
_LIST_REACH = 8
_HEADLINE_REACH = 12
_LEAST_STANDFIRST = 6.0
_ITEMS = frozenset(["li", "dd", "dt"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_BULLETS = "-–—•*·‣▪"
_MOST_LINKED = 0.5
# A teaser is a headline and a paragraph; so many make a list of them.
_TEASER = 2
_LEAST_TEASERS = 2
_CUT_OFF = ("...", "…", "[…]", "...]")
# Below so many words of prose that stay, such headlines are teasers.
_LEAST_ARTICLE = 80.0
# So large a share of the words of a block of code must stay for all of it to.
_LEAST_CODE = 0.5
# Where so large a share of the rows of a table or a box of facts stays, all of them do: of an article,
# and where cards of members may look like one.
_LEAST_ROWS = 0.3
_LEAST_ROWS_OPEN = 0.6
# Amid the body of an article rows stay where they miss the bar by no more points on average.
_ROWS = 2.0


def in_context(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """The lines that stay once each is seen with those around it.

    points  of every line that no family took
    kept    the lines whose own points are above those needed
    """
    kept = kept | _embraced(page, points, kept, needed)
    if page.source is Source.TEXT:
        kept -= _outvoted(page, points, kept)
        more = _following(page, points, kept, needed)
        if more:
            # What stands before these is amid kept lines too.
            kept |= more
            kept |= _embraced(page, points, kept, needed)
        kept |= _rows(page, points, kept, needed)
        kept -= _cut_teasers(page, kept)
    else:
        kept |= _alike(page, points, kept, needed)
    return kept


def with_whole_code(page: Page, points: dict[int, float], kept: set[int]) -> set[int]:
    """The lines that stay, each block of code in or out of them as a whole."""
    kept = set(kept)
    for lines in page.code:
        open_lines = points.keys() & lines
        size = sum([page.units[i] for i in open_lines])
        if sum([page.units[i] for i in open_lines & kept]) >= _LEAST_CODE * size:
            kept |= open_lines
        else:
            kept -= open_lines
    return kept


def _embraced(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """Lines in the midst of content that miss the bar by little: items, subheadings, standfirsts.

    Among the lines that no family took, the next or the next but one is kept; so is one before,
    or the headline stands there. Such a line is no link, and no family hinted at it.
    """
    more: set[int] = set()
    listed, announced = _lists(page, points, kept)
    illustrated = False
    order = list(points)
    for k, i in enumerate(order):
        value = points[i]
        if i in kept or value < needed - _STANDFIRST:
            continue
        goes_on = _goes_on(page, i, kept) or _goes_on(page, i, more)
        ahead = goes_on or (page.prose[i] and value >= needed - _PARAGRAPH)
        if not ahead and kept.isdisjoint(order[k + 1 : k + 1 + _LIST_REACH]):
            continue
        if page.lines[i].link_share > _MOST_LINKED or page.hints[i] is not None:
            continue
        before = order[max(0, k - _REACH) : k]
        near = not kept.isdisjoint(order[k + 1 : k + 1 + _REACH])
        if goes_on:
            more.add(i)
        elif near and page.units[i] >= _LEAST_STANDFIRST and _under_headline(page, i, before):
            # The line under the headline where that stands again is the caption of a picture called like it.
            if not illustrated or page.prose[i]:
                more.add(i)
            illustrated = page.source is Source.TEXT
        elif kept.isdisjoint(before) and more.isdisjoint(before):
            continue
        elif value >= needed - _ANNOUNCED and i in announced:
            more.add(i)
        elif value >= needed - _ITEM and (i in listed or i - 1 in more):
            more.add(i)
        elif value >= needed - _PARAGRAPH and page.prose[i] and page.zone(i) == "body":
            more.add(i)
        elif value >= needed - _SUBHEADING and before[-1] in kept and i + 1 in kept and page.prose[i + 1]:
            more.add(i)
    return more


def _lists(page: Page, points: Iterable[int], kept: set[int]) -> tuple[set[int], set[int]]:
    """The lines that may be items of a list, and those of lists that a sentence with a colon announces."""
    listed: set[int] = set()
    announced: set[int] = set()
    # In an article blank lines may part the items too; in a thread the next post follows.
    across = page.source is Source.TEXT and page.kind == "article"
    for i in points:
        goes_on = i > 0 and page.lines[i].block == page.lines[i - 1].block
        if _is_item(page, i) or (goes_on and i - 1 in listed):
            listed.add(i)
        said = i - 1 in kept and page.prose[i - 1] > 0.0 and page.lines[i - 1].text[-1] in ":："
        if said or ((goes_on or across) and i - 1 in announced):
            announced.add(i)
    return listed, announced


def _alike(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """Lines that miss the bar by little where most of what stands in boxes like theirs, by words, stays.

    The paragraphs of an article, the rows of a table, the parts of a card are made alike: same elements,
    same class names. So they say more of a doubtful line together than its place does.
    """
    more = {
        i
        for i, value in points.items()
        if i not in kept and value >= needed - (_ALIKE_PROSE if page.prose[i] else _ALIKE) and page.hints[i] is None
    }
    if not more:
        return more
    lines = page.lines
    names = {(box.tag, box.names) for box in [lines[i].box for i in more]}
    groups: dict[object, list[int]] = {}
    for i in points:
        box = lines[i].box
        if (box.tag, box.names) in names:
            groups.setdefault(_make_of(box), []).append(i)
    alike: set[int] = set()
    for group in groups.values():
        if len(group) >= _LEAST_ALIKE:
            stay = sum([page.units[i] for i in group if i in kept])
            if stay >= _MOST_ALIKE * sum([page.units[i] for i in group]):
                alike.update(group)
    return more & alike


def _make_of(box: Box) -> object:
    """How a box is made: it, the one around it, and the next, by their elements and class names."""
    around = box.parent
    outer = around.parent if around is not None else None
    return (
        box.tag,
        box.names,
        around and (around.tag, around.names),
        outer and (outer.tag, outer.names),
    )


def _following(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """In flattened text: what misses the bar by little where the article goes on.

    A paragraph of the body near a line that stays; right behind a paragraph a short sentence in which no
    family speaks, the article's last; a short line between two paragraphs, which is a subheading; a short
    sentence above a paragraph, which may be the question that it answers.
    """
    more: set[int] = set()
    last = -1
    since = _NEAR + 1
    for i, value in points.items():
        if i in kept:
            last, since = i, 0
            continue
        since += 1
        if since > _NEAR or page.hints[i] is not None or page.lines[i].link_share > _MOST_LINKED:
            continue
        in_body = page.zone(i) == "body"
        if page.prose[i]:
            goes_on = in_body and value >= needed - (_NEXT_PARAGRAPH if since == 1 else _NEAR_PARAGRAPH)
        elif i in page.known_at:
            goes_on = False
        elif since > 1:
            goes_on = (
                value >= needed - _QUESTION
                and in_body
                and i + 1 in kept
                and page.prose[i + 1] > 0.0
                and ends_sentence(page.lines[i].text)
            )
        elif in_body and i + 1 in kept and page.prose[i + 1] and page.units[i] <= _LONGEST_SUBHEADING:
            goes_on = value >= needed - _BETWEEN
        else:
            goes_on = (
                value >= needed - _LAST_SENTENCE
                and last == i - 1
                and page.prose[last] > 0.0
                and page.zone(last) == "body"
                and page.units[i] >= _LEAST_SENTENCE
                and ends_sentence(page.lines[i].text)
            )
        if goes_on:
            more.add(i)
            last, since = i, 0
    return more


def _outvoted(page: Page, points: Iterable[int], kept: set[int]) -> set[int]:
    """In flattened text: what stays of a block below the body without prose of which most goes."""
    blocks: dict[int, list[int]] = {}
    for i in points:
        if page.zone(i) == "tail":
            blocks.setdefault(page.lines[i].block, []).append(i)
    return {
        i
        for lines in blocks.values()
        if 2 * len(kept.intersection(lines)) < len(lines) and not any(page.prose[i] for i in lines if i in kept)
        for i in lines
    }


def _rows(page: Page, points: Mapping[int, float], kept: set[int], needed: float) -> set[int]:
    """In flattened text: the rows of a table, or of a box of facts, that stay with those that do."""
    more: set[int] = set()
    run: list[int] = []
    for i in [*points, -1]:
        if i >= 0 and "\t" in page.lines[i].text and (not run or run[-1] == i - 1):
            run.append(i)
            continue
        if 2 * len(kept.intersection(run)) > len(run) or (len(run) > 1 and not kept.isdisjoint(run[:2])):
            more.update(run)
        run = [i] if i >= 0 and "\t" in page.lines[i].text else []
    start, end = page.body
    for rows in runs_of_rows(page):
        judged = points.keys() & rows
        if not judged:
            continue
        within = start < rows[0] and rows[-1] < end and page.kind == "article"
        least = _LEAST_ROWS if page.kind == "article" else _LEAST_ROWS_OPEN
        if len(kept & judged) >= least * len(judged) or (
            within and sum([points[i] for i in judged]) >= (needed - _ROWS) * len(judged)
        ):
            more.update(judged)
            above = rows[0] - 1
            if within and points.get(above, -inf) >= needed - _ROWS and page.units[above] <= _LONGEST_SUBHEADING:
                more.add(above)
    return more - kept


def _cut_teasers(page: Page, kept: set[int]) -> set[int]:
    """In flattened text, below an article: two headlines or more in turn, each over one paragraph cut off by dots."""
    order = sorted(kept)
    at = len(order)
    while at >= _TEASER and _is_teaser(page, *order[at - _TEASER : at]):
        at -= _TEASER
    teasers = order[at:]
    if len(teasers) < _LEAST_TEASERS * _TEASER or sum([page.prose[i] for i in order[:at]]) < _LEAST_ARTICLE:
        return set()
    return set(teasers)


def _is_teaser(page: Page, head: int, text: int) -> bool:
    return (
        text == head + 1
        and not page.prose[head]
        and page.units[head] >= _LEAST_SENTENCE
        and not ends_sentence(page.lines[head].text)
        and page.prose[text] > 0.0
        and page.lines[text].text.endswith(_CUT_OFF)
    )


def _goes_on(page: Page, i: int, kept: set[int]) -> bool:
    """Whether flattened text goes on: a paragraph of the body right behind a line that stays."""
    return page.source is Source.TEXT and i - 1 in kept and page.prose[i] > 0 and page.zone(i) == "body"


def _is_item(page: Page, i: int) -> bool:
    line = page.lines[i]
    if line.tag in _ITEMS or line.tag in _HEADINGS or line.text[0] in _BULLETS:
        return True
    return line.text[:2].strip(".) ").isdigit() or page.lines[i - 1].text[-1] in ":："


def _under_headline(page: Page, i: int, before: list[int]) -> bool:
    """Whether the headline is the last thing above a line that is not furniture."""
    above = before[-1] if before else -1
    for j in range(i - 1, max(above, i - _HEADLINE_REACH), -1):
        claim = page.claims[j]
        if claim is not None and claim.filter == "repeated_title":
            return True
    return False
