"""scrapy-poet: callbacks and page objects that ask for a ``boilerstrip.Document`` are given it.

In ``settings.py``, beside the add-on of scrapy-poet itself::

    SCRAPY_POET_PROVIDERS = {"boilerstrip.adapters.scrapy_poet.DocumentProvider": 600}

and in the spider::

    def parse(self, response, document: boilerstrip.Document):
        yield {"url": response.url, "text": document.text}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from boilerstrip.extras import need
from boilerstrip.page import Document

_Provider: Any = need("scrapy_poet", "scrapy", "the adapter for scrapy-poet").PageObjectInputProvider
_http = need("scrapy.http", "scrapy", "the adapter for scrapy-poet")


class DocumentProvider(_Provider):  # type: ignore[misc] # scrapy-poet's class has no type here
    """Provides ``boilerstrip.Document`` from the response."""

    provided_classes: ClassVar = {Document}
    name = "boilerstrip"

    def __call__(self, to_provide: set[Callable[..., object]], response: Any) -> Sequence[Any]:  # noqa: ARG002 - there is one
        """The document of the response."""
        from boilerstrip.adapters.scrapy import extract_response  # noqa: PLC0415

        return [extract_response(response)]


# scrapy-poet reads the signature to know what to hand over: the annotation must be the class itself.
DocumentProvider.__call__.__annotations__["response"] = _http.Response
