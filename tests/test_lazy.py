"""Patterns that are compiled at their first use."""

import re
import subprocess
import sys

import pytest

from boilerstrip.lazy import lazy_re, lazy_regex


def test_a_pattern_is_compiled_when_it_is_first_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_ = re.compile

    def spy(pattern: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", spy)
    number = lazy_re("[0-9]+")
    assert compiled == []
    assert number.findall("7 of 12") == ["7", "12"]
    assert number.sub("0", "7 of 12") == "0 of 0"
    assert compiled == ["[0-9]+"]


def test_flags_are_heeded() -> None:
    assert lazy_re("straße", re.I).match("STRAßE")
    assert lazy_re(b"<A", re.I).search(b"<p><a>")
    # Only version 1 knows the difference of two sets.
    assert lazy_regex(r"[[a-z]--[aeiou]]+", "V1").findall("lazy") == ["l", "zy"]


def test_a_wrong_question_is_a_wrong_question() -> None:
    with pytest.raises(AttributeError, match="fund"):
        lazy_re("[0-9]+").fund("7")  # type: ignore[attr-defined]


def test_importing_the_library_compiles_no_pattern_of_its_own_and_reads_no_words() -> None:
    program = """
import re, sys
ours = []
compile_ = re.compile
def spy(pattern, flags=0):
    caller = sys._getframe(1).f_globals["__name__"]
    if caller.startswith("boilerstrip"):
        ours.append((caller, pattern))
    return compile_(pattern, flags)
re.compile = spy
import boilerstrip
print(ours, "regex" in sys.modules)
boilerstrip.clean("<p>No page at all.")
print(len(ours) > 0, "regex" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == ["[] False", "True True"]
