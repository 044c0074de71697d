"""What the word packs are compiled into: everything normalised, filed as it is looked up.

``words.json`` holds one such set of tables, so that nothing is normalised when it is loaded.
"""

from __future__ import annotations

import msgspec

# (family, phrase as written, language)
Entry = tuple[str, str, str]


class StampTables(msgspec.Struct):
    """The words of dates and times, normalised; ``known`` holds, of each word, a bit a pack that knows it.

    ``alone`` are stamps without a number: "just now"; ``years`` are years that are words.
    """

    months: set[str] = msgspec.field(default_factory=set)
    days: set[str] = msgspec.field(default_factory=set)
    units: set[str] = msgspec.field(default_factory=set)
    glue: set[str] = msgspec.field(default_factory=set)
    marks: set[str] = msgspec.field(default_factory=set)
    clock: set[str] = msgspec.field(default_factory=set)
    years: set[str] = msgspec.field(default_factory=set)
    alone: set[str] = msgspec.field(default_factory=set)
    known: dict[str, int] = msgspec.field(default_factory=dict)


class Tables(msgspec.Struct):
    """The packs of all languages.

    whole           key of a line → (whole | weak, entry)
    respelled       the words of keys that hold punctuation → those keys
    start           first word of a line → (start | opener, key, whether it wants its mark, entry)
    contains        the part that is looked for first → (key, entry)
    languages       function word → languages that use it
    function_sizes  length in characters of the function words of unspaced scripts
    agencies        names of news agencies
    networks        names of social networks and messengers
    errors          what error pages say of themselves
    summaries       how notes begin that a machine has written the summary beside them
    particles       small words inside names of persons
    roles           what those are who write: "reporter"
    credits         what ends the credit of a picture, behind the name: "撮影"
    stamp           the words of dates and times
    """

    whole: dict[str, list[tuple[str, Entry]]] = msgspec.field(default_factory=dict)
    respelled: dict[str, list[str]] = msgspec.field(default_factory=dict)
    start: dict[str, list[tuple[str, str, bool, Entry]]] = msgspec.field(default_factory=dict)
    contains: dict[str, list[tuple[str, Entry]]] = msgspec.field(default_factory=dict)
    languages: dict[str, list[str]] = msgspec.field(default_factory=dict)
    function_sizes: set[int] = msgspec.field(default_factory=set)
    agencies: set[str] = msgspec.field(default_factory=set)
    networks: set[str] = msgspec.field(default_factory=set)
    errors: set[str] = msgspec.field(default_factory=set)
    summaries: set[str] = msgspec.field(default_factory=set)
    particles: set[str] = msgspec.field(default_factory=set)
    roles: set[str] = msgspec.field(default_factory=set)
    credits: set[str] = msgspec.field(default_factory=set)
    stamp: StampTables = msgspec.field(default_factory=StampTables)


def read(data: bytes) -> Tables:
    """The tables in the bytes of ``words.json``."""
    return msgspec.json.decode(data, type=Tables)


def write(tables: Tables) -> str:
    """The text of ``words.json``: sets sorted, one row a line, so that versions can be compared."""
    plain = msgspec.to_builtins(tables, order="deterministic")
    return _lines(plain) + "\n"


def _lines(value: object, depth: int = 0) -> str:
    if not isinstance(value, (dict, list)) or depth > 1:
        return msgspec.json.encode(value).decode()
    if isinstance(value, list):
        return "[\n" + ",\n".join(_lines(item, depth + 1) for item in value) + "\n]"
    rows = (f"{msgspec.json.encode(key).decode()}:{_lines(item, depth + 1)}" for key, item in value.items())
    return "{\n" + ",\n".join(rows) + "\n}"
