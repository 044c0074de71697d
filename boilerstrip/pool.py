"""Worker processes that may die: a page that kills its worker costs a word about it, not the run.

``Pool.map`` takes batches of pages and gives back what a function makes of each. A batch whose
worker dies, or takes too long, is done again page by page, each alone: only a page that fails
alone is blamed. So a worker that somebody else killed loses nothing.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Batches per worker that are read ahead or wait for their turn to be written. What is in memory
# is bounded by this and by the size of a batch.
_IN_FLIGHT = 3
# A worker that dies this often in a row before it has done anything is no page's fault.
_FALSE_STARTS = 3
_START_SECONDS = 120.0


class PoolError(RuntimeError):
    """The workers could not be started."""


@dataclass(slots=True, eq=False)
class Batch(Generic[T, R]):
    """Some pages and, part by part, what became of them.

    ``parts`` holds, in the order of the pages, what the function gave for one slice of them, or
    ``Lost`` for a page that no worker survived.
    """

    number: int
    pages: Sequence[T]
    parts: list[R | Lost] = field(default_factory=list)
    waiting_for: int = 1
    _slots: dict[int, R | Lost] = field(default_factory=dict)

    def settle(self, start: int, part: R | Lost) -> bool:
        """Put down one slice's outcome; whether it was the last."""
        self._slots[start] = part
        self.waiting_for -= 1
        if self.waiting_for:
            return False
        self.parts = [self._slots[at] for at in sorted(self._slots)]
        return True


@dataclass(frozen=True, slots=True)
class Lost:
    """A page that killed its worker or was given up on; ``index`` is its place in the batch."""

    index: int
    why: str


@dataclass(slots=True, eq=False)
class _Job(Generic[T, R]):
    batch: Batch[T, R]
    start: int
    stop: int

    @property
    def alone(self) -> bool:
        return self.stop - self.start == 1


@dataclass(slots=True, eq=False)
class _Worker:
    process: Any
    pipe: Connection
    deadline: float
    ready: bool = False
    job: _Job[Any, Any] | None = None


