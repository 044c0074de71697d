"""What the tests of crawls share: made-up archives, a filter that kills, a run in a process of its own."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boilerstrip import Page, Pipeline

TOWNS = ("Harlow", "Mill Creek", "Stanton", "Bexley", "Ferrow", "Oldbridge", "Kessel", "Marrow Bay")


def page(number: int) -> str:
    """A small news page, another one for each number."""
    town = TOWNS[number % len(TOWNS)]
    return f"""<!DOCTYPE html><html lang="en"><head><title>Bridge {number} to close - The {town} Post</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<h1>Bridge {number} to close</h1><p class="byline">By Ann Lee</p>
<p>Bridge number {number} in {town} will close in March and stay shut for a year, the council decided on Tuesday.</p>
<p>Drivers will be sent over the County Road {number % 90 + 1} bridge, a detour of three miles, until it is built.</p>
<footer>© 2026 The {town} Post. All rights reserved.</footer></body></html>"""


def url(number: int) -> str:
    return f"https://{TOWNS[number % len(TOWNS)].lower().replace(' ', '')}.example/news/{number}"


def warc_record(
    number: int,
    body: bytes | None = None,
    *,
    kind: str = "response",
    status: str = "200 OK",
    mime: str = "text/html; charset=utf-8",
    headers: str = "",
) -> bytes:
    """One WARC record: an HTTP response, or (``conversion``) the text of one."""
    data = page(number).encode() if body is None else body
    if kind == "response":
        data = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{headers}\r\n".encode("latin-1") + data
    outer = "application/http; msgtype=response" if kind == "response" else mime
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:08}-0000-4000-8000-000000000000>\r\n"
        f"WARC-Date: 2026-11-01T00:00:{number % 60:02}Z\r\nWARC-Target-URI: {url(number)}\r\n"
        f"Content-Type: {outer}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n\r\n"


def write_warc(path: Path, numbers: range, bodies: dict[int, bytes] | None = None) -> Path:
    """A gzip WARC file of the pages of these numbers."""
    bodies = bodies or {}
    path.write_bytes(b"".join(gzip.compress(warc_record(n, bodies.get(n)), 1) for n in numbers))
    return path


class Trouble:
    """A filter that does to its worker what the page says: ends it, kills it, hangs, fills memory."""

    name = "trouble"

    def __init__(self, pause: float = 0.0) -> None:
        self.pause = pause

    def __call__(self, page: Page) -> Iterator[Any]:
        text = page.lines[0].text if page.lines else ""
        if text == "EXIT":
            os._exit(7)
        if text == "KILL":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "HANG":
            time.sleep(600)
        if text == "FILL":
            hoard = [b"x" * 50_000_000 for _ in range(1000)]
            raise AssertionError(len(hoard))
        if self.pause:
            time.sleep(self.pause)
        return iter(())


def pipeline(pause: float = 0.0) -> Pipeline:
    return Pipeline.default().adding(Trouble(pause))


def start(inputs: list[Path | str], out: Path | str, **options: Any) -> subprocess.Popen[bytes]:
    """A run in a process of its own; options are fields of ``Plan``, and ``pause``."""
    words = [json.dumps([str(i) for i in inputs]), str(out), json.dumps(options)]
    return subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen[bytes]) -> list[Any]:
    """What a run that must succeed said, event by event."""
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error.decode()
    return [json.loads(line) for line in out.splitlines()]


def main() -> None:
    from boilerstrip.run import engine, progress, sinks  # noqa: PLC0415

    inputs, out, options = json.loads(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    format = sinks.format_of(out)
    assert format is not None
    plan = engine.Plan(
        inputs=tuple(inputs),
        out=out,
        format=format,
        version="test",
        pipeline=pipeline(options.pop("pause", 0.0)),
        **options,
    )
    state = engine.run(plan, progress.Machine(0.0, sys.stdout))
    said = {"event": "state", "pages": state.totals.pages, "errors": state.totals.errors}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
