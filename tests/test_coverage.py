"""The table of languages and families."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from boilerstrip.cli import main
from boilerstrip.rules.__main__ import DOCS, coverage_page, packs_in
from boilerstrip.rules.compile import tables_of
from boilerstrip.rules.coverage import counts_of, markdown

PACKS = [
    {"lang": "en", "family": {"tags": {"whole": ["Tags", "Topics"], "start": ["Tags:"]}, "ads": {"weak": ["Ad"]}}},
    {"lang": "ar", "family": {"tags": {"contains": ["كلمات دالة على"]}}},
]


def test_counts() -> None:
    assert counts_of(tables_of(PACKS)) == {"ar": {"tags": 1}, "en": {"ads": 1, "tags": 3}}


def test_table() -> None:
    assert markdown(counts_of(tables_of(PACKS))) == (
        "| | all | ads | tags |\n|---|---:|---:|---:|\n| ar | 1 | – | 1 |\n| en | 4 | 1 | 3 |\n"
    )


def test_every_phrase_is_counted() -> None:
    packs = list(packs_in())
    counts = counts_of(tables_of(packs))
    for pack in packs:
        phrases = [phrase for kinds in pack["family"].values() for rows in kinds.values() for phrase in rows]
        assert sum(counts[pack["lang"]].values()) == len(phrases), pack["lang"]


def test_command() -> None:
    printed = CliRunner().invoke(main, ["rules", "coverage"])
    assert printed.exit_code == 0
    assert "| en | " in printed.output
    assert "copyright_footer" in printed.output.splitlines()[0]
    one = CliRunner().invoke(main, ["rules", "coverage", "--lang", "de"])
    assert one.exit_code == 0
    assert "cookie_notice" in one.output


def test_unknown_language_is_an_error_that_names_the_known() -> None:
    result = CliRunner().invoke(main, ["rules", "coverage", "--lang", "tlh"])
    assert result.exit_code == 2
    assert "no pack for 'tlh'; there are " in result.output
    assert " ar, " in result.output


@pytest.mark.skipif(not DOCS.is_dir(), reason="an installed package has no docs/")
def test_the_page_in_the_docs_is_fresh() -> None:
    page = (DOCS / "coverage.md").read_text("utf-8")
    assert page == coverage_page(tables_of(packs_in())), "run python -m boilerstrip.rules"
