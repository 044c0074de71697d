"""Rule files: what each kind of rule takes and leaves, and where it is on record."""

from __future__ import annotations

import pickle
from pathlib import Path
from time import process_time

import pytest

import boilerstrip
from boilerstrip import Document, Pipeline
from boilerstrip.rulefiles import RuleError, load_rules, parse_rules

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge to close for a year - The Harlow Post</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article>
<h1>Bridge to close for a year</h1>
<p>The Mill Street bridge will close in March, the council decided on Tuesday night after a long debate.</p>
<div class="hero-promo"><p>Our reporters follow every vote of the council, every week, and have done so since 1987.</p></div>
<p>Issue no. 4711</p>
<p>Drivers will be sent over the County Road 9 bridge, a detour of three miles for most of them.</p>
<h3>From our valley desk</h3>
<ul><li><a href="/a">Ferry to run until the new year</a></li><li><a href="/b">Who pays for the bridge</a></li></ul>
<p>Get our app, the mayor told residents on Monday, and you will know of every closure a day ahead.</p>
<p>The new bridge is to open in the spring of the year after next, if the winter is kind to the builders.</p>
</article>
<p>Get our app today</p>
<footer>© 2026 The Harlow Post. All rights reserved.</footer>
</body></html>"""


def ran(rules: str, page: str = PAGE, *, url: str | None = None) -> Document:
    document = boilerstrip.extract(page, rules=rules + "\n", url=url)
    assert list(document.warnings) == []
    return document


def taken(document: Document) -> dict[str, str]:
    """The lines that rules took: text → filter."""
    return {document.lines[r.line].text: r.filter for r in document.removals if r.evidence.kind == "rule"}


def protected(document: Document) -> dict[str, str]:
    return {document.lines[r.line].text: r.filter for r in document.protections}


# ---------------------------------------------------------------- phrases and patterns


def test_a_whole_line_goes_wherever_it_stands() -> None:
    assert taken(ran('[drop.promo]\nwhole = "get our APP today!"')) == {"Get our app today": "promo"}


def test_a_start_leaves_sentences_of_prose_unless_told_otherwise() -> None:
    assert list(taken(ran('[drop.promo]\nstart = "Get our app"'))) == ["Get our app today"]
    assert len(taken(ran('[drop.promo]\nstart = "Get our app"\nprose = true'))) == 2


def test_contains() -> None:
    assert list(taken(ran('[drop.promo]\ncontains = ["our valley"]'))) == ["From our valley desk"]
    assert taken(ran('[drop.promo]\ncontains = ["residents on Monday"]')) == {}


def test_a_long_line_can_be_named_whole() -> None:
    long = " ".join(["This series was made with the help of the foundation for bridges."] * 5)
    page = f"<p>{'The council met on Tuesday night and spoke for hours. ' * 4}</p><p>{long}</p>"
    assert taken(ran(f"[drop.help]\nwhole = '{long}'", page)) == {long: "help"}
    start = "[drop.help]\nstart = 'This series was made'\nprose = true"
    assert taken(ran(start, page)) == {}
    assert taken(ran(f"{start}\nline = {{ most_chars = 400 }}", page)) == {long: "help"}


def test_a_pattern_is_looked_for_in_the_line_as_it_stands() -> None:
    assert taken(ran(r"[drop.issue]" + "\n" + r"pattern = '^Issue no\. \d+$'")) == {"Issue no. 4711": "issue"}
    assert taken(ran(r"[drop.issue]" + "\n" + r"pattern = '^issue no'")) == {}


def test_zero_stands_for_any_number_and_another_number_for_itself() -> None:
    page = "<p>54° Harlow</p><p>3 comments</p><p>Issue 54 of 60</p><p>Issue 54 of 61</p><p>1,204 Comments</p><p>Comments</p>"
    assert list(taken(ran("[drop.a]\nstart = '54°'", page))) == ["54° Harlow"]
    assert list(taken(ran("[drop.a]\nstart = 'issue 0 of 61'", page))) == ["Issue 54 of 61"]
    assert list(taken(ran("[drop.a]\nwhole = 'Issue 54 of 60'", page))) == ["Issue 54 of 60"]
    assert list(taken(ran("[drop.a]\ncontains = 'of 61'", page))) == ["Issue 54 of 61"]
    assert list(taken(ran("[drop.a]\nwhole = '0 comments'", page))) == ["3 comments", "1,204 Comments"]
    assert list(taken(ran("[drop.a]\nwhole = 'comments'", page))) == ["3 comments", "1,204 Comments", "Comments"]
    assert taken(ran("[drop.a]\nwhole = '5 comments'", page)) == {}


def test_the_mark_at_the_end_of_a_phrase_is_part_of_it() -> None:
    page = "<p>Photo: Ann Lee</p><p>Photo finish</p>"
    assert list(taken(ran('[drop.credit]\nstart = "Photo:"', page))) == ["Photo: Ann Lee"]


def test_lines_told_by_what_they_are_like() -> None:
    rule = "[drop.short]\nline = { most_words = 3, zones = ['body'], tags = ['p'], most_linked = 0.0 }"
    assert taken(ran(rule)) == {"Issue no. 4711": "short"}
    rule = "[drop.links]\nline = { least_linked = 0.9, tags = ['li'] }"
    assert list(taken(ran(rule))) == ["Ferry to run until the new year", "Who pays for the bridge"]
    assert taken(ran("[drop.open]\nline = { ends_sentence = false, tags = ['h3'] }")) == {
        "From our valley desk": "open"
    }


def test_conditions_gate_what_phrases_find() -> None:
    assert taken(ran('[drop.promo]\nstart = "Get our app"\nline = { zones = ["head"] }')) == {}


def test_a_rule_for_a_language_leaves_others_alone() -> None:
    rule = '[drop.promo]\nwhole = "Get our app today"\nlangs = '
    assert taken(ran(rule + '["en", "de"]'))
    assert not taken(ran(rule + '["de"]'))


# ---------------------------------------------------------------- elements


@pytest.mark.parametrize(
    "selector", [".hero-promo", "div.hero-promo > p", "//div[@class='hero-promo']", "xpath:.//div"]
)
def test_selectors_take_all_lines_inside(selector: str) -> None:
    (line,) = taken(ran(f'[drop.hero]\nselect = "{selector}"'))
    assert line.startswith("Our reporters follow")


def test_selectors_find_nothing_in_flattened_text() -> None:
    assert taken(ran('[drop.hero]\nselect = "p"', "The council met on Tuesday night.\n\nIt met for long.")) == {}


def test_conditions_choose_among_the_lines_of_an_element() -> None:
    document = ran('[drop.hero]\nselect = "article"\nline = { tags = ["h3"] }')
    assert list(taken(document)) == ["From our valley desk"]


# ---------------------------------------------------------------- what follows


def test_links_that_follow() -> None:
    document = ran('[drop.desk]\nwhole = "From our valley desk"\nthen = "links"')
    assert list(taken(document)) == [
        "From our valley desk",
        "Ferry to run until the new year",
        "Who pays for the bridge",
    ]
    (last,) = (r for r in document.removals if document.lines[r.line].text == "Who pays for the bridge")
    assert str(last.evidence).startswith("rule: <rules>: desk: then “links” (line ")


def test_all_up_to_the_next_prose() -> None:
    document = ran('[drop.desk]\npattern = "^Issue no"\nthen = "prose"')
    assert list(taken(document)) == ["Issue no. 4711"]
    document = ran('[drop.desk]\nwhole = "From our valley desk"\nthen = "prose"')
    assert list(taken(document)) == [
        "From our valley desk",
        "Ferry to run until the new year",
        "Who pays for the bridge",
    ]


def test_the_rest_of_the_block() -> None:
    page = "The council met on Tuesday night and spoke.\n\nMore on bridges\nFerry to run\nWho pays\n\nIt met for long."
    document = ran('[drop.more]\nwhole = "More on bridges"\nthen = "block"', page)
    assert list(taken(document)) == ["More on bridges", "Ferry to run", "Who pays"]
    page = "<p>The council met on Tuesday.</p><div><h4>More on bridges</h4><p>Ferry to run</p></div><p>It met for long.</p>"
    document = ran('[drop.more]\nwhole = "More on bridges"\nthen = "block"', page)
    assert list(taken(document)) == ["More on bridges", "Ferry to run"]


# ---------------------------------------------------------------- keep


def test_keep_wins_over_everything() -> None:
    document = ran('[keep.foot]\npattern = "^©"\n[drop.foot]\npattern = "All rights"')
    assert "© 2026 The Harlow Post. All rights reserved." in document.text
    assert protected(document) == {"© 2026 The Harlow Post. All rights reserved.": "foot"}


# ---------------------------------------------------------------- names, order, trace


def test_the_evidence_says_file_and_rule(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('[drop.app]\nfamily = "promo"\nwhole = "Get our app today"\n', "utf-8")
    document = boilerstrip.extract(PAGE, rules=path)
    (removal,) = (r for r in document.removals if r.filter == "promo")
    assert str(removal.evidence) == f"rule: {path}: app: whole “Get our app today”"


def test_rules_of_a_family_that_is_there_go_by_its_name_and_switch() -> None:
    pipeline = Pipeline.default().with_rules('[drop.tags]\nwhole = "Issue no. 4711"\n')
    assert pipeline.names == Pipeline.default().names
    assert taken(boilerstrip.extract(PAGE, pipeline=pipeline)) == {"Issue no. 4711": "tags"}
    assert taken(boilerstrip.extract(PAGE, pipeline=pipeline.without("tags"))) == {}


def test_a_family_keeps_its_own_doings_under_rules() -> None:
    pipeline = Pipeline.default().with_rules('[drop.copyright_footer]\nwhole = "Issue no. 4711"\n')
    took = [
        r.evidence.kind for r in boilerstrip.extract(PAGE, pipeline=pipeline).removals if r.filter == "copyright_footer"
    ]
    assert took == ["rule", "shape"]
    assert getattr(pipeline["copyright_footer"], "summary", "") == getattr(
        Pipeline.default()["copyright_footer"], "summary", ""
    )


def test_new_names_come_first() -> None:
    pipeline = Pipeline.default().with_rules(
        '[drop.b]\nwhole = "x"\n[drop.a]\nwhole = "y"\n', '[drop.c]\nwhole = "z"\n'
    )
    assert pipeline.names[:4] == ("c", "b", "a", "hidden")


def test_several_rules_of_one_family() -> None:
    document = ran(
        '[drop.one]\nfamily = "house"\nwhole = "Get our app today"\n[drop.two]\nfamily = "house"\npattern = "^Issue"'
    )
    assert set(taken(document).values()) == {"house"}
    assert len(taken(document)) == 2


def test_two_files_with_one_family() -> None:
    pipeline = Pipeline.default().with_rules(
        '[drop.house]\nwhole = "Get our app today"\n', "[drop.house]\npattern = '^Issue'\n"
    )
    assert len(taken(boilerstrip.extract(PAGE, pipeline=pipeline))) == 2


def test_pipelines_with_rules_pickle_and_compare() -> None:
    text = "[drop.house]\npattern = '^Issue'\nselect = 'h3'\n[site.\"a.example\"]\nbody = 'article'\n"
    pipeline = Pipeline.default().with_rules(text)
    before = boilerstrip.extract(PAGE, pipeline=pipeline)
    again = pickle.loads(pickle.dumps(pipeline))
    assert again == pipeline == Pipeline.default().with_rules(text)
    assert hash(again) == hash(pipeline)
    assert again != Pipeline.default().with_rules(text.replace("h3", "h4"))
    assert boilerstrip.extract(PAGE, pipeline=again).text == before.text


# ---------------------------------------------------------------- sites

SITE = '[site."harlow.example"]\nbody = ["#none", "article"]\nstrip = [".hero-promo"]\nkeep = "h3"\nwhole = "Issue no. 4711"\n'


def test_a_site_section_speaks_for_its_host_and_sub_domains() -> None:
    for url in ("https://harlow.example/a", "https://www.harlow.example", "http://news.harlow.example:8080/x"):
        document = ran(SITE, url=url)
        rows = taken(document)
        assert rows.pop("Issue no. 4711") == "site_rules"
        assert rows.pop("Get our app today") == "main_content"
        assert list(rows.values()) == ["site_rules"]
        assert protected(document) == {"From our valley desk": "site_rules"}
    for url in ("https://other.example", "https://notharlow.example", "https://harlow.example.org", None):
        assert taken(ran(SITE, url=url)) == {}


def test_what_stands_inside_the_body_is_not_judged_but_families_take_theirs() -> None:
    document = ran('[site."harlow.example"]\nbody = "article"', url="https://harlow.example/a")
    assert "Issue no. 4711" in document.text
    assert "Ferry to run until the new year" in document.text
    names = {document.lines[r.line].text: r.filter for r in document.removals}
    assert names["Bridge to close for a year"] == "repeated_title"
    assert names["Home News"] == "nav_menu"


def test_a_body_that_is_not_there_changes_nothing() -> None:
    plain = boilerstrip.extract(PAGE, url="https://harlow.example/a")
    document = ran('[site."harlow.example"]\nbody = "#story"', url="https://harlow.example/a")
    assert document.text == plain.text


def test_a_page_may_say_its_own_address() -> None:
    page = PAGE.replace("<head>", '<head><meta property="og:url" content="https://harlow.example/a">')
    assert taken(ran(SITE, page))
    assert taken(ran(SITE, page, url="https://mirror.example/")) == {}


def test_the_nearest_section_is_used() -> None:
    rules = (
        '[site."example"]\nwhole = "one"\n[site."a.example"]\nwhole = "Issue no. 4711"\n'
        '[site.".b.example"]\nwhole = "Get our app today"\n[site."b.example"]\nsubdomains = false\nwhole = "From our valley desk"'
    )
    for host, line in [
        ("a.example", "Issue no. 4711"),
        ("x.y.a.example", "Issue no. 4711"),
        ("b.example", "From our valley desk"),
        ("www.b.example", "From our valley desk"),
        ("x.b.example", "Get our app today"),
    ]:
        assert list(taken(ran(rules, url=f"https://{host}/"))) == [line], host


# ---------------------------------------------------------------- handing over rules


def test_path_text_and_rules_are_the_same(tmp_path: Path) -> None:
    text = '[drop.app]\nwhole = "Get our app today"\n'
    path = tmp_path / "my.toml"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    texts = {boilerstrip.clean(PAGE, rules=each) for each in (text, path, str(path), parse_rules(text))}
    assert len(texts) == 1
    assert boilerstrip.clean(PAGE, rules=path, pipeline=Pipeline.default()) in texts


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text('[drop.app]\nwhole = "Issue no. 4711"\n', "utf-8")
    assert taken(boilerstrip.extract(PAGE, rules=path)) == {"Issue no. 4711": "app"}
    path.write_text('[drop.app]\nwhole = "Issue no. 4712 X"\n', "utf-8")
    assert taken(boilerstrip.extract(PAGE, rules=path)) == {}


def test_wrong_arguments() -> None:
    with pytest.raises(TypeError, match="rules must be the path or the text of a rule file, or Rules, not int"):
        boilerstrip.clean(PAGE, rules=3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="text must be a str, not bytes"):
        parse_rules(b"")  # type: ignore[arg-type]
    with pytest.raises(FileNotFoundError):
        load_rules("nowhere.toml")


def test_one_mistake_and_nothing_is_used() -> None:
    with pytest.raises(RuleError, match=r"<rules>:4: drop\.b\.wholes: unknown key; did you mean 'whole'"):
        boilerstrip.clean(PAGE, rules='[drop.a]\nwhole = "Get our app today"\n[drop.b]\nwholes = "x"\n')


# ---------------------------------------------------------------- what goes wrong on a page


def test_a_pattern_that_takes_too_long_is_a_warning() -> None:
    page = f"<p>{'The council met on Tuesday night and spoke for hours. ' * 4}</p><p>{'a' * 150}b</p><p>Get our app today</p>"
    rules = "[drop.slow]\npattern = '(a|aa)+$'\nwhole = 'Get our app today'\n"
    document = boilerstrip.extract(page, rules=rules)
    (warning,) = document.warnings
    assert warning.where == "slow"
    assert "slow: pattern “(a|aa)+$” took too long" in warning.message
    assert taken(document) == {"Get our app today": "slow"}
    assert document.text.startswith("The council met")


def test_time_is_linear_in_the_page() -> None:
    """Where it were not, each of these would take minutes."""
    rules = """
