"""What is wrong with a rule file, said so that its author can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What people write for what the files call otherwise.
_OTHER_WORDS = {
    "css": "select",
    "xpath": "select",
    "selector": "select",
    "selectors": "select",
    "element": "select",
    "exact": "whole",
    "phrase": "whole",
    "phrases": "whole",
    "startswith": "start",
    "prefix": "start",
    "regex": "pattern",
    "regexp": "pattern",
    "re": "pattern",
    "follow": "then",
    "next": "then",
    "content": "body",
    "remove": "strip",
    "drop": "strip",
    "rule": "drop",
    "rules": "drop",
    "protect": "keep",
    "language": "langs",
    "lang": "langs",
    "zone": "zones",
    "tag": "tags",
    "until_prose": "prose",
    "next_links": "links",
    "max_words": "most_words",
    "min_words": "least_words",
    "max_chars": "most_chars",
    "min_chars": "least_chars",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    file      the file as it was named
    line      line in it, from 1; None where the file as a whole is meant
    key       dotted path of the key, such as ``drop.promo.whole[2]``; empty for the whole file
    message   what is wrong
    expected  what would be right; empty where the message says it all
    near      names that may have been meant
    """

    file: str
    line: int | None
    key: str
    message: str
    expected: str = ""
    near: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        said = f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"
        if self.expected:
            said += f"; expected {self.expected}"
        if self.near:
            said += f"; did you mean {' or '.join(map(repr, self.near))}?"
        return said


class RuleError(ValueError):
    """A rule file that cannot be used, with every mistake that was found in it.

    problems  at least one, in the order of the file; ``file``, ``line``, ``key``, ``expected`` and
              ``near`` are those of the first
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda each: each.line or 0))
        super().__init__("\n".join(map(str, self.problems)))

    @property
    def file(self) -> str:
        return self.problems[0].file

    @property
    def line(self) -> int | None:
        return self.problems[0].line

    @property
    def key(self) -> str:
        return self.problems[0].key

    @property
    def expected(self) -> str:
        return self.problems[0].expected

    @property
    def near(self) -> tuple[str, ...]:
        return self.problems[0].near

    def __reduce__(self) -> tuple[type[RuleError], tuple[tuple[Problem, ...]]]:
        return RuleError, (self.problems,)


def near_names(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that may have been meant by one that is none of them."""
    known = list(names)
    other = _OTHER_WORDS.get(name.lower().replace("-", "_"))
    if other in known:
        return (other,)
    return tuple(difflib.get_close_matches(name, known, n=3, cutoff=0.6))
