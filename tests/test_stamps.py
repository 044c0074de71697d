"""Dates, times and relative times: of the packs, in every language, and of packs made for the test."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from boilerstrip.page import Stamp
from boilerstrip.rules import Words, load
from boilerstrip.rules.match import words_of
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.rules.stamp import StampWords

STAMPS = tomllib.loads((Path(__file__).parent / "stamps.toml").read_text("utf-8"))
KINDS = {"date": (False, True), "clock": (True, False), "both": (True, True)}


def stamp_words(table: dict[str, list[str]]) -> StampWords:
    return Words([{"lang": "xx", "stamp": table}]).times


EAST = stamp_words(
    {
        "months": ["มี.ค.", "марта"],
        "days": ["週三", "水曜日"],
        "units": ["шагов"],
        "glue": ["上午", "오후", "น."],
        "marks": ["更新"],
        "eras": ["令和", "พ.ศ."],
        "patterns": [
            "{year}年{month}月{day}日", "{hour}時{minute}分", "{n}小時前", "{year}년 {month}월 {day}일", "{hour}시 {minute}분",
            "{n}시간 전",
        ],
    }
)  # fmt: skip


def find(text: str, words: StampWords) -> Stamp | None:
    norm = normalise(text)
    return words.find(norm, words_of(key_of(norm)))


@pytest.mark.parametrize(
    ("text", "clock", "date"),
    [
        ("2026年3月4日", False, True),
        ("令和8年3月4日", False, True),
        ("２０２６年３月４日", False, True),
        ("2026年3月4日水曜日上午10時30分", True, True),
        ("10時30分", True, False),
        ("2小時前", False, True),
        ("2026년 3월 4일 오후 3시 20분", True, True),
        ("3시간전", False, True),
        ("๔ มี.ค. พ.ศ. ๒๕๖๙", False, True),
        ("4 มี.ค. 2569 14:30 น.", True, True),
    ],
)
def test_templates(text: str, clock: bool, date: bool) -> None:
    assert find(text, EAST) == Stamp(clock, date, mark=False)


def test_a_mark_before_a_template() -> None:
    assert find("更新：2026年3月4日", EAST) == Stamp(clock=False, date=True, mark=True)
    assert EAST.marks_only("更新:")
    assert not EAST.marks_only("2026年3月4日")


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月4日的会议", "在2026年3月4日", "2小時前後", "令和", "3時間", "2026", "3월의 눈", "4 มีนา", "年月日", "會議10時30分開始",
        "10:30 會議",
    ],
)  # fmt: skip
def test_no_stamps(text: str) -> None:
    assert find(text, EAST) is None


@pytest.mark.parametrize(
    "text",
    [
        "二〇二六年五月三日", "二○二六年五月三日", "五月三日 星期日", "民國一一三年五月三日", "令和六年五月三日", "農曆五月初三",
        "丙午年三月十七", "两小时前", "十五分钟前",
    ],
)  # fmt: skip
def test_numerals_in_han_signs(text: str) -> None:
    stamp = find(text, load().times)
    assert stamp is not None
    assert stamp.date


@pytest.mark.parametrize(
    "text",
    [
        "三月三", "三日", "十年", "五月", "一月 二月 三月", "星期三", "五月三日的会议", "三日間", "一、二、三", "二十四节气", "十日谈",
        "七月七日长生殿", "一帯一路", "五四运动", "八月", "○", "Mars Avril Mai", "אייר", "Gerade", "Ramadan",
    ],
)  # fmt: skip
def test_words_with_han_numerals_and_months_are_no_stamps(text: str) -> None:
    assert find(text, load().times) is None


def test_unknown_fields_are_errors() -> None:
    with pytest.raises(ValueError, match="fields are year, month, .* not 'yaer'"):
        stamp_words({"patterns": ["{yaer}年"]})


@pytest.mark.parametrize("lang", STAMPS)
def test_stamps_of_the_packs(lang: str) -> None:
    words = load().times
    wrong = []
    for kind, texts in STAMPS[lang].items():
        for text in texts:
            stamp = find(text, words)
            if stamp is None or (stamp.mark if kind != "mark" else not stamp.mark):
                wrong.append((kind, text, stamp))
            elif kind != "mark" and (stamp.clock, stamp.date) != KINDS[kind]:
                wrong.append((kind, text, stamp))
    assert wrong == [], f"add the words to [stamp] of {lang}.toml"
