"""Lines that are nothing but the name or address of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+/?\Z")
_LONGEST = 80
_WORD = re.compile(r"\w+")
# A name in the head of the page: how far down, how short in characters, how long in words.
_HEAD_LINES = 40
_LEAST_NAME = 4
_LONGEST_NAME = 6.0
_LONGEST_SLOGAN = 10.0
# Families whose header a short line may hang on.
_LINK_WORDS = frozenset(["search_box", "most_read", "read_also", "ticker", "tags"])


def _beside_copyright(page: Page) -> set[str]:
    """Keys of short lines of the head whose words come again behind a © at the foot."""
    signed = [
        f" {' '.join(_WORD.findall(norm))} "
        for norm in page.norms[page.body[1] :]
        if norm and ("©" in norm or "(c)" in norm or "copyright" in norm)
    ]
    if not signed:
        return set()
    names = set()
    said = page.speakers
    for i, key in enumerate(page.keys[: min(page.body[0], _HEAD_LINES)]):
        if not key or i in said or i in page.stamps or not _LEAST_NAME <= len(key) or page.units[i] > _LONGEST_NAME:
            continue
        words = f" {' '.join(_WORD.findall(key))} "
        if any(words in line for line in signed):
            names.add(key)
    known = [key_of(normalise(name)) for name in page.site_names]
    # "Estuary" is no name where "Estuary Courier" is one.
    return {name for name in names if not any(name != other and name in other for other in (*names, *known))}


def _masthead(page: Page) -> int | None:
    """In flattened text: the first line that no phrase names, if the menu follows it."""
    if page.source is not Source.TEXT:
        return None
    said = {hit.line for hits in page.phrases.values() for hit in hits}
    menu_lines = {hit.line for hit in page.phrases.get("nav_menu", ()) if not hit.specific}
    for i in range(min(page.body[0], _HEAD_LINES) - 1):
        if i in menu_lines or (i - 1 in said and not _LINK_WORDS.isdisjoint(page.speakers.get(i - 1, ()))):
            return None  # behind menu items or below a header: an item itself
        if i in said or i in page.stamps:
            continue
        menu = any(hit.line == i + 1 for hit in page.phrases.get("nav_menu", ()))
        return i if menu and page.units[i] <= _LONGEST_NAME and not page.lines[i].text.endswith((".", ":", "?")) else None
    return None


def _names(page: Page) -> Iterator[Decision]:
    sites = {key_of(normalise(name)) for name in page.site_names}
    sites.discard("")
    sites |= _beside_copyright(page)
    phrases = load().whole
    masthead = None if sites else _masthead(page)
    if masthead is not None:
        yield Decision([masthead], Evidence("shape", "first line of the head that is no furniture, above the menu"))
    bare = {s.replace(" ", "") for s in sites}
    repeated = set()
    for line in page.lines:
        words = line.text.split()
        if len(words) >= 3 and len(set(words)) == 1 and len(words[0]) > 3:
            repeated.add(key_of(normalise(words[0])))
    for i, key in enumerate(page.keys):
        if not key or len(key) > _LONGEST:
            continue
        if key in phrases:
            continue  # "Local news" is a section, whatever the <title> ends with
        if page.lines[i].glue is not None or (i + 1 < len(page.lines) and page.lines[i + 1].glue is not None):
            continue  # a part of a line that says more
        if key in sites or key.replace(" ", "") in bare:
            yield Decision([i], Evidence("repeat", "the site's name"))
        elif page.zone(i) != "body" and page.units[i] <= _LONGEST_SLOGAN and any(
            page.norms[i].startswith(f"{site} - ") for site in sites
        ):
            yield Decision([i], Evidence("repeat", "the site's name and its slogan"))
        elif "." in key and " " not in key and _DOMAIN.match(key) and page.zone(i) != "body" and (
            page.source is Source.TEXT or not bare.isdisjoint(key.split("."))
        ):
            yield Decision([i], Evidence("shape", "an internet address alone"))
        elif repeated and set(key.split()) <= repeated:
            yield Decision([i], Evidence("repeat", "one name over and over"))


FILTER = Family(
    name="site_name",
    summary="lines that are only the site's name or address",
    signature=Signature(
        names="site-title site-branding site-description logo site-logo",
        words="site-title site-logo site-branding site-name site-description header-logo logo-text brand-name footer-logo tagline",
    ),
    max_prose=0.02,
    more=_names,
)
