"""datatrove: an extractor in the place of Trafilatura's, and a filter that also knows the verdict.

``BoilerstripExtractor`` is what a datatrove pipeline puts behind ``WarcReader``: HTML in, text out,
in datatrove's own sandbox with its timeout. ``BoilerstripFilter`` does the same with the page's
address at hand, keeps what has the wanted verdict, and leaves title, language, verdict and the
counts of removed lines in the metadata.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from boilerstrip.api import clean, extract
from boilerstrip.extras import need
from boilerstrip.page import Verdict
from boilerstrip.pipeline import Pipeline
from boilerstrip.rows import Item, row_from

_FOR = "the adapter for datatrove"
_Extractor: Any = need("datatrove.pipeline.extractors.base", "datatrove", _FOR).BaseExtractor
_Filter: Any = need("datatrove.pipeline.filters.base_filter", "datatrove", _FOR).BaseFilter

Source = Literal["html", "text"]
# What of a row goes to the metadata.
_METADATA = ("title", "lang", "verdict", "kept_lines", "removed_lines", "warnings")


class BoilerstripExtractor(_Extractor):  # type: ignore[misc] # datatrove's classes have no types here
    """HTML or flattened text to article text, document by document.

    timeout     seconds for a document; datatrove drops those that take longer
    pipeline, source, with_title  as in ``boilerstrip.extract``
    """

    name = "🧹 boilerstrip"

    def __init__(
        self,
        timeout: float = 10,
        *,
        pipeline: Pipeline | None = None,
        source: Source | None = None,
        with_title: bool = False,
    ) -> None:
        super().__init__(timeout)
        self.pipeline = pipeline
        self.source = source
        self.with_title = with_title

    def extract(self, text: str) -> str:
        """The article text of one document."""
        return clean(text, source=self.source, pipeline=self.pipeline, with_title=self.with_title)


class BoilerstripFilter(_Filter):  # type: ignore[misc] # as above
    """Cleans a document and keeps it if its verdict is wanted and a text is left.

    verdicts          those that are kept; articles and, with their teaser, paywalled ones by default
    exclusion_writer  datatrove's: gets what is dropped
    pipeline, source, with_title  as in ``boilerstrip.extract``
    """

    name = "🧹 boilerstrip"

    def __init__(
        self,
        verdicts: Collection[str] = (Verdict.ARTICLE, Verdict.PAYWALLED),
        exclusion_writer: Any = None,
        *,
        pipeline: Pipeline | None = None,
        source: Source | None = None,
        with_title: bool = False,
    ) -> None:
        wrong = sorted(set(verdicts) - set(Verdict))
        if wrong:
            raise ValueError(f"verdicts must be among {', '.join(Verdict)}, not {', '.join(wrong)}")
        super().__init__(exclusion_writer)
        self.verdicts = frozenset(map(str, verdicts))
        self.pipeline = pipeline
        self.source = source
        self.with_title = with_title

    def filter(self, doc: Any) -> bool | tuple[bool, str]:
        """Whether the document stays, or the reason why not; its text is the article's from here on."""
        url = doc.metadata.get("url")
        document = extract(
            doc.text,
            url=url if isinstance(url, str) else None,
            source=self.source,
            pipeline=self.pipeline,
            with_title=self.with_title,
        )
        row = row_from(Item(str(doc.id), None, url=url), document)
        doc.text = row.text
        doc.metadata.update({name: getattr(row, name) for name in _METADATA})
        if row.verdict not in self.verdicts:
            return False, f"verdict_{row.verdict}"
        return True if row.text else (False, "empty")
