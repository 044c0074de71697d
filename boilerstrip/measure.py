"""What is measured once per page for all filters: size of lines, prose, where the body stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from boilerstrip.page import Line, Page, Within

# Sentence ends of the scripts that news is written in; Thai and Lao have none.
SENTENCE_END = ".!?…؟۔।॥。！？｡．።፧፨։။។៕"
_CLOSERS = "\"'»”’)]›」』）】〕“*  "
# Scripts without spaces between words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_NO_STOPS = re.compile("[\u0e00-\u0eff]")
_INNER_STOP = re.compile(r"[.!?…؟۔।]\s|[。！？]|[,،;:،]\s")

_HIDDEN = int(Within.HIDDEN)
# Characters of an unspaced script that weigh as much as one word of a spaced one.
_CHARS_PER_UNIT = 2.0
# A shorter line is no paragraph of prose, whatever its punctuation.
SHORTEST_PROSE = 9.0
# From here on a line with commas or inner stops is prose even without a stop at its end.
_LONG_PROSE = 22.0
_MOST_LINKED = 0.5
# What a line that is not prose costs a run of lines that wants to be the body.
_GAP_COST = 5.0


def units_of(text: str) -> float:
    """Length of a line in words; two characters of Han, kana or Thai count as one word.

    >>> units_of("three little words"), units_of("今日は晴れ")
    (3.0, 2.5)
    """
    if text.isascii():
        return float(text.count(" ") + 1)
    unspaced = len(UNSPACED.findall(text))
    if unspaced:
        spaced = len(UNSPACED.sub(" ", text).split())
        return unspaced / _CHARS_PER_UNIT + spaced
    return float(text.count(" ") + 1)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does in its script, closing quotes aside."""
    last = text[-1]
    if last in SENTENCE_END:
        return True
    if last.isalnum():
        return False
    return text.rstrip(_CLOSERS)[-1:] in SENTENCE_END if text.rstrip(_CLOSERS) else False


def prose_of(line: Line, units: float) -> float:
    """Weight of a line as running prose: its words outside links, or 0 if it is no prose."""
    if units < SHORTEST_PROSE:
        return 0.0
    text = line.text
    linked = line.link_share
    if linked > _MOST_LINKED:
        return 0.0
    if not ends_sentence(text):
        if units < _LONG_PROSE and not _NO_STOPS.search(text):
            return 0.0
        if not _INNER_STOP.search(text) and not _NO_STOPS.search(text):
            return 0.0
    if text.count("|") + text.count("·") + text.count("\t") > units / 6:
        return 0.0
    return units * (1.0 - linked)


def body_of(prose: Sequence[float]) -> tuple[int, int]:
    """Half-open range of the densest run of prose: lines of prose pay, others cost."""
    best = 0.0
    where = (0, 0)
    total = 0.0
    start = 0
    for i, weight in enumerate(prose):
        if total <= 0.0:
            total = 0.0
            start = i
        total += weight or -_GAP_COST
        if total > best:
            best = total
            where = (start, i + 1)
    return where


def measure(page: Page) -> None:
    """Fill ``units``, ``prose`` and ``body`` of a page."""
    units = [units_of(line.text) for line in page.lines]
    page.units = units
    page.prose = prose = [prose_of(line, n) for line, n in zip(page.lines, units, strict=True)]
    # Sentences that are furniture in so many words ("We use cookies to …") do not make a body.
    said = {hit.line for hits in page.phrases.values() for hit in hits if hit.specific}
    # Nor does what is hidden, unless all is: pages that scripts uncover are saved covered.
    open_prose = [0.0 if i in said or page.lines[i].box.within & _HIDDEN else weight for i, weight in enumerate(prose)]
    page.body = body_of(open_prose if any(open_prose) else prose)
