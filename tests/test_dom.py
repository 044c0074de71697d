"""The one walk: what becomes a line, what joins, what is hidden, what is not shown."""

from __future__ import annotations

import pytest
from lxml import etree, html

from boilerstrip import clean, dom, extract
from boilerstrip.decode import tidy
from boilerstrip.filters.family import Family
from boilerstrip.page import Page, Source, Within
from boilerstrip.pipeline import Pipeline
from boilerstrip.signature import Signature, SignatureTable

NO_TABLE = SignatureTable({})


def read(markup: str, table: SignatureTable = NO_TABLE) -> Page:
    root = dom.parse(tidy(markup))
    assert root is not None
    return dom.read_tree(root, table)


def texts(markup: str, table: SignatureTable = NO_TABLE) -> list[str]:
    return [line.text for line in read(markup, table).lines]


BLOCKS = (
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hgroup legend li main menu nav ol p section summary ul"
).split()


@pytest.mark.parametrize("tag", BLOCKS)
def test_block_elements_break_lines(tag: str) -> None:
    assert texts(f"<div>before<{tag}>inside</{tag}>after</div>") == ["before", "inside", "after"]


@pytest.mark.parametrize(
    "tag", "span a b i em strong time label button small sup code abbr mark font ins q cite".split()
)
def test_inline_elements_do_not_break_lines(tag: str) -> None:
    assert texts(f"<p>be<{tag}>fo</{tag}>re <{tag}>and</{tag}> after</p>") == ["before and after"]


def test_white_space_between_inline_elements_decides() -> None:
    assert texts("<div><a>A</a> <a>B</a></div>") == ["A B"]
    assert texts("<div><a>A</a><a>B</a></div>") == ["AB"]
    assert texts("<div>\n  <a>A</a>\n  <a>B</a>\n</div>") == ["A B"]


def test_br_breaks_the_line_and_not_the_block() -> None:
    page = read("<p>one<br>two<br/> <br>three</p><p>four</p>")
    assert [line.text for line in page.lines] == ["one", "two", "three", "four"]
    blocks = [line.block for line in page.lines]
    assert blocks[0] == blocks[1] == blocks[2] < blocks[3]


@pytest.mark.parametrize("filler", ["&nbsp;", "\u200b", "\ufeff", "\u200e\u00a0\u00ad"])
def test_a_paragraph_that_shows_nothing_is_no_line(filler: str) -> None:
    assert texts(f"<p>one</p><p>{filler}</p><pre>{filler}\ntwo</pre>") == ["one", "two"]


def test_white_space_is_collapsed_and_characters_stay() -> None:
    assert texts("<p>  a\n\t b&nbsp;\u2003c \u200f«د»  &amp; &lt;x&gt; </p>") == ["a b c \u200f«د» & <x>"]


def test_table_rows_are_lines_of_cells() -> None:
    markup = """<table><caption>Results</caption><thead><tr><th>Club</th><th>Points</th></tr></thead>
    <tbody><tr><td> Rovers </td><td></td><td>12</td></tr><tr><td><b>United</b> <i>II</i></td><td>9</td></tr></tbody></table>"""
    assert texts(markup) == ["Results", "Club\tPoints", "Rovers\t\t12", "United II\t9"]


def test_list_items_know_their_list() -> None:
    page = read("<ul><li>one</li><li><a href='/x'>two</a></li></ul><dl><dt>term</dt><dd>sense</dd></dl>")
    assert [(line.text, line.tag) for line in page.lines] == [
        ("one", "li"),
        ("two", "li"),
        ("term", "dt"),
        ("sense", "dd"),
    ]
    assert all(line.box.within & Within.LIST for line in page.lines)


