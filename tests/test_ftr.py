"""Site sections from the files of Full-Text RSS; ``ftr/`` holds files written in that format for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import boilerstrip
from boilerstrip.cli import main
from boilerstrip.rulefiles import parse_rules
from boilerstrip.rulefiles.ftr import import_ftr

FOLDER = Path(__file__).parent / "ftr"
PAGE = """<html lang="en"><head><title>Bridge to close</title></head><body class="has-tools">
<h1 class="headline">Bridge to close</h1>
<p>A line outside the story, which is as long as any sentence of an article may well be on a good day.</p>
<div id="story-body">
<p>The Mill Street bridge will close in March, the council decided on Tuesday night after a long debate.</p>
<div class="big inline-offer"><p>Read every story of the council for a crown a week, as eleven thousand others do.</p></div>
<p class="partner">With the help of the foundation for bridges, which had no say in what is written here.</p>
<div id="more-on"><p>The ferry is to run until the new year, says the line that owns it, and then no more.</p></div>
<p class="tools">Hammers and saws are for sale in the yard behind the bridge, said one of the builders.</p>
<p class="toolshed">A toolshed by the river was lost in the flood, and nobody has built another one since.</p>
</div></body></html>"""


def test_what_becomes_of_a_page() -> None:
    text, sites, _ = import_ftr(FOLDER)
    rules = parse_rules(text, "sites.toml")
    assert sites == len(rules.sites) == 4
    document = boilerstrip.extract(PAGE, rules=rules, url="https://www.harlow.example/news/bridge")
    assert document.text.split("\n\n") == [
        "The Mill Street bridge will close in March, the council decided on Tuesday night after a long debate.",
        "A toolshed by the river was lost in the flood, and nobody has built another one since.",
    ]
    why = {document.lines[r.line].text.split()[0]: str(r.evidence) for r in document.removals}
    assert why["Hammers"] == 'rule: sites.toml: site "harlow.example" strip: select “.tools, #tools”'
    assert why["With"] == 'rule: sites.toml: site "harlow.example" strip: select “//aside | //p[@class="partner"]”'
    assert why["A"] == "rule: sites.toml: site \"harlow.example\": outside body “//div[@id='story-body']”"
    # The file speaks for the host alone.
    assert "Hammers" in boilerstrip.clean(PAGE, rules=rules, url="https://blog.harlow.example/")


def test_the_sections() -> None:
    sites = {site.host: site for site in parse_rules(import_ftr(FOLDER)[0]).sites}
    assert sites["harlow.example"].body == ("//div[@id='story-body']", "//article")
    assert sites["harlow.example"].subdomains is False
    assert sites[".blogs.example"].strip == (
        "//*[contains(concat(' ', normalize-space(@class), ' '), ' share widget ')"
        " or contains(concat(' ', normalize-space(@id), ' '), ' share widget ')]"
    )
    assert sites["broken.example"].body == "xpath:div[@id='entry']"
    assert sites["latin.example"].body == '//div[@id="début"]'


def test_what_is_left_out_is_noted() -> None:
    _, _, notes = import_ftr(FOLDER)
    said = [str(note) for note in notes]
    assert "harlow.example.txt:2: title: ignored: the library finds it itself" in said
    assert "harlow.example.txt:18: single_page_link: ignored: pages are not fetched" in said
    assert "harlow.example.txt:20: replace_string: ignored: pages are not changed" in said
    assert ".blogs.example.txt:3: prune: ignored: the article's element is not pruned; families take theirs" in said
    assert "broken.example.txt:1: body: left out: \"//div[@id='x'\": invalid predicate" in said
    assert any(
        line.startswith("broken.example.txt:2: body: left out: 'count(//p)': it gives a number") for line in said
    )
    assert "broken.example.txt:4: strip: left out: '': it is empty" in said
    assert "broken.example.txt:5: strip: left out: \"//p[re:test(., 'x')]\": undefined namespace prefix" in said
    assert "broken.example.txt:6: strip_id_or_class: left out: '': it is empty" in said
    assert "broken.example.txt:7: whatever: ignored: not known" in said
    assert "broken.example.txt:8: this is no directive: is no directive" in said
    assert "nothing.example.txt: says nothing that can be applied" in said
    assert "LICENSE.txt: is not called as a host" in said
    assert not any("test_url" in line or "autodetect" in line or "notes.md" in line for line in said)


def test_the_command(tmp_path: Path) -> None:
    output = tmp_path / "sites.toml"
    result = CliRunner().invoke(main, ["rules", "import-ftr", str(FOLDER), "-o", str(output)])
    assert (result.exit_code, result.stdout) == (0, f"{output}: 4 sites\n")
    assert "replace_string: 2 lines ignored: pages are not changed" in result.stderr
    assert "title: 2 lines ignored: the library finds it itself" in result.stderr
    text = output.read_text("utf-8")
    assert (
        "# ignored: title, author, date, strip_image_src, single_page_link, next_page_link, replace_string (2)" in text
    )
    result = CliRunner().invoke(main, ["rules", "import-ftr", "-v", str(FOLDER), "-o", str(output)])
    assert "broken.example.txt:8: this is no directive: is no directive\n" in result.stderr
    result = CliRunner().invoke(main, ["rules", "test", str(output)])
    assert (result.exit_code, result.output) == (0, "0 passed, 0 failed\n")


def test_a_folder_without_such_files(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"holds no file such as news\.example\.txt"):
        import_ftr(tmp_path)
    result = CliRunner().invoke(main, ["rules", "import-ftr", str(tmp_path), "-o", str(tmp_path / "x.toml")])
    assert result.exit_code == 1
    assert "holds no file" in result.stderr
