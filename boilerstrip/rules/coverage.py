"""How many phrases the packs have, by language and family: so that anyone sees what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from boilerstrip.rules.tables import Entry, Tables

Counts = dict[str, dict[str, int]]


def counts_of(tables: Tables) -> Counts:
    """Language → family → number of its phrases, languages and families sorted by name."""
    counts: Counts = {}
    for family, _, lang in _entries(tables):
        row = counts.setdefault(lang, {})
        row[family] = row.get(family, 0) + 1
    return {lang: dict(sorted(counts[lang].items())) for lang in sorted(counts)}


def _entries(tables: Tables) -> list[Entry]:
    return [
        *(entry for hits in tables.whole.values() for _, entry in hits),
        *(entry for hits in tables.start.values() for _, _, _, entry in hits),
        *(entry for hits in tables.contains.values() for _, entry in hits),
    ]


def markdown(counts: Mapping[str, Mapping[str, int]]) -> str:
    """A table, one row a language and one column a family; a dash where a pack says nothing."""
    families = sorted({family for row in counts.values() for family in row})
    lines = [
        "| | all | " + " | ".join(families) + " |",
        "|---|" + "---:|" * (len(families) + 1),
    ]
    for lang, row in counts.items():
        cells = [str(sum(row.values())), *(str(row.get(family, "–")) for family in families)]
        lines.append(f"| {lang} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