def test_pre_is_kept_as_it_is() -> None:
    page = read("<p>see  this</p><pre>def f(x):\n    return  x\n\n\ty</pre><p>so</p>")
    assert [line.text for line in page.lines] == ["see this", "def f(x):", "    return  x", "\ty", "so"]
    code = page.lines[1:4]
    # Its empty lines are kept as ends of paragraphs.
    assert code[0].block == code[1].block != code[2].block
    assert len({line.block for line in page.lines}) == 4
    assert all(line.box.within & Within.PRE for line in code)


def test_cells_of_a_layout_are_columns_and_those_of_a_row_are_one_line() -> None:
    layout = (
        "<table><tr><td><a>News</a><br><a>Letters</a></td><td><b>Headline</b><p>Text.</p></td><td>Ads</td></tr></table>"
    )
    assert texts(layout) == ["News", "Letters", "Headline", "Text.", "Ads"]
    assert texts("<table><tr><td>Volume</td><td><b>1.5</b> litres</td></tr></table>") == ["Volume\t1.5 litres"]
    # The value of a row may go on for some lines.
    assert texts("<table><tr><th>Open</th><td>Monday<br>Friday</td></tr></table>") == ["Open\tMonday", "Friday"]


def test_class_names_within_code_are_no_signatures() -> None:
    highlighted = '<code><span class="comment"># so</span>\n<span class="byline">x</span></code>'
    table = SignatureTable({"comments": Signature(names="comment"), "byline": Signature(names="byline")})
    assert not read(f"<pre>{highlighted}</pre>", table).signatures
    assert read(f"<p>{highlighted}</p>", table).signatures.keys() == {"comments", "byline"}


def test_code_is_what_stands_in_pre_unless_that_is_the_page() -> None:
    prose = "<p>" + "Words of the article, and then some more of them. " * 3 + "</p>"
    page = read(f"{prose}<pre>a = 1\nb = 2</pre>{prose}<pre>c = 3</pre>")
    assert page.code == [range(1, 3), range(4, 5)]
    assert page.code_lines == {1, 2, 4}
    assert read("<pre>a = 1\nb = 2</pre><p>so</p>").code == []


@pytest.mark.parametrize(
    "markup",
    [
        "<div hidden>secret</div>",
        "<div hidden='until-found'>secret</div>",
        "<div style='color:red; display : none'>secret</div>",
        "<div style='visibility:hidden'>secret</div>",
        "<div aria-hidden='true'>secret</div>",
        "<div hidden><section><p>secret</p></section></div>",
        "<p><span style='display:none'>secret</span></p>",
    ],
)
def test_hidden_elements_are_lines_that_say_so(markup: str) -> None:
    page = read(f"<body><p>shown</p>{markup}<p>shown too</p></body>")
    assert [line.text for line in page.lines] == ["shown", "secret", "shown too"]
    assert [bool(line.box.within & Within.HIDDEN) for line in page.lines] == [False, True, False]
    (hit,) = page.signatures["hidden"]
    assert (hit.box.start, hit.box.end) == (1, 2)


@pytest.mark.parametrize(
    "markup", ["<p aria-hidden='false'>x</p>", "<p style='display:block'>x</p>", "<p class='hid'>x</p>"]
)
def test_what_merely_resembles_hidden_is_shown(markup: str) -> None:
    page = read(markup)
    assert not page.lines[0].box.within & Within.HIDDEN
    assert not page.signatures


@pytest.mark.parametrize(
    "markup",
    [
        "<script>var a = 'x';</script>",
        "<style>p {}</style>",
        "<noscript><img src='p.gif' alt='x'><p>Enable it</p></noscript>",
        "<template><p>x</p></template>",
        "<svg><title>icon</title><text>x</text></svg>",
        "<select><option>One</option></select>",
        "<textarea>type</textarea>",
        "<input value='Send' placeholder='Name'>",
        "<iframe>old browsers</iframe>",
        "<video><p>Your browser is old</p></video>",
        "<img src='x' alt='a picture'>",
        "<!-- a comment -->",
    ],
)
def test_what_is_not_shown_is_no_line(markup: str) -> None:
    assert texts(f"<div>one {markup}two</div>") == ["one two"]


