"""The conventions of those who flatten pages: each language's page comes out right whatever its lines are like."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

import pytest
from fixture_cases import Case, all_cases

import boilerstrip

PAGES = [case for case in all_cases() if case.family == "pages" and case.name.endswith("_flattened")]
# Lists of these stand side by side in one line where their boxes did.
SIDE_BY_SIDE = frozenset(["ticker", "most_read", "nav_menu", "read_also"])
IN_BARS = frozenset(["nav_menu", "legal_notice", "share_bar"])
_WIDE = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uff00-\uff60]")
COLUMNS = 72


def blocks_of(case: Case) -> list[tuple[list[str], set[str]]]:
    """The lines of each block, with the families that take them; an empty name for what stays."""
    filters = {line: names[0] for line, names in case.removed or ()}
    blocks = [block.split("\n") for block in re.split("\n\n+", text_of(case).strip("\n"))]
    return [(block, {filters.get(" ".join(line.split()), "") for line in block}) for block in blocks]


def text_of(case: Case) -> str:
    return case.page.decode("utf-8")


def wrapped(case: Case) -> str:
    """At 72 columns: between words, or between the signs of a script that has no spaces."""
    return "\n".join(wrap(line) for line in text_of(case).split("\n"))


def wrap(line: str) -> str:
    if "\t" in line:
        return line.replace("\t", "      ")
    if not _WIDE.search(line):
        return textwrap.fill(line, COLUMNS, break_long_words=False, break_on_hyphens=False) if line else line
    rows = [""]
    used = 0
    for sign in line:
        width = 2 if _WIDE.match(sign) else 1
        if used + width > COLUMNS:
            rows.append("")
            used = 0
        rows[-1] += sign
        used += width
    return "\n".join(rows)


def dense(case: Case) -> str:
    return re.sub("\n\n+", "\n", text_of(case))


def spaced(case: Case) -> str:
    return "\n\n".join(line for line in text_of(case).split("\n") if line.strip())


def side_by_side(case: Case) -> str:
    return "\n\n".join(
        ("     " if len(block) > 2 and names <= SIDE_BY_SIDE else "\n").join(block) for block, names in blocks_of(case)
    )


def in_bars(case: Case) -> str:
    return "\n\n".join(
        (" | " if len(block) > 2 and names <= IN_BARS else "\n").join(block) for block, names in blocks_of(case)
    )


def markdown(case: Case) -> str:
    """Bullets before the items of lists, bars between cells, a mark before the headline."""
    blocks = []
    for block, names in blocks_of(case):
        mark = "* " if len(block) > 1 and "" not in names else "# " if names == {"repeated_title"} else ""
        blocks.append("\n".join(mark + line for line in block).replace("\t", " | "))
    return "\n\n".join(blocks)


# How a page is written, and how many of its lines may come out wrong.
CONVENTIONS: dict[str, tuple[Callable[[Case], str], int]] = {
    "windows line ends": (lambda case: text_of(case).replace("\n", "\r\n"), 0),
    "old line ends": (lambda case: text_of(case).replace("\n", "\r"), 0),
    "no blank lines": (dense, 0),
    "blank lines everywhere": (spaced, 0),
    "spaces at the ends": (lambda case: text_of(case).replace("\n", "   \n"), 0),
    "indented": (lambda case: textwrap.indent(text_of(case), "    "), 0),
    "boxes side by side": (side_by_side, 0),
    "tables set with spaces": (lambda case: text_of(case).replace("\t", "      "), 0),
    "menus in bars": (in_bars, 1),
    "Markdown": (markdown, 1),  # the last headline of a list amid the article may be a subheading
    "wrapped": (wrapped, 1),
    "wrapped, no blank lines": (lambda case: re.sub("\n\n+", "\n", wrapped(case)), 2),
}


def mistakes(case: Case, page: str) -> list[str]:
    """The lines of the article that are lost, and the pieces of furniture that are left, wherever lines end."""
    left = " ".join(boilerstrip.clean(page, source="text").replace(" | ", " ").split())
    wrong = []
    for line in sorted(case.expected.split("\n"), key=len, reverse=True):
        text = " ".join(line.split())
        if text not in left:
            wrong.append(f"lost: {text}")
        left = left.replace(text, "\0", 1) if text else left
    return wrong + [f"leaked: {piece}" for piece in left.split("\0") if piece.strip()]


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name.removesuffix("_flattened"))
def test_each_language_in_each_convention(case: Case, convention: str) -> None:
    write, most = CONVENTIONS[convention]
    wrong = mistakes(case, write(case))
    assert len(wrong) <= most, wrong
