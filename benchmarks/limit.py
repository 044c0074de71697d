"""An end to a page that takes an extractor for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_A_PAGE = 60.0


class PageTimeout(BaseException):
    """Not an Exception: extractors catch these broadly."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise PageTimeout after so much CPU time; where the system has no such timer, no limit."""
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not timed:
        yield
        return

    def stop(*_: object) -> None:
        raise PageTimeout(f"more than {seconds:g} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
