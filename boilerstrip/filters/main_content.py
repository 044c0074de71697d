"""The judge of what no family claimed: is a line part of the main content?

A first, simple judge. In HTML: the smallest element that holds most of the page's open prose,
and in it the lines that do not look like lists of links. In flattened text: the densest run of
prose, without the long gaps in it.

It alone looks at what other filters took (``depends``), and it belongs last in a pipeline.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boilerstrip.measure import ends_sentence
from boilerstrip.page import Box, Decision, Evidence, Page, Source, Within

# The core is the smallest box that holds this share of the weighted prose.
_CORE_SHARE = 0.72
_BAD = Within.NAV | Within.ASIDE | Within.FOOTER | Within.FORM | Within.HIDDEN
_GOOD = Within.ARTICLE | Within.MAIN
_BAD_WEIGHT = 0.3
_GOOD_WEIGHT = 1.5
_LINKED = 0.5
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_BULLETS = "-–—•*·‣▪■►▶✓"
# Lines that are no prose: up to so many in a row belong to the prose around them.
_LONGEST_GAP = 5
_STANDFIRST_REACH = 8


def judge(page: Page) -> Iterator[Decision]:
    """Claim every undecided line outside the main content."""
    kept = _keep_html(page) if page.source is Source.HTML else _keep_text(page)
    for line in page.lines:
        i = line.index
        if not page.taken[i] and i not in kept:
            yield Decision([i], Evidence("score", kept.why(page, i)))


class _Kept(set[int]):
    """Indices of the lines to keep; says why another line is not among them."""

    core: tuple[int, int] = (0, 0)

    def why(self, page: Page, i: int) -> str:
        line = page.lines[i]
        place = "inside" if self.core[0] <= i < self.core[1] else "outside"
        return f"{place} the core; {page.units[i]:g} words, {line.link_share:.0%} linked, prose weight {page.prose[i]:.0f}"


def _weights(page: Page) -> list[float]:
    """Prose weight of the undecided lines, shifted by what surrounds them."""
    weights = []
    for line, prose, taken in zip(page.lines, page.prose, page.taken, strict=True):
        weight = 0.0 if taken else prose
        if weight:
            within = line.box.within
            if within & _BAD:
                weight *= _BAD_WEIGHT
            elif within & _GOOD:
                weight *= _GOOD_WEIGHT
        weights.append(weight)
    return weights


def _core_box(page: Page, weights: list[float]) -> Box | None:
    sums = [0.0]
    for w in weights:
        sums.append(sums[-1] + w)
    total = sums[-1]
    if not total:
        return None
    best: Box | None = None
    for box in page.boxes:
        if sums[box.end] - sums[box.start] >= _CORE_SHARE * total and (
            best is None or box.end - box.start <= best.end - best.start
        ):
            best = box
    return best


def _keep_html(page: Page) -> _Kept:
    kept = _Kept()
    weights = _weights(page)
    core = _core_box(page, weights)
    if core is None:
        return _keep_text(page)
    # A page whose single paragraph is the core: what stands beside it counts too.
    while core.parent is not None and core.end - core.start < 2 and core.tag in ("p", "span", "li"):
        core = core.parent
    kept.core = (core.start, core.end)
    prose_lines = [i for i in range(core.start, core.end) if weights[i]]
    first, last = prose_lines[0], prose_lines[-1]
    for i in range(core.start, core.end):
        if page.taken[i]:
            continue
        line = page.lines[i]
        if weights[i]:
            kept.add(i)
        elif line.link_share > _LINKED:
            continue
        elif line.tag in _HEADINGS:
            if any(j in kept or weights[j] for j in range(i + 1, min(core.end, i + 4))):
                kept.add(i)
        elif first <= i <= last or page.units[i] >= 4:
            kept.add(i)
    # The standfirst may stand in a header of its own, just before the core.
    for i in range(max(0, core.start - _STANDFIRST_REACH), core.start):
        if not page.taken[i] and page.prose[i] and page.lines[i].link_share == 0 and not page.lines[i].box.within & _BAD:
            kept.add(i)
    return kept


def _keep_text(page: Page) -> _Kept:
    kept = _Kept()
    start, end = page.body
    kept.core = page.body
    gap: list[int] = []
    for i in range(start, end):
        if page.taken[i]:
            continue
        if page.prose[i]:
            kept.update(gap if len(gap) <= _LONGEST_GAP else _content_of_gap(page, gap))
            gap = []
            kept.add(i)
        else:
            gap.append(i)
    # A last short sentence right behind the body, a standfirst right before it.
    for i in (end, end + 1):
        if i < len(page.lines) and not page.taken[i] and page.units[i] >= 4 and ends_sentence(page.lines[i].text):
            kept.add(i)
        else:
            break
    return kept


def _content_of_gap(page: Page, gap: list[int]) -> list[int]:
    """Of a long run without prose: sentences, bullets, and the subheading right before prose."""
    stay = [
        i
        for i in gap
        if (page.units[i] >= 4 and ends_sentence(page.lines[i].text)) or page.lines[i].text[0] in _BULLETS
    ]
    if gap[-1] not in stay and page.units[gap[-1]] >= 2:
        stay.append(gap[-1])
    return stay


@dataclass(frozen=True, slots=True)
class MainContent:
    """The filter; see the module."""

    name: str = "main_content"
    summary: str = "whatever no family claims and that is not main content"
    depends: bool = True

    def __call__(self, page: Page) -> Iterator[Decision]:
        yield from judge(page)


FILTER = MainContent()
