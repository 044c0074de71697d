"""Examples of rules as checks: what they promise is tried, and what fails says which line leaked or was lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from boilerstrip.cli import main
from boilerstrip.testing import checks_of

PROSE = "The council met on Tuesday night and spoke for hours about the bridge and who is to pay for it."


def problems(rules: str) -> dict[str, str]:
    return {str(check): check.problem for check in checks_of(rules + "\n")}


def test_examples_that_hold() -> None:
    rules = """
[drop.promo]
start = "Get our app"
pattern = '^Issue \\d+$'
select = ".hero"
drops = ["Get our app today", "Issue 33", '<div class="hero"><p>One</p><p>Two</p></div>', "Issue 1\\nIssue 2"]
keeps = ["Get our app, the mayor told residents on Monday, and you will know of every closure.", "Issued 33"]
[keep.notes]
start = "Correction:"
keeps = "Correction: the bridge is 80 years old"
drops = "Corrections"
"""
    assert set(problems(rules).values()) == {""}
    assert len(problems(rules)) == 8


def test_a_line_that_leaks() -> None:
    assert problems('[drop.promo]\nwhole = "Get our app"\ndrops = "Get the app"') == {
        'drop.promo drops "Get the app"': "leaked: Get the app"
    }
    (problem,) = problems(
        "[drop.promo]\nselect = '.hero > p'\ndrops = '<div class=\"hero\"><p>One</p>Two</div>'"
    ).values()
    assert problem == "leaked: Two"


def test_a_line_that_is_lost() -> None:
    (problem,) = problems('[drop.promo]\nwhole = "Get our app"\nkeeps = "Get our app!"').values()
    assert problem == "lost (first, in the middle, last): Get our app!"


def test_a_keep_rule_that_keeps_too_little_or_too_much() -> None:
    rules = '[keep.notes]\nstart = "Correction:"\nkeeps = "Corrected on Monday"\ndrops = "Correction: none"'
    assert list(problems(rules).values()) == [
        "kept (first, in the middle, last): Correction: none",
        "not kept: Corrected on Monday",
    ]


def test_a_line_that_a_keep_rule_protects() -> None:
    rules = '[drop.a]\nwhole = "Get our app"\ndrops = "Get our app"\n[keep.b]\nstart = "Get our"'
    assert list(problems(rules).values()) == ["leaked: Get our app (a keep rule of the file protects it)"]


@pytest.mark.parametrize(
    ("rule", "example", "hint"),
    [
        ("start = 'The council met'", PROSE, "(it is running prose; prose = true takes such lines)"),
        ("start = 'A'\nline = { most_words = 2 }", "A b c", "(it is not as its conditions (line) demand)"),
        ("start = 'Aa'", "Aa " * 80, "(it is longer than the rule looks; line = { most_chars = … } lets it)"),
        (
            "start = 'The council'",
            PROSE * 3,
            "(it is long and running prose; prose = true and line = { most_chars = … }",
        ),
    ],
)
def test_why_a_line_leaks(rule: str, example: str, hint: str) -> None:
    (problem,) = problems(f"[drop.a]\n{rule}\ndrops = '{example}'").values()
    assert problem.splitlines()[-1].startswith(hint)


def test_an_example_that_shows_nothing() -> None:
    assert list(problems("[drop.a]\nselect = 'p'\ndrops = '<p></p>'").values()) == [
        "leaked: (the example shows no line)"
    ]


def test_a_rule_for_another_language_is_tried_on_a_page_in_it() -> None:
    assert list(problems('[drop.a]\nwhole = "Anzeige"\nlangs = ["de"]\ndrops = "Anzeige"').values()) == [""]


def test_a_check_raises_what_is_wrong() -> None:
    right, wrong = checks_of('[drop.a]\nwhole = "x"\ndrops = ["X", "y"]\n')
    right()
    with pytest.raises(AssertionError, match='drop.a drops "y": leaked: y'):
        wrong()


# ---------------------------------------------------------------- pages beside the file


@pytest.fixture
def rule_file(tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(
        '[site."a.example"]\nstrip = ".hero"\n[drop.promo]\nwhole = "Get our app"\ndrops = "Get our app"\n', "utf-8"
    )
    case = tmp_path / "my" / "front"
    case.mkdir(parents=True)
    (case / "page.html").write_text(
        f"<h1>Bridge</h1><p>{PROSE}</p><p class=hero>{PROSE}!</p><p>Get our app</p>", "utf-8"
    )
    (case / "expected.txt").write_text(f"{PROSE}\n", "utf-8")
    (case / "url.txt").write_text("https://a.example/bridge\n", "utf-8")
    return path


def test_saved_pages(rule_file: Path) -> None:
    example, page = checks_of(rule_file)
    assert (example.problem, page.problem) == ("", "")
    assert str(page) == "page my/front"
    (rule_file.parent / "my" / "front" / "url.txt").unlink()
    assert checks_of(rule_file)[1].problem == f"leaked: {PROSE}!"
    assert len(checks_of(rule_file, pages=rule_file.parent)) == 1


def test_saved_pages_may_say_who_takes_what(rule_file: Path) -> None:
    rows = [("Bridge", "repeated_title"), (f"{PROSE}!", "site_rules"), ("Get our app", "newsletter")]
    removed = "\n".join(json.dumps({"line": line, "filter": name}) for line, name in rows)
    (rule_file.parent / "my" / "front" / "removed.jsonl").write_text(removed, "utf-8")
    assert checks_of(rule_file)[1].problem == "[promo] instead of newsletter: Get our app"


# ---------------------------------------------------------------- on the command line


def called(*args: object) -> Result:
    return CliRunner().invoke(main, ["rules", *map(str, args)])


def test_command_test(rule_file: Path) -> None:
    result = called("test", rule_file)
    assert (result.exit_code, result.output) == (0, "2 passed, 0 failed\n")
    result = called("test", "-v", rule_file)
    assert f'ok    {rule_file}: drop.promo drops "Get our app"\n' in result.output
    assert f"ok    {rule_file}: page my/front\n" in result.output


def test_command_test_fails(rule_file: Path) -> None:
    bad = rule_file.with_name("bad.toml")
    bad.write_text('[drop.share_bars]\nwholes = "x"\n', "utf-8")
    worse = rule_file.with_name("worse.toml")
    worse.write_text('[drop.share_bars]\nwhole = "x"\ndrops = "y"\n[drop.b]\nwhole = "z"\n', "utf-8")
    result = called("test", rule_file, bad, worse)
    assert result.exit_code == 1
    assert f"FAIL  {bad}:2: drop.share_bars.wholes: unknown key; did you mean 'whole'?\n" in result.output
    assert f'FAIL  {worse}: drop.share_bars drops "y"\n      leaked: y\n' in result.output
    assert "family 'share_bars' is new; did you mean 'share_bar'?" in result.stderr
    assert f"{worse}: no examples: b" in result.stderr
    assert result.output.endswith("2 passed, 2 failed\n")
    assert called("test", rule_file.with_name("gone.toml")).exit_code == 2


def test_command_test_with_a_page_that_is_not_in_order(rule_file: Path) -> None:
    (rule_file.parent / "my" / "front" / "expected.txt").unlink()
    result = called("test", rule_file)
    assert result.exit_code == 1
    assert "the pages beside it cannot be read" in result.stderr


def test_command_new(tmp_path: Path) -> None:
    path = tmp_path / "weather.toml"
    assert called("new", "weather", "-o", path).exit_code == 0
    result = called("test", path)
    assert result.exit_code == 1
    assert "leaked: A line of your pages that must go" in result.output
    assert result.output.endswith("1 passed, 1 failed\n")
    text = path.read_text("utf-8")
    path.write_text(text.replace("A line of your pages that must go", "words of the WHOLE line"), "utf-8")
    assert called("test", path).exit_code == 0
    again = called("new", "weather", "-o", path)
    assert again.exit_code == 1
    assert "is there already" in again.stderr
    assert called("new", "a b").exit_code == 2


@pytest.mark.parametrize("command", ["clean", "extract"])
def test_rules_on_the_command_line(command: str, rule_file: Path) -> None:
    page = rule_file.parent / "my" / "front" / "page.html"
    runner = CliRunner()
    result = runner.invoke(main, [command, "--rules", str(rule_file), str(page)])
    assert result.exit_code == 0
    assert ("promo" in result.output) is (command == "extract")
    result = runner.invoke(main, ["extract", "--rules", str(rule_file), "--without", "promo", str(page)])
    assert result.exit_code == 0
    assert "rule: " not in result.output
    result = runner.invoke(main, [command, "--rules", str(rule_file), "--without", "promos", str(page)])
    assert result.exit_code == 2
    assert "did you mean 'promo'" in result.stderr
    rule_file.write_text("[drop.a]\n", "utf-8")
    result = runner.invoke(main, [command, "--rules", str(rule_file), str(page)])
    assert result.exit_code == 2
    assert f"--rules: {rule_file}:1: drop.a: finds nothing" in result.stderr
    result = runner.invoke(main, [command, "--rules", str(rule_file.with_name("gone.toml")), str(page)])
    assert result.exit_code == 2
    assert "gone.toml: No such file" in result.stderr


def test_filters_of_rules_are_listed(rule_file: Path) -> None:
    result = CliRunner().invoke(main, ["filters", "--rules", str(rule_file)])
    assert result.output.startswith("promo ")
