"""Sections for sites: found by host in a few look-ups, however many there are; compiled when met."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from boilerstrip.page import Page, host_of
from boilerstrip.rulefiles.schema import Rule, Site
from boilerstrip.rulefiles.search import Search

# Sites whose search is remembered; a crawl meets the pages of a site in turn.
_REMEMBERED = 256


class SiteTable:
    """The sections of one file by host; made once per process and never pickled."""

    def __init__(self, file: str, family: str, sites: Sequence[Site]) -> None:
        self._exact: dict[str, Site] = {}
        self._below: dict[str, Site] = {}
        for site in sites:
            if site.host.startswith("."):
                self._below[site.host[1:]] = site
                continue
            self._exact[site.host] = site
            if site.subdomains:
                self._below.setdefault(site.host, site)
        self.search = lru_cache(maxsize=_REMEMBERED)(lambda site: Search(file, rules_of(site, family)))

    def site_of(self, page: Page) -> Site | None:
        """The section for a page: that of its host, else of the nearest domain that it is part of.

        The host is that of the page's ``url``; for a page without one, of its own ``og:url``.
        """
        host = page.host
        if host is None:
            own = page.meta.get("url", "")
            host = host_of(own) if "://" in own else None
        return self.of(host) if host else None

    def of(self, host: str) -> Site | None:
        """The section for a host."""
        host = host.rstrip(".")
        site = self._exact.get(host) or self._exact.get(host.removeprefix("www."))
        while site is None and "." in host:
            host = host.partition(".")[2]
            site = self._below.get(host)
        return site


def rules_of(site: Site, family: str) -> tuple[Rule, ...]:
    """A section as the rules it stands for, all but its body."""
    name = f'site "{site.host}"'  # as a reader would look for it in the file
    rules = []
    if site.keep:
        rules.append(Rule(name=f"{name} keep", family=family, keeps_lines=True, select=site.keep))
    if site.strip:
        rules.append(Rule(name=f"{name} strip", family=family, select=site.strip))
    if site.whole or site.start or site.contains or site.pattern:
        rules.append(
            Rule(
                name=name,
                family=family,
                whole=site.whole,
                start=site.start,
                contains=site.contains,
                pattern=site.pattern,
                prose=site.prose,
            )
        )
    return tuple(rules)
