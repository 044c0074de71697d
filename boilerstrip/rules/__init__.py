"""The words: what families look like in each language, and how a line is matched against it.

``words/*.toml`` is what people edit, one file per language; ``words.json`` is made from it by
``python -m boilerstrip.rules`` and is what runs (TOML takes too long to read at every start).
"""

from boilerstrip.rules.match import Words, load

__all__ = ["Words", "load"]
