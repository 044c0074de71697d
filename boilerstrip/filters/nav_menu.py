"""Menus: runs of short lines, skip links, pagination, language switchers."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import is_flat_menu
from boilerstrip.page import Decision, Evidence, Page, Source, Within
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature
from boilerstrip.tabular import rows_of

_MENU_UNITS = 4.0
_LEAST_RUN = 4
# In flattened text, where nothing says what is a link, without a phrase of the family among them.
_LEAST_TEXT_RUN = 6
_ITEM_LINKED = 0.8
_MOST_AMOUNTS = 1 / 3
_STOPS = ".!?:;…؟。"
_SEPARATORS = "|·•/»>›"
_LEAST_SEPARATORS = 3
_LEAST_LINKS = 2
_LONGEST_BAR = 400
_LONGEST_HEADLINE = 24.0
_LONGEST_FLAT = 2_000
_NUMBERED = lazy_re(r"\[[0-9]{1,3}\][^\s\[]")
_FOOTER = int(Within.FOOTER)
_ARTICLE = int(Within.ARTICLE | Within.MAIN)
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])


def _menus(page: Page) -> Iterator[Decision]:
    """Runs of short, unfinished lines outside the body; in HTML they must be links."""
    # Tables and boxes of facts are no menus.
    rows = rows_of(page)
    items = [i for i in _items(page, page.source is Source.HTML) if i not in rows]
    runs = [run for run in _runs(items) if len(run) >= _LEAST_RUN]
    if page.source is Source.HTML:
        for run in runs:
            yield Decision(run, Evidence("shape", f"run of {len(run)} menu items", run[0]))
        return
    said = {h.line for h in page.phrases.get("nav_menu", ())}
    others = {h.line for hits in page.phrases.values() for h in hits if h.how in ("whole", "weak")} - said
    sites = {key_of(normalise(name)) for name in page.site_names}
    for run in runs:
        if _counts_things(page, run):
            continue
        if len(run) >= _LEAST_TEXT_RUN or said.intersection(run):
            # What flattening has put next to a menu: "Search", the site's name.
            menu = [j for j in run if not (_stands_alone(page, j) and (j in others or page.keys[j] in sites))]
            if menu:
                yield Decision(menu, Evidence("shape", f"run of {len(run)} menu items", run[0]))


def _counts_things(page: Page, run: list[int]) -> bool:
    """Whether many lines of a run begin with an amount: «200 g pearl barley» is no section of a paper."""
    amounts = [i for i in run if page.keys[i][:2] == "0 " and page.units[i] > 1.0]
    return len(amounts) >= _MOST_AMOUNTS * len(run)


def _items(page: Page, markup: bool) -> list[int]:
    """The lines outside the body that may be items of a menu."""
    start, end = page.body
    stamps = page.stamps
    return [
        line.index
        for line, units in zip(page.lines, page.units, strict=True)
        if units <= _MENU_UNITS
        and (not markup or line.link_chars > _ITEM_LINKED * len(line.text))
        and line.text[-1] not in _STOPS
        and not start <= line.index < end
        and line.index not in stamps
    ]


def _runs(indices: list[int]) -> Iterator[list[int]]:
    """Indices that follow one another without a gap, as one list each."""
    run: list[int] = []
    for i in indices:
        if run and i != run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _stands_alone(page: Page, i: int) -> bool:
    """Whether a line is a paragraph of its own."""
    block = page.lines[i].block
    return all(not 0 <= j < len(page.lines) or page.lines[j].block != block for j in (i - 1, i + 1))


def _bars(page: Page) -> Iterator[Decision]:
    """A line of short parts between separators: «Home | News | Sport | Weather»."""
    start, end = page.body
    least = _LEAST_LINKS if page.source is Source.HTML else 0
    for i in page.holding(*_SEPARATORS):
        line = page.lines[i]
        if line.links < least or start <= i < end or len(line.text) > _LONGEST_BAR or page.prose[i]:
            continue
        for mark in _SEPARATORS:
            if line.text.count(mark) >= _LEAST_SEPARATORS:
                parts = [p for p in line.text.split(mark) if p.strip()]
                if len(parts) > _LEAST_SEPARATORS and all(len(p.split()) <= _MENU_UNITS for p in parts):
                    if line.text[-1] not in ".!?":
                        yield Decision([i], Evidence("shape", f"{len(parts)} short parts between {mark}"))
                break


def _flat_menus(page: Page) -> Iterator[Decision]:
    """In flattened text: a whole menu in one line, every item with a capital, or a number that a text browser gave."""
    start, end = page.body
    for line in page.lines:
        i = line.index
        if start <= i < end or page.prose[i] or page.units[i] < _LEAST_SEPARATORS or len(line.text) > _LONGEST_FLAT:
            continue
        if line.text[0] == "[" and len(_NUMBERED.findall(line.text)) > page.units[i] / _MENU_UNITS:
            yield Decision([i], Evidence("shape", "links numbered by a text browser"))
        elif is_flat_menu(line.text, page.units[i]):
            yield Decision([i], Evidence("shape", f"{page.units[i]:.0f} words in one line, each with a capital"))


def _footer_columns(page: Page) -> Iterator[Decision]:
    """In a page's footer: the lists of links and the headings over them."""
    run: list[int] = []
    for line in page.lines[page.body[1] :]:
        i = line.index
        within = line.box.within
        if within & _FOOTER and not within & _ARTICLE and page.units[i] <= _MENU_UNITS:
            if line.link_share > 0.8 or (line.tag in _HEADINGS and i not in page.stamps):
                run.append(i)
    if sum(1 for i in run if page.lines[i].links) >= 2:
        yield Decision(run, Evidence("shape", "links and headings in the footer"))


