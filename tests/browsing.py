"""What the tests in a browser share: hostile text, how legible a page is, screenshots."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Screenshots of the tests, for those who want to look: a folder.
LOOK = os.environ.get("BOILERSTRIP_SCREENSHOTS")


def look(page: Page, name: str) -> None:
    if LOOK:
        page.screenshot(path=Path(LOOK) / f"{name}.png")


# Text that would run, load or lead away, were it ever taken for markup; running sets window.pwned.
EVIL = "window.pwned = true"
HOSTILE = [
    f"<script>{EVIL}</script>",
    f"</script><script>{EVIL}</script>",
    f"<!--<script>{EVIL}//-->",
    f"<img src=x onerror='{EVIL}'>",
    "<img src=https://evil.example/a.png>",
    f"<svg onload='{EVIL}'><script>{EVIL}</script></svg>",
    f"<a href='javascript:{EVIL}'>click</a>",
    "<iframe src=https://evil.example/></iframe>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>body { background: url(https://evil.example/b.png) }</style>",
    f"<p style='background:url(https://evil.example/c.png)' onmouseover='{EVIL}'>x</p>",
    f'\\u003cscript\\u003e{EVIL}\\u003c/script\\u003e " \\" \' ` ${{{EVIL}}}',
    f"\u2028{EVIL}\u2029{EVIL}",
    "]]> --> --!> <![CDATA[ </style></title></textarea></noscript><plaintext>",
    "{{script}} {{policy}} {{trace}}",
]

# The least contrast of text to its ground among the elements of a selector; WCAG 2 asks for 4.5.
LEAST_CONTRAST = """
(selector) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const parse = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => { for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ratios = [];
  for (const e of document.querySelectorAll(selector)) {
    if (!e.checkVisibility()) continue;
    ratios.push(ratio(parse(getComputedStyle(e).color), ground(e)));
    const chip = getComputedStyle(e, "::before");
    if (chip.content.startsWith('"') && chip.content.length > 2) ratios.push(ratio(parse(chip.color), parse(chip.backgroundColor)));
  }
  return Math.min(...ratios);
}
"""
