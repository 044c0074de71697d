"""What a rule file may hold: rules that drop or keep lines, and sections for sites.

Plain data, checked by msgspec; it pickles and compares. ``parse`` makes it from text, ``search`` looks
for it in pages. The collector need not look at it (``gc=False``): it holds text and numbers only, and
there may be thousands of sites.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Zone = Literal["head", "body", "tail"]
Then = Literal["links", "prose", "block"]
# One string, or a list of them.
Strings = str | tuple[str, ...]

# What each key takes, as a message says it.
EXPECTED = {
    "family": 'the name of a filter, such as "share_bar", or a new one of letters, digits, "_" and "-"',
    "whole": "a phrase, or a list of phrases, each a whole line",
    "start": "a phrase, or a list of phrases, with which lines start",
    "contains": "a phrase, or a list of phrases, that stand in lines",
    "pattern": "a regular expression, or a list of them",
    "select": "a CSS selector or an XPath, or a list of them",
    "line": "a table of conditions, such as { most_words = 6 }",
    "prose": "true or false",
    "then": '"links", "prose" or "block"',
    "langs": 'a list of language codes, such as ["en", "de"]',
    "drops": "a list of lines that the rule must take",
    "keeps": "a list of lines that the rule must leave",
    "body": "a CSS selector or an XPath, or a list of them, the first that fits being used",
    "strip": "a CSS selector or an XPath, or a list of them",
    "keep": "a CSS selector or an XPath, or a list of them",
    "subdomains": "true or false",
    "least_words": "a whole number from 0",
    "most_words": "a whole number from 0",
    "least_chars": "a whole number from 0",
    "most_chars": "a whole number from 0",
    "least_linked": "a share from 0 to 1",
    "most_linked": "a share from 0 to 1",
    "ends_sentence": "true or false",
    "zones": 'a list of "head", "body" and "tail"',
    "tags": 'a list of element names, such as ["p", "li"]',
}


class LineIs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What a line must be like; all that is set must hold.

    least_words, most_words    its length in words (two characters of Han, kana or Thai are one)
    least_chars, most_chars    ... in characters
    least_linked, most_linked  share of its characters inside links, 0 to 1
    ends_sentence              whether it ends as a sentence does
    zones                      where it stands: ``head`` before the body, ``body``, ``tail``
    tags                       its innermost block element; never met in flattened text
    """

    least_words: int = 0
    most_words: int | None = None
    least_chars: int = 0
    most_chars: int | None = None
    least_linked: float = 0.0
    most_linked: float = 1.0
    ends_sentence: bool | None = None
    zones: tuple[Zone, ...] = ()
    tags: tuple[str, ...] = ()


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """One ``[drop.NAME]`` or ``[keep.NAME]``: lines that any of its phrases, patterns and selectors find.

    name      its own; the evidence of a removal says it
    keeps_lines  whether it protects lines; a table under ``keep`` does
    family    the filter that is on record for it; its own name by default
    whole, start, contains  phrases, matched as those of the word packs are
    pattern   regular expressions, looked for in the line as it stands on the page
    select    CSS selectors or XPaths: all lines inside the elements
    line      what its lines must be like; a rule with nothing else takes all such lines
    prose     whether it takes lines of running prose too, where no whole line or selector names them
    then      what goes with a line: the ``links`` below it, all up to the next ``prose``, the rest
              of the ``block`` that it opens
    langs     languages of the pages that it is for; empty for all
    drops, keeps  examples: lines that it must find, and lines that it must not
    """

    name: str = ""
    keeps_lines: bool = False
    family: str = ""
    whole: Strings = ()
    start: Strings = ()
    contains: Strings = ()
    pattern: Strings = ()
    select: Strings = ()
    line: LineIs | None = None
    prose: bool = False
    then: Then | None = None
    langs: tuple[str, ...] = ()
    drops: Strings = ()
    keeps: Strings = ()


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """One ``[site."HOST"]``: what is known of the pages of one host.

    host        ``example.com``; ``.example.com`` stands for its sub-domains alone
    subdomains  whether it speaks for sub-domains too, where none of them has a section of its own
    body        selectors of the element that holds the article; the first that finds text is used:
                what stands outside goes, and what stands inside is not judged by its looks
    strip       selectors of elements whose lines go
    keep        selectors of elements whose lines stay, whatever any filter says
    whole, start, contains, pattern  as in a rule
    prose       as in a rule
    """

    host: str = ""
    subdomains: bool = True
    body: Strings = ()
    strip: Strings = ()
    keep: Strings = ()
    whole: Strings = ()
    start: Strings = ()
    contains: Strings = ()
    pattern: Strings = ()
    prose: bool = False


def strings(value: Strings) -> tuple[str, ...]:
    """One string or several, as several."""
    return (value,) if isinstance(value, str) else value
