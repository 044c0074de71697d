"""Words as tables: which phrases of which families stand in a line, and what language it is in.

No pattern is tried in turn. A line costs a handful of dictionary look-ups, however many
languages are loaded; lines that are too long to be furniture cost a length check.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pkgutil import get_data
from typing import Any

from boilerstrip.measure import UNSPACED
from boilerstrip.page import Line, PhraseHit
from boilerstrip.rules.compile import MARKS, WORD, first_of, tables_of
from boilerstrip.rules.normalise import bare, key_of, normalise
from boilerstrip.rules.stamp import StampWords
from boilerstrip.rules.tables import Entry, Tables, read

# Longest line, in characters, in which a phrase may speak (catalogue of families, section 0).
LONGEST_START = 160
LONGEST_CONTAINS = 200
# A row of phrases is no longer than this, each of them of no more words.
_LONGEST_ROW = 120
_MOST_PART_WORDS = 6

_ASCII_WORDS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_ASCII_WORDS_A_LINE = {**_ASCII_WORDS, ord("\n"): "\n"}
# Lines that tell a language are no shorter than this, in characters, and read no further.
_LEAST_READ = 60
_LEAST_UNSPACED = 24
_LONGEST_READ = 400
# What a line of a script without spaces counts for among those that are enough.
_COST_UNSPACED = 4
_LEAST_WORDS = 2
# Of so many phrases that open with the same word only those with the second word as well are tried.
_MANY = 4
# A phrase as it is told: family, how, as written, its first pack, how many packs know it.
_Said = tuple[str, str, str, str, int]
# ... and as it opens a line: its key, whether it wants its mark.
_Begin = tuple[str, bool, _Said]


class Words:
    """The packs of all languages, compiled into look-up tables; read-only.

    agencies        names of news agencies, normalised
    agency_words    the words that these begin with
    errors          what error pages say of themselves, normalised
    summaries       how notes begin that a machine has written a summary, normalised
    particles       small words inside names of persons, normalised
    roles           what those are who write ("reporter"), normalised
    credits         what ends the credit of a picture behind the name ("撮影"), normalised
    networks        names of social networks and messengers, normalised
    times           the words of dates and times
    labels          the words that label a picture, normalised

    longest  the longest line, in characters, that a phrase may fill or open
    """

    def __init__(
        self, packs: Iterable[Mapping[str, Any]] = (), *, tables: Tables | None = None, longest: int = LONGEST_START
    ) -> None:
        self._longest = longest
        tables = tables or tables_of(packs)
        self.whole = tables.whole
        self.start = tables.start
        self.contains = tables.contains
        self.agencies = tables.agencies
        self.networks = tables.networks
        self.errors = tables.errors
        self.summaries = tuple(sorted(tables.summaries))
        self.particles = tables.particles
        self.roles = tables.roles
        self.credits = tuple(sorted(tables.credits))
        self.times = StampWords(tables.stamp)
        # Words that alone are the label of a picture: "Photo" of "Photo:".
        self.labels = frozenset(
            key
            for hits in tables.start.values()
            for _, key, marked, (family, _, _) in hits
            if family == "caption" and marked and " " not in key
        )
        self.agency_words = frozenset(word for name in self.agencies for word in words_of(name)[:1])
        self.network_words = frozenset(name.split()[0] for name in self.networks if name)
        self._firsts: dict[str, frozenset[str]] = {}
        self._languages = tables.languages
        self._function_words = frozenset(self._languages)
        self._function_sizes = sorted(tables.function_sizes)
        self._contains_keys = frozenset(self.contains)
        self._whole_said: dict[str, list[_Said]] = {}
        self._start_said: dict[str, tuple[list[_Begin], dict[str, list[_Begin]]]] = {}
        # The same phrases without punctuation, for lines that hold several of them.
        self._whole_words = dict(self.whole)
        for words, keys in tables.respelled.items():
            self._whole_words[words] = [hit for key in (words, *keys) for hit in self.whole.get(key, ())]
        # A row of phrases begins and ends with words that phrases begin and end with, or with numbers.
        self._whole_firsts = frozenset(["0", *(key.split(" ", 1)[0] for key in self._whole_words)])
        self._whole_lasts = frozenset(["0", *(key.rsplit(" ", 1)[-1] for key in self._whole_words)])

    @property
    def languages(self) -> frozenset[str]:
        """The languages that function words are known of, as two or three letters."""
        return frozenset(code for codes in self._languages.values() for code in codes)

    # ------------------------------------------------------------------ lines

    def firsts_of(self, family: str) -> frozenset[str]:
        """What the phrases of a family that fill or open a line begin with, as ``first_of`` tells it."""
        known = self._firsts.get(family)
        if known is None:
            whole = [first_of(key) for key, hits in self.whole.items() for _, entry in hits if entry[0] == family]
            start = [first for first, hits in self.start.items() for *_, entry in hits if entry[0] == family]
            known = self._firsts[family] = frozenset([*whole, *start])
        return known

    def said_in(self, line: int, norm: str) -> dict[str, list[PhraseHit]]:
        """The phrases of a normalised piece of a line, by family, as if it stood on a line of its own."""
        found: dict[str, list[PhraseHit]] = {}
        key = key_of(norm)
        self.phrases_in(line, key, words_of(key), found)
        return found

    def phrases_in(self, line: int, key: str, words: list[str], found: dict[str, list[PhraseHit]]) -> None:
        """Add the phrases of a line, given its ``key_of`` and the ``words_of`` that, to ``found`` by family."""
        if not key:
            return
        size = len(key)
        plain = key.isascii() or UNSPACED.search(key) is None
        first = words[0] if words and plain and key.startswith(words[0]) else first_of(key)
        if size <= self._longest:
            whole = key if key in self.whole else bare(key) if key[-1] == "0" or key[0] == "0" else ""
            if whole in self.whole:
                for family, how, phrase, lang, packs in self._whole_said.get(whole) or self._said(whole):
                    found.setdefault(family, []).append(PhraseHit(line, how, phrase, lang, packs))
            elif 1 < len(words) <= size <= _LONGEST_ROW and words[0] in self._whole_firsts:
                if words[-1] in self._whole_lasts:
                    self._row_of_phrases(line, key, words, found)
            if first in self.start or not plain:
                for begin, marked, (family, how, phrase, lang, packs) in self._starting(first, words if plain else ()):
                    if key.startswith(begin) and _goes_on(key, len(begin), marked):
                        found.setdefault(family, []).append(PhraseHit(line, how, phrase, lang, packs))
        if not self._contains_keys.isdisjoint(words):
            self._contained(line, key, words, found)
        if not plain:
            pairs = [key[i : i + 2] for i in range(len(key) - 1)]
            if not self._contains_keys.isdisjoint(pairs):
                self._contained(line, key, pairs, found)

    def _said(self, key: str) -> list[_Said]:
        """What fills a line with this key, put together when it is first met."""
        counts: dict[tuple[str, str, str], list[str]] = {}
        for how, (family, phrase, lang) in self.whole[key]:
            counts.setdefault((family, how, phrase), []).append(lang)
        said = [(family, of, phrase, langs[0], len(langs)) for (family, of, phrase), langs in counts.items()]
        self._whole_said[key] = said
        return said

    def _starting(self, first: str, words: Sequence[str]) -> Sequence[_Begin]:
        """The phrases that a line with these words may open with.

        They are filed under the first word or the two characters that open the line (and the first alone: "文" in
        "文李华"), and where there are many, by the second word.
        """
        if not words:
            short = self._begins(first[0])[0] if len(first) > 1 else ()
            return [*short, *self._begins(first)[0]]
        starts, by_second = self._begins(first)
        if not by_second:
            return starts
        return by_second.get(words[1], by_second[""]) if len(words) > 1 else by_second[""]

    def _begins(self, first: str) -> tuple[Sequence[_Begin], Mapping[str, Sequence[_Begin]]]:
        """The phrases filed under ``first``; where many, those with each second word (under "" without) too."""
        kept = self._start_said.get(first)
        if kept is not None or first not in self.start:
            return kept or ((), {})
        counts: dict[tuple[str, bool, str, str, str], list[str]] = {}
        for how, begin, marked, (family, phrase, lang) in self.start[first]:
            counts.setdefault((begin, marked, family, how, phrase), []).append(lang)
        starts: list[_Begin] = [
            (begin, marked, (family, how, phrase, langs[0], len(langs)))
            for (begin, marked, family, how, phrase), langs in counts.items()
        ]
        by_second: dict[str, list[_Begin]] = {}
        if len(starts) > _MANY:
            seconds = [(*words_of(begin), "", "")[1] for begin, _, _ in starts]
            for second in {"", *seconds}:
                by_second[second] = [s for s, at in zip(starts, seconds, strict=True) if at in ("", second)]
        self._start_said[first] = starts, by_second
        return starts, by_second

    def _row_of_phrases(self, line: int, key: str, words: list[str], found: dict[str, list[PhraseHit]]) -> None:
        """A line made of nothing but whole-line phrases of one language: "About us | Contact us"."""
        parts: list[list[tuple[str, Entry]]] = []
        i = 0
        while i < len(words):
            for size in range(min(_MOST_PART_WORDS, len(words) - i), 0, -1):
                hits = self._whole_words.get(" ".join(words[i : i + size]))
                if hits is not None:
                    parts.append(hits)
                    i += size
                    break
            else:
                if words[i] != "0":
                    return
                i += 1
        if len(parts) < 2:
            return
        langs = set.intersection(*({lang for _, (_, _, lang) in hits} for hits in parts))
        if not langs:
            return
        lang = min(langs)
        best: dict[str, int] = {}
        sure: set[str] = set()
        for hits in parts:
            mine = {(family, how) for how, (family, _, at) in hits if at == lang}
            for family, how in mine:
                best[family] = best.get(family, 0) + 1
                if how == "whole":
                    sure.add(family)
        for family, count in best.items():
            if 2 * count >= len(parts):
                how = "whole" if family in sure or count > 2 else "weak"
                found.setdefault(family, []).append(PhraseHit(line, how, key, lang))

    def _contained(self, line: int, key: str, anchors: list[str], found: dict[str, list[PhraseHit]]) -> None:
        for anchor in dict.fromkeys(anchors):
            for phrase_key, (family, phrase, lang) in self.contains.get(anchor, ()):
                if phrase_key in key:
                    found.setdefault(family, []).append(PhraseHit(line, "contains", phrase, lang))

    def language_of(self, lines: Sequence[Line], norms: Sequence[str] = (), most: int = 50) -> str | None:
        """The language whose function words are most frequent in the longer lines, if any is.

        Two or three letters, whatever the script: the pack "zh-hant" speaks for "zh".

        norms  the lines normalised, where that has been done; empty for those that were too long
        most   so many lines are enough, from all over the page
        """
        found: dict[str, int] = {}
        plain: list[int] = []
        unspaced: list[int] = []
        for i, line in enumerate(lines):
            size = len(line.text)
            if size >= _LEAST_UNSPACED:
                if not line.text.isascii() and UNSPACED.search(line.text, 0, _LONGEST_READ) is not None:
                    unspaced.append(i)
                elif size >= _LEAST_READ:
                    plain.append(i)
        # Without spaces every place may begin a word: some ten times the work.
        cost = len(plain) + _COST_UNSPACED * len(unspaced)
        step = max(1, -(-cost // most))
        for i in plain[::step]:
            for word in self._function_words.intersection(words_of(_read(lines, norms, i))):
                found[word] = found.get(word, 0) + 1
        for i in unspaced[::step]:
            norm = _read(lines, norms, i)
            words = set(words_of(norm))
            for size in self._function_sizes:
                words.update([norm[at : at + size] for at in range(len(norm) - size + 1)])
            for word in words & self._function_words:
                found[word] = found.get(word, 0) + 1
        counts: dict[str, int] = {}
        for word, count in found.items():
            for lang in self._languages[word]:
                counts[lang] = counts.get(lang, 0) + count
        if not counts:
            return None
        # Of two that are level the first by name: the order of a set is another in each process.
        best = max(sorted(counts), key=lambda lang: counts[lang])
        return best if counts[best] >= _LEAST_WORDS else None


def _read(lines: Sequence[Line], norms: Sequence[str], i: int) -> str:
    """The beginning of a line, normalised."""
    return (norms[i] if norms else "") or normalise(lines[i].text[:_LONGEST_READ])


def words_of(key: str) -> list[str]:
    """The words of a normalised line; for ASCII by table, several times faster than by pattern."""
    if key.isascii():
        return key.translate(_ASCII_WORDS).split()
    found: list[str] = WORD.findall(key)
    return found


def words_of_all(keys: Sequence[str]) -> list[list[str]]:
    """``words_of`` each key: one pass over all that are ASCII; no key holds a line end."""
    plain = [key for key in keys if key.isascii()]
    done = iter("\n".join(plain).translate(_ASCII_WORDS_A_LINE).split("\n"))
    return [next(done).split() if key.isascii() else WORD.findall(key) for key in keys]


@cache
def _normal_marks() -> frozenset[str]:
    """The marks as they stand in a key: an arrow » looks like any quotation mark there."""
    return frozenset(normalise(MARKS))


def _goes_on(key: str, at: int, marked: bool) -> bool:
    """Whether a phrase that fills a key up to ``at`` ends there as a word, or before its mark."""
    if at >= len(key):
        return True
    if marked:
        # "USt-IdNr.:" is filed without its full stop.
        return key[at:].lstrip(" .…)")[:1] in _normal_marks()
    # A vowel sign or accent belongs to the letter before it: "पढ़े" is not "पढ़ें".
    if unicodedata.category(key[at])[0] == "M":
        return False
    return not key[at].isalnum() or UNSPACED.match(key[at - 1]) is not None


@cache
def load() -> Words:
    """The packs that come with the library; read once per process, at first use."""
    return Words(tables=load_tables())


def load_tables() -> Tables:
    """The tables of the packs that come with the library, read anew."""
    return read(get_data("boilerstrip.rules", "words.json") or b"")
