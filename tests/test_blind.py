"""Whole pages by someone who had not seen the word packs: no prose is lost, and the share of right lines holds.

The pages of ``blind/`` are flattened text in the furniture of news sites of 31 languages. Each line
begins with its truth: ``+`` keep, ``-`` remove, ``?`` either will do (a standfirst, a subheading).
Those in files ``.page`` are read as HTML and as flattened text: behind the truth stands the tag, ``*`` if the line is
a link; ``[tag class`` opens an element and ``]`` closes it.
``python tests/test_blind.py`` prints the table per language and group, ``-v`` each wrong line too.
"""

from __future__ import annotations

import html
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import boilerstrip

FOLDER = Path(__file__).resolve().parent / "blind"
PAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
MARKED_UP = sorted(path.stem for path in FOLDER.glob("*.page"))
MODES = ("text", "html")
# Tags that open no block of their own.
INLINE = frozenset(["a", "span", "label", "button"])

GROUPS = {
    "Arabic script": "ar fa ur",
    "Indic": "hi bn ta mr",
    "East Asian": "zh ja ko",
    "South-east Asian": "vi id th",
    "Cyrillic": "ru uk bg",
    "Germanic": "de nl sv",
    "Romance": "fr es pt it",
    "Other European": "pl el hu cs",
    "Turkic and African": "tr az sw am",
}

# Per cent of the lines that are right, rounded down: what was measured, not what is wished for.
FLOOR = {
    "Arabic script": 99,
    "Indic": 100,
    "East Asian": 98,
    "South-east Asian": 99,
    "Cyrillic": 99,
    "Germanic": 96,
    "Romance": 98,
    "Other European": 100,
    "Turkic and African": 98,
}

MARKED_UP_FLOOR = {"text": 99, "html": 98}

PROSE_WORDS = 20  # words, or:
PROSE_CHARACTERS = 50  # in scripts that put no space between words
UNSPACED = {"zh", "zh-hant", "ja", "th"}


class Result(NamedTuple):
    """What came of a page: its ``language``, ``lines`` that have one truth, the ``right`` ones and the wrong."""

    language: str
    lines: int
    lost: list[str]
    leaked: list[str]

    @property
    def right(self) -> int:
        """How many lines came out as the page's author says."""
        return self.lines - len(self.lost) - len(self.leaked)


def measured(page: str, mode: str = "text") -> Result:
    """Run the page called ``page``, without a language, and compare line by line."""
    if page in MARKED_UP:
        truth, markup = read_marked_up((FOLDER / f"{page}.page").read_text(encoding="utf-8"))
    else:
        truth = [(line[0], line[2:]) for line in (FOLDER / f"{page}.txt").read_text(encoding="utf-8").splitlines()]
        markup = ""
    text = "\n".join(text for _, text in truth)
    document = boilerstrip.extract(markup if mode == "html" else text, source=mode)
    assert [" ".join(line.text.split()) for line in document.lines] == [" ".join(text.split()) for _, text in truth]
    gone = {removal.line for removal in document.removals}
    marks = {"+", "-", "?"}
    assert {mark for mark, _ in truth} <= marks
    return Result(
        language=page.split("_", maxsplit=1)[0],
        lines=sum(mark != "?" for mark, _ in truth),
        lost=[text for i, (mark, text) in enumerate(truth) if mark == "+" and i in gone],
        leaked=[text for i, (mark, text) in enumerate(truth) if mark == "-" and i not in gone],
    )


def read_marked_up(source: str) -> tuple[list[tuple[str, str]], str]:
    """(the lines with their truth, the page as HTML)"""
    truth = []
    markup = ["<!DOCTYPE html><html><head></head>"]
    open_tags: list[str] = []
    for raw in source.splitlines():
        if raw == "]":
            markup.append(f"</{open_tags.pop()}>")
        elif raw.startswith("["):
            tag, _, names = raw[1:].partition(" ")
            open_tags.append(tag)
            markup.append(f'<{tag} class="{names}">' if names else f"<{tag}>")
        else:
            head, _, text = raw.partition(" ")
            tag = head[1:].rstrip("*")
            truth.append((head[0], text))
            shown = html.escape(text)
            if head.endswith("*"):
                shown = f'<a href="#">{shown}</a>'
            if tag in INLINE:
                shown = shown if tag == "a" else f"<{tag}>{shown}</{tag}>"
                tag = "div"
            markup.append(f"<{tag}>{shown}</{tag}>")
    assert not open_tags
    return truth, "\n".join([*markup, "</html>"])


