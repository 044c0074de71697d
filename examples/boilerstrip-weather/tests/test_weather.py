"""The plug-in as its users have it: installed, found by name, at work on a page."""

from pathlib import Path

import boilerstrip_weather
import pytest

import boilerstrip
from boilerstrip.testing import Check, checks_of

RULES = Path(boilerstrip_weather.__file__).with_name("weather.toml")
PIPELINE = boilerstrip.Pipeline.default().with_plugins("weather")
PAGE = """<html><head><title>Bridge to close</title></head><body>
<h1>Bridge to close</h1>
<p>The Mill Street bridge will close in March, the council decided on Tuesday night.</p>
<p>At 21° in the shade the debate took four hours, and nobody left before it was over.</p>
<div class="site-weather-widget"><h4>Weather forecast</h4><p>Sunny spells</p></div>
<p>Max 21 °C Min 9 °C</p>
<p>Drivers will be sent over the County Road 9 bridge, a detour of three miles.</p>
</body></html>"""


@pytest.mark.parametrize("check", checks_of(RULES), ids=str)
def test_rules(check: Check) -> None:
    check()


def test_on_a_page() -> None:
    document = boilerstrip.extract(PAGE, pipeline=PIPELINE)
    taken = {document.lines[removal.line].text: removal.filter for removal in document.removals}
    assert taken["Weather forecast"] == taken["Sunny spells"] == "weather"
    assert taken["Max 21 °C Min 9 °C"] == "degrees"
    assert "At 21° in the shade" in document.text
    assert list(document.warnings) == []
