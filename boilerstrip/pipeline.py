"""The pipeline: filters propose, it alone records. Immutable, ordered, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from boilerstrip.filters import DEFAULT, main_content, readability
from boilerstrip.limits import OutOfTime, Watch
from boilerstrip.page import Decision, ElementDecision, Page, Removal, Warning
from boilerstrip.signature import Signature, SignatureTable

if TYPE_CHECKING:
    from boilerstrip.rulefiles import RuleSource

# The filter that judges what no family claims.
_JUDGE = "main_content"


@runtime_checkable
class LineFilter(Protocol):
    """A named callable that proposes lines."""

    @property
    def name(self) -> str: ...

    def __call__(self, page: Page, /) -> Iterable[Decision]: ...


@runtime_checkable
class DomFilter(Protocol):
    """A named callable that proposes elements of ``page.tree`` (None for flattened text)."""

    @property
    def name(self) -> str: ...

    def __call__(self, page: Page, /) -> Iterable[ElementDecision]: ...


# A plain function counts as well: its ``__name__`` is its name.
Filter = LineFilter | DomFilter | Callable[[Page], Iterable[Decision | ElementDecision]]


# What stands in the judge's place in each preset.
_JUDGES: dict[str, Filter] = {
    "news": main_content.FILTER,
    "precision": main_content.MainContent(strictness=1.3),
    "recall": main_content.MainContent(strictness=0.6),
    "readability": readability.FILTER,
}
PRESETS = tuple(_JUDGES)


class UnknownFilterError(LookupError):
    """A filter name that the pipeline does not hold; the message lists the near ones."""


def name_of(filter: object) -> str:
    """The name a filter goes by: its ``name``, or the ``__name__`` of a function."""
    name = getattr(filter, "name", None) or getattr(filter, "__name__", None)
    if not callable(filter) or not isinstance(name, str) or not name or name == "<lambda>":
        raise TypeError(f"filter must be a callable with a name (a function, or an object with .name), not {filter!r}")
    return name


@dataclass(frozen=True)
class Pipeline:
    """An ordered tuple of filters. Every method returns a new pipeline; equal ones compare equal.

    The first filter that claims a line is the one on record; a line that any filter protects
    stays, whoever claimed it.
    """

    filters: tuple[Filter, ...] = ()

    def __post_init__(self) -> None:
        names = [name_of(f) for f in self.filters]
        twice = {n for n in names if names.count(n) > 1}
        if twice:
            raise ValueError(f"filters: more than one filter is called {', '.join(sorted(twice))}")

    @classmethod
    def default(cls) -> Pipeline:
        """The filters for news articles, in the order in which they are asked."""
        return cls(DEFAULT)

    @classmethod
    def preset(cls, name: str) -> Pipeline:
        """The default filters with the judge of a preset: ``news``, ``precision``, ``recall`` or ``readability``.

        Raises ValueError for another name.
        """
        judge = _JUDGES.get(name)
        if judge is None:
            raise ValueError(f"preset must be one of {', '.join(map(repr, _JUDGES))}, not {name!r}")
        return cls.default().replacing("main_content", judge)

    @classmethod
    def readability(cls) -> Pipeline:
        """The default filters with readability-lxml as the judge in place of the scorecard."""
        return cls.default().replacing(_JUDGE, readability.FILTER)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the filters in order."""
        return tuple(name_of(f) for f in self.filters)

    def __iter__(self) -> Iterator[Filter]:
        return iter(self.filters)

    def __getitem__(self, name: str) -> Filter:
        return self.filters[self._index(name)]

    def without(self, *names: str) -> Pipeline:
        """This pipeline less the filters of these names."""
        gone = {self._index(n) for n in names}
        return Pipeline(tuple(f for i, f in enumerate(self.filters) if i not in gone))

    def only(self, *names: str) -> Pipeline:
        """This pipeline cut down to the filters of these names, in its own order."""
        stay = {self._index(n) for n in names}
        return Pipeline(tuple(f for i, f in enumerate(self.filters) if i in stay))

    def adding(self, filter: Filter, *, before: str | None = None, after: str | None = None) -> Pipeline:
        """With one more filter: before or after the named one, else ahead of ``main_content``
        (so that its claims are on record under its own name), else last.
        """
        if before is not None and after is not None:
            raise ValueError("adding() takes before= or after=, not both")
        if before is not None:
            at = self._index(before)
        elif after is not None:
            at = self._index(after) + 1
        else:
            names = self.names
            at = names.index(_JUDGE) if _JUDGE in names else len(names)
        return Pipeline((*self.filters[:at], filter, *self.filters[at:]))

    def replacing(self, name: str, filter: Filter) -> Pipeline:
        """With ``filter`` in the place of the named one."""
        at = self._index(name)
        return Pipeline((*self.filters[:at], filter, *self.filters[at + 1 :]))

    def with_rules(self, *sources: RuleSource) -> Pipeline:
        """With the rules of files: each by its path, its text, or as ``Rules`` that were read before.

        Rules of a family that this pipeline holds are asked before it and go by its name; new
        names come first of all. Sections for sites that name the article's element judge the
        pages of these sites in the place of ``main_content``.

        Raises RuleError, which lists every mistake, for a file that is not in order.
        """
        # Imported here: who uses no rule files need not wait for what reads them.
        from boilerstrip.rulefiles import BodyOr, RuleFilter, load_rules  # noqa: PLC0415

        pipeline = self
        for rules in [load_rules(source) for source in sources]:
            new: list[Filter] = []
            for name in rules.families:
                if name in pipeline.names:
                    pipeline = pipeline.replacing(name, RuleFilter(name, rules, pipeline[name]))
                else:
                    new.append(RuleFilter(name, rules))
            pipeline = Pipeline((*new, *pipeline.filters))
            if any(site.body for site in rules.sites):
                if _JUDGE in pipeline.names:
                    pipeline = pipeline.replacing(_JUDGE, BodyOr(rules, pipeline[_JUDGE]))
                else:
                    pipeline = Pipeline((*pipeline.filters, BodyOr(rules)))
        return pipeline

    def with_plugins(self, *names: str, skip_broken: bool = False) -> Pipeline:
        """With the filters and rules of the plug-ins of these names or, without a name, of all that are installed.

        skip_broken  warn about a plug-in that does not work (RuntimeWarning) and go on without it

        Raises PluginError for a plug-in that is not there, and for one that does not work.
        """
        # Imported here: who uses no plug-ins need not wait for what finds them.
        from boilerstrip import plugins  # noqa: PLC0415
        from boilerstrip.rulefiles import Rules  # noqa: PLC0415

        pipeline = self
        for plugin in plugins.load_plugins(names, skip_broken=skip_broken):
            added = pipeline
            try:
                for part in plugin.parts:
                    added = added.with_rules(part) if isinstance(part, Rules) else added.adding(part)
            except (TypeError, ValueError) as error:
                plugins.report(plugins.broken(plugin, error), skip_broken=skip_broken)
            else:
                pipeline = added
        return pipeline

    def _index(self, name: str) -> int:
        names = self.names
        if name in names:
            return names.index(name)
        import difflib  # noqa: PLC0415 - only a mistake needs it

        near = difflib.get_close_matches(str(name), names, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else f"there are: {', '.join(names)}"
        raise UnknownFilterError(f"no filter is called {name!r}; {hint}")

    # ------------------------------------------------------------------ run

    @cached_property
    def signatures(self) -> SignatureTable:
        """The filters' signatures in one table; compiled once per process, never pickled.

        Those of the default families are always among them: where a page's lines begin and end
        must not hang on which filters are asked.
        """
        declared: dict[str, Signature] = {}
        for f in (*DEFAULT, *self.filters):
            signature = getattr(f, "signature", None)
            if isinstance(signature, Signature):
                declared[name_of(f)] = signature
        return SignatureTable(declared)

    def __getstate__(self) -> dict[str, object]:
        return {"filters": self.filters}

    def decide(  # noqa: PLR0912 - one loop, one account
        self, page: Page, watch: Watch | None = None
    ) -> tuple[list[Removal], list[Removal], list[Warning]]:
        """(removals, protections, warnings) for a page that has been read and measured.

        A filter that raises costs its own proposals from there on, never the page. Filters that
        ``watch`` leaves no time for are not asked.
        """
        size = len(page.lines)
        taken = bytearray(size)
        removed: list[Removal | None] = [None] * size
        protected: list[Removal | None] = [None] * size
        hinted: list[Removal | None] = [None] * size
        judged = any(getattr(f, "depends", False) for f in self.filters)
        warnings: list[Warning] = []
        page.taken = taken
        page.claims = removed
        page.hints = hinted
        pause = watch.check if watch is not None else page.pause
        for at, f in enumerate(self.filters):
            name = name_of(f)
            judging = getattr(f, "depends", False)
            try:
                pause()
                for count, decision in enumerate(f(page)):
                    if not count & 63:
                        pause()
                    if isinstance(decision, ElementDecision):
                        lines: Iterable[int] = page.lines_of(decision.element)
                    else:
                        lines = decision.lines
                    if judged and not decision.keep and getattr(decision, "hint", False):
                        for i in lines:
                            if hinted[i] is None and i >= 0:
                                hinted[i] = Removal(i, name, decision.evidence)
                        continue
                    into = protected if decision.keep else removed
                    for i in lines:
                        if into[i] is None and i >= 0:
                            into[i] = (judging and hinted[i]) or Removal(i, name, decision.evidence)
                            taken[i] = 1
            except OutOfTime:
                if watch is not None:
                    missing = ", ".join(self.names[at:])
                    watch.over("seconds", f"{watch.limits.seconds:g} of CPU time were up; not (fully) asked: {missing}")
                break
            except Exception as error:  # noqa: BLE001 - any filter may be a stranger's
                warnings.append(Warning(name, f"{type(error).__name__}: {error}"))
        for start, end in page.split:
            if any(removed[i] is None or protected[i] is not None for i in range(start, end)):
                removed[start:end] = [None] * (end - start)
        removals = [r for r, p in zip(removed, protected, strict=True) if r is not None and p is None]
        return removals, [p for p in protected if p is not None], warnings
