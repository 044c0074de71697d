"""One driver for every saved page: in the default pipeline, and its own family alone."""

from __future__ import annotations

import pytest
from fixture_cases import Case, all_cases, differences, differences_alone

from boilerstrip import Pipeline

CASES = all_cases()
OWN = [case for case in CASES if case.family != "pages"]
FAMILIES = Pipeline.default().names


def test_every_family_has_its_fixtures() -> None:
    """Per family one page of HTML, one of flattened text, one trap; and whole pages besides."""
    wanting = []
    for family in FAMILIES:
        shown = {case.source for case in OWN if case.family == family and not case.is_trap}
        traps = [case for case in OWN if case.family == family and case.is_trap]
        # Flattened text has no hidden elements.
        if not shown >= ({"html"} if family == "hidden" else {"html", "txt"}) or not traps:
            wanting.append(family)
    assert wanting == []
    assert {case.family for case in OWN} == set(FAMILIES)
    assert len([case for case in CASES if case.family == "pages"]) >= 8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_expectations_are_well_formed(case: Case) -> None:
    names = {name for _, names in case.removed for name in names}
    assert names <= set(FAMILIES)
    owners = {names[0] for _, names in case.removed}
    assert case.family == "pages" or (case.family in owners) != case.is_trap
    lines = {line.text for line in case.run(Pipeline()).lines}
    strange = [line for line in case.expected.split("\n") if line and line not in lines]
    assert strange == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_default_pipeline(case: Case) -> None:
    assert differences(case, case.run()) == []


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.id)
def test_family_alone(case: Case) -> None:
    assert differences_alone(case, case.run(Pipeline.default().only(case.family))) == []