class Pool(Generic[T, R]):
    """Processes that call ``function`` with slices of batches.

    function  takes a sequence of pages, gives anything that pickles; is pickled itself, once
    workers   how many processes, 1 or more
    timeout   seconds that a batch, and then a page alone, may take; None for no end
    memory    bytes that a worker may allocate before allocation fails; None for no limit
    notice    called with a message when a worker has died

    The processes are spawned, not forked: they inherit no thread, lock or file of this one, and
    they end when it ends, even by ``kill -9``. Use as a context manager, ``map`` once.
    """

    def __init__(
        self,
        function: Callable[[Sequence[T]], R],
        workers: int,
        *,
        timeout: float | None = None,
        memory: int | None = None,
        notice: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._function = function
        self._count = workers
        self._timeout = timeout
        self._memory = memory
        self._notice = notice
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[Connection, _Worker] = {}
        self._queue: deque[_Job[T, R]] = deque()
        self._false_starts = 0

    def __enter__(self) -> Pool[T, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers.values():
            worker.pipe.close()  # at which an idle worker ends
        for worker in self._workers.values():
            if worker.job is not None or not worker.ready:
                worker.process.kill()
            worker.process.join(5)
            if worker.process.exitcode is None:
                worker.process.kill()
                worker.process.join()
            worker.process.close()
        self._workers.clear()

    def map(self, batches: Iterable[Sequence[T]], *, ordered: bool = True, first: int = 0) -> Iterator[Batch[T, R]]:
        """Every batch with its outcome, in the order given or (not ``ordered``) as they are done.

        Batches are taken from the iterable only as fast as they are handed out here: what is in
        flight is bounded. They are numbered from ``first``.
        """
        source = iter(batches)
        number = first
        due = first  # the batch to be given next, if order matters
        done: dict[int, Batch[T, R]] = {}
        flying = 0
        limit = self._count * _IN_FLIGHT
        more = True
        while True:
            self._hand_out()
            # One batch at a time: workers are waited on by what others have to wait for.
            if more and flying < limit and len(self._queue) < self._count:
                pages = next(source, None)
                if pages is None:
                    more = False
                else:
                    flying += 1
                    batch: Batch[T, R] = Batch(number, pages)
                    number += 1
                    self._queue.append(_Job(batch, 0, len(pages)))
                    self._start_workers()
                    finished = self._collect(0)
                    done.update((b.number, b) for b in finished)
            elif flying > len(done):
                done.update((b.number, b) for b in self._collect(None))
            while done and (not ordered or due in done):
                key = due if ordered else next(iter(done))
                due += 1
                flying -= 1
                yield done.pop(key)
            if not more and not flying:
                return

    # ------------------------------------------------------------------ workers

    def _start_workers(self) -> None:
        """Workers up to the number wanted, but no more than there is work for."""
        busy = sum(worker.job is not None for worker in self._workers.values())
        while len(self._workers) < min(self._count, busy + len(self._queue)):
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=_work, args=(theirs, self._function, self._memory), daemon=True)
            process.start()
            theirs.close()
            self._workers[ours] = _Worker(process, ours, time.monotonic() + _START_SECONDS)

    def _hand_out(self) -> None:
        """A job for each worker that has none."""
        for worker in list(self._workers.values()):
            if not self._queue:
                return
            if worker.ready and worker.job is None:
                job = self._queue.popleft()
                worker.job = job
                worker.deadline = time.monotonic() + self._timeout if self._timeout else float("inf")
                try:
                    worker.pipe.send(job.batch.pages[job.start : job.stop])
                except OSError:
                    # It died while it had nothing to do: nobody's fault.
                    worker.job = None
                    self._queue.appendleft(job)
                    self._bury(worker)
                    self._start_workers()

    def _collect(self, patience: float | None) -> list[Batch[T, R]]:
        """Batches that are complete; waits until a worker has something to say, or ``patience`` seconds."""
        complete: list[Batch[T, R]] = []
        now = time.monotonic()
        soonest = min((worker.deadline for worker in self._workers.values() if self._waited_for(worker)), default=None)
        if patience is None and soonest is not None and soonest != float("inf"):
            patience = max(0.0, soonest - now)
        for pipe in wait(list(self._workers), patience):
            worker = self._workers[pipe]  # type: ignore[index] # what went in are Connections
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, OSError):
                complete += self._died(worker, self._bury(worker))
                continue
            if kind == "failed":
                raise value
            self._false_starts = 0
            if kind == "ready":
                worker.ready = True
                worker.deadline = float("inf")
                continue
            job, worker.job = worker.job, None
            if job is not None and job.batch.settle(job.start, value):
                complete.append(job.batch)
        now = time.monotonic()
        for worker in list(self._workers.values()):
            if self._waited_for(worker) and worker.deadline < now:
                worker.process.kill()
                self._bury(worker)
                complete += self._died(worker, f"took longer than {self._timeout:g} seconds")
        return complete

    @staticmethod
    def _waited_for(worker: _Worker) -> bool:
        return worker.job is not None or not worker.ready

    def _bury(self, worker: _Worker) -> str:
        """Forget a dead worker; how it died."""
        del self._workers[worker.pipe]
        worker.pipe.close()
        worker.process.join(5)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode
        worker.process.close()
        return how_it_ended(code)

    def _died(self, worker: _Worker, why: str) -> list[Batch[T, R]]:
        """What follows from a death: the batch again page by page, or a page to blame."""
        complete = []
        job = worker.job
        if job is None:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise PoolError(f"worker processes end before they have done anything ({why})")
        elif job.alone:
            self._notice(f"a page was lost: its worker {why}")
            if job.batch.settle(job.start, Lost(job.start, f"worker {why}")):
                complete.append(job.batch)
        else:
            self._notice(f"a worker {why}; its {job.stop - job.start} pages are done again one by one")
            singles = [_Job(job.batch, at, at + 1) for at in range(job.start, job.stop)]
            job.batch.waiting_for += len(singles) - 1
            self._queue.extendleft(reversed(singles))
        self._start_workers()
        return complete


def how_it_ended(code: int | None) -> str:
    """The end of a process in words."""
    if code is not None and code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return f"was killed by {name}"
    return f"ended with exit code {code}"


def _work(pipe: Connection, function: Callable[[Sequence[Any]], Any], memory: int | None) -> None:
    """The life of a worker: slices of pages in, what the function makes of them out."""
    # Ctrl-C goes to every process of the terminal; what to do about it is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(memory)
    with contextlib.suppress(EOFError, OSError):  # the parent is gone: so is the reason to be here
        pipe.send(("ready", None))
        while True:
            pages = pipe.recv()
            try:
                answer = ("done", function(pages))
            except Exception as error:  # noqa: BLE001 - the function is the caller's; let them see it
                answer = ("failed", _sendable(error))
            pipe.send(answer)


def _sendable(error: Exception) -> Exception:
    """The exception, or its words if it does not survive the journey."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - what was pickled the moment before
    except Exception:  # noqa: BLE001 - whatever pickling makes of a stranger's class
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _limit(memory: int | None) -> None:
    """Where the system can: an end to allocation, and the first place on the list of the OOM killer."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
    if memory and os.name == "posix":
        import resource  # noqa: PLC0415 - not on every platform

        with contextlib.suppress(ValueError, OSError):
            # What is allocated, not what is mapped: libraries map far more than they use.
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def peak_memory() -> int:
    """Most bytes that this process ever held in memory; 0 where the system does not tell."""
    # Not getrusage: that begins with what the parent held when this process was made.
    try:
        status = Path("/proc/self/status").read_bytes()
    except OSError:
        return 0
    found = status.partition(b"VmHWM:")[2].split(maxsplit=1)
    return int(found[0]) * 1024 if found else 0
