"""Words as tables: which phrases of which families stand in a line, and which lines are stamps.

No pattern is tried in turn. A line costs a handful of dictionary look-ups, however many
languages are loaded; lines that are too long to be furniture cost a length check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from boilerstrip.page import Line, PhraseHit, Stamp
from boilerstrip.rules.normalise import bare, key_of, normalise

# Longest line, in characters, in which a phrase may speak (catalogue of families, section 0).
LONGEST_START = 160
LONGEST_CONTAINS = 200
_LONGEST_STAMP = 90

_WORD = re.compile(r"\w+")
# Scripts without spaces between words: there any two characters may begin a phrase.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_DIGIT = re.compile("[0-9]")
# A phrase that ends in one of these wants one of them behind it: "Photo:" is not "Photo".
_MARKS = ":：|/›»>©-–—"
_PARTS = re.compile(r"[^\W\d_]+|[0-9]+")
_CLOCK = re.compile(r"(?<![0-9])[0-2]?[0-9](?::|h|\.)[0-5][0-9](?![0-9])")
_DATE = re.compile(r"(?<![0-9])[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?![0-9])")
_MOST_STAMP_WORDS = 16

# (family, phrase as written, language)
_Entry = tuple[str, str, str]


class Words:
    """The packs of all languages, compiled into look-up tables; read-only.

    function_words  per language, its commonest words (normalised)
    agencies        names of news agencies, normalised
    networks        names of social networks and messengers, normalised
    """

    def __init__(self, packs: Sequence[dict[str, Any]]) -> None:
        self.whole: dict[str, list[tuple[str, _Entry]]] = {}
        self.start: dict[str, list[tuple[str, str, bool, _Entry]]] = {}
        self.contains: dict[str, list[tuple[str, _Entry]]] = {}
        self.function_words: dict[str, frozenset[str]] = {}
        self.agencies: set[str] = set()
        self.networks: set[str] = set()
        self._months: set[str] = set()
        self._days: set[str] = set()
        self._units: set[str] = set()
        self._marks: set[str] = set()
        self._glue: set[str] = set()
        for pack in packs:
            self._add(pack)
        self.network_words = frozenset(name.split()[0] for name in self.networks if name)
        self._stamp_words = self._months | self._days | self._units | self._marks | self._glue
        self._contains_keys = frozenset(self.contains)

    def _add(self, pack: dict[str, Any]) -> None:
        lang = pack["lang"]
        if pack.get("function_words"):
            self.function_words[lang] = frozenset(normalise(w) for w in pack["function_words"])
        names = pack.get("names", {})
        self.agencies.update(key_of(normalise(n)) for n in names.get("agencies", ()))
        self.networks.update(key_of(normalise(n)) for n in names.get("networks", ()))
        stamp = pack.get("stamp", {})
        for words, into in (
            ("months", self._months),
            ("days", self._days),
            ("units", self._units),
            ("marks", self._marks),
            ("glue", self._glue),
        ):
            for entry in stamp.get(words, ()):
                into.update(_PARTS.findall(normalise(entry)))
        for family, kinds in pack.get("family", {}).items():
            for how, phrases in kinds.items():
                for phrase in phrases:
                    self._add_phrase(family, how, phrase, lang)

    def _add_phrase(self, family: str, how: str, phrase: str, lang: str) -> None:
        key = key_of(normalise(phrase))
        if not key:
            raise ValueError(f"{lang}: {family}: phrase {phrase!r} holds nothing to match")
        entry = (family, phrase, lang)
        if how in ("whole", "weak"):
            self.whole.setdefault(key, []).append((how, entry))
        elif how in ("start", "opener"):
            marked = phrase.rstrip()[-1] in _MARKS
            self.start.setdefault(_first(key), []).append((how, key, marked, entry))
        elif how == "contains":
            self.contains.setdefault(_anchor(key), []).append((key, entry))
        else:
            raise ValueError(f"{lang}: {family}: unknown kind of phrase {how!r}")

    # ------------------------------------------------------------------ lines

    def phrases_in(self, line: int, key: str, found: dict[str, list[PhraseHit]]) -> None:
        """Add the phrases of one line, given its ``key_of``, to ``found``, by family."""
        size = len(key)
        if size <= LONGEST_START:
            hits = self.whole.get(key)
            if hits is None:
                hits = self.whole.get(bare(key))
            if hits is not None:
                for how, (family, phrase, lang) in hits:
                    found.setdefault(family, []).append(PhraseHit(line, how, phrase, lang))
            starts = self.start.get(_first(key))
            if starts is not None:
                for how, begin, marked, (family, phrase, lang) in starts:
                    if key.startswith(begin) and _goes_on(key, len(begin), marked):
                        found.setdefault(family, []).append(PhraseHit(line, how, phrase, lang))
        words = _WORD.findall(key)
        if not self._contains_keys.isdisjoint(words):
            self._contained(line, key, words, found)
        if not key.isascii() and _UNSPACED.search(key):
            pairs = [key[i : i + 2] for i in range(len(key) - 1)]
            if not self._contains_keys.isdisjoint(pairs):
                self._contained(line, key, pairs, found)

    def _contained(self, line: int, key: str, anchors: list[str], found: dict[str, list[PhraseHit]]) -> None:
        for anchor in dict.fromkeys(anchors):
            for phrase_key, (family, phrase, lang) in self.contains.get(anchor, ()):
                if phrase_key in key:
                    found.setdefault(family, []).append(PhraseHit(line, "contains", phrase, lang))

    def stamp_in(self, norm: str) -> Stamp | None:
        """The parts of a date or time in a normalised line, if it is made of nothing else."""
        if len(norm) > _LONGEST_STAMP:
            return None
        if _DIGIT.search(norm) is None:
            return None
        parts = _PARTS.findall(norm)
        if not parts or len(parts) > _MOST_STAMP_WORDS:
            return None
        numbers = 0
        words = self._stamp_words
        for part in parts:
            if part[0].isdigit():
                numbers += 1
            elif part not in words:
                return None
        if not numbers:
            return None
        clock = _CLOCK.search(norm) is not None
        date = not self._months.isdisjoint(parts) or _DATE.search(norm) is not None
        unit = not self._units.isdisjoint(parts) or not self._days.isdisjoint(parts)
        if not (clock or date or unit):
            return None
        return Stamp(clock, date or unit, not self._marks.isdisjoint(parts))

    def language_of(self, lines: Sequence[Line], most: int = 400) -> str | None:
        """The language whose function words are most frequent in the longer lines, if any is."""
        counts: dict[str, int] = {}
        seen = 0
        for line in lines:
            if len(line.text) < 60:
                continue
            for word in set(_WORD.findall(normalise(line.text[:400]))):
                for lang, words in self.function_words.items():
                    if word in words:
                        counts[lang] = counts.get(lang, 0) + 1
            seen += 1
            if seen >= most:
                break
        if not counts:
            return None
        best = max(counts, key=lambda lang: counts[lang])
        return best if counts[best] >= 2 else None


def _first(key: str) -> str:
    """What a phrase that opens a line is filed under: its first word, or first two characters."""
    if _UNSPACED.match(key):
        return key[:2]
    match = _WORD.match(key)
    return match[0] if match else key[:1]


def _goes_on(key: str, at: int, marked: bool) -> bool:
    """Whether a phrase that fills a key up to ``at`` ends there as a word, or before its mark."""
    if at >= len(key):
        return True
    if marked:
        return key[at:].lstrip()[0] in _MARKS
    return not key[at].isalnum() or _UNSPACED.match(key[at - 1]) is not None


def _anchor(key: str) -> str:
    """The part of a contained phrase that is looked for first: its longest word."""
    if _UNSPACED.match(key):
        return key[:2]
    return max(_WORD.findall(key), key=len)


@cache
def load() -> Words:
    """The packs that come with the library; read once per process, at first use."""
    with resources.files("boilerstrip.rules").joinpath("words.json").open("rb") as file:
        return Words(json.load(file))
