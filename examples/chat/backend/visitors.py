"""Who is asking: a cookie in place of the sign-in that a real application has."""

from secrets import token_urlsafe
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE: Final = "visitor"


class Visitors:
    """Gives each browser a name that nobody can guess, in ``request.state.visitor``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        known = HTTPConnection(scope).cookies.get(COOKIE)
        visitor = known or token_urlsafe()
        scope.setdefault("state", {})["visitor"] = visitor

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and known is None:
                cookie = f"{COOKIE}={visitor}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"
                MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        await self._app(scope, receive, send_with_cookie)
