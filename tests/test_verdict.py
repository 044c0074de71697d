"""What kind of page it was: never an empty text without a reason."""

from __future__ import annotations

import pytest

from boilerstrip import Verdict, extract

PARAGRAPH = (
    "The council voted on Tuesday night to close the bridge for a year, and the mayor said that the "
    "detour over the county road would cost each driver about six minutes a day until the spring."
)


def test_an_article() -> None:
    assert extract(f"<h1>Bridge to close</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>").verdict is Verdict.ARTICLE


@pytest.mark.parametrize(
    "page", ["", " \n\t ", b"", "<html><body></body></html>"], ids=["str", "space", "bytes", "html"]
)
def test_nothing_is_empty(page: str | bytes) -> None:
    document = extract(page)
    assert (document.text, document.verdict) == ("", Verdict.EMPTY)


@pytest.mark.parametrize(
    "said", ["404 Not Found", "Access Denied", "Seite nicht gefunden", "Страница не найдена", "الصفحة غير موجودة"]
)
def test_an_error_page(said: str) -> None:
    page = f"<html><head><title>{said}</title></head><body><h1>{said}</h1><p>Try the search.</p></body></html>"
    assert extract(page).verdict is Verdict.ERROR


def test_an_article_about_errors_is_an_article() -> None:
    page = "<h1>404 Not Found</h1>" + f"<p>{PARAGRAPH}</p>" * 4
    assert extract(page).verdict is Verdict.ARTICLE


def test_a_page_for_scripts_is_a_shell() -> None:
    page = "<html><body><div id='root'></div><script src='app.js'></script></body></html>"
    assert extract(page).verdict is Verdict.SHELL


def test_a_list_of_links_is_an_index() -> None:
    links = "".join(f"<li><a href='/{n}'>Headline number {n} of the day</a></li>" for n in range(60))
    assert extract(f"<html><body><ul>{links}</ul></body></html>").verdict is Verdict.INDEX


def test_a_teaser_with_an_offer_is_paywalled() -> None:
    page = f"<h1>Bridge to close</h1><p>{PARAGRAPH}</p><div class='paywall'><p>Subscribe to continue reading</p></div>"
    assert extract(page).verdict is Verdict.PAYWALLED
