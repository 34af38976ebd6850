"""
An application named as a root, against what FastAPI itself sends and takes.

Each response of the running application must parse, unchanged, under the definition of its route; each body that the definition
takes, and only such a body, must get past FastAPI's validation.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from samewire.discover import discover
from samewire.export import Export, ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract

from tests.documents import roots_of

from .fastapi_app import app
from .fastapi_app import item as sent_by
from .features.batch import Check, Findings, Subject, Workbench
from .features.truth import Values

HERE = sent_by.__module__

SENT = {
    "/item": "Item",
    "/items": "ItemsResponse",
    "/by-name": "ItemByName",
    "/unset": "BasketWithoutUnset",
    "/defaults": "ItemWithoutUnset",
    "/public": "BasketInPublic",
    "/summary": "BasketInSummary",
    "/dictionary": "Basket",
    "/router/page": "PageItem",
    "/router/problem": "Problem",
    "/router/maybe": "MaybeResponse",
    "/again/router/count": "CountResponse",
}
TAKEN: dict[tuple[str, str], tuple[str, list[Any], list[Any]]] = {
    ("POST", "/one"): (
        "NewItem",
        [{"name": "x"}, {"name": "12345", "tags": ["a"]}],
        [{}, {"name": "123456"}, {"name": 1}, []],
    ),
    ("POST", "/embedded"): ("EmbeddedBody", [{"new": {"name": "x"}}], [{"name": "x"}, {"new": 1}]),
    ("PUT", "/two"): (
        "TwoBody",
        [{"new": {"name": "x"}, "count": 1}],
        [{"new": {"name": "x"}, "count": 0}, {"new": {"name": "x"}}],
    ),
    ("PUT", "/several"): ("SeveralBody", [[{"name": "x"}]], [[], {"name": "x"}]),
}


def ask(method: str, path: str, body: object = None) -> httpx.Response:
    """One request to the application, without a socket."""

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, json=body)

    return asyncio.run(asked())


@pytest.fixture(scope="module")
def exported() -> Export:
    where = "test: emits"
    emits = discover([f"{HERE}:app"], where).roots
    accepts = discover([f"{HERE}:app"], where, direction="accepts").roots
    result = export_contract("api", emits, accepts, ExportOptions())
    assert not result.diagnostics
    return result


def test_the_roots_are_those_of_the_routes(exported: Export) -> None:
    assert roots_of(exported.document, "emits") == sorted(SENT.values())
    assert roots_of(exported.document, "accepts") == sorted(name for name, _, _ in TAKEN.values())


def test_what_is_sent_parses_and_what_is_refused_is_refused(
    exported: Export, tmp_path: Path, node: Path, node_modules: Path
) -> None:
    checks = []
    for path, name in SENT.items():
        response = ask("GET", path)
        assert response.status_code == 200
        checks.append(Check("emits", f"{name}Schema", Values((response.text,), ('"?"',)), name))
    lines = ask("GET", "/lines").text.splitlines()
    checks.append(Check("emits", "ItemSchema", Values(tuple(lines), ()), "Item"))
    for (method, path), (name, right, wrong) in TAKEN.items():
        for body in right:
            assert ask(method, path, body).status_code == 200, body
        for body in wrong:
            assert ask(method, path, body).status_code == 422, body
        values = Values(tuple(map(json.dumps, right)), tuple(map(json.dumps, wrong)))
        checks.append(Check("accepts", f"{name}Schema", values))
    text = dumps(exported.document)
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


def test_responses_have_the_keys_of_their_definition_and_no_others(exported: Export) -> None:
    definitions = exported.document["$defs"]
    for path, name in SENT.items():
        value = ask("GET", path).json()
        if "properties" in definitions[name] and isinstance(value, dict):
            assert set(definitions[name].get("required", ())) <= set(value)
            assert set(value) <= set(definitions[name]["properties"])
