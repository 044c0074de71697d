"""What people, and machines, see of a run: a bar on a terminal, JSON lines on request, else only what went wrong."""

from __future__ import annotations

import sys
import time
from typing import Any, Self, TextIO

import msgspec

from boilerstrip.extras import need
from boilerstrip.run.engine import Standing

_MEGABYTE = 1e6
# A note each for so many broken records; from there on they are only counted.
_NOTES = 20


def figures(standing: Standing) -> dict[str, float | int | None]:
    """A standing in the units that people use; ``eta_s`` None where it cannot be told."""
    seconds = max(standing.seconds, 1e-9)
    left = standing.whole - standing.read
    return {
        "pages": standing.totals.pages,
        "errors": standing.totals.errors,
        "skipped": standing.skipped,
        "pages_per_s": round(standing.here / seconds, 1),
        "mb_per_s": round(standing.read_here / seconds / _MEGABYTE, 3),
        "read_bytes": standing.read,
        "total_bytes": standing.whole,
        "seconds": round(standing.seconds, 2),
        "eta_s": round(left * seconds / standing.read_here, 1) if standing.whole and standing.read_here else None,
        "extract_cpu_s": round(standing.extract, 2),
        "worker_peak_mb": round(standing.memory / _MEGABYTE, 1),
    }


class Quiet:
    """Says what went wrong, and at the end what was done: for logs and pipes."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._notes = 0

    def started(self, files: int, standing: Standing, *, resumed: bool) -> None:  # noqa: ARG002 - Machine says it
        if resumed:
            self._say(f"going on behind page {standing.totals.pages:,}")

    def advanced(self, standing: Standing) -> None:
        """Nothing to say."""

    def note(self, event: str, message: str) -> None:
        self._notes += 1
        if self._notes <= _NOTES:
            self._say(f"{event}: {message}")
        elif self._notes == _NOTES + 1:
            self._say("more of this is not shown; the rows with an error have it all")

    def finished(self, standing: Standing) -> None:
        self._say(summary(standing))

    def _say(self, message: str) -> None:
        print(f"boilerstrip: {message}", file=self._stream, flush=True)


class Machine:
    """JSON lines: ``start``, ``progress`` every few seconds, ``broken``, ``worker``, ``lost``, ``end``."""

    def __init__(self, every: float, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._every = every
        self._last = time.monotonic()

    def started(self, files: int, standing: Standing, *, resumed: bool) -> None:
        self._write("start", files=files, resumed=resumed, **figures(standing))

    def advanced(self, standing: Standing) -> None:
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            self._write("progress", **figures(standing))

    def note(self, event: str, message: str) -> None:
        self._write(event, message=message)

    def finished(self, standing: Standing) -> None:
        self._write("end", **figures(standing))

    def _write(self, event: str, **more: Any) -> None:
        line = msgspec.json.encode({"event": event, "time": round(time.time(), 3), **more})
        print(line.decode(), file=self._stream, flush=True)


class Bar(Quiet):
    """A progress bar on a terminal, with rates, errors and the time left. Use as a context manager."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        console = need("rich.console", "crawl", "a progress bar").Console(file=self._stream)
        progress = need("rich.progress", "crawl", "a progress bar")
        self._bar = progress.Progress(
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TextColumn("{task.fields[said]}"),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, said="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def advanced(self, standing: Standing) -> None:
        now = figures(standing)
        said = (
            f"{now['pages']:,} pages  {now['pages_per_s']:,} pages/s  {now['mb_per_s']:,} MB/s  "
            f"{now['errors']:,} errors  {_left(standing)}"
        )
        self._bar.update(self._task, total=standing.whole or None, completed=standing.read, said=said)

    def _say(self, message: str) -> None:
        self._bar.console.print(f"boilerstrip: {message}", markup=False, highlight=False)


def summary(standing: Standing) -> str:
    """What was done, in one line."""
    totals = standing.totals
    skipped = f", {standing.skipped:,} records that are no pages" if standing.skipped else ""
    return (
        f"{totals.pages:,} pages, {totals.errors:,} with an error{skipped}; "
        f"{standing.here:,} now in {standing.seconds:.1f} s, {figures(standing)['pages_per_s']:,} pages/s"
    )


def _left(standing: Standing) -> str:
    seconds = figures(standing)["eta_s"]
    if seconds is None:
        return ""
    minutes, seconds = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02} left"
