"""CPU time of extractors as a multiple of lxml's own parse of the same pages."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree

from benchmarks.data import pages_of
from benchmarks.limit import SECONDS_A_PAGE, PageTimeout, cpu_limit
from benchmarks.memory import Memory, peak_memory
from benchmarks.peers import Extract, Record, loaded, page_bytes
from benchmarks.tables import markdown, plain

PARSE = "lxml parse"
_WARM_UP = 5
_HEAD = ["", "ms a page", "÷ parse", "peak MB", "above import", "fail"]


def parse(record: Record) -> object:
    """What every extractor on lxml pays at the least."""
    return etree.fromstring(page_bytes(record), etree.HTMLParser(encoding="utf-8"))


@dataclass(frozen=True)
class Speed:
    """CPU seconds of an extractor and of the parses that stood beside it, a figure a round."""

    seconds: list[float]
    parses: list[float]
    pages: int
    failures: int

    @property
    def ratio(self) -> float:
        """Median over the rounds."""
        return statistics.median(own / base for own, base in zip(self.seconds, self.parses, strict=True))

    @property
    def milliseconds(self) -> float:
        """Of one page, median over the rounds."""
        return statistics.median(self.seconds) / self.pages * 1e3


def in_turn(
    extractors: Mapping[str, Callable[[Record], object]],
    pages: Sequence[Record],
    rounds: int,
    base: Callable[[Record], object] = parse,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, Speed]:
    """Time of each extractor beside that of ``base``.

    Each page is parsed and extracted in turn in one process, so that both see the same machine;
    a round's ratio is the sum of the times over the sum of the parse times next to them. A page
    on which an extractor fails counts with the time that it took.
    """

    def cost(work: Callable[[Record], object], page: Record) -> tuple[float, bool]:
        start = clock()
        try:
            with cpu_limit(SECONDS_A_PAGE):
                work(page)
        except (Exception, PageTimeout):  # noqa: BLE001 - a peer may raise anything
            return clock() - start, False
        return clock() - start, True

    for work in (base, *extractors.values()):
        for page in pages[:_WARM_UP]:
            cost(work, page)
    seconds: dict[str, list[float]] = {name: [] for name in extractors}
    parses: dict[str, list[float]] = {name: [] for name in extractors}
    failures = dict.fromkeys(extractors, 0)
    for turn in range(rounds):
        gc.collect()
        own = dict.fromkeys(extractors, 0.0)
        beside = dict.fromkeys(extractors, 0.0)
        for page in pages:
            for name, work in extractors.items():
                beside[name] += cost(base, page)[0]
                time_taken, worked = cost(work, page)
                own[name] += time_taken
                failures[name] += turn == 0 and not worked
        for name in extractors:
            seconds[name].append(own[name])
            parses[name].append(beside[name])
    return {n: Speed(seconds[n], parses[n], len(pages), failures[n]) for n in extractors}


@dataclass(frozen=True)
class SpeedTable:
    """Speed and memory of extractors on the first pages of a set."""

    set: str
    pages: int
    speeds: dict[str, Speed]
    memory: dict[str, Memory | None]
    # Throughput of ours on the same pages, flattened.
    text_mb_s: float

    def _title(self) -> str:
        return f"{self.set}: {self.pages} pages; flattened text {self.text_mb_s:.1f} MB/s"

    def _body(self) -> list[list[str]]:
        base = statistics.median(t for s in self.speeds.values() for t in s.parses) / self.pages * 1e3
        rows = [[PARSE, f"{base:.2f}", "1.00", *self._memory(PARSE), "0"]]
        for name, speed in self.speeds.items():
            numbers = [f"{speed.milliseconds:.2f}", f"{speed.ratio:.2f}"]
            rows.append([name, *numbers, *self._memory(name), str(speed.failures)])
        return rows

    def _memory(self, name: str) -> list[str]:
        memory = self.memory.get(name)
        return [f"{memory.peak:.0f}", f"{memory.peak - memory.start:.0f}"] if memory else ["-", "-"]

    def text(self) -> str:
        return f"{self._title()}\n{plain(_HEAD, self._body())}"

    def markdown(self) -> str:
        return f"## {self._title()}\n\n{markdown(['extractor', *_HEAD[1:]], self._body())}"

    def as_dict(self) -> dict[str, Any]:
        rows = asdict(self)
        for name, speed in self.speeds.items():
            rows["speeds"][name] |= {"ratio": speed.ratio, "milliseconds": speed.milliseconds}
        return rows


def speed_table(
    folder: Path, name: str, extractors: Sequence[str], pages: int, rounds: int, memory: bool
) -> SpeedTable:
    """Speed and, with ``memory``, peak memory on the first pages of a set."""
    records = list(islice(pages_of(folder, name), pages))
    speeds = in_turn({who: loaded(who, "html") for who in extractors}, records, rounds)
    peaks = {who: peak_memory(folder, name, who, pages) for who in (PARSE, *extractors)} if memory else {}
    ours = loaded(extractors[0], "text")
    return SpeedTable(name, len(records), speeds, peaks, _throughput(ours, records) / 1e6)


def _throughput(extract: Extract, records: Sequence[Record]) -> float:
    """Bytes of flattened text in a second of CPU time."""
    start = time.process_time()
    for record in records:
        extract(record)
    return sum(len(r["text"].encode("utf-8", "replace")) for r in records) / (time.process_time() - start)
