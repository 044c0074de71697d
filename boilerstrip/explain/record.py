"""Filters that are listened to: the same pipeline runs, and what each filter said is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from boilerstrip.page import Decision, ElementDecision, Page, Removal
from boilerstrip.pipeline import Filter, Pipeline, name_of


class Said(NamedTuple):
    """One decision of a filter, its lines counted out."""

    lines: tuple[int, ...]
    decision: Decision | ElementDecision


class Recorded:
    """A filter of one run on one page: asks the true one the first time, and repeats its answer after that.

    The judge, who looks at what others took, is asked anew each time; its first answer is the one kept.
    Everything else about it is the filter's own.
    """

    def __init__(self, filter: Filter) -> None:
        self.filter: Any = filter
        self.name = name_of(filter)
        self.judges = bool(getattr(filter, "depends", False))
        self.said: list[Said] | None = None
        self.scores: dict[int, Any] = {}
        self.page: Page | None = None

    def __getattr__(self, name: str) -> Any:
        if name == "filter":  # while it is being unpickled
            raise AttributeError(name)
        return getattr(self.filter, name)

    def __call__(self, page: Page) -> Iterator[Decision | ElementDecision]:
        if self.said is None:
            self.page = page
            self.said = []
            if self.judges and hasattr(self.filter, "scores"):
                with suppress(Exception):  # what it fails on, it fails on below, where the pipeline sees it
                    self.scores = dict(self.filter.scores(page))
            for decision in self.filter(page):
                said = _said(page, decision)
                self.said.append(said)
                yield said.decision
        elif self.judges:
            yield from self.filter(page)
        else:
            for said in self.said:
                yield said.decision


def _said(page: Page, decision: Decision | ElementDecision) -> Said:
    if isinstance(decision, ElementDecision):
        return Said(tuple(page.lines_of(decision.element)), decision)
    # The lines may be an iterator that gives them once.
    lines = tuple(decision.lines)
    return Said(lines, decision._replace(lines=lines))


class Recording:
    """A pipeline whose filters are recorded, for one page."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.filters = tuple(Recorded(f) for f in pipeline)
        self.pipeline = replace(pipeline, filters=self.filters)

    def without(self, name: str, page: Page) -> list[Removal]:
        """The removals of a page that has been recorded, had the filter of this name been switched off."""
        return self.pipeline.without(name).decide(page)[0]

    @property
    def page(self) -> Page | None:
        """The page, once the pipeline has run; None for a pipeline of no filters."""
        return next((f.page for f in self.filters if f.page is not None), None)

    def had_a_say(self) -> Iterable[Recorded]:
        """The filters without which the page may come out otherwise: such as said anything, and the judge, with
        whom hints are no more than hints.
        """
        return [f for f in self.filters if f.said or f.judges]
