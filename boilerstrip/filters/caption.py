"""Captions of pictures and credits of photographers."""

from __future__ import annotations

from collections.abc import Iterator

from boilerstrip.filters.family import Family, witness_of
from boilerstrip.lazy import lazy_re
from boilerstrip.page import Decision, Evidence, Page, PhraseHit, Source
from boilerstrip.rules import load
from boilerstrip.rules.compile import first_of
from boilerstrip.rules.match import words_of
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST_CREDIT = 120
_LONGEST_CAPTION = 60.0
_LEAST_CAPTION = 4.0
# A credit begins at one of so many last breaks of the line.
_MOST_BREAKS = 3
_MOST_LINKED = 0.5
_STOPS = ".!?…؟。"
_LONGEST_NAME = 50
_SIGN = lazy_re(r"©|\bCopyright\b")
_DIGIT = lazy_re(r"[0-9]")
_SENTENCE = lazy_re(r"[.!?…؟。][\"'»”’)]*(?:\s+|(?=[^\W\d_]+/))")
# "… comes to land. /Jane Doe", "… last week. | JANE DOE": a bar behind a sentence.
_BARRED = lazy_re(r"[.!?…؟。][\"'»”’)]*\s*[/|]\s*(?=\S)")
_LONGEST_BARRED = 5
_LEAST_SHOUTED = 2
_MOST_SHOUTED = 10
# "Jane Doe/AP": no more words on either side.
_MOST_SIDE = 4
_LONGEST_BRACKETED = 8.0
_HEAD_REACH = 12
_OPENING, _CLOSING = "([【〈<（［", ")]】〉>）］"
_OPENS_ALONE = f"©{_OPENING}"
_PARTS = lazy_re(r"\s*[/|,]\s*|\s+[-–—]\s+|[()]")
# The last bracket of a line, or what stands behind an equals sign.
_LAST = lazy_re(r"(?:[(\[【]([^()\[\]【】]{2,40})[)\]】]|=([^=]{2,40}))$")
# Where a credit may begin: behind a sentence or an opening bracket.
_BREAK = lazy_re(r"[.!?…؟。][\"'»”’)]*\s+|\s[(\[]|[（【〔]|\s[|/–—-]\s")


def _credits(page: Page) -> Iterator[Decision]:
    """A credit that opens a short line, or that ends a line which is no paragraph."""
    for hit in FILTER.hits(page):
        line = page.lines[hit.line]
        if hit.how == "contains":
            if page.units[hit.line] <= _LONGEST_CAPTION and _near_end(line.text, hit.phrase):
                yield Decision([hit.line], hit.evidence)


def _trailing(page: Page) -> Iterator[Decision]:
    """A line that ends in a credit: «A barge at work. Photo: Jane Doe», «… (Photo by Jane Doe/AP)»."""
    for i, (line, units) in enumerate(zip(page.lines, page.units, strict=True)):
        text = line.text
        done = units < _LEAST_CAPTION or text[-1] in _STOPS
        may_be_alone = "/" in text or text[0] in _OPENS_ALONE
        if units > _LONGEST_CAPTION or line.link_share > _MOST_LINKED:
            continue
        if done and not may_be_alone and text.isascii():
            continue
        if may_be_alone and _alone(page, i):
            yield Decision([i], Evidence("shape", "who took the picture, and nothing else"))
            continue
        if _names_taker(page.norms[i]):
            yield Decision([i], Evidence("shape", "ends in who took the picture, and that it was taken"))
            continue
        if done:
            continue
        said = _behind_sentence(text)
        if (
            _signed(text)
            or (said and (_by_agency(said) or (page.zone(i) != "tail" and _shouted(text, said))))
            or (page.zone(i) != "tail" and _barred(text))
        ):
            yield Decision([i], Evidence("shape", "ends in who took the picture"))
            continue
        breaks = [m.end() for m in _BREAK.finditer(text)]
        if ":" in text:
            # "The bridge in May Photo: Jane Doe": the markup's break is lost.
            at = text.rindex(":")
            breaks += [at - len(word) for word in text[:at].split(" ")[-1:]]
        # "Fot. Jan Kowalski": the stop of an abbreviation looks like the end of a sentence.
        for at in breaks[-_MOST_BREAKS:]:
            hit = _credit_at(page, i, at)
            if hit is not None:
                yield Decision([i], hit.evidence)
                break


