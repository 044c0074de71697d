"""What kind of page it is, before anything is taken: article, forum, product, listing …

A page is a bag of facts (its words, words of its address and class names, declared types, steps
of a few counts); each fact is worth points for each kind; the sum decides. Flattened text has its
words and counts alone, and a table of points of its own. An article it is unless something else is
clearly ahead: most pages of a news crawl are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from boilerstrip.lazy import lazy_re
from boilerstrip.page import Page, Source, host_of
from boilerstrip.scorecard.steps import share_step, size_step
from boilerstrip.signature import LONGEST_TOKEN, remember, words_of

_SLUG_WORDS = 4
# Possessive: a run of spaces must not be tried in every split of it.
_LD_TYPE = lazy_re(r'"@type"\s*+:\s*+(?:\[\s*+)?"(\w+)"')
_LONGEST_LD = 200_000
_DATE_PATH = lazy_re(r"/(?:19|20)\d\d[/-]\d{1,2}")
_PRICE = lazy_re(r"[$€£¥₹₽]\s?\d|\d\s?[$€£¥₹₽]")
_TAGS = ("p", "li", "h2", "h3", "h4", "td", "tr", "pre", "form", "dl", "article", "figure", "nav", "details", "button")
# A class word that stands so often on a page belongs to cards, posts or rows.
_MANY = 6
_MOST_NAMES = 4000
# A page of fewer boxes is cut out of one, or made up: the counts say nothing of it.
_LEAST_BOXES = 40
# ... and one of flattened text that has fewer lines.
_LEAST_LINES = 20
# So many words of prose in a run, and this share of all prose, are the body of an article.
_LEAST_BODY = 150.0
_BODY_SHARE = 0.6
_ARTICLES = frozenset(
    ["article", "newsarticle", "blogposting", "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle",
     "liveblogposting"]
)  # fmt: skip
_LONGEST_PRICE = 60
_FORUM_WORDS = lazy_re(r"forum|community|discuss|threads?\b|topics?\b", re.I)
_CURRENCIES = "$€£¥₹₽"


def facts_of(page: Page) -> Iterator[str]:
    """The facts of a page that has been measured and whose families have not yet spoken."""
    yield from _plain_facts(page)
    for word in _said(page):
        if word.isalpha():
            yield f"word:{word}"
    for word, count in _words(page, _words_in).items():
        yield f"name:{word}"
        if count >= _MANY:
            yield f"names:{word}"


def _said(page: Page) -> set[str]:
    """The words of its lines, those of long paragraphs aside."""
    return set(" ".join(page.keys).split())


def _words(page: Page, words_in: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """How often the words of class and id tokens stand on a page; ``words_in`` gives those of a token that count."""
    # Boxes with the same class attribute share one tuple of tokens.
    names: dict[int, list[Any]] = {}
    for box in page.boxes:
        tokens = box.names
        if tokens:
            known = names.get(id(tokens))
            if known is None:
                names[id(tokens)] = [1, tokens]
            else:
                known[0] += 1
    words: dict[str, int] = {}
    for count, tokens in list(names.values())[:_MOST_NAMES]:
        for token in tokens:
            for word in words_in(token):
                words[word] = words.get(word, 0) + count
    return words


def _words_in(token: str) -> list[str]:
    if len(token) > LONGEST_TOKEN:
        return []
    return [word for word in words_of(token) if len(word) > 2 and not word.isdigit()]


def _plain_facts(page: Page) -> Iterator[str]:
    if page.source is Source.HTML:
        yield from _facts_of_markup(page)
    lines = page.lines
    total = sum(page.units)
    prose = page.all_prose
    start, end = page.body
    yield f"lines={size_step(len(lines))}"
    yield f"prose={size_step(prose)}"
    yield f"prose_share={share_step(prose, total)}"
    yield f"body={size_step(page.prose_in(start, end))}"
    yield f"body_share={share_step(page.prose_in(start, end), prose)}"
    yield f"stamps={size_step(len(page.stamps))}"
    yield f"prices={size_step(sum([1 for i in page.holding(*_CURRENCIES) if _shows_price(lines[i].text)]))}"
    for family, hits in page.phrases.items():
        yield f"{family}={size_step(sum([hit.packs for hit in hits]))}"


def _facts_of_markup(page: Page) -> Iterator[str]:
    yield from _address(page.url or page.meta.get("url") or "")
    maker = page.meta.get("generator")
    if maker:
        yield f"generator:{maker.split()[0].lower()}"
    kind = page.meta.get("type")
    if kind:
        yield f"og:{kind.lower()}"
    for name in _declared_types(page):
        yield f"ld:{name}"
    for tag in _TAGS:
        yield f"{tag}={size_step(len(page.by_tag.get(tag, ())))}"
    lines = page.lines
    yield f"linked={share_step(sum([line.link_chars for line in lines]), sum([len(line.text) for line in lines]))}"


def _shows_price(text: str) -> bool:
    return len(text) < _LONGEST_PRICE and _PRICE.search(text) is not None


def _declared_types(page: Page) -> set[str]:
    """The schema.org types in the page's JSON-LD, lower case; read once a page."""
    types: set[str] = page.once(_declared_types, partial(_read_types, page))
    return types


