"""Labelled pages: JSON lines, xz-compressed, and the scorer that stands beside them."""

from __future__ import annotations

import importlib.util
import json
import lzma
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any


def sets_in(folder: Path) -> list[str]:
    """Names of the sets in a data folder."""
    return sorted(p.name.removesuffix(".jsonl.xz") for p in folder.glob("*.jsonl.xz"))


def pages_of(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The records of one set; see the README of the data for their keys."""
    with lzma.open(folder / f"{name}.jsonl.xz", "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


@cache
def scorer(folder: Path) -> ModuleType:
    """``score.py`` of the data folder as a module."""
    spec = importlib.util.spec_from_file_location("bench_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_score"] = module
    spec.loader.exec_module(module)
    return module
