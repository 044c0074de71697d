"""Tools of the page: print, text size, listen, reading time, views, players, gallery counters."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.signature import Signature

# "0:00 / 5:12" of a player, "3 / 12" of a gallery; half a page's width is not written so.
_COUNTERS = lazy_re(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s?/\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,3}\s?/\s?[0-9]{1,3}"
)
_LONGEST_COUNTER = 20
# How far from the beginning of the body, in lines, such notes stand; how long they, their points and the summary are.
_NOTE_REACH = 14
_LONGEST_NOTE = 30.0
_LONGEST_POINT = 45.0
_LONGEST_SUMMARY = 9


def _summaries(page: Page) -> Iterator[Decision]:
    """A note that a machine has written the summary, and the summary: between its header and the note, or the note
    and the button that opens the rest of it.
    """
    notes = load().summaries
    start = page.body[0]
    known = {hit.line for hit in page.phrases.get("page_tools", ()) if hit.how in ("whole", "weak")}
    for i in range(max(0, start - _NOTE_REACH), min(start + _NOTE_REACH, len(page.lines))):
        if not page.keys[i].startswith(notes) or page.units[i] > _LONGEST_NOTE:
            continue
        note = [i] if not page.prose[i] else []
        for step in (-1, 1):
            edge = next((j for j in range(i + step, i + step * _LONGEST_SUMMARY, step) if j in known), None)
            lines = range(min(i, edge) + 1, max(i, edge)) if edge is not None else range(0)
            if lines and all(page.units[j] <= _LONGEST_POINT for j in lines):
                yield Decision(lines, Evidence("neighbour", "the summary that a machine has written", i))
                note = [i]
                break
        if note:
            yield Decision(note, Evidence("phrase", f"written by a machine “{page.lines[i].text}”"))


def _more(page: Page) -> Iterator[Decision]:
    yield from _counters(page)
    yield from _counts(page)
    yield from _summaries(page)


def _counts(page: Page) -> Iterator[Decision]:
    """In HTML, above the body of an article: a number alone, of views, comments or shares."""
    if page.kind == "article" and page.source is Source.HTML:
        for i in range(max(0, page.body[0] - _NOTE_REACH), page.body[0]):
            if page.keys[i] in ("0", "0 0") and i not in page.stamps and page.lines[i].tag not in ("tr", "td"):
                yield Decision([i], Evidence("shape", "a number alone above the body"))


def _counters(page: Page) -> Iterator[Decision]:
    for i in page.saying("/"):
        norm = page.norms[i]
        if len(norm) <= _LONGEST_COUNTER and page.lines[i].tag != "tr" and _COUNTERS.fullmatch(norm):
            yield Decision([i], Evidence("shape", "position / length"))


FILTER = Family(
    name="page_tools",
    summary="print, text size, save, audio and video players, reading time, view counts",
    signature=Signature(
        names="jw-player beyondwords-player instaread-player speechify-ignore jwplayer video-js vjs-player gallery-count "
        "bsf-rt-reading-time elementor-counter",
        starts="vjs- trinity- beyondwords remixd plyr__ trinityaudio",
        words="reading-time read-time readtime reading-duration post-views meta-views info-statistic view-count views-count font-resize "
        "print-link print-button print-article copy-link bookmark article-tools page-tools post-tools article-actions "
        "article-toolbar text-resize audio-player listen-article listen-to video-player player-controls "
        "player-container gallery-counter slide-count save-article article-audio gallery-nav tts-player "
        "poll-box poll-widget reader-poll opinion-poll wp-polls",
        weak="player bookmark-button",
    ),
    max_prose=0.05,
    lone=True,
    more=_more,
)
