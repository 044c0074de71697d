"""A group of commands that are loaded when they are called."""

from __future__ import annotations

from importlib import import_module

import click


class LazyGroup(click.Group):
    """A group that loads a command when it is called: one with heavy parts costs the others nothing.

    modules  command → the module that holds it, under its own name (a "-" is a "_" there)
    """

    modules: dict[str, str]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click names it
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        command: click.Command = getattr(import_module(module), cmd_name.replace("-", "_"))
        return command


def lazy(modules: dict[str, str]) -> type[LazyGroup]:
    """The class of a group of these commands, for ``click.group(cls=…)``."""
    return type("_Commands", (LazyGroup,), {"modules": modules})
