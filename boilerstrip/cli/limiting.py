"""How much of a page a command looks at: options that make ``Limits``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from boilerstrip.limits import Limits

_Command = TypeVar("_Command", bound=Callable[..., object])


def limit_options(command: _Command) -> _Command:
    """The options that ``limits_of`` takes, under the same names."""
    for option in (
        click.option(
            "--on-limit",
            type=click.Choice(["cut", "error"]),
            default="cut",
            help="Whether a page over a limit is cut or flattened (the default), or passed over as an error.",
        ),
        click.option(
            "--limit",
            multiple=True,
            metavar="NAME=NUMBER",
            help=f"A limit on a page, or NAME=none; repeatable. Names: {', '.join(Limits.names())}.",
        ),
    ):
        command = option(command)
    return command


def limits_of(*, limit: tuple[str, ...], on_limit: str) -> Limits:
    """The limits that these options ask for; wrong names and numbers end the command as wrong usage."""
    values: dict[str, float | None] = {}
    for each in limit:
        name, _, number = each.partition("=")
        if name not in Limits.names():
            raise click.UsageError(f"--limit: no limit is called {name!r}; there are: {', '.join(Limits.names())}")
        try:
            values[name] = None if number.lower() == "none" else float(number) if name == "seconds" else int(number)
        except ValueError:
            raise click.UsageError(f"--limit: {name} takes a number or none, not {number!r}") from None
    try:
        return Limits(**values, on_limit=on_limit)  # type: ignore[arg-type] # Limits checks them
    except (TypeError, ValueError) as error:
        raise click.UsageError(f"--limit: {error}") from None
