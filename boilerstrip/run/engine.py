"""The run itself: pages are read here, cleaned in the workers, written here; and put on record."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple, Protocol

from boilerstrip.adapters.inputs import files_in, fingerprint, items_in
from boilerstrip.adapters.reading import Meter, ReadOptions
from boilerstrip.limits import Limits
from boilerstrip.pipeline import Pipeline
from boilerstrip.pool import Batch, Lost, Pool, cores, peak_memory
from boilerstrip.rows import Item, error_row, extract_item, reason, row_from
from boilerstrip.run.journal import Journal, JournalError, Position, State, Totals
from boilerstrip.run.sinks import STDOUT, Format, Sink, encoder, is_new, journal_of, open_sink


class OutputError(RuntimeError):
    """The output cannot be written, or is not what its journal says."""


@dataclass(frozen=True)
class Plan:
    """What is to be done.

    inputs       files, folders or ``-``
    out          the output's path, or ``-`` for JSON lines on standard output, which cannot be resumed
    format       jsonl | jsonl.gz | jsonl.zst | parquet
    version      of the library: a run is not continued by another one
    pipeline     the filters; the default if None
    limits       how much of a page is looked at; the defaults if None
    chosen       what the pipeline was made of, as JSON values: the preset, digests of rule files
    ordered      rows in the order of the input
    workers      processes
    timeout      seconds for a page; None for no end
    memory       bytes for a worker; None for no limit
    part_rows    rows of a Parquet part, at least
    batch_pages, batch_bytes  what goes to a worker at a time, at most (a page may be larger)
    anew         begin at the beginning, whatever is there
    """

    inputs: tuple[str, ...]
    out: str
    format: Format
    version: str
    reading: ReadOptions = field(default_factory=ReadOptions)
    pipeline: Pipeline | None = None
    limits: Limits | None = None
    chosen: Mapping[str, Any] = field(default_factory=dict)
    with_title: bool = False
    ordered: bool = True
    workers: int = field(default_factory=cores)
    timeout: float | None = 60.0
    memory: int | None = None
    part_rows: int = 10_000
    batch_pages: int = 32
    batch_bytes: int = 2_000_000
    anew: bool = False


class Standing(NamedTuple):
    """Where a run stands, for whoever watches it.

    totals   pages, errors and bytes since the run began, those of earlier sittings among them
    here     pages of this sitting
    read     bytes of the input files, as they lie on disk, that are behind
    read_here  those of them that were read in this sitting for the first time
    whole    bytes of all input files; 0 if nobody knows
    seconds  time of this sitting
    extract  CPU seconds spent in ``extract()`` in this sitting
    memory   peak resident bytes of the largest worker
    skipped  records that are no pages
    """

    totals: Totals
    here: int
    read: int
    read_here: int
    whole: int
    seconds: float
    extract: float
    memory: int
    skipped: int


class Watcher(Protocol):
    """Whoever wants to know how a run goes on."""

    def started(self, files: int, standing: Standing, *, resumed: bool) -> None:
        """The run begins, or goes on."""

    def advanced(self, standing: Standing) -> None:
        """A batch was written."""

    def note(self, event: str, message: str) -> None:
        """Something went wrong and was dealt with: ``broken`` record, dead ``worker``."""


class Done(NamedTuple):
    """What a worker gives back for a slice of pages."""

    data: bytes
    pages: int
    errors: int
    size: int
    extract: float
    memory: int


class Work:
    """What workers do: items in, encoded rows out. Pickled once for each worker."""

    def __init__(self, pipeline: Pipeline | None, format: Format, limits: Limits | None, *, with_title: bool) -> None:
        self._limits = limits
        self._pipeline = pipeline
        self._format = format
        self._with_title = with_title
        self._encode: Any = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_encode": None}

    def __call__(self, items: Sequence[Item]) -> Done:
        if self._encode is None:
            self._encode = encoder(self._format)
        rows = []
        errors = size = 0
        extract = 0.0
        clock = time.process_time
        for item in items:
            size += item.size
            begin = clock()
            try:
                document = extract_item(item, self._pipeline, with_title=self._with_title, limits=self._limits)
                extract += clock() - begin
                rows.append(row_from(item, document))
            except Exception as error:  # noqa: BLE001 - MemoryError among them; a row for each page
                errors += 1
                rows.append(error_row(item, reason(error)))
        return Done(self._encode(rows), len(rows), errors, size, extract, peak_memory())


class Cut(list[Item]):
    """The items of one batch, and where in the input it ends. Every run cuts the same way."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.end = Position()


def run(plan: Plan, watcher: Watcher) -> State:
    """Do what the plan says, or the rest of it; the state at the end.

    Raises OSError for inputs that are not there, JournalError for an output of another run,
    OutputError if the output cannot be written: it is whole then, and the same plan goes on.
    """
    digest, count, whole = fingerprint(files_in(plan.inputs))
    journal = None
    if plan.out != STDOUT:
        path = journal_of(plan.out)
        if not plan.anew and not path.exists() and not is_new(plan.out):
            raise JournalError(f"{plan.out} is there already and no run's: there is no {path.name} beside it")
        with _writing():
            journal = Journal(path, _identity(plan, digest), anew=plan.anew)
    try:
        state = journal.state if journal else State()
        if not state.finished:
            with _writing():
                sink = open_sink(plan.out, plan.format, plan.part_rows)
            try:
                with _writing():
                    sink.restore(state.sink)
                sitting = _Sitting(plan, sink, journal, state, watcher, whole)
                watcher.started(count, sitting.standing(), resumed=bool(journal and journal.resumed))
                state = sitting.work()
            finally:
                if journal is not None and not journal.state.finished:
                    # Stopped, for whatever reason: what lies there is what the journal says.
                    with contextlib.suppress(OSError, ValueError):
                        sink.restore(journal.state.sink)
                sink.close()
        return state
    finally:
        if journal is not None:
            journal.close()


