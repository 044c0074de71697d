"""What is measured once per page for all filters: size of lines, prose, where the body stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from boilerstrip.lazy import lazy_re
from boilerstrip.page import Line, Page, SignatureHit, Within
from boilerstrip.tabular import rows_of

# Sentence ends of the scripts that news is written in; Thai and Lao have none.
SENTENCE_END = ".!?…؟۔।॥。！？｡．።፧፨։\u104b\u17d4\u17d5\u0f0d"
# Two signs for a space, as Amharic sites type the full stop ። for want of a key.
_TYPED_STOP = "\u1361\u1361"
_CLOSERS = "\"'»”’)]›」』）】〕》〉“*  "
# Scripts without spaces between words: those of South-East Asia, kana, Han.
_SPELLED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED_SET = f"{_SPELLED}\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
UNSPACED = lazy_re(f"[{UNSPACED_SET}]")
_LETTERS = lazy_re(f"[{_SPELLED}]")
# Thai and Lao, also with a number or a foreign name in the last words of the line.
_NO_STOPS = lazy_re("[\u0e00-\u0eff]")
_LAST_WORDS = 20
# Headlines in Japanese and Chinese hold ！ ？ and commas; only their full stop tells prose.
_INNER_STOP = lazy_re("(?:[.!?…؟۔።፧।]|\u1361\u1361)\\s|[。\u104b\u17d4\u0f0d]|[,،;:፣፤]\\s")
# The semicolon asks a question in Greek.
_GREEK = lazy_re("[\u0370-\u03ff\u1f00-\u1fff]")

_HIDDEN = int(Within.HIDDEN)
# The whole page may be marked as one that shows a dialog.
_WHOLE = frozenset(["html", "body", "main", "article"])
# Characters of an unspaced script that weigh as much as one word of a spaced one: a sign of Han or
# kana is worth half of one, a letter or vowel sign of Thai, Khmer … half of that.
_SIGNS_PER_UNIT = 2.0
_LETTERS_PER_UNIT = 4.0
# A shorter line is no paragraph of prose, whatever its punctuation.
SHORTEST_PROSE = 9.0
# From here on a line with commas or inner stops is prose even without a stop at its end.
_LONG_PROSE = 22.0
# ... and a line in a script that knows no stops, where a headline is told by its length alone.
_LONG_UNSTOPPED = 17.0
_MOST_LINKED = 0.5
_LEAST_FLAT = 16.0
# Signs that part what stands side by side; in a line with one to so many words they part no sentences, nor, where it
# ends like none, with one to twice as many.
_BARS = "·•●■★▪"
_WORDS_A_BAR = 6.0
_MOST_CAPITAL = 0.8
_SENTENCE_MARKS = frozenset('.,;:!?…"“”')
# What a line that is not prose costs a run of lines that wants to be the body.
_GAP_COST = 5.0
# ... and a row of a table or of a box of facts.
_ROW_COST = 1.0


def units_of(text: str) -> float:
    """Length of a line in words; two characters of Han or kana, four of Thai or Khmer, count as one.

    >>> units_of("three little words"), units_of("今日は晴れ"), units_of("ข่าววันนี้ครับ")
    (3.0, 2.5, 3.5)
    """
    if text.isascii():
        return float(text.count(" ") + 1)
    unspaced = len(UNSPACED.findall(text))
    if unspaced:
        letters = len(_LETTERS.findall(text))
        spaced = len(UNSPACED.sub(" ", text).split())
        return (unspaced - letters) / _SIGNS_PER_UNIT + letters / _LETTERS_PER_UNIT + spaced
    return float(text.count(" ") + 1)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does in its script, closing quotes aside."""
    last = text[-1]
    if last in SENTENCE_END:
        return True
    if last.isalnum():
        return False
    inner = text.rstrip(_CLOSERS)
    if not inner:
        return False
    return (
        inner[-1] in SENTENCE_END
        or inner.endswith(_TYPED_STOP)
        or (inner[-1] == ";" and _GREEK.search(text) is not None)
    )


