"""The scorecard: features in small steps, points that add up, a bar that fits the page."""

from __future__ import annotations

from typing import Any

import pytest
from fixture_cases import Case, all_cases

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.filters.main_content import MainContent
from boilerstrip.page import Page
from boilerstrip.read import read
from boilerstrip.scorecard.features import FEATURES, STEPS, TAGS, Features
from boilerstrip.scorecard.kind import Kinds, facts_of
from boilerstrip.scorecard.model import Card, bar_of, chance, load_card, load_kinds
from boilerstrip.scorecard.steps import share_step, size_step

CASES = [case for case in all_cases() if case.family == "pages"]


def undecided(case: Case) -> Page:
    """A page after all filters but the judge."""
    pipeline = Pipeline.default().without("main_content")
    page, _, _ = read(case.page, None, None, None, pipeline.signatures)
    pipeline.decide(page)
    return page


def test_sizes_go_by_half_octaves() -> None:
    assert [size_step(n) for n in (0, 1, 2, 3, 4, 8, 16, 1000)] == [0, 1, 3, 4, 5, 7, 9, 16]


def test_shares_go_by_eighths() -> None:
    assert [share_step(n, 8) for n in (0, 1, 4, 8, 99)] == [0, 1, 4, 8, 8]
    assert share_step(1, 0) == 0


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_every_feature_is_a_step_of_the_card(case: Case) -> None:
    page = undecided(case)
    card = load_card(page.source.value)
    features = Features(page, card.points_of_names, card.says)
    for line in page.lines:
        values = features.values(line.index)
        assert len(values) == len(FEATURES)
        for name, value in zip(FEATURES, values, strict=True):
            assert 0 <= value <= (len(TAGS) if name == "tag" else STEPS - 1), name


def walked(tree: Any, values: dict[str, int]) -> int:
    """What a tree gives a line, step by step."""
    while isinstance(tree, list):
        feature, step, below, beyond, _ = tree
        tree = below if values[feature] <= step else beyond
    assert isinstance(tree, int)
    return tree


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_points_are_the_sum_of_what_the_trees_give_and_of_what_is_said_of_each_feature(case: Case) -> None:
    page = undecided(case)
    card = load_card(page.source.value)
    judged = card.judge(page)
    assert set(judged) == {i for i, taken in enumerate(page.taken) if not taken}
    for points, steps in judged.values():
        values = dict(zip(FEATURES, (*steps[0], *steps[1], *steps[2]), strict=True))
        assert points == pytest.approx(card.bias + sum(walked(tree, values) for tree in card.trees) / 100)
        assert points == pytest.approx(card.start + sum(cost for cost, _ in card.terms(steps)))


def test_a_removal_names_what_cost_the_line_most() -> None:
    case = next(c for c in CASES if c.name == "en_local_paper")
    scored = [r for r in case.run().removals if r.evidence.kind == "score"]
    assert scored
    for removal in scored:
        assert "points of" in removal.evidence.what
        assert any(name in removal.evidence.what for name in FEATURES)


def test_the_bar_is_half_on_an_easy_page_and_lower_on_a_hard_one() -> None:
    easy = bar_of([0.99, 0.98, 0.01, 0.02], [50, 50, 5, 5])
    hard = bar_of([0.4, 0.35, 0.3, 0.2], [50, 50, 50, 50])
    assert 0.45 < easy <= 0.5
    assert 0.1 < hard < 0.3


def test_the_bar_of_nothing_keeps_nothing() -> None:
    assert bar_of([], []) == 0.0


def test_chances_do_not_overflow() -> None:
    assert chance(-1e9) == 0.0
    assert chance(1e9) == 1.0
    assert chance(0.0) == 0.5


def test_a_card_of_one_tree() -> None:
    tree = ["words", 2, -50, ["end", 0, 10, 30, 20], 0]
    card = Card({"bias": -1.0, "trees": [tree], "names": {"sidebar": -1.0}})
    assert card.points_of_names(("sidebar-left", "col-4")) == -1.0
    judged = card.judge(undecided(CASES[0]))
    assert {round(points, 6) for points, _ in judged.values()} <= {-1.5, -0.9, -0.7}
    points, steps = next(each for each in judged.values() if each[0] > -0.8)
    assert points == pytest.approx(-0.7)
    assert card.terms(steps) == [(0.1, f"end={steps[0][3]}"), (0.2, f"words={steps[0][0]}")]


