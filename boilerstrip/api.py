"""``clean()`` and ``extract()``: one page in, its article text or the whole story out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from boilerstrip.decode import check_encoding
from boilerstrip.limits import Limits, Watch
from boilerstrip.page import Document, Verdict
from boilerstrip.pipeline import Pipeline
from boilerstrip.read import read as read_page
from boilerstrip.render import to_text
from boilerstrip.verdict import verdict_of

if TYPE_CHECKING:
    from boilerstrip.read import PageInput
    from boilerstrip.rulefiles import Rules, RuleSource

_SOURCES = ("html", "text")
_DEFAULT_LIMITS = Limits()


def clean(
    page: PageInput,
    *,
    url: str | None = None,
    encoding: str | None = None,
    source: Literal["html", "text"] | None = None,
    preset: str = "news",
    pipeline: Pipeline | None = None,
    rules: RuleSource | None = None,
    with_title: bool = False,
    limits: Limits | None = None,
) -> str:
    """The article text of a page: ``extract(page, …).text``.

    Paragraphs are separated by a blank line. Any page gives a str, if need be an empty one;
    ``extract`` says why. For the arguments and errors see ``extract``.
    """
    return extract(
        page,
        url=url,
        encoding=encoding,
        source=source,
        preset=preset,
        pipeline=pipeline,
        rules=rules,
        with_title=with_title,
        limits=limits,
    ).text


def extract(
    page: PageInput,
    *,
    url: str | None = None,
    encoding: str | None = None,
    source: Literal["html", "text"] | None = None,
    preset: str = "news",
    pipeline: Pipeline | None = None,
    rules: RuleSource | None = None,
    with_title: bool = False,
    limits: Limits | None = None,
) -> Document:
    """The article of a page and the record of every line that is not part of it.

    page        bytes, str, or an lxml element or tree (which is never changed); HTML or
                flattened text
    url         where the page comes from; its host helps to know the site's name
    encoding    charset from the HTTP header, for bytes; a wrong one is found out
    source      ``"html"`` or ``"text"``; by default it is told from the page
    preset      ``"news"``, ``"precision"`` (keeps less), ``"recall"`` (keeps more) or ``"readability"``
                (readability-lxml judges): see ``Pipeline.preset``
    pipeline    the filters; None for those of the preset
    rules       a rule file: its path, its text, or Rules; for many pages, or several files, a pipeline
                with them (``Pipeline.with_rules``) is quicker
    with_title  put the headline first in the text
    limits      how much of a page is looked at, ``Limits()`` if None

    Raises TypeError for an argument of a wrong type, ValueError for a wrong ``source`` or ``preset``, and
    LookupError for an ``encoding`` that no browser knows; RuleError for a rule file with mistakes
    and OSError for one that cannot be read. No page raises, unless ``limits`` say so
    (``on_limit="error"``): LimitExceededError.
    """
    _check(url, encoding, source, preset, pipeline, with_title, limits)
    if pipeline is None:
        pipeline = _preset(preset)
    if rules is not None:
        pipeline = _with_rules(pipeline, rules)
    watch = Watch(_DEFAULT_LIMITS if limits is None else limits)
    read, used, warnings = read_page(page, url, encoding, source, pipeline.signatures, watch)
    removals, protections, more = pipeline.decide(read, watch)
    gone = {r.line for r in removals}
    kept = [line for line in read.lines if line.index not in gone]
    text = to_text(kept)
    if with_title and read.title:
        text = f"{read.title}\n\n{text}" if text else read.title
    return Document(
        text=text,
        title=read.title,
        lang=read.lang,
        lines=read.lines,
        removals=removals,
        protections=protections,
        verdict=read.given or (Verdict.CUT if watch.cut else verdict_of(read, [line.index for line in kept], removals)),
        warnings=[*watch.warnings, *warnings, *more],
        url=url,
        source=read.source,
        site_name=read.site_names[0] if read.site_names else None,
        encoding=used,
    )


def _with_rules(pipeline: Pipeline, source: RuleSource) -> Pipeline:
    # Imported here: who uses no rule files need not wait for what reads them.
    from boilerstrip.rulefiles import load_rules  # noqa: PLC0415

    rules = load_rules(source)
    return _default_with(rules) if pipeline is _preset("news") else pipeline.with_rules(rules)


@lru_cache(maxsize=16)
def _default_with(rules: Rules) -> Pipeline:
    return _preset("news").with_rules(rules)


@lru_cache(maxsize=8)
def _preset(name: str) -> Pipeline:
    return Pipeline.preset(name)


def _check(
    url: object,
    encoding: object,
    source: object,
    preset: object,
    pipeline: object,
    with_title: object,
    limits: object,
) -> None:
    if limits is not None and not isinstance(limits, Limits):
        raise TypeError(f"limits must be a boilerstrip.Limits or None, not {type(limits).__name__}")
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be a str or None, not {type(url).__name__}")
    if encoding is not None:
        if not isinstance(encoding, str):
            raise TypeError(f"encoding must be a str or None, not {type(encoding).__name__}")
        try:
            check_encoding(encoding)
        except LookupError:
            raise LookupError(
                f"encoding must be the name of a charset such as 'utf-8' or 'windows-1256', not {encoding!r}"
            ) from None
    if source is not None and source not in _SOURCES:
        raise ValueError(f"source must be 'html', 'text' or None, not {source!r}")
    if not isinstance(preset, str):
        raise TypeError(f"preset must be a str, not {type(preset).__name__}")
    if pipeline is not None and not isinstance(pipeline, Pipeline):
        raise TypeError(f"pipeline must be a boilerstrip.Pipeline or None, not {type(pipeline).__name__}")
    if not isinstance(with_title, bool):
        raise TypeError(f"with_title must be a bool, not {type(with_title).__name__}")
