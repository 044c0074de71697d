"""One Hypothesis profile, the same examples on every run, no deadline on slow machines; and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Root has no sandbox; and it shall speak to nobody but us.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium, without a window; tests that ask for it skip where it is missing.

    Closed after each module: as long as it runs, its event loop is in the way of others'.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install -e '.[dev]'")
    found = os.environ.get("BOILERSTRIP_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium, or its path in BOILERSTRIP_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser as on the first day: no cookies, no storage, light, and 1,400 by 850 pixels."""
    opened = browser.new_context(viewport={"width": 1400, "height": 850}, color_scheme="light")
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()
