"""The rules of one file, and the filters that they become in a pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from boilerstrip.dom import SelectorError
from boilerstrip.page import Decision, ElementDecision, Evidence, Page
from boilerstrip.rulefiles.schema import Rule, Site, strings
from boilerstrip.rulefiles.search import Found, Search, selected
from boilerstrip.rulefiles.selectors import to_xpath
from boilerstrip.rulefiles.sites import SiteTable
from boilerstrip.signature import Signature

# On record for what [site] sections strip and keep.
SITE_RULES = "site_rules"
_Filter = Callable[[Page], Iterable[Decision | ElementDecision]]


class RuleRunError(RuntimeError):
    """A pattern that took too long, or a selector that failed, on one page."""


@dataclass(frozen=True)
class Rules:
    """What one rule file holds; immutable, and pickles.

    file   as evidence calls it
    rules  its ``drop`` and ``keep`` tables, in its order
    sites  its ``site`` sections
    """

    file: str
    rules: tuple[Rule, ...] = ()
    sites: tuple[Site, ...] = ()

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the filters that these rules become, in order."""
        names = dict.fromkeys(rule.family for rule in self.rules)
        if self.sites:
            names[SITE_RULES] = None
        return tuple(names)

    def found_on(self, page: Page) -> Found:
        """What the rules say about a page; looked for once, whichever of its filters asks first."""
        found: Found = page.once(self, lambda: self._find(page))
        return found

    def body_on(self, page: Page) -> tuple[list[int], str] | None:
        """(the lines of the article, the selector that found them) where a site's section knows."""
        if page.tree is None or not self.sites:
            return None
        site = self._sites.site_of(page)
        if site is not None:
            for selector in strings(site.body):
                inside = selected(page, to_xpath(selector))
                if inside:
                    return inside, f'{self.file}: site "{site.host}": outside body “{selector}”'
        return None

    def _find(self, page: Page) -> Found:
        found = self._search(page)
        site = self._sites.site_of(page) if self.sites else None
        if site is not None:
            found.update(self._sites.search(site)(page))
        return found

    @cached_property
    def _search(self) -> Search:
        return Search(self.file, self.rules)

    @cached_property
    def _sites(self) -> SiteTable:
        return SiteTable(self.file, SITE_RULES, self.sites)

    def __hash__(self) -> int:
        # Not over all that it holds: thousands of sites.
        return hash((self.file, len(self.rules), len(self.sites)))

    def __getstate__(self) -> dict[str, object]:
        return {"file": self.file, "rules": self.rules, "sites": self.sites}


@dataclass(frozen=True)
class RuleFilter:
    """The rules of one name, as a filter; over the filter of that name, if there is one.

    name   of the filter
    rules  the file that they stand in
    base   the filter that goes by this name without them, asked after them; or None
    """

    name: str
    rules: Rules
    base: Any = None

    @property
    def summary(self) -> str:
        return str(getattr(self.base, "summary", "")) or f"rules of {self.rules.file}"

    @property
    def signature(self) -> Signature | None:
        return getattr(self.base, "signature", None)

    def __call__(self, page: Page) -> Iterator[Decision | ElementDecision]:
        found = self.rules.found_on(page)
        yield from found.decisions.get(self.name, ())
        if self.base is not None:
            yield from self.base(page)
        if found.failed.get(self.name):
            # After all decisions: the pipeline puts it among the warnings of the document.
            raise RuleRunError("; ".join(found.failed[self.name]))


@dataclass(frozen=True)
class BodyOr:
    """The judge of pages for which rules know the article's element: what stands outside it goes.

    Other pages are left to the judge that stood in this place.

    rules  the file with the sections
    base   that judge, or None
    """

    rules: Rules
    base: Any = None
    name: str = "main_content"
    depends: bool = True

    @property
    def summary(self) -> str:
        return str(getattr(self.base, "summary", "")) or "whatever stands outside the article's element"

    @property
    def signature(self) -> Signature | None:
        return getattr(self.base, "signature", None)

    def scores(self, page: Page) -> dict[int, Any]:
        """What the judge in this place found of each line, where it is asked."""
        judge = getattr(self.base, "scores", None)
        return {} if judge is None or self.rules.body_on(page) is not None else dict(judge(page))

    def __call__(self, page: Page) -> Iterator[Decision | ElementDecision]:
        failed: SelectorError | None = None
        body = None
        try:
            body = self.rules.body_on(page)
        except SelectorError as error:
            failed = error
        if body is not None:
            inside = set(body[0])
            outside = [i for i in range(len(page.lines)) if i not in inside]
            yield Decision(outside, Evidence("rule", body[1]))
        elif self.base is not None:
            yield from self.base(page)
        if failed is not None:
            raise RuleRunError(str(failed))