def _read_types(page: Page) -> set[str]:
    types: set[str] = set()
    for script in page.scripts:
        if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
            types.update(name.lower() for name in _LD_TYPE.findall(script.text[:_LONGEST_LD]))
    return types


def _address(url: str) -> Iterator[str]:
    path = url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    path, _, query = path.partition("?")
    parts = [p for p in path.lower().split("/") if p]
    yield f"depth={min(5, len(parts))}"
    if query:
        yield "query"
    if _DATE_PATH.search("/" + path):
        yield "path:date"
    if parts:
        last = parts[-1]
        if last.count("-") >= _SLUG_WORDS or last.count("_") >= _SLUG_WORDS:
            yield "path:slug"
        if any(c.isdigit() for c in last):
            yield "path:number"
    for part in parts[:4]:
        if part.count("-") < _SLUG_WORDS:
            for word in re.findall("[a-z]{2,14}", part):
                yield f"path:{word}"
    host = host_of(url) or ""
    for word in host.split(".")[:-1]:
        if word in ("www", "forum", "forums", "community", "docs", "shop", "store", "blog", "news", "support", "help"):
            yield f"host:{word}"
    if "forum" in host:
        yield "host~forum"


def plainly_article(page: Page) -> bool:
    """Whether there is no need to weigh a page: too small to tell, or declared an article twice, with the body of one.

    Publishing systems call every page an article in its meta data; in JSON-LD they know better.
    """
    if page.source is Source.TEXT:
        return len(page.lines) < _LEAST_LINES
    if len(page.boxes) < _LEAST_BOXES:
        return True
    start, end = page.body
    body = page.prose_in(start, end)
    return (
        page.meta.get("type", "").lower() == "article"
        and body >= _LEAST_BODY
        and body >= _BODY_SHARE * page.all_prose
        # Threads call themselves articles too.
        and not _FORUM_WORDS.search(page.url or page.meta.get("url") or "")
        and not _ARTICLES.isdisjoint(_declared_types(page))
    )


class Kinds:
    """Points of facts for each kind of page; ``tables`` are points by kind and fact, "" the start."""

    def __init__(self, tables: Mapping[str, Mapping[str, float]]) -> None:
        self.kinds = list(tables)
        self._start = [tables[kind].get("", 0.0) for kind in self.kinds]
        # By fact, so that a fact is looked up once and not once a kind; words apart, so that no
        # string is made for a word that nobody weighs.
        self._plain: dict[str, list[tuple[int, float]]] = {}
        self._name: dict[str, list[tuple[int, float]]] = {}
        self._names: dict[str, list[tuple[int, float]]] = {}
        self._word: dict[str, list[tuple[int, float]]] = {}
        groups = {"name": self._name, "names": self._names, "word": self._word}
        for at, kind in enumerate(self.kinds):
            for fact, points in tables[kind].items():
                group, _, word = fact.partition(":")
                into = groups.get(group)
                if into is None:
                    self._plain.setdefault(fact, []).append((at, points))
                else:
                    into.setdefault(word, []).append((at, points))
        self._known = frozenset(self._word)
        # The words of a token that are weighed.
        self._tokens: dict[str, list[str]] = {}

    def _weighed(self, token: str) -> list[str]:
        found = self._tokens.get(token)
        if found is None:
            found = [word for word in _words_in(token) if word in self._name or word in self._names]
            remember(self._tokens, token, found)
        return found

    def kind_of(self, page: Page) -> str:
        """The kind with most points."""
        if plainly_article(page):
            return "article"
        points = list(self._start)
        for fact in set(_plain_facts(page)):
            for at, value in self._plain.get(fact, ()):
                points[at] += value
        for word in self._known & _said(page):
            for at, value in self._word[word]:
                points[at] += value
        for word, count in _words(page, self._weighed).items():
            for at, value in self._name.get(word, ()):
                points[at] += value
            if count >= _MANY:
                for at, value in self._names.get(word, ()):
                    points[at] += value
        return self.kinds[points.index(max(points))]
