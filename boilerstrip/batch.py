"""Many pages at once, or one page without holding up an event loop: ``clean_many``, ``aclean``."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from boilerstrip.api import clean
from boilerstrip.pipeline import Pipeline

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from boilerstrip.limits import Limits
    from boilerstrip.read import PageInput
    from boilerstrip.rulefiles import RuleSource

# A batch is what one message to a worker carries: enough work to make the message cheap.
_PAGES = 16
_SIZE = 1_000_000


def clean_many(
    pages: Iterable[bytes | str],
    *,
    workers: int | None = None,
    timeout: float | None = None,
    encoding: str | None = None,
    source: Literal["html", "text"] | None = None,
    preset: str = "news",
    pipeline: Pipeline | None = None,
    rules: RuleSource | None = None,
    with_title: bool = False,
    limits: Limits | None = None,
) -> Iterator[str]:
    """The article text of each page, in the order of the pages.

    pages    bytes or str; taken from the iterable only as fast as texts are taken from here
    workers  processes; all cores that may be used if None, none but this one if 0
    timeout  seconds that a page may take; None for no end. Without workers it has no effect

    A page that kills its worker (or is still at work when its time is up) gives an empty text
    and a RuntimeWarning that names its number. The other arguments, and errors, are those of
    ``clean``.

    The workers are spawned: a script that calls this at its top level must do so under
    ``if __name__ == "__main__":``, and the filters of ``pipeline`` must pickle. Inside a worker
    of ``multiprocessing.Pool``, which may have no children, the pages are cleaned in place.
    """
    # Here, as in aclean: whoever cleans page by page need not load what handles processes.
    import multiprocessing  # noqa: PLC0415

    from boilerstrip.pool import cores  # noqa: PLC0415

    count: object = workers
    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 0):
        raise ValueError(f"workers must be a number of processes (0 or more) or None, not {workers!r}")
    if timeout is not None and not timeout > 0:
        raise ValueError(f"timeout must be a number of seconds above 0 or None, not {timeout!r}")
    if rules is not None:
        clean("", pipeline=pipeline, preset=preset)  # wrong arguments first
        pipeline = (pipeline or Pipeline.preset(preset)).with_rules(rules)  # read here and once
    function = partial(
        clean,
        encoding=encoding,
        source=source,
        preset=preset,
        pipeline=pipeline,
        with_title=with_title,
        limits=limits,
    )
    function("")  # wrong arguments are an error here and now, not in a worker
    if workers is None:
        workers = cores()
    if workers == 0 or multiprocessing.current_process().daemon:
        return map(function, pages)
    return _spread(pages, partial(_each, function), workers, timeout)


async def aclean(
    page: PageInput,
    *,
    executor: Executor | None = None,
    url: str | None = None,
    encoding: str | None = None,
    source: Literal["html", "text"] | None = None,
    preset: str = "news",
    pipeline: Pipeline | None = None,
    rules: RuleSource | None = None,
    with_title: bool = False,
    limits: Limits | None = None,
) -> str:
    """``clean()`` on an executor, so that the event loop goes on in the meantime.

    executor  where the work is done: by default the loop's own threads, which share one core
              among them; a ``concurrent.futures.ProcessPoolExecutor`` uses all cores (the page
              must be bytes or str then)

    The other arguments, and errors, are those of ``clean``.
    """
    import asyncio  # noqa: PLC0415

    work = partial(
        clean,
        page,
        url=url,
        encoding=encoding,
        source=source,
        preset=preset,
        pipeline=pipeline,
        rules=rules,
        with_title=with_title,
        limits=limits,
    )
    return await asyncio.get_running_loop().run_in_executor(executor, work)


def batches(pages: Iterable[bytes | str]) -> Iterator[list[bytes | str]]:
    """Pages in batches of bounded number and size."""
    batch: list[bytes | str] = []
    size = 0
    for page in pages:
        kind: object = page
        if not isinstance(kind, (bytes, str)):
            raise TypeError(f"pages must be bytes or str, not {type(page).__name__}")
        batch.append(page)
        size += len(page)
        if len(batch) >= _PAGES or size >= _SIZE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _each(function: partial[str], pages: Sequence[bytes | str]) -> list[str]:
    return [function(page) for page in pages]


def _spread(
    pages: Iterable[bytes | str], function: partial[list[str]], workers: int, timeout: float | None
) -> Iterator[str]:
    from boilerstrip.pool import Lost, Pool  # noqa: PLC0415

    number = 0
    with Pool[bytes | str, list[str]](function, workers, timeout=timeout) as pool:
        for batch in pool.map(batches(pages)):
            for part in batch.parts:
                if isinstance(part, Lost):
                    warnings.warn(f"page {number} has no text: {part.why}", RuntimeWarning, stacklevel=2)
                texts = [""] if isinstance(part, Lost) else part
                yield from texts
                number += len(texts)
