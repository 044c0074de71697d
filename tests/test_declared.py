"""The text that a page declares in its JSON-LD: found in broken JSON too, read as plain text, and used where nothing is shown."""

from __future__ import annotations

import json

import pytest

import boilerstrip
from boilerstrip.declared import body_in, telling

SENTENCE = "The ferry across Tarn Water will run all winter, the council decided. "
BODY = SENTENCE * 6


def ld(body: str, **more: str) -> str:
    return json.dumps({"@type": "NewsArticle", "articleBody": body, **more})


def test_the_longest_body_of_all_scripts() -> None:
    assert body_in(["var x = 1", ld(BODY), ld(BODY + SENTENCE)]) == (BODY + SENTENCE).strip()


def test_paragraphs_markup_and_entities() -> None:
    body = f"<p>{BODY}</p><p>&quot;No more,&quot; she said.<br/>They &amp; we <b>agree</b>.</p>"
    assert body_in([ld(body)]).split("\n") == [BODY.strip(), '"No more," she said.', "They & we agree."]


def test_broken_json_gives_its_body_all_the_same() -> None:
    assert body_in(['{"@type": "NewsArticle",, "articleBody": "' + BODY + "\n" + BODY + '", ']).count("\n") == 1


@pytest.mark.parametrize(
    "script",
    [
        ld("Too short to be an article."),
        '{"articleBody": "' + BODY,  # never closed
        '{"articleBody": "' + BODY + r"\u12" + '"}',  # no escape
        '{"articleBody": ["' + BODY + '"]}',
        "",
    ],
)
def test_what_is_no_body(script: str) -> None:
    assert body_in([script]) == ""


def test_telling() -> None:
    assert telling("«The ferry, across Tarn Water» — 2026!") == "theferryacrosstarnwater2026"
    assert telling("Too short") == ""


def test_a_page_that_shows_its_text_is_read_from_its_markup() -> None:
    shown = "".join(f"<p>{SENTENCE} It is the {i}th of its kind in the district.</p>" for i in range(6))
    page = f"<html><head><script type='application/ld+json'>{ld(BODY)}</script></head><body>{shown}</body></html>"
    document = boilerstrip.extract(page)
    assert document.warnings == []
    assert document.text.count("It is the") == 6


def test_a_page_without_text_gives_the_declared_one() -> None:
    page = f"<html><head><script type='application/ld+json'>{ld(BODY)}</script></head><body><div id=app></div></body></html>"
    document = boilerstrip.extract(page)
    assert document.text == BODY.strip()
    assert [warning.where for warning in document.warnings] == ["read"]
    assert document.verdict == "article"
