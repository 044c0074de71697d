"""``boilerstrip rules import-ftr``: site sections from files of Full-Text RSS."""

from __future__ import annotations

from pathlib import Path

import click

from boilerstrip.cli.pages import out
from boilerstrip.rulefiles.ftr import Note
from boilerstrip.rulefiles.ftr import import_ftr as import_folder


@click.command(name="import-ftr")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("-v", "--verbose", is_flag=True, help="Say of each line that was left out why.")
def import_ftr(folder: Path, output: Path, *, verbose: bool) -> None:
    """Make a rule file of site sections from the files HOST.txt in DIR, as Full-Text RSS has them.

    body:, strip: and strip_id_or_class: are taken over; what cannot be applied is counted, and named
    in the file beside its site.
    """
    try:
        text, sites, notes = import_folder(folder)
        output.write_text(text + "\n", "utf-8")
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    for line in map(str, notes) if verbose else _summary(notes):
        click.echo(line, err=True)
    out(f"{output}: {sites} sites")


def _summary(notes: list[Note]) -> list[str]:
    """Notes of one kind in one line."""
    kinds: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        kinds.setdefault((note.directive if note.line else "", note.message.partition(": ")[0]), []).append(note)
    rows = []
    for (directive, message), same in kinds.items():
        about = {note.message for note in same}
        said = about.pop() if len(about) == 1 else message
        rows.append(
            f"{directive or 'files'}: {len(same)} {'line' if directive else 'file'}{'s'[: len(same) > 1]} {said}"
        )
    return sorted(rows)
