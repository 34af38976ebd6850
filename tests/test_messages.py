"""What generated schemas say of wrong values: in English, in the language of ``z.config``, and in an application's own words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project import Project, frontend_in

MODELS = """
    from datetime import date, datetime, time, timedelta
    from decimal import Decimal
    from ipaddress import IPv4Network
    from typing import Annotated
    from uuid import UUID

    from pydantic import AnyUrl, AwareDatetime, BaseModel, EmailStr, Field, JsonValue

    class Form(BaseModel):
        whole: int
        fifth: Annotated[int, Field(multiple_of=5)]
        day: date
        later: Annotated[date, Field(ge=date(2024, 1, 1))]
        clock: time
        at: datetime
        aware: AwareDatetime
        took: timedelta
        step: Annotated[Decimal, Field(multiple_of=Decimal("0.05"))]
        id: UUID
        tags: set[str]
        mail: EmailStr
        link: AnyUrl
        net: IPv4Network
        counted: Annotated[dict[str, int], Field(min_length=1)]
        any: JsonValue
"""
CONFIG = """
    imports = ".ts"
    [contracts.zod]
    accepts = ["models"]
    output = "zod"
    [contracts.mini]
    accepts = ["models"]
    output = "mini"
    zod = "zod/mini"
    [contracts.guarded]
    accepts = ["models"]
    output = "guarded"
    targets = ["zod", "guards"]
"""
# A wrong value by field, and what is said of it in English.
WRONG: dict[str, tuple[object, str]] = {
    "whole": (1.5, "Invalid input: expected int"),
    "fifth": (6, "Invalid number: must be a multiple of 5"),
    "day": ("today", "Invalid ISO date"),
    "later": ("2023-12-31", "Too small: expected >=2024-01-01"),
    "clock": ("25:00", "Invalid ISO time"),
    "at": ("now", "Invalid ISO datetime"),
    "aware": ("2024-01-02T03:04:05", "Invalid ISO datetime with a UTC offset"),
    "took": ("long", "Invalid ISO duration"),
    "step": ("0.01", "Invalid decimal: must be a multiple of 0.05"),
    "id": ("1", "Invalid UUID"),
    "tags": (["a", 1], "Invalid input: expected string, received number"),
    "mail": ("nobody", "Invalid email address"),
    "link": ("nowhere", "Invalid URL"),
    "net": ("1.2.3.4/99", "Invalid IPv4 network"),
    "counted": ({}, "Too small: expected object to have >=1 properties"),
}
FRENCH = {
    **dict.fromkeys(WRONG, "Entrée invalide"),
    "day": "date ISO invalide",
    "clock": "heure ISO invalide",
    "at": "date et heure ISO invalide",
    "aware": "date et heure ISO invalide",
    "took": "durée ISO invalide",
    "id": "UUID invalide",
    "tags": "Entrée invalide : chaîne de caractères attendu, nombre reçu",
    "mail": "adresse e-mail invalide",
    "link": "uri invalide",
    "net": "ipv4network invalide",
}
SCRIPT = """
    import * as z from "zod";
    import { FormSchema as zod } from "./zod/index.ts";
    import { FormSchema as mini } from "./mini/index.ts";
    import { FormSchema as guarded } from "./guarded/index.ts";

    const wrong: unknown = JSON.parse(process.argv[2] ?? "");
    const said = (locale: Parameters<typeof z.config>[0]) => {
      z.config({ customError: undefined, ...locale });
      return [zod, mini, guarded].map((schema) => {
        const issues = z.safeParse(schema, wrong).error?.issues ?? [];
        return Object.fromEntries(issues.map(({ path, message }) => [path[0], message]));
      });
    };
    const own = {
      ...z.locales.fr(),
      customError: ({ code, params }: { code?: string; params?: { message?: string } }) =>
        code === "custom" && params?.message === "Invalid input: expected int" ? "Un entier, s'il vous plaît" : undefined,
    };
    process.stdout.write(JSON.stringify({ en: said(z.locales.en()), fr: said(z.locales.fr()), own: said(own) }));
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {"models.py": MODELS, "samewire.toml": CONFIG, "script.ts": SCRIPT}
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_messages_are_in_the_language_of_zod(
    project: Project, run_node: Callable[..., str]
) -> None:
    assert project.run("generate").code == 0
    wrong = {"any": None, **{field: value for field, (value, _) in WRONG.items()}}
    said = json.loads(run_node(project.root / "script.ts", json.dumps(wrong)))
    english = {field: message for field, (_, message) in WRONG.items()}
    assert said["en"] == [english] * 3
    assert said["fr"] == [FRENCH] * 3
    assert said["own"] == [{**FRENCH, "whole": "Un entier, s'il vous plaît"}] * 3
