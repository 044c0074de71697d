"""What the judge looks at in flattened text, where no markup tells."""

from __future__ import annotations

import pytest

from boilerstrip import Pipeline
from boilerstrip.page import Page
from boilerstrip.read import read
from boilerstrip.scorecard.flat import LINE_FEATURES, Flat, longer_of, says_steps, words_in

FERRY = "The night ferry to the northern shore will sail again in March, the harbour board said."
CREWS = "Crews of the ferry had asked the harbour board for better pay since the northern mill closed."
BOARD = "The board had closed the ferry in autumn, when the northern mill owed money for the crews."
MILL = "The mill says that the crews of its own ferry could sail from the northern harbour instead."
NIGHT = "On Monday night the board and the crews will talk about money again in the northern mill."
NOTE = "By signing up, you agree to our terms of use."
HIVES = "Forty beehives vanished overnight from an orchard, its owner told visitors on Friday."
TEXT = "\n\n".join(
    ["Night ferry sails again", FERRY, CREWS, BOARD, MILL, NIGHT, FERRY[:40], NOTE, "Menu", "Prices", "Weather", HIVES]
)


def flat_of(text: str) -> tuple[Page, dict[str, dict[str, int]]]:
    """The page, and the features of each of its lines by the line's text."""
    pipeline = Pipeline.default().without("main_content")
    page, _, _ = read(text, None, None, "text", pipeline.signatures)
    pipeline.decide(page)
    flat = Flat(page, {"terms": -1.5, "signing": -2.0})
    return page, {line.text: dict(zip(LINE_FEATURES, flat.values(line.index), strict=True)) for line in page.lines}


def test_the_heaviest_run_is_the_core_and_what_stands_apart_is_told_by_its_way_to_it() -> None:
    _, features = flat_of(TEXT)
    assert features[FERRY]["core_way"] == features[CREWS]["core_way"] == 8
    assert features[HIVES]["core_way"] > 8
    assert features[HIVES]["run"] < features[CREWS]["run"]


def test_a_line_of_another_matter_shares_few_words_with_the_core() -> None:
    _, features = flat_of(TEXT)
    assert features[HIVES]["shared"] < features[CREWS]["shared"]
    assert features[CREWS]["titled"] > features[HIVES]["titled"] == 0


def test_lines_that_begin_alike_are_counted() -> None:
    _, features = flat_of(TEXT)
    assert features[FERRY]["again"] == 2
    assert features[CREWS]["again"] == 1


def test_a_phrase_that_no_family_acted_on_is_told_to_the_judge() -> None:
    _, features = flat_of(TEXT)
    assert features[NOTE]["phrase"] == 3
    assert features[HIVES]["phrase"] == 0


def test_words_speak_all_together_and_on_average() -> None:
    points = {"terms": -1.5, "signing": -2.0}
    assert says_steps([], points) == says_steps(["ferry"], {}) == (8, 8)
    assert says_steps(words_in("Signing terms"), points) == (5, 0)


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("The ferry and its CREWS", {"ferry", "crews"}),
        ("津波注意報 と AFP通信", {"津波", "波注", "注意", "意報", "通信"}),
        ("", set()),
    ],
)
def test_longer_words_are_what_a_line_is_about(text: str, longer: set[str]) -> None:
    assert longer_of(text, words_in(text)) == longer
