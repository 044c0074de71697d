"""``python -m boilerstrip.rules``: words/*.toml → words.json."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def compile_packs(folder: Path = HERE / "words") -> str:
    """The JSON text for all word files in ``folder``: their phrases without the examples."""
    packs = []
    for path in sorted(folder.glob("*.toml")):
        pack = tomllib.loads(path.read_text("utf-8"))
        packs.append(without_examples(pack))
    return json.dumps(packs, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"


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
