"""Dates, times and relative times: shapes made of the ``[stamp]`` words of the packs, in any digits.

A stamp is a line made of nothing but numbers and such words: "Updated 4 Mar 2026, 12:30",
"منذ 5 دقائق", "令和8年3月4日". Digits are those of ``normalise``, so one shape serves all scripts.
Hijri, Persian and Buddhist years and the years of eras are numbers like others: the words beside
them tell that it is a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from boilerstrip.lazy import lazy_re
from boilerstrip.measure import UNSPACED_SET
from boilerstrip.page import Stamp
from boilerstrip.rules.compile import PARTS
from boilerstrip.rules.tables import StampTables

_LONGEST = 120
_MOSTPARTS = 24
_MOST_AGOPARTS = 4
_DIGIT = lazy_re("[0-9]")
# "18.30" is a time, the "12.03" of "12.03.2026" is none.
_CLOCK = lazy_re(r"(?<![0-9])(?<![0-9]\.)[0-2]?[0-9](?::|h|\.)[0-5][0-9](?![0-9]|\.[0-9])")
# "9.5/10" is a mark, no date.
_DATE = lazy_re(r"(?<![0-9])[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{2,4}(?![0-9])")
# Scripts that write such words without a space between them; Korean does so at will.
_FIRST_UNSPACED = UNSPACED_SET[0]
_RUN_TOGETHER = lazy_re(f"[{UNSPACED_SET}\uac00-\ud7a3]")


class StampWords:
    """The words that stamps are made of, of all packs together; constant time per word."""

    def __init__(self, tables: StampTables) -> None:
        self._months = tables.months
        self._days = tables.days
        self._units = tables.units
        self._marks = tables.marks
        self._openers = tables.marks | tables.glue
        self._clock = tables.clock
        # Of each word, the packs that know it, a bit each: the words of a stamp are of one language.
        self._known = tables.known
        self._longest = max(map(len, tables.known), default=0)

    def find(self, norm: str, words: Sequence[str]) -> Stamp | None:
        """The parts of a date or time in a normalised line with these words, if it is made of nothing else."""
        first = words[0] if words else ""
        if first.isalpha() and first not in self._known and (first < _FIRST_UNSPACED or not _RUN_TOGETHER.match(first)):
            return None
        if len(norm) > _LONGEST:
            return None
        if _DIGIT.search(norm) is None:
            # "an hour ago": nothing but words of relative times
            ago: list[str] = PARTS.findall(norm)
            told = 2 <= len(ago) <= _MOST_AGOPARTS and self._units.issuperset(ago) and self._of_one_pack(ago)
            return Stamp(clock=False, date=True, mark=False) if told else None
        parts = self._split(norm)
        if parts is None:
            return None
        # "3 pm"; but "am 4. März" is German.
        clock = _CLOCK.search(norm) is not None or any(
            part in self._clock and before[0].isdigit() for before, part in pairwise(parts)
        )
        numeric = _DATE.search(norm) is not None
        if not clock and not numeric and not self._of_one_pack(parts):
            return None
        date = (
            numeric
            or not self._months.isdisjoint(parts)
            or not self._units.isdisjoint(parts)
            or not self._days.isdisjoint(parts)
        )
        return Stamp(clock, date, not self._marks.isdisjoint(parts)) if clock or date else None

    def _of_one_pack(self, parts: Iterable[str]) -> bool:
        """Whether some pack knows all of these words."""
        packs = -1
        for part in parts:
            if not part[0].isdigit():
                packs &= self._known[part]
        return packs != 0

    def only(self, words: Iterable[str]) -> bool:
        """Whether normalised words are nothing but the parts of dates and times."""
        return all(self._split(word) is not None for word in words)

    def marks_only(self, norm: str) -> bool:
        """Whether a short normalised line is nothing but the words before a stamp: "Last updated:"."""
        if len(norm) > _LONGEST or _DIGIT.search(norm) is not None:
            return False
        parts = self._split(norm)
        return parts is not None and 0 < len(parts) <= _MOST_AGOPARTS and self._openers.issuperset(parts)

    def _split(self, norm: str) -> list[str] | None:
        """The numbers and known words that a line is made of, or None if it holds anything else."""
        parts = PARTS.findall(norm)
        if len(parts) > _MOSTPARTS:
            return None
        known = self._known
        split: list[str] = []
        for part in parts:
            if part in known or part[0].isdigit():
                split.append(part)
            elif _RUN_TOGETHER.match(part) is None or not self._cut(part, split):
                return None
        return split

    def _cut(self, run: str, into: list[str]) -> bool:
        """Cut words written together, the longest first: "日水曜日午後"."""
        at = 0
        while at < len(run):
            for size in range(min(self._longest, len(run) - at), 0, -1):
                if run[at : at + size] in self._known:
                    into.append(run[at : at + size])
                    at += size
                    break
            else:
                return False
        return True
