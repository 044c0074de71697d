"""Rule files with mistakes: each is told with file, line, key, what was expected and near names, and none is
half-applied.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.rulefiles import RuleError, load_rules, parse_rules

# A rule that is right stands in front of every mistake, on lines 1 and 2: it must not work either.
GOOD = '[drop.good]\nwhole = "Get our app today"\n'
PAGE = "The council met on Tuesday night and spoke for hours about the bridge.\n\nGet our app today\n"

# (what follows from line 3 on, line, key, what the message says, what it says was expected, near names)
CASES: dict[str, tuple[str, int | None, str, str, str, tuple[str, ...]]] = {
    # ---- not TOML
    "a header without its bracket": ("[drop.a\nwhole = 'x'", 3, "", "not TOML", "", ()),
    "a string without its end": ("[drop.a]\nwhole = 'x", 4, "", "not TOML", "", ()),
    "a list without its end": ("[drop.a]\nwhole = [\n'x',\n", 5, "", "not TOML", "", ()),
    "a value without quotation marks": ("[drop.a]\nwhole = Read also", 4, "", "not TOML: invalid value", "", ()),
    "a key without a value": ("[drop.a]\nwhole", 4, "", "not TOML", "", ()),
    "a colon for the equals sign": ("[drop.a]\nwhole: 'x'", 4, "", "not TOML", "", ()),
    "a key twice": ("[drop.a]\nwhole = 'x'\nwhole = 'y'", 5, "", "cannot overwrite a value", "", ()),
    "a rule twice": ("[drop.a]\nwhole = 'x'\n[drop.a]\nstart = 'y'", 5, "", "twice", "", ()),
    "a backslash in a common string": ('[drop.a]\npattern = "No\\. 1"', 4, "", "not TOML", "", ()),
    "an inline table over two lines": ("[drop.a]\nline = { most_words = 3,\nzones = ['tail'] }", 4, "", "not TOML", "", ()),
    # ---- tables
    "an unknown table": ("[remove.a]\nwhole = 'x'", 3, "remove", "unknown table", "drop, keep or site", ()),
    "a table misspelt": ("[dorp.a]\nwhole = 'x'", 3, "dorp", "unknown table", "drop, keep or site", ("drop",)),
    "sites for site": ("[sites.'a.example']\nbody = 'x'", 3, "sites", "unknown table", "drop, keep or site", ("site",)),
    "a key outside all tables": ("[[whole]]\nx = 'x'", 3, "whole", "unknown table", "drop, keep or site", ()),
    "a rule that is a string": ("[keep]\na = 'x'", 4, "keep.a", "must be a table, not the string 'x'", "[keep.NAME]", ()),
    "a table that is a list": ("[[keep]]\nwhole = 'x'", 3, "keep", "must hold tables, not a list", "[keep.NAME]", ()),
    "a rule that is a list": ("[[drop.a]]\nwhole = 'x'", 3, "drop.a", "must be a table, not a list", "[drop.NAME]", ()),
    "a rule that finds nothing": ("[drop.a]\nprose = true", 3, "drop.a", "finds nothing", "at least one of whole", ()),
    "a rule that is empty": ("[drop.a]", 3, "drop.a", "finds nothing", "at least one of whole", ()),
    "a rule of empty lists": ("[drop.a]\nwhole = []", 3, "drop.a", "finds nothing", "at least one of whole", ()),
    # ---- keys
    "a key misspelt": ("[drop.a]\nwhloe = 'x'", 4, "drop.a.whloe", "unknown key", "", ("whole",)),
    "a key of another program": ("[drop.a]\ncss = 'p'", 4, "drop.a.css", "unknown key", "", ("select",)),
    "regex for pattern": ("[keep.a]\nregex = 'x'", 4, "keep.a.regex", "unknown key", "", ("pattern",)),
    "a key like no other": ("[drop.a]\nqqq = 'x'", 4, "drop.a.qqq", "unknown key", "one of family, whole, start", ()),
    "a key of sites in a rule": ("[drop.a]\nstrip = 'p'", 4, "drop.a.strip", "unknown key here", "it under [site", ()),
    "a key that the parser sets": ("[drop.a]\nkeeps_lines = true", 4, "drop.a.keeps_lines", "unknown key", "", ("keeps",)),
    "a condition misspelt": (
        "[drop.a]\nline = { max_words = 3 }", 4, "drop.a.line.max_words", "unknown key", "", ("most_words",),
    ),
    "a condition outside its table": (
        "[drop.a]\nwhole = 'x'\nmost_words = 3", 5, "drop.a.most_words", "unknown key here", "it among the conditions, line = {", (),
    ),
    # ---- types
    "a number for a phrase": ("[drop.a]\nwhole = 3", 4, "drop.a.whole", "the number 3", "a phrase, or a list", ()),
    "a number among phrases": (
        "[drop.a]\nwhole = [\n  'x',\n  3,\n]", 6, "drop.a.whole[1]", "the number 3", "a phrase, or a list", (),
    ),
    "a list among phrases": (
        "[drop.a]\nstart = [['x', 'y']]", 4, "drop.a.start[0]", "must not be a list", "a phrase, or a list", (),
    ),
    "a table for a phrase": ("[drop.a]\nwhole = {}", 4, "drop.a.whole", "must not be a table", "a phrase, or a list", ()),
    "a string for a truth": ("[drop.a]\nwhole = 'x'\nprose = 'yes'", 5, "drop.a.prose", "'yes'", "true or false", ()),
    "a truth for a string": ("[drop.a]\nwhole = true", 4, "drop.a.whole", "must not be true", "a phrase", ()),
    "a date for a string": ("[drop.a]\nwhole = 2026-11-24", 4, "drop.a.whole", "a date or time", "a phrase", ()),
    "a word for a number": (
        "[drop.a]\nline = { most_words = 'six' }", 4, "drop.a.line.most_words", "'six'", "a whole number from 0", (),
    ),
    "half a word": (
        "[drop.a]\nline = { most_words = 2.5 }", 4, "drop.a.line.most_words", "2.5", "a whole number from 0", (),
    ),
    "a string for conditions": ("[drop.a]\nline = 'short'", 4, "drop.a.line", "'short'", "a table of conditions", ()),
    "an unknown zone": (
        "[drop.a]\n[drop.a.line]\nzones = ['tail', 'foot']", 5, "drop.a.line.zones[1]", "'foot'", '"head", "body"', (),
    ),
    "an unknown follower": (
        "[drop.a]\nwhole = 'x'\nthen = 'sentence'", 5, "drop.a.then", "'sentence'", '"links", "prose" or "block"', (),
    ),
    "a list of followers": ("[drop.a]\nwhole = 'x'\nthen = ['links']", 5, "drop.a.then", "a list", '"links", "prose"', ()),
    # ---- values
    "a share in per cent": (
        "[drop.a]\nline = { least_linked = 50 }", 4, "drop.a.line.least_linked", "50", "a share from 0 to 1", (),
    ),
    "fewer than no words": ("[drop.a]\nline = { most_words = -1 }", 4, "drop.a.line.most_words", "-1", "from 0", ()),
    "conditions that no line meets": (
        "[drop.a]\nline = { least_words = 9, most_words = 3 }", 4, "drop.a.line", "no line has least_words = 9", "", (),
    ),
    "no conditions": ("[drop.a]\nline = {}", 4, "drop.a.line", "says nothing", "at least one of least_words", ()),
    "a tag in its brackets": ("[drop.a]\nline = { tags = ['<p>'] }", 4, "drop.a.line.tags[0]", "'<p>'", "element names", ()),
    "a phrase of signs": ("[drop.a]\nwhole = ['x', '***']", 4, "drop.a.whole[1]", "holds nothing to match", "a letter", ()),
    "an empty phrase": ("[drop.a]\ncontains = ' '", 4, "drop.a.contains", "is empty", "a phrase", ()),
    "an empty example": ("[drop.a]\nwhole = 'x'\ndrops = ['x', '']", 5, "drop.a.drops[1]", "is empty", "a list of lines", ()),
    "a language in full": ("[drop.a]\nwhole = 'x'\nlangs = ['English']", 5, "drop.a.langs[0]", "'English'", '"en"', ()),
    "a name with a blank": ("[drop.'a b']\nwhole = 'x'", 3, 'drop."a b"', "no name of a filter", "letters, digits", ()),
    "a family with a blank": ("[drop.a]\nfamily = 'a b'\nwhole = 'x'", 4, "drop.a.family", "no name of a filter", "letters", ()),
    "the judge as a family": (
        "[drop.a]\nwhole = 'x'\nfamily = 'main_content'", 5, "drop.a.family", "it is the judge", "another name", (),
    ),
    "the sites' filter as a family": ("[drop.site_rules]\nwhole = 'x'", 3, "drop.site_rules", "for [site]", "another name", ()),
    # ---- patterns and selectors
    "a pattern with a bracket too few": (
        "[drop.a]\npattern = ['x', '(']", 4, "drop.a.pattern[1]", "missing ) at position 1", "a pattern", (),
    ),
    "a pattern that starts with a star": ("[drop.a]\npattern = '*x'", 4, "drop.a.pattern", "nothing to repeat", "a pattern", ()),
    "a pattern for every line": ("[drop.a]\npattern = '.*'", 4, "drop.a.pattern", "found in every line", "not every line", ()),
    "a pattern that explodes": (
        "[drop.a]\npattern = '((a{999}){999}){999}'", 4, "drop.a.pattern", "repeats too often", "1,000,000", (),
    ),
    "a pattern without end": (
        f"[drop.a]\npattern = '{'x' * 2001}'", 4, "drop.a.pattern", "2,001 characters long", "at most 2,000", (),
    ),
    "CSS without its end": ("[drop.a]\nselect = 'div >'", 4, "drop.a.select", "Expected selector", "a CSS selector", ()),
    "CSS for what no saved page has": ("[drop.a]\nselect = 'p::before'", 4, "drop.a.select", "Pseudo-elements", "a CSS", ()),
    "CSS for what a reader does": ("[drop.a]\nselect = 'a:hover'", 4, "drop.a.select", "no element of a saved page", "a CSS", ()),
    "an XPath without its end": ("[drop.a]\nselect = ['p', '//p[']", 4, "drop.a.select[1]", "invalid expression", "a CSS", ()),
    "an XPath that counts": ("[drop.a]\nselect = 'count(//p)'", 4, "drop.a.select", "gives a number", "a CSS selector", ()),
    "an XPath of another program": (
        "[drop.a]\nselect = '//re:p'", 4, "drop.a.select", "undefined namespace prefix", "a CSS selector", (),
    ),
    "an XPath with a function of another program": (
        "[drop.a]\nselect = \"//p[matches(., 'x')]\"", 4, "drop.a.select", "unregistered function", "a CSS", (),
    ),
    # ---- sites
    "a host without quotation marks": (
        "[site.a.example]\nbody = 'p'", 3, "site.a", "in quotation marks", '[site."a.example"]', ("a.example",),
    ),
    "an address for a host": (
        "[site.'https://a.example/']\nbody = 'p'", 3, 'site."https://a.example/"', "is no host", "a host such as", (),
    ),
    "a host twice": ("[site.'A.example']\nbody = 'p'\n[site.'a.example']\nbody = 'p'", 5, 'site."a.example"', "the same host", "one", ()),
    "a site that says nothing": ("[site.'a.example']\nsubdomains = true", 3, 'site."a.example"', "says nothing", "body, strip", ()),
    "a key of rules in a site": (
        "[site.'a.example']\nselect = 'p'", 4, 'site."a.example".select', "unknown key here", "it under [drop.NAME]", (),
    ),
    "a selector of a site": (
        "[site.'a.example']\nstrip = [\n  '.ad',\n  '..ad',\n]", 6, 'site."a.example".strip[1]', "is no selector", "a CSS", (),
    ),
    "a site that is a string": ("[site]\n'a.example' = 'p'", 4, 'site."a.example"', "must be a table", '[site."a.example"]', ()),
}  # fmt: skip


def test_there_are_fifty() -> None:
    assert len(CASES) >= 50


@pytest.mark.parametrize("name", CASES)
def test_the_message_is_clear(name: str, tmp_path: Path) -> None:
    text, line, key, message, expected, near = CASES[name]
    path = tmp_path / "my.toml"
    path.write_text(GOOD + text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    error = caught.value
    assert len(error.problems) == 1, str(error)
    (problem,) = error.problems
    assert (error.file, error.line, error.key, error.expected, error.near) == (
        problem.file, problem.line, problem.key, problem.expected, problem.near,
    )  # fmt: skip
    assert problem.file == str(path)
    assert (problem.line, problem.key) == (line, key)
    assert message in problem.message
    assert expected in problem.expected
    assert bool(expected) is bool(problem.expected) or near
    assert problem.near[: len(near)] == near
    said = str(error)
    assert said.startswith(f"{path}:{line}: {key}")
    assert "\n" not in said
    assert "msgspec" not in said
    assert "$." not in said
    assert str(pickle.loads(pickle.dumps(error))) == said


@pytest.mark.parametrize("name", CASES)
def test_none_is_half_applied(name: str) -> None:
    text = GOOD + CASES[name][0] + "\n"
    pipeline = Pipeline.default()
    for use in (
        lambda: boilerstrip.clean(PAGE, rules=text),
        lambda: pipeline.with_rules(text),
        lambda: pipeline.with_rules('[drop.other]\nwhole = "Get our app today"\n', text),
        lambda: parse_rules(text),
    ):
        with pytest.raises(RuleError):
            use()
    assert pipeline == Pipeline.default()
    assert [r.filter for r in boilerstrip.extract(PAGE, pipeline=pipeline.only("hidden")).removals] == []


def test_all_mistakes_of_a_file_are_told_at_once_in_order() -> None:
    text = """\