def test_title_and_head_are_no_lines() -> None:
    page = read(
        "<html lang='fr'><head><title> Une  page </title><meta property='og:site_name' content='La Feuille'>"
        "<meta property='og:title' content='Titre'></head><body><p>Texte</p></body></html>"
    )
    assert [line.text for line in page.lines] == ["Texte"]
    assert page.meta == {"lang": "fr", "head_title": "Une page", "site_name": "La Feuille", "title": "Titre"}


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body><p>one</p></body></html><p>two</p><div>three</div>",
        "<html><body><p>one</p></html>\n<div><p>two</p></div><p>three</p>",
        "<html><body><p>one</p></body></html><html><body><p>two</p></body></html><p>three</p>",
        "<html><body><p>one</p></body></html>two<p>three</p>",
    ],
)
def test_text_after_an_early_end_of_the_page(markup: str) -> None:
    assert texts(markup) == ["one", "two", "three"]


def test_comments_and_instructions_in_a_callers_tree() -> None:
    root = etree.fromstring("<div><?php echo 1 ?>a<!-- b -->c<p>d<?x y?>e</p><!-- f -->g</div>")
    page = dom.read_tree(root, NO_TABLE)
    assert [line.text for line in page.lines] == ["ac", "de", "g"]


def test_subtree_without_its_tail() -> None:
    root = html.fromstring("<div><p>before</p><section>in<p>side</p></section>tail<p>after</p></div>")
    section = root.find("section")
    assert section is not None
    assert [line.text for line in dom.read_tree(section, NO_TABLE).lines] == ["in", "side"]


@pytest.mark.parametrize("root", [etree.Comment("only"), etree.ProcessingInstruction("x", "y"), etree.Element("html")])
def test_roots_without_text(root: etree._Element) -> None:
    assert dom.read_tree(root, NO_TABLE).lines == []


def test_callers_tree_is_unchanged() -> None:
    root = html.fromstring(
        "<html><head><title>T</title></head><body class='a b'><!-- c --><p hidden>x</p><nav><a href='/'>H</a></nav>t</body></html>"
    )
    before = etree.tostring(root)
    elements = list(root.iter())
    page = dom.read_tree(root, Pipeline.default().signatures)
    page.lines_of(root)
    assert etree.tostring(root) == before
    assert list(root.iter()) == elements
    assert page.tree is root


def test_namespaced_xhtml_reads_like_html() -> None:
    body = (
        "<head><title>T</title></head><body><nav><ul><li><a href='/'>Home</a></li></ul></nav><h1>Head</h1>"
        "<p class='share-bar'>Share</p><table><tr><td>a</td><td>b</td></tr></table><pre>x\n  y</pre><p>one<br/>two</p></body>"
    )
    plain = etree.fromstring(f"<html lang='en'>{body}</html>")
    spaced = etree.fromstring(f"<html lang='en' xmlns='http://www.w3.org/1999/xhtml'>{body}</html>")
    table = SignatureTable({"nav_menu": Signature(tags="nav"), "share_bar": Signature(words="share-bar")})
    a, b = dom.read_tree(plain, table), dom.read_tree(spaced, table)

    def seen(page: Page) -> list[tuple[str, str, int, int, int]]:
        return [(x.text, x.tag, x.box.within, x.links, x.link_chars) for x in page.lines]

    assert seen(b) == seen(a)
    assert [line.tag for line in b.lines][:3] == ["li", "h1", "p"]
    assert b.meta == a.meta == {"lang": "en", "head_title": "T"}
    assert set(b.signatures) == set(a.signatures) == {"nav_menu", "share_bar"}


def test_custom_elements_hold_blocks() -> None:
    assert texts("<div><site-header>one</site-header><x-body><p>two</p></x-body></div>") == ["one", "two"]


