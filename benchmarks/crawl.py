"""A crawl to measure with: ``python -m benchmarks.crawl make`` writes it, ``scale`` runs over it.

The pages of ``make`` are the fixtures, varied: paragraphs of shuffled words, a script of random size
in the head, thousands of hosts. With ``--data`` they are the labelled pages, as they are, over and over.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.data import pages_of, sets_in

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
# Bytes of script in the head of a page: the logarithm is spread like a bell around this median.
SCRIPT_MEDIAN = 24_000
SCRIPT_SPREAD = 0.8
MOST_PARAGRAPHS = 12
HOSTS = 3_000


def fixture_pages(chance: random.Random) -> Iterator[bytes]:
    """The HTML fixtures, each time another one and each time different."""
    pages = [path.read_bytes() for path in sorted(FIXTURES.glob("*/*/page.html"))]
    pages = [page for page in pages if is_utf8(page)]
    noise = bytes(chance.choices(b"abcdefghijklmnopqrstuvwxyz0123456789_:.,;(){}[] =", k=1_000_000))
    while True:
        page = chance.choice(pages)
        size = min(int(chance.lognormvariate(0, SCRIPT_SPREAD) * SCRIPT_MEDIAN), len(noise) // 2)
        at = chance.randrange(len(noise) - size)
        script = b"<script>var d = '" + noise[at : at + size] + b"';</script>"
        head, mark, rest = page.partition(b"</head>")
        if mark:
            page = head + script + mark + rest
        yield varied(page, chance)


def varied(page: bytes, chance: random.Random) -> bytes:
    """The page with more paragraphs: the words of one of its own, in another order."""
    parts = page.split(b"</p>")
    if len(parts) < 3:
        return page
    at = chance.randrange(1, len(parts) - 1)
    words = parts[at].rpartition(b">")[2].split()
    if len(words) < 15:
        return page
    more = []
    for _ in range(chance.randrange(MOST_PARAGRAPHS)):
        chance.shuffle(words)
        more.append(b"<p>" + b" ".join(words) + b".")
    return b"</p>".join([*parts[: at + 1], *more, *parts[at + 1 :]])


def labelled_pages(data: Path) -> Iterator[bytes]:
    """The labelled pages in turn, from the first again after the last."""
    pages = [str(p["html"]).encode("utf-8", "replace") for name in sets_in(data) for p in pages_of(data, name)]
    return itertools.cycle(pages)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def make(path: Path, count: int, data: Path | None, seed: int) -> None:
    """Write a WARC file of so many pages, a gzip member each, as crawlers do."""
    chance = random.Random(seed)  # noqa: S311 - the same crawl every time
    pages = labelled_pages(data) if data else fixture_pages(chance)
    size = 0
    with path.open("wb") as file:
        for n, page in enumerate(itertools.islice(pages, count)):
            host = f"host{int(chance.paretovariate(0.9)) % HOSTS}.example"
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:08}-0000-4000-8000-000000000000>\r\n"
                f"WARC-Date: 2026-11-01T00:00:00Z\r\nWARC-Target-URI: https://{host}/news/{n}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 1))
            size += len(page)
    print(f"{count:,} pages, {size / count / 1000:.1f} KB on average; {path.stat().st_size / 1e6:,.0f} MB on disk")


class Memory(threading.Thread):
    """Resident bytes of a process and of its children, second by second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.samples: list[tuple[float, int, int]] = []  # time, the process, its largest child
        self.cpu = 0.0  # seconds of the process alone
        self._over = threading.Event()

    def run(self) -> None:
        begin = time.monotonic()
        while not self._over.wait(1.0):
            try:
                self.cpu = cpu_seconds(self.pid)
                text = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii")
                mine = resident(self.pid)
                largest = max((resident(int(child)) for child in text.split()), default=0)
            except OSError:
                continue
            self.samples.append((time.monotonic() - begin, mine, largest))

    def stop(self) -> None:
        self._over.set()
        self.join()

    def quarters(self) -> list[tuple[float, float]]:
        """Median MB of (the process, its largest child) in each quarter of the time."""
        step = max(1, len(self.samples) // 4)
        parts = [self.samples[at : at + step] for at in range(0, step * 4, step)]
        return [
            (statistics.median(s[1] for s in part) / 1e6, statistics.median(s[2] for s in part) / 1e6)
            for part in parts
            if part
        ]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(source: Path, workers: int, format: str) -> dict[str, Any]:
    """One run, with its times and memory."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out.{format}"
        command = [sys.executable, "-m", "boilerstrip", "run", str(source), "-o", str(out)]
        command += ["--workers", str(workers), "--log-json", "--log-every", "10"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen(command, stderr=log)  # noqa: S603 - our own command
            memory = Memory(process.pid)
            memory.start()
            code = process.wait()
            memory.stop()
            log.seek(0)
            events = [json.loads(line) for line in log if line.startswith(b"{")]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if code:
            raise SystemExit(f"the run ended with exit code {code}")
        size = sum(f.stat().st_size for f in ([out] if out.is_file() else out.iterdir()))
    end = events[-1]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "workers": workers,
        "pages": end["pages"],
        "errors": end["errors"],
        "seconds": end["seconds"],
        "pages_per_s": end["pages_per_s"],
        "cpu_s": round(cpu, 1),
        "pages_per_cpu_s": round(end["pages"] / cpu, 1),
        "own_cpu_share": round(memory.cpu / cpu, 3),
        "cores_used": round(cpu / end["seconds"], 2),
        "outside_extract": round(1 - end["extract_cpu_s"] / cpu, 3),
        "out_bytes_per_page": round(size / end["pages"]),
        "memory_mb_by_quarter": [[round(a), round(b)] for a, b in memory.quarters()],
    }


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write a WARC file of made-up or labelled pages")
    making.add_argument("file", type=Path)
    making.add_argument("--pages", type=int, default=100_000)
    making.add_argument("--data", type=Path, help="folder of *.jsonl.xz: take these pages instead of the fixtures")
    making.add_argument("--seed", type=int, default=1)
    scaling = commands.add_parser("scale", help="run over a file; one JSON object for each number of workers")
    scaling.add_argument("file", type=Path)
    scaling.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    scaling.add_argument("--format", choices=["jsonl", "jsonl.gz", "jsonl.zst", "parquet"], default="jsonl.zst")
    args = parser.parse_args(argv)
    if args.command == "make":
        make(args.file, args.pages, args.data, args.seed)
    else:
        for workers in args.workers:
            print(json.dumps(measure(args.file, workers, args.format)), flush=True)


if __name__ == "__main__":
    main()
