"""Many pages at once, and one page beside an event loop: the same texts as ``clean()``."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest
from crawl_parts import page, pipeline

from boilerstrip import LimitExceededError, Limits, Pipeline, aclean, clean, clean_many
from boilerstrip.batch import batches

PAGES = [page(n) for n in range(60)]


def texts(_: int) -> list[str]:
    return list(clean_many(PAGES[:5], workers=2))


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_texts_come_in_the_order_of_the_pages(workers: int) -> None:
    pages = [p if n % 2 else p.encode() for n, p in enumerate(PAGES)]
    result = list(clean_many(pages, workers=workers))
    assert result == [clean(p) for p in PAGES]
    assert "Bridge number 59 in" in result[59]


def test_options_are_those_of_clean() -> None:
    mine = Pipeline.default().without("byline", "main_content")
    (text,) = clean_many(PAGES[:1], workers=1, pipeline=mine, with_title=True)
    assert text == clean(PAGES[0], pipeline=mine, with_title=True)
    assert text.startswith("Bridge 0 to close\n\nBy Ann Lee")


def test_limits_and_presets_go_along() -> None:
    cut = Limits(lines=4)
    (text,) = clean_many(PAGES[:1], workers=1, limits=cut, preset="recall")
    assert (
        text
        == clean(PAGES[0], limits=cut, preset="recall")
        == asyncio.run(aclean(PAGES[0], limits=cut, preset="recall"))
    )
    with pytest.raises((LimitExceededError, RuntimeError), match="lines"):
        list(clean_many(PAGES[:1], workers=1, limits=Limits(lines=4, on_limit="error")))


def test_rules_go_along() -> None:
    rules = '[drop.detour]\nstart = "Drivers will be sent over"\nprose = true'
    expected = clean(PAGES[1], rules=rules)
    assert "Drivers" not in expected
    assert list(clean_many(PAGES[1:2], workers=1, rules=rules)) == [expected]
    assert asyncio.run(aclean(PAGES[1], rules=rules)) == expected


def test_pages_are_taken_no_faster_than_texts() -> None:
    taken = 0

    def source() -> Iterator[str]:
        nonlocal taken
        for n in range(2000):
            taken += 1
            yield page(n)

    texts = clean_many(source(), workers=2)
    next(texts)
    assert taken < 500
    texts.close()  # type: ignore[attr-defined] # it is a generator


def test_a_page_that_kills_its_worker_is_an_empty_text_and_a_warning() -> None:
    pages = [*PAGES[:3], "KILL", *PAGES[4:6]]
    with pytest.warns(RuntimeWarning, match="page 3 has no text: worker was killed by SIGKILL"):
        result = list(clean_many(pages, workers=2, pipeline=pipeline()))
    assert [bool(text) for text in result] == [True, True, True, False, True, True]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"workers": -1}, "workers must be a number of processes"),
        ({"workers": True}, "workers must be a number of processes"),
        ({"timeout": 0}, "timeout must be a number of seconds above 0"),
        ({"source": "pdf"}, "source must be"),
        ({"pipeline": "default"}, "pipeline must be"),
    ],
)
def test_wrong_arguments_are_named_at_the_call(options: dict[str, object], message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        clean_many(PAGES, **options)  # type: ignore[arg-type]


def test_wrong_pages_are_named() -> None:
    with pytest.raises(TypeError, match="pages must be bytes or str, not int"):
        list(clean_many([1], workers=1))  # type: ignore[list-item]


def test_batches_are_bounded_in_number_and_size() -> None:
    assert [len(batch) for batch in batches(["x"] * 40)] == [16, 16, 8]
    assert [len(batch) for batch in batches(["x" * 600_000] * 5)] == [2, 2, 1]


# ---------------------------------------------------------------- children


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_it_works_in_children_that_may_have_none_of_their_own(method: str) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} here")
    expected = texts(0)  # the parent has used everything before it has children
    # In a process without threads: a fork of one that has them is not what is tested here.
    code = (
        "import multiprocessing, sys, test_batch\n"
        "if __name__ == '__main__':\n"
        "    mine = test_batch.texts(0)\n"
        f"    with multiprocessing.get_context({method!r}).Pool(2) as pool:\n"
        "        assert pool.map(test_batch.texts, [0, 1]) == [mine] * 2\n"
        "    print(len(mine))\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, str(len(expected))), done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_child_may_have_workers() -> None:
    code = (
        "import os, test_batch\n"
        "mine = test_batch.texts(0)\n"
        "pid = os.fork()\n"
        "if not pid:\n"
        "    os._exit(0 if test_batch.texts(0) == mine else 1)\n"
        "assert os.waitpid(pid, 0)[1] == 0\n"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------- async


def test_aclean_gives_what_clean_gives() -> None:
    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(aclean(p, with_title=True) for p in PAGES[:5]))

    assert asyncio.run(all_of_them()) == [clean(p, with_title=True) for p in PAGES[:5]]


def test_aclean_takes_an_executor() -> None:
    async def one() -> str:
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
            return await aclean(PAGES[1].encode(), executor=executor)

    assert asyncio.run(one()) == clean(PAGES[1])


def test_the_event_loop_goes_on_while_a_page_is_cleaned() -> None:
    async def both() -> int:
        ticks = 0
        task = asyncio.ensure_future(aclean(PAGES[0], pipeline=pipeline(pause=0.5)))
        begin = time.monotonic()
        while not task.done():
            await asyncio.sleep(0.01)
            ticks += 1
        assert time.monotonic() - begin >= 0.5
        return ticks

    assert asyncio.run(both()) >= 5


def test_aclean_names_wrong_arguments() -> None:
    with pytest.raises(TypeError, match="with_title must be a bool"):
        asyncio.run(aclean("x", with_title=1))  # type: ignore[arg-type]