def _credit_at(page: Page, i: int, at: int) -> PhraseHit | None:
    """The phrase of a credit with which a line goes on from a place to its end."""
    text = page.lines[i].text
    if len(text) - at > _LONGEST_CREDIT:
        return None
    tail = normalise(text[at:])
    first = first_of(key_of(tail))
    firsts = load().firsts_of("caption")
    # Most breaks are no place where a credit begins; signs without spaces may be filed under the first alone.
    if first not in firsts and first[:1] not in firsts and not first.isdigit():
        return None
    return next((h for h in load().said_in(i, tail).get("caption", ()) if _is_credit(h, tail)), None)


def _alone(page: Page, i: int) -> bool:
    """«Jane Doe/AP», «Agency / Jane Doe», «© Jane Doe», and in brackets «(photo Jane Doe)», «[사진=연합뉴스]»."""
    text = page.lines[i].text
    if text[0] == "©":
        # With a year, or at the foot of the page, it is the site's.
        named = page.units[i] <= _LONGEST_BRACKETED and _DIGIT.search(text) is None
        return named and text[-1] not in _STOPS and page.zone(i) != "tail"
    if "/" in text:
        parts = text.split("/")
        if len(parts) > _MOST_BREAKS or page.units[i] > _LONGEST_BRACKETED or any(c.isdigit() for c in text):
            return False
        sites = [key_of(normalise(name)) for name in page.site_names]
        names = load().agencies.union(sites)
        # "Estuary Courier" is what estuarycourier.example calls itself.
        hosts = {site.partition(".")[0] for site in sites if "." in site}
        keys = [key_of(normalise(part)) for part in parts]
        # A name alone: no place and no agency beside agency, which sign articles too.
        ours = [key in names or key.replace(" ", "") in hosts for key in keys]
        return any(ours) and any(
            not our and 1 < len(part.split()) <= _MOST_SIDE and all(not w[0].islower() for w in part.split()[:1])
            for our, part in zip(ours, parts, strict=True)
        )
    if text[0] in _OPENING and text[-1] in _CLOSING and page.units[i] <= _LONGEST_BRACKETED:
        words = words_of(page.keys[i])
        labels = load().labels
        return len(words) > 1 and (words[0] in labels or words[-1] in labels)
    return False


def _names_taker(norm: str) -> bool:
    """«渡船駛離碼頭。（記者林書宇攝）», «橋の下=20日、山中健太撮影»: in some scripts the word stands behind the name."""
    last = _LAST.search(norm) if norm and not norm.isascii() else None
    return last is not None and (last[1] or last[2]).endswith(load().credits)


def _above_credits(page: Page) -> Iterator[Decision]:
    """In flattened text: the line between the buttons above the article and a credit alone is the picture's."""
    first = page.body[0]
    for i in range(max(2, first - _HEAD_REACH), min(first + 2, len(page.lines))):
        above = page.lines[i - 2]
        if not _LEAST_CAPTION <= page.units[i - 1] <= _LONGEST_CAPTION or page.units[i - 2] > _LEAST_CAPTION:
            continue
        if above.text == page.title or not (i - 2 in page.stamps or i - 2 in page.known_at):
            continue
        if _alone(page, i) or any(
            hit.line == i and hit.how == "start" and hit.phrase[-1] == ":" for hit in FILTER.hits(page)
        ):
            yield Decision([i - 1], Evidence("neighbour", "above a credit alone", i))


def _behind_sentence(text: str) -> str:
    """What stands behind the last sentence of a line, if that is short enough to be a credit."""
    end = len(text)
    for match in _SENTENCE.finditer(text):
        end = match.end()
    return text[end:] if len(text) - end <= _LONGEST_CREDIT // 2 else ""


def _shouted(text: str, tail: str) -> bool:
    """«A shipwright at work in May. JANE DOE FOR “THE ESTUARY”»: a name in capitals behind a sentence."""
    return tail.isupper() and _LEAST_SHOUTED <= len(tail.split()) <= _MOST_SHOUTED and not text.isupper()


def _barred(text: str) -> bool:
    """«… comes to land. /Jane Doe»: a short name behind a sentence and a bar."""
    tail = None
    for match in _BARRED.finditer(text) if "/" in text or "|" in text else ():
        tail = text[match.end() :]
    return (
        tail is not None
        and 0 < len(tail.split()) <= _LONGEST_BARRED
        and len(tail) <= _LONGEST_NAME
        and _DIGIT.search(tail) is None
        and not tail[0].islower()
    )


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


def _by_agency(tail: str) -> bool:
    """«The coach looks on. IMAGO/Jane Doe»: behind a sentence, an agency and maybe a name."""
    if len(tail) > _LONGEST_NAME:
        return False
    agencies = load().agencies
    return any(key_of(part) in agencies for part in _PARTS.split(normalise(tail)))


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
    if page.source is Source.TEXT:
        yield from _above_credits(page)


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