def test_link_share() -> None:
    page = read("<p><a>all of it</a></p><p>half <a>half</a></p><p>none</p><p><a>x</a> <a>y</a></p>")
    assert [line.links for line in page.lines] == [1, 1, 0, 2]
    assert page.lines[0].link_share == 1.0
    assert page.lines[1].link_share == pytest.approx(4 / 9)
    assert page.lines[2].link_share == 0.0


BYLINE = SignatureTable({"byline": Signature(names="byline")})


def test_inline_box_at_the_edge_splits_its_line_and_glues_it() -> None:
    page = read("<p>Berlin, 3 May <span class='byline'>By Jo Ek</span></p>", BYLINE)
    assert [(line.text, line.glue) for line in page.lines] == [("Berlin, 3 May", None), ("By Jo Ek", " ")]
    (hit,) = page.signatures["byline"]
    assert (hit.box.start, hit.box.end) == (1, 2)
    assert page.lines[0].block == page.lines[1].block


def test_inline_box_at_the_start_glues_what_follows() -> None:
    page = read("<p><b class='byline'>Jo Ek</b>reports</p>", BYLINE)
    assert [(line.text, line.glue) for line in page.lines] == [("Jo Ek", None), ("reports", "")]


def test_inline_element_inside_a_sentence_does_not_split_it() -> None:
    page = read("<p>It was <span class='byline'>Jo Ek</span> who wrote it.</p>", BYLINE)
    assert [line.text for line in page.lines] == ["It was Jo Ek who wrote it."]
    assert not page.signatures


def test_within_comes_from_tags_and_roles() -> None:
    page = read(
        "<main><article><p>a</p></article></main><div role='navigation'><p>n</p></div><aside><blockquote>q</blockquote></aside>"
        "<footer><form><p>f</p></form></footer>"
    )
    a, n, q, f = (line.box.within for line in page.lines)
    assert a == Within.MAIN | Within.ARTICLE
    assert n == Within.NAV
    assert q == Within.ASIDE | Within.QUOTE
    assert f == Within.FOOTER | Within.FORM


def test_boxes_hold_the_lines_inside_them() -> None:
    page = read("<body><section id='s'><p>a</p><div><p>b</p><p>c</p></div></section><p>d</p></body>")
    spans = {(box.tag, box.start, box.end) for box in page.boxes if box.tag}
    assert {("section", 0, 3), ("div", 1, 3), ("body", 0, 4)} <= spans
    section = next(box for box in page.boxes if box.tag == "section")
    assert "s" in section.names


def test_lines_of_element() -> None:
    root = html.fromstring(
        "<body><p>a</p><section><h2>b</h2><p>c <b>bold</b> d</p><i>e</i></section><p>f</p><hr><p><em>g</em></p></body>"
    )
    page = dom.read_tree(root, NO_TABLE)
    assert [line.text for line in page.lines] == ["a", "b", "c bold d", "e", "f", "g"]

    def of(path: str) -> list[str]:
        element = root.find(path)
        assert element is not None
        return [page.lines[i].text for i in page.lines_of(element)]

    assert of("section") == ["b", "c bold d", "e"]
    assert of("section/h2") == ["b"]
    assert of("p") == ["a"]
    assert of("section/i") == ["e"]
    assert of("p/em") == ["g"]
    assert of("hr") == []
    # A part of a line is no line: removing it would take the sentence around it along.
    assert of("section/p/b") == []
    assert list(page.lines_of(root)) == list(range(6))
    assert list(page.lines_of(etree.Element("p"))) == []


def test_lines_of_hidden_roots_after_the_page() -> None:
    root = dom.parse(b"<html><body><p>one</p></body></html><p>two</p>")
    assert root is not None
    page = dom.read_tree(root, NO_TABLE)
    last = [*root.iter("p"), *(e for e in root.itersiblings())][-1]
    assert [page.lines[i].text for i in page.lines_of(last)] == ["two"]


