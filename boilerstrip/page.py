"""The nouns of the library: what a page is once it has been read, and what is said about it.

Everything here is plain data. Nothing in this module knows lxml, a language or a filter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntFlag, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from boilerstrip.joined import Joined

if TYPE_CHECKING:
    from lxml.etree import _Element


class Source(StrEnum):
    """What a page came as."""

    HTML = "html"
    TEXT = "text"


class Verdict(StrEnum):
    """What kind of page the input turned out to be, told from the page itself.

    Only ``ARTICLE`` promises that ``Document.text`` is an article. The others say why the text
    is short, missing or not an article, so that an empty string is never without a reason.
    """

    ARTICLE = "article"
    INDEX = "index"  # a front page or list: many links, no body
    PAYWALLED = "paywalled"  # a teaser and an offer
    SHELL = "shell"  # rendered by script: the text is not in the markup
    CONSENT = "consent"  # nothing but a consent or cookie wall
    ERROR = "error"  # not found, access denied, a browser check
    EMPTY = "empty"  # no visible text, or none that is content: see the removals
    FEED = "feed"  # RSS, Atom, a site map
    DATA = "data"  # JSON; not read as a page
    BINARY = "binary"  # a file of another kind: an image, a PDF, an archive; not read
    CUT = "cut"  # over a limit: the text may be a part of the page's, or not judged to the end


HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


class Within(IntFlag):
    """What surrounds a line, as far as its markup says so: inherited from box to box."""

    NONE = 0
    ARTICLE = 1
    MAIN = 2
    NAV = 4
    ASIDE = 8
    FOOTER = 16
    HEADER = 32
    FORM = 64
    FIGURE = 128
    QUOTE = 256
    LIST = 512
    TABLE = 1024
    HIDDEN = 2048
    PRE = 4096


class Box(msgspec.Struct, gc=False, eq=False):
    """One block-level element of the page, seen from its lines.

    ``start`` and ``end`` are the half-open range of the lines inside it. An inline element gets
    a box of its own only if a family's signature names it and it stands at an edge of its line.
    A page of flattened text has a single box.
    """

    # A Struct and not a dataclass: pages are made of thousands of boxes and lines, and its
    # constructor is compiled. There are no cycles among them for the collector to find.
    tag: str
    parent: Box | None
    within: int
    names: tuple[str, ...]
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Box({self.tag!r}, names={self.names!r}, lines={self.start}:{self.end})"


# Zero-width characters, direction marks, soft hyphen, byte order mark: editors leave them in
# otherwise empty paragraphs.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_LONGEST_BLANK = 8
# A ``<pre>`` with a larger share of the page's characters is the page.
_MOST_CODE = 0.6


def is_blank(text: str) -> bool:
    """Whether a line shows nothing: white space and invisible characters only."""
    return (len(text) <= _LONGEST_BLANK or text[0] in _INVISIBLE) and not text.strip(_INVISIBLE).strip()


class Line(msgspec.Struct, gc=False, eq=False):
    """One line of the page as a reader sees it; read-only by convention.

    index      its place among all lines of the page, from 0
    text       its characters, white space collapsed (kept inside ``pre``)
    block      number of the paragraph it stands in: ``<br>`` and single line ends do not open one
    box        the innermost box around it
    link_chars how many of its characters stand inside links
    links      how many links it holds
    glue       None, or the white space (maybe none) that joins it to the line before it, where
               both are parts of one visible line
    """

    index: int
    text: str
    block: int
    box: Box
    link_chars: int = 0
    links: int = 0
    glue: str | None = None

    @property
    def tag(self) -> str:
        """Tag of the innermost box: ``p``, ``li``, ``h2``, ``td`` …; empty in flattened text."""
        return self.box.tag

    @property
    def link_share(self) -> float:
        """Share of the line's characters inside links, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.link_chars else 0.0

    def __repr__(self) -> str:
        return f"Line({self.index}, {self.text!r}, <{self.tag}>)"


def parts_of(line: Line, longest: int | None) -> list[Line]:
    """A line in parts of so many characters, cut at spaces where there are any; printed, they are one again."""
    text = line.text
    if longest is None or len(text) <= longest:
        return [line]
    parts: list[Line] = []
    share = line.link_chars / len(text)
    at = 0
    glue = line.glue
    while at < len(text):
        end = at + longest
        space = text.rfind(" ", at + 1, end + 1) if end < len(text) else -1
        stop = space if space > 0 else min(end, len(text))
        part = text[at:stop]
        at = stop + 1 if space > 0 else stop
        if part.strip():
            links = 0 if parts else line.links
            parts.append(Line(line.index + len(parts), part, line.block, line.box, int(share * len(part)), links, glue))
            glue = ""
        elif parts:
            glue = (glue or "") + part
        if parts and space > 0:
            glue = (glue or "") + " "
    return parts


