"""No family of bad pages costs more than its size: slopes of CPU time on log scales, generously."""

from __future__ import annotations

import os

import pytest

from benchmarks.growth import growth
from benchmarks.hostile import FAMILIES

# A quadratic step shows as 2. What lies between is the collector, caches and a busy machine.
_STEEPEST = 1.5
_SECONDS = 0.03
_TRIES = 5


# Half a minute of measuring: CI asks for it.
@pytest.mark.skipif("GROWTH" not in os.environ, reason="GROWTH is not set")
@pytest.mark.parametrize("name", FAMILIES)
def test_time_grows_with_the_size(name: str) -> None:
    steepness = []
    for attempt in range(_TRIES):
        found = growth(FAMILIES[name], _SECONDS * 2**attempt, rounds=1 + attempt)
        steepness.append(found.exponent)
        if found.exponent < _STEEPEST:
            return
    pytest.fail(f"{name}: exponents {steepness}")
