"""``boilerstrip workbench``: write rules on saved pages, in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from boilerstrip.extras import MissingExtraError, need


@click.command()
@click.argument("pages", nargs=-1, metavar="[FILE|FOLDER]...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rules",
    type=click.Path(dir_okay=False, path_type=Path),
    default="rules.toml",
    show_default=True,
    metavar="FILE",
    help="The rule file to work on; it need not be there yet.",
)
@click.option(
    "--fixtures",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where pages are saved with what must become of them; by default beside the rule file, under its name.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="By default, any that is free.")
@click.option("--open", "show", is_flag=True, help="Open it in the browser at once.")
def workbench(pages: tuple[Path, ...], rules: Path, fixtures: Path | None, port: int, *, show: bool) -> None:
    """Open saved pages side by side and write rules for them, seeing at once what each rule does.

    It is served on this machine only, at the address that is printed; Ctrl+C ends it. Nothing is
    written but the rule file and the fixtures folder, and those when you say so.
    """
    try:
        need("starlette", "workbench", "the workbench")
        need("uvicorn", "workbench", "the workbench")
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from None
    from boilerstrip.workbench.desk import Desk  # noqa: PLC0415 - an extra
    from boilerstrip.workbench.serve import serve  # noqa: PLC0415
    from boilerstrip.workbench.storage import Storage  # noqa: PLC0415

    def ready(address: str) -> None:
        click.echo(f"The workbench is at {address}")
        if show:
            webbrowser.open(address)

    storage = Storage(rules, rules.with_suffix("") if fixtures is None else fixtures)
    desk = Desk(rules.name)
    try:
        storage.read_rules()
        for page in pages:
            desk.open(page)
        serve(desk, storage, port=port, ready=ready)
    except UnicodeDecodeError:
        raise click.ClickException(f"{rules}: not UTF-8") from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or f'port {port}'}: {error.strerror}") from None
