"""Offers and walls: subscribe to go on, support us, switch off the ad blocker."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="paywall",
    summary="subscription offers, registration walls, appeals for support, ad-block notices",
    signature=Signature(
        names="barrier-page poool-widget swg-dialog tp-modal tp-backdrop mod-paywall ad-block-notice",
        starts="tp-container leaky_paywall pelcro piano- poool zephr",
        words="paywall pay-wall regwall reg-wall subscription-banner subscription-offer subscribe-banner subscribe-now "
        "subscription-box abo-box abo-teaser abo-hint offer-box donate donation donation-box support-us support-banner "
        "contribution-banner plea house-ad premium-offer barrier-box adblock adblocker ad-blocker adblock-message "
        "enable-javascript no-js no-js-message metered-wall meter-banner subscriber-offer membership-banner",
    ),
    max_prose=0.25,
)
