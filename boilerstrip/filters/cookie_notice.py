"""Consent banners: what the law wants said, and the buttons below it."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, holds_content
from boilerstrip.measure import dialogs
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature


def _dialogs(page: Page) -> Iterator[Decision]:
    """Consent dialogs, however much of the page's prose they hold: they explain every cookie where a thread is short."""
    for hit in dialogs(page):
        if not holds_content(page, hit.box):
            yield Decision(range(hit.box.start, hit.box.end), Evidence("signature", hit.what))


FILTER = Family(
    name="cookie_notice",
    hint_on=frozenset(),  # no page's content
    summary="cookie and consent banners with their buttons",
    signature=Signature(
        names="cybotcookiebotdialog qc-cmp2-container truste-consent-track iubenda-cs-banner "
        "cookie-law-info-bar cmplz-cookiebanner borlabscookiebox klaro tarteaucitronroot cmpbox fc-consent-root "
        "axeptio_overlay gdpr cc-window cc-banner cookieconsent didomi-host usercentrics-root eu-cookie-law",
        starts="onetrust ot-sdk- optanon didomi- sp_message_container_ cky- osano- cmplz- moove_gdpr cookiefirst "
        "tarteaucitron cmpbox evidon- trustarc",
        words="cookie-notice cookie-banner cookie-consent cookie-bar cookie-law cookie-policy cookie-message "
        "cookie-popup cookie-alert cookies-banner cookies-notice gdpr-banner gdpr-consent gdpr-notice "
        "consent-banner consent-modal consent-manager cookie-disclaimer cookie-info cookie-overlay privacy-banner "
        "cookie-warning cookie-wall accept-cookies cookiebanner cookienotice",
        weak="cookie cookies consent gdpr",
    ),
    max_prose=0.4,
    more=_dialogs,
)
