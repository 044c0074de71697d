"""Terms, disclaimers, reuse notices, imprints and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# Parts that only addresses, mastheads and registers have: an e-mail, a telephone number.
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:\+|00)\d[\d\s()/.-]{6,}\d")
_LONGEST = 160


def _contacts(page: Page) -> Iterator[Decision]:
    """Short lines after the body that hold an e-mail address or an international number."""
    end = page.body[1]
    for line in page.lines[end:]:
        text = line.text
        if len(text) > _LONGEST or not ("@" in text or "+" in text or "00" in text):
            continue
        if not page.prose[line.index] and _CONTACT.search(text):
            yield Decision([line.index], Evidence("shape", "contact data after the body"))


FILTER = Family(
    name="legal_notice",
    summary="terms, disclaimers, reuse notices, imprint and address blocks",
    signature=Signature(
        names="disclaimer terms imprint impressum legal footer-legal",
        words="legal-notice legal-links legal-info footer-legal footer-address terms-links privacy-links "
        "privacy-policy terms-of-use footer-contact company-info article-disclaimer disclaimer "
        "republish reprint-info legal-text reuse-note imprint footer-about mentions-legales aviso-legal",
        tags="address",
    ),
    max_prose=0.1,
    zones=frozenset(["head", "tail"]),
    reach=5,
    longest=14.0,
    more=_contacts,
)
