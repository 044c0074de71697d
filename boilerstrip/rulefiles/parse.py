"""Text of a rule file to :class:`Rules`, or to every mistake in it: all of a file holds, or none."""

from __future__ import annotations

import re
import tomllib
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from math import prod
from typing import Any, TypeVar

import msgspec
import regex

from boilerstrip.rulefiles.problems import Problem, RuleError, near_names
from boilerstrip.rulefiles.rules import SITE_RULES, Rules
from boilerstrip.rulefiles.schema import EXPECTED, LineIs, Rule, Site, strings
from boilerstrip.rulefiles.selectors import check_selector
from boilerstrip.rulefiles.where import Path, dotted, line_of
from boilerstrip.rules.normalise import key_of, normalise

_Table = TypeVar("_Table", Rule, Site)

_TOP = ("drop", "keep", "site")
# Set by the parser from where a table stands, not by its author.
_NOT_KEYS = frozenset(["name", "keeps_lines", "host"])
_RULE_KEYS = tuple(name for name in Rule.__struct_fields__ if name not in _NOT_KEYS)
_SITE_KEYS = tuple(name for name in Site.__struct_fields__ if name not in _NOT_KEYS)
_FINDS = ("whole", "start", "contains", "pattern", "select", "line")
_SITE_FINDS = ("body", "strip", "keep", "whole", "start", "contains", "pattern")
_PHRASES = ("whole", "start", "contains")
_SELECTORS = ("select", "body", "strip", "keep")

# Where a key belongs that stands in the wrong table.
_PLACES = {
    **dict.fromkeys(_SITE_KEYS, 'it under [site."HOST"]'),
    **dict.fromkeys(_RULE_KEYS, "it under [drop.NAME] or [keep.NAME]"),
    **dict.fromkeys(LineIs.__struct_fields__, "it among the conditions, line = { … }"),
}

_NAME = re.compile(r"[\w-]+")
_HOST = re.compile(r"\.?[^\s./:@?#]+(?:\.[^\s./:@?#]+)*", re.I)
_TAG = re.compile(r"[a-z][a-z0-9-]*")
_LANG = re.compile("[a-z]{2,3}")
_AT_LINE = re.compile(r" \(at line ([0-9]+), column [0-9]+\)$| \(at end of document\)$")
_COUNT = re.compile(r"\{([0-9]*),?([0-9]*)\}")
# Longer ones are no patterns; counted repeats within one another are written out by the compiler.
_LONGEST_PATTERN = 2000
_MOST_REPEATS = 1_000_000
_JUDGE = "main_content"


def parse_rules(text: str, file: str = "<rules>") -> Rules:
    """The rules that TOML text holds.

    text  the whole of a rule file
    file  what messages and evidence call it

    Raises RuleError, which lists every mistake with its line, its key, what was expected and the
    names that may have been meant. Nothing of a file with a mistake is used.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    reading = _Reading(text, file)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError([_toml_problem(text, file, str(error))]) from None
    except RecursionError:
        raise RuleError([Problem(file, None, "", "lists or tables are nested too deeply")]) from None
    rules = list(_rules(reading, data))
    sites = list(_sites(reading, data))
    if not data:
        reading.wrong((), "holds no rule", expected='tables such as [drop.promo], [keep.notes] or [site."a.example"]')
    if reading.found:
        raise RuleError(reading.problems())
    return Rules(file, tuple(rules), tuple(sites))


@dataclass(slots=True)
class _Reading:
    """A file being read, and the mistakes found so far."""

    text: str
    file: str
    found: list[tuple[Path, str, str, tuple[str, ...]]] = field(default_factory=list)

    def wrong(self, path: Path, message: str, expected: str = "", near: tuple[str, ...] = ()) -> None:
        self.found.append((path, message, expected, near))

    def problems(self) -> list[Problem]:
        return [
            Problem(self.file, line_of(self.text, path) if path else None, dotted(path), message, expected, near)
            for path, message, expected, near in self.found
        ]


def _toml_problem(text: str, file: str, said: str) -> Problem:
    """A mistake in the TOML itself; its parser says the line in the message."""
    at = _AT_LINE.search(said)
    line = None
    if at is not None:
        said = said[: at.start()]
        line = int(at[1]) if at[1] else text.rstrip().count("\n") + 1
    return Problem(file, line, "", f"not TOML: {said[:1].lower()}{said[1:]}")


def _tables(reading: _Reading, data: dict[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tables under a key of the file, each with its name."""
    tables = data.get(key, {})
    if not isinstance(tables, dict):
        example = '[site."a.example"]' if key == "site" else f"[{key}.NAME]"
        reading.wrong((key,), f"must hold tables, not {_kind(tables)}", expected=f"tables such as {example}")
        return
    for name, table in tables.items():
        if isinstance(table, dict):
            yield name, table
        else:
            example = f"[{key}.NAME]" if key != "site" else '[site."a.example"]'
            expected = f"a table for each, such as {example}, with its keys below"
            reading.wrong((key, name), f"must be a table, not {_kind(table)}", expected=expected)


