"""What holds for every page: on every fixture, and on pages that Hypothesis makes up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from fixture_cases import Case, all_cases
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from prose import PROSE

import boilerstrip
from boilerstrip import Document, Pipeline
from boilerstrip.filters import DEFAULT
from boilerstrip.render import to_text
from boilerstrip.rules.__main__ import packs_in
from boilerstrip.signature import Signature

DEFAULT_PIPELINE = Pipeline.default()
NAMES = DEFAULT_PIPELINE.names
KINDS = {"signature", "phrase", "shape", "neighbour", "repeat", "score", "rule"}
CASES = all_cases()
# Filters that say so may answer differently when another one is off.
DEPENDING = {f.name for f in DEFAULT if getattr(f, "depends", False)}
FAMILIES_ALONE = DEFAULT_PIPELINE.without(*DEPENDING)


def run(page: object, pipeline: Pipeline | None = None) -> Document:
    return boilerstrip.extract(page, pipeline=pipeline)  # type: ignore[arg-type]


def record(document: Document) -> tuple[object, ...]:
    """All that a run says, as plain values."""
    return (
        document.text,
        document.title,
        document.lang,
        document.verdict,
        [(line.index, line.text, line.block, line.tag, line.glue) for line in document.lines],
        list(document.removals),
        list(document.protections),
        list(document.warnings),
    )


def check_account(document: Document) -> None:
    """Kept and removed lines are all lines, in order, none twice; each removal has its reason."""
    assert [line.index for line in document.lines] == list(range(len(document.lines)))
    removed = [r.line for r in document.removals]
    kept = [line.index for line in document.kept]
    assert all(a < b for a, b in pairwise(removed))
    assert sorted(removed + kept) == list(range(len(document.lines)))
    assert document.text == to_text(document.kept)
    assert {w.where for w in document.warnings} <= {"decode", "read"}
    for removal in document.removals:
        assert removal.filter in NAMES
        assert removal.evidence.kind in KINDS
        assert removal.evidence.what.strip()
        assert removal.evidence.line is None or 0 <= removal.evidence.line < len(document.lines)
    for line in document.lines:
        assert line.text.strip()
        assert "\n" not in line.text
        assert 0.0 <= line.link_share <= 1.0
    assert all(a.block <= b.block for a, b in pairwise(document.lines))


def check_switching_off(page: object, full: Document, name: str) -> None:
    """Without a filter only lines that it had claimed come back, and nothing else changes hands.

    Asked of the families alone: what the judge drops, hints at and brings back hangs on them, as it declares.
    """
    less = run(page, FAMILIES_ALONE.without(name))
    assert [line.text for line in less.lines] == [line.text for line in full.lines]
    before = {r.line: r.filter for r in full.removals}
    after = {r.line: r.filter for r in less.removals}
    assert name not in after.values()
    assert set(after) <= set(before)
    assert {before[line] for line in set(before) - set(after)} <= {name}
    assert all(before[line] in (name, owner) for line, owner in after.items())


# ---------------------------------------------------------------- every fixture

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@every_case
def test_account_of_fixtures(case: Case) -> None:
    check_account(case.run())


@every_case
def test_fixtures_come_out_the_same_whatever_ran_before(case: Case) -> None:
    first = record(case.run())
    other = CASES[(CASES.index(case) + 41) % len(CASES)]
    other.run()
    case.run(DEFAULT_PIPELINE.without("main_content", "nav_menu"))
    assert record(case.run()) == first


@every_case
def test_switching_filters_off_on_fixtures(case: Case) -> None:
    full = case.run(FAMILIES_ALONE)
    for name in {r.filter for r in full.removals}:
        check_switching_off(case.page, full, name)


@pytest.mark.parametrize("case", [case for case in CASES if case.source == "html"], ids=lambda case: case.id)
def test_trees_of_fixtures_are_unchanged(case: Case) -> None:
    root = html.document_fromstring(case.page)
    before = etree.tostring(root)
    document = run(root)
    assert etree.tostring(root) == before
    assert document.text == run(html.document_fromstring(case.page)).text


# ---------------------------------------------------------------- pages made up

PHRASES = sorted(
    {phrase for pack in packs_in() for kinds in pack["family"].values() for rows in kinds.values() for phrase in rows}
)
SIGNATURES = [f.signature for f in DEFAULT if isinstance(getattr(f, "signature", None), Signature)]
TOKENS = sorted({token for s in SIGNATURES for token in (*s.names.split(), *s.words.split(), *s.weak.split())})
TAGS = (
    "div div div p p p span a a b li ul ol h1 h2 h3 section article main aside nav footer header form figure figcaption "
    "blockquote table tr td th pre br hr time button label em script noscript address details custom-box"
).split()

prose = st.sampled_from([paragraph for page in PROSE.values() for paragraph in page.paragraphs])
headlines = st.sampled_from([page.headline for page in PROSE.values()])
phrases = st.sampled_from(PHRASES)
stamps = st.sampled_from(
    ["12:45", "3 May 2026", "Updated 12.03.2026 18:00", "٥ مايو ٢٠٢٦", "5 minutes ago", "© 2026 Site"]
)
noise = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
texts = st.one_of(prose, prose, phrases, phrases, headlines, stamps, noise, st.just(" "), st.just(""))


def xml_safe(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe" or c > "\uffff")


@st.composite
def trees(draw: Callable[..., object]) -> etree._Element:
    """A tree of a few dozen elements; built by index, so that it shrinks well."""
    root = etree.Element("html")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = xml_safe(str(draw(headlines)))
    elements = [etree.SubElement(root, "body")]
    size = draw(st.integers(1, 16))
    assert isinstance(size, int)
    for _ in range(size):
        at = draw(st.integers(0, len(elements) - 1))
        assert isinstance(at, int)
        child = etree.SubElement(elements[at], str(draw(st.sampled_from(TAGS))))
        child.text = xml_safe(str(draw(texts)))
        if draw(st.integers(0, 2)) == 0:
            child.tail = xml_safe(str(draw(texts)))
        if draw(st.integers(0, 2)) == 0:
            child.set("class", str(draw(st.sampled_from(TOKENS))))
        if draw(st.integers(0, 15)) == 0:
            child.set(str(draw(st.sampled_from(["hidden", "aria-hidden", "role", "style"]))), "true")
        if draw(st.integers(0, 15)) == 0:
            child.append(etree.Comment("note"))
        elements.append(child)
    return root


pages = st.lists(texts, max_size=30).map("\n\n".join) | st.lists(texts, max_size=30).map("\n".join)
# A family off at a time costs a run each: a few of them per page.
switches = st.lists(st.sampled_from([n for n in NAMES if n not in DEPENDING]), min_size=1, max_size=4, unique=True)


@given(trees())
def test_account_of_trees(root: etree._Element) -> None:
    before = etree.tostring(root)
    check_account(run(root))
    assert etree.tostring(root) == before


@given(pages)
def test_account_of_texts(text: str) -> None:
    check_account(boilerstrip.extract(text, source="text"))


@given(trees())
def test_markup_of_a_tree_gives_an_account(root: etree._Element) -> None:
    check_account(run(etree.tostring(root, encoding="utf-8", method="html")))


@given(trees(), pages)
def test_results_hang_on_the_page_alone(root: etree._Element, text: str) -> None:
    first, other = record(run(root)), record(run(text))
    assert record(run(text)) == other
    assert record(run(root)) == first


@given(trees(), switches)
def test_switching_filters_off_on_trees(root: etree._Element, names: list[str]) -> None:
    full = run(root, FAMILIES_ALONE)
    for name in names:
        check_switching_off(root, full, name)


@given(pages, switches)
def test_switching_filters_off_on_texts(text: str, names: list[str]) -> None:
    full = run(text, FAMILIES_ALONE)
    for name in names:
        check_switching_off(text, full, name)


@given(trees())
def test_lines_of_every_element_are_lines_of_its_parent(root: etree._Element) -> None:
    from boilerstrip import dom  # noqa: PLC0415 - the one test here that looks below the public names

    page = dom.read_tree(root, DEFAULT_PIPELINE.signatures)
    assert len(page.lines_of(root)) == len(page.lines)
    for element in root.iter(etree.Element):
        parent = element.getparent()
        if parent is not None:
            assert set(page.lines_of(element)) <= set(page.lines_of(parent))
