"""Saved pages with what must become of them: how they are found, read and compared.

A case is a folder with ``page.html`` or ``page.txt`` and ``expected.txt``, the text it must give; it
may hold ``removed.jsonl``, every other line with the filter that must take it, and ``url.txt``,
where the page comes from.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import boilerstrip
from boilerstrip import Document, Pipeline
from boilerstrip.page import Line
from boilerstrip.render import visible_lines


@dataclass(frozen=True)
class Case:
    """One folder: a page, the text it must give, and who must take each other line."""

    family: str
    name: str
    page: bytes
    source: str
    expected: str
    # (line, families that may be on record for it; the first is the one that owns it); None if not said
    removed: tuple[tuple[str, tuple[str, ...]], ...] | None
    url: str | None = None

    @property
    def id(self) -> str:
        return f"{self.family}/{self.name}"

    @property
    def is_trap(self) -> bool:
        return self.name.startswith("trap_")

    def run(self, pipeline: Pipeline | None = None) -> Document:
        """What becomes of the page."""
        return boilerstrip.extract(self.page, url=self.url, pipeline=pipeline)


def read_case(folder: Path) -> Case:
    """The case in a folder. Raises OSError, UnicodeDecodeError or ValueError for one that is not in order."""
    page = next(folder.glob("page.*"))
    removed = url = None
    if (folder / "removed.jsonl").exists():
        rows = [json.loads(row) for row in (folder / "removed.jsonl").read_text("utf-8").splitlines() if row.strip()]
        removed = tuple((row["line"], (row["filter"], *row.get("also", ()))) for row in rows)
    if (folder / "url.txt").exists():
        url = (folder / "url.txt").read_text("utf-8").strip()
    return Case(
        family=folder.parent.name,
        name=folder.name,
        page=page.read_bytes(),
        source=page.suffix.removeprefix("."),
        expected=(folder / "expected.txt").read_text("utf-8").strip(),
        removed=removed,
        url=url,
    )


def cases_in(folder: Path) -> list[Case]:
    """The cases whose folders stand in this one."""
    return [read_case(page.parent) for page in sorted(folder.glob("*/page.*"))]


def removed_lines(document: Document) -> list[tuple[str, str]]:
    """(line as a reader sees it, filter that took it); parts split at inline elements rejoined."""
    by_line = {r.line: r.filter for r in document.removals}
    rows: list[tuple[str, str]] = []
    for parts in visible_lines(document.lines):
        run: list[Line] = []
        for part in parts:
            if run and by_line.get(run[-1].index) != by_line.get(part.index):
                rows.extend(_row(run, by_line))
                run = []
            run.append(part)
        rows.extend(_row(run, by_line))
    return rows


def _row(run: list[Line], by_line: dict[int, str]) -> list[tuple[str, str]]:
    name = by_line.get(run[0].index)
    if name is None:
        return []
    text = run[0].text + "".join((part.glue or "") + part.text for part in run[1:])
    return [(text, name)]


def differences(case: Case, document: Document) -> list[str]:
    """What is wrong with the outcome for a case; empty if nothing is."""
    wrong = []
    if document.text != case.expected:
        have, want = document.text.split("\n"), case.expected.split("\n")
        wrong += [f"leaked: {line}" for line in have if line and line not in want]
        wrong += [f"lost: {line}" for line in want if line and line not in have]
        if not wrong:
            wrong.append("text: same lines, other order or spacing")
    if case.removed is None:
        return wrong
    expected = list(case.removed)
    for line, name in removed_lines(document):
        found = next((row for row in expected if row[0] == line), None)
        if found is None:
            wrong.append(f"[{name}] took: {line}")
            continue
        expected.remove(found)
        if name not in found[1]:
            wrong.append(f"[{name}] instead of {'/'.join(found[1])}: {line}")
    wrong += [f"not taken ({'/'.join(names)}): {line}" for line, names in expected]
    return wrong


def differences_alone(case: Case, document: Document) -> list[str]:
    """What is wrong with a run of the case's own family alone."""
    wrong = []
    removed = case.removed or ()
    must = [line for line, names in removed if names[0] == case.family]
    may = [line for line, names in removed if case.family in names or case.family == "main_content"]
    taken = [line for line, _ in removed_lines(document)]
    wrong += [f"alone, not taken: {line}" for line in must if line not in taken]
    wrong += [f"alone, took: {line}" for line in taken if line not in may]
    return wrong