def _rules(reading: _Reading, data: dict[str, Any]) -> Iterator[Rule]:
    for key in data:
        if key not in _TOP:
            reading.wrong((key,), "unknown table", expected="drop, keep or site", near=near_names(key, _TOP))
    for top in ("drop", "keep"):
        for name, table in _tables(reading, data, top):
            path: Path = (top, name)
            before = len(reading.found)
            rule = _converted(reading, path, table, Rule)
            family = rule.family or name
            if not _NAME.fullmatch(family):
                at = (*path, "family") if rule.family else path
                reading.wrong(at, f"{family!r} is no name of a filter", expected='letters, digits, "_" and "-"')
            elif family in (_JUDGE, SITE_RULES):
                reading.wrong(
                    (*path, "family") if rule.family else path,
                    f"{family!r} is not for rules: it is the judge of what no family claims"
                    if family == _JUDGE
                    else f"{family!r} is the name of the filter for [site] sections",
                    expected="another name",
                )
            if len(reading.found) == before and not any(getattr(rule, find) for find in _FINDS):
                reading.wrong(path, "finds nothing", expected=f"at least one of {', '.join(_FINDS)}")
            for i, lang in enumerate(rule.langs):
                if not _LANG.fullmatch(lang):
                    expected = 'a code of two or three small letters, such as "en"'
                    reading.wrong((*path, "langs", i), f"{lang!r} is no code of a language", expected=expected)
            if rule.line is not None:
                _check_line(reading, (*path, "line"), rule.line)
            _check_strings(reading, path, rule, ("drops", "keeps"))
            yield msgspec.structs.replace(rule, name=name, family=family, keeps_lines=top == "keep")


def _sites(reading: _Reading, data: dict[str, Any]) -> Iterator[Site]:
    seen: dict[str, str] = {}
    for host, table in _tables(reading, data, "site"):
        path: Path = ("site", host)
        lower = host.lower().rstrip(".")
        if not _HOST.fullmatch(host):
            expected = 'a host such as "news.example", or ".news.example" for its sub-domains alone'
            reading.wrong(path, f"{host!r} is no host", expected=expected)
        elif lower in seen:
            reading.wrong(path, f"the same host as {seen[lower]!r}", expected="one section for each host")
        seen[lower] = host
        if any(isinstance(value, dict) for value in table.values()) and not set(table) & set(_SITE_KEYS):
            # [site.news.example] reads as a table "example" in a table "news".
            first = next(key for key, value in table.items() if isinstance(value, dict))
            near = (f"{host}.{first}",)
            reading.wrong(path, "a host must stand in quotation marks", expected=f'[site."{host}.{first}"]', near=near)
            continue
        before = len(reading.found)
        site = _converted(reading, path, table, Site)
        if len(reading.found) == before and not any(getattr(site, key) for key in _SITE_FINDS):
            reading.wrong(path, "says nothing", expected=f"at least one of {', '.join(_SITE_FINDS)}")
        _check_strings(reading, path, site, ())
        yield msgspec.structs.replace(site, host=lower)


def _converted(reading: _Reading, path: Path, table: dict[str, Any], into: type[_Table]) -> _Table:
    """A table as what it stands for, less the keys that are wrong, which are noted."""
    if _NOT_KEYS.isdisjoint(table):
        with suppress(msgspec.ValidationError):
            return msgspec.convert(table, into)
    # msgspec names the first mistake only, in its own words: ask key by key.
    return msgspec.convert(_right(reading, path, table, into), into)


def _right(reading: _Reading, path: Path, table: dict[str, Any], into: type[msgspec.Struct]) -> dict[str, Any]:
    """The keys of a table that are right; the others are noted."""
    keys = [name for name in into.__struct_fields__ if name not in _NOT_KEYS]
    _unknown(reading, path, table, keys)
    right = {}
    for key in keys:
        value = table.get(key)
        if into is Rule and key == "line" and isinstance(value, dict):
            value = _right(reading, (*path, key), value, LineIs)
            if not value:
                continue
        if value is not None and _is_right(reading, (*path, key), key, value, into):
            right[key] = value
    return right


