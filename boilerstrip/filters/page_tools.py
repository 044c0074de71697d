"""Tools of the page: print, text size, listen, reading time, views, players, gallery counters."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# "0:00 / 5:12" of a player, "3 / 12" of a gallery; half a page's width is not written so.
_COUNTERS = lazy_re(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s?/\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{1,3}\s?/\s?[0-9]{1,3}"
)
_LONGEST_COUNTER = 20


def _counters(page: Page) -> Iterator[Decision]:
    for i, norm in enumerate(page.norms):
        if "/" in norm and len(norm) <= _LONGEST_COUNTER and page.lines[i].tag != "tr" and _COUNTERS.fullmatch(norm):
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
    more=_counters,
)
