"""Dates, times and relative times: shapes made of the ``[stamp]`` words of the packs, in any digits.

A stamp is a line made of nothing but numbers and such words: "Updated 4 Mar 2026, 12:30",
"منذ 5 دقائق", "令和8年3月4日". Digits are those of ``normalise``, so one shape serves all scripts.
Hijri, Persian and Buddhist years and the years of eras are numbers like others: the words beside
them tell that it is a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import regex

from boilerstrip.measure import UNSPACED_SET
from boilerstrip.page import Stamp
from boilerstrip.rules.normalise import normalise

_LONGEST = 120
_MOST_PARTS = 24
_MOST_AGO_PARTS = 4
_DIGIT = re.compile("[0-9]")
_PARTS = regex.compile(r"[\p{L}\p{M}]+|[0-9]+")
# "18.30" is a time, the "12.03" of "12.03.2026" is none.
_CLOCK = re.compile(r"(?<![0-9])(?<![0-9]\.)[0-2]?[0-9](?::|h|\.)[0-5][0-9](?![0-9]|\.[0-9])")
_DATE = re.compile(r"(?<![0-9])[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?![0-9])")
# Scripts that write such words without a space between them; Korean does so at will.
_RUN_TOGETHER = re.compile(f"[{UNSPACED_SET}\uac00-\ud7a3]")
_FIELD = re.compile(r"\{(\w+)\}")
# Which fields a template may name, and what the word behind them makes of a number.
_FIELDS = {
    "year": "date",
    "month": "date",
    "day": "date",
    "weekday": "",
    "era": "",
    "hour": "clock",
    "minute": "",
    "second": "",
    "n": "ago",
}


class StampWords:
    """The words that stamps are made of, of all packs together; constant time per word.

    A pack's table may have

    months, days  names of months and weekdays, "today", "yesterday"
    units         what relative times are made of: "ago", "minutes"
    glue          what stands between: "at", "o'clock", time zones
    marks         what opens a stamp: "Updated"
    eras          names of eras and calendars: "令和", "พ.ศ.", "هـ"
    patterns      templates: "{year}年{month}月{day}日", "{hour}时{minute}分", "{n}小时前", "{day}. {month} {year}"
    """

    def __init__(self) -> None:
        self._months: set[str] = set()
        self._days: set[str] = set()
        self._units: set[str] = set()
        self._marks: set[str] = set()
        self._glue: set[str] = set()
        self._clock: set[str] = set()
        # Of each word, the packs that know it, a bit each: the words of a stamp are of one language.
        self._known: dict[str, int] = {}
        self._packs = 0
        self._longest = 0

    def add(self, table: Mapping[str, Sequence[str]], pack: str) -> None:
        """Take in the ``[stamp]`` table of a pack; ValueError for a template that names an unknown field."""
        bit = 1 << self._packs
        self._packs += 1
        for words, into in (
            ("months", self._months),
            ("days", self._days),
            ("units", self._units),
            ("marks", self._marks),
            ("glue", self._glue),
            ("eras", self._glue),
        ):
            for entry in table.get(words, ()):
                self._learn(_PARTS.findall(normalise(entry)), into, bit)
        for template in table.get("patterns", ()):
            self._add_template(template, pack, bit)

    def _learn(self, words: list[str], into: set[str], bit: int) -> None:
        into.update(words)
        for word in words:
            self._known[word] = self._known.get(word, 0) | bit

    def _add_template(self, template: str, pack: str, bit: int) -> None:
        field = ""
        for i, piece in enumerate(_FIELD.split(template)):
            if i % 2:
                if piece not in _FIELDS:
                    raise ValueError(
                        f"{pack}: stamp pattern {template!r}: fields are {', '.join(_FIELDS)}, not {piece!r}"
                    )
                field = _FIELDS[piece]
                continue
            words = _PARTS.findall(normalise(piece))
            into = self._units if field in {"date", "ago"} else self._clock if field == "clock" else self._glue
            self._learn(words[:1], into, bit)
            self._learn(words[1:], self._glue, bit)

    def close(self) -> None:
        """All packs are in."""
        # "Last updated" marks a stamp by "updated"; "last" is but glue.
        self._marks -= self._months | self._days | self._units | self._glue | self._clock
        self._longest = max(map(len, self._known), default=0)

    def find(self, norm: str, words: Sequence[str]) -> Stamp | None:
        """The parts of a date or time in a normalised line with these words, if it is made of nothing else."""
        first = words[0] if words else ""
        if first.isalpha() and first not in self._known and not _RUN_TOGETHER.match(first):
            return None
        if len(norm) > _LONGEST:
            return None
        if _DIGIT.search(norm) is None:
            # "an hour ago": nothing but words of relative times
            ago: list[str] = _PARTS.findall(norm)
            told = 2 <= len(ago) <= _MOST_AGO_PARTS and self._units.issuperset(ago) and self._of_one_pack(ago)
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
        return parts is not None and 0 < len(parts) <= _MOST_AGO_PARTS and (self._marks | self._glue).issuperset(parts)

    def _split(self, norm: str) -> list[str] | None:
        """The numbers and known words that a line is made of, or None if it holds anything else."""
        parts = _PARTS.findall(norm)
        if len(parts) > _MOST_PARTS:
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
