"""``python -m boilerstrip.rules``: words/*.toml → words.json."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boilerstrip.rules.compile import tables_of
from boilerstrip.rules.tables import write

HERE = Path(__file__).parent


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


if __name__ == "__main__":
    target = HERE / "words.json"
    text = compile_packs()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if target.read_text("utf-8") == text else f"{target} is stale: run python -m boilerstrip.rules")
    target.write_text(text, "utf-8")
