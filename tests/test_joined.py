"""Which lines hold a sign, asked of all at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from boilerstrip import Pipeline, extract
from boilerstrip.joined import Joined
from boilerstrip.page import Decision, Page

LINES = st.lists(st.text(alphabet="ab©/ ", max_size=6), max_size=8)
SIGNS = st.lists(st.sampled_from(["a", "ab", "©", "/", "//"]), min_size=1, max_size=3)


@given(LINES, SIGNS)
def test_the_lines_that_hold_a_sign(lines: list[str], signs: list[str]) -> None:
    assert Joined(lines).holding(*signs) == [i for i, line in enumerate(lines) if any(s in line for s in signs)]


def test_a_sign_does_not_reach_over_the_end_of_a_line() -> None:
    assert Joined(["a", "b"]).holding("ab") == []


def test_filters_may_ask_a_page() -> None:
    asked: list[list[int]] = []

    def look(page: Page) -> list[Decision]:
        asked.append(page.holding("©", "#"))
        asked.append(page.saying("copyright"))
        return []

    extract("One line\n\nCOPYRIGHT © 2026\n\n#tag and © again", source="text", pipeline=Pipeline((look,)))
    assert asked == [[1, 2], [1]]
