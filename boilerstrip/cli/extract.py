"""``boilerstrip extract``: what became of every line."""

from __future__ import annotations

import json
from typing import Any

import click

from boilerstrip.cli.pages import Files, documents, out, outcomes, page_options, shown
from boilerstrip.explain import trace
from boilerstrip.explain.terminal import plain, rows
from boilerstrip.page import Document


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, each on one line.")
@page_options
@click.pass_context
def extract(context: click.Context, /, files: tuple[str, ...], *, as_json: bool, **options: Any) -> None:
    """Print what became of every line of a page, for each FILE or standard input.

    A line of the article is marked "keep"; any other with the filter that took it and why:
    boilerstrip explain shows the same in colour, and more. With --json: text, title, lang, verdict,
    removals, warnings and more, one object a page.
    """
    readable = Files(files)
    if as_json:
        for name, document in documents(readable, **options):
            out(_json(name, document))
    else:
        del options["with_title"]
        for name, traced in outcomes(trace, readable, **options):
            out(plain(traced, shown(name), list(rows(traced))))
    context.exit(1 if readable.failed else 0)


def _json(name: str, document: Document) -> str:
    """One outcome as a line of JSON."""
    return json.dumps(
        {
            "file": name,
            "url": document.url,
            "title": document.title,
            "lang": document.lang,
            "site_name": document.site_name,
            "verdict": document.verdict,
            "source": document.source,
            "encoding": document.encoding,
            "text": document.text,
            "removals": [
                {
                    "line": removal.line,
                    "text": document.lines[removal.line].text,
                    "filter": removal.filter,
                    "evidence": {"kind": why.kind, "what": why.what, "line": why.line},
                }
                for removal in document.removals
                for why in [removal.evidence]
            ],
            "warnings": [warning._asdict() for warning in document.warnings],
        },
        ensure_ascii=False,
    )
