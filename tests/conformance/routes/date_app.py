"""Routes that take and answer instants, each given back as it was read."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Cookie, FastAPI, Form, Header, Query
from pydantic import AwareDatetime, BaseModel

app = FastAPI()


class Event(BaseModel):
    at: AwareDatetime
    day: date
    until: AwareDatetime | None = None


class Filter(BaseModel):
    since: AwareDatetime
    days: list[AwareDatetime] = []


@app.get("/at/{at}")
def everywhere(
    at: AwareDatetime,
    since: AwareDatetime,
    many: Annotated[list[AwareDatetime], Query()] = [],  # noqa: B006 - FastAPI copies it
    x_at: Annotated[AwareDatetime | None, Header()] = None,
    session: Annotated[AwareDatetime | None, Cookie()] = None,
) -> list[AwareDatetime | None]:
    return [at, since, *many, x_at, session]


@app.get("/filter")
def filtered(filter_: Annotated[Filter, Query()]) -> Filter:
    return filter_


@app.post("/event")
def event(event: Event) -> Event:
    return event


@app.post("/many")
def many(body: list[AwareDatetime]) -> dict[str, AwareDatetime]:
    return {str(number): each for number, each in enumerate(body)}


@app.post("/form")
def form(at: Annotated[AwareDatetime, Form()]) -> AwareDatetime:
    return at


@app.get("/plain")
def plain(number: int) -> int:
    return number
