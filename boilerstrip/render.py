"""Kept lines → text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boilerstrip.page import Box, Line

_ROWS = frozenset(["tr"])


def to_text(lines: Iterable[Line]) -> str:
    """Lines as plain text: a blank line between paragraphs, none inside lists and tables."""
    out: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None:
            out.append(_between(before, line))
        out.append(line.text)
        before = line
    return "".join(out)


def visible_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines as a reader sees them: parts that were split at an inline element put together."""
    whole: list[list[Line]] = []
    for line in lines:
        if line.glue is not None and whole and whole[-1][-1].index == line.index - 1:
            whole[-1].append(line)
        else:
            whole.append([line])
    return whole


def _between(before: Line, line: Line) -> str:
    if line.block == before.block:
        if line.glue is not None:
            return line.glue if before.index == line.index - 1 else " "
        return "\n"
    if item_of(before) is not None and item_of(before) is item_of(line):
        return "\n"
    return "\n\n"


def item_of(line: Line) -> Box | None:
    """The list or table that a line is an item or row of, if it is one."""
    box: Box | None = line.box
    for _ in range(3):
        if box is None:
            return None
        if box.tag in ("li", "dt", "dd"):
            return box.parent
        if box.tag == "tr":
            table = box.parent
            return table.parent if table is not None and table.tag in ("tbody", "thead", "tfoot") else table
        box = box.parent
    return None
