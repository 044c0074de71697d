"""Rule files: rules that users write, as TOML, and how they become filters.

``parse`` makes :class:`Rules` of text or says what is wrong with it (``problems``, ``where``),
``schema`` is what it may hold, ``search`` and ``sites`` look for it in pages, ``rules`` are the
filters.
"""

from boilerstrip.rulefiles.load import RuleSource, load_rules, read_rules
from boilerstrip.rulefiles.parse import parse_rules
from boilerstrip.rulefiles.problems import Problem, RuleError
from boilerstrip.rulefiles.rules import BodyOr, RuleFilter, Rules

__all__ = [
    "BodyOr",
    "Problem",
    "RuleError",
    "RuleFilter",
    "RuleSource",
    "Rules",
    "load_rules",
    "parse_rules",
    "read_rules",
]
