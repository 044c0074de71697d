"""Extractors by one interface: ours, and others from PyPI as far as they are installed.

Each peer is set up as its own documentation advises for article text: comments off, everything
else by default, nothing fetched. A peer gets the page as str (the data holds it decoded), we get
its bytes and have to find the charset as for any page.
"""

from __future__ import annotations

import functools
import importlib
import re
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

import boilerstrip

Record = dict[str, Any]
# A page record → its main text.
Extract = Callable[[Record], str]

OURS = "boilerstrip"


@dataclass(frozen=True)
class Peer:
    """How to come by an extractor: ``load`` imports its package and gives the function."""

    name: str
    package: str
    load: Callable[[], Extract]

    @property
    def version(self) -> str:
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return ""


def page_bytes(record: Record) -> bytes:
    """The page as bytes, as a crawler would hold it."""
    return str(record["html"]).encode("utf-8", "replace")


def _page(record: Record) -> str:
    """The page as str; lone surrogates, which no decoder gives, replaced."""
    return page_bytes(record).decode("utf-8")


# ------------------------------------------------------------------ ours


def _ours() -> Extract:
    return lambda record: boilerstrip.clean(page_bytes(record), url=record["url"])


def _ours_text() -> Extract:
    return lambda record: boilerstrip.clean(record["text"], source="text")


# ------------------------------------------------------------------ rules for flattened text


def _every_line() -> Extract:
    return lambda record: str(record["text"])


def _sentence_lines() -> Extract:
    """The line rule of the C4 corpus."""
    ends = (".", "!", "?", '"')

    def extract(record: Record) -> str:
        lines = (line.strip() for line in record["text"].split("\n"))
        return "\n".join(line for line in lines if line.endswith(ends) and len(line.split()) >= 5)

    return extract


# ------------------------------------------------------------------ peers


def _trafilatura() -> Extract:
    module = importlib.import_module("trafilatura")
    return lambda record: module.extract(_page(record), url=record["url"], include_comments=False) or ""


def _rs_trafilatura() -> Extract:
    module = importlib.import_module("rs_trafilatura")
    return lambda record: module.extract(_page(record), url=record["url"]).main_content or ""


def _readability() -> Extract:
    document = importlib.import_module("readability").Document
    html = importlib.import_module("lxml.html")

    def extract(record: Record) -> str:
        return _flatten(html.fromstring(document(_page(record)).summary(html_partial=True)))

    return extract


def _resiliparse() -> Extract:
    plain = importlib.import_module("resiliparse.extract.html2text").extract_plain_text

    def extract(record: Record) -> str:
        return str(plain(_page(record), main_content=True, alt_texts=False, list_bullets=False, comments=False))

    return extract


def _justext() -> Extract:
    module = importlib.import_module("justext")
    core = importlib.import_module("justext.core")
    names = module.get_stoplists()

    @functools.cache
    def options(lang: str | None) -> dict[str, Any]:
        name = _STOPLISTS.get(lang or "")
        if name in names:
            return {"stoplist": module.get_stoplist(name)}
        # What jusText advises for a language that it has no words of.
        return {"stoplist": frozenset(), "stopwords_low": 0, "stopwords_high": 0}

    def extract(record: Record) -> str:
        try:
            paragraphs = module.justext(_page(record), **options(record["lang"]))
        except core.JustextError:
            return ""
        return "\n\n".join(p.text for p in paragraphs if not p.is_boilerplate)

    return extract


def _newspaper() -> Extract:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module("newspaper")

    def text(record: Record, language: str) -> str:
        article = module.Article(record["url"], language=language, fetch_images=False)
        article.download(input_html=_page(record))
        article.parse()
        return str(article.text)

    def extract(record: Record) -> str:
        try:
            return text(record, record["lang"] or "en")
        except (ImportError, ValueError):  # a language that it does not know, or has no word splitter for
            return text(record, "en")

    return extract


def _goose() -> Extract:
    module = importlib.import_module("goose3")
    goose = module.Goose({"enable_image_fetching": False})
    return lambda record: goose.extract(raw_html=_page(record)).cleaned_text or ""


def _boilerpy() -> Extract:
    module = importlib.import_module("boilerpy3.extractors")
    extractor = module.ArticleExtractor(raise_on_failure=False)
    return lambda record: extractor.get_content(_page(record)) or ""


_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset(["script", "style", "noscript", "template"])
_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tr ul"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())


