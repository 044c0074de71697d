"""What the browser speaks to: a page, its script, and a few calls that take and give JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from boilerstrip.explain.report import part
from boilerstrip.rulefiles import RuleError
from boilerstrip.testing import Case, checks_of, differences
from boilerstrip.workbench.desk import Desk, ShownPage
from boilerstrip.workbench.guard import Guard
from boilerstrip.workbench.storage import NotSavedError, Storage, mark_of

if TYPE_CHECKING:
    from starlette.requests import Request

_LARGEST = 32 * 1024 * 1024  # bytes of one page or message
_MOST_PAGES = 200
_FILES = {
    "/": ("workbench.html", "text/html"),
    "/workbench.js": ("workbench.js", "text/javascript"),
    "/workbench.css": ("workbench.css", "text/css"),
}
_Message = TypeVar("_Message", bound=msgspec.Struct)


class Start(msgspec.Struct):
    """All that the browser needs in the beginning; ``seen`` stands for the rule file as it is on the disk."""

    rules: str
    seen: str
    rules_file: str
    fixtures_folder: str
    pages: list[ShownPage]


class Text(msgspec.Struct, forbid_unknown_fields=True):
    """The rules as they stand in the editor."""

    text: str


class SaveRules(msgspec.Struct, forbid_unknown_fields=True):
    """Rules to be written, and what the browser knew of the file."""

    text: str
    seen: str


class SaveFixture(msgspec.Struct, forbid_unknown_fields=True):
    """A page to be written with its marks: by line, whether it must stay."""

    page: int
    name: str
    family: str
    text: str
    marks: dict[int, bool]


class PageUrl(msgspec.Struct, forbid_unknown_fields=True):
    """Where a page comes from."""

    page: int
    url: str


class _Refused(Exception):  # noqa: N818 - not an error of ours
    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


class _Bench:
    """The calls of one workbench."""

    def __init__(self, desk: Desk, storage: Storage) -> None:
        self.desk = desk
        self.storage = storage

    def start(self) -> Start:
        text = self.storage.read_rules()
        return Start(
            rules=text,
            seen=mark_of(text),
            rules_file=str(self.storage.rules),
            fixtures_folder=str(self.storage.fixtures),
            pages=[page.shown() for page in self.desk.pages],
        )

    def run(self, message: Text) -> Any:
        return self.desk.run(message.text)

    def check(self, message: Text) -> Any:
        """The examples of the rules, and the fixtures that are saved: [name, what is wrong]."""
        rules = self.desk.rules(message.text)
        if rules is None:
            return []
        return [(each.name, each.problem) for each in checks_of(rules, self.storage.fixtures)]

    def save_rules(self, message: SaveRules) -> Any:
        self.storage.save_rules(message.text, message.seen)
        return {"seen": mark_of(message.text)}

    def save_fixture(self, message: SaveFixture) -> Any:
        page, wanted = self.desk.marked(message.page, message.text, message.marks, message.family)
        folder = self.storage.save_fixture(message.name, page, wanted)
        _, now = self.desk.marked(message.page, message.text, {}, message.family)
        case = Case(folder.parent.name, folder.name, page.data, wanted.source.value, wanted.text, None, page.url)
        return {"folder": str(folder), "wrong": differences(case, now)}

    def page_url(self, message: PageUrl) -> ShownPage:
        page = self.desk.page(message.page)
        page.at(message.url.strip() or None)
        return page.shown()

    def open(self, name: str, data: bytes) -> ShownPage:
        if len(self.desk.pages) >= _MOST_PAGES:
            raise _Refused(400, f"there are {_MOST_PAGES} pages on the desk already")
        return self.desk.add(name, data)


def make_app(desk: Desk, storage: Storage, *, port: int, token: str) -> Starlette:
    """The application for one desk, guarded for one address."""
    bench = _Bench(desk, storage)
    routes = [Route(path, partial(_file, *file), methods=["GET"]) for path, file in _FILES.items()]
    routes.append(Route("/theme.css", partial(_file, "theme.css", "text/css"), methods=["GET"]))
    routes.append(Route("/api/start", _call(bench.start), methods=["GET"]))
    routes.append(Route("/api/open", _opening(bench.open), methods=["POST"]))
    for path, call, takes in (
        ("run", bench.run, Text),
        ("check", bench.check, Text),
        ("save-rules", bench.save_rules, SaveRules),
        ("save-fixture", bench.save_fixture, SaveFixture),
        ("page-url", bench.page_url, PageUrl),
    ):
        routes.append(Route(f"/api/{path}", _call(call, takes), methods=["POST"]))
    return Starlette(routes=routes, middleware=[Middleware(Guard, port=port, token=token)])


async def _file(name: str, kind: str, request: Request) -> Response:  # noqa: ARG001 - starlette hands it over
    if name == "theme.css":
        return Response(part(name), media_type=kind)
    return Response(resources.files("boilerstrip.workbench").joinpath("static", name).read_bytes(), media_type=kind)


def _call(call: Callable[..., Any], takes: type[_Message] | None = None) -> Callable[[Request], Awaitable[Response]]:
    """A method as an endpoint: a message of JSON in, JSON out, what is wrong as a message with its status."""

    async def endpoint(request: Request) -> Response:
        try:
            if takes is None:
                return _json(await run_in_threadpool(call))
            return _json(await run_in_threadpool(call, await _message(request, takes)))
        except _Refused as refused:
            return _json({"error": refused.message}, refused.status)
        except (NotSavedError, RuleError) as error:
            return _json({"error": str(error)}, 400)
        except IndexError:
            return _json({"error": "there is no such page"}, 404)
        except (OSError, UnicodeDecodeError) as error:
            return _json({"error": str(error)}, 500)

    return endpoint


async def _message(request: Request, takes: type[_Message]) -> _Message:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise _Refused(415, "messages are JSON")
    try:
        return msgspec.json.decode(await _body(request), type=takes)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _Refused(400, f"not the message that is asked for: {error}") from None


def _opening(call: Callable[[str, bytes], ShownPage]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            data = await _body(request)
            name = unquote(request.headers.get("x-name", "page"))[:80]
            return _json(await run_in_threadpool(call, name, data))
        except _Refused as refused:
            return _json({"error": refused.message}, refused.status)

    return endpoint


async def _body(request: Request) -> bytes:
    parts = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _LARGEST:
            raise _Refused(413, f"more than {_LARGEST:,} bytes")
        parts.append(chunk)
    return b"".join(parts)


def _json(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")
