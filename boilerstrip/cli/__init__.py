"""``boilerstrip COMMAND``: the library from a shell; one command, one module.

Exit codes: 0; 1 if a file could not be read (the others are still processed); 2 for wrong usage.
"""

from __future__ import annotations

from importlib import import_module

import click

from boilerstrip import __version__

# Command → the module that holds it, under its own name (a "-" is a "_" there); loaded when it is asked for.
COMMANDS: dict[str, str] = {
    "clean": "boilerstrip.cli.clean",
    "extract": "boilerstrip.cli.extract",
    "filters": "boilerstrip.cli.filters",
}


class _Commands(click.Group):
    """Loads a command when it is called: a command with heavy parts costs the others nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names it
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="boilerstrip", message="%(prog)s %(version)s")
def main() -> None:
    """News pages, HTML or flattened text, to clean article text."""
