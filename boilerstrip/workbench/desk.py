"""The pages on the desk, and what a rule file does to each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

import msgspec

from boilerstrip import Document, Evidence, Pipeline, Removal, extract
from boilerstrip.explain.record import Recording
from boilerstrip.render import to_text, visible_lines
from boilerstrip.rulefiles import Problem, RuleError, Rules, parse_rules
from boilerstrip.testing import read_case

_PAGES = ("page.html", "page.txt")
_SUFFIXES = (".html", ".htm", ".xhtml", ".txt")


class ShownLine(msgspec.Struct, omit_defaults=True):
    """A line as the browser shows it: text, what took it before any rules, and why."""

    text: str
    base: str | None = None
    why: str = ""
    part: bool = False  # of the visible line before it


class ShownPage(msgspec.Struct, omit_defaults=True):
    """A page as the browser shows it. ``marks``: by line, whether it must stay, as a fixture beside it says."""

    name: str
    url: str
    title: str
    lang: str
    source: str
    lines: list[ShownLine]
    marks: dict[int, bool]


class Fate(msgspec.Struct, omit_defaults=True):
    """What a rule file makes of a page: by line, the filter that takes it, and why where that is new."""

    now: list[str | None]
    why: dict[int, str]
    warnings: list[str] = []


class RuleLines(msgspec.Struct):
    """What one rule does: by page (its index), the lines that it claims or, as a keep rule, protects."""

    name: str
    keep: bool
    lines: dict[int, list[int]]


class Outcome(msgspec.Struct):
    """What a rule file makes of all pages; with ``problems``, nothing was tried."""

    problems: list[Problem]
    pages: list[Fate]
    rules: list[RuleLines]
    families: list[str]


class SavedPage:
    """One page on the desk."""

    def __init__(self, name: str, data: bytes, url: str | None = None, folder: Path | None = None) -> None:
        self.name = name
        self.data = data
        self.url = url
        self.base = extract(data, url=url)
        self.marks = _marks(folder, self.base) if folder is not None else {}

    def at(self, url: str | None) -> None:
        """Say where the page comes from: sections for sites go by that."""
        self.base = extract(self.data, url=url)
        self.url = url

    def shown(self) -> ShownPage:
        taken = {removal.line: removal for removal in self.base.removals}
        return ShownPage(
            name=self.name,
            url=self.url or "",
            title=self.base.title or "",
            lang=self.base.lang or "",
            source=self.base.source.value,
            lines=[
                ShownLine(line.text, removal.filter, str(removal.evidence), line.glue is not None)
                if (removal := taken.get(line.index)) is not None
                else ShownLine(line.text, part=line.glue is not None)
                for line in self.base.lines
            ],
            marks=self.marks,
        )


class Desk:
    """The pages that are open.

    file  what messages and evidence call the rules
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.pages: list[SavedPage] = []
        self._one_at_a_time = Lock()

    def open(self, path: Path) -> None:
        """Put a page on the desk, or all pages of a folder and of the folders in it.

        Raises OSError for what cannot be read.
        """
        if not path.is_dir():
            folder = path.parent if path.name in _PAGES else None
            self.pages.append(SavedPage(_name_of(path), path.read_bytes(), _url_of(path), folder))
            return
        for each in sorted(path.rglob("*")):
            if each.is_file() and each.suffix.lower() in _SUFFIXES and each.name not in ("expected.txt", "url.txt"):
                self.open(each)

    def add(self, name: str, data: bytes) -> ShownPage:
        """Put a page on the desk that the browser sent."""
        page = SavedPage(name, data)
        self.pages.append(page)
        return page.shown()

    def page(self, index: int) -> SavedPage:
        """A page by its place. Raises IndexError for one that is not there."""
        if index < 0:
            raise IndexError(index)
        return self.pages[index]

    def rules(self, text: str) -> Rules | None:
        """The rules of a text; None for one that holds nothing yet. Raises RuleError."""
        if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
            return None
        return parse_rules(text, self.file)

    def run(self, text: str) -> Outcome:
        """What the rules of a text make of every page."""
        try:
            rules = self.rules(text)
        except RuleError as error:
            return Outcome(list(error.problems), [], [], [])
        pipeline = _pipeline(rules)
        found: dict[tuple[str, bool], RuleLines] = {}
        if rules is not None:
            for rule in rules.rules:
                found[rule.name, rule.keeps_lines] = RuleLines(rule.name, rule.keeps_lines, {})
        with self._one_at_a_time:
            pages = list(self.pages)
            fates = [self._fate(page, i, pipeline, found) for i, page in enumerate(pages)]
        families = list(dict.fromkeys(rule.family for rule in rules.rules)) if rules is not None else []
        return Outcome([], fates, list(found.values()), families)

    def _fate(self, page: SavedPage, index: int, pipeline: Pipeline, found: dict[tuple[str, bool], RuleLines]) -> Fate:
        recording = Recording(pipeline)
        document = extract(page.data, url=page.url, pipeline=recording.pipeline)
        for name, keep, line in _claims_of_rules(recording, f"{self.file}: "):
            rule = found.setdefault((name, keep), RuleLines(name, keep, {}))
            lines = rule.lines.setdefault(index, [])
            if line not in lines[-1:]:
                lines.append(line)
        for rule in found.values():
            if index in rule.lines:
                rule.lines[index] = sorted(set(rule.lines[index]))
        base = {removal.line: removal.filter for removal in page.base.removals}
        taken = {removal.line: removal for removal in document.removals}
        kept_by = {protection.line: protection for protection in document.protections}
        why: dict[int, str] = {}
        now: list[str | None] = [None] * len(document.lines)
        for i in range(len(document.lines)):
            removal = taken.get(i)
            now[i] = removal.filter if removal is not None else None
            if removal is not None and now[i] != base.get(i):
                why[i] = str(removal.evidence)
            elif removal is None and i in kept_by:
                why[i] = f"protected, {kept_by[i].evidence}"
        return Fate(now, why, [f"{warning.where}: {warning.message}" for warning in document.warnings])

    def marked(self, index: int, text: str, marks: Mapping[int, bool], family: str) -> tuple[SavedPage, Document]:
        """A page as its marks want it: lines without a mark stay as the rules have them.

        family  the filter that shall take the lines that no filter takes yet

        Raises RuleError, and IndexError for a page that is not there.
        """
        page = self.page(index)
        document = extract(page.data, url=page.url, pipeline=_pipeline(self.rules(text)))
        by = {removal.line: removal for removal in document.removals}
        removals = []
        for line in document.lines:
            removal = by.get(line.index)
            if marks.get(line.index, removal is None):
                continue
            removals.append(removal or Removal(line.index, family, Evidence("rule", "marked")))
        gone = {removal.line for removal in removals}
        kept = to_text(line for line in document.lines if line.index not in gone)
        return page, replace(document, text=kept, removals=removals)


