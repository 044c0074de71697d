"""Starts the workbench on this machine, for this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable
from secrets import token_urlsafe

import uvicorn

from boilerstrip.workbench.app import make_app
from boilerstrip.workbench.desk import Desk
from boilerstrip.workbench.storage import Storage

LOOPBACK = "127.0.0.1"


def serve(desk: Desk, storage: Storage, *, port: int = 0, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    port   0 for any that is free
    ready  is told the address, with the token, once the port is ours

    Raises OSError for a port that is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()  # so that a browser that is quick does not find it closed
        port = listening.getsockname()[1]
        token = token_urlsafe(24)
        app = make_app(desk, storage, port=port, token=token)
        # What stands behind "#" is not sent to any server and stands in no log.
        ready(f"http://{LOOPBACK}:{port}/#{token}")
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
        uvicorn.Server(config).run(sockets=[listening])
