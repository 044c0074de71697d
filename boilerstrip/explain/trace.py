"""What became of every line, as plain data: what ``--json`` prints, and what the views and the report show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from boilerstrip.api import extract
from boilerstrip.explain.record import Recording
from boilerstrip.limits import Limits
from boilerstrip.page import Box, Document, Line, Removal
from boilerstrip.pipeline import Pipeline
from boilerstrip.render import item_of

if TYPE_CHECKING:
    from boilerstrip.read import PageInput

# Of a score, so many features that spoke against the line and so many that spoke for it.
_MOST_AGAINST = 6
_MOST_FOR = 4
# Of an element, so many class names and ids, of so many characters each.
_MOST_NAMES = 8
_LONGEST_NAME = 60


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one filter said about a line.

    filter   its name
    kind     of its evidence, and
    what     the evidence itself; see ``boilerstrip.Evidence``
    witness  index of the line that bears witness, where it is another one
    keep     it protects the line
    hint     it only says what the line would be, should the judge drop it
    """

    filter: str
    kind: str
    what: str
    witness: int | None = None
    keep: bool = False
    hint: bool = False


class Score(msgspec.Struct, frozen=True):
    """Points of a line, how many its page asks for, and the features that weighed most: (name=step, points)."""

    points: float
    needed: float
    terms: list[tuple[str, float]]


class TracedLine(msgspec.Struct, omit_defaults=True):
    """One line of the page.

    text    its characters
    box     index of the innermost element around it in ``Trace.boxes``
    block   number of its paragraph; lines of one block are not set apart by a blank line
    item    number of the list or table whose item or row it is
    glue    what joins it to the line before it, where both are parts of one visible line
    linked  share of its characters in links, 0 to 1
    links   how many links it holds
    by      the filter that took it; absent for a kept line
    claims  all that was said about it, in the order of the filters
    score   what the judge found, where it had to judge
    """

    text: str
    box: int
    block: int
    item: int | None = None
    glue: str | None = None
    linked: float = 0.0
    links: int = 0
    by: str | None = None
    claims: list[Claim] = []
    score: Score | None = None

    @property
    def reason(self) -> Claim | None:
        """The claim on record: of the filter that took the line, or of the one that protects it."""
        for claim in self.claims:
            if claim.filter == self.by if self.by is not None else claim.keep:
                return claim
        return None


class TracedBox(msgspec.Struct, omit_defaults=True):
    """An element that holds lines: its tag, its parent's index, its class and id names."""

    tag: str
    parent: int | None = None
    names: list[str] = []


class TracedFilter(msgspec.Struct, omit_defaults=True):
    """A filter of the pipeline, in its order; ``judge`` for one that looks at what others took."""

    name: str
    summary: str = ""
    judge: bool = False


class Outcome(msgspec.Struct, omit_defaults=True):
    """What becomes of a line in another run: the claim that takes it, or None where it stays."""

    line: int
    claim: Claim | None = None


class Trace(msgspec.Struct, omit_defaults=True):
    """What became of a page. ``without``: for each filter, what would change were it switched off."""

    text: str
    title: str | None
    lang: str | None
    verdict: str
    source: str
    kind: str
    url: str | None
    site_name: str | None
    encoding: str | None
    warnings: list[tuple[str, str]]
    filters: list[TracedFilter]
    boxes: list[TracedBox]
    lines: list[TracedLine]
    without: dict[str, list[Outcome]] = {}
    file: str | None = None

    def counts(self) -> dict[str, int]:
        """How many lines each filter took, in the order of the filters; those that took none are left out."""
        taken: dict[str, int] = {f.name: 0 for f in self.filters}
        for line in self.lines:
            if line.by is not None:
                taken[line.by] += 1
        return {name: count for name, count in taken.items() if count}


