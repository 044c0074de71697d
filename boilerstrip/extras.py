"""Libraries that only some uses need: loaded when they are called for, named when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtraError(ImportError):
    """A library of an extra is not installed; the message says what to install."""


def need(module: str, extra: str, purpose: str) -> Any:
    """The module, imported; MissingExtraError if it is not installed.

    extra    the extra of this package that brings it, such as ``"crawl"``
    purpose  what needs it, as the beginning of a sentence: "reading WARC files"
    """
    try:
        return import_module(module)
    except ImportError as error:
        library = module.partition(".")[0]
        raise MissingExtraError(
            f"{purpose} needs {library}, which cannot be imported ({error}); "
            f"install it with: pip install 'boilerstrip[{extra}]'"
        ) from None
