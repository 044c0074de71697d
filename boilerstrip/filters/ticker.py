"""Runs of timestamps, each with the headline it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.signature import Signature

# So many stamps make a run, no further apart than this in lines.
_LEAST = 3
_FURTHEST = 4
_LONGEST_HEADLINE = 32.0
_SHORTEST_HEADLINE = 2.5
# So many words has a headline of a ticker on average; table cells and menu items have fewer.
_LEAST_MEAN = 3.5
# Headlines in one line: so many, what parts them.
_LEAST_PARTS = 3
_LONGEST = 600
_PARTED = lazy_re(r"\s+(?:[•●■★▪|»]|/{2,3}|\*{3}|\+{3})\s+")
# Families whose header may stand over a ticker.
_HEADERS = frozenset(["most_read", "ticker"])
_CLOCK_FIRST = lazy_re(r"\W{0,3}(?:GMT\s*)?[0-2]?[0-9]\s?[:.h]\s?[0-5][0-9]\b")


def _runs(indices: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for i in indices:
        if run and i - run[-1] > _FURTHEST:
            if len(run) >= _LEAST:
                yield run
            run = []
        run.append(i)
    if len(run) >= _LEAST:
        yield run


def _tickers(page: Page) -> Iterator[Decision]:
    # Stamps of one ticker are of one kind: times alone, or dates too.
    clocks = sorted(i for i, s in page.stamps.items() if not s.mark and s.clock and not s.date)
    dates = sorted(i for i, s in page.stamps.items() if not s.mark and s.date)
    for run in [*_runs(clocks), *_runs(dates)]:
        # Between the stamps of a live blog stands prose: its entries are the article.
        if page.prose_in(run[0], run[-1] + 1) > 0 or not _has_headlines(page, run):
            continue
        lines = _with_headlines(page, run)
        if lines:
            _add_header(page, lines)
            yield Decision(lines, Evidence("shape", f"run of {len(run)} timestamps with headlines", run[0]))
    if page.source is Source.TEXT:
        yield from _one_line(page)
        yield from _parted(page)
    first = [
        line.index
        for line, norm in zip(page.lines, page.norms, strict=True)
        if _CLOCK_FIRST.match(norm)
        and line.index not in page.stamps
        and not page.prose[line.index]
        and page.units[line.index] <= _LONGEST_HEADLINE
    ]
    for run in _runs(first):
        if run[-1] - run[0] <= 2 * len(run) and not page.prose_in(run[0], run[-1] + 1):
            _add_header(page, run)
            yield Decision(run, Evidence("shape", f"run of {len(run)} headlines behind a time"))


def _one_line(page: Page) -> Iterator[Decision]:
    """In flattened text: headlines that stood side by side in one line, several spaces apart."""
    run: list[int] = []
    for line in [*page.lines, None]:
        if line is not None and line.glue is not None:
            run = run or [line.index - 1]
            run.append(line.index)
            continue
        if run:
            size = sum(page.units[i] for i in run)
            if size >= _LEAST_MEAN * len(run) and not page.prose_in(run[0], run[-1] + 1):
                yield Decision(run, Evidence("shape", f"{len(run)} headlines in one line", run[0]))
        run = []


def _parted(page: Page) -> Iterator[Decision]:
    """In flattened text, outside the body: headlines in one line, parted by bullets, bars or slashes."""
    start, end = page.body
    for line in page.lines:
        i = line.index
        if start <= i < end or page.prose[i] or page.units[i] < _LEAST_PARTS * _LEAST_MEAN or len(line.text) > _LONGEST:
            continue
        if "©" in line.text or not _HEADERS.issuperset(page.known_at.get(i, ())):
            continue
        parts = _PARTED.split(line.text)
        if len(parts) < _LEAST_PARTS or page.units[i] < _LEAST_MEAN * len(parts):
            continue
        if not any(part.endswith(".") for part in parts):
            yield Decision([i], Evidence("shape", f"{len(parts)} headlines in one line"))


def _add_header(page: Page, lines: list[int]) -> None:
    """Put the line above before the ticker's lines if it is a header of one."""
    if lines[0] and _HEADERS.intersection(page.speakers.get(lines[0] - 1, ())):
        lines.insert(0, lines[0] - 1)


def _has_headlines(page: Page, run: list[int]) -> bool:
    """Whether headlines stand between the stamps; without any, the page's own furniture does."""
    between = sum(
        1
        for i in range(run[0], run[-1] + 1)
        if i not in page.stamps and page.units[i] >= _SHORTEST_HEADLINE and i not in page.speakers
    )
    return between >= len(run) - 1


def _with_headlines(page: Page, run: list[int]) -> list[int]:
    """The stamps, what stands between them, and the headline on the open side of the run."""
    lines = list(range(run[0], run[-1] + 1))
    gap = run[1] - run[0] - 1
    if gap == 0:
        return lines
    before, after = run[0] - 1, run[-1] + 1
    # Stamp first, as a rule; a headline right above the first stamp of a page's tail is the
    # lead of the ticker or the last line of the article, so it is left to others.
    if after < len(page.lines) and not page.prose[after] and page.units[after] <= _LONGEST_HEADLINE:
        if page.lines[after].text[-1] not in ".:":
            lines.append(after)
    elif 0 <= before and not page.prose[before] and page.units[before] <= _LONGEST_HEADLINE:
        lines.insert(0, before)
    return lines


FILTER = Family(
    name="ticker",
    summary="runs of timestamps with the headline each belongs to",
    signature=Signature(
        names="ticker marquee breaking-news news-ticker news-bar breaking tie-block_breaking",
        words="news-ticker breaking-news breaking-ticker ticker-wrapper ticker-content tickercontainer live-ticker-list newsticker news-bar "
        "breaking-bar breaking-banner headline-ticker son-dakika sondakika newsfeed news-feed live-feed-list "
        "breakingnews scrolling-news lenta lenta-news trending-ticker",
        weak="ticker breaking",
        tags="marquee",
        roles="marquee",
    ),
    max_prose=0.06,
    more=_tickers,
)
