"""What holds in every language that has a word pack: its pages, its name, its corrections."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from fixture_cases import Case, all_cases
from prose import PROSE

import boilerstrip
from boilerstrip.rules.__main__ import HERE

PACKS = sorted(path.stem for path in (HERE / "words").glob("*.toml"))
CORRECTIONS: dict[str, str] = tomllib.loads((Path(__file__).parent / "corrections.toml").read_text("utf-8"))
LEAST_FURNITURE = 25


def as_html(headline: str, paragraphs: list[str]) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><title>{headline}</title><body><article><h1>{headline}</h1>{text}</article></body></html>"


@pytest.mark.parametrize("lang", PACKS)
def test_each_language_has_a_page_in_both_forms_and_a_trap(lang: str) -> None:
    mine = [case for case in all_cases() if case.family == "pages" and case.name.startswith(f"{lang}_")]
    for source in ("html", "txt"):
        assert any(len(case.removed or ()) >= LEAST_FURNITURE for case in mine if case.source == source), source
    assert any(case.family == "pages" and case.name.startswith(f"trap_{lang}_") for case in all_cases())


@pytest.mark.parametrize("lang", PACKS)
def test_the_language_is_told_from_the_text(lang: str) -> None:
    headline, paragraphs = PROSE[lang]
    for page in ("\n\n".join([headline, *paragraphs]), as_html(headline, list(paragraphs))):
        assert boilerstrip.extract(page).lang == lang.split("-", maxsplit=1)[0]


def test_each_language_has_a_correction() -> None:
    assert sorted(CORRECTIONS) == PACKS


@pytest.mark.parametrize("place", [0, 2, 4])
@pytest.mark.parametrize("lang", CORRECTIONS)
def test_corrections_stay(lang: str, place: int) -> None:
    headline, paragraphs = PROSE[lang]
    paragraphs = [*paragraphs[:place], CORRECTIONS[lang], *paragraphs[place:]]
    for page in ("\n\n".join([headline, *paragraphs]), as_html(headline, paragraphs)):
        assert CORRECTIONS[lang] in boilerstrip.clean(page)


LATIN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
    | dict(zip("АБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
)


@pytest.mark.parametrize(
    "case", [case for case in all_cases() if case.name.startswith(("sr_", "trap_sr_"))], ids=lambda case: case.name
)
def test_serbian_in_latin_letters(case: Case) -> None:
    page = case.page.decode("utf-8").translate(LATIN)
    assert boilerstrip.clean(page) == case.expected.translate(LATIN)
