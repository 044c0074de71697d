"""Site sections from the files of Full-Text RSS: one file a host, lines of ``directive: value``.

Source of the format: "Site patterns" of FiveFilters' Full-Text RSS, whose public collection,
ftr-site-config, is in the public domain. What cannot be applied is left out, with a note.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from boilerstrip.rulefiles.selectors import check_selector, is_xpath

_DIRECTIVE = re.compile(r"([a-z_]+)(?:\([^)]*\))?\s*:\s?(.*)", re.I)
_HOST = re.compile(r"\.?[^\s./:@?#]+(?:\.[^\s./:@?#]+)+")
_NAME = re.compile(r"-?[A-Za-z_][\w-]*", re.ASCII)
# What happens anyway: an article's element is not pruned, and where it is not found the page is
# judged as others are.
_AGREED = frozenset([("prune", "no"), ("tidy", "no"), ("autodetect_on_failure", "yes")])
_FOR_AUTHORS = frozenset(["test_url", "test_contains"])

_FETCHES = "pages are not fetched"
_CHANGES = "pages are not changed"
_IMAGES = "images are no part of the text"
_FINDS = "the library finds it itself"
# Why each other directive is left out.
_IGNORED = {
    "title": _FINDS,
    "author": "not asked for",
    "date": "not asked for",
    "strip_image_src": _IMAGES,
    "insert_detected_image": _IMAGES,
    "src_lazy_load_attr": _IMAGES,
    "single_page_link": _FETCHES,
    "single_page_link_in_feed": _FETCHES,
    "next_page_link": _FETCHES,
    "autodetect_next_page": _FETCHES,
    "if_page_contains": _FETCHES,
    "http_header": _FETCHES,
    "requires_login": _FETCHES,
    "login_uri": _FETCHES,
    "login_username_field": _FETCHES,
    "login_password_field": _FETCHES,
    "login_extra_fields": _FETCHES,
    "not_logged_in_xpath": _FETCHES,
    "find_string": _CHANGES,
    "replace_string": _CHANGES,
    "wrap_in": _CHANGES,
    "move_into": _CHANGES,
    "dissolve": _CHANGES,
    "strip_attr": _CHANGES,
    "convert_double_br_tags": _CHANGES,
    "footnotes": _CHANGES,
    "parser": "there is one parser",
    "tidy": "there is one parser",
    "strip_comments": "comments are stripped anyway",
    "skip_json_ld": "JSON-LD is not read",
    "native_ad_clue": "pages are not sorted",
    "prune": "the article's element is not pruned; families take theirs",
    "autodetect_on_failure": "where the element is not found, the page is judged as others are",
}


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a file that was left out.

    file       its name
    line       line in it, from 1; 0 for the file as a whole
    directive  what it says there; empty for the file as a whole
    message    why it is left out
    """

    file: str
    line: int
    directive: str
    message: str

    def __str__(self) -> str:
        if not self.line:
            return f"{self.file}: {self.message}"
        return f"{self.file}:{self.line}: {self.directive}: {self.message}"


@dataclass(slots=True)
class _Section:
    """One file as it becomes a section."""

    host: str
    body: list[str] = field(default_factory=list)
    strip: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def import_ftr(folder: Path) -> tuple[str, int, list[Note]]:
    """(a rule file with a section for each file ``HOST.txt`` of a folder, how many, what was left out).

    Raises OSError for a folder or file that cannot be read, ValueError for a folder that holds
    no file of the kind.
    """
    files = sorted(path for path in folder.iterdir() if path.name.endswith(".txt") and path.is_file())
    sections: list[_Section] = []
    notes: list[Note] = []
    for path in files:
        host = path.name.removesuffix(".txt").lower()
        if not _HOST.fullmatch(host):
            notes.append(Note(path.name, 0, "", "is not called as a host"))
            continue
        section = _section(host, path.name, path.read_text("utf-8-sig", "replace"))
        if not section.body and not section.strip:
            section.notes.append(Note(path.name, 0, "", "says nothing that can be applied"))
        else:
            sections.append(section)
        notes.extend(section.notes)
    if not sections:
        raise ValueError(f"{folder}: holds no file such as news.example.txt with body: or strip: lines")
    return "\n".join(["# Made by: boilerstrip rules import-ftr", *map(_toml, sections)]), len(sections), notes


def _section(host: str, name: str, text: str) -> _Section:
    section = _Section(host)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _DIRECTIVE.fullmatch(line.strip())
        if match is None:
            section.notes.append(Note(name, number, line.strip()[:40], "is no directive"))
            continue
        directive, value = match[1].lower(), match[2].strip()
        into = section.body if directive == "body" else section.strip
        said = ""
        if directive in ("body", "strip"):
            selector = value if is_xpath(value) else f"xpath:{value}"
            said = check_selector(selector) if value else "it is empty"
        elif directive == "strip_id_or_class":
            selector = _named(value)
            said = check_selector(selector) if selector else "it is empty"
        elif directive in _FOR_AUTHORS or (directive, value.lower()) in _AGREED:
            continue
        else:
            section.notes.append(Note(name, number, directive, f"ignored: {_IGNORED.get(directive, 'not known')}"))
            continue
        if said:
            section.notes.append(Note(name, number, directive, f"left out: {value!r}: {said}"))
        elif selector not in into:
            into.append(selector)
    return section


def _named(value: str) -> str:
    """A selector for the elements of which a value is an id or a class, whole: "ad" is not in "header"."""
    value = " ".join(value.replace('"', "").replace("'", "").split())
    if _NAME.fullmatch(value):
        return f".{value}, #{value}"
    if not value:
        return ""
    return (
        "//*["
        + " or ".join(f"contains(concat(' ', normalize-space(@{name}), ' '), ' {value} ')" for name in ("class", "id"))
        + "]"
    )


def _toml(section: _Section) -> str:
    rows = [f"\n[site.{_quoted(section.host)}]"]
    if not section.host.startswith("."):
        rows.append("subdomains = false")
    for key, selectors in (("body", section.body), ("strip", section.strip)):
        if len(selectors) == 1:
            rows.append(f"{key} = {_quoted(selectors[0])}")
        elif selectors:
            rows.append(f"{key} = [\n" + "".join(f"  {_quoted(each)},\n" for each in selectors) + "]")
    ignored = _counted(note.directive for note in section.notes)
    if ignored:
        rows.append(f"# ignored: {', '.join(ignored)}")
    return "\n".join(rows)


def _counted(names: Iterable[str]) -> list[str]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return [f"{name} ({count})" if count > 1 else name for name, count in counts.items()]


def _quoted(text: str) -> str:
    """A string of TOML; JSON writes one, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
