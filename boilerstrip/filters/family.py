"""What most families share: a signature in the DOM, phrases in the word packs, and their gates.

A module of this folder declares one :class:`Family`. Data says what data can; a function in
the module says the rest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from boilerstrip.measure import units_of
from boilerstrip.page import HEADINGS, Box, Decision, Evidence, Page, PhraseHit, SignatureHit, Source, Within
from boilerstrip.signature import Signature

# An element that a weak signature names must be all but free of prose.
_WEAK_PROSE = 0.03
# How far a second witness of the same family may stand from a common word.
_WITNESS_DISTANCE = 2
# A sentence of furniture amid the body is no longer than this, in words.
_LONGEST_SAID = 24.0
# A sentence beside the body in which the phrase is but the smaller part is the article's.
_LEAST_SENTENCE = 14.0
_MOST_PHRASE = 0.35
# A sentence of the article's that opens with a phrase may say it whole.
_MOST_OPENING = 0.45
# A sentence that is all but nothing else than a phrase is furniture wherever it stands.
_ALL_PHRASE = 0.65
# Between two lines of a family above the body no longer line is taken: it may be the standfirst.
_LONGEST_IN_HEAD = 12.0
# Inside the body nothing but one line so short.
_LONGEST_IN_BODY = 6.0
# What stands below a header of these is theirs.
_LISTS = frozenset(["tags", "read_also", "most_read"])
_NAV = int(Within.NAV)
_PAGE_FOOTER = int(Within.NAV | Within.FOOTER | Within.FORM)
_ITEMS = frozenset(["li", "dd", "dt"])
_MARKS = ":：|/／=＝›»>@"
_PLAIN_MARKS = {"：": ":", "／": "/", "＝": "=", ":": ":"}
_QUOTES = '"“”«»’」』'
# Items of a list that are no links and of so many words on average are content.
_LEAST_ITEM = 4.0
_LEAST_ITEMS = 2
_LONGEST_LIST = 30
_LIST_REACH = 3
# Pages that are made of cards, rows or posts; see scorecard.kind.
NOT_ARTICLES = frozenset(["listing", "collection", "product", "service", "forum", "documentation"])
_ANYWHERE = frozenset(["head", "body", "tail"])


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of boilerplate: callable as a filter, with a name.

    name       of the filter, the folder of its fixtures and its tables in the word packs
    summary    one line for people
    signature  how its elements look
    max_prose  an element that holds a larger share of the page's prose (0 to 1) is not furniture
    zones      where its phrases may speak: ``head`` before the body, ``body``, ``tail``
    reach      after the body, lines between two lines of the family that stand at most so far
               apart belong to it too; 0 for none
    longest    such a line is no longer than this, in words
    in_menus   whether its phrases may speak inside ``<nav>``, where "Most read" is but an item
    lone       whether outside the body a common word of the family needs no witness
    on_headline  whether an element of the family may hold the headline of the page
    leads_on   whether its elements lead to other pages: there is no prose in one without a link
    hint_on    kinds of page on which it only hints: there its furniture may be the content; by default
               all but articles
    more       what data cannot say; yields decisions as a filter does
    """

    name: str
    summary: str
    signature: Signature = Signature()
    max_prose: float = 0.15
    zones: frozenset[str] = _ANYWHERE
    reach: int = 0
    longest: float = 12.0
    in_menus: bool = True
    hint_on: frozenset[str] = NOT_ARTICLES
    leads_on: bool = False
    lone: bool = False
    on_headline: bool = False
    more: Callable[[Page], Iterable[Decision]] | None = None

    def __call__(self, page: Page) -> Iterator[Decision]:
        decisions = self.proposals(page)
        if page.code:
            decisions = _spare_code(page, decisions)
        if page.kind in self.hint_on:
            for decision in decisions:
                yield decision._replace(hint=True)
        else:
            yield from decisions

    def proposals(self, page: Page) -> Iterator[Decision]:
        """All that the family has to say about a page."""
        yield from self.elements(page)
        yield from self.phrases(page)
        if self.reach:
            yield from self.between(page)
        if self.more is not None:
            yield from self.more(page)

    def elements(self, page: Page) -> Iterator[Decision]:
        """The lines of the elements that the signature names, prose guarded."""
        claimed = 0
        for hit in page.signatures.get(self.name, ()):
            box = hit.box
            # Elements come in document order: one inside a claimed one adds nothing.
            if box.end <= claimed:
                continue
            limit = self.max_prose if hit.strong else min(self.max_prose, _WEAK_PROSE)
            if not may_claim(page, hit, limit) or (not self.on_headline and holds_content(page, box)):
                continue
            if self.leads_on and leads_nowhere(page, box):
                continue
            lines: Iterable[int] = range(box.start, box.end)
            if not hit.strong:
                lines = _left_by_strong(page, box, self.name)
                if not lines:
                    continue
            else:
                claimed = box.end
            yield Decision(lines, Evidence("signature", hit.what))

    def hits(self, page: Page) -> Iterator[PhraseHit]:
        """The family's phrases on this page that may speak where they stand."""
        for hit in page.phrases.get(self.name, ()):
            if not self.in_menus and page.lines[hit.line].box.within & _NAV:
                continue
            if says_mark(page, hit):
                yield hit

    def phrases(self, page: Page) -> Iterator[Decision]:
        """The lines that the phrases name, each kind behind its gate."""
        hits = page.phrases.get(self.name, ())
        for hit in self.hits(page):
            if page.zone(hit.line) not in self.zones:
                continue
            if hit.how == "whole":
                yield Decision([hit.line], hit.evidence)
            elif hit.how == "start":
                if starts_furniture(page, hit):
                    yield Decision([hit.line], hit.evidence)
            elif hit.how == "contains":
                if not (page.prose[hit.line] and (page.zone(hit.line) == "body" or joins_body(page, hit))) or (
                    hit.specific and page.units[hit.line] <= _LONGEST_SAID and _seconded(hit, hits)
                ):
                    yield Decision([hit.line], hit.evidence)
            elif hit.how == "weak":
                witness = witness_of(page, hit, hits)
                if witness is None and self.lone and stands_apart(page, hit.line):
                    witness = hit.line
                if witness is not None and not (
                    abs(witness - hit.line) > _WITNESS_DISTANCE and known_elsewhere(page, hit.line, self.name)
                ):
                    yield Decision([hit.line], hit.evidence.beside(witness if witness != hit.line else None))

    def between(self, page: Page) -> Iterator[Decision]:
        """Outside the body: short lines between two near lines in which the family speaks."""
        said = sorted({h.line for h in page.phrases.get(self.name, ())})
        if len(said) < 2:
            return
        others = {h.line for name, hits in page.phrases.items() if name != self.name for h in hits}
        for before, after in pairwise(said):
            if not 1 < after - before <= self.reach:
                continue
            if page.zone(before) == "body" and not (after - before == 2 and page.units[before + 1] <= _LONGEST_IN_BODY):
                continue
            run = []
            for i in range(before + 1, after):
                if i in others:
                    if not _LISTS.isdisjoint(page.speakers.get(i, ())):
                        break  # what follows is that family's
                elif page.units[i] <= self.longest and (
                    page.zone(i) == "tail" or (page.units[i] <= _LONGEST_IN_HEAD and not page.prose[i])
                ):
                    run.append(i)
            if run:
                yield Decision(run, Evidence("neighbour", f"between two lines of {self.name}", before))


