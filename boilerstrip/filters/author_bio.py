"""Boxes about the author."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, speaks_elsewhere
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# Behind the header: the name on a line of its own, then so many paragraphs that begin with it.
_LONGEST_NAME = 5.0
_MOST_PARAGRAPHS = 3
# A name stands among the first characters of the paragraph about its bearer.
_NAME_REACH = 60
# So much of the page's prose may follow the header at most.
_MOST_AFTER = 0.25
# Lines of contact below the paragraphs.
_MOST_CONTACTS = 4
_LONGEST_CONTACT = 10.0
_CONTACT = lazy_re(r"\S@\S|@\w")


def _below(page: Page) -> Iterator[Decision]:
    """Below a header such as «About the author»: name, paragraphs about the bearer, contact."""
    size = len(page.lines)
    known = {hit.line for hit in page.phrases.get("author_bio", ())}
    for hit in FILTER.hits(page):
        header = hit.line
        if hit.how != "whole" or header + 1 >= size or page.units[header] > _LONGEST_NAME + 1:
            continue
        if page.prose_in(header, page.body[1] if page.body[1] > header else header) > _MOST_AFTER * page.all_prose:
            continue
        i = header + 1
        name = page.keys[i].split() if page.units[i] <= _LONGEST_NAME and page.keys[i] else []
        if not name or page.prose[i] or speaks_elsewhere(page, i, "author_bio"):
            continue
        lines = [header, i]
        i += 1
        while i < size and len(lines) < 2 + _MOST_PARAGRAPHS:
            begin = page.lines[i].text[:_NAME_REACH].casefold()
            if page.units[i] <= _LONGEST_NAME or not any(len(w) > 2 and w in begin for w in name):
                break
            lines.append(i)
            i += 1
        if len(lines) == 2:
            continue
        while i < size and len(lines) < 2 + _MOST_PARAGRAPHS + _MOST_CONTACTS and page.units[i] <= _LONGEST_CONTACT:
            if not _CONTACT.search(page.lines[i].text) and i not in known:
                break
            lines.append(i)
            i += 1
        yield Decision(lines, Evidence("neighbour", "name and paragraphs about it under the header", header))


FILTER = Family(
    name="author_bio",
    summary="boxes about the author",
    signature=Signature(
        names="m-a-box saboxplugin-wrap td-author-box author-box abh_box",
        starts="saboxplugin-",
        words="author-bio author-box about-author author-about author-description author-profile author-card author-details "
        "bio-box author-block author-biography author-widget post-author-bio about-the-author author-panel "
        "elementor-author-box",
    ),
    max_prose=0.25,
    reach=4,
    longest=60.0,
    zones=frozenset(["head", "tail"]),
    more=_below,
)
