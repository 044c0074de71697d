"""All that the workbench writes: one rule file, and fixtures in one folder."""

from __future__ import annotations

import json
import os
import re
import tempfile
from hashlib import sha256
from pathlib import Path

from boilerstrip import Document
from boilerstrip.testing import removed_lines
from boilerstrip.workbench.desk import SavedPage

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


class NotSavedError(ValueError):
    """Something was not written; the message says why."""


class Storage:
    """Writes to the two places that were named at the start, and nowhere else.

    rules     the rule file; need not be there yet
    fixtures  the folder of fixtures; is made when the first one is saved
    """

    def __init__(self, rules: Path, fixtures: Path) -> None:
        self.rules = rules.absolute()
        self.fixtures = fixtures.absolute()

    def read_rules(self) -> str:
        """The text of the rule file, empty if there is none. Raises OSError or UnicodeDecodeError."""
        return self.rules.read_text("utf-8") if self.rules.exists() else ""

    def save_rules(self, text: str, seen: str) -> None:
        """Write the rule file, if it still holds what the browser has ``seen`` (``mark_of``)."""
        if mark_of(self.read_rules()) != seen:
            raise NotSavedError(f"{self.rules.name} has changed on the disk; reload the page to see it")
        self.rules.parent.mkdir(parents=True, exist_ok=True)
        _write(self.rules, text.encode())

    def save_fixture(self, name: str, page: SavedPage, wanted: Document) -> Path:
        """Write a page and what must become of it; over an older one of this name, if it is of the same page."""
        if not _NAME.fullmatch(name):
            raise NotSavedError("a fixture's name is made of small letters, digits, - and _, up to 80")
        root = self.fixtures.resolve()
        folder = (root / name).resolve()
        if folder.parent != root:
            raise NotSavedError(f"{name} is a link that leads out of {self.fixtures.name}")
        file = folder / ("page.html" if wanted.source.value == "html" else "page.txt")
        for each in folder.glob("page.*"):
            if each != file or each.read_bytes() != page.data:
                raise NotSavedError(f"there is a fixture {name} of another page; take another name")
        folder.mkdir(parents=True, exist_ok=True)
        _write(file, page.data)
        _write(folder / "expected.txt", f"{wanted.text}\n".encode())
        rows = [
            json.dumps({"line": line, "filter": by}, ensure_ascii=False) + "\n" for line, by in removed_lines(wanted)
        ]
        _write(folder / "removed.jsonl", "".join(rows).encode())
        if page.url:
            _write(folder / "url.txt", f"{page.url}\n".encode())
        return folder


def mark_of(text: str) -> str:
    """What tells one state of a file from another."""
    return sha256(text.encode()).hexdigest()


def _write(path: Path, data: bytes) -> None:
    """The whole of a file or nothing of it."""
    if path.is_symlink():
        raise NotSavedError(f"{path.name} is a link; nothing was written")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
