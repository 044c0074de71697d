"""The saved pages of ``fixtures/``. See CONTRIBUTING.md."""

from __future__ import annotations

from pathlib import Path

from boilerstrip.testing import Case, differences, differences_alone, read_case, removed_lines

__all__ = ["KNOWN_FAILURES", "Case", "all_cases", "differences", "differences_alone", "read_case", "removed_lines"]

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"


# Cases that the library gets wrong, and why: shipped as they are, so that they are seen, and
# strict, so that they leave this table the day they pass.
KNOWN_FAILURES: dict[str, str] = {}


def all_cases() -> list[Case]:
    return [read_case(page.parent) for page in sorted(FOLDER.glob("*/*/page.*"))]
