"""Another judge for the place of ``main_content``: what readability-lxml takes for the article.

For comparison, and for those who know its ways. It needs a tree: of flattened text it keeps all
that no family took. Slower than the scorecard by far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from boilerstrip.dom import readable_text
from boilerstrip.page import Decision, Evidence, Page


@dataclass(frozen=True, slots=True)
class Readability:
    """The filter; see the module. It stands in for ``main_content`` and goes by its name."""

    name: str = "main_content"
    summary: str = "whatever no family claims and readability-lxml does not take for the article"
    depends: bool = True

    def __call__(self, page: Page) -> Iterator[Decision]:
        if page.tree is None:
            return
        # Without any white space: the two differ in where they put it.
        text = "".join(readable_text(page.tree).split())
        for line in page.lines:
            if not page.taken[line.index] and "".join(line.text.split()) not in text:
                yield Decision([line.index], Evidence("score", "not in the article that readability-lxml finds"))


FILTER = Readability()
