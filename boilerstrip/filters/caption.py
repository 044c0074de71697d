"""Captions of pictures and credits of photographers."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, witness_of
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, PhraseHit
from boilerstrip.rules import load
from boilerstrip.rules.match import words_of
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST_CREDIT = 120
_LONGEST_CAPTION = 60.0
_LEAST_CAPTION = 4.0
# A credit begins at one of so many last breaks of the line.
_MOST_BREAKS = 3
_STOPS = ".!?…؟。"
_LONGEST_NAME = 50
_SIGN = lazy_re(r"©|\bCopyright\b")
_DIGIT = lazy_re(r"[0-9]")
_SENTENCE = lazy_re(r"[.!?…؟。][\"'»”’)]*\s+")
_PARTS = lazy_re(r"\s*[/|,]\s*|\s+[-–—]\s+|[()]")
# Where a credit may begin: behind a sentence or an opening bracket.
_BREAK = lazy_re(r"[.!?…؟。][\"'»”’)]*\s+|\s[(\[]|\s[|/–—-]\s")


def _credits(page: Page) -> Iterator[Decision]:
    """A credit that opens a short line, or that ends a line which is no paragraph."""
    for hit in FILTER.hits(page):
        line = page.lines[hit.line]
        if hit.how == "contains":
            if page.units[hit.line] <= _LONGEST_CAPTION and _near_end(line.text, hit.phrase):
                yield Decision([hit.line], hit.evidence)


def _trailing(page: Page) -> Iterator[Decision]:
    """A line that ends in a credit: «A barge at work. Photo: Jane Doe», «… (Photo by Jane Doe/AP)»."""
    find = load().phrases_in
    for line in page.lines:
        i = line.index
        if not _LEAST_CAPTION <= page.units[i] <= _LONGEST_CAPTION or line.link_share > 0.5:
            continue
        if line.text[-1] in _STOPS:
            continue
        breaks = [m.end() for m in _BREAK.finditer(line.text)]
        if _signed(line.text) or (breaks and _by_agency(line.text)):
            yield Decision([i], Evidence("shape", "ends in who took the picture"))
            continue
        # "Fot. Jan Kowalski": the stop of an abbreviation looks like the end of a sentence.
        for at in breaks[-_MOST_BREAKS:]:
            if len(line.text) - at > _LONGEST_CREDIT:
                continue
            found: dict[str, list[PhraseHit]] = {}
            tail = normalise(line.text[at:])
            key = key_of(tail)
            find(i, key, words_of(key), found)
            hit = next((h for h in found.get("caption", ()) if _is_credit(h, tail)), None)
            if hit is not None:
                yield Decision([i], hit.evidence)
                break


def _signed(text: str) -> bool:
    """«The old bridge in May © Jane Doe/AP»: a © and a name behind a description; a copyright line has a year."""
    if "©" not in text and "Copyright" not in text:
        return False
    signs = list(_SIGN.finditer(text))
    if not signs:
        return False
    before, name = text[: signs[-1].start()], text[signs[-1].end() :].strip(" )]")
    if not 0 < len(name) <= _LONGEST_NAME or _DIGIT.search(name):
        return False
    return before.count(" ") >= _LEAST_CAPTION and (before[-1:].isspace() or before[-1:] in "([.|")


def _by_agency(text: str) -> bool:
    """«The coach looks on. IMAGO/Jane Doe»: behind a sentence, an agency and maybe a name."""
    breaks = [m.end() for m in _SENTENCE.finditer(text)]
    if not breaks or len(text) - breaks[-1] > _LONGEST_NAME:
        return False
    agencies = load().agencies
    return any(key_of(part) in agencies for part in _PARTS.split(normalise(text[breaks[-1] :])))


def _is_credit(hit: PhraseHit, tail: str) -> bool:
    return hit.how in ("whole", "weak") or (hit.how == "start" and (hit.phrase[-1] != ":" or ":" in tail))


def _near_end(text: str, phrase: str) -> bool:
    """Whether the phrase stands in the last part of the line: a name is all that follows it."""
    at = text.casefold().rfind(phrase.casefold())
    return at >= 0 and len(text) - at - len(phrase) <= _LONGEST_CREDIT // 2


def _figures(page: Page) -> Iterator[Decision]:
    """Loose text in a <figure> is a caption; a quotation or a table in one is not."""
    for box in page.by_tag.get("figure", ()):
        if box.end > box.start and box.end - box.start <= 4:
            inside = [
                i
                for i in range(box.start, box.end)
                if page.lines[i].tag not in ("blockquote", "p", "td", "tr", "li", "pre")
            ]
            quoted = any(page.lines[i].box.within & (256 | 1024 | 4096) for i in range(box.start, box.end))
            if inside and not quoted:
                yield Decision(inside, Evidence("signature", "text of a <figure>"))


def _more(page: Page) -> Iterator[Decision]:
    yield from _credits(page)
    yield from _trailing(page)
    yield from _figures(page)


class _Caption(Family):
    """The family with a gate of its own: a credit is short, or it is the end of a caption."""

    __slots__ = ()

    def phrases(self, page: Page) -> Iterator[Decision]:
        for hit in self.hits(page):
            text = page.lines[hit.line].text
            if hit.how == "weak":
                witness = witness_of(page, hit, page.phrases[self.name])
                if witness is not None:
                    yield Decision([hit.line], hit.evidence.beside(witness if witness != hit.line else None))
            elif hit.how == "whole" or (
                hit.how == "start" and len(text) <= _LONGEST_CREDIT and not page.prose[hit.line]
            ):
                yield Decision([hit.line], hit.evidence)


FILTER = _Caption(
    name="caption",
    summary="figure captions and photo credits",
    signature=Signature(
        names="caption wp-caption-text image-credit gallery-caption photo-credit bildunterschrift imgcaption",
        words="image-caption photo-caption img-caption figure-caption wp-caption-text media-caption picture-caption caption-text "
        "image-credit photo-credit image-credits photo-credits media-credit image-copyright image-source caption-credit media-copyright photo-copyright media-description "
        "photo-source image-description image-legend photo-legend bildunterschrift bildnachweis img-credit pie-foto "
        "caption-container video-caption thumb-caption image-info featured-caption article-caption legende",
        weak="caption",
        tags="figcaption",
        itemprops="caption creditText",
    ),
    max_prose=0.2,
    in_menus=False,
    more=_more,
)
