"""Flattened text → lines: crawl records, other extractors' output, the founding example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from boilerstrip.lazy import lazy_re
from boilerstrip.limits import Watch
from boilerstrip.page import Box, Line, Page, Source, is_blank, parts_of
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise

# Tags that HTML pages have and flattened text does not, unless it writes about HTML.
_MARKUP = lazy_re(
    r"<(?:!doctype|!--|\?xml|/?(?:html|head|body|div|p|span|a|table|tr|td|ul|ol|li|h[1-6]|br|script|style|meta|link|"
    r"article|section|main|header|footer|nav|title|img|form|b|i|em|strong|font|center|frameset|pre|blockquote))\b",
    re.I,
)
_OPENS = lazy_re(r"\s*<(?:!doctype\b|!--|\?xml\b|[a-z][a-z0-9:-]*[\s>/])", re.I)
SNIFF = 65_536
# How many tags it takes where the input does not begin with one.
_ENOUGH = 3


def looks_like_html(text: str) -> bool:
    """Whether a str is markup: it begins with a tag, or holds several that pages are made of."""
    head = text[:SNIFF]
    if head.isspace():
        # Templates leave thousands of blank lines before the page begins.
        head = text.lstrip()[:SNIFF]
    if "<" not in head:
        return False
    if _OPENS.match(head) and (head.lstrip()[1] in "!?" or _MARKUP.search(head)):
        return True
    for found, _ in enumerate(_MARKUP.finditer(head), 1):
        if found >= _ENOUGH:
            # An article about HTML names tags; a page closes them.
            return "</" in head or found > _ENOUGH
    return False


# Hard-wrapped text has no longer lines than this, addresses aside, and none of its full lines is shorter.
_WIDEST = 100
_NARROWEST = 50
_LEAST_WRAPPED = 5
_OVERLONG = 0.03
_LEAST_SMALL = 0.3
# A longer line fills so much of the width; so many of them are full, and so many full ones follow one another.
_LONGER = 0.7
_MOST_FULL = 0.6
_LEAST_ROW = 2
_NEARLY_ALL = 0.9
_WIDE = lazy_re("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")
_WIDE_COLUMNS = 3
_LONGEST_LABEL = 40
# What begins an item, a heading, a quotation or a row: no line before it runs on into it.
_OPENER = lazy_re(r"\s*(?:[-–—*•·#>|]|\(?[0-9]{1,3}[.)]\s)")
# Where no line is blank, a line of so many characters is a paragraph of its own.
_LONG = 60
# Gaps of a ticker or a menu that was one line of boxes.
_GAP = lazy_re("[ \u00a0\u3000]{3,}")
_LEAST_PARTS = 3
# ... and those between the columns of a table.
_COLUMN = lazy_re("[ \u00a0\u3000]{2,}")
_NUMBER = lazy_re(r"[^\w\s]{0,2}[0-9]")
_LONGEST_ROW = 160
_LEAST_ROWS = 3
# [text](address), as other extractors write links.
_LINK = lazy_re(r"!?\[[^\]\n]{0,300}\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,300}\")?\)")


def read_text(text: str, url: str | None = None, watch: Watch | None = None) -> Page:
    """Lines of flattened text; a blank line opens a new block, and where there is none every long line does.

    Text that was wrapped at some column is unwrapped first. What stands apart in one line by several
    spaces becomes several lines, glued; where several lines of as many columns hold numbers, they are the
    rows of a table. Links in Markdown count as links.
    """
    longest = watch.limits.line_length if watch is not None else None
    stop = watch.next_stop(0) if watch is not None else None
    box = Box("", None, 0, (), 0, 0)
    lines: list[Line] = []
    split: list[tuple[int, int]] = []
    block = 0
    # str.splitlines would also break at U+2028, form feeds and file separators.
    raws = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    if "  " in text:
        raws = _with_tabs(raws)
    width = _wrapped_at(raws)
    if width is not None:
        raws = _unwrapped(raws, width)
    dense = all(map(str.strip, raws))
    for raw in raws:
        line = " ".join(raw.split()) if "\t" not in raw else _row(raw)
        if not line or is_blank(line):
            block += 1
            continue
        if dense and (len(line) > _LONG or (lines and len(lines[-1].text) > _LONG)):
            block += 1
        parts = _boxes(raw) if "   " in raw or "\u00a0" in raw or "\u3000" in raw else None
        for k, part in enumerate(parts or (line,)):
            links, chars = _links(part) if "](" in part else (0, 0)
            made = Line(len(lines), part, block, box, chars, links, " " if k else None)
            if longest is not None and len(part) > longest and watch is not None:
                watch.over("line_length", f"a line of {len(part)} characters is handled in parts of {longest}")
                start = len(lines)
                lines.extend(parts_of(made, longest))
                split.append((start, len(lines)))
            else:
                lines.append(made)
        if stop is not None and len(lines) >= stop and watch is not None:
            stop = watch.next_stop(len(lines))
            if stop == 0:
                break
    box.end = len(lines)
    return Page(source=Source.TEXT, url=url, lines=lines, boxes=[box], split=split, spaced=not dense)


def _row(raw: str) -> str:
    """A table row keeps the tabs between its cells."""
    return "\t".join([" ".join(cell.split()) for cell in raw.split("\t")]).strip()


def _with_tabs(raws: Sequence[str]) -> list[str]:
    """The lines with a tab between the cells of tables that were set with spaces."""
    done = list(raws)
    rows = [_COLUMN.split(raw.strip()) if "  " in raw and len(raw) <= _LONGEST_ROW else [] for raw in raws]
    start = 0
    for i in range(1, len(raws) + 1):
        if i < len(raws) and len(rows[i]) == len(rows[start]):
            continue
        if len(rows[start]) > 1 and i - start >= _LEAST_ROWS:
            numbers = sum([1 for row in rows[start:i] if any(_NUMBER.match(cell) for cell in row[1:])])
            if 2 * numbers >= i - start:
                done[start:i] = ["\t".join(row) for row in rows[start:i]]
        start = i
    return done


def _boxes(raw: str) -> list[str] | None:
    """The headlines or menu items of one line that stand apart by several spaces; None for what is none of those.

    Sentences that a typist set apart so are no boxes.
    """
    if "\t" in raw:
        return None
    parts = [" ".join(part.split()) for part in _GAP.split(raw.strip())]
    if len(parts) < _LEAST_PARTS or any(is_blank(part) or part[-1] in ".。।۔" for part in parts):
        return None
    return parts


def _links(line: str) -> tuple[int, int]:
    """How many Markdown links a line holds, and how many of its characters are in them."""
    sizes = [len(match[0]) for match in _LINK.finditer(line)]
    return len(sizes), sum(sizes)


def _wrapped_at(raws: Sequence[str]) -> int | None:
    """The column at which a text was wrapped; None if it was not.

    A wrapped line is full: the first word of the next would not have fitted. Most longer lines of
    such a text that another follows are, several in a row, and many of those that follow go on in
    small letters, where the script has them: a list of headlines does not, nor a menu.
    """
    lengths = sorted(_columns(raw.rstrip()) for raw in raws if raw and not raw.isspace())
    if len(lengths) < _LEAST_WRAPPED:
        return None
    width = lengths[-1 - int(_OVERLONG * len(lengths))]
    if not _NARROWEST <= width <= _WIDEST:
        return None
    longer = full = in_rows = row = small = capital = 0
    for raw, after in pairwise([*raws, ""]):
        followed = bool(raw.strip() and after.strip())
        if followed and _runs_on(raw, after, width):
            row += 1
            first = after.lstrip()[0]
            small += first.islower()
            capital += first.isupper()
        else:
            in_rows += row if row >= _LEAST_ROW else 0
            full += row
            row = 0
        longer += followed and _columns(raw.rstrip()) >= _LONGER * width
    told = in_rows >= _LEAST_WRAPPED and full >= _MOST_FULL * longer
    # Paragraphs of two lines each stand in no row.
    told = told or (full >= _LEAST_WRAPPED and full >= _NEARLY_ALL * longer)
    return width if told and small >= _LEAST_SMALL * (small + capital) else None


def _columns(text: str) -> int:
    """How wide a line is: signs of Han and kana take two columns."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _runs_on(raw: str, after: str, width: int) -> bool:
    """Whether a line was broken because the next word did not fit, or the next sign of a script without spaces."""
    line, rest = raw.rstrip(), after.lstrip()
    if "\t" in raw or "\t" in after or _OPENER.match(after) or len(after) - len(rest) > len(raw) - len(raw.lstrip()):
        return False
    if _parts_no_words(line, rest):
        return _columns(line) > width - _WIDE_COLUMNS
    # Phrases of Thai and the like are long: a line may hold but one.
    several = " " in line.lstrip() or "\u0e00" <= line[-1] <= "\u17ff"
    return several and _columns(line) + 1 + _columns(rest.split(None, 1)[0]) > width


def _parts_no_words(line: str, rest: str) -> bool:
    """Whether no space belongs between the end of a line and the next."""
    return _WIDE.match(line[-1]) is not None and _WIDE.match(rest) is not None


def _is_label(raw: str) -> bool:
    """Whether a line is known as one of its own: "Advertisement", "Read also"."""
    return len(raw) <= _LONGEST_LABEL and key_of(normalise(raw.strip())) in load().whole


def _unwrapped(raws: Sequence[str], width: int) -> list[str]:
    """The lines with those joined that wrapping had parted."""
    whole: list[list[str]] = []
    before = ""
    for raw in raws:
        if whole and before.strip() and raw.strip() and _runs_on(before, raw, width) and not _is_label(raw):
            whole[-1] += [raw.lstrip()] if _parts_no_words(before.rstrip(), raw.lstrip()) else [" ", raw]
        else:
            whole.append([raw.rstrip()])
        before = raw
    return ["".join(parts) for parts in whole]