def _neighbours(page: Page) -> Iterator[Decision]:
    """«Previous article», headline, «Next article», headline: labels of the family in turn with headlines."""
    said = {h.line for h in page.phrases.get("nav_menu", ())}
    for i in sorted(said):
        if page.zone(i) != "tail" or i + 3 >= len(page.lines) or i + 2 not in said:
            continue
        between, after = i + 1, i + 3
        if all(
            j not in page.speakers and not page.prose[j] and _MENU_UNITS < page.units[j] <= _LONGEST_HEADLINE
            for j in (between, after)
        ):
            yield Decision([i, between, i + 2, after], Evidence("neighbour", "headlines under previous and next", i))


def _more(page: Page) -> Iterator[Decision]:
    yield from _menus(page)
    yield from _bars(page)
    yield from _footer_columns(page)
    if page.source is Source.TEXT:
        yield from _neighbours(page)
        yield from _flat_menus(page)


FILTER = Family(
    name="nav_menu",
    summary="menus, section lists, skip links, pagination, language switchers",
    signature=Signature(
        names="nav navbar navigation main-nav primary-menu menu menu-item site-navigation topbar "
        "td-main-menu pagination page-numbers up nav-links post-navigation wp-pagenavi paging_numbers lang-switcher "
        "language-select goog-te-gadget google_translate_element skip-link pager hamburger offcanvas off-canvas megamenu submenu "
        "sub-menu dropdown-menu mobile-menu back-to-top",
        starts="wpml-ls tie-mobile-menu mobile-menu main-menu mega-menu",
        words="main-nav main-menu primary-menu primary-nav site-navigation site-nav nav-menu navbar nav-bar top-menu top-nav top-bar "
        "sub-menu sub-nav submenu subnav side-menu side-nav sidenav mobile-menu mobile-nav mega-menu megamenu off-canvas "
        "offcanvas menu-item menu-items menu-list menu-container header-menu header-nav global-nav section-nav "
        "footer-nav footer-menu footer-links local-nav skip-link skip-links skip-to back-to-top scroll-top pagination post-navigation "
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
    leads_on=True,
    zones=frozenset(["head", "tail"]),
    more=_more,
)
