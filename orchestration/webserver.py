"""Dagster's pages, for this machine alone: `python -m orchestration.webserver`.

Dagster's own webserver has no login and answers to any name. Listening on 127.0.0.1 keeps other machines out,
but not a page of another site in a browser of this machine: it can send requests here, across sites or under
a name of its own that leads to 127.0.0.1. So a request must name this host, and one that says which site it
comes from must come from here. Dagster would also start a build for a link, which a page elsewhere can show
as a picture: nothing is asked by link. `ARSENALE_UI_HOSTS` adds the names under which a proxy with a login
shows the pages.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import rich_click as click
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from orchestration.instance import dagster_home
from orchestration.servers import PORT, WORKSPACE

ADDRESS = "127.0.0.1"
HOSTS_VARIABLE = "ARSENALE_UI_HOSTS"
OURS = frozenset({ADDRESS, "localhost"})

PORTS = {"http": 80, "https": 443}
"""What a browser leaves out of an address."""

GRACE_SECONDS = 2
"""Open pages hold their connection for as long as they are let."""


class OwnSiteOnly:
    """Refuse what does not name this host, or comes from another site; requests and websockets."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours."""
        if scope["type"] in {"http", "websocket"}:
            headers = {name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]}
            if not is_ours(headers, self._hosts) or is_asked_by_link(scope):
                refusal = PlainTextResponse(f"not this host: {HOSTS_VARIABLE} names others\n", 403)
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_ours(headers: Mapping[str, str], hosts: frozenset[str]) -> bool:
    """Return whether a request names one of the hosts, and comes from there where it says from where.

    Its origin is compared with the port: another program of this machine is another site.
    """
    named, origin = headers.get("host", ""), headers.get("origin")
    if _place(f"//{named}")[0] not in hosts:
        return False
    if origin is None:
        return True
    scheme, _, _ = origin.partition("://")
    return scheme in PORTS and _place(origin) == _place(f"{scheme}://{named}")


def is_asked_by_link(scope: Scope) -> bool:
    """Return whether a GET carries a query: browsers say of a picture's address not where it stands."""
    return (
        scope["type"] == "http"
        and scope["method"] != "POST"
        and scope["path"].rstrip("/").endswith("/graphql")
        and bool(scope["query_string"])
    )


def _place(url: str) -> tuple[str | None, int | None]:
    """Return host and port, the scheme's own where none is named; nothing of what is no address."""
    try:
        parts = urlsplit(url)
        return parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None, None


def hosts_from(environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """Return the names under which the pages may be asked for."""
    named = (name.strip().lower() for name in environment.get(HOSTS_VARIABLE, "").split(","))
    return OURS | {name for name in named if name}


@click.command()
@click.option("--port", default=PORT, show_default=True)
@click.option("--read-only", is_flag=True)
def main(port: int, read_only: bool) -> None:
    """Serve the pages until a signal ends it."""
    import uvicorn  # noqa: PLC0415 - seconds, which `is_ours` does not need
    from dagster import DagsterInstance, __version__  # noqa: PLC0415
    from dagster_webserver.app import create_app_from_workspace_process_context  # noqa: PLC0415

    from orchestration.dagster_internals import WorkspaceFileTarget, WorkspaceProcessContext  # noqa: PLC0415

    dagster_home()
    with (
        DagsterInstance.get() as instance,
        WorkspaceProcessContext(
            instance,
            workspace_load_target=WorkspaceFileTarget([str(WORKSPACE)]),
            version=__version__,
            read_only=read_only,
        ) as context,
    ):
        # The values are those of Dagster's own command line.
        instance.optimize_for_webserver(statement_timeout=15_000, pool_recycle=3600, max_overflow=20)
        pages = OwnSiteOnly(create_app_from_workspace_process_context(context), hosts_from())
        uvicorn.run(
            pages, host=ADDRESS, port=port, log_level="warning", timeout_graceful_shutdown=GRACE_SECONDS
        )


if __name__ == "__main__":
    main()
