"""What stands for the lost markup in flattened text: runs of prose, what families took nearby, words in common.

The body of an article is the heaviest run of prose on the page; a second article, teasers and notes
stand apart from it, and share few words with it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

from boilerstrip.lazy import lazy_re
from boilerstrip.measure import UNSPACED
from boilerstrip.page import Page
from boilerstrip.scorecard.steps import DISTANCE_STEPS, FARTHEST, share_step, size_step

LINE_FEATURES: tuple[str, ...] = (
    "run",  # weight of the run of prose around the line, as a share of the heaviest run's
    "run_words",  # the same in words
    "core_way",  # before, inside or after the heaviest run, and how far
    "core_taken",  # lines that families took on the way there
    "core_prose",  # lines of prose on the way there
    "last_family",  # which group of families took a line last before it
    "last_taken",  # ... and how many lines ago
    "next_family",  # which takes one next
    "next_taken",  # ... and in how many lines
    "shared",  # share of its longer words that stand elsewhere in the heaviest run
    "shared_usual",  # the same, measured by what is usual in that run
    "shared_words",  # how many they are
    "titled",  # share of its longer words that are the headline's
    "again",  # how many lines begin with the same words
    "mark",  # what tells notes and teasers: cut off, a bar, a sign of rights, an address, brackets …
    "phrase",  # a phrase that no family dared to act on: none, a common word, a short one, a long one
    "phrase_share",  # how much of the line it is
    "phrases_near",  # lines with phrases among the four next to it
    "says",  # what its words speak for
    "says_mean",  # ... a word
)
PAGE_FEATURES: tuple[str, ...] = (
    "runs",  # how many runs of prose there are
    "core_share",  # share of the page's prose in the heaviest
    "usual_prose",  # words of the middle one of all lines of prose
    "short_lines",  # share of lines of fewer than four words
)
_GROUPS = {
    "hidden": 1, "nav_menu": 2, "breadcrumb": 2, "site_name": 3, "search_box": 3, "login_account": 3,
    "repeated_title": 4, "update_stamp": 5, "byline": 6, "caption": 7, "ads": 7, "read_also": 8, "most_read": 9,
    "ticker": 9, "tags": 10, "author_bio": 10, "share_bar": 11, "page_tools": 11, "cookie_notice": 12,
    "newsletter": 12, "paywall": 12, "comments": 13, "comment_form": 14, "copyright_footer": 15, "legal_notice": 15,
}  # fmt: skip
_WORD = lazy_re(r"[^\W\d_]{2,}")
_LONG = 5
# Scripts without spaces: two signs stand for a word.
_PAIR = lazy_re("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{2}")
_MOST_APART = 2
_SHORT = 4.0
_BEGINNING = 30
# A line of fewer longer words, or a run of fewer lines, tells nothing of what is shared.
_LEAST_WORDS = 3
_LEAST_LINES = 5
_UNKNOWN = 9
# A phrase of so many characters is not said by chance.
_TELLING = 18
_CUT = ("...", "…", "[…]")


def words_in(text: str) -> set[str]:
    """The words of a line, lower case."""
    return set(_WORD.findall(text.lower()))


def longer_of(text: str, words: Collection[str]) -> set[str]:
    """Those of a line's words that are long enough to be about something; pairs of signs where words are not spaced."""
    if text.isascii() or not UNSPACED.search(text):
        return {word for word in words if len(word) >= _LONG}
    longer = {word for word in words if len(word) >= _LONG and not UNSPACED.search(word)}
    longer.update(_PAIR.findall(text))
    longer.update(_PAIR.findall(text, 1))
    return longer


