"""Where the time of ``extract()`` goes: the share of each stage, and of each filter.

The stage functions are wrapped by name where ``boilerstrip.api`` and ``boilerstrip.read`` look them up; a name that is
not there any more is reported, not an error. A stage's time is its own, without that of the
stages called from it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import boilerstrip
from benchmarks.data import pages_of
from benchmarks.peers import page_bytes
from benchmarks.tables import plain
from boilerstrip import Pipeline, api, dom, read
from boilerstrip.page import Page
from boilerstrip.pipeline import Filter, name_of
from boilerstrip.scorecard.kind import Kinds

# What has no stage of its own: arguments, the document, and freeing tree and lines at the end.
REST = "rest"
JUDGE = "main_content"
# (stage, where the function is looked up, its name)
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("decode", read, "decode"),
    ("decode", read, "tidy"),
    ("decode", read, "looks_like_html"),
    ("parse", dom, "parse"),
    ("walk", dom, "read_tree"),
    ("walk", read, "read_text"),
    ("match", read, "_match"),
    ("measure", read, "measure"),
    ("headline", read, "find_headline"),
    ("language", read, "_language"),
    ("kind", Kinds, "kind_of"),
    ("families", Pipeline, "decide"),
    ("verdict", api, "verdict_of"),
    ("render", api, "to_text"),
)


@dataclass
class Stopwatch:
    """Seconds per name, each without what was timed inside it."""

    clock: Callable[[], float] = time.process_time
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    # Time spent in the timed calls inside each call that is under way.
    _inner: list[float] = field(default_factory=list)

    def start(self) -> float:
        self._inner.append(0.0)
        return self.clock()

    def stop(self, name: str, start: float) -> None:
        whole = self.clock() - start
        self.seconds[name] += whole - self._inner.pop()
        if self._inner:
            self._inner[-1] += whole

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        start = self.start()
        try:
            yield
        finally:
            self.stop(name, start)

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        # Not by ``time``: a context manager costs as much as some of what is timed.
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = self.start()
            try:
                return function(*args, **kwargs)
            finally:
                self.stop(name, start)

        return timed


class TimedFilter:
    """A filter that is timed while it is asked for each decision in turn."""

    def __init__(self, inner: Filter, watch: Stopwatch) -> None:
        self.name = name_of(inner)
        self.signature = getattr(inner, "signature", None)
        self._inner: Callable[[Page], Iterable[Any]] = inner
        self._watch = watch

    def __call__(self, page: Page, /) -> Iterator[Any]:
        label = f"filter {self.name}"
        ask = self._watch.wrap(label, next)
        decisions = self._watch.wrap(label, lambda: iter(self._inner(page)))()
        while True:
            decision = ask(decisions, None)
            if decision is None:
                return
            yield decision


@contextmanager
def watched(watch: Stopwatch, stages: Sequence[tuple[str, Any, str]] = STAGES) -> Iterator[list[str]]:
    """Every stage function wrapped, as long as it lasts; gives the names that are not there."""
    missing: list[str] = []
    before: list[tuple[Any, str, Any]] = []
    for stage, owner, name in stages:
        function = getattr(owner, name, None)
        if function is None:
            missing.append(f"{getattr(owner, '__name__', owner)}.{name}")
            continue
        before.append((owner, name, function))
        setattr(owner, name, watch.wrap(stage, function))
    try:
        yield missing
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)


def profile(folder: Path, names: list[str], mode: str, pages: int, rounds: int) -> str:
    """Share of each stage, and the filters that cost most, a table a set."""
    parts = []
    for name in names:
        records = list(islice(pages_of(folder, name), pages))
        watch = Stopwatch()
        pipeline = Pipeline(tuple(TimedFilter(f, watch) for f in Pipeline.default()))

        def run(record: dict[str, Any], pipeline: Pipeline = pipeline) -> None:
            if mode == "text":
                boilerstrip.extract(record["text"], source="text", pipeline=pipeline)
            else:
                boilerstrip.extract(page_bytes(record), url=record["url"], pipeline=pipeline)

        for record in records[:5]:
            run(record)
        watch.seconds.clear()
        with watched(watch) as missing:
            for _ in range(rounds):
                for record in records:
                    with watch.time(REST):
                        run(record)
        parts.append(report(name, watch.seconds, len(records) * rounds, missing))
    return "\n\n".join(parts)


def report(name: str, seconds: Mapping[str, float], pages: int, missing: Sequence[str]) -> str:
    """The table of one set."""
    filters = {key.removeprefix("filter "): s for key, s in seconds.items() if key.startswith("filter ")}
    names = dict.fromkeys([*(stage for stage, _, _ in STAGES), REST])
    stages = {stage: seconds.get(stage, 0.0) for stage in names}
    stages["judge"] = filters.get(JUDGE, 0.0)
    stages["families"] += sum(s for n, s in filters.items() if n != JUDGE)
    whole = sum(stages.values()) or 1.0
    head = [f"{name}: {pages} runs", "ms a page", "share"]
    body = [[n, f"{s / pages * 1e3:.3f}", f"{s / whole:.1%}"] for n, s in stages.items()]
    body.append(["all", f"{whole / pages * 1e3:.3f}", "100.0%"])
    dearest = sorted(filters.items(), key=lambda item: -item[1])[:8]
    body += [[f"  filter {n}", f"{s / pages * 1e3:.3f}", f"{s / whole:.1%}"] for n, s in dearest]
    lines = [plain(head, body)]
    if missing:
        lines.append(f"not found, so counted elsewhere: {', '.join(missing)}")
    return "\n".join(lines)