def _spare_code(page: Page, decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The decisions less what they say of single lines of code, which mean nothing as words of a page do."""
    code = page.code_lines
    for decision in decisions:
        if decision.keep or decision.evidence.kind == "signature":
            yield decision
        else:
            lines = [i for i in decision.lines if i not in code]
            if lines:
                yield decision._replace(lines=lines)


def says_mark(page: Page, hit: PhraseHit) -> bool:
    """Whether a line holds the mark that its phrase ends in: "Topics" is not "Topics:", nor "Home" the path "Home >"."""
    mark = hit.phrase[-1]
    if mark not in _MARKS or mark in page.lines[hit.line].text:
        return True
    plain = _PLAIN_MARKS.get(mark)
    return plain is not None and plain in page.norms[hit.line]


def speaks_elsewhere(page: Page, index: int, family: str) -> bool:
    """Whether another family's phrase, and none of this one's, stands in the line."""
    others = False
    for name in page.speakers.get(index, ()):
        if name == family:
            return False
        others = True
    return others


def known_elsewhere(page: Page, index: int, family: str) -> bool:
    """Whether a line is a phrase of another family too, be it a common word."""
    return any(name != family for name in page.known_at.get(index, ()))


def may_claim(page: Page, hit: SignatureHit, limit: float) -> bool:
    """Whether an element may be furniture, by the share of the page's prose inside it."""
    box = hit.box
    if box.start >= box.end:
        return False
    inside = page.prose_in(box.start, box.end)
    return inside <= limit * page.all_prose or (box.end - box.start == 1 and inside == 0.0)


def leads_nowhere(page: Page, box: Box) -> bool:
    """Whether an element holds prose and no link."""
    return page.prose_in(box.start, box.end) > 0.0 and not any(
        page.lines[i].links or page.lines[i].link_chars for i in range(box.start, box.end)
    )


def holds_content(page: Page, box: Box) -> bool:
    """Whether an element holds what no furniture does: the headline, or a list of the body's own."""
    start, end = box.start, box.end
    headlines = page.headlines
    at = bisect_left(headlines, start)
    if at < len(headlines) and headlines[at] < end:
        return True
    if not page.body[0] <= start <= page.body[1] + _LIST_REACH or end - start > _LONGEST_LIST:
        return False
    items = [i for i in range(start, end) if page.lines[i].tag in _ITEMS]
    return (
        len(items) >= _LEAST_ITEMS
        and not any(page.lines[i].links for i in items)
        and sum(page.units[i] for i in items) >= _LEAST_ITEM * len(items)
        and all(i in items or page.prose[i] for i in range(start, end))
    )


def _left_by_strong(page: Page, box: Box, family: str) -> list[int]:
    """The lines of a weakly named element that no strong name of another family inside it covers."""
    lines = range(box.start, box.end)
    if len(lines) == 1:
        return list(lines)
    innermost = page.innermost_strong
    left = []
    for i in lines:
        hit = innermost[i]
        if hit is None or hit[1] == family or hit[0].start < box.start or hit[0].end > box.end:
            left.append(i)
    return left


_line_of: Callable[[PhraseHit], int] = attrgetter("line")


def _seconded(hit: PhraseHit, hits: Sequence[PhraseHit]) -> bool:
    """Whether the family speaks in another line right beside."""
    return any(other.line != hit.line for other in _near(hit, hits))


def _near(hit: PhraseHit, hits: Sequence[PhraseHit]) -> Sequence[PhraseHit]:
    """The hits within reach of one; they stand in the order of their lines."""
    start = bisect_left(hits, hit.line - _WITNESS_DISTANCE, key=_line_of)
    return hits[start : bisect_left(hits, hit.line + _WITNESS_DISTANCE + 1, start, key=_line_of)]


def stands_apart(page: Page, i: int) -> bool:
    """Whether a line stands outside the body and is no heading over a paragraph."""
    line = page.lines[i]
    zone = page.zone(i)
    if zone == "body" or i in page.stamps or line.tag in HEADINGS or (line.tag in _ITEMS and line.links):
        return False
    return zone == "head" or i + 1 >= len(page.lines) or not page.prose[i + 1] or page.source is Source.HTML


def starts_furniture(page: Page, hit: PhraseHit) -> bool:
    """Whether a line that opens with a phrase is furniture rather than a sentence that does."""
    i = hit.line
    line = page.lines[i]
    if not page.prose[i] or line.link_share > 0.5:
        return True
    if hit.specific and len(hit.phrase) >= _ALL_PHRASE * len(line.text):
        return True
    return page.zone(i) == "tail" and not joins_body(page, hit)


def joins_body(page: Page, hit: PhraseHit) -> bool:
    """Whether a sentence outside the body stands right beside it with no furniture near: the
    article's own last or first, whatever it says.
    """
    i = hit.line
    size = len(page.lines)
    if not goes_on(page.lines[i].text, hit.phrase, _MOST_OPENING if hit.how == "start" else _MOST_PHRASE):
        return False
    if page.lines[i].box.within & _PAGE_FOOTER:
        return False
    if not ((i and page.prose[i - 1]) or (i + 1 < size and page.prose[i + 1])):
        return False
    speakers = page.speakers
    return not any(j != i and j in speakers for j in range(max(0, i - 2), min(size, i + 4)))


def goes_on(text: str, phrase: str, most: float = _MOST_PHRASE) -> bool:
    """Whether a phrase is but the smaller part of a sentence that could be an article's."""
    return units_of(text) >= _LEAST_SENTENCE and len(phrase) <= most * len(text)


def witness_of(page: Page, hit: PhraseHit, hits: Sequence[PhraseHit]) -> int | None:
    """Index of a near line in which the same family speaks too, or None."""
    best = None
    text = page.lines[hit.line].text
    if not text[0].isalnum() and not text[-1].isalnum() and text[0] != "#" and text[-1] not in _QUOTES:
        return hit.line  # "- Advertisement -", "[Photo]": set off as a label is, and as no speech
    first, last = page.weak_lines.get(hit.phrase, (hit.line, hit.line))
    if first != last:
        best = first if first != hit.line else last
    at = hit.line
    for other in _near(hit, hits):
        if other.line != at and not (other.phrase == hit.phrase and other.how == "weak"):
            if best is None or abs(other.line - at) < abs(best - at):
                best = other.line
    return best
