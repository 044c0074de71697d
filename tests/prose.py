"""Invented news prose, one file a language in ``prose/``: a headline and four paragraphs that no family may touch.

``test_words`` puts every example of the word packs into these pages, ``test_decode`` writes them
in the language's old encodings. A new word pack needs its prose here: ``prose/<lang>.txt``, the
headline first, blank lines between. A language that is written in two scripts has a second file,
``prose/<lang>-<script>.txt``; examples go into the one in whose script they are written.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Prose(NamedTuple):
    headline: str
    paragraphs: tuple[str, ...]


def _read(path: Path) -> Prose:
    headline, *paragraphs = path.read_text("utf-8").strip().split("\n\n")
    return Prose(headline, tuple(" ".join(paragraph.split()) for paragraph in paragraphs))


# By file name: "sr" and "sr-latn" are the same language.
PROSE: dict[str, Prose] = {path.stem: _read(path) for path in sorted(Path(__file__).with_suffix("").glob("*.txt"))}


def prose_for(lang: str, text: str) -> Prose:
    """The page in ``lang`` that shares the most letters with ``text``: the one in its script."""
    letters = set(filter(str.isalpha, text.lower()))
    pages = [page for name, page in PROSE.items() if name == lang or name.startswith(f"{lang}-")]
    return max(pages, key=lambda page: len(letters.intersection("".join(page.paragraphs).lower())))


def html_page(prose: Prose, *, charset: str | None = None) -> str:
    """A small news page around the prose; ``charset`` is what its ``<meta>`` declares."""
    meta = f'<meta charset="{charset}">' if charset else ""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in prose.paragraphs)
    return (
        f"<!DOCTYPE html>\n<html><head>{meta}<title>{prose.headline}</title>\n"
        '<script>var page = {"section": "news", "id": 4711};</script></head>\n'
        f'<body><div class="wrap"><article><h1>{prose.headline}</h1>\n{body}\n</article></div></body></html>\n'
    )


def article_text(prose: Prose) -> str:
    """What ``clean`` makes of ``html_page``."""
    return "\n\n".join(prose.paragraphs)
