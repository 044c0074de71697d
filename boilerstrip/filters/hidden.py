"""Elements that readers do not see: ``hidden``, ``display:none``, text for screen readers."""

from boilerstrip.filters.family import Family
from boilerstrip.signature import Signature

FILTER = Family(
    name="hidden",
    summary="elements hidden from readers: hidden attribute, display:none, screen-reader text",
    # The walk itself notes the hidden attribute, aria-hidden and inline styles.
    signature=Signature(
        names="sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text screen-reader-only "
        "element-invisible assistive-text u-hidden is-hidden d-none a11y-hidden vh off-screen offscreen",
    ),
    max_prose=0.3,
)