class Evidence:
    """Why a line was claimed.

    kind   signature | phrase | shape | neighbour | repeat | score | rule
    what   the signature, phrase (with its pack), shape or features that spoke; may be given as
           a callable that words it when somebody asks
    line   index of the line that bears witness, where it is not the claimed line itself
    """

    __slots__ = ("_what", "kind", "line")

    def __init__(self, kind: str, what: str | Callable[[], str], line: int | None = None) -> None:
        self.kind = kind
        self._what = what
        self.line = line

    @property
    def what(self) -> str:
        if not isinstance(self._what, str):
            self._what = self._what()
        return self._what

    def beside(self, line: int | None) -> Evidence:
        """The same evidence with another line as witness."""
        return Evidence(self.kind, self._what, line)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Evidence):
            return NotImplemented
        return (self.kind, self.what, self.line) == (other.kind, other.what, other.line)

    def __hash__(self) -> int:
        return hash((self.kind, self.what, self.line))

    def __reduce__(self) -> tuple[type[Evidence], tuple[str, str, int | None]]:
        return Evidence, (self.kind, self.what, self.line)

    def __repr__(self) -> str:
        return f"Evidence({self.kind!r}, {self.what!r}, {self.line!r})"

    def __str__(self) -> str:
        beside = f" (line {self.line})" if self.line is not None else ""
        return f"{self.kind}: {self.what}{beside}"


class Decision(NamedTuple):
    """A filter's proposal about lines: remove them or, with ``keep``, never remove them.

    A ``hint`` removes nothing by itself where a judge follows: should the judge (a filter that
    declares ``depends``) drop the line, the hint says what it was. Without a judge in the
    pipeline a hint counts as a proposal.
    """

    lines: Iterable[int]
    evidence: Evidence
    keep: bool = False
    hint: bool = False


class ElementDecision(NamedTuple):
    """A filter's proposal about an element of ``Page.tree``: it speaks for all lines inside."""

    element: _Element
    evidence: Evidence
    keep: bool = False


class Removal(NamedTuple):
    """The pipeline's record that a filter took (or, in ``Document.protections``, kept) a line."""

    line: int
    filter: str
    evidence: Evidence


class Warning(NamedTuple):
    """Something that went wrong without stopping the work: a filter that raised, a cut page."""

    where: str
    message: str


class PhraseHit(msgspec.Struct, frozen=True, gc=False):
    """A phrase of a word pack found in a line; where several packs write it alike, once for all of them."""

    line: int
    how: str  # whole | start | contains | weak | opener
    phrase: str
    lang: str  # the first of those packs
    packs: int = 1  # how many there are

    @property
    def specific(self) -> bool:
        """Whether the phrase is long enough to be furniture even as a sentence."""
        return self.how != "opener" and (len(self.phrase) >= 18 or self.phrase.count(" ") >= 2)

    @property
    def evidence(self) -> Evidence:
        return Evidence("phrase", f"{self.lang} “{self.phrase}” ({self.how})")


class SignatureHit(msgspec.Struct, frozen=True, gc=False):
    """An element whose tag, class, id or role is a family's signature."""

    box: Box
    what: str
    strong: bool


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """A line made of nothing but the parts of dates and times."""

    clock: bool
    date: bool
    mark: bool  # holds a word such as "Updated"


def _never() -> None:
    """What a page's ``pause`` is where time does not matter."""


