"""Rows of a table, a box of facts, a list of amounts in flattened text: "Marlow 13 34", "Built: 1931", "2 pears"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from boilerstrip.lazy import lazy_re
from boilerstrip.page import Page, Source

# So many rows of one make stand together, none of more words than this.
_LEAST = 3
_LONGEST = 12.0
# Facts are short, or they are headlines with a word before them: one by one, and on average.
_LONGEST_FACT = 8.0
_LONGEST_MEAN = 5.5
# A label before its colon has no more words, and no more characters.
_LABEL_WORDS = 4
_LABEL = 30
_LEAST_NUMBERS = 2
_NUMBER = lazy_re(r"[-–+±(]*[$€£¥]?[0-9][0-9.,:/'–-]*[%)°.]*")
# "200 g cream", "½ onion"; "1. The last ferryman" has a number of another kind.
_AMOUNT = lazy_re(r"(?:[0-9]+(?:[.,/–-][0-9]+)?|[0-9]\u2044[0-9]) ?(?=[^\W\d_])")
_COLON = lazy_re(r":\s?(?=\S)")


def runs_of_rows(page: Page) -> list[range]:
    """The lines of each table of numbers, box of facts and list of amounts, in order; none where markup tells them."""
    runs: list[range] = page.once(runs_of_rows, lambda: list(_runs(page)) if page.source is Source.TEXT else [])
    return runs


def rows_of(page: Page) -> set[int]:
    """The lines of all ``runs_of_rows``."""
    return {i for run in runs_of_rows(page) for i in run}


def _runs(page: Page) -> Iterator[range]:
    start, make = 0, ""
    for i in range(len(page.lines) + 1):
        now = _make_of(page, i) if i < len(page.lines) else ""
        if now != make:
            if make and i - start >= _LEAST and (make not in _TESTS or _TESTS[make](page, start, i)):
                yield range(start, i)
            start, make = i, now


def _make_of(page: Page, i: int) -> str:
    if page.prose[i] or page.units[i] > _LONGEST or i in page.stamps or i in page.known_at:
        return ""
    text = page.norms[i]
    if "\t" in text or " | " in text:
        return "cells"
    colon = _COLON.search(text, 1) if text else None
    if colon is not None and colon.start() <= _LABEL and text.count(" ", 0, colon.start()) < _LABEL_WORDS:
        return "" if text[colon.start() - 1].isdigit() or page.units[i] > _LONGEST_FACT else "facts"
    parts = text.split()
    if _AMOUNT.match(text) and page.units[i] <= _LONGEST_FACT:
        return "amounts"
    numbers = 0
    while parts and _NUMBER.fullmatch(parts[-1]):
        parts.pop()
        numbers += 1
    named = any(part[0].isalpha() for part in parts)
    return "numbers" if numbers >= _LEAST_NUMBERS and named else ""


def _differ(page: Page, start: int, end: int) -> bool:
    """Whether the rows are short, and have labels of their own: speakers of an interview come again."""
    if sum(page.units[start:end]) > _LONGEST_MEAN * (end - start):
        return False
    labels = {page.norms[i].partition(":")[0] for i in range(start, end)}
    return len(labels) == end - start


def _no_ranks(page: Page, start: int, end: int) -> bool:
    """Whether the numbers are amounts: those of a list of headlines count up."""
    firsts = [match[0].strip() for i in range(start, end) if (match := _AMOUNT.match(page.norms[i]))]
    return not firsts[0].isdigit() or firsts != [str(int(firsts[0]) + k) for k in range(end - start)]


# Cells and numbers speak for themselves.
_TESTS: dict[str, Callable[[Page, int, int], bool]] = {"facts": _differ, "amounts": _no_ranks}
