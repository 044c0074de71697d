"""Advertisements: labels, slots and the sponsored lists below articles."""

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.filters.following import below_header
from boilerstrip.page import HEADINGS, Decision, Page
from boilerstrip.signature import Signature

# A header of sponsored links is longer than a label.
_LEAST_HEADER = 2.0


def _labels(page: Page) -> Iterator[Decision]:
    """A label needs no witness: it is a line of one word, and no heading. A header takes its links along."""
    for hit in FILTER.hits(page):
        if hit.how == "weak" and page.lines[hit.line].tag not in HEADINGS:
            yield Decision([hit.line], hit.evidence)
        elif hit.how == "whole" and page.zone(hit.line) == "tail" and page.units[hit.line] >= _LEAST_HEADER:
            yield from below_header(page, hit.line, "ads")


class _Ads(Family):
    """The family with a gate of its own: only below the body does what stands between labels belong to them."""

    __slots__ = ()

    def between(self, page: Page) -> Iterator[Decision]:
        for decision in Family.between(self, page):
            if all(page.zone(i) == "tail" for i in decision.lines):
                yield decision


FILTER = _Ads(
    name="ads",
    hint_on=frozenset(),  # no page's content
    summary="advertisement labels and slots, sponsored link lists",
    signature=Signature(
        names="ad ads advert adverts advertisement advertising adsbygoogle ad-wrapper dfpad ad-shell-label adslot ad-unit adbox "
        "outbrain ob-widget rc-widget mgbox dable_placeholder zergnet strossle plista ligatus adnow lentainform smi2 "
        "infolinks nativo engageya werbung anzeige publicidad publicite reklam pub sponsored",
        starts="div-gpt-ad google_ads taboola trc_ outbrain ob-smartfeed scriptroot mgid dfp- adslot ad-slot ad_slot "
        "ad-container adngin- revcontent",
        words="ad-slot ad-label ad-container ad-wrapper ad-unit ad-box ad-block ad-banner ad-placement ad-holder ad-zone "
        "ad-area ad-space ad-continue ad-notice ad-hint ad-text ad-content ad-row ad-inner banner-ad sponsored-content sponsored-links sponsored-posts "
        "promoted-content promoted-links native-ad google-ad advertisement advertorial-label partner-links "
        "inline-ad wordads google-ads adsense adsbox top-ad sidebar-ad",
        tags="amp-ad",
        itemtypes="wpadblock",
    ),
    max_prose=0.1,
    reach=6,
    longest=30.0,
    in_menus=False,
    more=_labels,
)