class Page(msgspec.Struct, eq=False):
    """A page that has been read: the common ground of HTML and flattened text.

    Filters look at it and never change it.
    """

    source: Source
    lines: list[Line]
    boxes: list[Box]
    url: str | None = None
    lang: str | None = None
    title: str | None = None
    kind: str = "article"
    site_names: tuple[str, ...] = ()
    meta: Mapping[str, str] = msgspec.field(default_factory=dict)
    # The article's text as the page declares it to machines (``boilerstrip.declared``), or empty.
    declared: str = ""
    # The box of lines that no element shows: the declared text of a page that shows little of it.
    unshown: Box | None = None
    tree: _Element | None = None
    # Its scripts, in document order; some hold what the page declares of itself.
    scripts: Sequence[_Element] = ()
    # What the input is, where its first bytes say that it is no page.
    given: Verdict | None = None
    # Ranges of lines that are parts of one, which was too long: they stay or go together.
    split: Sequence[tuple[int, int]] = ()
    # Flattened text: whether blank lines part its blocks, or its lines have to tell by their length.
    spaced: bool = False
    # Called every so many lines by whoever takes long over a page; raises if its time is up.
    pause: Callable[[], None] = _never
    # How tall each line is in words, how much of it is prose, where the body stands.
    units: Sequence[float] = ()
    prose: Sequence[float] = ()
    body: tuple[int, int] = (0, 0)
    # Filled before the filters run, one look at each line and element for all families together.
    # norms and keys: a line as it is matched (rules.normalise); empty for lines too long to match
    norms: Sequence[str] = ()
    keys: Sequence[str] = ()
    stamps: Mapping[int, Stamp] = msgspec.field(default_factory=dict)
    phrases: Mapping[str, Sequence[PhraseHit]] = msgspec.field(default_factory=dict)
    signatures: Mapping[str, Sequence[SignatureHit]] = msgspec.field(default_factory=dict)
    # One byte a line, 1 where an earlier filter has taken it. Only filters that declare
    # ``depends`` may look: everyone else's answer must not hang on who ran before.
    taken: Sequence[int] = ()
    # Per line, on whose claim it is gone so far, and what earlier filters only hinted at; for the
    # same few eyes.
    claims: Sequence[Removal | None] = ()
    hints: Sequence[Removal | None] = ()
    _joined: Joined | None = None
    _joined_norms: Joined | None = None
    _known_at: dict[int, set[str]] | None = None
    _weak_lines: dict[str, tuple[int, int]] | None = None
    _innermost: list[tuple[Box, str] | None] | None = None
    _by_tag: dict[str, list[Box]] | None = None
    _code: list[range] | None = None
    _code_lines: AbstractSet[int] | None = None
    _speakers: dict[int, list[str]] | None = None
    _spans: dict[Any, tuple[int, int]] | None = None
    _find_spans: Any = None
    _prose_sums: list[float] | None = None
    _h1: tuple[int, ...] | None = None
    _headlines: tuple[int, ...] | None = None
    _once: dict[int, tuple[object, Any]] | None = None

    def once(self, owner: object, work: Callable[[], Any]) -> Any:
        """What ``work`` gives, done once for this page however often ``owner`` asks: for filters that share it."""
        if self._once is None:
            self._once = {}
        kept = self._once.get(id(owner))
        if kept is None:
            # The owner is kept too, lest another object takes its id.
            kept = self._once[id(owner)] = owner, work()
        return kept[1]

    def holding(self, *signs: str) -> list[int]:
        """Indices of the lines whose text holds any of ``signs``, in order; cheap where few do."""
        if self._joined is None:
            self._joined = Joined([line.text for line in self.lines])
        return self._joined.holding(*signs)

    def saying(self, *signs: str) -> list[int]:
        """The same for the normalised lines: those too long to match say nothing."""
        if self._joined_norms is None:
            self._joined_norms = Joined(self.norms)
        return self._joined_norms.holding(*signs)

    @property
    def known_at(self) -> Mapping[int, set[str]]:
        """Per line, the families any of whose phrases stand in it, common words among them."""
        if self._known_at is None:
            self._known_at = {}
            for name, hits in self.phrases.items():
                for hit in hits:
                    self._known_at.setdefault(hit.line, set()).add(name)
        return self._known_at

    @property
    def weak_lines(self) -> Mapping[str, tuple[int, int]]:
        """The first and the last line in which each weak phrase stands."""
        if self._weak_lines is None:
            self._weak_lines = {}
            for hits in self.phrases.values():
                for hit in hits:
                    if hit.how == "weak":
                        first, _ = self._weak_lines.get(hit.phrase, (hit.line, hit.line))
                        self._weak_lines[hit.phrase] = first, hit.line
        return self._weak_lines

    @property
    def innermost_strong(self) -> Sequence[tuple[Box, str] | None]:
        """Per line, the innermost box around it that a family other than hidden names strongly."""
        if self._innermost is None:
            named = [
                (hit.box, name)
                for name, hits in self.signatures.items()
                if name != "hidden"
                for hit in hits
                if hit.strong and hit.box.end > hit.box.start
            ]
            named.sort(key=lambda each: (-each[0].start, each[0].end))
            inside: list[tuple[Box, str]] = []
            self._innermost = []
            for i in range(len(self.lines)):
                while named and named[-1][0].start <= i:
                    inside.append(named.pop())
                while inside and inside[-1][0].end <= i:
                    inside.pop()
                self._innermost.append(inside[-1] if inside else None)
        return self._innermost

    @property
    def by_tag(self) -> Mapping[str, Sequence[Box]]:
        """The boxes of each tag, in document order."""
        if self._by_tag is None:
            self._by_tag = {}
            for box in self.boxes:
                self._by_tag.setdefault(box.tag, []).append(box)
        return self._by_tag

    @property
    def code(self) -> Sequence[range]:
        """The lines of each ``<pre>``: code, output, tables of signs. What its lines look like says nothing.

        None that holds most of the page: a text file that is shown as a page has furniture like any other.
        """
        if self._code is None:
            self._code = []
            end = 0
            for box in self.by_tag.get("pre", ()):
                if box.start >= end and box.end > box.start:
                    end = box.end
                    self._code.append(range(box.start, end))
            if self._code:
                most = _MOST_CODE * sum([len(line.text) for line in self.lines])
                self._code = [lines for lines in self._code if sum([len(self.lines[i].text) for i in lines]) <= most]
        return self._code

    @property
    def code_lines(self) -> AbstractSet[int]:
        """All lines of ``code``."""
        if self._code_lines is None:
            self._code_lines = {i for lines in self.code for i in lines}
        return self._code_lines

    @property
    def speakers(self) -> Mapping[int, Sequence[str]]:
        """Per line, the families whose phrases stand in it (whole, start, contains)."""
        if self._speakers is None:
            self._speakers = {}
            for name, hits in self.phrases.items():
                for hit in hits:
                    if hit.how in ("whole", "start", "contains"):
                        self._speakers.setdefault(hit.line, []).append(name)
        return self._speakers

    @property
    def h1(self) -> tuple[int, ...]:
        """Indices of the lines in an ``<h1>``, or in an element right inside one."""
        if self._h1 is None:
            found: list[int] = []
            done = 0
            for box in self.by_tag.get("h1", ()):  # in document order: one inside another adds nothing
                for i in range(max(done, box.start), box.end):
                    inner = self.lines[i].box
                    if inner.tag == "h1" or (inner.parent is not None and inner.parent.tag == "h1"):
                        found.append(i)
                done = max(done, box.end)
            self._h1 = tuple(found)
        return self._h1

    @property
    def headlines(self) -> tuple[int, ...]:
        """Indices of the lines in an ``<h1>`` that say the page's title, before the end of its body."""
        if self._headlines is None:
            self._headlines = tuple(i for i in self.h1 if i < self.body[1] and self.lines[i].text == self.title)
        return self._headlines

    @property
    def host(self) -> str | None:
        """Host of ``url``, lower case, without port and user; None where there is none."""
        return host_of(self.url)

    def lines_of(self, element: _Element) -> range:
        """Indices of the lines inside an element of ``tree`` (empty for a foreign element)."""
        if self._spans is None:
            self._spans = self._find_spans() if self._find_spans is not None else {}
        start, end = self._spans.get(element, (0, 0))
        return range(start, end)

    def zone(self, index: int) -> str:
        """``head`` before the body, ``body`` inside it, ``tail`` after it."""
        start, end = self.body
        if self.lines[index].box.within & _PAGE_FOOTER == 16:
            return "tail"
        return "head" if index < start else "body" if index < end else "tail"

    def prose_in(self, start: int, end: int) -> float:
        """Sum of the prose weights of the lines ``start`` to ``end`` (half-open)."""
        sums = self._prose_sums
        if sums is None:
            sums = [0.0]
            total = 0.0
            for weight in self.prose:
                total += weight
                sums.append(total)
            self._prose_sums = sums
        return sums[end] - sums[start]

    @property
    def all_prose(self) -> float:
        return self.prose_in(0, len(self.lines))


