"""Whole pages by someone who had not seen the word packs: no prose is lost, and the share of right lines holds.

The pages of ``blind/`` are flattened text in the furniture of news sites of 31 languages. Each line
begins with its truth: ``+`` keep, ``-`` remove, ``?`` either will do (a standfirst, a subheading).
``python tests/test_blind.py`` prints the table per language and group, ``-v`` each wrong line too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import boilerstrip

FOLDER = Path(__file__).resolve().parent / "blind"
PAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))

GROUPS = {
    "Arabic script": "ar fa ur",
    "Indic": "hi bn ta mr",
    "East Asian": "zh ja ko",
    "South-east Asian": "vi id th",
    "Cyrillic": "ru uk bg",
    "Germanic": "de nl sv",
    "Romance": "fr es pt it",
    "Other European": "pl el hu cs",
    "Turkic and African": "tr az sw am",
}

# Per cent of the lines that are right, rounded down: what was measured, not what is wished for.
FLOOR = {
    "Arabic script": 98,
    "Indic": 97,
    "East Asian": 96,
    "South-east Asian": 97,
    "Cyrillic": 96,
    "Germanic": 95,
    "Romance": 96,
    "Other European": 100,
    "Turkic and African": 98,
}

PROSE_WORDS = 20  # words, or:
PROSE_CHARACTERS = 50  # in scripts that put no space between words
UNSPACED = {"zh", "ja", "th"}


class Result(NamedTuple):
    """What came of a page: its ``language``, ``lines`` that have one truth, the ``right`` ones and the wrong."""

    language: str
    lines: int
    lost: list[str]
    leaked: list[str]

    @property
    def right(self) -> int:
        """How many lines came out as the page's author says."""
        return self.lines - len(self.lost) - len(self.leaked)


def measured(page: str) -> Result:
    """Run the page called ``page`` as flattened text, without a language, and compare line by line."""
    truth = [(line[0], line[2:]) for line in (FOLDER / f"{page}.txt").read_text(encoding="utf-8").splitlines()]
    document = boilerstrip.extract("\n".join(text for _, text in truth), source="text")
    assert len(document.lines) == len(truth)
    gone = {removal.line for removal in document.removals}
    marks = {"+", "-", "?"}
    assert {mark for mark, _ in truth} <= marks
    return Result(
        language=page.split("_", maxsplit=1)[0],
        lines=sum(mark != "?" for mark, _ in truth),
        lost=[text for i, (mark, text) in enumerate(truth) if mark == "+" and i in gone],
        leaked=[text for i, (mark, text) in enumerate(truth) if mark == "-" and i not in gone],
    )


def is_prose(text: str, language: str) -> bool:
    """Whether a line is long enough to be a paragraph that no page may lose."""
    return len(text) >= PROSE_CHARACTERS if language in UNSPACED else len(text.split()) >= PROSE_WORDS


@pytest.mark.parametrize("page", PAGES)
def test_no_prose_is_lost(page: str) -> None:
    result = measured(page)
    assert [text for text in result.lost if is_prose(text, result.language)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_share_of_right_lines(group: str) -> None:
    results = [measured(page) for page in PAGES if page.split("_")[0] in GROUPS[group].split()]
    lines, right = sum(r.lines for r in results), sum(r.right for r in results)
    assert lines, group
    assert 100 * right // lines >= FLOOR[group], [(r.language, r.lost, r.leaked) for r in results]


def test_each_page_is_in_a_group() -> None:
    assert {page.split("_")[0] for page in PAGES} == {lang for langs in GROUPS.values() for lang in langs.split()}


def main(*, verbose: bool) -> None:
    """Print the table of ``docs/languages.md``, and with ``verbose`` each wrong line."""
    results = [measured(page) for page in PAGES]
    table = [
        "| language | lines | right | % | furniture kept | text lost | of it paragraphs |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, languages in [*GROUPS.items(), ("All", " ".join(GROUPS.values()))]:
        codes = languages.split()
        rows = [] if name == "All" else [(code, [r for r in results if r.language == code]) for code in codes]
        for title, part in [*rows, (f"**{name}**", [r for r in results if r.language in codes])]:
            lines, right = sum(r.lines for r in part), sum(r.right for r in part)
            leaked, lost = sum(len(r.leaked) for r in part), sum(len(r.lost) for r in part)
            prose = sum(is_prose(text, r.language) for r in part for text in r.lost)
            share = 100 * right / lines
            table.append(f"| {title} | {lines} | {right} | {share:.1f} | {leaked} | {lost} | {prose} |")
    for result in results if verbose else []:
        for sign, texts in (("lost  ", result.lost), ("leaked", result.leaked)):
            table += [f"{result.language} {sign} {text}" for text in texts]
    sys.stdout.write("\n".join(table) + "\n")


if __name__ == "__main__":
    main(verbose="-v" in sys.argv[1:])
