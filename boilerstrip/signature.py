"""How families look in the DOM: declared signatures, compiled into one table.

A family names class and id tokens, tags, roles and the like; all families' names go into one
set of dictionaries, so that the walk looks at each distinct class attribute of a page once,
however many families there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from boilerstrip.lazy import lazy_re

# What a look-up yields: (family, what matched, strong)
Match = tuple[str, str, bool]

# camelCase, kebab-case and snake_case alike: "ArticleShareBar", "article__share-bar"
_WORDS = lazy_re(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
# The same for tokens without capitals, which most are.
_LOWER_WORDS = lazy_re(r"[a-z]+|[0-9]+")

# Attributes whose value, or mere presence, may be a signature. class and id are apart.
ATTRIBUTES = frozenset(
    ["role", "itemprop", "itemtype", "rel", "type", "aria-label", "property", "data-component", "data-testid"]
)

# Tokens longer than this are generated (hashes, serialised state) and name nothing.
LONGEST_TOKEN = 80
# Such tokens tell what a page has or is like: "has-sidebar-ad", "search-page-theme".
_STATE_FIRST = frozenset(["has", "with"])
_STATE_LAST = frozenset(["page", "theme", "layout", "enabled", "free"])
_REMEMBERED = 50_000
_Known = TypeVar("_Known")


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
        # Words that say it alone; by the first two words, the rest of the run's words, and the match.
        self._lone: dict[str, list[Match]] = {}
        self._runs: dict[tuple[str, str], list[tuple[list[str], Match]]] = {}
        self._starts: dict[str, list[tuple[str, Match]]] = {}
        self.tags: dict[str, list[Match]] = {}
        self.attributes: dict[tuple[str, str], list[Match]] = {}
        self._seen: dict[str, tuple[Match, ...]] = {}
        for family, signature in signatures.items():
            self._add(family, signature)
        self._firsts = frozenset(self._lone).union(first for first, _ in self._runs)

    def _add(self, family: str, s: Signature) -> None:
        for name in s.names.split():
            self._names.setdefault(name, []).append((family, f".{name}", True))
        for words, strong in ((s.words, True), (s.weak, False)):
            for run in words.split():
                match = (family, f"…{run}…", strong)
                first, *rest = run.split("-")
                if rest:
                    self._runs.setdefault((first, rest[0]), []).append((rest[1:], match))
                else:
                    self._lone.setdefault(first, []).append(match)
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
                matches = remember(seen, token, self._of_token(token))
            if matches:
                found.extend(matches)
        return found

    def _of_token(self, token: str) -> tuple[Match, ...]:
        if len(token) > LONGEST_TOKEN:
            return ()
        lower = token.lower()
        names = self._names.get(lower)
        starts = self._starts.get(lower[:4])
        words = _LOWER_WORDS.findall(token) if lower == token else words_of(token)
        if self._firsts.isdisjoint(words):
            if names is None and starts is None:
                return ()
            words = []
        found = [] if names is None else list(names)
        if starts is not None:
            found += [match for start, match in starts if lower.startswith(start)]
        if words and (len(words) == 1 or (words[0] not in _STATE_FIRST and words[-1] not in _STATE_LAST)):
            lone = self._lone
            for word in words:
                if word in lone:
                    found += lone[word]
            runs = self._runs
            for i, pair in enumerate(pairwise(words), 2):
                if pair in runs:
                    found += [match for rest, match in runs[pair] if not rest or words[i : i + len(rest)] == rest]
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


def remember(known: dict[str, _Known], token: str, found: _Known) -> _Known:
    """Note what is known of a token, and give it. Pure look-ups: forgetting all of them costs time and nothing else."""
    if len(known) > _REMEMBERED:
        known.clear()
    known[token] = found
    return found


def words_of(token: str) -> list[str]:
    """``"ArticleShareBar__top"`` → ``["article", "share", "bar", "top"]``."""
    lower = token.lower()
    if lower == token:
        return _LOWER_WORDS.findall(token)
    return [word.lower() for word in _WORDS.findall(token)]