def _flatten(root: Any) -> str:
    """Text of an lxml tree, each block on a line of its own."""
    for element in root.iter():
        seen = isinstance(element.tag, str) and element.tag not in _UNSEEN
        edge = "\n" if element.tag in _BLOCKS else ""
        element.text = edge + _SPACE.sub(" ", element.text or "") if seen else ""
        element.tail = edge + _SPACE.sub(" ", element.tail or "")
    lines = (line.strip() for line in "".join(root.itertext()).split("\n"))
    return "\n\n".join(line for line in lines if line)


PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Peer("trafilatura", "trafilatura", _trafilatura),
        Peer("rs-trafilatura", "rs-trafilatura", _rs_trafilatura),
        Peer("readability-lxml", "readability-lxml", _readability),
        Peer("resiliparse", "resiliparse", _resiliparse),
        Peer("jusText", "jusText", _justext),
        Peer("newspaper4k", "newspaper4k", _newspaper),
        Peer("goose3", "goose3", _goose),
        Peer("boilerpy3", "boilerpy3", _boilerpy),
    )
}
_OURS = {"html": Peer(OURS, "boilerstrip", _ours), "text": Peer(OURS, "boilerstrip", _ours_text)}
# No peer takes flattened text: there the rules by which corpora are commonly cleaned stand in.
RULES: dict[str, Peer] = {
    peer.name: peer
    for peer in (Peer("every-line", "boilerstrip", _every_line), Peer("c4-lines", "boilerstrip", _sentence_lines))
}


def extractor(name: str, mode: str) -> Peer:
    """Ours, a peer or a rule by its name; KeyError for another name."""
    if name == OURS:
        return _OURS[mode]
    return (PEERS if mode == "html" else RULES)[name]


@functools.cache
def loaded(name: str, mode: str) -> Extract:
    """The function of an extractor; ImportError where its package is missing."""
    return extractor(name, mode).load()


def choose(asked: Iterable[str] | None, mode: str) -> tuple[list[str], dict[str, str]]:
    """(names to run, ours first; {name: why it is left out}).

    asked   None for ours alone, no names (or ``all``) for whatever is installed
    """
    every = PEERS if mode == "html" else RULES
    if asked is None:
        return [OURS], {}
    by_lower = {name.lower(): name for name in every}
    names = [by_lower.get(name.lower(), name) for name in asked]
    if not names or "all" in names:
        names = list(every)
    run, missing = [OURS], {}
    for name in dict.fromkeys(names):
        if name == OURS:
            continue
        if name not in every:
            missing[name] = f"unknown in {mode} mode; there are {', '.join(every)}"
            continue
        try:
            loaded(name, mode)
        except Exception as error:  # noqa: BLE001 - a peer's import may fail in any way
            missing[name] = f"not installed ({type(error).__name__}: {error})"
        else:
            run.append(name)
    return run, missing


# ISO 639-1 → jusText's names.
_STOPLIST_PAIRS = (
    "af:Afrikaans ar:Arabic az:Azerbaijani be:Belarusian bg:Bulgarian bn:Bengali bs:Bosnian ca:Catalan cs:Czech "
    "cy:Welsh da:Danish de:German el:Greek en:English eo:Esperanto es:Spanish et:Estonian eu:Basque fa:Persian "
    "fi:Finnish fr:French ga:Irish gl:Galician gu:Gujarati he:Hebrew hi:Hindi hr:Croatian hu:Hungarian "
    "hy:Armenian id:Indonesian ig:Igbo is:Icelandic it:Italian jv:Javanese ka:Georgian kk:Kazakh kn:Kannada "
    "ko:Korean ku:Kurdish ky:Kyrgyz la:Latin lb:Luxembourgish lt:Lithuanian lv:Latvian mk:Macedonian "
    "ml:Malayalam mr:Marathi ms:Malay mt:Maltese nb:Norwegian_Bokmal ne:Nepali nl:Dutch nn:Norwegian_Nynorsk "
    "no:Norwegian_Bokmal pl:Polish pt:Portuguese ro:Romanian ru:Russian sh:Serbo_Croatian sk:Slovak "
    "sl:Slovenian sq:Albanian sr:Serbian su:Sundanese sv:Swedish sw:Swahili ta:Tamil te:Telugu tk:Turkmen "
    "tl:Tagalog tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese yo:Yoruba"
)
_STOPLISTS = dict(pair.split(":") for pair in _STOPLIST_PAIRS.split())
