"""All lines of a page as one string: which of them hold a sign is asked of all at once, not of each in turn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate


class Joined:
    """Lines, none of which holds a line end, joined to be searched; for signs that few of them hold."""

    __slots__ = ("_ends", "_text")

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts)
        # Of each line, the place behind its line end.
        self._ends = list(accumulate([len(text) + 1 for text in texts]))

    def holding(self, *signs: str) -> list[int]:
        """Indices of the lines that hold any of these, in order."""
        found: list[int] = []
        ends = self._ends
        find = self._text.find
        for sign in signs:
            at = find(sign)
            while at >= 0:
                line = bisect_right(ends, at)
                found.append(line)
                at = find(sign, ends[line])
        return sorted(set(found))
