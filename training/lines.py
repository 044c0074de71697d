"""Labelled pages → labelled lines: which of a page's lines belong to its true text."""

from __future__ import annotations

from difflib import SequenceMatcher
from types import ModuleType

from boilerstrip.page import Line

# A line belongs if this share of its words is matched with the truth.
_BELONGS = 0.5


def belongs(lines: list[Line], truth: str, score: ModuleType) -> list[bool]:
    """Per line, whether it is part of the truth: words matched in order, longest runs first."""
    tokens: list[str] = []
    owner: list[int] = []
    sizes = [0] * len(lines)
    for line in lines:
        words = score.tokens(line.text)
        sizes[line.index] = len(words)
        tokens.extend(words)
        owner.extend([line.index] * len(words))
    matched = [0] * len(lines)
    wanted = score.tokens(truth)
    for a, _, size in SequenceMatcher(None, tokens, wanted, autojunk=False).get_matching_blocks():
        for k in range(a, a + size):
            matched[owner[k]] += 1
    return [size > 0 and hits >= _BELONGS * size for hits, size in zip(matched, sizes, strict=True)]


def told(lines: list[Line], stay: list[str], go: list[str]) -> list[bool | None]:
    """Per line, what snippets say of it: part of the content, none, or (None) nothing."""
    stays = [" ".join(snippet.split()) for snippet in stay]
    goes = [" ".join(snippet.split()) for snippet in go]
    labels: list[bool | None] = []
    for line in lines:
        content = any(snippet in line.text for snippet in stays)
        furniture = any(snippet in line.text for snippet in goes)
        labels.append(content if content != furniture else None)
    return labels
