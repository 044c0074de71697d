"""Who may speak to the workbench: the page that it served itself, in a browser on this machine.

Any web page in that browser can send requests to loopback, and a host name of its owner's may
resolve to it (DNS rebinding). So the Host must be our own address, the Origin (if one is sent) our
own, and every call carries a token that only the address printed at the start holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from secrets import compare_digest
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "x-boilerstrip-token"  # noqa: S105 - the name of a header
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Turns away whatever does not come from the workbench's own page.

    port   on which it is served
    token  what each call under ``/api/`` must carry
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app = app
        self.token = token
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no web sockets here: the connection is refused

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        refusal = self._refusal(scope["path"], Headers(scope=scope))
        if refusal:
            await PlainTextResponse(refusal, status_code=403)(scope, receive, guarded)
        else:
            await self.app(scope, receive, guarded)

    def _refusal(self, path: str, headers: Headers) -> str:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return "this is not the address of the workbench"
        if not _all_in(headers.getlist("origin"), {f"http://{hosts[0].lower()}"}):
            return "requests of other sites are refused"
        if path.startswith("/api/"):
            if not _all_in(headers.getlist("sec-fetch-site"), {"same-origin"}):
                return "requests of other sites are refused"
            if not compare_digest(headers.get(TOKEN, "").encode(), self.token.encode()):
                return "open the address that was printed when the workbench started"
        return ""


def _all_in(values: Iterable[str], allowed: set[str]) -> bool:
    return all(value in allowed for value in values)
