"""How families look in the DOM: declared signatures, compiled into one table.

A family names class and id tokens, tags, roles and the like; all families' names go into one
set of dictionaries, so that the walk looks at each distinct class attribute of a page once,
however many families there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

# What a look-up yields: (family, what matched, strong)
Match = tuple[str, str, bool]

# camelCase, kebab-case and snake_case alike: "ArticleShareBar", "article__share-bar"
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")

# Attributes whose value, or mere presence, may be a signature. class and id are apart.
ATTRIBUTES = frozenset(
    ["role", "itemprop", "itemtype", "rel", "type", "aria-label", "property", "data-component", "data-testid"]
)

# Tokens longer than this are generated (hashes, serialised state) and name nothing.
LONGEST_TOKEN = 80
# Such tokens tell what a page has or is like: "has-sidebar-ad", "search-page-theme".
_STATE_FIRST = frozenset(["has", "with"])
_STATE_LAST = frozenset(["page", "theme", "layout", "enabled", "free"])
# Distinct tokens remembered by a table; pure look-ups, so forgetting costs time and nothing else.
_REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class Signature:
    """What elements of a family look like; every field is a white-space-separated list.

    names    whole class or id tokens, lower case: ``comment-respond``
    starts   beginnings of class or id tokens, at least four characters: ``taboola-``
    words    words or runs of words inside a token: ``share-bar`` is in ``ArticleShareBar__top``
    weak     like words, but too common to speak alone: they need ``prose`` to be nearly absent
    tags     element names
    roles, itemprops, itemtypes, rels, types   values of the attribute of that name
    """

    names: str = ""
    starts: str = ""
    words: str = ""
    weak: str = ""
    tags: str = ""
    roles: str = ""
    itemprops: str = ""
    itemtypes: str = ""
    rels: str = ""
    types: str = ""


class SignatureTable:
    """All families' signatures as dictionaries. Immutable in meaning; remembers look-ups."""

    def __init__(self, signatures: Mapping[str, Signature]) -> None:
        self._names: dict[str, list[Match]] = {}
        # by first word: the rest of the run's words, and the match
        self._runs: dict[str, list[tuple[tuple[str, ...], Match]]] = {}
        self._starts: dict[str, list[tuple[str, Match]]] = {}
        self.tags: dict[str, list[Match]] = {}
        self.attributes: dict[tuple[str, str], list[Match]] = {}
        self._seen: dict[str, tuple[Match, ...]] = {}
        for family, signature in signatures.items():
            self._add(family, signature)

    def _add(self, family: str, s: Signature) -> None:
        for name in s.names.split():
            self._names.setdefault(name, []).append((family, f".{name}", True))
        for words, strong in ((s.words, True), (s.weak, False)):
            for run in words.split():
                first, *rest = run.split("-")
                self._runs.setdefault(first, []).append((tuple(rest), (family, f"…{run}…", strong)))
        for start in s.starts.split():
            self._starts.setdefault(start[:4], []).append((start, (family, f".{start}…", True)))
        for tag in s.tags.split():
            self.tags.setdefault(tag, []).append((family, f"<{tag}>", True))
        for attribute, values in (
            ("role", s.roles),
            ("itemprop", s.itemprops),
            ("itemtype", s.itemtypes),
            ("rel", s.rels),
            ("type", s.types),
        ):
            for value in values.split():
                key = (attribute, value.lower())
                self.attributes.setdefault(key, []).append((family, f"[{attribute}={value}]", True))

    def of_tokens(self, tokens: Iterable[str]) -> list[Match]:
        """What the class and id tokens of one element match."""
        found: list[Match] = []
        seen = self._seen
        for token in tokens:
            matches = seen.get(token)
            if matches is None:
                matches = self._of_token(token)
                if len(seen) > _REMEMBERED:
                    seen.clear()
                seen[token] = matches
            if matches:
                found.extend(matches)
        return found

    def _of_token(self, token: str) -> tuple[Match, ...]:
        if len(token) > LONGEST_TOKEN:
            return ()
        lower = token.lower()
        names = self._names.get(lower, ())
        starts = self._starts.get(lower[:4], ())
        words = words_of(token)
        if not names and not starts and self._runs.keys().isdisjoint(words):
            return ()
        found = list(names)
        for start, match in starts:
            if lower.startswith(start):
                found.append(match)
        if len(words) > 1 and (words[0] in _STATE_FIRST or words[-1] in _STATE_LAST):
            return tuple(found)
        for i, word in enumerate(words):
            for rest, match in self._runs.get(word, ()):
                if not rest or words[i + 1 : i + 1 + len(rest)] == rest:
                    found.append(match)
        return tuple(found)

    def of_attribute(self, name: str, value: str) -> list[Match]:
        """What one attribute matches; a schema.org type counts by its last path part."""
        lower = value.strip().lower()
        if name == "itemtype":
            lower = lower.rstrip("/").rpartition("/")[2]
        found = self.attributes.get((name, lower))
        if found is None and " " in lower:
            found = [m for part in lower.split() for m in self.attributes.get((name, part), ())]
        return found or []

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a SignatureTable is compiled per process: pickle the Pipeline instead")


@lru_cache(maxsize=_REMEMBERED)
def words_of(token: str) -> tuple[str, ...]:
    """``"ArticleShareBar__top"`` → ``("article", "share", "bar", "top")``."""
    if token.islower() and token.isascii():
        if token.isalpha():
            return (token,)
        parts = token.replace("_", "-").split("-")
        if all(map(str.isalpha, parts)):
            return tuple(parts)
    return tuple([w.lower() for w in _WORDS.findall(token)])
