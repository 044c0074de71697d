"""Lines that are nothing but the name or address of the site."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_DOMAIN = lazy_re(r"(?:https?://)?(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+/?\Z")
_LONGEST = 80
_LONGEST_SLOGAN = 10.0
_LEAST_REPEATS = 3
_MOST_REPEATS = 12.0
_SHORTEST_REPEATED = 4


def _names(page: Page) -> Iterator[Decision]:
    sites = {key_of(normalise(name)) for name in page.site_names}
    sites.discard("")
    phrases = load().whole
    bare = {s.replace(" ", "") for s in sites}
    repeated = _repeated(page)
    for i, key in enumerate(page.keys):
        if not key or len(key) > _LONGEST:
            continue
        spaced = " " in key
        named = key in sites or (key.replace(" ", "") if spaced else key) in bare
        domain = not spaced and "." in key
        slogan = spaced and " - " in key and _opens_with_site(page.norms[i], sites)
        if not (named or domain or slogan or repeated):
            continue
        if key in phrases:
            continue  # "Local news" is a section, whatever the <title> ends with
        if page.lines[i].glue is not None or (i + 1 < len(page.lines) and page.lines[i + 1].glue is not None):
            continue  # a part of a line that says more
        if named:
            yield Decision([i], Evidence("repeat", "the site's name"))
        elif slogan and page.zone(i) != "body" and page.units[i] <= _LONGEST_SLOGAN:
            yield Decision([i], Evidence("repeat", "the site's name and its slogan"))
        elif (
            domain
            and _DOMAIN.match(key)
            and page.zone(i) != "body"
            and (page.source is Source.TEXT or not bare.isdisjoint(key.split(".")))
        ):
            yield Decision([i], Evidence("shape", "an internet address alone"))
        elif repeated and set(key.split()) <= repeated:
            yield Decision([i], Evidence("repeat", "one name over and over"))


def _repeated(page: Page) -> set[str]:
    """The names that fill a line by standing in it over and over."""
    repeated = set()
    for line, units in zip(page.lines, page.units, strict=True):
        if _LEAST_REPEATS <= units <= _MOST_REPEATS:
            last = line.text.rsplit(None, 1)[-1]
            if len(last) >= _SHORTEST_REPEATED and line.text.count(last) >= _LEAST_REPEATS:
                words = line.text.split()
                if len(words) >= _LEAST_REPEATS and set(words) == {last}:
                    repeated.add(key_of(normalise(last)))
    return repeated


def _opens_with_site(norm: str, sites: set[str]) -> bool:
    """Whether the name of a site stands before one of a line's dashes."""
    at = norm.find(" - ")
    while at > 0:
        if norm[:at] in sites:
            return True
        at = norm.find(" - ", at + 1)
    return False


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
