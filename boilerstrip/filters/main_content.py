"""The judge of what no family claimed: is a line part of the main content?

It scores each such line with the scorecard (``boilerstrip.scorecard``) and keeps the lines whose
chance of being content is above the page's own bar. It alone looks at what other filters took
(``depends``), and it belongs last in a pipeline. Where the card would keep nothing of a page
that has prose, the densest run of prose is kept instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from math import log

from msgspec import structs

from boilerstrip.measure import ends_sentence
from boilerstrip.page import Box, Decision, Evidence, Page, Source
from boilerstrip.scorecard.model import Card, Score, Values, bar_of, chance, load_card

# By how many points a line amid kept ones may miss the bar: below the headline, as an item or
# heading, as a lone short line between two paragraphs, as a paragraph of the body.
_STANDFIRST = 2.5
_ITEM = 1.5
_SUBHEADING = 1.0
_PARAGRAPH = 0.2
_NEXT_PARAGRAPH = 1.5
_NEAR_PARAGRAPH = 0.7
_NEAR = 3
_LAST_SENTENCE = 1.5
_LEAST_SENTENCE = 3.0
_BETWEEN = 2.5
_LONGEST_SUBHEADING = 12.0
_REACH = 2
# ... and where most of what stands in like boxes stays: as a line of prose, as any other.
_ALIKE_PROSE = 2.5
_ALIKE = 1.0
_LEAST_ALIKE = 3
_MOST_ALIKE = 0.5
# On pages of cards and sections the chances of lines hang together: a lower bar measures better.
_OPEN = 0.85
_OPEN_KINDS = frozenset(["listing", "collection", "service", "documentation"])
_HIGHEST_BAR = 0.9
# So many words of prose a page must have, and so few must be left of them, for a second look.
_LEAST_LOST = 120.0
_LEAST_LEFT = 25.0
# A page of so many words on which so few are expected to be content, and no line likely is,
# has none: a shell for scripts with its menus, a shop without goods.
_LEAST_PAGE = 100.0
_LEAST_EXPECTED = 20.0
_LIKELY = 0.5
# What these families claim by name is no article on any page.
_SURE = frozenset(["hidden", "cookie_notice", "copyright_footer", "repeated_title", "main_content"])
# A line of signs alone is no longer than this.
_LONGEST_SIGNS = 200
_LIST_REACH = 8
_HEADLINE_REACH = 12
_LEAST_STANDFIRST = 6.0
_ITEMS = frozenset(["li", "dd", "dt"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])
_BULLETS = "-–—•*·‣▪"
_MOST_LINKED = 0.5
# So many words of prose make an article of an <article> with a headline.
_LEAST_ARTICLE = 80.0
# Passages of so many words of prose that stand on a page twice are printed once: copies for other screens, quotes.
_LEAST_ECHO = 20.0
# Where posts quote each other and cards are shown twice, so is every line of so many words.
_ECHOING = frozenset(["forum", "product", "collection"])
_LEAST_ECHOED = 3.0
# A teaser is a headline and a paragraph; so many make a list of them.
_TEASER = 2
_LEAST_TEASERS = 2
_CUT_OFF = ("...", "…", "[…]", "...]")
# The head of a second article stands so close below what closes the first, in lines; its headline is so long.
_HEAD_LINES = 10
_LONGEST_HEAD = 28.0
_TWO = 2
_CLOSING = frozenset(["share_bar", "tags", "comments", "comment_form", "newsletter", "read_also", "most_read"])
# A manual means what it says again.
_LEAST_CODE = 0.5
_REFRAINS = frozenset(["documentation"])


@dataclass(frozen=True, slots=True)
class MainContent:
    """The filter; see the module.

    card        the scorecard to judge by; None for those that come with the library
    strictness  what the bar is multiplied with: above 1 less is kept, below 1 more
    """

    card: Card | None = None
    strictness: float = 1.0
    name: str = "main_content"
    summary: str = "whatever no family claims and that is not main content"
    depends: bool = True

    def __call__(self, page: Page) -> Iterator[Decision]:
        if page.unshown is not None:
            yield from _declared(page.unshown)
            return
        card, judged, kept, needed = self._look(page)
        after = _next_article(page) if page.source is Source.HTML else _next_head(page)
        if after is not None:
            below = {i for i in kept if i >= after}
            kept -= below
            yield Decision(sorted(below), Evidence("shape", "another article, with a headline of its own", after))
        echoes = _echoes(page, sorted(kept))
        kept.difference_update(echoes)
        for i, first in echoes.items():
            yield Decision([i], Evidence("repeat", "the page says it twice", first))
        for i, (points, steps) in judged.items():
            if not page.keys[i] and not _has_words(page.lines[i].text) and i not in page.code_lines:
                yield Decision([i], Evidence("shape", "no letter and no digit"))
            elif i not in kept and i not in echoes:
                yield Decision([i], Evidence("score", partial(card.explain, steps, points, needed)))
        again = self._again(page, kept)
        if again:
            yield Decision(again, Evidence("rule", "second look: families had left no prose on the page"), keep=True)

    def _look(self, page: Page) -> tuple[Card, dict[int, tuple[float, Values]], set[int], float]:
        """(card, what it says of each line that no family took, the lines that stay, the points it takes)."""
        card, judged, chances, bar, needed = self._judge(page)
        if _has_none(page, chances):
            return card, judged, set(), needed
        kept = {i for i, c in chances.items() if c > bar}
        points = {i: value for i, (value, _) in judged.items()}
        kept |= _embraced(page, points, kept, needed)
        if page.source is Source.TEXT:
            kept |= _following(page, points, kept, needed)
            kept -= _outvoted(page, judged, kept)
            kept |= _rows(page, points, kept)
            kept -= _cut_teasers(page, kept)
        else:
            kept |= _alike(page, points, kept, needed)
        if not kept:
            kept = {i for i in judged if page.prose[i] and page.zone(i) == "body"}
        for lines in page.code:
            open_lines = judged.keys() & lines
            size = sum([page.units[i] for i in open_lines])
            if sum([page.units[i] for i in open_lines & kept]) >= _LEAST_CODE * size:
                kept |= open_lines
            else:
                kept -= open_lines
        return card, judged, kept, needed

    def _again(self, page: Page, kept: set[int]) -> list[int]:
        """Lines to bring back where families took all prose of a page by the names of its elements.

        A page without an article has no prose to lose; one that calls its article "comment" or
        "paywall" has. So the judge looks once more, at the lines that only such names claim.
        """
        if page.all_prose < _LEAST_LOST or sum([page.prose[i] for i in kept]) >= _LEAST_LEFT:
            return []
        named = [
            i
            for i, claim in enumerate(page.claims)
            if claim is not None and claim.evidence.kind == "signature" and claim.filter not in _SURE
        ]
        if sum([page.prose[i] for i in named]) < _LEAST_LOST:
            return []
        free = set(named)
        taken = bytearray(page.taken)
        for i in named:
            taken[i] = 0
        claims = [None if i in free else claim for i, claim in enumerate(page.claims)]
        _, _, kept, _ = self._look(structs.replace(page, taken=taken, claims=claims))
        return sorted(kept & free)

    def scores(self, page: Page) -> dict[int, Score]:
        """The score of every line that no family took, for those who want to see it."""
        if page.unshown is not None:
            return {}
        card, judged, _, _, needed = self._judge(page)
        return {i: Score(points, needed, card.terms(steps)) for i, (points, steps) in judged.items()}

    def _judge(self, page: Page) -> tuple[Card, dict[int, tuple[float, Values]], dict[int, float], float, float]:
        """(card, points and steps by line, chances by line, the page's bar as a chance, and in points)."""
        card = self.card or load_card(page.source.value)
        judged = card.judge(page)
        chances = {i: chance(points) for i, (points, _) in judged.items()}
        bar = bar_of(list(chances.values()), [page.units[i] for i in chances])
        bar = min(_HIGHEST_BAR, bar * self.strictness * (_OPEN if page.kind in _OPEN_KINDS else 1.0))
        return card, judged, chances, bar, log(bar / (1.0 - bar)) if bar > 0.0 else 0.0


def _declared(unshown: Box) -> Iterator[Decision]:
    """The declared text is the page's text; what little the markup shows is a part of it, or furniture."""
    yield Decision(range(unshown.start, unshown.end), Evidence("rule", "articleBody of the page's JSON-LD"), keep=True)
    yield Decision(range(unshown.start), Evidence("rule", "the text is the articleBody of the page's JSON-LD"))


def _has_none(page: Page, chances: dict[int, float]) -> bool:
    """Whether a page is not expected to hold any content."""
    return (
        sum([c * page.units[i] for i, c in chances.items()]) < _LEAST_EXPECTED
        and max(chances.values(), default=0.0) < _LIKELY
        and sum(page.units) >= _LEAST_PAGE
    )


def _has_words(text: str) -> bool:
    return len(text) > _LONGEST_SIGNS or any(map(str.isalnum, text))


def _embraced(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """Lines in the midst of content that miss the bar by little: items, subheadings, standfirsts.

    Among the lines that no family took, the next or the next but one is kept; so is one before,
    or the headline stands there. Such a line is no link, and no family hinted at it.
    """
    more: set[int] = set()
    listed: set[int] = set()
    order = list(points)
    for k, i in enumerate(order):
        value = points[i]
        if _is_item(page, i) or (i - 1 in listed and page.lines[i].block == page.lines[i - 1].block):
            listed.add(i)
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
            more.add(i)
        elif kept.isdisjoint(before) and more.isdisjoint(before):
            continue
        elif value >= needed - _ITEM and (i in listed or i - 1 in more):
            more.add(i)
        elif value >= needed - _PARAGRAPH and page.prose[i] and page.zone(i) == "body":
            more.add(i)
        elif value >= needed - _SUBHEADING and before[-1] in kept and i + 1 in kept and page.prose[i + 1]:
            more.add(i)
    return more


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


def _next_article(page: Page) -> int | None:
    """The first line of the article that follows where a page goes on with the next one as its reader scrolls."""
    heads = page.by_tag.get("h1", ())
    if len(heads) < 2 or page.kind != "article" or not page.headlines:
        return None
    headline = page.headlines[0]
    end = 0
    for head in heads:
        box = _article_of(head)
        if box is None or page.prose_in(box.start, box.end) < _LEAST_ARTICLE:
            continue
        if not end:
            if not box.start <= headline < box.end:
                return None
            end = box.end
        elif head.start < head.end and box.start >= end:
            return box.start
    return None


def _next_head(page: Page) -> int | None:
    """In flattened text: where the head of a second article begins, below the first and what closes it.

    A site sets all its articles alike: where the day of the first stands behind a word such as "Published", so does
    that of the next, with a headline shortly above it and prose below. Where there are more of them, it is a list.
    """
    dated = [i for i, stamp in page.stamps.items() if stamp.mark and stamp.date]
    heads = [i for k, i in enumerate(dated) if not k or page.prose_in(dated[k - 1], i)]
    if len(heads) != _TWO:
        return None
    first, at = heads
    closed = next((j for j in range(at - 1, max(first, at - 1 - _HEAD_LINES), -1) if _closes(page, j)), None)
    if closed is None or min(page.prose_in(first, closed), page.prose_in(at, len(page.lines))) < _LEAST_ARTICLE:
        return None
    headed = any(
        _LEAST_SENTENCE <= page.units[j] <= _LONGEST_HEAD
        and not page.prose[j]
        and page.claims[j] is None
        and page.lines[j].text[-1] not in ".:,"
        for j in range(closed + 1, at)
    )
    return closed + 1 if headed else None


def _closes(page: Page, i: int) -> bool:
    claim = page.claims[i]
    return claim is not None and claim.filter in _CLOSING


def _article_of(box: Box) -> Box | None:
    around: Box | None = box
    while around is not None and around.tag != "article":
        around = around.parent
    return around


def _echoes(page: Page, kept: list[int]) -> dict[int, int]:
    """Of the lines to keep, those that repeat a passage further up, each with the line that it repeats."""
    lines = page.lines
    if page.code:
        kept = [i for i in kept if i not in page.code_lines]
    first: dict[str, int] = {}
    again = {i: j for i in kept if (j := first.setdefault(lines[i].text, i)) != i}
    if not again or page.kind in _REFRAINS:
        return {}
    if page.kind in _ECHOING:
        return {i: j for i, j in again.items() if page.units[i] >= _LEAST_ECHOED}
    echoes: dict[int, int] = {}
    run: list[int] = []
    for i in [*kept, -1]:
        if i in again:
            run.append(i)
            continue
        if len({again[j] for j in run}) > 1 and sum([page.prose[j] for j in run]) >= _LEAST_ECHO:
            echoes.update((j, again[j]) for j in run)
        run = []
    return echoes


def _following(page: Page, points: dict[int, float], kept: set[int], needed: float) -> set[int]:
    """In flattened text: what misses the bar by little where the article goes on.

    A paragraph of the body near a line that stays; right behind a paragraph a short sentence in which no
    family speaks, the article's last; a short line between two paragraphs, which is a subheading.
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
        elif since > 1 or i in page.known_at:
            goes_on = False
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


def _outvoted(page: Page, judged: Iterable[int], kept: set[int]) -> set[int]:
    """In flattened text: what stays of a block below the body without prose of which most goes."""
    blocks: dict[int, list[int]] = {}
    for i in judged:
        if page.zone(i) == "tail":
            blocks.setdefault(page.lines[i].block, []).append(i)
    return {
        i
        for lines in blocks.values()
        if 2 * len(kept.intersection(lines)) < len(lines) and not any(page.prose[i] for i in lines if i in kept)
        for i in lines
    }


def _rows(page: Page, points: Iterable[int], kept: set[int]) -> set[int]:
    """In flattened text: the rows of a table that stay with those that do."""
    more: set[int] = set()
    run: list[int] = []
    for i in [*points, -1]:
        if i >= 0 and "\t" in page.lines[i].text and (not run or run[-1] == i - 1):
            run.append(i)
            continue
        if 2 * len(kept.intersection(run)) > len(run) or (len(run) > 1 and not kept.isdisjoint(run[:2])):
            more.update(run)
        run = [i] if i >= 0 and "\t" in page.lines[i].text else []
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


FILTER = MainContent()
