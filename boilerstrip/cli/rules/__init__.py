"""``boilerstrip rules COMMAND``: what has to do with rules and words; one command, one module."""

from __future__ import annotations

import click

from boilerstrip.cli.lazy import lazy

COMMANDS: dict[str, str] = {
    "coverage": "boilerstrip.cli.rules.coverage",
    "import-ftr": "boilerstrip.cli.rules.import_ftr",
    "new": "boilerstrip.cli.rules.new",
    "test": "boilerstrip.cli.rules.test",
}


@click.group(cls=lazy(COMMANDS))
def rules() -> None:
    """Check, test and make rules."""
