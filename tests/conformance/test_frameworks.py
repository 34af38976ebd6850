"""
Applications of Litestar and Django Ninja named as roots, against what they send and take themselves.

Each response of the running application must parse, unchanged, under the definition of its route; each body that the definition
takes must get past the framework's validation, and others must not.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from samewire.discover import Discovered, Exclusions, discover
from samewire.discover.routes import routes_of
from samewire.dump import LITESTAR, NINJA, DumpOptions
from samewire.errors import DiscoverError
from samewire.export import Export, ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract

from tests.documents import roots_of

from . import litestar_app, ninja_app
from .features.batch import Check, Findings, Subject, Workbench
from .features.truth import Values

pytest.importorskip("litestar")
pytest.importorskip("ninja")


Ask = Callable[[str, str, object], tuple[int, str]]


def ask_litestar(method: str, path: str, body: object) -> tuple[int, str]:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(litestar_app.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, json=body)

    response = asyncio.run(asked())
    return response.status_code, response.text


def ask_ninja(method: str, path: str, body: object) -> tuple[int, str]:
    from ninja.testing import TestClient  # after the settings

    client = TestClient(ninja_app.api, headers={"content-type": "application/json"})
    response = client.request(method, path, json=body)
    return response.status_code, response.content.decode()


@dataclass(frozen=True)
class Framework:
    """``sent`` is by path; ``taken`` by path has the definition, bodies that it takes and others."""

    spec: str
    ask: Ask
    dump: DumpOptions
    sent: dict[str, str]
    also_sent: set[str]
    taken: dict[str, tuple[str, list[Any], list[Any]]]
    left_out: dict[str, set[str]]


NEW = [{"name": "x"}, {"name": "12345", "at": "2024-01-02T03:04:05Z"}]
WRONG = [{}, {"name": "123456"}, {"name": 1}, {"name": "x", "at": "never"}, []]

FRAMEWORKS = {
    "litestar": Framework(
        f"{litestar_app.__name__}:app",
        ask_litestar,
        LITESTAR,
        {
            **{f"/wide/{index}": "Wide" for index in range(len(litestar_app.WIDE))},
            "/items": "ItemsResponse",
            "/by-name": "ByNameResponse",
            "/maybe": "MaybeResponse",
            "/count": "CountResponse",
            "/under/made": "PageItem",
            "/in/names": "Names",
        },
        {"Problem"},
        {
            "/one": ("NewItem", [*NEW, {"name": "", "tags": ["a"]}], WRONG),
            "/several": ("SeveralBody", [[], NEW], [{"name": "x"}, [1]]),
        },
        {
            "emits": {"/dto", "/own", "/day", "/text", "/bare"},
            "accepts": {"/file"},
        },
    ),
    "ninja": Framework(
        f"{ninja_app.__name__}:api",
        ask_ninja,
        NINJA,
        {
            **{f"/wide/{index}": "Wide" for index in range(len(ninja_app.WIDE))},
            "/items": "ItemsResponse",
            "/short": "ItemWithoutNone",
            "/under/maybe": "MaybeResponse",
            "/under/inner/deep": "Problem",
        },
        set(),
        {
            "/one": ("NewItem", NEW, WRONG),
            "/two": ("TwoBody", [{"new": NEW[0], "item": {"itemId": 1}}], [NEW[0], {"new": 1}]),
            "/several": ("SeveralBody", [[], NEW], [{"name": "x"}, [1]]),
        },
        {"emits": {"/one", "/two", "/untyped"}, "accepts": set()},
    ),
}
each = pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)


def found(framework: Framework, direction: Any) -> Discovered:
    return discover([framework.spec], "test: roots", direction=direction)


def exported(framework: Framework) -> Export:
    roots = (found(framework, direction).roots for direction in ("emits", "accepts"))
    return export_contract("api", *roots, ExportOptions(dump=framework.dump))


@each
def test_the_roots_are_those_of_the_routes(framework: Framework) -> None:
    document = exported(framework).document
    assert set(roots_of(document, "emits")) == {*framework.sent.values(), *framework.also_sent}
    assert set(roots_of(document, "accepts")) == {name for name, _, _ in framework.taken.values()}


@each
@pytest.mark.parametrize("direction", ["emits", "accepts"])
def test_a_route_without_an_exact_form_is_left_out_by_name(
    framework: Framework, direction: str
) -> None:
    skipped = {each.where: each for each in found(framework, direction).skipped}
    assert {label.partition(" ")[2] for label in skipped} == framework.left_out[direction]
    assert {each.code for each in skipped.values()} <= {"route-skipped"}


def test_litestar_has_types_and_no_routes() -> None:
    with pytest.raises(DiscoverError, match="name it under emits and accepts"):
        routes_of([FRAMEWORKS["litestar"].spec], "test: routes", Exclusions())


def test_an_enum_that_ninja_writes_by_its_name_is_refused() -> None:
    [refused] = exported(FRAMEWORKS["ninja"]).diagnostics
    assert (refused.code, refused.where) == ("no-json-form", f"{ninja_app.__name__}:Colored.color")


@each
def test_what_is_sent_parses_and_what_is_refused_is_refused(
    framework: Framework, tmp_path: Path, node: Path, node_modules: Path
) -> None:
    checks = []
    for path, name in framework.sent.items():
        status, text = framework.ask("GET", path, None)
        assert status == 200
        checks.append(Check("emits", f"{name}Schema", Values((text,), ('"?"',)), name))
    for path, (name, right, wrong) in framework.taken.items():
        for body in right:
            assert framework.ask("POST", path, body)[0] in (200, 204), body
        for body in wrong:
            assert framework.ask("POST", path, body)[0] in (400, 422), body
        values = Values(tuple(map(json.dumps, right)), tuple(map(json.dumps, wrong)))
        checks.append(Check("accepts", f"{name}Schema", values))
    text = dumps(exported(framework).document)
    options = ZodOptions(import_extension=".ts", type_test=True)
    files = render_contract(lower(load(text, "api.json"), where="api.json"), options)
    bench = Workbench(tmp_path, node, node_modules)
    subject = Subject("api", files, tuple(checks))
    findings = Findings()
    bench.put([subject])
    bench.run([subject], findings)
    bench.compile([subject], "typescript", findings)
    assert not findings.complaints
    assert not [altered for altered in findings.altered if altered.direction == "emits"]
