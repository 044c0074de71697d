"""Peak memory of one extractor, measured in a fresh process of its own.

``python -m benchmarks.memory FOLDER SET EXTRACTOR PAGES`` is that process: it prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path


@dataclass(frozen=True)
class Memory:
    """Megabytes: when the extractor was imported, and at the most after that."""

    start: float
    peak: float


def peak_memory(folder: Path, name: str, who: str, pages: int) -> Memory | None:
    """Memory of an extractor on the first pages of a set; None where it cannot be measured."""
    command = [sys.executable, "-m", "benchmarks.memory", str(folder.resolve()), name, who, str(pages)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        return None
    return Memory(**json.loads(done.stdout.splitlines()[-1]))


def _peak() -> float:
    """Megabytes that this process held at the most.

    Linux hands the figure of ``getrusage`` on from the process that started this one, hence its
    own is preferred.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    import resource  # noqa: PLC0415 - not on every system

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def _measure(folder: Path, name: str, who: str, pages: int) -> Memory:
    from benchmarks.data import pages_of  # noqa: PLC0415 - not before the process is its own
    from benchmarks.limit import SECONDS_A_PAGE, PageTimeout, cpu_limit  # noqa: PLC0415
    from benchmarks.peers import loaded  # noqa: PLC0415
    from benchmarks.speed import PARSE, parse  # noqa: PLC0415

    work = parse if who == PARSE else loaded(who, "html")
    start = _peak()
    for record in islice(pages_of(folder, name), pages):
        with suppress(Exception, PageTimeout), cpu_limit(SECONDS_A_PAGE):
            work(record)
    return Memory(start, _peak())


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))))
