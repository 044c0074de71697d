"""``boilerstrip clean``: the article text."""

from __future__ import annotations

from typing import Any

import click

from boilerstrip.cli.pages import Files, documents, note, out, page_options, shown


@click.command()
@page_options
@click.pass_context
def clean(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Print the article text of each FILE, or of standard input.

    Several files are set apart by lines "==> FILE <==". Where a page has no article text, a
    note on standard error says what kind of page it is.
    """
    readable = Files(files)
    first = True
    for name, document in documents(readable, **options):
        if len(readable.names) > 1:
            gap = "" if first else "\n"
            out(f"{gap}==> {shown(name)} <==\n")
            first = False
        if document.text:
            out(document.text)
        else:
            note(name, f"no article text (verdict: {document.verdict})")
    context.exit(1 if readable.failed else 0)
