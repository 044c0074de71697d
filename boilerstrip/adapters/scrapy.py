"""Scrapy: an item pipeline that fills an item's text from its HTML, and ``extract`` for a response.

In ``settings.py``::

    ITEM_PIPELINES = {"boilerstrip.adapters.scrapy.BoilerstripPipeline": 300}

An item needs the page in the field ``html`` (bytes, str or the response itself) and gets ``text``
and, where it has or takes such fields, ``title``, ``lang`` and ``verdict``.

Settings, all optional:

    BOILERSTRIP_HTML_FIELD     where the page is ("html"); items without it are left alone
    BOILERSTRIP_URL_FIELD      where its address is ("url")
    BOILERSTRIP_ENCODING_FIELD where the charset of the HTTP header is, for bytes ("encoding")
    BOILERSTRIP_FIELDS         what is stored: attribute of the Document → field
                               ({"text": "text", "title": "title", "lang": "lang", "verdict": "verdict"})
    BOILERSTRIP_KEEP_HTML      whether the page stays in the item (False)
    BOILERSTRIP_VERDICTS       items of other verdicts are dropped ([]: none are), e.g. ["article"]
    BOILERSTRIP_WITHOUT        names of filters to switch off ([])
    BOILERSTRIP_RULES          rule files ([])
    BOILERSTRIP_WITH_TITLE     the headline first in the text (False)

The stats of the crawl get ``boilerstrip/pages``, ``boilerstrip/verdict/NAME``,
``boilerstrip/removed_lines/FILTER`` and ``boilerstrip/warnings``.
"""

from __future__ import annotations

from typing import Any

from boilerstrip.api import extract
from boilerstrip.extras import need
from boilerstrip.page import Document
from boilerstrip.pipeline import Pipeline
from boilerstrip.rows import known_charset

_exceptions = need("scrapy.exceptions", "scrapy", "the adapter for Scrapy")
_http = need("scrapy.http", "scrapy", "the adapter for Scrapy")
_threads = need("twisted.internet.threads", "scrapy", "the adapter for Scrapy")
_defer = need("scrapy.utils.defer", "scrapy", "the adapter for Scrapy")
_adapter = need("itemadapter", "scrapy", "the adapter for Scrapy")

_FIELDS = {"text": "text", "title": "title", "lang": "lang", "verdict": "verdict"}


def extract_response(response: Any, *, pipeline: Pipeline | None = None, with_title: bool = False) -> Document:
    """``boilerstrip.extract`` of a Scrapy response: its body, its address, its header's charset.

    ``response.text`` is not used: what charset a page is in is found out with more care here.
    """
    return extract(
        response.body,
        url=response.url,
        encoding=_header_charset(response),
        pipeline=pipeline,
        with_title=with_title,
    )


class BoilerstripPipeline:
    """The item pipeline; see the module for its settings."""

    def __init__(self, settings: Any, stats: Any = None) -> None:
        self._html = settings.get("BOILERSTRIP_HTML_FIELD", "html")
        self._url = settings.get("BOILERSTRIP_URL_FIELD", "url")
        self._encoding = settings.get("BOILERSTRIP_ENCODING_FIELD", "encoding")
        self._fields = settings.getdict("BOILERSTRIP_FIELDS", _FIELDS)
        self._keep = settings.getbool("BOILERSTRIP_KEEP_HTML", False)
        self._verdicts = frozenset(settings.getlist("BOILERSTRIP_VERDICTS"))
        self._with_title = settings.getbool("BOILERSTRIP_WITH_TITLE", False)
        self._stats = stats
        wrong = sorted(set(self._fields) - set(Document.__dataclass_fields__))
        if wrong:
            raise ValueError(
                f"BOILERSTRIP_FIELDS: a Document has no {', '.join(wrong)}; "
                f"it has {', '.join(Document.__dataclass_fields__)}"
            )
        pipeline = Pipeline.default()
        rules = settings.getlist("BOILERSTRIP_RULES")
        if rules:
            pipeline = pipeline.with_rules(*rules)
        self._pipeline = pipeline.without(*settings.getlist("BOILERSTRIP_WITHOUT"))

    @classmethod
    def from_crawler(cls, crawler: Any) -> BoilerstripPipeline:
        """As Scrapy makes its components."""
        return cls(crawler.settings, crawler.stats)

    async def process_item(self, item: Any, spider: Any = None) -> Any:  # noqa: ARG002 - older Scrapy hands it over
        """The item with its text; DropItem for a verdict that is not wanted."""
        adapter = _adapter.ItemAdapter(item)
        if self._html not in adapter:
            return item
        # In a thread: downloads go on in the meantime.
        document = await _defer.maybe_deferred_to_future(_threads.deferToThread(self._extract, adapter))
        self._count(document)
        if self._verdicts and document.verdict not in self._verdicts:
            raise _exceptions.DropItem(f"verdict is {document.verdict}: {document.url or ''}")
        if not self._keep:
            del adapter[self._html]
        known = None if isinstance(item, dict) else set(adapter.field_names())
        for attribute, field in self._fields.items():
            if known is None or field in known:
                value = getattr(document, attribute)
                adapter[field] = str(value) if attribute in ("verdict", "source") else value
        return item

    def _extract(self, adapter: Any) -> Document:
        page = adapter[self._html]
        if isinstance(page, _http.Response):
            return extract_response(page, pipeline=self._pipeline, with_title=self._with_title)
        return extract(
            page,
            url=adapter.get(self._url),
            encoding=known_charset(adapter.get(self._encoding)),
            pipeline=self._pipeline,
            with_title=self._with_title,
        )

    def _count(self, document: Document) -> None:
        if self._stats is None:
            return
        add = self._stats.inc_value
        add("boilerstrip/pages")
        add(f"boilerstrip/verdict/{document.verdict}")
        for removal in document.removals:
            add(f"boilerstrip/removed_lines/{removal.filter}")
        if document.warnings:
            add("boilerstrip/warnings", len(document.warnings))


def _header_charset(response: Any) -> str | None:
    kind = response.headers.get("Content-Type", b"").decode("latin-1")
    name = kind.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    return known_charset(name)
