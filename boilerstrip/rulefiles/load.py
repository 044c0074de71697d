"""From whatever names rules to the rules themselves."""

from __future__ import annotations

from functools import lru_cache
from os import PathLike, fspath
from pathlib import Path

from boilerstrip.rulefiles.parse import parse_rules
from boilerstrip.rulefiles.problems import Problem, RuleError
from boilerstrip.rulefiles.rules import Rules

RuleSource = str | PathLike[str] | Rules
_REMEMBERED = 32


def load_rules(source: RuleSource) -> Rules:
    """The rules of a file.

    source  its path; or its text, told from a path by the line ends in it; or rules already

    A file is read again when it has changed. Raises RuleError for one that holds a mistake, OSError
    for one that cannot be read, and TypeError for what is none of these.
    """
    if isinstance(source, Rules):
        return source
    if isinstance(source, str) and "\n" in source:
        return _parsed(source, "<rules>")
    if not isinstance(source, (str, PathLike)):
        raise TypeError(f"rules must be the path or the text of a rule file, or Rules, not {type(source).__name__}")
    path = fspath(source)
    return read_rules(Path(path).read_bytes(), path)


def read_rules(data: bytes, file: str) -> Rules:
    """The rules that the bytes of a file hold; ``file`` is what messages and evidence call it. Raises RuleError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RuleError([Problem(file, line, "", "not UTF-8", expected="a text file in UTF-8")]) from None
    return _parsed(text.replace("\r\n", "\n"), file)


# Text and not its date: what is the same is not read twice, what has changed is seen.
_parsed = lru_cache(maxsize=_REMEMBERED)(parse_rules)
