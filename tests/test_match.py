"""Phrases and stamps found in lines, with small packs made for the test."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from boilerstrip.page import Box, Line, PhraseHit, Stamp
from boilerstrip.rules import load
from boilerstrip.rules.match import LONGEST_CONTAINS, LONGEST_START, Words, words_of
from boilerstrip.rules.normalise import key_of, normalise

PACK = {
    "lang": "en",
    "function_words": ["the", "and", "of"],
    "stamp": {
        "months": ["March", "Mar", "mars"],
        "days": ["Monday"],
        "units": ["minutes", "ago", "hours"],
        "glue": ["at", "on", "pm"],
        "marks": ["Updated", "Last updated"],
    },
    "names": {"agencies": ["AFP", "dpa"], "networks": ["Facebook", "Google News"]},
    "family": {
        "read_also": {"whole": ["Read also"], "start": ["Read also", "See also:"]},
        "comments": {"whole": ["0 comments"], "contains": ["be the first to comment"], "weak": ["Reply"]},
        "byline": {"opener": ["By"]},
        "tags": {"start": ["Étiquettes :"]},
    },
}
HAN = {
    "lang": "zh",
    "family": {"read_also": {"whole": ["相关新闻"], "start": ["责任编辑", "来源："], "contains": ["未经授权不得转载"]}},
}
WORDS = Words([PACK, HAN])


def hits(text: str, words: Words = WORDS) -> set[tuple[str, str, str]]:
    found: dict[str, list[PhraseHit]] = {}
    key = key_of(normalise(text))
    words.phrases_in(7, key, words_of(key), found)
    assert all(hit.line == 7 for each in found.values() for hit in each)
    return {(family, hit.how, hit.phrase) for family, each in found.items() for hit in each}


@pytest.mark.parametrize(
    "text", ["Read also", "READ ALSO:", "» Read also «", "Read also (3)", "  read  also…".replace("  ", " ")]
)
def test_whole(text: str) -> None:
    assert ("read_also", "whole", "Read also") in hits(text)


@pytest.mark.parametrize("text", ["Read also this", "Please read also", "Readalso", "Read alsox"])
def test_whole_wants_the_whole_line(text: str) -> None:
    assert ("read_also", "whole", "Read also") not in hits(text)


def test_start() -> None:
    start = ("read_also", "start", "Read also")
    assert start in hits("Read also: ten facts about owls")
    assert start in hits("Read also – ten facts")
    assert start not in hits("Reading also helps")
    assert start not in hits("Read alsoran results")
    assert start not in hits("We read also of owls")


def test_start_and_whole_speak_in_short_lines_only() -> None:
    line = "Read also " + "x" * (LONGEST_START - 10)
    assert hits(line) == {("read_also", "start", "Read also")}
    assert hits(line + "x") == set()


def test_a_mark_in_the_phrase_is_wanted_in_the_line() -> None:
    assert ("read_also", "start", "See also:") in hits("See also: owls")
    assert ("read_also", "start", "See also:") in hits("See also : owls")
    assert ("read_also", "start", "See also:") not in hits("See also owls")
    assert ("tags", "start", "Étiquettes :") in hits("ETIQUETTES: hiboux")


def test_contains() -> None:
    contained = ("comments", "contains", "be the first to comment")
    assert contained in hits("Nobody yet, be the first to comment on this story!")
    assert contained in hits("BE THE FIRST TO COMMENT")
    assert contained not in hits("be the first who comments")


def test_contains_wants_its_longest_word_whole() -> None:
    assert hits("They said she would be the first to commented") == set()
    # Languages glue small words to the first and endings to the last: those may run on.
    assert hits("Andbe the first to comment") == {("comments", "contains", "be the first to comment")}


def test_contains_speaks_in_lines_that_are_not_long() -> None:
    text = "be the first to comment"
    assert len(text) < LONGEST_CONTAINS
    assert hits("x " * ((LONGEST_START - len(text)) // 2 + 4) + text) == {("comments", "contains", text)}


def test_weak_and_opener_are_told_apart() -> None:
    assert hits("Reply") == {("comments", "weak", "Reply")}
    assert hits("By Jo Ek") == {("byline", "opener", "By")}
    assert hits("Bye Jo Ek") == set()


@pytest.mark.parametrize("text", ["0 comments", "1 comments", "12,345 Comments", "12’345 comments", "١٢ comments"])
def test_a_zero_stands_for_any_number(text: str) -> None:
    assert ("comments", "whole", "0 comments") in hits(text)


def test_a_number_is_not_optional() -> None:
    assert hits("comments") == set()


def test_unspaced_scripts() -> None:
    assert ("read_also", "whole", "相关新闻") in hits("相关新闻：")
    assert ("read_also", "start", "责任编辑") in hits("责任编辑李华")
    assert ("read_also", "start", "来源：") in hits("来源: 新华社")
    assert ("read_also", "start", "来源：") not in hits("来源不明的资金")
    assert ("read_also", "contains", "未经授权不得转载") in hits("本网声明：未经授权不得转载本文内容")
    assert hits("本文转载自他处") == set()


def test_evidence_names_the_pack() -> None:
    found: dict[str, list[PhraseHit]] = {}
    WORDS.phrases_in(0, "read also", ["read", "also"], found)
    assert str(found["read_also"][0].evidence) == "phrase: en “Read also” (whole)"


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("12:45", Stamp(clock=True, date=False, mark=False)),
        ("١٢:٤٥", Stamp(clock=True, date=False, mark=False)),
        ("12.03.2026", Stamp(clock=False, date=True, mark=False)),
        ("12.03.2026 18.30", Stamp(clock=True, date=True, mark=False)),
        ("2026-03-12 09:30", Stamp(clock=True, date=True, mark=False)),
        ("Monday, 12 March 2026 at 9:30 pm", Stamp(clock=True, date=True, mark=False)),
        ("Updated 12 Mar 2026", Stamp(clock=False, date=True, mark=True)),
        ("Last updated: 12/03/2026 | 18:00", Stamp(clock=True, date=True, mark=True)),
        ("5 minutes ago", Stamp(clock=False, date=True, mark=False)),
        ("MARCH 12", Stamp(clock=False, date=True, mark=False)),
    ],
)
def test_stamps(text: str, stamp: Stamp) -> None:
    assert WORDS.times.find(normalise(text), words_of(key_of(normalise(text)))) == stamp


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Updated",
        "March",
        "12",
        "2026",
        "12:45 Rain in the north",
        "On 12 March the council met",
        "99:99",
        "3 of 10",
        "12 March " * 40,
        "1 " * 60 + "at 17:00",
    ],
)
def test_no_stamps(text: str) -> None:
    assert WORDS.times.find(normalise(text), words_of(key_of(normalise(text)))) is None


def test_names() -> None:
    assert {"afp", "dpa"} == WORDS.agencies
    assert {"facebook", "google news"} == WORDS.networks
    assert {"facebook", "google"} == WORDS.network_words


def lines(*texts: str) -> list[Line]:
    box = Box("", None, 0, (), 0, 0)
    return [Line(i, text, i, box) for i, text in enumerate(texts)]


def test_language_is_told_by_function_words() -> None:
    words = Words(
        [
            {"lang": "de", "function_words": ["der", "und", "nicht"]},
            {"lang": "en", "function_words": ["the", "and", "not"]},
        ]
    )
    german = "Der Gemeinderat und der Bürgermeister haben sich nicht auf den Bau der Brücke geeinigt."
    english = "The council and the mayor could not agree on the price of the bridge and its piers."
    assert words.language_of(lines(german)) == "de"
    assert words.language_of(lines(english, english, german)) == "en"
    assert words.language_of(lines("und nicht der")) is None
    assert words.language_of([]) is None


@pytest.mark.parametrize(
    ("pack", "message"),
    [
        ({"lang": "xx", "family": {"tags": {"wholly": ["Tags"]}}}, "xx: tags: unknown kind of phrase 'wholly'"),
        ({"lang": "xx", "family": {"tags": {"whole": ["…"]}}}, "xx: tags: phrase '…' holds nothing to match"),
    ],
)
def test_a_broken_pack_says_where(pack: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Words([pack])


def test_the_shipped_packs_load_once() -> None:
    assert load() is load()
    assert {"ar", "de", "en", "es", "fr", "ru", "tr"} <= load().languages


def test_language_of_scripts_without_spaces() -> None:
    words = Words(
        [
            {"lang": "zh", "function_words": ["的", "是", "在", "我们"]},
            {"lang": "zh-hant", "function_words": ["的", "是", "在", "我們"]},
            {"lang": "ja", "function_words": ["の", "は", "を", "です"]},
            {"lang": "th", "function_words": ["และ", "ที่", "ของ"]},
        ]
    )
    assert words.language_of(lines("工程师在会上说，这是我们见过的最旧的码头，必须在明年春天以前重建。")) == "zh"
    assert words.language_of(lines("工程師在會上說，這是我們見過的最舊的碼頭，必須在明年春天以前重建。")) == "zh"
    assert (
        words.language_of(lines("技術者は会合で、古い桟橋は何度も修理されたと説明した。町の人は再建を望む。")) == "ja"
    )
    assert words.language_of(lines("ชาวบ้านและสภาเมืองของเมืองท่าที่อยู่ริมทะเลลงมติให้สร้างท่าเรือขึ้นใหม่")) == "th"


def test_packs_of_all_scripts_speak_on_one_page() -> None:
    """Nobody has to say what language a page is in: English news between Arabic furniture."""
    words = load()
    assert {lang for _, _, lang in _entries("Read also", words)} >= {"en"}
    assert {lang for _, _, lang in _entries("اقرأ أيضا", words)} >= {"ar"}


def _entries(text: str, words: Words) -> set[tuple[str, str, str]]:
    found: dict[str, list[PhraseHit]] = {}
    key = key_of(normalise(text))
    words.phrases_in(0, key, words_of(key), found)
    return {(family, hit.how, hit.lang) for family, each in found.items() for hit in each}


def test_languages_that_are_level_are_told_alike_in_every_process() -> None:
    """Words are looked up as a set, whose order hangs on the seed of the process."""
    code = """
from boilerstrip.page import Box, Line
from boilerstrip.rules.match import Words

words = Words([{"lang": lang, "function_words": [word]} for lang, word in (("fr", "les"), ("de", "und"), ("pt", "em"))])
text = "Xarel und vopit les gamor em brunt xelph quorvat mmorx tiplon ghalt verqua stelb onkur."
print(words.language_of([Line(i, text, i, Box("", None, 0, (), 0, 2)) for i in range(2)]))
"""
    told = set()
    for seed in ("1", "3", "4"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        told.add(run.stdout.strip())
    assert told == {"de"}
