"""``boilerstrip COMMAND``: the library from a shell; one command, one module.

Exit codes: 0; 1 if a file could not be read (the others are still processed); 2 for wrong usage.
"""

from __future__ import annotations

import click

from boilerstrip import __version__
from boilerstrip.cli.lazy import lazy

COMMANDS: dict[str, str] = {
    "clean": "boilerstrip.cli.clean",
    "explain": "boilerstrip.cli.explain",
    "extract": "boilerstrip.cli.extract",
    "filters": "boilerstrip.cli.filters",
    "rules": "boilerstrip.cli.rules",
    "run": "boilerstrip.cli.run",
    "stats": "boilerstrip.cli.stats",
    "workbench": "boilerstrip.cli.workbench",
}


@click.group(cls=lazy(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="boilerstrip", message="%(prog)s %(version)s")
def main() -> None:
    """News pages, HTML or flattened text, to clean article text."""
