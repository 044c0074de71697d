"""When the article was published and updated, on a line of its own."""

from collections.abc import Iterator
from itertools import pairwise

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import units_of
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.rules.match import words_of
from boilerstrip.signature import Signature

# Without a word such as "Updated", a bare date counts as the article's stamp only in its head.
_FOOT_REACH = 4
_LEAST_ENTRIES = 3
# Where rows of date, author and place stand: lines above the body and inside it; how long they and their parts are.
_HEAD_REACH = 14
_HEAD_REACH_INSIDE = 3
_LONGEST_ROW = 14.0
_LONGEST_PART = 4.0
_MOST_PIECES = 4
_ROW = lazy_re(r"\s*[|·•]\s*|\s+[-–—]\s+")
_CLOCK_OR_YEAR = lazy_re(r"[0-9][:.][0-9]|[0-9]{4}")
_CLOCK = lazy_re(r"([0-2]?[0-9])[:.h]([0-5][0-9])")


def _in_run(page: Page, i: int) -> bool:
    """Whether three or more stamps stand together: those are a ticker's."""
    stamps = {j for j in range(i - 2, i + 3) if j in page.stamps and not page.stamps[j].mark}
    return (i - 1 in stamps and (i - 2 in stamps or i + 1 in stamps)) or (i + 1 in stamps and i + 2 in stamps)


def _stamps(page: Page) -> Iterator[Decision]:
    """Lines that are dates and times only: with a mark anywhere, bare ones near the body's ends."""
    start, end = page.body
    times = load().times
    for i in page.stamps:
        # Parts of one visible line: «Updated:» and the <time> beside it.
        if i and page.lines[i].glue is not None and times.marks_only(page.norms[i - 1]):
            yield Decision([i - 1, i], Evidence("shape", "a word such as Updated beside its date", i))
    entries = _like_those_inside(page)
    for i, stamp in page.stamps.items():
        if stamp.mark:
            yield Decision([i], Evidence("shape", "date or time behind a word such as Updated"))
        elif i >= end and i in entries:
            continue  # of a live blog whose last entries are too short to be of the body
        elif i < start or end <= i < end + _FOOT_REACH:
            if not _in_run(page, i) or page.lines[i].tag == "time":
                yield Decision([i], Evidence("shape", "date or time alone beside the body"))
        elif page.source is Source.TEXT and stamp.clock and stamp.date and i < end:
            # An article tells days or times on lines of their own; both together are a teaser's, a picture's, a reader's.
            yield Decision([i], Evidence("shape", "day and time alone amid the body"))
        elif start <= i < end and page.lines[i].tag == "time":
            yield Decision([i], Evidence("signature", "<time> on a line of its own"))
    # "Published 3 May 2024 by …", "Stand: heute, 12 Uhr": a mark and a number on a short line.
    for hit in page.phrases.get("update_stamp", ()):
        if hit.how == "start" and page.units[hit.line] <= 14 and not page.prose[hit.line]:
            yield Decision([hit.line], hit.evidence)


def _like_those_inside(page: Page) -> set[int]:
    """The stamps in boxes that are marked up as those of stamps inside the body are."""
    if page.source is not Source.HTML:
        return set()
    start, end = page.body
    boxes = {i: page.lines[i].box for i in page.stamps}
    inside = {(box.tag, box.names) for i, box in boxes.items() if start <= i < end}
    return {i for i, box in boxes.items() if (box.tag, box.names) in inside and box.names}


def _entries(page: Page) -> Iterator[Decision]:
    """The times of a live blog: in the body, one after the other in order, prose below each. They are content."""
    start, end = page.body
    times = [i for i, stamp in page.stamps.items() if start <= i < end and stamp.clock and not stamp.mark]
    # The time of the first entry stands right above the body.
    if times and page.source is Source.TEXT and page.stamps.get(start - 1) == page.stamps[times[0]]:
        times.insert(0, start - 1)
    if len(times) < _LEAST_ENTRIES or page.kind != "article":
        return
    # Readers' comments are dated as well.
    if any(hit.line < times[0] for hit in page.phrases.get("comments", ()) if hit.line >= start):
        return
    clocks = [_minutes(page.norms[i]) for i in times]
    if clocks != sorted(clocks) and clocks != sorted(clocks, reverse=True):
        return
    if all(page.prose_in(i, after) > 0 for i, after in pairwise([*times, end])):
        yield Decision(times, Evidence("shape", f"{len(times)} entries of a live blog"), keep=True)


def _rows(page: Page) -> Iterator[Decision]:
    """Around the head of the body: a date in a row with names and places, or before the words of a byline."""
    start = page.body[0]
    for i in range(max(0, start - _HEAD_REACH), min(start + _HEAD_REACH_INSIDE, len(page.lines))):
        norm = page.norms[i]
        if i in page.stamps or page.prose[i] or page.units[i] > _LONGEST_ROW or _CLOCK_OR_YEAR.search(norm) is None:
            continue
        parts = [part for part in _ROW.split(norm) if part]
        dates = [part for part in parts if _is_date(part)]
        if len(parts) > 1 and dates:
            if all(part in dates or (units_of(part) <= _LONGEST_PART and part[-1] not in ".!?") for part in parts):
                yield Decision([i], Evidence("shape", "a date in a row with names"))
            continue
        pieces = norm.split()
        for size in range(min(_MOST_PIECES, len(pieces) - 1), 0, -1):
            if _is_date(" ".join(pieces[:size])):
                if "byline" in load().said_in(i, " ".join(pieces[size:])):
                    yield Decision([i], Evidence("shape", "a date before a byline"))
                break


def _is_date(norm: str) -> bool:
    stamp = load().times.find(norm, words_of(norm))
    return stamp is not None and stamp.date


def _minutes(norm: str) -> int:
    """Minutes since midnight of the first time in a normalised stamp; the day counts for nothing."""
    match = _CLOCK.search(norm)
    return 60 * int(match[1]) + int(match[2]) if match else 0


def _more(page: Page) -> Iterator[Decision]:
    yield from _stamps(page)
    yield from _entries(page)
    yield from _rows(page)


FILTER = Family(
    name="update_stamp",
    summary="published and updated stamps, a date or time on a line of its own",
    signature=Signature(
        names="dateline timestamp entry-date posted-on published updated pubdate datetime lastmod last-modified",
        words="publish-date published-date published-at published-time publication-date post-date article-date "
        "entry-date date-published date-modified date-updated update-date updated-date updated-at last-updated last-update "
        "pub-date article-time post-time time-stamp timestamp published-on posted-on article-timestamp publishdate "
        "story-date news-date date-time datetime date-line create-date date-publish article-info-date td-post-date",
        weak="date published updated",
        itemprops="datepublished datemodified datecreated",
    ),
    max_prose=0.02,
    more=_more,
)
