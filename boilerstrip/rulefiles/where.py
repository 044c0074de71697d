"""Where a key stands in TOML text: what ``tomllib`` does not tell. For messages only."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

# (part of a path: a key, or the index of an item)
Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}=,\n]"
    r"|[^\s\[\]{}=,#\"']+",
    re.S,
)


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, on which ``path`` or the longest known part of it from its beginning stands."""
    known: dict[Path, int] = {}
    for found, line in _places(text):
        known.setdefault(found, line)
    for size in range(len(path), 0, -1):
        if path[:size] in known:
            return known[path[:size]]
    return None


def dotted(path: Path) -> str:
    """A path as people write it: ``site."example.com".strip[0]``."""
    said = ""
    for part in path:
        if isinstance(part, int):
            said += f"[{part}]"
        else:
            plain = part if re.fullmatch(r"[\w-]+", part) else f'"{part}"'
            said += f".{plain}" if said else plain
    return said


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Every table, key and item of a list in well-formed TOML, with its line."""
    table: Path = ()
    head: list[str] = []  # the tokens of a table's header, or of a key up to "="
    value: Path | None = None
    depth = 0
    item = 0
    line = 1
    at = 0
    text += "\n"
    for match in _TOKEN.finditer(text):
        piece = match[0]
        line += text.count("\n", at, match.start())
        at = match.start()
        if piece[0] == "#":
            continue
        if piece == "\n":
            if value is None and head:
                table = _keys("".join(head).strip("[]"))
                yield from ((table[:size], line) for size in range(1, len(table) + 1))
            if depth == 0:
                value = None
                head = []
            continue
        if value is None:
            if piece == "=":
                value = (*table, *_keys("".join(head)))
                yield from ((value[:size], line) for size in range(len(table) + 1, len(value) + 1))
                depth = item = 0
            else:
                head.append(piece)
            continue
        if depth == 1 and piece not in ("]", "}", ","):
            yield (*value, item), line
        if piece in ("[", "{"):
            depth += 1
        elif piece in ("]", "}"):
            depth -= 1
        elif piece == "," and depth == 1:
            item += 1


def _keys(written: str) -> Path:
    """The parts of a key as it is written: ``site."a.example"`` → ``("site", "a.example")``."""
    try:
        value: object = tomllib.loads(f"{written} = 0")
    except tomllib.TOMLDecodeError:
        return (written,)
    parts: list[str | int] = []
    while isinstance(value, dict):
        ((key, value),) = value.items()
        parts.append(key)
    return tuple(parts)
