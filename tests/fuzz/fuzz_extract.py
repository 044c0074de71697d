"""Atheris target: any bytes are a page, and what comes out of it is coherent.

    python tests/fuzz/fuzz_extract.py WORK tests/fuzz/corpus -max_total_time=60

What is new goes into the folder WORK. The first byte of an input chooses how the rest is handed over (bytes or str; told to be HTML, text
or nothing; the charset from the header), so that all ways in are under test. ``check`` is the
oracle, and the suite runs it over the seed corpus too (``tests/test_fuzz.py``), without Atheris.
"""

from __future__ import annotations

import sys
from itertools import pairwise

from boilerstrip import Verdict, extract
from boilerstrip.render import to_text

SOURCES = (None, "html", "text")
ENCODINGS = (None, "utf-8", "windows-1256", "gb18030", "utf-16", "iso-2022-jp", "shift_jis", "koi8-r")


def check(data: bytes) -> None:
    """One page through the library; an AssertionError or any other exception is a finding."""
    how, page = data[:1], data[1:]
    way = how[0] if how else 0
    source = SOURCES[way % 3]
    encoding = ENCODINGS[way // 3 % 8]
    given = page.decode("utf-8", "surrogateescape") if way // 24 % 2 else page
    document = extract(given, source=source, encoding=encoding, url="https://a.example/x")  # type: ignore[arg-type]
    # All lines are on the account, in order, none twice.
    assert [line.index for line in document.lines] == list(range(len(document.lines)))
    removed = [removal.line for removal in document.removals]
    assert all(a < b for a, b in pairwise(removed))
    assert len(document.kept) + len(removed) == len(document.lines)
    assert document.text == to_text(document.kept)
    assert all(removal.evidence.what for removal in document.removals)
    assert all(line.text.strip() and "\n" not in line.text for line in document.lines)
    # No filter of ours may fail, on any page.
    assert {warning.where for warning in document.warnings} <= {"decode", "limits", "source"}, document.warnings
    assert isinstance(document.verdict, Verdict)
    document.text.encode("utf-8")


def main() -> None:
    import atheris  # noqa: PLC0415 - only whoever fuzzes needs it

    # The parts in C are not instrumented; what steers our own code is enough.
    atheris.instrument_all()
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
