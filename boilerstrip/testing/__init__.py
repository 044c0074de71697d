"""For authors of rules and filters: examples and saved pages as checks, for pytest or anything else.

>>> import pytest
>>> from boilerstrip.testing import checks_of
>>> @pytest.mark.parametrize("check", checks_of("examples/rules/harlow.toml"), ids=str)
... def test_rules(check):
...     check()
"""

from boilerstrip.testing.cases import Case, cases_in, differences, differences_alone, read_case, removed_lines
from boilerstrip.testing.checks import Check, checks_of

__all__ = [
    "Case",
    "Check",
    "cases_in",
    "checks_of",
    "differences",
    "differences_alone",
    "read_case",
    "removed_lines",
]
