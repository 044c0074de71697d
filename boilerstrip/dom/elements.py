"""How each element of HTML is treated: which begin and end lines, which are not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

# How the walk treats an element.
INLINE, BLOCK, SKIP, BREAK, ANCHOR, CELL, PRE = range(7)

KINDS: dict[str, int] = {
    tag: kind
    for kind, tags in (
        (
            BLOCK,
            "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
            "figcaption figure footer form frameset head h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
            "menu nav noframes ol optgroup p section summary table tbody tfoot thead tr ul listing xmp plaintext",
        ),
        # Not shown, or no text: what a browser with scripts running would not print as words.
        (
            SKIP,
            "script style noscript template svg iframe object embed applet canvas audio video select "
            "option textarea input datalist map area img picture source track meta link title base col "
            "colgroup progress meter param frame math-renderer "
            "rp rt rtc",  # readings above the words: they would stand between them
        ),
        (BREAK, "br"),
        (ANCHOR, "a"),
        (CELL, "td th"),
        (PRE, "pre"),
        (
            INLINE,
            "span b i em strong u s small big sub sup font abbr cite code q time mark label button ins del "
            "kbd samp var tt dfn bdi bdo data wbr nobr ruby rb strike acronym output slot math marquee blink",
        ),
    )
    for tag in tags.split()
}
# What a reader without scripts sees.
UNSCRIPTED = {**KINDS, "noscript": BLOCK}


def local_name(tag: str) -> str:
    """An element's name without its namespace, as HTML writes it."""
    return tag.rpartition("}")[2].lower()


def text_of(element: etree._Element) -> str:
    """All text inside an element, white space collapsed."""
    return " ".join("".join(map(str, element.itertext())).split())


def kind_of(tag: Any) -> int:
    """How to treat an element that is not in the table."""
    if not isinstance(tag, str):
        return SKIP  # comment, processing instruction, entity
    local = local_name(tag)
    if local in KINDS:
        return KINDS[local]
    if ":" in local:
        return INLINE
    # A custom element has no display of its own, but sites wrap blocks in them.
    return BLOCK if "-" in local else INLINE


def breaks_lines(tag: str) -> bool:
    """Whether elements of this name begin and end lines."""
    return KINDS.get(tag, INLINE) not in (INLINE, ANCHOR, SKIP)
