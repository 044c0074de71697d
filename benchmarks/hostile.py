"""Families of bad pages that grow with n: what ``benchmarks growth`` measures and the suite tests.

A page is ``before + unit * n + after * n + end``; a unit with ``{i}`` is numbered.
"""

from __future__ import annotations

from typing import NamedTuple


class Bad(NamedTuple):
    """One family of bad pages."""

    unit: str
    before: str = ""
    after: str = ""
    end: str = ""
    encoding: str = "utf-8"

    def page(self, n: int) -> bytes:
        """The page with ``n`` units."""
        numbered = "{i}" in self.unit
        body = "".join([self.unit.replace("{i}", str(i)) for i in range(n)]) if numbered else self.unit * n
        return (self.before + body + self.after * n + self.end).encode(self.encoding, "surrogatepass")


_PROSE = "<p>The mill street bridge will close in March, the council decided on Tuesday night after a long debate.</p>"

FAMILIES: dict[str, Bad] = {
    # ---- nesting
    "nested div": Bad("<div>", "", "</div>", _PROSE),
    "nested div around text": Bad("<div>word ", "", "</div>"),
    "nested span": Bad("<span>word ", "", "</span>", _PROSE),
    "nested list": Bad("<ul><li>item ", "", "</ul>"),
    "nested table": Bad("<table><tr><td>cell "),
    "nested font, never closed": Bad("<font size=1>word "),
    "nested pre": Bad("<pre>a\n"),
    "nested figure": Bad("<figure>word "),
    "nested header": Bad("<div><p>Most read</p>"),
    "nested signature": Bad("<div class='comments'><p class='share-bar'>x</p>"),
    "nested weak signature": Bad("<div class='menu'>x<br>"),
    "nested inline signature": Bad("<span class='byline'>By Jane Doe "),
    "nested hidden": Bad("<div hidden>word<br>"),
    "nested quote": Bad("<blockquote>word"),
    "mis-nested formatting": Bad("<b><i>x</b></i>"),
    "mis-nested links": Bad("<a><p>x</a>"),
    "formatting never closed": Bad("<b><i><p>word"),
    "lines in 200 boxes": Bad("<p>Some words</p>", "<div>" * 200),
    # ---- siblings
    "short paragraphs": Bad("<p>Some words of a line</p>"),
    "paragraphs of prose": Bad(_PROSE),
    "numbered paragraphs": Bad("<p>Line {i} of the text</p>"),
    "links": Bad("<a href='/x'>link</a> "),
    "list of links": Bad("<li><a href='/x'>link words</a>", "<ul>"),
    "br": Bad("a<br>"),
    "empty br": Bad("<br>"),
    "table rows": Bad("<tr><td>a<td>b", "<table>"),
    "table cells": Bad("<td>a", "<table><tr>"),
    "empty table cells": Bad("<td>", "<table><tr><td>a", "", "b"),
    "definition list": Bad("<dt>a<dd>b", "<dl>"),
    "forms": Bad("<form><input>"),
    "options": Bad("<option>x", "<select>"),
    "scripts": Bad("<script>x</script>"),
    "roots": Bad("</html><p>Some words</p>"),
    "sections": Bad("<section><h2>Some heading</h2>" + _PROSE + "</section>"),
    # ---- attributes
    "attributes": Bad("a{i}=x ", "<p ", "", ">word</p>"),
    "attributes with >": Bad("a{i}='>' ", "<p ", "", ">word</p>"),
    "one attribute again": Bad("a=x ", "<p ", "", ">word</p>"),
    "class tokens": Bad("c{i} ", "<p class='", "", "'>word</p>"),
    "class tokens of a family": Bad("share-bar ", "<p class='", "", "'>word</p>"),
    "class of every element": Bad("<p class='share-bar x{i} y{i}'>x</p>"),
    "id of every element": Bad("<p id='x{i}'>x</p>"),
    "style": Bad("display : ", "<p style='", "", "'>word</p>"),
    # ---- one long line
    "words in one line": Bad("word ", "<p>"),
    "one word": Bad("w", "<p>"),
    "sentences in one line": Bad("This is a sentence © 2020, he said. ", "<p>"),
    "Chinese": Bad("今日は晴れ。", "<p>"),
    "Arabic": Bad("قال الوزير إن ", "<p>"),
    "spaces": Bad(" ", "<p>a", "", "b"),
    "spaces in pre": Bad(" ", f"{_PROSE}<pre>© 2020 a", "", "b</pre>"),
    "no-break spaces": Bad("\u00a0", "<p>a", "", "b"),
    "tabs": Bad("\t", "a", "", "b"),
    "digits": Bad("1", "<p>"),
    "digits and dots": Bad("1.", "<p>"),
    "telephone": Bad("1 ", "<p>x</p><p>+"),
    "©": Bad("©", "<p>"),
    "slashes": Bad("/", "<p>"),
    "arrows": Bad("a › ", "<p>"),
    "bars": Bad("Home | ", "<p>"),
    "commas": Bad("a, ", "<p>"),
    "hashtags": Bad("#tag ", "<p>"),
    "mail address": Bad("a.", "<p>x</p><p>", "", "@"),
    "combining marks": Bad("\u0301\u0323", "<p>a"),
    "zero-width": Bad("\u200b", "<p>a", "", "b"),
    "zero-width alone": Bad("\u200b", "<p>"),
    "bidi controls": Bad("\u202e\u202c", "<p>a", "", "b"),
    "NUL": Bad("\0", "<p>a", "", "b"),
    "lone surrogates": Bad("\ud800", "<p>a", "", "b"),
    "inline signatures": Bad("<span class='byline'>By Jane</span> ", "<p>"),
    "entities": Bad("&amp;", "<p>"),
    # ---- half markup
    "<": Bad("<"),
    "<a": Bad("<a"),
    "<!": Bad("<!"),
    "</": Bad("</"),
    "&": Bad("&"),
    "&#": Bad("&#"),
    "comments never closed": Bad("<!-- ", _PROSE),
    "comments": Bad("<!-- x -->", _PROSE),
    "CDATA": Bad("<![CDATA[x]]>", _PROSE),
    "processing instructions": Bad("<?x y?>", _PROSE),
    "scripts never closed": Bad("<script>", _PROSE),
    "textareas": Bad("<textarea>", _PROSE),
    "framesets": Bad("<frameset>"),
    "body again": Bad("<body><html>"),
    "scripts in no charset": Bad("<script>", "é" * 30, "", "", "latin-1"),
    "< in no charset": Bad("<", "é" * 30, "", "", "latin-1"),
    "nested entities": Bad('<!ENTITY a{i} "&a;&a;">', "<!DOCTYPE html [", "", f"]>{_PROSE}"),
    # ---- head
    "title of bars": Bad("a | ", "<title>", "", f"</title>{_PROSE}"),
    "title of words": Bad("word ", "<title>", "", f"</title><h1>word</h1>{_PROSE}"),
    "titles": Bad("<title>x</title>", "", "", _PROSE),
    "meta": Bad("<meta property='og:title' content='x'>", "", "", _PROSE),
    "h1": Bad("<h1>Some words of a title</h1>", "<title>Some words of a title</title>"),
    "h1 and signatures": Bad(
        "<h1>Some words of a title</h1><div class='share-bar'>x</div>",
        "<title>Some words of a title</title>",
        "",
        _PROSE,
    ),
    "JSON-LD": Bad(
        "x",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","a":"',
        "",
        f'"}}</script>{_PROSE}' + "<i class=a></i><p>x</p>" * 50,
    ),
    "JSON-LD of spaces": Bad(
        " ", "<script type='application/ld+json'>{\"@type\":", "", f"</script>{_PROSE}" + "<p>x</p>" * 50
    ),
    "JSON-LD nested": Bad("[", "<script type='application/ld+json'>", "]", f"</script>{_PROSE}"),
    "JSON-LD by the thousand": Bad(
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script>', "", "", _PROSE
    ),
    # ---- furniture by the thousand
    "stamps": Bad("<p>12:45</p>"),
    "stamps in text": Bad("12:45\n"),
    "stamps and headlines": Bad("<p>12:45</p><p>Headline of some words here</p>"),
    "stamps and headlines in text": Bad("12:45\n\nHeadline of some words here\n\n"),
    "menu in text": Bad("Home\nNews\nSport\n"),
    "menu": Bad("<li><a>Home</a><li><a>About us</a><li><a>Contact us</a>"),
    "labels": Bad("<p>Advertisement</p><p>Share</p>"),
    "read also": Bad("<p>Read also</p><p>Some other headline here</p>"),
    "read also in text": Bad("Read also\n\nSome other headline here\n\n"),
    "most read": Bad("<p>Most read</p>"),
    "tags": Bad("<p>Tags:</p>"),
    "about the author": Bad(
        "<p>About the author</p><p>Jane Doe</p><p>Jane Doe is a writer of many words</p><p>Twitter page</p>",
        _PROSE * 20,
    ),
    "bylines": Bad("<p>By Jane Doe</p>"),
    "captions": Bad("<p>Photo: Jane Doe</p>"),
    "figures": Bad("<figure>x</figure>"),
    "comments of readers": Bad("<p>5 comments</p><p>Reply</p>"),
    "paths": Bad("<p>Home › News › X</p>"),
    "paths, a part a line": Bad(
        "<p>Home</p><p>›</p><p>News</p><p>›</p><p>X</p><p>Two words and more of them</p>", _PROSE
    ),
    "hashtag lines": Bad("<p>#tag #tag</p>"),
    "mail lines": Bad("<p>a@b.example</p>"),
    "copyright lines": Bad("<p>© 2020 x</p>"),
    "copyright lines in text": Bad("© 2020 Some Site\n\n"),
    "rows of a table in text": Bad("Marlow {i} 13 34\n"),
    "tables set with spaces in text": Bad("Marlow   {i}   34\n"),
    "facts in text": Bad("Number {i}: so many\n"),
    "lists announced in text": Bad(
        "These are the reasons that the council gave in its letter on that day:\n\nsome reason\n\n"
    ),
    "read also over items in text": Bad(
        "Read also\nHeadline {i} of some words\nOther {i} words here\n\nSo it was, and it went on.\n"
    ),
    "wrapped lines in text": Bad("The last ferry to the outer islands will keep running through the winter\n"),
    "headlines between bullets in text": Bad("One headline of words • another headline here • a third one\n\n"),
    "Han numerals in text": Bad("二〇二六年五月三日\n"),
    "site name": Bad("Some Site\n\nHome\n\n"),
    "site names": Bad(
        "A headline of five words - Site {i}\n\n", "A headline of five words\n\nA headline of five words\n\n"
    ),
    "cookie notices": Bad("<p>We use cookies to improve your experience</p><p>Accept all</p>"),
    "one headline again": Bad("Some Headline of a story\n\n"),
    "headline in longer lines": Bad("{i} Short title of four words here\n\n", "Short title of four words here\n\n"),
    "zero-width lines": Bad("<p>\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b</p>"),
    "line ends": Bad("\r\n"),
    "JSON": Bad("[", "", "]"),
}
