"""``boilerstrip rules new``: a rule file to begin with."""

from __future__ import annotations

import re
from pathlib import Path

import click

from boilerstrip.cli.pages import out

_STARTER = """\
# Rules for boilerstrip. Test them with: boilerstrip rules test {file}
# Use them with:                         boilerstrip clean --rules {file} page.html
# A rule needs at least one of whole, start, contains, pattern, select and line.

[drop.{family}]
# The lines to drop, as they read; case, accents and punctuation at their ends do not matter.
whole = ["Words of the whole line"]
# start = ["How the line starts"]
# select = ["div.its-class"]

# Lines that must go. This one fails until a line above finds it: put a line of your pages here.
drops = ["A line of your pages that must go"]
# Sentences of articles that say something alike and must stay.
keeps = ["Words of the whole line may well open a sentence of an article, and then that sentence must stay."]
"""


@click.command()
@click.argument("family", metavar="FAMILY")
@click.option("-o", "--output", metavar="FILE", help="The file to write; FAMILY.toml by default.")
def new(family: str, output: str | None) -> None:
    """Write a rule file to begin with, for the filter FAMILY, one there is or a new one.

    Its example fails until you have put your own words in.
    """
    if not re.fullmatch(r"[\w-]+", family):
        raise click.BadParameter(
            f"{family!r} is no name of a filter; letters, digits, '_' and '-' are", param_hint="FAMILY"
        )
    path = Path(output or f"{family}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(_STARTER.format(family=family, file=path))
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; nothing was written") from None
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from None
    out(f"{path} is written; next: boilerstrip rules test {path}")