@pytest.mark.parametrize("markup", ["", " ", "<!-- only -->", "<?xml version='1.0'?>", "\ufeff"])
def test_no_markup_to_speak_of(markup: str) -> None:
    root = dom.parse(tidy(markup))
    assert root is None or dom.read_tree(root, NO_TABLE).lines == []


def test_deep_nesting_is_walked_without_recursion() -> None:
    root = etree.Element("div")
    at = root
    for _ in range(5000):
        at = etree.SubElement(at, "div")
    at.text = "deep"
    page = dom.read_tree(root, NO_TABLE)
    assert [line.text for line in page.lines] == ["deep"]


def test_source_of_a_tree_is_html() -> None:
    assert read("<p>x</p>").source is Source.HTML


def test_a_family_of_ones_own_may_name_an_inline_tag() -> None:
    table = Pipeline((Family("clock", "clocks", Signature(tags="time")),)).signatures
    assert texts("<p><time>10:30</time> Rain in the north</p>", table) == ["10:30", "Rain in the north"]


def test_a_line_of_control_characters_is_no_line() -> None:
    page = read("<p>one</p><p>&#127;</p><pre>&#127;\n&#127;two</pre><p>&#127;\u200b</p>")
    assert [line.text for line in page.lines] == ["one", "two"]


def test_a_line_of_many_invisible_characters_is_no_line() -> None:
    assert [line.text for line in read("<p>" + "\u200b\u202e" * 500 + "</p><p>x</p>").lines] == ["x"]


def test_readings_above_the_words_are_not_among_them() -> None:
    ruby = "<p><ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもの<ruby>体罰<rt>たいばつ</rt></ruby>を禁止する。</p>"
    assert clean(ruby, source="html") == "子どもの体罰を禁止する。"


def test_noscript_is_read_only_where_the_page_shows_little() -> None:
    posts = "".join(
        f"<p>Post number {i} of the thread says what the others said, and says it at length.</p>" for i in range(9)
    )
    bare = f"<html><body><div id=app></div><noscript>{posts}</noscript></body></html>"
    assert clean(bare).count("Post number") == 9
    shown = f"<html><body>{posts.replace('Post', 'Comment') * 4}<noscript>{posts}</noscript></body></html>"
    assert "Post number" not in "".join(line.text for line in extract(shown).lines)


def streamed(body: str) -> list[str]:
    return [line.text for line in extract(f"<html><body>{body}</body></html>").lines]


def test_pieces_of_a_streamed_page_go_to_their_places() -> None:
    assert streamed(
        '<p>first</p><template id="B:0"></template><p>last</p>'
        '<div hidden id="S:0">loose<p>second</p><template id="P:1"></template></div><div hidden id="S:1"><p>third</p></div>'
    ) == ["first", "loose", "second", "third", "last"]


@pytest.mark.parametrize(
    "body",
    [
        '<div hidden id="S:0"><p>without a place</p></div>',
        '<div hidden id="S:0"><p>its place inside</p><template id="B:0"></template></div>',
        '<template id="B:0"></template><div id="S:0"><p>not hidden</p></div>',
    ],
)
def test_pieces_without_a_place_stay_where_they_are(body: str) -> None:
    page = html.document_fromstring(body)
    assert streamed(body) == [p.text for p in page.iter("p")]
    doc = extract(f"<p>{'The harbour was empty again this morning, as it had been all week. ' * 5}</p>{body}")
    assert ("inside" in body or "without" in body) == any(r.filter == "hidden" for r in doc.removals)


def test_a_tree_that_is_handed_over_is_left_as_it_is() -> None:
    tree = html.document_fromstring('<template id="B:0"></template><div hidden id="S:0"><p>late</p></div>')
    before = html.tostring(tree)
    extract(tree)
    assert html.tostring(tree) == before