def trace(
    page: PageInput,
    *,
    url: str | None = None,
    encoding: str | None = None,
    source: Literal["html", "text"] | None = None,
    pipeline: Pipeline | None = None,
    what_if: bool = False,
    limits: Limits | None = None,
) -> Trace:
    """What became of every line of a page; arguments and errors are those of ``extract``.

    what_if  also tell, for each filter, what would change were it switched off; this judges the page
             once more for each filter that had a say
    """
    recording = Recording(Pipeline.default() if pipeline is None else pipeline)
    document = extract(page, url=url, encoding=encoding, source=source, pipeline=recording.pipeline, limits=limits)
    boxes, index_of = _boxes(document.lines)
    claims = _claims(recording)
    by = {removal.line: removal for removal in document.removals}
    scores = {i: score for f in recording.filters for i, score in f.scores.items()}
    items: dict[int, int] = {}
    return Trace(
        text=document.text,
        title=document.title,
        lang=document.lang,
        verdict=document.verdict.value,
        source=document.source.value,
        kind=recording.page.kind if recording.page is not None else "article",
        url=document.url,
        site_name=document.site_name,
        encoding=document.encoding,
        warnings=[(warning.where, warning.message) for warning in document.warnings],
        filters=[TracedFilter(f.name, str(getattr(f.filter, "summary", "")), f.judges) for f in recording.filters],
        boxes=boxes,
        lines=[
            TracedLine(
                text=line.text,
                box=index_of[id(line.box)],
                block=line.block,
                item=items.setdefault(id(item), len(items)) if (item := item_of(line)) is not None else None,
                glue=line.glue,
                linked=round(line.link_share, 3),
                links=line.links,
                by=by[line.index].filter if line.index in by else None,
                claims=claims.get(line.index, []),
                score=_score(scores[line.index]) if line.index in scores else None,
            )
            for line in document.lines
        ],
        without=_what_if(recording, document) if what_if else {},
    )


def _boxes(lines: Sequence[Line]) -> tuple[list[TracedBox], dict[int, int]]:
    """The elements around lines, parents first; where each stands in that list, by its identity."""
    boxes: list[TracedBox] = []
    index_of: dict[int, int] = {}
    for line in lines:
        chain: list[Box] = []
        box: Box | None = line.box
        while box is not None and id(box) not in index_of:
            chain.append(box)
            box = box.parent
        for each in reversed(chain):
            index_of[id(each)] = len(boxes)
            parent = None if each.parent is None else index_of[id(each.parent)]
            boxes.append(TracedBox(each.tag, parent, [name[:_LONGEST_NAME] for name in each.names[:_MOST_NAMES]]))
    return boxes, index_of


def _claims(recording: Recording) -> dict[int, list[Claim]]:
    """By line, the first thing that each filter said about it to each effect."""
    claims: dict[int, list[Claim]] = {}
    judged = any(f.judges for f in recording.filters)
    for f in recording.filters:
        seen: set[tuple[int, bool, bool]] = set()
        for said in f.said or ():
            keep = said.decision.keep
            hint = judged and not keep and getattr(said.decision, "hint", False)
            claim: Claim | None = None
            for i in said.lines:
                if i < 0 or (i, keep, hint) in seen:
                    continue
                seen.add((i, keep, hint))
                if claim is None:
                    evidence = said.decision.evidence
                    claim = Claim(f.name, evidence.kind, evidence.what, evidence.line, keep, hint)
                claims.setdefault(i, []).append(claim)
    return claims


def _score(score: object) -> Score:
    points: float = score.points  # type: ignore[attr-defined]
    needed: float = score.needed  # type: ignore[attr-defined]
    terms: Sequence[tuple[float, str]] = score.terms  # type: ignore[attr-defined]
    weighed: Iterable[tuple[float, str]] = terms
    if len(terms) > _MOST_AGAINST + _MOST_FOR:
        weighed = (*terms[:_MOST_AGAINST], *terms[-_MOST_FOR:])
    return Score(_rounded(points), _rounded(needed), [(name, _rounded(value)) for value, name in weighed if value])


def _rounded(points: float) -> float:
    return round(points, 2) + 0.0  # no minus before a zero


def _what_if(recording: Recording, document: Document) -> dict[str, list[Outcome]]:
    page = recording.page
    if page is None:
        return {}
    base: Mapping[int, Removal] = {removal.line: removal for removal in document.removals}
    changes: dict[str, list[Outcome]] = {}
    for f in recording.had_a_say():
        other = {removal.line: removal for removal in recording.without(f.name, page)}
        changes[f.name] = [
            Outcome(i, _claim(other.get(i)))
            for i in sorted(base.keys() | other.keys())
            if (i in base) != (i in other) or (i in base and base[i].filter != other[i].filter)
        ]
    return changes


def _claim(removal: Removal | None) -> Claim | None:
    if removal is None:
        return None
    evidence = removal.evidence
    return Claim(removal.filter, evidence.kind, evidence.what, evidence.line)
