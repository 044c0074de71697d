"""What kind of page it is, before anything is taken: article, forum, product, listing …

A page is a bag of facts (words of its address and class names, declared types, steps of a few
counts); each fact is worth points for each kind; the sum decides. An article it is unless
something else is clearly ahead: most pages of a news crawl are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from boilerstrip.page import Page
from boilerstrip.scorecard.features import share_step, size_step
from boilerstrip.signature import words_of

_SLUG_WORDS = 4
_LD_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_LONGEST_LD = 200_000
_DATE_PATH = re.compile(r"/(?:19|20)\d\d[/-]\d{1,2}")
_PRICE = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?[$€£¥₹₽]")
_TAGS = ("p", "li", "h2", "h3", "h4", "td", "tr", "pre", "form", "dl", "article", "figure", "nav", "details", "button")
# A class word that stands so often on a page belongs to cards, posts or rows.
_MANY = 6
_MOST_NAMES = 4000


def facts_of(page: Page) -> Iterator[str]:  # noqa: PLR0912 - a list of facts, one after the other
    """The facts of a page that has been measured and whose families have not yet spoken."""
    yield from _address(page.url or page.meta.get("url") or "")
    kind = page.meta.get("type")
    if kind:
        yield f"og:{kind.lower()}"
    if page.tree is not None:
        types = set()
        for script in page.tree.iter("script"):
            if (script.get("type") or "").strip().lower() == "application/ld+json" and script.text:
                types.update(_LD_TYPE.findall(script.text[:_LONGEST_LD]))
        for name in types:
            yield f"ld:{name.lower()}"
    tags: dict[str, int] = {}
    names: dict[str, int] = {}
    for box in page.boxes:
        tags[box.tag] = tags.get(box.tag, 0) + 1
        for token in box.names:
            names[token] = names.get(token, 0) + 1
    words: dict[str, int] = {}
    for token, count in list(names.items())[:_MOST_NAMES]:
        if len(token) <= 80:
            for word in words_of(token):
                words[word] = words.get(word, 0) + count
    for word, count in words.items():
        if len(word) > 2 and not word.isdigit():
            yield f"name:{word}"
            if count >= _MANY:
                yield f"names:{word}"
    for tag in _TAGS:
        yield f"{tag}={size_step(tags.get(tag, 0))}"
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
    yield f"linked={share_step(sum(line.link_chars for line in lines), sum(len(line.text) for line in lines))}"
    yield f"prices={size_step(sum(1 for line in lines if len(line.text) < 60 and _PRICE.search(line.text)))}"
    yield f"comments={size_step(len(page.phrases.get('comments', ())))}"


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
    host = url.split("://", 1)[-1].partition("/")[0].lower()
    for word in host.split(".")[:-1]:
        if word in ("www", "forum", "forums", "community", "docs", "shop", "store", "blog", "news", "support", "help"):
            yield f"host:{word}"


def kind_of(page: Page, weights: Mapping[str, Mapping[str, float]]) -> str:
    """The kind with most points; ``weights`` are points by kind and fact, "" being the start."""
    facts = set(facts_of(page))
    points = {
        kind: table.get("", 0.0) + sum([table[fact] for fact in facts & table.keys()])
        for kind, table in weights.items()
    }
    return max(points, key=lambda kind: points[kind])
