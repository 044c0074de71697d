"""The journal of a run: what it is a run of, and after each commit how far it has come.

The journal is a file of JSON lines beside the output, appended to and synced; its last whole
line is the truth. Output that goes beyond it is cut away when the run goes on, so each page is
in the output once, whenever the run was killed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

try:
    import fcntl
except ImportError:  # not a POSIX system: two runs into one output are the caller's to avoid
    fcntl = None  # type: ignore[assignment]


class JournalError(RuntimeError):
    """The output belongs to another run, or to one that is still going on."""


class Position(msgspec.Struct, frozen=True, array_like=True):
    """A place in the input: which file, in the order of the run, and how many of its items are behind."""

    file: int = 0
    item: int = 0


class Totals(msgspec.Struct):
    """What a run has done since its beginning.

    pages    rows written
    errors   rows among them with an error
    bytes    bytes (or characters) of the pages
    seconds  time that it ran
    """

    pages: int = 0
    errors: int = 0
    bytes: int = 0
    seconds: float = 0.0


class State(msgspec.Struct):
    """How far a run has come.

    batches   how many batches are all done, from the first
    position  where the next one begins
    ahead     numbers of batches beyond those that are done as well
    sink      what the output needs to know to go on from here
    finished  whether there is nothing left to do
    """

    batches: int = 0
    position: Position = Position()
    ahead: list[int] = msgspec.field(default_factory=list)
    sink: int = 0
    totals: Totals = msgspec.field(default_factory=Totals)
    finished: bool = False


class _Head(msgspec.Struct):
    run: dict[str, Any]


class Journal:
    """The journal file, open and locked. ``state`` is what it says.

    path  where it lies
    run   what tells this run from others: a mapping of JSON values
    anew  begin at the beginning, whatever the journal says

    Raises JournalError if the output belongs to another run or is being written, OSError.
    """

    def __init__(self, path: Path, run: dict[str, Any], *, anew: bool = False) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            self._lock(path)
            data = b"" if anew else _read(self._descriptor)
            lines = data[: data.rfind(b"\n") + 1].splitlines()
            self.resumed = len(lines) > 1
            try:
                if lines:
                    _compare(msgspec.json.decode(lines[0], type=_Head).run, run, path)
                self.state = msgspec.json.decode(lines[-1], type=State) if self.resumed else State()
            except msgspec.MsgspecError as error:
                raise JournalError(f"{path} is no journal of a run, or damaged: {error}") from None
            self._size = sum(len(line) + 1 for line in lines)
            os.ftruncate(self._descriptor, self._size)
            if not lines:
                self._append(msgspec.json.encode(_Head(run)))
                sync_folder(path.parent)
        except BaseException:
            os.close(self._descriptor)
            raise

    def write(self, state: State) -> None:
        """Put down how far the run has come; on disk when this returns."""
        self._append(msgspec.json.encode(state))
        self.state = state

    def close(self) -> None:
        """Let go of the file and its lock."""
        os.close(self._descriptor)

    def _append(self, line: bytes) -> None:
        data = line + b"\n"
        os.lseek(self._descriptor, self._size, os.SEEK_SET)
        try:
            write_all(self._descriptor, data)
            os.fsync(self._descriptor)
        except OSError:
            # Half a line is none, but the next one must not be joined to it.
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(data)

    def _lock(self, path: Path) -> None:
        if fcntl is not None:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise JournalError(f"another run is writing to this output ({path} is locked)") from None


def write_all(descriptor: int, data: bytes) -> None:
    """All of the data, however many calls it takes. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    """Make names that were created or changed in a folder last."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _read(descriptor: int) -> bytes:
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return file.read()


def _compare(theirs: dict[str, Any], ours: dict[str, Any], path: Path) -> None:
    """JournalError if the journal is that of another run."""
    changed = [key for key in {**theirs, **ours} if theirs.get(key) != ours.get(key)]
    if changed:
        differences = "; ".join(f"{key}: {theirs.get(key)!r} then, {ours.get(key)!r} now" for key in changed)
        raise JournalError(f"the output belongs to another run, says {path} ({differences})")
