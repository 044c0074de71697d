"""Dates, times and relative times: shapes made of the ``[stamp]`` words of the packs, in any digits.

A stamp is a line made of nothing but numbers and such words: "Updated 4 Mar 2026, 12:30",
"منذ 5 دقائق", "令和8年3月4日". Digits are those of ``normalise``, so one shape serves all scripts.
Hijri, Persian and Buddhist years and the years of eras are numbers like others: the words beside
them tell that it is a date. Numerals in Han signs are numbers too, where such words stand around them.
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
_MOST_AGOPARTS = 5
_DIGIT = lazy_re("[0-9]")
# "二〇二六年五月三日", "三十分". A circle serves as the zero among them.
_HAN = "〇零一二三四五六七八九十百廿卅两兩"
_SPELLED = lazy_re(f"[{_HAN}]+")
_CIRCLE = lazy_re(f"(?<=[{_HAN}])[○◯]+(?=[{_HAN}])|(?<=[{_HAN}])[○◯]+(?=年)")
# So many numbers in such signs, the months that hold one among them, are no common words any more.
_LEAST_SPELLED = 2
# "18.30" is a time, the "12.03" of "12.03.2026" is none.
_CLOCK = lazy_re(r"(?<![0-9])(?<![0-9]\.)[0-2]?[0-9](?::|h|\.)[0-5][0-9](?![0-9]|\.[0-9])")
# "9.5/10" is a mark, no date.
_DATE = lazy_re(
    r"(?<![0-9])(?:[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{2,4}|[0-3]?[0-9]\. ?[01]?[0-9]\. ?[0-9]{4}"
    r"|[0-9]{4}\. [01]?[0-9]\. [0-3]?[0-9]\.)(?![0-9])"
)
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
        self._years = tables.years
        self._alone = tables.alone
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
        spelled = False
        if _DIGIT.search(norm) is None:
            if _SPELLED.search(norm) is None:
                return self._in_words(norm)
            spelled = True
            norm = _CIRCLE.sub("〇", norm)
        parts = self._split(norm)
        if parts is None:
            return None
        if spelled and not self._says_numbers(parts):
            return self._in_words(norm)
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

    def _in_words(self, norm: str) -> Stamp | None:
        """A stamp without a number: "an hour ago", "just now", "ט״ז באייר תשפ״ו"."""
        parts: list[str] = PARTS.findall(norm)
        told = " ".join(parts) in self._alone or (
            2 <= len(parts) <= _MOST_AGOPARTS and self._units.issuperset(parts) and self._of_one_pack(parts)
        )
        if not told and not self._years.isdisjoint(parts) and not self._months.isdisjoint(parts):
            told = self._known.keys() >= set(parts) and self._of_one_pack(parts)
        return Stamp(clock=False, date=True, mark=False) if told else None

    def _says_numbers(self, parts: Sequence[str]) -> bool:
        """Whether Han signs among these are a date's numbers, as in 五月三日, 三小时前; 三日 and 三月三 are words."""
        numbers = [i for i, part in enumerate(parts) if part == "0"]
        if len(numbers) + len(self._months.intersection(parts)) >= _LEAST_SPELLED and numbers:
            return len(parts) > _LEAST_SPELLED
        return any(parts[i + 1] in self._units and len(parts[i + 1]) > 1 for i in numbers if i + 1 < len(parts))

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
                number = _SPELLED.match(run, at)
                if number is None:
                    return False
                into.append("0")
                at = number.end()
        return True
