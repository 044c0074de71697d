"""Sign-up boxes: newsletter, push messages, apps, channels on messengers."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="newsletter",
    hint_on=frozenset(),  # no page's content
    summary="newsletter sign-up, push prompts, app downloads, channels on messengers",
    signature=Signature(
        names="mc_embed_signup mc4wp-form mailpoet_form hs-form om-holder tnp subscription-widget-wrap izooto pushengage",
        starts="mc4wp- mailpoet onesignal- wonderpush pushcrew jetpack_subscription convertkit tnp- klaviyo",
        words="newsletter newsletters newsletter-form newsletter-signup newsletter-box email-signup email-subscribe "
        "signup-form subscribe-form subscribe-box subscribe-widget mailing-list email-alerts app-banner app-download "
        "app-promo smart-banner smartbanner download-app push-notification push-notifications push-prompt "
        "whatsapp-channel telegram-channel google-news mail-signup nl-signup optin opt-in-form subscription-form "
        "email-form whatsapp-promo join-channel google-preferred",
        itemtypes="subscribeaction",
    ),
    max_prose=0.15,
    reach=3,
)