def _pipeline(rules: Rules | None) -> Pipeline:
    default = Pipeline.default()
    return default if rules is None else default.with_rules(rules)


def _claims_of_rules(recording: Recording, prefix: str) -> Iterator[tuple[str, bool, int]]:
    """(name of the rule, whether it keeps, line) of all that rules of a file said."""
    for f in recording.filters:
        for said in f.said or ():
            decision = said.decision
            if decision.evidence.kind == "rule" and decision.evidence.what.startswith(prefix):
                name = decision.evidence.what.removeprefix(prefix).partition(": ")[0]
                for line in said.lines:
                    yield name, decision.keep, line


def _name_of(path: Path) -> str:
    """A page's name: its file's, or its folder's where the file is called as fixtures call it."""
    return path.parent.name if path.name in _PAGES else path.stem


def _url_of(path: Path) -> str | None:
    beside = path.parent / "url.txt"
    return beside.read_text("utf-8").strip() if path.name in _PAGES and beside.is_file() else None


def _marks(folder: Path, document: Document) -> dict[int, bool]:
    """What a fixture says of each line; lines of which it says nothing clear have no mark."""
    if not (folder / "expected.txt").is_file():
        return {}
    case = read_case(folder)
    expected = [line for line in case.expected.split("\n") if line]
    removed = None if case.removed is None else [line for line, _ in case.removed]
    marks: dict[int, bool] = {}
    for parts in visible_lines(document.lines):
        start = 0
        while start < len(parts):
            for end in range(len(parts), start, -1):
                text = parts[start].text + "".join((part.glue or "") + part.text for part in parts[start + 1 : end])
                stays = _next_is(expected, text)
                if not stays and removed is not None and not _next_is(removed, text):
                    continue
                queue = expected if stays else removed
                if queue is not None:
                    queue.pop(0)
                marks |= {part.index: stays for part in parts[start:end]}
                start = end
                break
            else:
                start += 1
    return marks


def _next_is(queue: Sequence[str], text: str) -> bool:
    return bool(queue) and queue[0] == text
