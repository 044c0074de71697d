"""The pool: order, bounds, and what becomes of pages whose worker dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence

import pytest

from boilerstrip.pool import Lost, Pool, PoolError, how_it_ended


def work(pages: Sequence[str]) -> list[str]:
    """Upper case, or what the page says."""
    for page in pages:
        if page == "exit":
            os._exit(7)
        if page == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if page == "hang":
            time.sleep(600)
        if page == "raise":
            raise KeyError(page)
        if page.startswith("pause"):
            time.sleep(0.2)
    return [page.upper() for page in pages]


class Unloadable:
    """Pickles, but ends the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)


def outcome(batches: list[list[str]], workers: int = 2, timeout: float | None = None) -> tuple[list[object], list[str]]:
    said: list[str] = []
    with Pool[str, list[str]](work, workers, timeout=timeout, notice=said.append) as pool:
        return [part for batch in pool.map(batches) for part in batch.parts], said


def test_batches_come_back_in_order() -> None:
    parts, said = outcome([["pause", "b"], ["c"], ["d"], ["e", "f"]])
    assert parts == [["PAUSE", "B"], ["C"], ["D"], ["E", "F"]]
    assert said == []


def test_unordered_batches_come_as_they_are_done() -> None:
    with Pool[str, list[str]](work, 2) as pool:
        numbers = [batch.number for batch in pool.map([["pause"] * 20, ["a"], ["b"], ["c"]], ordered=False)]
    assert sorted(numbers) == list(range(4))
    assert numbers[-1] == 0


@pytest.mark.parametrize(
    ("page", "why"),
    [("exit", "worker ended with exit code 7"), ("kill", "worker was killed by SIGKILL")],
)
def test_a_page_that_kills_its_worker_is_the_only_one_lost(page: str, why: str) -> None:
    parts, said = outcome([["a", page, "b"], ["c"]])
    assert parts == [["A"], Lost(1, why), ["B"], ["C"]]
    assert len(said) == 2
    assert "3 pages are done again one by one" in said[0]


def test_a_page_that_never_ends_is_given_up() -> None:
    parts, said = outcome([["a", "hang"], ["b"]], timeout=3)
    assert parts == [["A"], Lost(1, "worker took longer than 3 seconds"), ["B"]]
    assert len(said) == 2


def test_a_worker_that_somebody_else_kills_loses_nothing() -> None:
    def pages() -> Iterator[list[str]]:
        for n in range(12):
            if n == 6:
                workers = [w.process.pid for w in pool._workers.values()]
                assert workers
                os.kill(workers[0], signal.SIGKILL)
            yield [f"pause {n}", f"b{n}"]

    with Pool[str, list[str]](work, 2) as pool:
        parts = [text for batch in pool.map(pages()) for part in batch.parts for text in part]
    assert parts == [text for n in range(12) for text in (f"PAUSE {n}", f"B{n}")]


def test_no_more_batches_are_taken_than_are_handed_out() -> None:
    taken = 0

    def pages() -> Iterator[list[str]]:
        nonlocal taken
        for n in range(60):
            taken += 1
            yield [str(n)]

    with Pool[str, list[str]](work, 2) as pool:
        for given, _ in enumerate(pool.map(pages()), 1):
            time.sleep(0.01)  # a consumer that is slower than the workers
            assert taken - given <= 6
    assert taken == 60


def test_an_exception_of_the_function_is_the_callers_to_see() -> None:
    with pytest.raises(KeyError, match="raise"):
        outcome([["a"], ["raise"]])


def test_workers_that_cannot_start_are_an_error_and_not_an_endless_loop() -> None:
    with (
        Pool[str, object](Unloadable(), 1) as pool,  # type: ignore[arg-type]
        pytest.raises(PoolError, match="exit code 3"),
    ):
        list(pool.map([["a"]]))


def test_nothing_in_nothing_out_and_no_process_started() -> None:
    with Pool[str, list[str]](work, 2) as pool:
        assert list(pool.map([])) == []
        assert not pool._workers


def test_ends_of_processes_in_words() -> None:
    assert how_it_ended(-9) == "was killed by SIGKILL"
    assert how_it_ended(1) == "ended with exit code 1"
    assert how_it_ended(-999) == "was killed by signal 999"
