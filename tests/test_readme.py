"""The README and the pages of docs/ keep their word: their Python runs, the table is the filters' own."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from boilerstrip import Pipeline
from boilerstrip.pipeline import name_of

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("name", PAGES)
def test_python_blocks_run(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """In order and in one name space, as a reader would paste them."""
    monkeypatch.chdir(ROOT)
    text = (ROOT / name).read_text("utf-8")
    names: dict[str, object] = {"__name__": "readme"}
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    assert blocks or name != "README.md"
    for block in blocks:
        code = block[1]
        line = text.count("\n", 0, block.start(1))
        if ">>>" in code:
            session = doctest.DocTestParser().get_doctest(code, names, name, name, line)
            said: list[str] = []
            failed, tried = doctest.DocTestRunner(verbose=False).run(session, out=said.append, clear_globs=False)
            assert tried
            assert not failed, "".join(said)
            names.update(session.globs)
        else:
            # Line ends in front: a traceback names the page's own line.
            exec(compile("\n" * line + code, name, "exec"), names)  # noqa: S102 - our own text


def test_table_of_filters() -> None:
    section = README.partition("\n## The filters\n")[2].partition("\n## ")[0]
    table = "".join(f"| `{name_of(each)}` | {getattr(each, 'summary', '')} |\n" for each in Pipeline.default())
    assert f"|---|---|\n{table}\n" in section, f"the table must read:\n{table}"


@pytest.mark.parametrize("name", PAGES)
def test_files_that_are_pointed_to_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / name).parent / target).exists(), target
