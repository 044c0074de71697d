"""What a run removed, by family and by host, and the hosts that stand out.

A host that comes out empty where others do not, or that keeps much more or less than others do,
or whose furniture no family knows, is one that may need a rule of its own.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from boilerstrip.rows import Row

# The filter that takes what no family claims: its share says how little of a site is known.
_JUDGE = "main_content"
_NUMBER = re.compile(r"\d[\d,.]*")
# A host stands out if it is so far from the median of all hosts: so many times the median
# distance, and by so much at least.
_DISTANCES = 4.0
_LEAST = 0.15


@dataclass(slots=True)
class Family:
    """What one filter removed: on how many pages, how many lines and characters."""

    pages: int = 0
    lines: int = 0
    chars: int = 0


@dataclass(slots=True)
class Group:
    """Pages of one host, one verdict, or of the whole run.

    empty    pages whose text is empty, those with an error not among them
    errors   pages with an error
    kept, removed    characters
    families         characters that each filter removed
    verdicts         pages by verdict
    """

    pages: int = 0
    empty: int = 0
    errors: int = 0
    kept: int = 0
    removed: int = 0
    families: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.pages += 1
        if row.error is not None:
            self.errors += 1
            return
        self.empty += not row.text
        self.kept += row.kept_chars
        for name, chars in row.removed_chars.items():
            self.removed += chars
            self.families[name] = self.families.get(name, 0) + chars
        if row.verdict:
            self.verdicts[row.verdict] = self.verdicts.get(row.verdict, 0) + 1

    def empty_share(self) -> float:
        """Share of the pages that were read whose text is empty, 0 to 1."""
        read = self.pages - self.errors
        return self.empty / read if read else 0.0

    def error_share(self) -> float:
        return self.errors / self.pages if self.pages else 0.0

    def kept_share(self) -> float:
        """Share of the characters that was kept, 0 to 1."""
        whole = self.kept + self.removed
        return self.kept / whole if whole else 0.0

    def unknown_share(self) -> float:
        """Share of the removed characters that no family claimed, 0 to 1."""
        return self.families.get(_JUDGE, 0) / self.removed if self.removed else 0.0


@dataclass(frozen=True, slots=True)
class Outlier:
    """A host that stands out: in what, how far it goes there, and where the others stand."""

    host: str
    pages: int
    what: str
    share: float
    median: float


@dataclass(slots=True)
class Statistics:
    """All of it. ``hosts`` has "" for pages without an address."""

    whole: Group = field(default_factory=Group)
    families: dict[str, Family] = field(default_factory=dict)
    verdicts: dict[str, Group] = field(default_factory=dict)
    hosts: dict[str, Group] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        self.whole.add(row)
        self.hosts.setdefault(row.host or "", Group()).add(row)
        if row.error is not None:
            # Numbers, and what is behind the colon, differ from page to page.
            kind = _NUMBER.sub("N", row.error.partition(":")[0])
            self.errors[kind] = self.errors.get(kind, 0) + 1
            return
        self.verdicts.setdefault(row.verdict or "", Group()).add(row)
        for name, lines in row.removed_lines.items():
            family = self.families.setdefault(name, Family())
            family.pages += 1
            family.lines += lines
            family.chars += row.removed_chars.get(name, 0)

    def outliers(self, min_pages: int = 10) -> list[Outlier]:
        """Hosts of ``min_pages`` pages or more that stand out, those with most pages concerned first."""
        hosts = {name: group for name, group in self.hosts.items() if name and group.pages >= min_pages}
        found: list[Outlier] = []
        for what, share, low_too in (
            ("error", Group.error_share, False),
            ("empty", Group.empty_share, False),
            ("kept", Group.kept_share, True),
            ("unknown", Group.unknown_share, False),
        ):
            shares: dict[str, float] = {name: share(group) for name, group in hosts.items()}
            if not shares:
                break
            median = statistics.median(shares.values())
            distance = statistics.median(abs(value - median) for value in shares.values())
            bar = max(_LEAST, _DISTANCES * distance)
            for name, value in shares.items():
                if value - median > bar or (low_too and median - value > bar):
                    found.append(Outlier(name, hosts[name].pages, what, value, median))
        return sorted(found, key=lambda o: (-abs(o.share - o.median) * o.pages, o.host, o.what))


def statistics_of(rows: Iterable[Row]) -> Statistics:
    """The statistics of rows, in one pass; memory grows with the number of hosts only."""
    result = Statistics()
    for row in rows:
        result.add(row)
    return result
