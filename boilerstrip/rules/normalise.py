"""The copy of a line that is matched: one spelling for what readers take as the same words.

Only matching sees it; the output keeps the page's own characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

from boilerstrip.lazy import lazy_re, lazy_regex

# Zero-width and bidirectional controls, soft hyphen. ZWNJ too: Persian sites write words of
# their own furniture with and without it.
_INVISIBLE = [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]

# Arabic script: letters that sites use for one another.
_ARABIC = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي",
    "ة": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ک": "ك", "ڪ": "ك", "ؤ": "و",
}  # fmt: skip
# Tashkeel, superscript alef, Quranic marks, tatweel.
_ARABIC_MARKS = [*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6ED), 0x640]
# Points and accents of Hebrew.
_HEBREW_MARKS = [*range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7]

# Digit zero of each script that sites write numbers in; the other nine follow it.
_ZEROS = [
    0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0,
]  # fmt: skip

_SAME = {
    "ё": "е", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"',
    "»": '"', "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "،": ",", "؛": ";", "؟": "?",
    "。": ".", "、": ",", "・": "·", "•": "·", "ø": "o", "ł": "l", "đ": "d", "፡": ":", "፦": ":", "æ": "ae", "œ": "oe",
}  # fmt: skip

# Scripts in which a mark above or below a letter is left out at will in capitals and on the web.
_FOLDED_SCRIPTS = [(0xC0, 0x250), (0x370, 0x400), (0x1E00, 0x2000), (0x400, 0x410), (0x450, 0x460)]
# й and its capital are letters of their own to every reader.
_NOT_FOLDED = frozenset("йЙїЇўЎ")


class _Table(dict[int, int | str | None]):
    """A table for ``str.translate`` that answers for characters it leaves alone as well.

    For a plain dict each of those would cost an exception. What is asked for is kept, but for the
    two thirds of Unicode that no language needs every day.
    """

    def __missing__(self, code: int) -> int:
        if code < _EVERYDAY:
            self[code] = code
        return code


# Compatibility would make a letter of the sign of rights that Korean sites write.
_SIGNS = {ord("ⓒ"): "©", ord("Ⓒ"): "©"}
# Alphabets and syllabaries; Han comes in too many characters to keep.
_EVERYDAY = 0x3400


@cache
def _table() -> _Table:
    table = _Table(dict.fromkeys(_INVISIBLE))
    table.update(dict.fromkeys(_ARABIC_MARKS))
    table.update(dict.fromkeys(_HEBREW_MARKS))
    table.update(dict.fromkeys(range(0x300, 0x370)))
    for zero in _ZEROS:
        table.update({zero + value: str(value) for value in range(10)})
    table.update(dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "))
    for low, high in _FOLDED_SCRIPTS:
        for code in range(low, high):
            char = chr(code)
            if char in _NOT_FOLDED or not char.isalpha():
                continue
            base = unicodedata.normalize("NFD", char)[0]
            if base != char:
                table[code] = base.lower()
    for code in range(0x80, 0x3000):
        char = chr(code)
        if code not in table and char.lower() != char and len(char.lower()) == 1:
            table[code] = char.lower()
    for char, same in (*_SAME.items(), *_ARABIC.items()):
        if len(char) == 1:
            table[ord(char)] = same
            if len(char.upper()) == 1 and char.upper() != char:
                table[ord(char.upper())] = same
    table[ord("ß")] = "ss"
    table[ord("ẞ")] = "ss"
    table[ord("ς")] = "σ"
    return table


def normalise(text: str) -> str:
    """Case, compatibility forms, marks, invisible characters and digits made one.

    >>> normalise("İLGİLİ HABERLER"), normalise("أقرأ أيضًا"), normalise("１２時")
    ('ilgili haberler', 'اقرا ايضا', '12時')
    """
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return text.lower().translate(_table())


def offsets_of(text: str) -> list[int]:
    """For each character of ``normalise(text)`` where in ``text`` it comes from, and at the end ``len(text)``.

    What was found in the copy at ``start`` to ``end`` stands in the line at ``offsets[start]`` to
    ``offsets[end]``, marks and invisible characters behind a letter included.

    >>> line = "Straße in Łódź"
    >>> at, offsets = normalise(line).index("lodz"), offsets_of(line)
    >>> line[offsets[at]:offsets[at + 4]]
    'Łódź'
    """
    if text.isascii():
        return list(range(len(text) + 1))
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        offsets += [match.start()] * len(normalise(match[0]))
    if len(offsets) != len(normalise(text)):
        # Characters that compose across the clusters that readers see: word by word then.
        offsets = []
        for run in _WORD_AND_SPACE.finditer(text):
            offsets += [run.start()] * len(normalise(run[0]))
    return [*offsets, len(text)]


_DIGIT = lazy_re("[0-9]")
_NUMBER = lazy_re(r"[0-9]+(?:[.,' ][0-9]+)*")
# A letter with its marks, a syllable of Hangul, an Indic syllable: nothing composes across these.
_CLUSTER = lazy_regex(r"\X")
_WORD_AND_SPACE = lazy_re(r"\S+|\s+")


@cache
def _edge(more: str = "") -> str:
    """What a key loses at its ends: decoration, brackets, arrows, stars, marks of required fields."""
    signs = {chr(c) for c in range(0x20, 0x3400) if unicodedata.category(chr(c))[0] in "PSZ"}
    return "".join(sorted(signs | set("…\t\n\ufe0f" + more)))


def key_of(norm: str) -> str:
    """A normalised line as it is looked up: any number is ``0``, no punctuation at the ends.

    >>> key_of("» 1,234 comments:")
    '0 comments'
    """
    key = norm if _DIGIT.search(norm) is None else _NUMBER.sub("0", norm)
    return _trimmed(key)


def _trimmed(key: str) -> str:
    # The set of edge characters is long; most lines begin and end with a letter.
    return key if key and key[0].isalnum() and key[-1].isalnum() else key.strip(_edge())


def norms_of(texts: Sequence[str]) -> list[str]:
    """``normalise`` of each text: one pass over all that are not ASCII; no text holds a line end."""
    foreign = [text for text in texts if not text.isascii()]
    if not foreign:
        return [text.lower() for text in texts]
    done = iter(normalise("\n".join(foreign)).split("\n"))
    return [text.lower() if text.isascii() else next(done) for text in texts]


def keys_of(norms: Sequence[str]) -> list[str]:
    """``key_of`` of each: numbers in one pass over all; no line holds a line end."""
    return [_trimmed(key) for key in _NUMBER.sub("0", "\n".join(norms)).split("\n")] if norms else []


def bare(key: str) -> str:
    """A key without numbers at its ends either.

    >>> bare("0 comments (0")
    'comments'
    """
    return key if key[:1].isalpha() and key[-1:].isalpha() else key.strip(_edge("0123456789"))