[drop.nested]
select = "div"
[drop.many]
whole = "Get our app"
then = "prose"
[drop.block]
whole = "Issue 4711"
then = "block"
"""
    deep = "<div>" * 200 + "<p>Get our app</p>" * 10_000
    wide = "<p>Get our app</p><p>Issue 4711</p>" * 5_000
    one = f"<div>{'Issue 4711<br>' * 10_000}</div>"
    start = process_time()
    for page in (deep, wide, one):
        document = boilerstrip.extract(page, rules=rules)
        assert len(document.removals) == 10_000
        assert list(document.warnings) == []
    assert process_time() - start < 30


def test_a_selector_that_fails_on_a_page_is_a_warning() -> None:
    page = PAGE.replace("<footer>", "<x-y>Bridges</x-y><footer>")
    # The function is called only where there is such an element.
    document = boilerstrip.extract(page, rules="[drop.odd]\nselect = '//x-y[foo(.)]'\nwhole = 'Get our app today'\n")
    (warning,) = document.warnings
    assert warning.where == "odd"
    assert "odd: select “//x-y[foo(.)]”" in warning.message
    assert taken(document) == {"Get our app today": "odd"}
    rules = "[site.'a.example']\nbody = '//x-y[foo(.)]'\n"
    document = boilerstrip.extract(page, rules=rules, url="https://a.example/")
    assert [warning.where for warning in document.warnings] == ["main_content"]
    assert document.text == boilerstrip.clean(page)
