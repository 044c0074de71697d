"""Terms, disclaimers, reuse notices, imprints and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import ends_sentence
from boilerstrip.page import Decision, Evidence, Page
from boilerstrip.signature import Signature

# Parts that only addresses, mastheads and registers have: an e-mail, a telephone number.
_CONTACT = lazy_re(r"[\w.+-]+@[\w-]+\.[\w.]+|(?:\+|00)\d[\d\s()/.-]{6,}\d")
_LONGEST = 160
_PARTS = lazy_re(r"(?:(?<!\s)\s++)?[-–_|،,·]\s*+")
_BELOW_COPYRIGHT = 8
_LEAST_PARTS = 3
_LEAST_ADDRESS = 5.0
_LONGEST_PART = 4


def _contacts(page: Page) -> Iterator[Decision]:
    """Short lines after the body that hold an e-mail address or an international number."""
    end = page.body[1]
    for i in page.holding("@", "+", "00"):
        if i >= end and not page.prose[i] and len(page.lines[i].text) <= _LONGEST:
            if _CONTACT.search(page.lines[i].text):
                yield Decision([i], Evidence("shape", "contact data after the body"))


def _addresses(page: Page) -> Iterator[Decision]:
    """Short parts between dashes or commas right below the last copyright line: building, street, town."""
    signed = [hit.line for hit in page.phrases.get("copyright_footer", ()) if page.zone(hit.line) == "tail"]
    if not signed:
        return
    for i in range(signed[-1] + 1, min(len(page.lines), signed[-1] + 1 + _BELOW_COPYRIGHT)):
        parts = [part.split() for part in _PARTS.split(page.lines[i].text)]
        if len(parts) < _LEAST_PARTS or page.units[i] < _LEAST_ADDRESS or ends_sentence(page.lines[i].text):
            continue
        if all(len(words) <= _LONGEST_PART for words in parts):
            yield Decision([i], Evidence("neighbour", "parts of an address below the copyright line", signed[-1]))


def _more(page: Page) -> Iterator[Decision]:
    yield from _contacts(page)
    yield from _addresses(page)


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
    more=_more,
)