# A footer that is not an article's own: Within.FOOTER without Within.ARTICLE.
_PAGE_FOOTER = 16 | 1


def host_of(url: str | None) -> str | None:
    """Host of a URL, lower case; None for what is no URL (``urlsplit`` raises on some)."""
    if not url:
        return None
    rest = url.split("://", 1)[-1] if "://" in url else url.removeprefix("//")
    host = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0].rpartition("@")[2]
    if host.startswith("["):
        return host.split("]", 1)[0] + "]"
    return host.split(":", 1)[0].lower() or None


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """The outcome for one page.

    text         the article, paragraphs separated by a blank line
    title        the headline, or None
    lang         ISO 639-1 code declared by the page or told by its function words, or None
    lines        every line of the page in order
    removals     one record for each line that is not in ``text``, in line order
    protections  one record for each line that a filter protected
    verdict      what kind of page it was
    warnings     what went wrong without stopping the work
    """

    text: str
    title: str | None
    lang: str | None
    lines: Sequence[Line]
    removals: Sequence[Removal]
    protections: Sequence[Removal]
    verdict: Verdict
    warnings: Sequence[Warning]
    url: str | None
    source: Source
    site_name: str | None
    encoding: str | None

    @property
    def kept(self) -> list[Line]:
        """The lines of ``text``, in order."""
        gone = {r.line for r in self.removals}
        return [line for line in self.lines if line.index not in gone]
