"""Class and id tokens, tags and attributes → families."""

from __future__ import annotations

import pickle

import pytest

from boilerstrip.filters import DEFAULT
from boilerstrip.signature import Signature, SignatureTable, words_of

TABLE = SignatureTable(
    {
        "share_bar": Signature(names="sharedaddy", starts="addtoany_", words="share-bar sharing", weak="share"),
        "ads": Signature(starts="div-gpt-ad", tags="amp-ad", words="ad-slot"),
        "comments": Signature(itemtypes="Comment", itemprops="comment", roles="feed"),
        "nav_menu": Signature(tags="nav", roles="navigation menu", rels="next prev"),
        "search_box": Signature(types="search"),
    }
)


def families(*tokens: str) -> set[tuple[str, bool]]:
    return {(family, strong) for family, _, strong in TABLE.of_tokens(tokens)}


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("share", ["share"]),
        ("ArticleShareBar__top", ["article", "share", "bar", "top"]),
        ("article__share-bar", ["article", "share", "bar"]),
        ("share_bar2", ["share", "bar", "2"]),
        ("HTMLShareBar", ["html", "share", "bar"]),
        ("SHARE-BAR", ["share", "bar"]),
        ("td-post-sharing", ["td", "post", "sharing"]),
        ("---", []),
        ("мєню", []),
    ],
)
def test_words_of_a_token(token: str, words: list[str]) -> None:
    assert list(words_of(token)) == words


@pytest.mark.parametrize("token", ["share-bar", "ArticleShareBar__top", "share_bar", "c-share-bar--sticky", "ShareBar"])
def test_runs_of_words(token: str) -> None:
    assert ("share_bar", True) in families(token)


@pytest.mark.parametrize("token", ["shareholder-bar", "sharebars", "bar-share-x", "share-the-bar"])
def test_a_run_of_words_is_a_run(token: str) -> None:
    assert ("share_bar", True) not in families(token)


def test_names_are_whole_tokens_in_any_case() -> None:
    assert families("SharedAddy") == {("share_bar", True)}
    assert families("sharedaddy-x") == set()


def test_starts_are_beginnings() -> None:
    assert families("addtoany_share_save") == {("share_bar", True), ("share_bar", False)}
    assert families("div-gpt-ad-12345-0") == {("ads", True)}
    assert families("x-div-gpt-ad") == set()


def test_weak_words_are_weak() -> None:
    assert families("share") == {("share_bar", False)}
    assert families("top-share-x") == {("share_bar", False)}


def test_other_words_name_nothing() -> None:
    assert families("post-content", "article", "") == set()


@pytest.mark.parametrize("token", ["has-share-bar", "with-ad-slot", "share-bar-layout", "ad-slot-free", "share-page"])
def test_tokens_that_tell_what_a_page_has_name_nothing(token: str) -> None:
    assert families(token) == set()


def test_generated_tokens_name_nothing() -> None:
    assert families("share-bar-" + "x" * 100) == set()


def test_several_tokens_add_up() -> None:
    assert families("share-bar", "ad-slot") == {("share_bar", True), ("share_bar", False), ("ads", True)}


@pytest.mark.parametrize(
    ("name", "value", "family"),
    [
        ("role", "navigation", "nav_menu"),
        ("role", " Navigation ", "nav_menu"),
        ("role", "presentation menu", "nav_menu"),
        ("rel", "nofollow next", "nav_menu"),
        ("itemtype", "https://schema.org/Comment", "comments"),
        ("itemtype", "http://schema.org/comment/", "comments"),
        ("itemprop", "comment", "comments"),
        ("type", "search", "search_box"),
    ],
)
def test_attributes(name: str, value: str, family: str) -> None:
    assert [match[0] for match in TABLE.of_attribute(name, value)] == [family]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("role", "main"),
        ("rel", "nextgen"),
        ("itemtype", "https://schema.org/CommentAction"),
        ("type", ""),
        ("role", ""),
    ],
)
def test_other_attributes(name: str, value: str) -> None:
    assert TABLE.of_attribute(name, value) == []


def test_tags() -> None:
    assert [match[0] for match in TABLE.tags["amp-ad"]] == ["ads"]
    assert "div" not in TABLE.tags


def test_looking_up_again_gives_the_same() -> None:
    first = TABLE.of_tokens(["share-bar", "post"])
    assert TABLE.of_tokens(["share-bar", "post"]) == first


def test_a_table_is_not_sent_to_workers() -> None:
    with pytest.raises(TypeError, match="pickle the Pipeline"):
        pickle.dumps(TABLE)


@pytest.mark.parametrize(
    "family", [f for f in DEFAULT if isinstance(getattr(f, "signature", None), Signature)], ids=lambda f: f.name
)
def test_every_declared_signature_can_match(family: object) -> None:
    """A name in capitals, a start under four characters or a run with an odd word would be dead."""
    signature: Signature = family.signature  # type: ignore[attr-defined]
    table = SignatureTable({"it": signature})
    dead = [name for name in signature.names.split() if not table.of_tokens([name])]
    dead += [run for run in (*signature.words.split(), *signature.weak.split()) if not table.of_tokens([f"x-{run}-x"])]
    dead += [start for start in signature.starts.split() if len(start) < 4 or not table.of_tokens([start + "x"])]
    for attribute, values in (
        ("role", signature.roles),
        ("itemprop", signature.itemprops),
        ("rel", signature.rels),
        ("type", signature.types),
        ("itemtype", signature.itemtypes),
    ):
        dead += [value for value in values.split() if not table.of_attribute(attribute, value)]
    assert dead == []
