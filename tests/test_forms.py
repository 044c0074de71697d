"""Forms below an article, flattened: in every language of the packs all of it goes, and none of the article."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from prose import PROSE

import boilerstrip
from boilerstrip.rules.__main__ import HERE

FORMS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))
# Where the labels stand in a form.
LABELS = slice(2, 6)


def test_each_language_has_its_form() -> None:
    assert set(FORMS) == {path.stem for path in (HERE / "words").glob("*.toml")}


@pytest.mark.parametrize("apart", ["\n", "\n\n"], ids=["one block", "blocks"])
@pytest.mark.parametrize("lang", FORMS)
def test_forms_go_whole(lang: str, apart: str) -> None:
    headline, paragraphs = PROSE[lang]
    page = "\n\n".join([headline, *paragraphs, apart.join(FORMS[lang])])
    document = boilerstrip.extract(page, source="text")
    assert document.text == "\n\n".join(paragraphs)
    form = {document.lines[r.line].text: r.filter for r in document.removals[1:]}
    assert list(form.values()).count("comment_form") >= len(form) - 1, form


@pytest.mark.parametrize("around", ["form", "div"])
@pytest.mark.parametrize("lang", FORMS)
def test_forms_without_names_go_from_html(lang: str, around: str) -> None:
    headline, paragraphs = PROSE[lang]
    title, note, *labels, button = FORMS[lang]
    form = "".join(f"<p><label>{label}</label><input></p>" for label in labels)
    page = (
        f"<title>{headline}</title><body><div><h1>{headline}</h1>{''.join(f'<p>{p}</p>' for p in paragraphs)}</div>"
        f"<{around}><h3>{title}</h3><p>{note}</p>{form}<p><button>{button}</button></p></{around}></body>"
    )
    assert boilerstrip.clean(page, source="html") == "\n\n".join(paragraphs)


@pytest.mark.parametrize("lang", FORMS)
def test_runs_of_labels_go(lang: str) -> None:
    """Name, e-mail, website, comment: nothing else, and without the stars of required fields."""
    headline, paragraphs = PROSE[lang]
    labels = [label.rstrip("*※: ") for label in FORMS[lang][LABELS]]
    document = boilerstrip.extract("\n\n".join([headline, *paragraphs, "\n".join(labels)]), source="text")
    assert document.text == "\n\n".join(paragraphs)


@pytest.mark.parametrize("lang", FORMS)
def test_a_lone_label_amid_the_article_stays(lang: str) -> None:
    """Over a paragraph a word such as "Name" is a subheading."""
    headline, paragraphs = PROSE[lang]
    label = FORMS[lang][3].rstrip("*※: ")
    page = "\n\n".join([headline, *paragraphs[:2], label, *paragraphs[2:]])
    document = boilerstrip.extract(page, source="text")
    # "Ad", a name in Turkish, labels an advertisement in English.
    assert label in [line.text for line in document.kept] or label == "Ad"
