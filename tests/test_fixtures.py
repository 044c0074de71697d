"""One driver for every saved page: in the default pipeline, and its own family alone."""

from __future__ import annotations

import pytest
from fixture_cases import KNOWN_FAILURES, Case, all_cases, differences, differences_alone

from boilerstrip import Pipeline

CASES = all_cases()
OWN = [case for case in CASES if case.family != "pages"]
FAMILIES = Pipeline.default().names
# The judge looks at what the families left over (it declares ``depends``): alone it sees another page.
ALONE = [case for case in OWN if not getattr(Pipeline.default()[case.family], "depends", False)]
KNOWN = [
    pytest.param(case, id=case.id, marks=pytest.mark.xfail(reason=KNOWN_FAILURES[case.id], strict=True))
    if case.id in KNOWN_FAILURES
    else pytest.param(case, id=case.id)
    for case in CASES
]


def test_known_failures_are_cases() -> None:
    assert set(KNOWN_FAILURES) <= {case.id for case in CASES}


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


@pytest.mark.parametrize("case", KNOWN)
def test_default_pipeline(case: Case) -> None:
    assert differences(case, case.run()) == []


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.id)
def test_family_alone(case: Case) -> None:
    assert differences_alone(case, case.run(Pipeline.default().only(case.family))) == []
