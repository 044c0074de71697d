"""The saved pages of ``fixtures/``: how they are found, read and compared. See CONTRIBUTING.md."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import boilerstrip
from boilerstrip import Document, Pipeline
from boilerstrip.page import Line
from boilerstrip.render import visible_lines

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"


# Cases that the library gets wrong, and why: shipped as they are, so that they are seen, and
# strict, so that they leave this table the day they pass.
KNOWN_FAILURES = {
    "repeated_title/text_ar": "in flattened text a caption without a credit, below the headline, reads like a standfirst",
    "repeated_title/trap_headline_words_in_prose": "a standfirst on a page that shows no headline stands alone",
}


@dataclass(frozen=True)
class Case:
    """One folder of fixtures: a page, the text it must give, and who must take each other line."""

    family: str
    name: str
    page: bytes
    source: str
    expected: str
    # (line, families that may be on record for it; the first is the one that owns it)
    removed: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def id(self) -> str:
        return f"{self.family}/{self.name}"

    @property
    def is_trap(self) -> bool:
        return self.name.startswith("trap_")

    def run(self, pipeline: Pipeline | None = None) -> Document:
        return boilerstrip.extract(self.page, pipeline=pipeline)


def read_case(folder: Path) -> Case:
    page = next(folder.glob("page.*"))
    rows = [json.loads(row) for row in (folder / "removed.jsonl").read_text("utf-8").splitlines() if row.strip()]
    return Case(
        family=folder.parent.name,
        name=folder.name,
        page=page.read_bytes(),
        source=page.suffix.removeprefix("."),
        expected=(folder / "expected.txt").read_text("utf-8").strip(),
        removed=tuple((row["line"], (row["filter"], *row.get("also", ()))) for row in rows),
    )


def all_cases() -> list[Case]:
    return [read_case(page.parent) for page in sorted(FOLDER.glob("*/*/page.*"))]


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
    """What is wrong with a default run of a case; empty if nothing is."""
    wrong = []
    if document.text != case.expected:
        have, want = document.text.split("\n"), case.expected.split("\n")
        wrong += [f"leaked: {line}" for line in have if line and line not in want]
        wrong += [f"lost: {line}" for line in want if line and line not in have]
        if not wrong:
            wrong.append("text: same lines, other order or spacing")
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
    must = [line for line, names in case.removed if names[0] == case.family]
    may = [line for line, names in case.removed if case.family in names or case.family == "main_content"]
    taken = [line for line, _ in removed_lines(document)]
    wrong += [f"alone, not taken: {line}" for line in must if line not in taken]
    wrong += [f"alone, took: {line}" for line in taken if line not in may]
    return wrong
