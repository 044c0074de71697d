"""Patterns that are compiled when they are first asked: a hundred of them would be half of the library's import."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    import regex

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn", "pattern", "flags")


class _Lazy:
    """Stands for a pattern; from the first question on it has that one's own methods."""

    def __init__(self, compiled: Callable[[], Any]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        # Asked only for what an instance lacks: nothing stands between the caller and the pattern after that.
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = self._compiled()
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)


def lazy_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """``re.compile(pattern, flags)``, put off to the first use."""
    return cast("re.Pattern[AnyStr]", _Lazy(lambda: re.compile(pattern, flags)))


def lazy_regex(pattern: str, *flags: str) -> regex.Pattern[str]:
    """``regex.compile``, put off to the first use, the library's import included; flags go by their names."""

    def compiled() -> Any:
        import regex  # noqa: PLC0415 - see above

        return regex.compile(pattern, sum(int(getattr(regex, flag)) for flag in flags))

    return cast("regex.Pattern[str]", _Lazy(compiled))
