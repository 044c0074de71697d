"""Whether memory stays flat over many pages: ``python -m benchmarks.steady [PAGES]``.

The pages are small and all different, each with class names of its own.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import boilerstrip

_WORDS = "The bridge number {i} will close in March, the council decided on Tuesday night after a long debate."
_PAGE = (
    "<html><body class='page-{i}'><nav><a href='/'>Home</a></nav><h1>Bridge {i}</h1><div class='c{i} share-bar'>Share"
    f"</div><p>{_WORDS}</p><p>{_WORDS} Again.</p><footer>© 2026 Site</footer></body></html>"
)


def _resident() -> float:
    """Megabytes that this process holds now (Linux)."""
    for line in Path("/proc/self/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(pages: int) -> None:
    """Print the memory held after 1,000, 3,000, 10,000 … pages."""
    start = time.process_time()
    marks = {digit * 10**power for digit in (1, 3) for power in range(3, 8)} | {pages}
    for i in range(1, pages + 1):
        boilerstrip.extract(_PAGE.replace("{i}", str(i)).encode())
        if i in marks:
            gc.collect()
            print(f"{i:8} pages  {_resident():6.1f} MB  {time.process_time() - start:6.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
