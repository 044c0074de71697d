"""The workbench without a browser: what rules do to pages, what is written, and who is let in."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from fixture_cases import KNOWN_FAILURES

import boilerstrip
from boilerstrip import Pipeline
from boilerstrip.cli import main
from boilerstrip.testing import cases_in, checks_of, differences, read_case

pytest.importorskip("starlette", reason="needs starlette: pip install -e '.[dev]'")

from boilerstrip.workbench.desk import Desk
from boilerstrip.workbench.storage import NotSavedError, Storage, mark_of

if TYPE_CHECKING:
    from starlette.testclient import TestClient

PROSE = "The Mill Street bridge will close in March, the council decided on Tuesday night after a long debate."
MORE = "Drivers will be sent over the County Road 9 bridge, a detour of three miles, while the new span is built."
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Bridge to close for a year</title></head><body><article>"
    f"<h1>Bridge to close for a year</h1><p class='byline'>By Ann Lee</p><p>{PROSE}</p>"
    f"<p>Ask our experts about it on Friday.</p><p>{MORE}</p></article>"
    "<footer>© 2026 The Harlow Post. All rights reserved.</footer></body></html>"
)
RULES = '[drop.experts]\nstart = ["Ask our experts"]\n'
PORT = 8765
TOKEN = "the-token-of-this-test"  # noqa: S105


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "bridge.html").write_text(PAGE, "utf-8")
    desk = Desk("my.toml")
    desk.open(folder)
    return desk


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "my.toml", tmp_path / "my")


def line_of(desk: Desk, start: str) -> int:
    return next(line.index for line in desk.pages[0].base.lines if line.text.startswith(start))


# -------------------------------------------------------------------------- the desk


def test_a_run_tells_what_each_rule_does_to_each_page(desk: Desk) -> None:
    experts, byline = line_of(desk, "Ask our"), line_of(desk, "By Ann")
    outcome = desk.run(RULES + '[drop.names]\nstart = ["By Ann"]\n[keep.names]\nstart = ["By Ann"]\n')
    assert outcome.problems == []
    fate = outcome.pages[0]
    assert fate.now[experts] == "experts"
    assert fate.why[experts] == "rule: my.toml: experts: start “Ask our experts”"
    assert fate.now[byline] is None
    assert {(rule.name, rule.keep): rule.lines for rule in outcome.rules} == {
        ("experts", False): {0: [experts]},
        ("names", False): {0: [byline]},
        ("names", True): {0: [byline]},
    }
    assert outcome.families == ["experts", "names"]
    shown = desk.pages[0].shown()
    assert (shown.lines[byline].base, shown.lines[experts].base) == ("byline", None)


def test_a_run_is_what_extract_gives(desk: Desk) -> None:
    document = boilerstrip.extract(PAGE.encode(), rules=RULES)
    taken = {removal.line: removal.filter for removal in document.removals}
    assert desk.run(RULES).pages[0].now == [taken.get(i) for i in range(len(document.lines))]
    plain = {removal.line: removal.filter for removal in boilerstrip.extract(PAGE.encode()).removals}
    for text in ("", "# nothing yet\n\n"):
        assert desk.run(text).pages[0].now == [plain.get(i) for i in range(len(document.lines))]


def test_rules_with_a_mistake_change_nothing_and_say_where(desk: Desk) -> None:
    outcome = desk.run('[drop.x]\nwole = "a"\n')
    assert outcome.pages == []
    assert [(each.line, each.key, each.near) for each in outcome.problems] == [(2, "drop.x.wole", ("whole",))]


def test_rules_of_a_site_go_by_the_address_of_the_page(desk: Desk) -> None:
    text = '[site."harlow.example"]\nstrip = "h1"\nstart = ["Ask our"]\n'
    experts = line_of(desk, "Ask our")
    assert desk.run(text).pages[0].now[experts] is None
    desk.pages[0].at("https://www.harlow.example/1")
    outcome = desk.run(text)
    assert outcome.pages[0].now[experts] is not None
    assert any(experts in rule.lines.get(0, ()) for rule in outcome.rules)


def test_the_marks_of_a_fixture_are_read_back() -> None:
    """Every line of every whole page has its mark, and it is the one that the fixture means."""
    desk = Desk("my.toml")
    pages = Path(__file__).parent.parent / "fixtures" / "pages"
    desk.open(pages)
    assert len(desk.pages) == len(cases_in(pages)) >= 8
    for page in desk.pages:
        if f"pages/{page.name}" in KNOWN_FAILURES:
            continue  # what the library takes there is not what the fixture means
        taken = {removal.line for removal in page.base.removals}
        assert page.marks == {line.index: line.index not in taken for line in page.base.lines}, page.name


# ------------------------------------------------------------------------- what is written


def test_a_fixture_is_one_that_the_library_s_own_tests_take(desk: Desk, storage: Storage) -> None:
    experts = line_of(desk, "Ask our")
    page, wanted = desk.marked(0, "", {experts: False}, "experts")
    folder = storage.save_fixture("bridge", page, wanted)
    case = read_case(folder)
    assert case.page == PAGE.encode()
    assert case.expected == f"{PROSE}\n\n{MORE}"
    assert ("Ask our experts about it on Friday.", ("experts",)) in (case.removed or ())
    assert differences(case, case.run()) == [
        "leaked: Ask our experts about it on Friday.",
        "not taken (experts): Ask our experts about it on Friday.",
    ]
    storage.save_rules(RULES, mark_of(""))
    assert [check.problem for check in checks_of(storage.rules)] == [""]
    again = Desk("my.toml")
    again.open(storage.fixtures)
    assert again.pages[0].marks[experts] is False


def test_a_line_marked_to_stay_is_in_the_text_of_the_fixture(desk: Desk) -> None:
    _, wanted = desk.marked(0, RULES, {line_of(desk, "By Ann"): True}, "experts")
    assert wanted.text == f"By Ann Lee\n\n{PROSE}\n\n{MORE}"


def test_an_older_fixture_of_another_page_is_not_overwritten(desk: Desk, storage: Storage) -> None:
    page, wanted = desk.marked(0, "", {}, "main_content")
    storage.save_fixture("bridge", page, wanted)
    storage.save_fixture("bridge", page, wanted)
    (storage.fixtures / "bridge" / "page.html").write_text("<p>Another page", "utf-8")
    with pytest.raises(NotSavedError, match="there is a fixture bridge of another page"):
        storage.save_fixture("bridge", page, wanted)


@pytest.mark.parametrize("name", ["", ".", "..", "../out", "a/b", "/out", "a\\b", "A", "a" * 81, "a\n", "-a", "a\0b"])
def test_fixtures_have_plain_names(desk: Desk, storage: Storage, name: str) -> None:
    page, wanted = desk.marked(0, "", {}, "main_content")
    with pytest.raises(NotSavedError, match="small letters, digits"):
        storage.save_fixture(name, page, wanted)
    assert not storage.fixtures.exists()


def test_nothing_is_written_through_links(desk: Desk, storage: Storage, tmp_path: Path) -> None:
    page, wanted = desk.marked(0, "", {}, "main_content")
    outside = tmp_path / "outside"
    outside.mkdir()
    storage.fixtures.mkdir()
    (storage.fixtures / "link").symlink_to(outside)
    with pytest.raises(NotSavedError, match="leads out"):
        storage.save_fixture("link", page, wanted)
    (storage.fixtures / "case").mkdir()
    (storage.fixtures / "case" / "expected.txt").symlink_to(outside / "target")
    with pytest.raises(NotSavedError, match="is a link"):
        storage.save_fixture("case", page, wanted)
    storage.rules.symlink_to(outside / "rules")
    with pytest.raises(NotSavedError, match="is a link"):
        storage.save_rules(RULES, mark_of(""))
    assert list(outside.iterdir()) == []


def test_a_rule_file_that_somebody_else_changed_is_not_overwritten(storage: Storage) -> None:
    storage.save_rules(RULES, mark_of(""))
    assert storage.rules.read_text("utf-8") == RULES
    with pytest.raises(NotSavedError, match="has changed on the disk"):
        storage.save_rules("", mark_of("something else"))
    assert storage.rules.read_text("utf-8") == RULES
    assert [path.name for path in storage.rules.parent.iterdir() if path.name.startswith(".")] == []


# ---------------------------------------------------------------------- over the wire


@pytest.fixture
def client(desk: Desk, storage: Storage) -> TestClient:
    testclient = pytest.importorskip("starlette.testclient", reason="needs httpx: pip install -e '.[dev]'")
    from boilerstrip.workbench.app import make_app  # noqa: PLC0415 - an extra

    app = make_app(desk, storage, port=PORT, token=TOKEN)
    made: TestClient = testclient.TestClient(
        app, base_url=f"http://127.0.0.1:{PORT}", headers={"X-Boilerstrip-Token": TOKEN}
    )
    return made


def test_the_calls_of_one_session(client: TestClient, storage: Storage) -> None:
    start = client.get("/api/start").json()
    assert (start["rules"], [page["name"] for page in start["pages"]]) == ("", ["bridge"])
    run = client.post("/api/run", json={"text": RULES}).json()
    assert "experts" in run["pages"][0]["now"]
    saved = client.post("/api/save-rules", json={"text": RULES, "seen": start["seen"]})
    assert saved.json() == {"seen": mark_of(RULES)}
    assert storage.rules.read_text("utf-8") == RULES
    message: dict[str, Any] = {"page": 0, "name": "bridge", "family": "experts", "text": RULES, "marks": {}}
    answer = client.post("/api/save-fixture", json=message).json()
    assert answer == {"folder": str(storage.fixtures / "bridge"), "wrong": []}
    checks = client.post("/api/check", json={"text": RULES + 'drops = ["Ask us"]\n'}).json()
    assert [(name, bool(problem)) for name, problem in checks] == [
        ('drop.experts drops "Ask us"', True),
        ("page my/bridge", False),
    ]
    opened = client.post("/api/open", content=b"<p>" + PROSE.encode(), headers={"X-Name": "a%20b"}).json()
    assert (opened["name"], opened["lines"][0]["text"]) == ("a b", PROSE)
    moved = client.post("/api/page-url", json={"page": 1, "url": "https://harlow.example/"}).json()
    assert moved["url"] == "https://harlow.example/"


@pytest.mark.parametrize(
    ("path", "message", "status", "said"),
    [
        ("run", {"txt": ""}, 400, "not the message"),
        ("run", [], 400, "not the message"),
        ("save-fixture", {"page": 7, "name": "a", "family": "b", "text": "", "marks": {}}, 404, "no such page"),
        ("save-fixture", {"page": 0, "name": "../a", "family": "b", "text": "", "marks": {}}, 400, "small letters"),
        ("save-fixture", {"page": 0, "name": "a", "family": "b", "text": "[drop", "marks": {}}, 400, "not TOML"),
        ("save-rules", {"text": "", "seen": "?"}, 400, "has changed on the disk"),
        ("save-fixture", {"page": -1, "name": "a", "family": "b", "text": "", "marks": {}}, 404, "no such page"),
        ("page-url", {"page": -1, "url": ""}, 404, "no such page"),
    ],
)
def test_what_is_wrong_comes_back_as_a_message(
    client: TestClient, path: str, message: Any, status: int, said: str
) -> None:
    answer = client.post(f"/api/{path}", json=message)
    assert answer.status_code == status
    assert said in answer.json()["error"]


def test_a_page_that_is_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boilerstrip.workbench.app._LARGEST", 100)
    assert client.post("/api/open", content=b"x" * 101).status_code == 413


CALLS = [
    ("GET", "/api/start"),
    ("POST", "/api/run"),
    ("POST", "/api/save-rules"),
    ("POST", "/api/open"),
    ("GET", "/api/none"),
]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Boilerstrip-Token": ""},
        {"X-Boilerstrip-Token": TOKEN[:-1]},
        {"X-Boilerstrip-Token": "é".encode("latin-1")},
        {"Host": "evil.example"},  # DNS rebinding
        {"Host": f"evil.example:{PORT}"},
        {"Host": f"127.0.0.1:{PORT + 1}"},
        {"Host": "127.0.0.1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"http://localhost:{PORT}"},  # another origin than the host
        {"Origin": f"https://127.0.0.1:{PORT}"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_whoever_is_not_our_own_page_is_turned_away(
    client: TestClient, storage: Storage, headers: dict[str, Any]
) -> None:
    for method, path in CALLS:
        message = {"text": RULES, "seen": mark_of("")}
        assert client.request(method, path, headers=headers, json=message).status_code == 403, path
    assert not storage.rules.exists()


def test_forms_of_other_sites_cannot_be_messages(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.post("/api/run", content=b'{"text": ""}', headers={"Content-Type": kind}).status_code == 415


def test_only_the_page_itself_is_served_without_a_token_and_with_a_strict_policy(client: TestClient) -> None:
    del client.headers["X-Boilerstrip-Token"]
    for path in ("/", "/workbench.js", "/workbench.css", "/theme.css"):
        answer = client.get(path, headers={"Sec-Fetch-Site": "none"})
        assert answer.status_code == 200
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert TOKEN not in answer.text
        assert PROSE not in answer.text
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/../my.toml").status_code == 404
    assert client.get("/static/workbench.js").status_code == 404


# ------------------------------------------------------------------ on the command line


def test_the_command_serves_on_loopback_only_and_prints_the_address(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    command = [sys.executable, "-u", "-m", "boilerstrip", "workbench", str(page), "--rules", str(tmp_path / "my.toml")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            line = running.stdout.readline()
            assert line.startswith("The workbench is at http://127.0.0.1:")
            port, _, token = line.strip().rpartition(":")[2].partition("/#")
            assert len(token) >= 32
            with socket.create_connection(("127.0.0.1", int(port)), timeout=20) as wire:
                wire.sendall(
                    f"GET /api/start HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Boilerstrip-Token: {token}\r\n"
                    "Connection: close\r\n\r\n".encode()
                )
                answer = b"".join(iter(lambda: wire.recv(65_536), b""))
            assert answer.startswith(b"HTTP/1.1 200")
            assert json.loads(answer.partition(b"\r\n\r\n")[2])["pages"][0]["title"] == "Bridge to close for a year"
            # Any other address of this machine, as far as it has one.
            with socket.socket() as elsewhere:
                elsewhere.settimeout(5)
                assert elsewhere.connect_ex(("127.0.0.2", int(port))) != 0
        finally:
            running.terminate()


def test_without_the_extra_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = CliRunner().invoke(main, ["workbench"], prog_name="boilerstrip")
    assert result.exit_code == 1
    assert "pip install 'boilerstrip[workbench]'" in result.stderr


def test_the_library_does_not_load_the_workbench() -> None:
    code = "import boilerstrip, sys; print([m for m in ('starlette', 'uvicorn', 'rich', 'playwright') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert Pipeline.default().names
