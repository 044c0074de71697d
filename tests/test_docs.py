"""The pages of docs/ keep their word: what they show of the command line is what it says.

The files that a page shows (an HTML or TOML block whose first line is a comment with a name) lie in
the folder in which its ``console`` blocks run. Python blocks run in test_readme.py.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from boilerstrip.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"(?:# |<!-- )([\w.-]+\.\w+)(?: -->)?\n")


def blocks_of(path: Path) -> list[tuple[str, str]]:
    """(language, text) of the code blocks of a page."""
    return [(block[1], block[2]) for block in _BLOCK.finditer(path.read_text("utf-8"))]


PAGES = [path for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) if "```console" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_commands_say_what_the_page_shows(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for language, text in blocks_of(path):
        named = _NAMED.match(text)
        if named is not None and language in ("html", "toml"):
            (tmp_path / named[1]).write_text(text, "utf-8")
        if language == "console":
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                program, *arguments = shlex.split(command)
                assert program == "boilerstrip", command
                assert CliRunner().invoke(main, arguments).output.strip() == shown.strip(), command


@pytest.mark.skipif(not DOCS.is_dir(), reason="an installed package has no docs/")
def test_the_page_on_plug_ins_shows_the_example() -> None:
    files = [
        path.read_text("utf-8") for path in (ROOT / "examples" / "boilerstrip-weather").rglob("*.*") if path.is_file()
    ]
    lines = {line for text in files for line in text.splitlines()}
    shown = [text for language, text in blocks_of(DOCS / "plugins.md") if language in ("py", "toml")]
    shown = [text for text in shown if "with_plugins" not in text]
    assert len(shown) == 3
    for text in shown:
        missing = [line for line in text.splitlines() if line and line not in lines]
        assert missing == []
