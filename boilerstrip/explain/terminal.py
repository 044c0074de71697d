"""The trace in a terminal: plain lines for pipes and files, and the same in colour where rich is installed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from boilerstrip.explain.trace import Claim, Trace
from boilerstrip.extras import need

KEEP = "keep"
# Bars in the table of counts are of so many cells.
_BAR = 24
_STYLES = (
    "cyan", "magenta", "yellow", "green", "blue", "red", "bright_cyan", "bright_magenta", "dark_orange",
    "bright_green", "bright_blue", "bright_red",
)  # fmt: skip


class Row(NamedTuple):
    """One line of the view: its number, the filter that took it or "keep", its text, and why."""

    line: int
    fate: str
    text: str
    why: str


def rows(trace: Trace, *, only: str | None = None, filters: Collection[str] = ()) -> Iterator[Row]:
    """The lines of a page in order.

    only     ``removed`` or ``kept``, for lines of that fate
    filters  for lines that one of these filters took
    """
    for i, line in enumerate(trace.lines):
        if only is not None and (only == "kept") != (line.by is None):
            continue
        if filters and line.by not in filters:
            continue
        yield Row(i, line.by or KEEP, line.text, _why(line.reason))


def _why(claim: Claim | None) -> str:
    if claim is None:
        return ""
    beside = f" (line {claim.witness})" if claim.witness is not None else ""
    protects = f"protected by {claim.filter}, " if claim.keep else ""
    return f"{protects}{claim.kind}: {claim.what}{beside}"


def head(trace: Trace, name: str) -> list[tuple[str, str]]:
    """What is said of the page as a whole: (label, text)."""
    return [
        ("file", name),
        ("title", trace.title or "-"),
        ("lang", trace.lang or "-"),
        ("verdict", trace.verdict),
        *(("warning", f"{where}: {message}") for where, message in trace.warnings),
    ]


def plain(trace: Trace, name: str, shown: Sequence[Row]) -> str:
    """The view as text: a head, then each line with its fate in front and the reason behind it."""
    lines = [f"{label:8} {text}" for label, text in head(trace, name)]
    lines.append("")
    width = max((len(row.fate) for row in shown), default=0)
    lines += [f"{row.fate:{width}}  {row.text}{f'  [{row.why}]' if row.why else ''}" for row in shown]
    return "\n".join([*lines, ""])


def coloured(trace: Trace, name: str, shown: Sequence[Row]) -> Any:
    """The view for rich: kept lines plain, removed ones dimmed, in their filter's colour; then the counts.

    Raises MissingExtraError without rich.
    """
    Group, Table, Text = _rich("console").Group, _rich("table").Table, _rich("text").Text  # noqa: N806 - classes
    # Text objects throughout: a page's own brackets are no markup.
    style = {f.name: _STYLES[i % len(_STYLES)] for i, f in enumerate(trace.filters)}
    about = Table.grid(padding=(0, 2))
    for label, text in head(trace, name):
        about.add_row(Text(label, "bold"), Text(text, "bold red" if label == "warning" else ""))
    story = Table.grid(padding=(0, 2))
    story.add_column(justify="right", style="dim", no_wrap=True)
    story.add_column(no_wrap=True)
    story.add_column(overflow="fold")
    for row in shown:
        kept = row.fate == KEEP
        said = Text(row.text, "" if kept else f"dim {style[row.fate]}")
        if row.why:
            said.append(f"  {row.why}", "italic dim")
        story.add_row(str(row.line), Text("" if kept else row.fate, style.get(row.fate, "")), said)
    return Group(about, Text(), story, Text(), _counts(trace, style))


def _counts(trace: Trace, style: dict[str, str]) -> Any:
    Table, Text = _rich("table").Table, _rich("text").Text  # noqa: N806 - classes
    counts = trace.counts()
    most = max(counts.values(), default=1)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right")
    for name, count in sorted(counts.items(), key=lambda item: -item[1]):
        bar = "▪" * max(1, round(_BAR * count / most))
        table.add_row(Text(str(count)), Text(name, style[name]), Text(bar, style[name]))
    kept = sum(line.by is None for line in trace.lines)
    table.add_row(Text(str(kept), "bold"), Text(f"kept of {len(trace.lines)} lines", "bold"), Text())
    return table


def console() -> Any:
    """What prints a coloured view. Raises MissingExtraError without rich."""
    return _rich("console").Console(force_terminal=True, highlight=False)


def _rich(module: str) -> Any:
    return need(f"rich.{module}", "explain", "a trace in colour")
