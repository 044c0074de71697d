"""``python -m boilerstrip.rules``: words/*.toml → words.json and docs/coverage.md."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boilerstrip.rules.compile import tables_of
from boilerstrip.rules.coverage import counts_of, markdown
from boilerstrip.rules.tables import Tables, write

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"


def compile_packs(folder: Path = HERE / "words") -> str:
    """The text of ``words.json``: the tables of all word files in ``folder``."""
    return write(tables_of(packs_in(folder)))


def packs_in(folder: Path = HERE / "words") -> Iterator[dict[str, Any]]:
    """The word files in ``folder``, by name, their phrases without the examples."""
    for path in sorted(folder.glob("*.toml")):
        yield without_examples(tomllib.loads(path.read_text("utf-8")))


def without_examples(pack: dict[str, Any]) -> dict[str, Any]:
    """A pack with each ``[phrase, drops, keeps]`` row cut down to its phrase."""
    families = {
        family: {how: [row[0] for row in rows] for how, rows in kinds.items()}
        for family, kinds in pack.get("family", {}).items()
    }
    return {**pack, "family": families}


def coverage_page(tables: Tables) -> str:
    """The text of ``docs/coverage.md``."""
    return f"""# Words by language and family

How many phrases each word pack has; this page is written by `python -m boilerstrip.rules`, and the table is what
`boilerstrip rules coverage` prints. A dash says that the pack has no phrase for that family.

{markdown(counts_of(tables))}"""


if __name__ == "__main__":
    tables = tables_of(packs_in())
    made = {HERE / "words.json": write(tables)}
    # Only a checkout has the documentation.
    if DOCS.is_dir():
        made[DOCS / "coverage.md"] = coverage_page(tables)
    for target, text in made.items():
        if "--check" not in sys.argv[1:]:
            target.write_text(text, "utf-8")
        elif not target.exists() or target.read_text("utf-8") != text:
            sys.exit(f"{target} is stale: run python -m boilerstrip.rules")