def is_prose(text: str, language: str) -> bool:
    """Whether a line is long enough to be a paragraph that no page may lose."""
    return len(text) >= PROSE_CHARACTERS if language in UNSPACED else len(text.split()) >= PROSE_WORDS


@pytest.mark.parametrize("page", PAGES)
def test_no_prose_is_lost(page: str) -> None:
    result = measured(page)
    assert [text for text in result.lost if is_prose(text, result.language)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_share_of_right_lines(group: str) -> None:
    results = [measured(page) for page in PAGES if page.split("_")[0] in GROUPS[group].split()]
    lines, right = sum(r.lines for r in results), sum(r.right for r in results)
    assert lines, group
    assert 100 * right // lines >= FLOOR[group], [(r.language, r.lost, r.leaked) for r in results]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("page", MARKED_UP)
def test_no_prose_of_a_marked_up_page_is_lost(page: str, mode: str) -> None:
    result = measured(page, mode)
    assert [text for text in result.lost if is_prose(text, result.language)] == []


@pytest.mark.parametrize("mode", MODES)
def test_share_of_right_lines_of_marked_up_pages(mode: str) -> None:
    results = [measured(page, mode) for page in MARKED_UP]
    lines, right = sum(r.lines for r in results), sum(r.right for r in results)
    assert 100 * right // lines >= MARKED_UP_FLOOR[mode], [(r.language, r.lost, r.leaked) for r in results]


def test_each_page_is_in_a_group() -> None:
    assert {page.split("_")[0] for page in PAGES} == {lang for langs in GROUPS.values() for lang in langs.split()}


HEADINGS = "lines | right | % | furniture kept | text lost | of it paragraphs"


def row_of(title: str, results: list[Result]) -> str:
    """A row of a table, for one page or for several."""
    lines, right = sum(r.lines for r in results), sum(r.right for r in results)
    leaked, lost = sum(len(r.leaked) for r in results), sum(len(r.lost) for r in results)
    prose = sum(is_prose(text, r.language) for r in results for text in r.lost)
    return f"| {title} | {lines} | {right} | {100 * right / lines:.1f} | {leaked} | {lost} | {prose} |"


def wrong_lines(results: list[Result]) -> list[str]:
    """What came out wrong, line by line."""
    return [
        f"{result.language} {sign} {text}"
        for result in results
        for sign, texts in (("lost  ", result.lost), ("leaked", result.leaked))
        for text in texts
    ]


def main(*, verbose: bool) -> None:
    """Print the tables of ``docs/languages.md``, and with ``verbose`` each wrong line."""
    results = [measured(page) for page in PAGES]
    table = [f"| language | {HEADINGS} |", "|---|---|---|---|---|---|---|"]
    for name, languages in GROUPS.items():
        codes = languages.split()
        table += [row_of(code, [r for r in results if r.language == code]) for code in codes]
        table.append(row_of(f"**{name}**", [r for r in results if r.language in codes]))
    table.append(row_of("**All**", results))
    table += wrong_lines(results) if verbose else []
    table += ["", f"| language | mode | {HEADINGS} |", "|---|---|---|---|---|---|---|---|"]
    for mode in MODES:
        results = [measured(page, mode) for page in MARKED_UP]
        table += [row_of(f"{r.language} | {mode}", [r]) for r in results]
        table.append(row_of(f"**All** | **{mode}**", results))
        table += wrong_lines(results) if verbose else []
    sys.stdout.write("\n".join(table) + "\n")


if __name__ == "__main__":
    main(verbose="-v" in sys.argv[1:])
