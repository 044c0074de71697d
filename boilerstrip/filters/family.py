"""What most families share: a signature in the DOM, phrases in the word packs, and their gates.

A module of this folder declares one :class:`Family`. Data says what data can; a function in
the module says the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from boilerstrip.page import Decision, Evidence, Line, Page, PhraseHit, SignatureHit
from boilerstrip.signature import Signature

# An element that a weak signature names must be all but free of prose.
_WEAK_PROSE = 0.03
# How far a second witness of the same family may stand from a common word.
_WITNESS_DISTANCE = 2
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
    more       what data cannot say; yields decisions as a filter does
    """

    name: str
    summary: str
    signature: Signature = Signature()
    max_prose: float = 0.15
    zones: frozenset[str] = _ANYWHERE
    reach: int = 0
    longest: float = 12.0
    more: Callable[[Page], Iterable[Decision]] | None = None

    def __call__(self, page: Page) -> Iterator[Decision]:
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
            # Elements come in document order: one inside a claimed one adds nothing.
            if hit.box.end <= claimed:
                continue
            limit = self.max_prose if hit.strong else min(self.max_prose, _WEAK_PROSE)
            if may_claim(page, hit, limit):
                claimed = hit.box.end
                yield Decision(range(hit.box.start, hit.box.end), Evidence("signature", hit.what))

    def phrases(self, page: Page) -> Iterator[Decision]:
        """The lines that the phrases name, each kind behind its gate."""
        hits = page.phrases.get(self.name, ())
        for hit in hits:
            if page.zone(hit.line) not in self.zones:
                continue
            if hit.how == "whole":
                yield Decision([hit.line], hit.evidence)
            elif hit.how == "start":
                if starts_furniture(page, page.lines[hit.line]):
                    yield Decision([hit.line], hit.evidence)
            elif hit.how == "contains":
                if not (page.prose[hit.line] and page.zone(hit.line) == "body"):
                    yield Decision([hit.line], hit.evidence)
            elif hit.how == "weak":
                witness = witness_of(page, hit, hits)
                if witness is not None:
                    yield Decision([hit.line], hit.evidence._replace(line=witness if witness != hit.line else None))


    def between(self, page: Page) -> Iterator[Decision]:
        """Outside the body: short lines between two near lines in which the family speaks."""
        said = sorted({h.line for h in page.phrases.get(self.name, ())})
        for before, after in zip(said, said[1:], strict=False):
            if not 1 < after - before <= self.reach or page.zone(before) == "body":
                continue
            run = [
                i
                for i in range(before + 1, after)
                if page.units[i] <= self.longest and not speaks_elsewhere(page, i, self.name)
            ]
            if run:
                yield Decision(run, Evidence("neighbour", f"between two lines of {self.name}", before))


def speaks_elsewhere(page: Page, index: int, family: str) -> bool:
    """Whether another family's phrase, and none of this one's, stands in the line."""
    others = False
    for name in page.speakers.get(index, ()):
        if name == family:
            return False
        others = True
    return others


def may_claim(page: Page, hit: SignatureHit, limit: float) -> bool:
    """Whether an element may be furniture, by the share of the page's prose inside it."""
    box = hit.box
    if box.start >= box.end:
        return False
    inside = page.prose_in(box.start, box.end)
    return inside <= limit * page.all_prose or (box.end - box.start == 1 and inside == 0.0)


def starts_furniture(page: Page, line: Line) -> bool:
    """Whether a line that opens with a phrase is furniture rather than a sentence that does."""
    return not page.prose[line.index] or page.zone(line.index) == "tail" or line.link_share > 0.5


def witness_of(page: Page, hit: PhraseHit, hits: Iterable[PhraseHit]) -> int | None:
    """Index of a near line in which the same family speaks too, or None."""
    best = None
    text = page.lines[hit.line].text
    if not text[0].isalnum() and not text[-1].isalnum() and text[0] != "#":
        return hit.line  # "- Advertisement -", "[Photo]": set off as a label is
    for other in hits:
        if other.phrase == hit.phrase and other.line != hit.line and other.how == "weak":
            best = other.line if best is None else best
            continue
        distance = abs(other.line - hit.line)
        if 0 < distance <= _WITNESS_DISTANCE and (best is None or distance < abs(best - hit.line)):
            best = other.line
    return best