class Flat:
    """The features of one page of flattened text; ``points`` are what each word speaks for."""

    def __init__(self, page: Page, points: Mapping[str, float]) -> None:
        self.page = page
        self._points = points
        size = len(page.lines)
        prose = [0.0 if taken else weight for weight, taken in zip(page.prose, page.taken, strict=True)]
        runs, self._run_of = _runs(prose)
        heaviest = max(runs, key=_weight_of, default=(0, 0, 0.0))
        self._runs = [(share_step(run[2], heaviest[2]) + 1, size_step(run[2])) for run in runs]
        self._core = heaviest
        self._taken = list(accumulate(page.taken, initial=0))
        self._prose = list(accumulate([1 if weight else 0 for weight in prose], initial=0))
        self._last = _nearest(page, range(size))
        self._next = _nearest(page, range(size - 1, -1, -1))
        self._words: dict[int, set[str]] = {}
        self._longer: dict[int, set[str]] = {}
        self._in_core: dict[str, int] = {}
        self._usual = self._read_core(prose)
        self._title = longer_of(page.title, words_in(page.title)) if page.title else set()
        self._begun: dict[str, int] = {}
        for line in page.lines:
            if len(line.text) >= _BEGINNING:
                begins = line.text[:_BEGINNING]
                self._begun[begins] = self._begun.get(begins, 0) + 1
        self._phrases = _phrases(page)
        weights = sorted(weight for weight in prose if weight)
        self.page_values = (
            size_step(len(runs)),
            share_step(heaviest[2], sum(weights)),
            size_step(weights[len(weights) // 2]) if weights else 0,
            share_step(sum([1 for n in page.units if n < _SHORT]), size),
        )

    def _look(self, i: int) -> set[str]:
        """Reads the words of a line; gives the longer ones."""
        longer = self._longer.get(i)
        if longer is None:
            text = self.page.lines[i].text
            self._words[i] = words = words_in(text)
            self._longer[i] = longer = longer_of(text, words)
        return longer

    def _read_core(self, prose: Sequence[float]) -> float:
        """Counts the longer words of the heaviest run; gives what share of a line's is usual in other lines of it."""
        start, end, _ = self._core
        counts = self._in_core
        inside = [i for i in range(start, end) if prose[i]]
        for i in inside:
            for word in self._look(i):
                counts[word] = counts.get(word, 0) + 1
        shares = []
        for i in inside:
            longer = self._longer[i]
            if len(longer) >= _LEAST_WORDS:
                shares.append(sum([1 for word in longer if counts[word] > 1]) / len(longer))
        return sum(shares) / len(shares) if len(shares) >= _LEAST_LINES else 0.0

    def values(self, i: int) -> tuple[int, ...]:
        """The numbers of ``LINE_FEATURES`` for line ``i``."""
        start, end, _ = self._core
        run = self._run_of[i]
        if start == end:
            way, taken, between = FARTHEST, FARTHEST, FARTHEST
        elif i < start:
            way = 8 - size_step(start - i, 8)
            taken = size_step(self._taken[start] - self._taken[i])
            between = size_step(self._prose[start] - self._prose[i])
        elif i < end:
            way, taken, between = 8, 0, 0
        else:
            way = 8 + size_step(i - end + 1, 8)
            taken = size_step(self._taken[i] - self._taken[end])
            between = size_step(self._prose[i] - self._prose[end])
        longer = self._look(i)
        shared = usual = many = titled = _UNKNOWN
        if len(longer) >= _LEAST_WORDS and self._usual:
            own = 1 if start <= i < end and self.page.prose[i] else 0
            counts = self._in_core
            hits = sum([1 for word in longer if counts.get(word, 0) > own])
            shared = share_step(hits, len(longer))
            usual = min(16, int(8 * hits / len(longer) / self._usual + 0.5))
            many = min(8, hits)
            titled = share_step(len(longer & self._title), len(longer))
        text = self.page.lines[i].text
        return (
            *(self._runs[run] if run >= 0 else (0, 0)),
            way,
            taken,
            between,
            *self._last[i],
            *self._next[i],
            shared,
            usual,
            many,
            titled,
            min(3, self._begun[text[:_BEGINNING]]) if len(text) >= _BEGINNING else 0,
            _mark(text),
            *self._phrases.get(i, (0, 0)),
            sum([1 for j in range(i - 2, i + 3) if j != i and j in self._phrases]),
            *says_steps(self._words[i], self._points),
        )


def _phrases(page: Page) -> dict[int, tuple[int, int]]:
    """Per line with phrases, how telling the most telling one is, and what share of the line it is."""
    found: dict[int, tuple[int, int]] = {}
    lines = page.lines
    for hits in page.phrases.values():
        for hit in hits:
            if hit.how == "opener":
                continue
            size = len(hit.phrase)
            telling = 1 if hit.how == "weak" else 2 if size < _TELLING else 3
            said = telling, share_step(size, len(lines[hit.line].text))
            if said > found.get(hit.line, (0, 0)):
                found[hit.line] = said
    return found


def _mark(text: str) -> int:
    if text.endswith(_CUT):
        return 8
    if "|" in text:
        return 7
    if "©" in text:
        return 6
    if "@" in text or "http" in text or "www." in text:
        return 5
    if "→" in text or ("»" in text and "«" not in text):
        return 4
    if text[0] in "([" and text[-1] in ")]":
        return 3
    if "#" in text:
        return 2
    return 1 if "(" in text else 0


def says_steps(words: Collection[str], points: Mapping[str, float]) -> tuple[int, int]:
    """What words speak for, all together and on average: 0 to 16, with 8 for nothing."""
    if not points or not words:
        return 8, 8
    total = 0.0
    for word in words:
        if word in points:
            total += points[word]
    return max(0, min(16, int(total + 8.5))), max(0, min(16, int(8.0 * total / len(words) + 8.5)))


def _weight_of(run: tuple[int, int, float]) -> float:
    return run[2]


def _runs(prose: Sequence[float]) -> tuple[list[tuple[int, int, float]], list[int]]:
    """The runs of prose (start, end, weight), small gaps within; and per line the run it stands in, -1 for none."""
    runs: list[tuple[int, int, float]] = []
    for i, weight in enumerate(prose):
        if weight:
            if runs and i - runs[-1][1] <= _MOST_APART:
                runs[-1] = runs[-1][0], i + 1, runs[-1][2] + weight
            else:
                runs.append((i, i + 1, weight))
    run_of = [-1] * len(prose)
    for number, (start, end, _) in enumerate(runs):
        run_of[start:end] = [number] * (end - start)
    return runs, run_of


def _nearest(page: Page, order: range) -> list[tuple[int, int]]:
    """Per line, the group of the family that took a line last in ``order``, and how many lines ago (16: none did)."""
    nearest = [(0, FARTHEST)] * len(page.lines)
    group = 0
    distance = -1
    for i in order:
        if distance >= 0:
            nearest[i] = group, DISTANCE_STEPS[distance] if distance < len(DISTANCE_STEPS) else FARTHEST
            distance += 1
        claim = page.claims[i]
        if claim is not None:
            group = _GROUPS.get(claim.filter, 0)
            distance = 1
    return nearest
