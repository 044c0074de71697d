"""The pipeline: an immutable, ordered tuple of named filters; it alone records."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass

import pytest
from lxml import html

import boilerstrip
from boilerstrip import Decision, ElementDecision, Evidence, Page, Pipeline, Signature, UnknownFilterError
from boilerstrip.filters.family import Family

TEXT = "The first line.\nThe second line.\nThe third line."
WHY = Evidence("rule", "test")


def first(page: Page) -> Iterator[Decision]:
    yield Decision([0], WHY)


def every(page: Page) -> Iterator[Decision]:
    yield Decision(range(len(page.lines)), WHY)


def keep_second(page: Page) -> Iterator[Decision]:
    yield Decision([1], Evidence("rule", "worth keeping"), keep=True)


def breaks_off(page: Page) -> Iterator[Decision]:
    yield Decision([0], WHY)
    raise RuntimeError("no more")


def nothing(page: Page) -> list[Decision]:
    return []


@dataclass(frozen=True)
class Titled:
    """A filter that is an object with a name."""

    name: str

    def __call__(self, page: Page) -> Iterator[Decision]:
        yield Decision([0], WHY)


def taken(pipeline: Pipeline, page: str = TEXT) -> list[tuple[int, str]]:
    return [(r.line, r.filter) for r in boilerstrip.extract(page, pipeline=pipeline).removals]


# ---------------------------------------------------------------- making pipelines


def test_default_holds_the_families_in_order() -> None:
    names = Pipeline.default().names
    assert names[0] == "hidden"
    assert names[-1] == "main_content"
    assert len(names) == len(set(names)) == 26
    assert names.index("comment_form") < names.index("comments")
    assert names.index("read_also") < names.index("ticker")


def test_every_filter_says_what_it_does() -> None:
    for filter in Pipeline.default():
        assert getattr(filter, "summary", "").strip()


def test_methods_leave_the_pipeline_as_it_was() -> None:
    pipeline = Pipeline.default()
    names = pipeline.names
    pipeline.without("ticker")
    pipeline.adding(first)
    pipeline.replacing("ticker", first)
    pipeline.only("ticker")
    assert pipeline.names == names
    assert pipeline == Pipeline.default()


def test_it_cannot_be_changed() -> None:
    pipeline = Pipeline.default()
    with pytest.raises(FrozenInstanceError):
        pipeline.filters = ()  # type: ignore[misc]
    assert isinstance(pipeline.filters, tuple)


def test_without() -> None:
    names = Pipeline.default().names
    assert Pipeline.default().without("ticker", "tags").names == tuple(n for n in names if n not in ("ticker", "tags"))
    assert Pipeline.default().without() == Pipeline.default()


def test_only_keeps_the_pipelines_own_order() -> None:
    assert Pipeline.default().only("ticker", "hidden").names == ("hidden", "ticker")
    assert Pipeline.default().only().names == ()


def test_adding() -> None:
    default = Pipeline.default()
    names = default.names
    assert default.adding(first).names == (*names[:-1], "first", "main_content")
    assert default.adding(first, before="hidden").names == ("first", *names)
    assert default.adding(first, after="hidden").names == ("hidden", "first", *names[1:])
    assert default.adding(first, after="main_content").names == (*names, "first")
    assert default.without("main_content").adding(first).names == (*names[:-1], "first")
    assert Pipeline().adding(first).names == ("first",)


def test_adding_takes_one_place() -> None:
    with pytest.raises(ValueError, match="before= or after="):
        Pipeline.default().adding(first, before="tags", after="ticker")


def test_replacing() -> None:
    default = Pipeline.default()
    replaced = default.replacing("ticker", Titled("ticker"))
    assert replaced.names == default.names
    assert replaced["ticker"] == Titled("ticker")
    assert default.replacing("ticker", first).names == tuple("first" if n == "ticker" else n for n in default.names)


def test_access() -> None:
    default = Pipeline.default()
    assert getattr(default["ticker"], "name", None) == "ticker"
    assert list(default) == list(default.filters)


@pytest.mark.parametrize(
    "use",
    [
        lambda p, n: p.without(n),
        lambda p, n: p.only(n),
        lambda p, n: p[n],
        lambda p, n: p.replacing(n, first),
        lambda p, n: p.adding(first, before=n),
        lambda p, n: p.adding(first, after=n),
    ],
    ids=["without", "only", "getitem", "replacing", "before", "after"],
)
def test_unknown_names_list_the_near_ones(use: object) -> None:
    with pytest.raises(UnknownFilterError) as error:
        use(Pipeline.default(), "tickers")  # type: ignore[operator]
    assert "'tickers'" in str(error.value)
    assert "did you mean 'ticker'" in str(error.value)
    with pytest.raises(UnknownFilterError, match="there are: hidden, .*main_content"):
        use(Pipeline.default(), "zzzz")  # type: ignore[operator]


def test_unknown_filter_is_a_lookup_error() -> None:
    assert issubclass(UnknownFilterError, LookupError)


def test_names_are_unique() -> None:
    with pytest.raises(ValueError, match="more than one filter is called ticker"):
        Pipeline.default().adding(Titled("ticker"))


@pytest.mark.parametrize(
    "filter", [lambda page: [], 5, "ticker", None, Titled("")], ids=["lambda", "int", "str", "None", "no-name"]
)
def test_a_filter_is_a_callable_with_a_name(filter: object) -> None:
    with pytest.raises(TypeError, match="filter must be a callable with a name"):
        Pipeline.default().adding(filter)  # type: ignore[arg-type]


def test_equal_pipelines_are_equal() -> None:
    assert Pipeline.default().without("tags") == Pipeline.default().without("tags")
    assert Pipeline.default().without("tags") != Pipeline.default()
    assert hash(Pipeline((first,))) == hash(Pipeline((first,)))


@pytest.mark.parametrize("used", [False, True], ids=["fresh", "used"])
def test_pickling(used: bool) -> None:
    pipeline = Pipeline.default().without("tags").adding(first).adding(Titled("titled"), before="hidden")
    if used:
        boilerstrip.clean("<p>x</p>", pipeline=pipeline)
    copy = pickle.loads(pickle.dumps(pipeline))
    assert copy.names == pipeline.names
    page = "<nav><a href='/'>Home</a></nav><p>Some words.</p>"
    assert boilerstrip.extract(page, pipeline=copy).removals == boilerstrip.extract(page, pipeline=pipeline).removals


# ---------------------------------------------------------------- what it records


def test_an_empty_pipeline_keeps_everything() -> None:
    document = boilerstrip.extract(TEXT, pipeline=Pipeline())
    assert document.text == TEXT
    assert document.removals == []


def test_a_plain_function_is_a_filter() -> None:
    document = boilerstrip.extract(TEXT, pipeline=Pipeline((first,)))
    assert document.text == "The second line.\nThe third line."
    (removal,) = document.removals
    assert removal == (0, "first", WHY)


def test_the_first_claimer_is_on_record() -> None:
    assert taken(Pipeline((first, every))) == [(0, "first"), (1, "every"), (2, "every")]
    assert taken(Pipeline((every, first))) == [(0, "every"), (1, "every"), (2, "every")]


@pytest.mark.parametrize("filters", [(keep_second, every), (every, keep_second)], ids=["before", "after"])
def test_protection_wins(filters: tuple[object, ...]) -> None:
    document = boilerstrip.extract(TEXT, pipeline=Pipeline(filters))  # type: ignore[arg-type]
    assert document.text == "The second line."
    assert [(r.line, r.filter, r.evidence.what) for r in document.protections] == [(1, "keep_second", "worth keeping")]
    assert [r.line for r in document.removals] == [0, 2]


def test_a_filter_that_raises_costs_its_own_proposals_only() -> None:
    document = boilerstrip.extract(TEXT, pipeline=Pipeline((breaks_off, nothing, keep_second)))
    assert [(r.line, r.filter) for r in document.removals] == [(0, "breaks_off")]
    assert [tuple(w) for w in document.warnings] == [("breaks_off", "RuntimeError: no more")]
    assert len(document.protections) == 1


def junk_lines(page: Page) -> list[Decision]:
    return [Decision([1, -1, 99], WHY)]


def junk_decision(page: Page) -> list[object]:
    return ["not a decision"]


def no_iterable(page: Page) -> None:
    return None


@pytest.mark.parametrize("filter", [junk_lines, junk_decision, no_iterable])
def test_junk_from_a_filter_is_a_warning(filter: object) -> None:
    document = boilerstrip.extract(TEXT, pipeline=Pipeline((filter, first)))  # type: ignore[arg-type]
    assert [w.where for w in document.warnings] == [filter.__name__]  # type: ignore[attr-defined]
    assert (0, "first") in [(r.line, r.filter) for r in document.removals]
    assert {r.line for r in document.removals} <= {0, 1}


# ---------------------------------------------------------------- element filters

MARKUP = "<body><p>one</p><div class='promo'><p>two</p><p>three</p></div><p>four</p></body>"


def promo(page: Page) -> Iterator[ElementDecision]:
    """Works on flattened text too: there is no tree to look at."""
    if page.tree is not None:
        for element in page.tree.iter("div"):
            yield ElementDecision(element, Evidence("rule", "a promo"))


def last_paragraph(page: Page) -> Iterator[ElementDecision]:
    assert page.tree is not None
    yield ElementDecision(page.tree.findall(".//p")[2], Evidence("rule", "kept"), keep=True)


def test_an_element_speaks_for_its_lines() -> None:
    document = boilerstrip.extract(MARKUP, pipeline=Pipeline((promo,)))
    assert document.text == "one\n\nfour"
    assert [(r.line, r.filter) for r in document.removals] == [(1, "promo"), (2, "promo")]


def test_an_element_may_be_protected() -> None:
    assert boilerstrip.clean(MARKUP, pipeline=Pipeline((promo, last_paragraph))) == "one\n\nthree\n\nfour"


def test_element_filters_see_no_tree_in_text() -> None:
    assert boilerstrip.clean(TEXT, pipeline=Pipeline((promo,))) == TEXT


def test_element_filters_work_on_the_callers_own_tree() -> None:
    root = html.document_fromstring(MARKUP)
    assert boilerstrip.clean(root, pipeline=Pipeline((promo,))) == "one\n\nfour"
    assert len(root.findall(".//p")) == 4


def foreign(page: Page) -> Iterator[ElementDecision]:
    yield ElementDecision(html.fromstring("<p>other</p>"), WHY)


def test_a_foreign_element_says_nothing() -> None:
    document = boilerstrip.extract(MARKUP, pipeline=Pipeline((foreign,)))
    assert document.removals == []
    assert document.warnings == []


# ---------------------------------------------------------------- signatures


def test_signatures_of_ones_own_family() -> None:
    promo_family = Family("promo_box", "promotions", Signature(words="promo"), max_prose=1.0)
    document = boilerstrip.extract(MARKUP, pipeline=Pipeline((promo_family,)))
    assert document.text == "one\n\nfour"
    assert {str(r.evidence) for r in document.removals} == {"signature: …promo…"}


def test_lines_do_not_hang_on_which_filters_run() -> None:
    """An inline element that some family names is a line part of its own in every pipeline."""
    markup = "<p>Berlin, Monday <span class='byline'>By Jo Ek</span></p>"
    want = [line.text for line in boilerstrip.extract(markup).lines]
    for pipeline in (
        Pipeline(),
        Pipeline.default().without("byline"),
        Pipeline.default().only("hidden"),
        Pipeline((first,)),
    ):
        assert [line.text for line in boilerstrip.extract(markup, pipeline=pipeline).lines] == want
