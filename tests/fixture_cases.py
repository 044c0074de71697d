"""The saved pages of ``fixtures/``. See CONTRIBUTING.md."""

from __future__ import annotations

from pathlib import Path

from boilerstrip.testing import Case, differences, differences_alone, read_case, removed_lines

__all__ = ["KNOWN_FAILURES", "Case", "all_cases", "differences", "differences_alone", "read_case", "removed_lines"]

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"


# Cases that the library gets wrong, and why: shipped as they are, so that they are seen, and
# strict, so that they leave this table the day they pass.
KNOWN_FAILURES = {
    "main_content/text_second_article_en": "teasers that follow a small article right away, with nothing between, are "
    "one run of prose with it",
    "read_also/text_ar": "in flattened text a line of the names of the site and its region, above the first paragraph, stays",
    "repeated_title/text_ar": "in flattened text a caption without a credit, below the headline, reads like a standfirst",
    "pages/en_local_paper_flattened": "in flattened text a caption and, on a line of its own, its credit without a "
    "word for photo stand below the headline like a standfirst",
    "pages/es_digital_flattened": "in flattened text a row in the middle of a table of figures is lost",
    "pages/fr_quotidien_flattened": "in flattened text a caption whose credit is a name in capitals, a name of a "
    "newsletter below its header and the author's name again below the article read like article text",
}


def all_cases() -> list[Case]:
    return [read_case(page.parent) for page in sorted(FOLDER.glob("*/*/page.*"))]
