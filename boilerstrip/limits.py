"""Bounds on what one page may cost, and what is done where a page is over one.

Nothing here uses signals or threads: time is looked at between the stages and, every so many
lines, inside them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from math import inf
from typing import Literal

from boilerstrip.page import Warning

# The parser's own bound is 2,048 elements; a level that is counted may hold up to four that are not (td, tr, tbody, p).
_DEEPEST = 400
# Shorter parts of a line could not be told from lines.
_SHORTEST_PART = 1000
# Over one of these, text of the page may be missing; over the others it is all there.
_CUTTING = frozenset(["bytes", "elements", "lines", "seconds"])
# The reading stages look at the clock every so many lines.
STRIDE = 512


class LimitExceededError(Exception):
    """A page is over a limit, and ``Limits.on_limit`` is ``"error"``.

    limit    the name of the field of ``Limits``
    allowed  its value
    """

    def __init__(self, limit: str, allowed: float, message: str) -> None:
        super().__init__(limit, allowed, message)
        self.limit = limit
        self.allowed = allowed
        self.message = message

    def __str__(self) -> str:
        return f"{self.limit}: {self.message}"


class OutOfTime(Exception):  # noqa: N818 - a signal between stages, never seen outside
    """The time of a page is up; whoever catches it goes on with what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of a page is looked at; None is no limit.

    bytes        of the input (characters of a ``str``); the rest is not read
    elements     of the markup; the rest is not read
    depth        elements inside one another, 1 to 400 (those that close themselves, as ``<p>`` and
                 ``<li>`` do, aside); deeper ones are dropped, their text stays
    attributes   of one element; further ones are dropped
    lines        of the page; the rest is not read
    line_length  characters, 1,000 at the least; a longer line is handled in parts, which stay or go
                 together and are printed as one
    seconds      of CPU time of the calling thread; what is read by then is judged as far as it goes
    on_limit     ``"cut"`` does what is said above, with a warning each; ``"error"`` raises
                 ``LimitExceededError`` instead

    The defaults let every real page pass: see docs/limits.md.
    """

    bytes: int | None = 32_000_000
    elements: int | None = 1_000_000
    depth: int = 256
    attributes: int | None = 4_000
    lines: int | None = 100_000
    line_length: int | None = 100_000
    seconds: float | None = 30.0
    on_limit: Literal["cut", "error"] = "cut"

    def __post_init__(self) -> None:
        for name in ("bytes", "elements", "attributes", "lines", "line_length"):
            value = getattr(self, name)
            if value is not None and (type(value) is not int or value < 1):
                raise _wrong(name, "a whole number of at least 1, or None", value)
        if self.line_length is not None and self.line_length < _SHORTEST_PART:
            raise _wrong("line_length", f"a whole number of at least {_SHORTEST_PART}, or None", self.line_length)
        if type(self.depth) is not int or not 1 <= self.depth <= _DEEPEST:
            raise _wrong("depth", f"a whole number from 1 to {_DEEPEST}", self.depth)
        if self.seconds is not None and (type(self.seconds) not in (int, float) or not self.seconds > 0):
            raise _wrong("seconds", "a number above 0, or None", self.seconds)
        if self.on_limit not in ("cut", "error"):
            raise _wrong("on_limit", "'cut' or 'error'", self.on_limit)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Names of the limits, ``on_limit`` aside."""
        return tuple(f.name for f in fields(cls) if f.name != "on_limit")


def _wrong(name: str, takes: str, value: object) -> Exception:
    kind = TypeError if not isinstance(value, (int, float, str)) or isinstance(value, bool) else ValueError
    return kind(f"limits: {name} must be {takes}, not {value!r}")


class Watch:
    """The limits of one call at work: the time that is left, and what the page was over."""

    __slots__ = ("_end", "_over", "_soonest", "limits")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = inf if limits.seconds is None else time.thread_time() + limits.seconds
        # No thread uses more CPU time than goes by: until then the quick clock will do.
        self._soonest = inf if limits.seconds is None else time.perf_counter() + limits.seconds
        self._over: dict[str, str] = {}

    def over(self, limit: str, message: str) -> None:
        """Note that the page is over a limit, and what became of it; raises if that is an error."""
        if self.limits.on_limit == "error":
            raise LimitExceededError(limit, getattr(self.limits, limit), message)
        self._over.setdefault(limit, message)

    @property
    def late(self) -> bool:
        """Whether the time is up."""
        return time.perf_counter() > self._soonest and time.thread_time() > self._end

    def check(self) -> None:
        """Raise OutOfTime if the time is up."""
        if self.late:
            raise OutOfTime

    def next_stop(self, lines: int) -> int:
        """At how many lines to ask again; 0 where reading ends here, with so many lines."""
        most = self.limits.lines
        if most is not None and lines >= most:
            self.over("lines", f"what follows line {most} was not read")
            return 0
        if lines and self.late:
            self.over("seconds", f"{self.limits.seconds:g} of CPU time were up; what follows line {lines} was not read")
            return 0
        return lines + STRIDE if most is None else min(most, lines + STRIDE)

    @property
    def cut(self) -> bool:
        """Whether text may be missing, or lines stand that nobody judged."""
        return not _CUTTING.isdisjoint(self._over)

    @property
    def warnings(self) -> list[Warning]:
        """A warning for each limit that the page was over."""
        return [Warning("limits", f"{limit}: {message}") for limit, message in self._over.items()]
