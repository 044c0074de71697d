"""Who wrote it and where it comes from: byline, dateline, agency and editor credit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from boilerstrip.filters.family import Family
from boilerstrip.lazy import lazy_re
from boilerstrip.measure import SENTENCE_END, UNSPACED, ends_sentence, says_twice, units_of
from boilerstrip.page import HEADINGS, Decision, Evidence, Page, Source
from boilerstrip.rules import load
from boilerstrip.rules.match import words_of
from boilerstrip.rules.normalise import key_of, normalise
from boilerstrip.signature import Signature

_LONGEST = 120
# "By" and a name: at most so many words, each written as a name is.
_MOST_NAME_WORDS = 10
_DATELINE_UNITS = 7.0
_HEAD_REACH = 14
_MOST_LONE_NAMES = 4.0
# A name has a first and a last part.
_LEAST_NAME = 2
_MOST_BESIDE = 3
_HEADLINE_REACH = 24
_LONGEST_BESIDE = 4.0
_ROWS = frozenset(["li", "dd"])
_EMAIL = lazy_re(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# "By Jane Doe (Port Louvel, special correspondent)": what stands in the brackets is no name.
_REMARK = lazy_re(r" \([^()]{1,60}\)$")
# "PORT LOUVEL —": a dash that a place alone stands before.
_DASHES = "-–—―"
_LONGEST_PLACE = 4.0
# "(rin/bag)": who wrote and who edited, in small letters.
_INITIALS = lazy_re(r"\([^\W\d_]{2,5}(?:[/.,\-]\s?[^\W\d_]{2,5}){0,3}\)")
_TAIL_REACH = 3
_CLOCK = lazy_re(r"[0-2]?[0-9][:.h][0-5][0-9]")
_MOST_BEFORE_STAMP = 5
_MOST_ROLE_WORDS = 7
_MOST_UNCASED_WORDS = 4
# "佐藤健一記者"
_LONGEST_SIGNED = 8
_PART_MARKS = lazy_re("[-–—ـ|/,·():]")
_SPLIT = lazy_re(r"\s+[-–—ـ|/,·]+\s*|\s*[-–—ـ|/·]+\s+|\s*[(),]\s*|:\s+")


def _near_body(page: Page) -> tuple[range, range]:
    """The lines in which bylines stand: around the beginning of the body, and around its end."""
    start, end = page.body
    size = len(page.lines)
    return (
        range(max(0, start - _HEAD_REACH), min(start + 3, size)),
        range(max(end - 2, start + 3), min(end + 6, size)),
    )


def _beside_body(page: Page, i: int) -> bool:
    return any(i in lines for lines in _near_body(page))


def _openers(page: Page) -> Iterator[Decision]:
    """A risky opener ("By", "Von", "Por") that only names follow."""
    for hit in page.phrases.get("byline", ()):
        if hit.how != "opener" or page.prose[hit.line] or not _beside_body(page, hit.line):
            continue
        text = page.lines[hit.line].text
        if page.keys[hit.line] == key_of(normalise(hit.phrase)) and _name_alone(page, hit.line + 1):
            yield Decision([hit.line, hit.line + 1], hit.evidence)
            continue
        unspaced = UNSPACED.search(hit.phrase) is not None
        if len(text) <= _LONGEST and (
            _short_follows(text, hit.phrase) if unspaced else _names_follow(text, len(hit.phrase.split()))
        ):
            yield Decision([hit.line], hit.evidence)
            yield from _beside(page, hit.line)
            if not unspaced:
                yield from _below(page, hit.line, text.split(None, len(hit.phrase.split()))[-1])


def _name_alone(page: Page, i: int) -> bool:
    """Whether a line holds a name and nothing else: opener and name on lines of their own."""
    if i >= len(page.lines) or page.prose[i] or not _LEAST_NAME <= page.units[i] <= _MOST_LONE_NAMES:
        return False
    return all(w[0].isupper() and w.replace("-", "").replace(".", "").isalpha() for w in page.lines[i].text.split())


def _short_follows(text: str, phrase: str) -> bool:
    """Whether no more than a name or two can follow, where neither spaces nor capitals tell names."""
    return text[-1] not in SENTENCE_END and 0.0 < units_of(text) - units_of(phrase) <= _MOST_LONE_NAMES


def _names_follow(text: str, skip: int) -> bool:
    if text[-1] in ".!?…؟":
        # "By J. R." ends so too, a sentence more often.
        return False
    words = [w for w in _REMARK.sub("", text).split()[skip:] if not _EMAIL.fullmatch(w)]
    stamps = load().times.only
    for at in range(1, len(words)):
        # "By Jane Doe on 4 March 2025, 9:10"
        if stamps([normalise(w) for w in words[at:]]):
            words = words[:at]
            break
    if not 0 < len(words) <= _MOST_NAME_WORDS:
        return False
    cased = any(c.isupper() != c.islower() for c in text)
    if not cased:
        return len(words) <= 4
    particles = load().particles
    return all(not w[0].islower() or normalise(w).strip(",.") in particles for w in words if w[0].isalpha())


def _below(page: Page, i: int, name: str) -> Iterator[Decision]:
    """The names of the byline again, right below the article."""
    end = page.body[1]
    for j in range(max(i + 1, end - 1), min(end + _TAIL_REACH, len(page.lines))):
        if page.lines[j].text == name and not page.prose[j]:
            yield Decision([j], Evidence("neighbour", "the names of the byline again", i))


def _beside(page: Page, i: int) -> Iterator[Decision]:
    """Right below a byline: an e-mail address alone, or short items of the same list in HTML."""
    box = page.lines[i].box
    while box.tag not in _ROWS and box.parent is not None:
        box = box.parent
    for j in range(i + 1, min(i + 1 + _MOST_BESIDE, len(page.lines))):
        line = page.lines[j]
        if page.units[j] > _LONGEST_BESIDE or j in page.stamps or j in page.speakers or page.prose[j]:
            break
        if not _EMAIL.fullmatch(line.text) and not (
            box.tag in _ROWS and line.tag in _ROWS and line.box.parent is box.parent
        ):
            break
        yield Decision([j], Evidence("neighbour", "below a byline", i))


def _datelines(page: Page) -> Iterator[Decision]:
    """«Place - Agency» and an agency alone, near the head or the foot of the body."""
    agencies, theirs = load().agencies, load().agency_words
    sites = {key_of(normalise(name)) for name in page.site_names}
    # Most lines hold no word that a name of these begins with.
    ours = frozenset([word for site in sites for word in words_of(site)[:1]])
    head, foot = _near_body(page)
    for i, (norm, key, units) in enumerate(zip(page.norms, page.keys, page.units, strict=True)):
        if units > _DATELINE_UNITS or not norm or len(norm) > _LONGEST:
            continue
        alone = key in agencies
        parted = _PART_MARKS.search(norm) is not None
        if not alone:
            words = words_of(norm) if parted else ()
            if ours.isdisjoint(words) and theirs.isdisjoint(words):
                continue
        if norm[0] == "(" and norm[-1] == ")" and not agencies.isdisjoint(key.split("/")):
            yield Decision([i], Evidence("shape", "initials and agency in brackets"))
            continue
        beside = i in head or i in foot
        if "©" in norm or (page.zone(i) == "body" and not beside):
            continue  # © is a picture's
        if alone and beside:
            yield Decision([i], Evidence("phrase", f"agency alone “{page.lines[i].text}”"))
            continue
        if not parted:
            continue
        split = _SPLIT.split(norm)
        if len(split) < 2:
            continue
        parts = [p for p in map(key_of, split) if p]
        # Elsewhere outside the body it stands under the headlines of other articles: «Place - Site».
        if (len(parts) >= 2 if beside else len(parts) == 2) and any(p in agencies or p in sites for p in parts):
            yield Decision([i], Evidence("shape", "place and agency"))


def _repeats(page: Page) -> Iterator[Decision]:
    """A short line beside «Author: X Y» that says the name again: «X Y, Place»."""
    for hit in page.phrases.get("byline", ()):
        i = hit.line
        if hit.how != "start" or page.units[i] > _DATELINE_UNITS or not _beside_body(page, i):
            continue
        name = key_of(page.norms[i][len(hit.phrase) :]).split()
        if len(name) < _LEAST_NAME or not _names_follow(page.lines[i].text, len(hit.phrase.split())):
            continue
        for j in range(max(0, i - 1), min(len(page.lines), i + 2)):
            text = page.lines[j].text
            if j == i or page.units[j] > _DATELINE_UNITS or page.prose[j] or j in page.speakers or ends_sentence(text):
                continue
            if f" {' '.join(name)} " in f" {' '.join(page.keys[j].replace(',', ' ').split())} ":
                yield Decision([j], Evidence("neighbour", "the name in a byline again", i))


def _names_beside_stamps(page: Page) -> Iterator[Decision]:
    """A line of two to four capitalised words and nothing else, right beside a stamp near the body."""
    for at in page.stamps:
        for i in (at - 1, at + 1):
            if i >= 0 and _name_alone(page, i) and _beside_body(page, i):
                yield Decision([i], Evidence("neighbour", "a name beside the date", at))


def _signed(page: Page) -> Iterator[Decision]:
    """Near the body: a name and what its bearer does, an address, a place before its dash, initials."""
    start, end = page.body
    for i in chain(*_near_body(page)):
        text = page.lines[i].text
        if page.prose[i] or page.units[i] > _MOST_ROLE_WORDS or not page.norms[i]:
            continue
        if _EMAIL.fullmatch(text):
            yield Decision([i], Evidence("shape", "an e-mail address alone"))
        elif _is_role(page, i, inside=start <= i < end):
            yield Decision([i], Evidence("phrase", f"a name and what its bearer does “{text}”"))
        elif text[-1] in _DASHES and page.units[i] <= _LONGEST_PLACE and i < start <= i + 2 and text[0].isalpha():
            yield Decision([i], Evidence("shape", "a place alone before its dash"))
        elif text[0] == "(" and end <= i < end + _TAIL_REACH and text.islower() and _INITIALS.fullmatch(text):
            yield Decision([i], Evidence("shape", "initials in brackets below the body"))


def _is_role(page: Page, i: int, *, inside: bool) -> bool:
    """«Jane Doe, reporter», «Reporter: Jane Doe jane@paper.example», «홍길동 기자»; a role alone beside its bearer."""
    words = page.lines[i].text
    if ends_sentence(words) or words == page.title:
        return False
    if UNSPACED.search(words) is not None:
        # "記者陳宏志/基隆報導": who he is, his name, that he reports.
        norm = page.norms[i]
        opens = [r for r in load().roles if norm.startswith(r)]
        return not inside and any(
            norm.endswith(r) and (opens or len(norm) <= _LONGEST_SIGNED) for r in load().roles if len(norm) > len(r)
        )
    plain = [w for w in words.replace("=", " ").replace(",", " ").split() if "@" not in w]
    norms = [key_of(normalise(w)) for w in plain]
    roles = load().roles
    if not norms or (norms[0] not in roles and norms[-1] not in roles):
        return False
    if len(norms) == 1:
        return not inside and any(
            0 <= j < len(page.lines)
            and (_name_alone(page, j) or j in page.stamps or _EMAIL.fullmatch(page.lines[j].text))
            for j in (i - 1, i + 1)
        )
    if not any(c.isupper() for c in words):
        return not inside and len(norms) <= _MOST_UNCASED_WORDS
    particles = load().particles
    return all(n in roles or n in particles or not w[0].islower() for w, n in zip(plain, norms, strict=True))


def _before_stamps(page: Page) -> Iterator[Decision]:
    """«Jane Doe, 12.04.2024, 10:21», «Port Louvel - 15 Oct 2024 - 08:22»: a name, and day and time behind it."""
    times = load().times
    for i, (norm, key) in enumerate(zip(page.norms, page.keys, strict=True)):
        if "0" not in key or page.prose[i] or i in page.stamps or len(norm) > _LONGEST or _CLOCK.search(norm) is None:
            continue
        words = page.lines[i].text.split()
        if not words[0][0].isalpha() or ends_sentence(words[-1]):
            continue
        norms = norm.split()
        for at in range(1, min(_MOST_BEFORE_STAMP, len(norms) - 1)):
            if times.only(norms[at:]):
                rest = " ".join(norms[at:])
                stamp = times.find(rest.strip("-–—| ,·"), rest.split())
                named = all(not w[0].islower() for w in words[:at]) and any(w[0].isupper() for w in words[:at])
                if stamp is not None and stamp.date and stamp.clock and named:
                    yield Decision([i], Evidence("shape", "a name before day and time"))
                break


def _amid_furniture(page: Page) -> Iterator[Decision]:
    """Below the headline: a name or place of a few words beside a date or a byline, or between two lines of furniture."""
    start = page.body[0]
    headline = next((i for i in range(start - 1, max(-1, start - 1 - _HEADLINE_REACH), -1) if _is_title(page, i)), None)
    if headline is None or page.kind != "article" or page.source is not Source.HTML:
        return
    run: list[int] = []
    for i in range(headline + 1, start + 1):
        if i < start and _may_be_name(page, i):
            run.append(i)
            continue
        if 0 < len(run) <= _MOST_BESIDE and i < start:
            sides = [j for j in (run[0] - 1, i) if j > headline and (j in page.known_at or _dates(page, j))]
            if len(sides) > 1 or any(_dates(page, j) for j in sides):
                yield Decision(
                    run, Evidence("neighbour", "a few words amid the date, the byline and the buttons", sides[0])
                )
        run = []


def _is_title(page: Page, i: int) -> bool:
    return page.lines[i].text == page.title or i in page.headlines


def _dates(page: Page, i: int) -> bool:
    """Whether a line is a stamp, a byline or an address."""
    return i in page.stamps or "byline" in page.known_at.get(i, ()) or _EMAIL.fullmatch(page.lines[i].text) is not None


def _may_be_name(page: Page, i: int) -> bool:
    line = page.lines[i]
    return (
        page.units[i] <= _MOST_LONE_NAMES
        and line.text.count(" ") < _MOST_BESIDE
        and not page.prose[i]
        and i not in page.known_at
        and not _dates(page, i)
        and page.keys[i] not in load().networks
        and not load().times.marks_only(page.norms[i])
        and line.tag not in HEADINGS
        and not ends_sentence(line.text)
        and line.text[-1] not in ":;,"
        and any(c.isalpha() for c in line.text)
    )


def _doubled(page: Page) -> Iterator[Decision]:
    """«Jane Doe Jane Doe»: a name under its portrait, whose description says it too."""
    for line, units in zip(page.lines, page.units, strict=True):
        name = says_twice(line.text) if units >= 2 * _LEAST_NAME and len(line.text) <= _LONGEST else ""
        if name and _LEAST_NAME <= len(name.split()) <= _MOST_LONE_NAMES and all(w[0].isupper() for w in name.split()):
            yield Decision([line.index], Evidence("shape", "a name twice"))


def _more(page: Page) -> Iterator[Decision]:
    yield from _openers(page)
    yield from _repeats(page)
    yield from _datelines(page)
    yield from _names_beside_stamps(page)
    yield from _signed(page)
    yield from _before_stamps(page)
    yield from _doubled(page)
    yield from _amid_furniture(page)


class _Byline(Family):
    """The family with a gate of its own: "entry-meta" holds dates and counts beside the names."""

    __slots__ = ()

    def elements(self, page: Page) -> Iterator[Decision]:
        for decision in Family.elements(self, page):
            lines = [i for i in decision.lines if i not in page.stamps and any(c.isalpha() for c in page.lines[i].text)]
            if lines:
                yield decision._replace(lines=lines)


FILTER = _Byline(
    name="byline",
    summary="bylines, datelines, agency and editor credits on lines of their own",
    signature=Signature(
        names="byline author authors entry-author post-author author-name zuozhe bianji xiaobian zrbj ep-editor writer",
        words="byline by-line article-author post-author author-name author-link author-info author-meta author-line "
        "author-byline authors-list story-author entry-author author-list article-byline author-names "
        "article-source news-source source-name agency-credit editor-name news-author reporter-name post-meta entry-meta "
        "article-meta story-meta meta-author meta-info article-info post-info entry-info byline-info contributor "
        "td-post-author-name credit-line",
        weak="author authors reporter agency contributors",
        itemprops="author creator sourceorganization",
        rels="author",
    ),
    max_prose=0.04,
    in_menus=False,
    more=_more,
)
