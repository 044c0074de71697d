"""Every row of every word pack: what it must drop is dropped, what it must keep is kept.

Each example stands alone in a flattened page of news prose in its own language, and the family
runs alone. That a phrase is dropped *where such lines stand* is asked of it, and that a sentence
is kept wherever sentences stand: first, in the middle, last.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from prose import PROSE, prose_for

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.rules import load
from boilerstrip.rules.__main__ import HERE, compile_packs, without_examples
from boilerstrip.rules.match import words_of
from boilerstrip.rules.normalise import key_of, normalise

PATHS = sorted((HERE / "words").glob("*.toml"))
HOWS = ("whole", "start", "contains", "weak", "opener")
# Where a line of the family stands on a page (in any of these places); after the body if not said otherwise.
ZONES = {
    "ads": ("middle", "tail"),
    "breadcrumb": ("head",),
    "byline": ("head",),
    "caption": ("middle",),
    "login_account": ("head",),
    "nav_menu": ("head",),
    "read_also": ("middle", "tail"),
    "search_box": ("head",),
    "update_stamp": ("head", "tail"),
}
# A label such as "Advertisement" stands alone and cannot wait for a witness.
NEED_NO_WITNESS = {"ads"}


@dataclass(frozen=True)
class Row:
    family: str
    how: str
    phrase: str
    drops: str
    keeps: str


@cache
def pack_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@cache
def rows_of(path: Path) -> tuple[Row, ...]:
    return tuple(
        Row(family, how, *row)
        for family, kinds in pack_of(path).get("family", {}).items()
        for how, rows in kinds.items()
        for row in rows
    )


def tables() -> list[Any]:
    return [
        pytest.param(path, family, id=f"{path.stem}-{family}")
        for path in PATHS
        for family in dict.fromkeys(row.family for row in rows_of(path))
    ]


def words_of_line(text: str) -> str:
    return " ".join(words_of(key_of(normalise(text))))


def collapsed(text: str) -> str:
    return " ".join(text.split())


def taken(lang: str, family: str, zone: str, *lines: str) -> set[str]:
    """The lines that the family takes of a page in which ``lines`` stand at ``zone``."""
    headline, paragraphs = prose_for(lang, " ".join(lines))
    blocks = [headline, *paragraphs]
    at = {"head": 1, "middle": 3, "tail": len(blocks)}[zone]
    blocks[at:at] = lines
    document = boilerstrip.extract("\n\n".join(blocks), source="text", pipeline=only(family))
    return {document.lines[removal.line].text for removal in document.removals}


@cache
def only(family: str) -> Pipeline:
    return Pipeline.default().only(family)


def witness_for(row: Row, rows: tuple[Row, ...]) -> str:
    """Another line of the family, as it would stand beside a common word."""
    mine = key_of(normalise(row.phrase))
    others = [r for r in rows if r.family == row.family and key_of(normalise(r.phrase)) != mine]
    for how in ("weak", "whole", "start", "contains"):
        for other in others:
            if other.how == how:
                return collapsed(other.drops)
    raise AssertionError(f"{row.family}: {row.phrase!r} is weak and has no other phrase beside it")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_rows_are_well_formed(path: Path) -> None:
    pack = pack_of(path)
    assert pack["lang"] == path.stem
    assert pack["name"]
    assert pack["script"]
    assert path.stem in PROSE, f"put a page of prose into tests/prose/{path.stem}.txt"
    assert len(set(map(normalise, pack["function_words"]))) >= 30
    families = set(Pipeline.default().names) - {"hidden", "repeated_title", "site_name", "main_content"}
    # error_page is no filter: the verdict reads it.
    assert set(pack["family"]) <= families | {"error_page"}
    wrong = []
    for family, kinds in pack["family"].items():
        assert set(kinds) <= set(HOWS), family
        for rows in kinds.values():
            wrong += [row for row in rows if len(row) != 3 or not all(isinstance(x, str) and x.strip() for x in row)]
    assert wrong == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_phrase_stands_twice(path: Path) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    twice = []
    for row in rows_of(path):
        # "Photo:" wants its colon, "Photo" does not: two phrases.
        mark = row.phrase[-1] if row.how in ("start", "opener") and not row.phrase[-1].isalnum() else ""
        key = (row.family, "whole" if row.how == "weak" else row.how, key_of(normalise(row.phrase)) + mark)
        if key in seen:
            twice.append((row.family, row.how, row.phrase, seen[key]))
        seen[key] = row.phrase
    assert twice == []


@pytest.mark.parametrize(("path", "family"), tables())
def test_examples_hold_their_phrase(path: Path, family: str) -> None:
    """An example that the phrase does not stand in shows nothing."""
    wrong = []
    for row in rows_of(path):
        if row.family == family:
            phrase = key_of(normalise(collapsed(row.phrase)))
            if phrase not in key_of(normalise(collapsed(row.drops))):
                wrong.append(f"drops: {row.how} {row.phrase!r}: {row.drops}")
            # What must stay may say it with another comma: that is the trap.
            if words_of_line(row.phrase) not in words_of_line(row.keeps):
                wrong.append(f"keeps: {row.how} {row.phrase!r}: {row.keeps}")
    assert wrong == []


@pytest.mark.parametrize(("path", "family"), tables())
def test_drops(path: Path, family: str) -> None:
    rows = rows_of(path)
    lang = path.stem
    wrong = []
    for row in rows:
        if row.family != family or family not in Pipeline.default().names:
            continue
        line = collapsed(row.drops)
        beside = [witness_for(row, rows)] if row.how == "weak" else []
        if not any(line in taken(lang, family, zone, line, *beside) for zone in ZONES.get(family, ("tail",))):
            wrong.append(f"{row.how} {row.phrase!r}: {line}" + (f" [beside: {beside[0]}]" if beside else ""))
    assert wrong == []


@pytest.mark.parametrize(("path", "family"), tables())
def test_keeps(path: Path, family: str) -> None:
    wrong = []
    for row in rows_of(path):
        if row.family != family or family not in Pipeline.default().names:
            continue
        line = collapsed(row.keeps)
        lost = [zone for zone in ("head", "middle", "tail") if line in taken(path.stem, family, zone, line)]
        if lost:
            wrong.append(f"{row.how} {row.phrase!r} at {', '.join(lost)}: {line}")
    assert wrong == []


@pytest.mark.parametrize(("path", "family"), tables())
def test_a_weak_phrase_alone_proves_nothing(path: Path, family: str) -> None:
    if family in NEED_NO_WITNESS:
        return
    # A line that is only an agency's or a network's name has a shape of its own.
    names = load().agencies | load().networks
    wrong = []
    for row in rows_of(path):
        line = collapsed(row.phrase)
        if key_of(normalise(line)) in names:
            continue
        if row.family == family and row.how == "weak" and line in taken(path.stem, family, "middle", line):
            wrong.append(line)
    assert wrong == []


def test_prose_is_untouched() -> None:
    """The pages that the examples are put into lose nothing by themselves."""
    for lang, (headline, paragraphs) in PROSE.items():
        document = boilerstrip.extract("\n\n".join([headline, *paragraphs]))
        assert document.text == "\n\n".join(paragraphs), lang
        assert [r.filter for r in document.removals] == ["repeated_title"], lang


def test_words_json_is_made_from_the_packs() -> None:
    assert (HERE / "words.json").read_text("utf-8") == compile_packs(), "run python -m boilerstrip.rules"


def test_examples_stay_out_of_words_json() -> None:
    pack = {"lang": "xx", "family": {"tags": {"whole": [["Tags", "Tags:", "Tags are words."]]}}}
    assert without_examples(pack) == {"lang": "xx", "family": {"tags": {"whole": ["Tags"]}}}
