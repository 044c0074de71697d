"""The headline, wherever it stands: it is ``Document.title``, not part of the text."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.rules.normalise import key_of, normalise

# A headline cut short by a page's own furniture keeps at least so many characters.
_LEAST_CUT = 20
_MOST_EXTRA_WORDS = 5
_WORD = lazy_re(r"\w+")
# Share of the title's words in an h1 from which on it is the headline in other words.
_SAME_WORDS = 0.6


def _repeats(page: Page) -> Iterator[Decision]:
    head = page.body[0]
    if not page.title:
        yield from _lone_h1(page, head)
        return
    title = key_of(normalise(page.title))
    if not title:
        return
    sites = {key_of(normalise(name)) for name in page.site_names}
    words = set(_WORD.findall(title))
    for i, key in enumerate(page.keys):
        line = page.lines[i]
        if not key:
            continue
        if key == title:
            yield Decision([i], Evidence("repeat", "the headline"))
        elif title in key:
            rest = key.replace(title, " ")
            rest_key = key_of(rest)
            if not rest_key or rest_key in sites or (len(_WORD.findall(rest)) <= _MOST_EXTRA_WORDS and i < head + 2):
                yield Decision([i], Evidence("repeat", "the headline and the site's name or a repeat of it"))
        elif len(key) >= _LEAST_CUT and title.startswith(key) and page.norms[i].rstrip().endswith(("...", "…")):
            yield Decision([i], Evidence("repeat", "the headline, cut"))
        elif line.tag == "h1" and i < page.body[1] and words:
            mine = set(_WORD.findall(key))
            if len(words & mine) >= _SAME_WORDS * min(len(words), len(mine)):
                yield Decision([i], Evidence("repeat", "h1 with the words of the headline"))
    yield from _lone_h1(page, head)


def _lone_h1(page: Page, head: int) -> Iterator[Decision]:
    """The one h1 at the head of the body is the headline, whatever the metadata say."""
    found = page.h1
    if found and found[-1] - found[0] < 3 and found[0] <= head:
        yield Decision(found, Evidence("signature", "<h1>, the only one"))


FILTER = Family(
    name="repeated_title",
    summary="the headline and every repetition of it",
    more=_repeats,
)
