"""Which filters a command works with: options that make a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from boilerstrip.pipeline import PRESETS, Pipeline, UnknownFilterError

_Command = TypeVar("_Command", bound=Callable[..., object])


def filter_options(command: _Command) -> _Command:
    """The options that ``pipeline_of`` takes, under the same names."""
    option = click.option("--only", multiple=True, metavar="NAME", help="Use only this filter; repeatable.")
    return without_options(option(command))


def without_options(command: _Command) -> _Command:
    """The same without ``--only``, for commands to which that means something else."""
    for option in (
        click.option(
            "--without",
            multiple=True,
            metavar="NAME",
            help="Switch this filter off; repeatable. Names: boilerstrip filters.",
        ),
        click.option(
            "--preset",
            type=click.Choice(PRESETS),
            default="news",
            help="news (the default), precision (keeps less), recall (keeps more), readability.",
        ),
        addition_options,
    ):
        command = option(command)
    return command


def addition_options(command: _Command) -> _Command:
    """The options for what is added to the filters: rule files, plug-ins."""
    for option in (
        click.option("--plugins", is_flag=True, help="Use the plug-ins that are installed."),
        click.option("--rules", multiple=True, metavar="FILE", help="Use the rules of this file too; repeatable."),
    ):
        command = option(command)
    return command


def pipeline_of(
    *,
    preset: str = "news",
    rules: tuple[str, ...] = (),
    plugins: bool = False,
    without: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
) -> Pipeline:
    """The pipeline of a preset with these rule files and the plug-ins, cut down by name.

    Wrong names, files that cannot be read and plug-ins that do not work end the command as wrong usage.
    """
    if without and only:
        raise click.UsageError("--without and --only cannot be used together")
    pipeline = Pipeline.preset(preset)
    if rules or plugins:
        pipeline = _adding(pipeline, rules, plugins=plugins)
    try:
        return pipeline.only(*only) if only else pipeline.without(*without)
    except UnknownFilterError as error:
        raise click.UsageError(f"{'--only' if only else '--without'}: {error}") from None


def _adding(pipeline: Pipeline, rules: tuple[str, ...], *, plugins: bool) -> Pipeline:
    # Imported here: a command without either need not wait for them.
    from boilerstrip.plugins import PluginError  # noqa: PLC0415
    from boilerstrip.rulefiles import RuleError  # noqa: PLC0415

    try:
        if plugins:
            pipeline = pipeline.with_plugins()
        return pipeline.with_rules(*map(Path, rules))
    except PluginError as error:
        raise click.UsageError(f"--plugins: {error}") from None
    except RuleError as error:
        raise click.UsageError(f"--rules: {error}") from None
    except OSError as error:
        raise click.UsageError(f"--rules: {error.filename}: {error.strerror}") from None