[site."a.example"]
body = "div >"

[drop.a]
whole = [
  "ok",
  5,
]
wholes = "x"
line = { most_word = 3, zones = ["foot"] }

[keep.b]

[drop.c]
pattern = "("
select = ["p", "count(//p)"]
"""
    with pytest.raises(RuleError) as caught:
        parse_rules(text, "my.toml")
    assert [(each.line, each.key) for each in caught.value.problems] == [
        (2, 'site."a.example".body'),
        (7, "drop.a.whole[1]"),
        (9, "drop.a.wholes"),
        (10, "drop.a.line.most_word"),
        (10, "drop.a.line.zones[0]"),
        (12, "keep.b"),
        (15, "drop.c.pattern"),
        (16, "drop.c.select[1]"),
    ]
    assert str(caught.value).count("\n") == 7


def test_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_bytes(GOOD.encode() + b"[drop.a]\nwhole = 'caf\xe9'\n")
    with pytest.raises(RuleError, match=r"my\.toml:4: not UTF-8; expected a text file in UTF-8"):
        load_rules(path)


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n"])
def test_a_file_without_rules(text: str) -> None:
    with pytest.raises(RuleError, match=r"my\.toml: holds no rule; expected tables such as \[drop\.promo\]"):
        parse_rules(text, "my.toml")


def test_brackets_without_end_do_not_exhaust_anything() -> None:
    with pytest.raises(RuleError):
        parse_rules("[drop.a]\nwhole = " + "[" * 100_000)
    with pytest.raises(RuleError):
        parse_rules(f"[drop.a]\nselect = '{':not(' * 5000}p{')' * 5000}'")
    with pytest.raises(RuleError):
        parse_rules(f"[drop.a]\nselect = '{'(' * 50_000}//p{')' * 50_000}'")
    with pytest.raises(RuleError):
        parse_rules(f"[drop.a]\npattern = '{'(' * 900}x{')' * 899}'")


def test_lines_are_found_among_strings_and_comments() -> None:
    text = '''\
# [drop.x] wholes = 1
[drop.a]   # the first
whole = """
[drop.b]
wholes = "not a key"
"""
start = ["a, b", 'c]', # a comment, with "commas"
  "d", ""]
"line".most_words = -1
[site."b.example"]
strip = ["p", "..x"]
'''
    with pytest.raises(RuleError) as caught:
        parse_rules(text)
    assert [(each.line, each.key) for each in caught.value.problems] == [
        (8, "drop.a.start[3]"),
        (9, "drop.a.line.most_words"),
        (11, 'site."b.example".strip[1]'),
    ]
