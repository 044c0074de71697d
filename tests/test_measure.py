"""How long a line is, whether it ends as a sentence does, and whether it is prose: script by script."""

from __future__ import annotations

import pytest
from prose import PROSE

from boilerstrip.measure import ends_sentence, prose_of, units_of, without_stops
from boilerstrip.page import Box, Line

BOX = Box("", None, 0, (), 0, 1)


def prose(text: str) -> float:
    return prose_of(Line(0, text, 0, BOX), units_of(text))


@pytest.mark.parametrize("lang", PROSE)
def test_paragraphs_are_prose_and_headlines_are_not(lang: str) -> None:
    page = PROSE[lang]
    assert [bool(prose(paragraph)) for paragraph in page.paragraphs] == [True] * 4
    assert prose(page.headline) == 0.0


@pytest.mark.parametrize("lang", PROSE)
def test_a_paragraph_is_as_long_in_every_script(lang: str) -> None:
    """The same story: whatever a language writes together, its paragraphs count about as many words."""
    words = [units_of(paragraph) for paragraph in PROSE[lang].paragraphs]
    assert all(20 <= n <= 70 for n in words), words


@pytest.mark.parametrize(
    "text",
    [
        "Done.", "“Done.”", "Really?", "Так?..", "هل انتهى؟", "ہو گیا۔", "हो गया।", "হয়ে গেছে।", "முடிந்தது.", "完了。", "「完了。」",
        "结束了！", "끝났다.", "ተፈጸመ።", "ምን ሆነ፧", "จบแล้ว!", "បានចប់។", "ပြီးပြီ။", "Τι έγινε;", "«Τι έγινε;»", "נגמר.", "Ավարտվեց։",
    ],
)  # fmt: skip
def test_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["Done", "A list;", "Так;", "اقرأ أيضا:", "पढ़ें", "更多", "ዜና", "Περισσότερα", "ข่าว", "ขาว 2569", "»", "(1)"]
)
def test_no_sentence_ends(text: str) -> None:
    assert not ends_sentence(text)


def test_thai_and_lao_know_no_stop() -> None:
    assert without_stops("เขากล่าวว่าจะเริ่มงานในปี 2569")
    assert without_stops("ລາວກ່າວວ່າຈະເລີ່ມວຽກ")
    assert not without_stops("更多新闻")
    assert not without_stops("Read more")
    assert not without_stops("ไทย is the name of the language that most people of Thailand speak")


def test_inner_marks_make_a_long_line_prose() -> None:
    for comma in (", ", "، ", "፣ ", "。"):
        text = comma.join(["some words that make a line long" if comma.isascii() else "一些词语组成很长的一行文字"] * 5)
        assert prose(text) > 0
