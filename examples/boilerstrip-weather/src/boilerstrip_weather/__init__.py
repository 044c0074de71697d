"""Forecast boxes beside articles: a plug-in for boilerstrip."""

from pathlib import Path

from boilerstrip_weather.degrees import degrees

PARTS = [degrees, Path(__file__).with_name("weather.toml")]