def test_a_doubtful_line_goes_with_those_in_boxes_like_its_own() -> None:
    long = "<p class='body'>The mill on the lower river will be sold in the spring, the owners told the council.</p>"
    short = "<p class='{}'>Nobody had bid for it</p>"
    page = (
        f"<html><body><div class='a'>{long * 3}{short.format('body')}</div><i>{short.format('note')}</i></body></html>"
    )
    # Short lines miss the bar by half a point, or by two.
    for points, stays in ((-50, 1), (-200, 0)):
        card = Card({"bias": 0.0, "trees": [["words", 5, points, 300, 0]], "names": {}})
        pipeline = Pipeline((MainContent(card=card),))
        assert boilerstrip.clean(page, pipeline=pipeline).count("Nobody") == stays


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_news_pages_are_articles(case: Case) -> None:
    assert undecided(case).kind == "article"


def test_a_forum_keeps_its_posts() -> None:
    post = "<div class='post' id='post-{0}'><div class='post-author'>user{0}</div><div class='post-content'><p>{1}</p></div></div>"
    says = [
        "I have the same pump and it leaks at the lower seal after about two winters, so check that one first.",
        "Thanks, that was it. The seal was cracked right through, and a new one cost me less than four euros.",
        "For anyone who finds this thread later: grease the new seal before you put it in, or it will not last.",
        "Mine still drips after the new seal. Could it be the housing, or did I put it in the wrong way round?",
    ]
    body = "".join(post.format(n, text) for n, text in enumerate(says))
    page = (
        "<html lang='en'><head><title>Pump leaks - Garden Forum</title></head><body class='forum thread topic'>"
        f"<h1>Pump leaks</h1><div class='thread posts topic-posts'>{body}</div></body></html>"
    )
    text = boilerstrip.clean(page, url="https://forum.garden.example/threads/pump-leaks.4711/")
    assert all(said in text for said in says)


def test_facts_of_a_page_tell_its_kind_by_points() -> None:
    page, _, _ = read(
        "<p>Some text.</p>" * 60, "https://x.example/shop/item-1", None, "html", Pipeline.default().signatures
    )
    assert "path:shop" in set(facts_of(page))
    assert Kinds({"article": {"": 0.0}, "product": {"": -1.0, "path:shop": 2.0}}).kind_of(page) == "product"
    assert Kinds({"article": {"": 0.0}, "product": {"": -1.0, "path:shop": 0.5}}).kind_of(page) == "article"


@pytest.mark.parametrize("source", ["html", "text"])
def test_kinds_that_the_library_knows(source: str) -> None:
    assert set(load_kinds(source).kinds) == {
        "article", "documentation", "service", "forum", "product", "collection", "listing",
    }  # fmt: skip


def test_flattened_text_has_a_kind_too() -> None:
    post = "{0}\nPosts: {1}\nJoined: Mar 2019\nReply\n{2}\nLike\nQuote\n\n"
    says = [
        "I have the same pump and it leaks at the lower seal after two winters, so check that first.",
        "Thanks, that was it. The seal was cracked, and a new one cost me less than four euros.",
        "Does anyone know whether the seal of the older model fits? Mine still drips.",
        "Grease the new seal before you put it in, or it will not last.",
    ]
    posts = "".join(post.format(f"user{n}", 40 + n, text) for n, text in enumerate(says))
    thread = f"Garden Forum\nLog in\nRegister\nForums\nThreads\nThread starter\n\nPump leaks\n\n{posts}"
    page, _, _ = read(thread, None, None, "text", Pipeline.default().signatures)
    assert page.kind == "forum"


def test_readability_as_the_judge() -> None:
    case = next(c for c in CASES if c.name == "en_local_paper")
    document = case.run(Pipeline.readability())
    wanted = [p for p in case.expected.split("\n\n") if len(p) > 200]
    assert wanted
    assert sum(p in document.text for p in wanted) >= len(wanted) - 1
    assert any("readability-lxml" in r.evidence.what for r in document.removals)
