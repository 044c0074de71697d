"""Plug-ins: packages that bring filters and rule files, by the entry-point group ``boilerstrip.filters``.

An entry point names a filter, a rule file, or a list of these. A filter is what a pipeline takes;
a rule file is a ``Path``, or what ``importlib.resources.files()`` gives. None is loaded unless it
is asked for (``Pipeline.with_plugins``): what a page gives must not hang on what happens to be
installed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from boilerstrip.rulefiles import RuleError, Rules, read_rules

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "boilerstrip.filters"


class PluginError(RuntimeError):
    """A plug-in that is not there or does not work; the message begins with its name."""


@runtime_checkable
class _File(Protocol):
    """A ``Path``, or a file of a package."""

    @property
    def name(self) -> str: ...

    def read_bytes(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plug-in that has been loaded.

    name   of its entry point
    home   package that it comes from, with its version
    parts  its filters and rules, in its own order
    """

    name: str
    home: str
    parts: tuple[Any, ...]


def installed() -> list[str]:
    """The names of the plug-ins that are installed, in the order in which they would be loaded."""
    return [entry.name for entry in _entries()]


def load_plugins(names: Iterable[str] = (), *, skip_broken: bool = False) -> Iterator[Plugin]:
    """The plug-ins of these names in that order, or all that are installed, by name.

    skip_broken  warn about one that does not work (RuntimeWarning) and go on without it

    Raises PluginError for one that is not there, and for one that does not work.
    """
    entries = _entries()
    by_name = {entry.name: entry for entry in entries}
    for name in names:
        if name not in by_name:
            there = ", ".join(by_name) or "none"
            raise PluginError(f"plug-in {name!r} is not installed; there are: {there}")
    for entry in [by_name[name] for name in names] or entries:
        try:
            plugin = _loaded(entry, entries)
        except PluginError as error:
            report(error, skip_broken=skip_broken)
        else:
            yield plugin


def report(error: PluginError, *, skip_broken: bool) -> None:
    """Raise an error or, where broken plug-ins are to be skipped, warn of it."""
    if not skip_broken:
        raise error
    warnings.warn(f"{error}; going on without it", RuntimeWarning, stacklevel=4)


def broken(plugin: Plugin, error: Exception) -> PluginError:
    """What to say of a plug-in that was loaded and cannot be used."""
    return PluginError(f"plug-in {plugin.name!r} (of {plugin.home}) cannot be used: {error}")


def _entries() -> list[EntryPoint]:
    # Imported here: it takes longer to load than all of this module.
    from importlib.metadata import entry_points  # noqa: PLC0415

    return sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))


def _home(entry: EntryPoint) -> str:
    package = entry.dist
    return f"{package.name} {package.version}" if package is not None else entry.value


def _loaded(entry: EntryPoint, entries: list[EntryPoint]) -> Plugin:
    twice = [_home(each) for each in entries if each.name == entry.name]
    if len(twice) > 1:
        raise PluginError(f"plug-in {entry.name!r} is brought by several packages: {', '.join(twice)}")
    about = f"plug-in {entry.name!r} (of {_home(entry)})"
    try:
        # A stranger's module may raise anything while it is imported, be it SystemExit.
        found = entry.load()
    except (Exception, SystemExit) as error:
        raise PluginError(f"{about} cannot be loaded: {type(error).__name__}: {error}") from error
    parts = found if isinstance(found, (list, tuple)) else (found,)
    if not parts:
        raise PluginError(f"{about} brings nothing")
    return Plugin(entry.name, _home(entry), tuple(_part(about, entry.name, part) for part in parts))


def _part(about: str, name: str, part: Any) -> Any:
    if isinstance(part, type):
        raise PluginError(f"{about} names the class {part.__name__}: it must name a filter made of it")
    if isinstance(part, Rules) or callable(part):
        return part
    if isinstance(part, _File):
        try:
            return read_rules(part.read_bytes(), f"{name}/{part.name}")
        except (OSError, RuleError) as error:
            raise PluginError(f"{about} brings a rule file that cannot be used: {error}") from error
    expected = "a filter, the Path of a rule file, Rules, or a list of these"
    raise PluginError(f"{about} names {part!r}; expected {expected}")