class _Sitting:
    """One go at a run, from where the journal says to the end or to a stop."""

    def __init__(
        self, plan: Plan, sink: Sink, journal: Journal | None, state: State, watcher: Watcher, whole: int
    ) -> None:
        self.plan = plan
        self.sink = sink
        self.journal = journal
        self.state = state
        self.watcher = watcher
        self.whole = whole
        self.meter = Meter()
        self.skipped_bytes = 0  # behind when this sitting began
        self.begin = time.monotonic()
        self.before = state.totals
        self.totals = Totals(state.totals.pages, state.totals.errors, state.totals.bytes, state.totals.seconds)
        self.extract = 0.0
        self.memory = 0
        # Batches that are written and lie beyond the first that is not, with their ends.
        self.ahead: dict[int, Position] = {}
        self.batches = state.batches
        self.position = state.position
        self.encode = encoder(plan.format)

    def standing(self) -> Standing:
        seconds = time.monotonic() - self.begin
        return Standing(
            self.totals,
            self.totals.pages - self.before.pages,
            self.meter.bytes,
            self.meter.bytes - self.skipped_bytes,
            self.whole,
            seconds,
            self.extract,
            self.memory,
            self.meter.skipped,
        )

    def work(self) -> State:
        plan = self.plan
        function = Work(plan.pipeline, plan.format, plan.limits, with_title=plan.with_title)
        with Pool[Item, Done](
            function,
            plan.workers,
            timeout=plan.timeout,
            memory=plan.memory,
            notice=lambda message: self.watcher.note("worker", message),
        ) as pool:
            for batch in pool.map(self.cuts(), ordered=plan.ordered):
                with _writing():
                    self.put_down(batch)
                    self.commit()
                self.watcher.advanced(self.standing())
        with _writing():
            return self.commit(last=True)

    def cuts(self) -> Iterator[Cut]:
        """What is left of the input in batches, the same ones every time."""
        plan = self.plan
        behind = self.state.position
        done = dict.fromkeys(self.state.ahead)
        cut = Cut(self.state.batches)
        size = 0
        for number, file in enumerate(files_in(plan.inputs)):
            if number >= behind.file:
                skip = behind.item if number == behind.file else 0
                for place, item in enumerate(items_in(file, plan.reading, self.meter), 1):
                    if place <= skip:
                        self.skipped_bytes = self.meter.bytes
                        continue
                    cut.append(item)
                    size += item.size
                    if len(cut) >= plan.batch_pages or size >= plan.batch_bytes:
                        cut.end = Position(number, place)
                        if cut.number in done:
                            self.ahead[cut.number] = cut.end
                            self.advance()
                        else:
                            yield self.announced(cut)
                        cut = Cut(cut.number + 1)
                        size = 0
            self.meter.next_file(file.size)
            if number < behind.file:
                self.skipped_bytes = self.meter.bytes
            cut.end = Position(number + 1)
        if cut and cut.number not in done:
            yield self.announced(cut)

    def announced(self, cut: Cut) -> Cut:
        """The batch, after a word about the broken records in it."""
        for item in cut:
            if item.error is not None:
                self.watcher.note("broken", f"{item.record}: {item.error}")
        return cut

    def put_down(self, batch: Batch[Item, Done]) -> None:
        """Write a batch, and error rows for the pages that no worker survived."""
        cut = batch.pages
        assert isinstance(cut, Cut)  # noqa: S101 - what `cuts` gave is what comes back
        for part in batch.parts:
            if isinstance(part, Lost):
                item = cut[part.index]
                self.sink.write(self.encode([error_row(item, part.why)]))
                self.totals.pages += 1
                self.totals.errors += 1
                self.totals.bytes += item.size
                self.watcher.note("lost", f"{item.record}: {part.why}")
            else:
                self.sink.write(part.data)
                self.totals.pages += part.pages
                self.totals.errors += part.errors
                self.totals.bytes += part.size
                self.extract += part.extract
                self.memory = max(self.memory, part.memory)
        self.ahead[cut.number] = cut.end
        self.advance()

    def advance(self) -> None:
        """Move on over all batches that are done without a gap."""
        while self.batches in self.ahead:
            self.position = self.ahead.pop(self.batches)
            self.batches += 1

    def commit(self, *, last: bool = False) -> State:
        """Make the output last and put that on record, if it is time to."""
        sink = self.sink.commit(last=last)
        if sink is None:
            return self.state
        self.totals.seconds = self.before.seconds + time.monotonic() - self.begin
        ahead = sorted({*self.ahead, *(n for n in self.state.ahead if n >= self.batches)})
        self.state = State(self.batches, self.position, ahead, sink, self.totals, finished=last)
        if self.journal is not None:
            self.journal.write(self.state)
        return self.state


def _identity(plan: Plan, digest: str) -> dict[str, Any]:
    """What makes a run this run, and no other that could go on with its output."""
    return {
        "version": plan.version,
        "inputs": list(plan.inputs),
        "files": digest,
        "format": plan.format,
        "filters": ",".join(plan.pipeline.names) if plan.pipeline else None,
        "limits": asdict(plan.limits) if plan.limits else None,
        **plan.chosen,
        "with_title": plan.with_title,
        "reading": asdict(plan.reading),
        "batches": [plan.batch_pages, plan.batch_bytes],
        "part_rows": plan.part_rows if plan.format == "parquet" else None,
    }


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read standard output has read enough
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None)
        what = os.strerror(number) if number else str(error)
        raise OutputError(f"cannot write the output: {what}") from error
