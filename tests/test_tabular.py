"""Rows of tables, boxes of facts and lists of amounts in flattened text."""

from __future__ import annotations

import pytest

import boilerstrip
from boilerstrip.page import Page
from boilerstrip.tabular import runs_of_rows

PROSE = "The valley cup ended on Sunday with a narrow win for the boats of Marlow, which had trailed for most of the spring."


def runs_of(text: str) -> list[list[str]]:
    """The runs of rows of a page, as text."""
    found: list[list[str]] = []

    def look(page: Page) -> list[boilerstrip.Decision]:
        found.extend([[page.lines[i].text for i in run] for run in runs_of_rows(page)])
        return []

    pipeline = boilerstrip.Pipeline((look,))
    boilerstrip.extract(f"{PROSE}\n\n{text}\n\n{PROSE}", source="text", pipeline=pipeline)
    return found


@pytest.mark.parametrize(
    "rows",
    [
        ["Marlow 13 34", "Upper Creek 13 31", "Harlow 13 28"],
        ["1. Marlow 13 +34", "2. Upper Creek 13 -31", "3. Harlow 12 0"],
        ["Name\tPlayed\tPoints", "Marlow\t13\t34", "Creek\t13\t31"],
        ["Built: 1931", "Length: 214 metres", "Architect: Rosa Field"],
        ["建成：1931年", "长度：214米", "设计：田立"],
        ["6 small hard pears", "2 onions", "200 g cream"],
        ["६ नाशपाती", "२ प्याज", "२०० ग्राम मलाई"],
        ["الميناء ١٣ ٣٤", "المرفأ ١٣ ٣١", "الجسر ١٣ ٢٨"],
        ["½ onion", "2 pears", "100 g cream"],
    ],
)
def test_rows(rows: list[str]) -> None:
    assert runs_of("\n".join(rows)) == [rows]


@pytest.mark.parametrize(
    "lines",
    [
        ["Marlow 13 34", "Upper Creek 13 31"],
        ["1 Two held after barn fire", "2 Council agrees new routes", "3 Rain to return by the weekend"],
        ["Q: Why now?", "A: Because of the flood.", "Q: And the money?", "A: It is there."],
        ["12:30 Council meets", "12:10 Rain returns", "11:50 Two held"],
        ["Home", "News", "Sport"],
        ["Formula 1", "Euro 2024", "Channel 4"],
        ["Published: 4 March 2026", "Updated: 5 March 2026", "Read also: Who pays for the bridge?"],
    ],
)
def test_no_rows(lines: list[str]) -> None:
    assert runs_of("\n".join(lines)) == []


def test_an_article_goes_on_below_a_table() -> None:
    rows = "\n".join(f"Club {name} 13 {points}" for name, points in zip("ABCDEFGH", range(34, 10, -3), strict=True))
    text = (
        f"Home\nNews\nSport\n\nMarlow wins the valley cup\n\n{PROSE}\n\nFinal standings\n{rows}\n\n{PROSE[:-1]} season."
    )
    assert boilerstrip.clean(text, source="text").split("\n\n")[-1] == f"{PROSE[:-1]} season."
