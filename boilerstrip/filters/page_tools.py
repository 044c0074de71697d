"""Tools of the page: print, text size, listen, reading time, views, players, gallery counters."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="page_tools",
    summary="print, text size, save, audio and video players, reading time, view counts",
    signature=Signature(
        names="beyondwords-player instaread-player speechify-ignore jwplayer video-js vjs-player gallery-count "
        "bsf-rt-reading-time elementor-counter",
        starts="vjs- jw- trinity- beyondwords remixd plyr__ trinityaudio",
        words="reading-time read-time readtime reading-duration post-views view-count views-count font-size text-size font-resize "
        "print-link print-button print-article copy-link bookmark article-tools page-tools post-tools article-actions "
        "article-toolbar toolbar text-resize audio-player listen-article listen-to video-player player-controls "
        "player-container gallery-counter slide-count save-article article-audio gallery-nav tts-player",
        weak="player bookmark-button print toolbar slideshow",
    ),
    max_prose=0.05,
)
