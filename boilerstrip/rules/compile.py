"""Word packs → tables: every phrase normalised once, and filed where a line will look for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boilerstrip.lazy import lazy_re, lazy_regex
from boilerstrip.measure import UNSPACED, UNSPACED_SET
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.rules.tables import StampTables, Tables

# regex, not re: its \p{M} keeps the vowel signs of Indic scripts inside their words.
WORD = lazy_regex(r"[\w\p{M}]+")
# Words and numbers of a stamp; the zero of Han numerals is no letter.
PARTS = lazy_regex(r"[\p{L}\p{M}〇]+|[0-9]+")
# What a phrase that opens a line is filed under.
_FIRST = lazy_regex(rf"[{UNSPACED_SET}]{{1,2}}|[[\w\p{{M}}]--[{UNSPACED_SET}]]+", "V1")
# A phrase that ends in one of these wants one of them behind it: "Photo:" is not "Photo".
MARKS = ":：|/／=＝›»>©-–—"
_FIELD = lazy_re(r"\{(\w+)\}")
# Which fields a template of a stamp may name, and what the word behind them makes of a number.
_FIELDS = {
    "year": "units",
    "month": "units",
    "day": "units",
    "weekday": "glue",
    "era": "glue",
    "hour": "clock",
    "minute": "glue",
    "second": "glue",
    "n": "units",
}


def tables_of(packs: Iterable[Mapping[str, Any]]) -> Tables:
    """The tables of packs, as ``tomllib`` reads them (rows of phrases cut down to the phrase).

    Raises ValueError for a phrase that holds nothing to match, an unknown kind of phrase, and an
    unknown field in a template.
    """
    tables = Tables()
    for number, pack in enumerate(packs):
        _add(tables, pack, 1 << number)
    for key in tables.whole:
        words = " ".join(WORD.findall(key))
        if words != key:
            tables.respelled.setdefault(words, []).append(key)
    # "Last updated" marks a stamp by "updated"; "last" is but glue.
    stamp = tables.stamp
    stamp.marks -= stamp.months | stamp.days | stamp.units | stamp.glue | stamp.clock
    return tables


def _add(tables: Tables, pack: Mapping[str, Any], bit: int) -> None:
    lang = pack["lang"]
    code = lang.split("-")[0]
    for word in map(normalise, pack.get("function_words", ())):
        if code not in tables.languages.setdefault(word, []):
            tables.languages[word].append(code)
        if UNSPACED.match(word):
            tables.function_sizes.add(len(word))
    names = pack.get("names", {})
    tables.agencies.update(key_of(normalise(n)) for n in names.get("agencies", ()))
    tables.networks.update(key_of(normalise(n)) for n in names.get("networks", ()))
    tables.particles.update(normalise(w) for w in names.get("particles", ()))
    tables.roles.update(key_of(normalise(w)) for w in names.get("roles", ()))
    tables.credits.update(key_of(normalise(w)) for w in names.get("credits", ()))
    tables.errors.update(key_of(normalise(e)) for e in pack.get("page", {}).get("errors", ()))
    tables.summaries.update(key_of(normalise(e)) for e in pack.get("page", {}).get("summaries", ()))
    add_stamp(tables.stamp, pack.get("stamp", {}), lang, bit)
    for family, kinds in pack.get("family", {}).items():
        for how, phrases in kinds.items():
            for phrase in phrases:
                _add_phrase(tables, family, how, phrase, lang)


def _add_phrase(tables: Tables, family: str, how: str, phrase: str, lang: str) -> None:
    key = key_of(normalise(phrase))
    if not key:
        raise ValueError(f"{lang}: {family}: phrase {phrase!r} holds nothing to match")
    entry = (family, phrase, lang)
    if how in ("whole", "weak"):
        tables.whole.setdefault(key, []).append((how, entry))
    elif how in ("start", "opener"):
        last = phrase.rstrip()[-1]
        # A closing quotation mark is none of them.
        marked = last in MARKS and not (last == "»" and "«" in phrase)
        tables.start.setdefault(first_of(key), []).append((how, key, marked, entry))
    elif how == "contains":
        tables.contains.setdefault(_anchor(key), []).append((key, entry))
    else:
        raise ValueError(f"{lang}: {family}: unknown kind of phrase {how!r}")


def add_stamp(stamp: StampTables, table: Mapping[str, Sequence[str]], lang: str, bit: int) -> None:
    """Take in the ``[stamp]`` table of the pack ``lang``; ValueError for a template with an unknown field."""
    for name in ("months", "days", "units", "glue", "marks", "years"):
        for entry in table.get(name, ()):
            _learn(stamp, PARTS.findall(normalise(entry)), name, bit)
    for entry in table.get("eras", ()):
        _learn(stamp, PARTS.findall(normalise(entry)), "glue", bit)
    for entry in table.get("alone", ()):
        words = PARTS.findall(normalise(entry))
        _learn(stamp, words, "glue", bit)
        stamp.alone.add(" ".join(words))
    for template in table.get("patterns", ()):
        kind = "glue"
        for i, piece in enumerate(_FIELD.split(template)):
            if i % 2:
                if piece not in _FIELDS:
                    raise ValueError(
                        f"{lang}: stamp pattern {template!r}: fields are {', '.join(_FIELDS)}, not {piece!r}"
                    )
                kind = _FIELDS[piece]
                continue
            words = PARTS.findall(normalise(piece))
            _learn(stamp, words[:1], kind, bit)
            _learn(stamp, words[1:], "glue", bit)


def _learn(stamp: StampTables, words: list[str], kind: str, bit: int) -> None:
    getattr(stamp, kind).update(words)
    for word in words:
        stamp.known[word] = stamp.known.get(word, 0) | bit


def first_of(key: str) -> str:
    """What a phrase that opens a line is filed under: its first word, or first two unspaced characters."""
    match = _FIRST.match(key)
    return match[0] if match else key[:1]


def _anchor(key: str) -> str:
    """The part of a contained phrase that is looked for first: its longest word, or two unspaced characters."""
    unspaced = UNSPACED.search(key)
    if unspaced is not None:
        return key[unspaced.start() : unspaced.start() + 2]
    longest: str = max(WORD.findall(key), key=len)
    return longest
