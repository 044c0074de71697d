"""The workbench in a real browser: typing, marking, saving, keys, and pages that are not to be trusted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import HOSTILE, LEAST_CONTRAST, look
from fixture_cases import FOLDER

from boilerstrip.testing import read_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ENGLISH = FOLDER / "pages" / "en_local_paper"
ARABIC = FOLDER / "pages" / "ar_wordpress"
PROSE = "The council voted on Tuesday night to close the Mill Street bridge for a year, a spokesman said. "


@pytest.fixture
def served(tmp_path: Path, browser: Browser) -> Iterator[str]:
    """The address of a workbench with two pages, and room to save below ``tmp_path``."""
    pytest.importorskip("starlette", reason="needs starlette: pip install -e '.[dev]'")
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    pages[0].write_bytes((ENGLISH / "page.html").read_bytes())
    pages[1].write_bytes((ARABIC / "page.html").read_bytes())
    yield from serving(tmp_path, *pages)


def serving(folder: Path, *pages: Path) -> Iterator[str]:
    command = [
        sys.executable,
        "-u",
        "-m",
        "boilerstrip",
        "workbench",
        *map(str, pages),
        "--rules",
        str(folder / "my.toml"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip().removeprefix("The workbench is at ")
        finally:
            running.terminate()


@pytest.fixture
def bench(context: BrowserContext, served: str) -> Page:
    return opened(context, served)


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    status_says(page, "by the rules")
    return page


def status_says(page: Page, text: str) -> None:
    page.locator("#status", has_text=text).wait_for()


def row(page: Page, rule: str) -> list[str]:
    cells = page.locator("#table tbody tr", has=page.get_by_role("rowheader", name=rule, exact=True)).locator("td")
    return cells.all_inner_texts()


RULES = '[drop.funding]\nwhole = ["Who pays for it"]\n'


def test_rules_take_effect_while_they_are_typed_on_all_pages(bench: Page) -> None:
    status_says(bench, "2 pages; by the rules gone: 0, back: 0")
    bench.get_by_role("textbox", name="Rule file").press_sequentially(RULES)
    status_says(bench, "gone: 1, back: 0")
    gained = bench.locator(".line.gained")
    assert gained.locator(".text").inner_text() == "Who pays for it"
    assert gained.locator(".by").inner_text() == "funding"
    assert "my.toml: funding: whole “Who pays for it”" in (gained.get_attribute("title") or "")
    assert row(bench, "funding") == ["1", "0", "0"]
    bench.locator("#rules").fill(
        RULES
        + '[keep.authors]\nselect = ".article-byline, .byline, [itemprop=author]"\n[drop.menu]\nwhole = "Sports"\n'
    )
    bench.locator("#table tbody tr").nth(2).wait_for()
    assert row(bench, "menu")[0] == "0"
    assert int(row(bench, "menu")[1]) > 0
    look(bench, "workbench")
    bench.locator("#rules").fill("")
    status_says(bench, "gone: 0, back: 0")
    assert bench.locator(".line.gained").count() == 0


def test_a_mistake_is_shown_with_its_line_and_leaves_the_pages_as_they_were(bench: Page) -> None:
    editor = bench.locator("#rules")
    editor.fill(RULES)
    status_says(bench, "gone: 1")
    editor.fill(RULES + '\n[drop.more]\nwole = "Sports"\n')
    problem = bench.locator("#problems button")
    assert problem.inner_text() == "Line 5: drop.more.wole: unknown key; did you mean whole?"
    assert editor.get_attribute("aria-invalid") == "true"
    assert bench.locator(".line.gained").count() == 1
    problem.click()
    chosen = editor.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert chosen == 'wole = "Sports"'


def test_marks_tell_which_rule_is_wrong(bench: Page) -> None:
    bench.locator("#rules").fill(RULES)
    status_says(bench, "gone: 1")
    line = bench.locator(".line.gained")
    line.hover()
    line.get_by_role("button", name="Wrong as it is").click()
    status_says(bench, "marks: 0 right, 1 wrong")
    assert row(bench, "funding") == ["1", "0", "1"]
    assert bench.locator(".line.differs .verdict").inner_text() == "✗"
    bench.get_by_role("button", name="Changed or wrong").click()
    assert bench.locator(".line:visible").count() == 1
    bench.locator("#rules").fill("# none")
    status_says(bench, "marks: 1 right, 0 wrong")


def test_marking_and_walking_by_keyboard(bench: Page) -> None:
    lines = bench.locator(".lines").first.locator(".line")
    lines.first.focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "r"):
        bench.keyboard.press(key)
    status_says(bench, "marks: 1 right, 0 wrong")
    assert lines.nth(1).locator(".verdict").inner_text() == "✓"
    assert "marked right" in (lines.nth(1).get_attribute("aria-label") or "")
    bench.keyboard.press("w")
    status_says(bench, "marks: 0 right, 1 wrong")
    bench.keyboard.press("u")
    status_says(bench, "marks: 0 right, 0 wrong")
    bench.locator(".line", has_text="Who pays for it").focus()
    bench.keyboard.press("a")
    status_says(bench, "gone: 1")
    assert bench.locator("#rules").input_value() == '[drop.mine]\nwhole = ["Who pays for it"]\n'
    bench.keyboard.press("ArrowDown")
    stops = bench.evaluate("document.querySelectorAll('.line[tabindex=\"0\"]').length")
    assert stops == 2  # one for each page


def test_rules_and_fixtures_are_saved(bench: Page, tmp_path: Path) -> None:
    bench.locator("#rules").fill(RULES)
    bench.locator("#rules").press("Control+s")
    status_says(bench, "Saved.")
    assert (tmp_path / "my.toml").read_text("utf-8") == RULES
    assert bench.get_by_role("button", name="Save", exact=True).first.is_disabled()
    bench.locator(".line", has_text="54° Harlow Creek").focus()
    bench.keyboard.press("w")
    bench.get_by_role("button", name="Save one as a fixture").click()
    dialog = bench.get_by_role("dialog")
    assert dialog.get_by_label("Name").input_value() == "one"
    dialog.get_by_label("Name").fill("../one")
    dialog.get_by_role("button", name="Save").click()
    assert not (tmp_path / "my").exists()
    dialog.get_by_label("Name").fill("harlow")
    dialog.get_by_role("button", name="Save").click()
    said = dialog.locator("#fixture-said.good")
    said.wait_for()
    assert "do not yet give it:\nlost: 54° Harlow Creek" in said.inner_text()
    look(bench, "workbench_dialog")
    case = read_case(tmp_path / "my" / "harlow")
    assert case.page == (ENGLISH / "page.html").read_bytes()
    assert case.expected.startswith("54° Harlow Creek")
    assert ("Who pays for it", ("funding",)) in (case.removed or ())
    dialog.get_by_role("button", name="Cancel").click()
    bench.get_by_role("button", name="Check examples").click()
    bench.locator("#problems li.bad", has_text="1 fails").wait_for()


def test_a_file_changed_elsewhere_is_not_overwritten(bench: Page, tmp_path: Path) -> None:
    bench.locator("#rules").fill(RULES)
    (tmp_path / "my.toml").write_text("# by hand\n", "utf-8")
    bench.locator("#save").click()
    status_says(bench, "Not saved: my.toml has changed on the disk")
    assert (tmp_path / "my.toml").read_text("utf-8") == "# by hand\n"


def test_pages_are_opened_from_the_browser(bench: Page) -> None:
    bench.locator("#open").set_input_files(FOLDER / "pages" / "de_regional" / "page.html")
    status_says(bench, "3 pages")
    assert bench.locator("article").nth(2).locator("h2 span").inner_text() == "page"
    assert bench.locator("article").nth(2).locator(".line").count() > 50


def test_an_address_brings_in_the_rules_of_its_site(bench: Page) -> None:
    bench.locator("#rules").fill('[site."harlow.example"]\nwhole = "Who pays for it"\n')
    status_says(bench, "gone: 0")
    bench.get_by_label("Address").first.fill("https://harlow.example/news/1")
    bench.get_by_label("Address").first.press("Enter")
    status_says(bench, "gone: 1")


def test_the_token_leaves_the_address_and_outlives_a_reload(bench: Page, context: BrowserContext, served: str) -> None:
    assert "#" not in bench.url
    bench.reload()
    status_says(bench, "2 pages")
    stranger = context.new_page()
    stranger.goto(served.partition("#")[0])
    status_says(stranger, "open the address that was printed")
    assert stranger.locator(".line").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_legible_and_right_to_left_where_the_page_is(browser: Browser, served: str, scheme: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1400, "height": 850}
    )
    try:
        page = opened(context, served)
        page.locator("#rules").fill(RULES + '[keep.author]\nstart = "By Dana"\n')
        status_says(page, "gone: 1, back: 1")
        page.locator(".line", has_text="54° Harlow").focus()
        page.keyboard.press("w")
        look(page, f"workbench_{scheme}")
        assert page.locator(".lines").nth(1).evaluate("e => getComputedStyle(e).direction") == "rtl"
        assert page.evaluate(LEAST_CONTRAST, ".text, .by, .note, button, h2, th, td, .verdict, textarea, label") >= 4.5
    finally:
        context.close()


# --------------------------------------------------------------------- not to be trusted


def test_nothing_of_a_hostile_page_runs_or_loads(context: BrowserContext, tmp_path: Path, browser: Browser) -> None:
    hostile = tmp_path / "hostile.html"
    pieces = "".join(f"<p>{PROSE}{piece}</p><p>{PROSE}{escape(piece)}</p>" for piece in HOSTILE)
    hostile.write_text(f"<title>{escape(HOSTILE[0])}</title><body>{pieces}", "utf-8")
    for address in serving(tmp_path, hostile):
        page = context.new_page()
        requests: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: requests.append(request.url))  # noqa: B023 - one address only
        page.on("pageerror", lambda error: said.append(str(error)))  # noqa: B023
        page.on("console", lambda message: said.append(message.text))  # noqa: B023
        page.goto(address)
        status_says(page, "1 page;")
        assert page.locator(".line").count() >= len(HOSTILE)
        page.locator(".line", has_text="</script><script>").first.focus()
        page.keyboard.press("a")
        status_says(page, "gone: 1")
        assert page.evaluate("window.pwned") is None
        assert {url.split("/")[2] for url in requests} == {address.split("/")[2]}
        assert said == []
        assert page.locator("img, svg, iframe, base, object, embed, a, [onerror], main [src], main [href]").count() == 0


def test_other_sites_in_the_same_browser_are_shut_out(context: BrowserContext, served: str, tmp_path: Path) -> None:
    attacker = tmp_path / "attacker.html"
    attacker.write_text("<title>another site</title><p>x", "utf-8")
    page = context.new_page()
    page.goto(attacker.as_uri())
    address, _, token = served.partition("#")
    tried = page.evaluate(
        """async ([address, token]) => {
          const outcomes = [];
          const attempts = [
            ["api/start", {}],
            ["api/start", { headers: { "X-Boilerstrip-Token": token } }],
            ["api/save-rules", { method: "POST", body: '{"text": "", "seen": ""}' }],
            ["api/save-rules", { method: "POST", mode: "no-cors", body: '{"text": "", "seen": ""}' }],
          ];
          for (const [path, options] of attempts) {
            try { const answer = await fetch(address + path, options); outcomes.push(`${answer.type} ${await answer.text()}`); }
            catch { outcomes.push("blocked"); }
          }
          const frame = document.createElement("iframe"); frame.src = address; document.body.append(frame);
          await new Promise((done) => { frame.onload = done; setTimeout(done, 3000); });
          let inside = "blocked"; try { inside = frame.contentDocument?.body?.textContent ?? "blocked"; } catch {}
          return [...outcomes, inside];
        }""",
        [address, token],
    )
    assert tried == ["blocked"] * 5
    assert not (tmp_path / "my.toml").exists()
    rebound = context.new_page()
    port = address.split(":")[2].strip("/")
    answer = rebound.goto(f"http://rebinding.localhost:{port}/")  # resolves to loopback
    assert answer is not None
    assert answer.status == 403
