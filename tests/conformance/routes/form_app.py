"""As echo_app, for forms and files, which need python-multipart."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import FastAPI, File, Form, UploadFile
from pydantic import BaseModel

app = FastAPI()


class Login(BaseModel):
    name: str
    age: int = 3
    tags: list[str] = []
    born: dt.date | None = None


@app.post("/fields")
def fields(
    name: Annotated[str, Form()],
    age: Annotated[int, Form(alias="Age", ge=1)] = 3,
    ok: Annotated[bool | None, Form()] = None,
    days: Annotated[list[dt.date], Form()] = [],  # noqa: B006
) -> tuple[str, int, bool | None, list[dt.date]]:
    return name, age, ok, days


@app.post("/model")
def model(form: Annotated[Login, Form()]) -> Login:
    return form


@app.post("/file")
async def file(v: UploadFile) -> list[str]:
    return [v.filename or "", v.content_type or "", (await v.read()).decode()]


@app.post("/mixed")
async def mixed(
    note: Annotated[str, Form()],
    files: list[UploadFile],
    raw: Annotated[bytes | None, File()] = None,
) -> list[str]:
    texts = [(await each.read()).decode() for each in files]
    return [note, *texts, "none" if raw is None else raw.decode()]


@app.post("/multipart")
async def multipart(
    note: Annotated[str, Form()],
    v: UploadFile,
    tags: Annotated[list[str], Form()] = [],  # noqa: B006
    days: Annotated[list[dt.date], Form()] = [],  # noqa: B006
    ok: Annotated[bool, Form()] = False,
) -> tuple[str, list[str], list[dt.date], bool, str, str]:
    return note, tags, days, ok, v.filename or "", (await v.read()).hex()
