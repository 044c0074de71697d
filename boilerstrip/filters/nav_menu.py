"""Menus: runs of short lines, skip links, pagination, language switchers."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.signature import Signature

_MENU_UNITS = 4.0
_LEAST_RUN = 4
_SEPARATORS = "|·•/»>›"
_LEAST_SEPARATORS = 3


def _menus(page: Page) -> Iterator[Decision]:
    """Runs of short, unfinished lines outside the body; in HTML they must be links."""
    said = {h.line for h in page.phrases.get("nav_menu", ())}
    run: list[int] = []
    start, end = page.body
    for i, line in enumerate([*page.lines, None]):
        if line is not None and not start <= i < end and _is_item(page, i):
            run.append(i)
            continue
        if len(run) >= _LEAST_RUN and (page.source is Source.HTML or len(run) >= 6 or said.intersection(run)):
            yield Decision(run, Evidence("shape", f"run of {len(run)} menu items", run[0]))
        run = []


def _is_item(page: Page, i: int) -> bool:
    line = page.lines[i]
    if page.units[i] > _MENU_UNITS or i in page.stamps or line.text[-1] in ".!?:;…؟。":
        return False
    return page.source is Source.TEXT or line.link_share > 0.8


def _bars(page: Page) -> Iterator[Decision]:
    """A line of short parts between separators: «Home | News | Sport | Weather»."""
    start, end = page.body
    for line in page.lines:
        i = line.index
        if start <= i < end or len(line.text) > 400 or page.prose[i]:
            continue
        for mark in _SEPARATORS:
            if line.text.count(mark) >= _LEAST_SEPARATORS:
                parts = [p for p in line.text.split(mark) if p.strip()]
                if len(parts) > _LEAST_SEPARATORS and all(len(p.split()) <= _MENU_UNITS for p in parts):
                    if line.text[-1] not in ".!?" and (line.links >= 2 or page.source is Source.TEXT):
                        yield Decision([i], Evidence("shape", f"{len(parts)} short parts between {mark}"))
                break


def _more(page: Page) -> Iterator[Decision]:
    yield from _menus(page)
    yield from _bars(page)


FILTER = Family(
    name="nav_menu",
    summary="menus, section lists, skip links, pagination, language switchers",
    signature=Signature(
        names="nav navbar navigation main-nav primary-menu menu menu-item site-navigation topbar masthead "
        "td-main-menu pagination page-numbers nav-links post-navigation wp-pagenavi paging_numbers lang-switcher "
        "language-select goog-te-gadget google_translate_element skip-link pager hamburger offcanvas off-canvas megamenu submenu "
        "sub-menu dropdown-menu mobile-menu back-to-top",
        starts="wpml-ls tie-mobile-menu mobile-menu main-menu mega-menu",
        words="main-nav main-menu primary-menu primary-nav site-navigation site-nav nav-menu navbar nav-bar top-menu top-nav top-bar "
        "sub-menu sub-nav submenu subnav side-menu side-nav sidenav mobile-menu mobile-nav mega-menu megamenu off-canvas "
        "offcanvas menu-item menu-items menu-list menu-container header-menu header-nav global-nav section-nav "
        "footer-nav local-nav skip-link skip-links skip-to back-to-top scroll-top pagination post-navigation "
        "post-nav post-nav-links prev-next next-prev article-nav story-nav page-links nav-links wp-pagenavi "
        "lang-switcher language-switcher language-select quick-links quicklinks hamburger drawer nav-previous nav-next "
        "article-pagination category-nav menu-wrapper navigation",
        weak="menu nav",
        tags="nav",
        roles="navigation menubar menu",
        itemtypes="sitenavigationelement",
        rels="next prev",
    ),
    max_prose=0.05,
    zones=frozenset(["head", "tail"]),
    more=_more,
)