def _is_right(reading: _Reading, path: Path, key: str, value: Any, into: type[msgspec.Struct]) -> bool:
    """Whether a key may hold a value; if not, it is noted, and where it is a list, its wrong items."""
    if _fits(key, value, into):
        return True
    if isinstance(value, list) and "list" in EXPECTED[key]:
        for i, item in enumerate(value):
            if not _fits(key, [item], into):
                reading.wrong((*path, i), f"must not be {_kind(item)}", expected=EXPECTED[key])
    else:
        reading.wrong(path, f"must not be {_kind(value)}", expected=EXPECTED[key])
    return False


def _fits(key: str, value: Any, into: type[msgspec.Struct]) -> bool:
    try:
        msgspec.convert({key: value}, into)
    except msgspec.ValidationError:
        return False
    return True


def _unknown(reading: _Reading, path: Path, table: dict[str, Any], keys: Iterable[str]) -> None:
    for key in table:
        if key in keys:
            continue
        if key in _PLACES:
            reading.wrong((*path, key), "unknown key here", expected=_PLACES[key])
        else:
            near = near_names(key, keys)
            reading.wrong((*path, key), "unknown key", "" if near else f"one of {', '.join(keys)}", near)


def _kind(value: Any) -> str:
    """A value as a message says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the string {value!r}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else "a date or time"


def _check_line(reading: _Reading, path: Path, line: LineIs) -> None:
    """Conditions that no line can meet, or that every line does."""
    if line == LineIs():
        reading.wrong(path, "says nothing", expected=f"at least one of {', '.join(LineIs.__struct_fields__)}")
    for what, most_of_all in (("words", None), ("chars", None), ("linked", 1.0)):
        least, most = getattr(line, f"least_{what}"), getattr(line, f"most_{what}")
        wrong = [
            (key, value)
            for key, value in ((f"least_{what}", least), (f"most_{what}", most))
            if value is not None and (value < 0 or (most_of_all is not None and value > most_of_all))
        ]
        for key, value in wrong:
            reading.wrong((*path, key), f"must not be the number {value:g}", expected=EXPECTED[key])
        if not wrong and most is not None and least > most:
            reading.wrong(path, f"no line has least_{what} = {least:g} and most_{what} = {most:g}")
    for i, tag in enumerate(line.tags):
        if not _TAG.fullmatch(tag):
            reading.wrong((*path, "tags", i), f"{tag!r} is no name of an element", expected=EXPECTED["tags"])


def _check_strings(reading: _Reading, path: Path, table: Rule | Site, examples: tuple[str, ...]) -> None:
    """Phrases with nothing to match, patterns and selectors that do not compile."""
    for key in (*_PHRASES, "pattern", *_SELECTORS, *examples):
        value = getattr(table, key, ())
        for i, each in enumerate(strings(value)):
            at: Path = (*path, key) if isinstance(value, str) else (*path, key, i)
            if not each.strip():
                reading.wrong(at, "is empty", expected=EXPECTED[key])
            elif key in _PHRASES:
                if not key_of(normalise(" ".join(each.split()))):
                    reading.wrong(
                        at,
                        f"{each!r} holds nothing to match",
                        expected="a phrase with a letter or digit (signs alone: pattern)",
                    )
            elif key == "pattern":
                _check_pattern(reading, at, each)
            elif key in _SELECTORS:
                said = check_selector(each)
                if said:
                    reading.wrong(at, f"{each!r} is no selector: {said}", expected=EXPECTED[key].partition(",")[0])


def _check_pattern(reading: _Reading, at: Path, pattern: str) -> None:
    if len(pattern) > _LONGEST_PATTERN:
        message = f"is {len(pattern):,} characters long"
        reading.wrong(at, message, expected=f"a pattern of at most {_LONGEST_PATTERN:,} characters")
        return
    counts = (max(int(each[:9] or 1) for each in count) or 1 for count in _COUNT.findall(pattern))
    if prod(counts) > _MOST_REPEATS:
        expected = f"counts in braces whose product is at most {_MOST_REPEATS:,}"
        reading.wrong(at, f"{pattern!r} repeats too often", expected=expected)
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = regex.compile(pattern)
    except (regex.error, OverflowError, RecursionError) as error:
        said = str(error) or type(error).__name__
        reading.wrong(at, f"{pattern!r} is no regular expression: {said}", expected="a pattern of the regex module")
        return
    if compiled.match("") is not None and compiled.search("x") is not None and compiled.search("§") is not None:
        # It finds something in any line at all.
        expected = "a pattern that not every line holds"
        if compiled.fullmatch("") is not None:
            reading.wrong(at, f"{pattern!r} is found in every line", expected=expected)