def is_flat_menu(text: str, units: float) -> bool:
    """Whether a line of so many words is a menu that was flattened into one: longer than a headline, nearly every
    word with a capital, and no mark of a sentence.
    """
    if units < _LEAST_FLAT or not _SENTENCE_MARKS.isdisjoint(text):
        return False
    words = text.split()
    return sum(1 for word in words if word[0].isupper()) >= _MOST_CAPITAL * len(words)


def says_twice(text: str) -> str:
    """The half of a line that says the same words twice, or nothing.

    >>> says_twice("Jane Doe Jane Doe")
    'Jane Doe'
    """
    half = len(text) // 2
    return text[:half] if text[half : half + 1] == " " and text[:half] == text[half + 1 :] else ""


def bars_in(text: str) -> int:
    """How many bars, dots or bullets part a line: a menu, a row, headlines side by side."""
    bars = text.count("|") + text.count("\t")
    return bars if text.isascii() else bars + sum([text.count(mark) for mark in _BARS])


def without_stops(text: str) -> bool:
    """Whether a line ends in a script that marks no sentence ends, so that having none says nothing."""
    return not text.isascii() and _NO_STOPS.search(text, max(0, len(text) - _LAST_WORDS)) is not None


def prose_of(line: Line, units: float) -> float:
    """Weight of a line as running prose: its words outside links, or 0 if it is no prose."""
    if units < SHORTEST_PROSE:
        return 0.0
    text = line.text
    linked = line.link_share
    if linked > _MOST_LINKED:
        return 0.0
    ended = ends_sentence(text)
    if not ended:
        if without_stops(text):
            if units < _LONG_UNSTOPPED:
                return 0.0
        elif units < _LONG_PROSE or not _INNER_STOP.search(text):
            return 0.0
    if bars_in(text) > units / (_WORDS_A_BAR if ended else 2.0 * _WORDS_A_BAR):
        return 0.0
    return units * (1.0 - linked)


def body_of(prose: Sequence[float], rows: Collection[int] = ()) -> tuple[int, int]:
    """Half-open range of the densest run of prose: lines of prose pay, others cost, ``rows`` of a table less."""
    best = 0.0
    where = (0, 0)
    total = 0.0
    start = 0
    for i, weight in enumerate(prose):
        if total <= 0.0:
            total = 0.0
            start = i
        total += weight or (-_ROW_COST if i in rows else -_GAP_COST)
        if total > best:
            best = total
            where = (start, i + 1)
    return where


def dialogs(page: Page) -> list[SignatureHit]:
    """The outermost elements of consent dialogs, by the names that their makers gave them."""
    found: list[SignatureHit] = []
    end = 0
    for hit in page.signatures.get("cookie_notice", ()):
        if hit.box.end > end and hit.what[0] == "." and hit.what[-1] == "…" and hit.box.tag not in _WHOLE:
            end = hit.box.end
            found.append(hit)
    return found


def measure(page: Page) -> None:
    """Fill ``units``, ``prose`` and ``body`` of a page."""
    units = [units_of(line.text) for line in page.lines]
    page.units = units
    page.prose = prose = [prose_of(line, n) for line, n in zip(page.lines, units, strict=True)]
    # Sentences that are furniture in so many words ("We use cookies to …") do not make a body.
    said = {hit.line for hits in page.phrases.values() for hit in hits if hit.specific}
    for hit in dialogs(page):
        said.update(range(hit.box.start, hit.box.end))
    # Nor does what is hidden, unless all is: pages that scripts uncover are saved covered.
    open_prose = [0.0 if i in said or page.lines[i].box.within & _HIDDEN else weight for i, weight in enumerate(prose)]
    page.body = body_of(open_prose if any(open_prose) else prose, rows_of(page))
