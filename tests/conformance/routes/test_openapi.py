"""The OpenAPI document of an application: valid, exact, and FastAPI's own in all that types do not say."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from samewire.openapi import exact_openapi, patch_openapi

from tests.conformance import fastapi_app
from tests.openapi_rules import METHODS, mistakes
from tests.project import Project, project_in

from . import described_app, echo_app, form_app

APPLICATIONS = (described_app.app, echo_app.app, form_app.app, fastapi_app.app)
KEPT = (
    *("tags", "summary", "description", "operationId", "deprecated", "security", "servers"),
    *("callbacks", "x-mine"),
)
"""What an operation says that types do not."""

DESCRIBED = described_app.__name__


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (path, key): each
        for path, item in document["paths"].items()
        for key, each in item.items()
        if key in METHODS
    }


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_in(tmp_path, empty=True) as made:
        yield made


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return exact_openapi(described_app.app)


@pytest.mark.parametrize("app", APPLICATIONS, ids=lambda app: app.title)
@pytest.mark.parametrize("version", ["3.1", "3.2"])
def test_the_document_is_openapi(app: FastAPI, version: Any) -> None:
    document = exact_openapi(app, openapi=version)
    assert mistakes(document) == []
    assert "samewire" not in json.dumps(document)


@pytest.mark.parametrize("app", APPLICATIONS, ids=lambda app: app.title)
def test_what_types_do_not_say_is_fastapis(app: FastAPI) -> None:
    own, exact = operations(app.openapi()), operations(exact_openapi(app))
    assert own.keys() <= exact.keys()
    for place, before in own.items():
        after = exact[place]
        several = [one for one in own if one[0] == place[0]]
        for key in KEPT:
            if key != "operationId" or len(several) == 1:
                assert after.get(key) == before.get(key), place
        assert list(after["responses"]) == list(before["responses"]), place
        for status, response in before["responses"].items():
            now = after["responses"][status]
            assert without_content(now) == without_content(response), (place, status)
            assert list(now.get("content", {})) == list(response.get("content", {})), (
                place,
                status,
            )
        told = said_of_parameters(after)
        untold = [one for one in told if one not in said_of_parameters(before)]
        assert [one for one in told if one not in untold] == said_of_parameters(before), place
        # FastAPI leaves out what a router has in its path and the function does not take.
        assert all(one["in"] == "path" for one in untold), place
        body, now = before.get("requestBody", {}), after.get("requestBody", {})
        assert list(body.get("content", {})) == list(now.get("content", {}))
        assert body.get("required", False) == now.get("required", False)


def without_content(response: dict[str, Any]) -> dict[str, Any]:
    return {key: each for key, each in response.items() if key != "content"}


def said_of_parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    without = ("schema", "style", "explode")
    return [
        {key: each for key, each in parameter.items() if key not in without}
        for parameter in operation.get("parameters", [])
    ]


def test_what_is_said_of_the_whole_is_fastapis(made: dict[str, Any]) -> None:
    own = described_app.app.openapi()
    for key in ("info", "servers", "tags"):
        assert made[key] == own[key]
    assert made["components"]["securitySchemes"] == own["components"]["securitySchemes"]


def test_types_are_as_on_the_wire(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]
    assert schemas["Thing"]["required"] == ["name", "weight", "made"]
    assert schemas["ThingInput"]["required"] == ["name"]
    assert schemas["ThingWithoutNone"]["required"] == ["name", "weight"]
    assert schemas["Thing"]["properties"]["weight"] == {
        "anyOf": [{"type": "number"}, {"type": "null"}]
    }
    assert schemas["Thing"]["properties"]["name"] == {
        "type": "string",
        "description": "What it is called.",
        "examples": ["chair"],
    }
    assert schemas["PutShapeBody"]["properties"]["shape"] == {
        "oneOf": [
            {"$ref": "#/components/schemas/CircleInput"},
            {"$ref": "#/components/schemas/SquareInput"},
        ],
        "discriminator": {
            "propertyName": "kind",
            "mapping": {
                "circle": "#/components/schemas/CircleInput",
                "square": "#/components/schemas/SquareInput",
            },
        },
    }
    assert schemas["HTTPValidationError"]["required"] == ["detail"]
    assert not [name for name in schemas if name.endswith(("Query", "Path", "Headers"))]


def test_parameters_have_the_style_in_which_they_are_read(made: dict[str, Any]) -> None:
    parameters = {
        each["name"]: each for each in made["paths"]["/things/{thing_id}"]["get"]["parameters"]
    }
    assert parameters["thing_id"]["schema"] == {"type": "integer"}
    assert parameters["fields"] == {
        "name": "fields",
        "in": "query",
        "required": False,
        "deprecated": True,
        "description": "Which ones",
        "style": "form",
        "explode": True,
        "schema": {"type": "array", "items": {"type": "string"}, "default": []},
    }
    assert parameters["since"]["schema"] == {"type": "string", "format": "date"}
    assert parameters["x-trace"]["schema"] == {"type": "string"}


def test_forms_have_files_and_texts(made: dict[str, Any]) -> None:
    paths = made["paths"]
    (content,) = paths["/upload"]["post"]["requestBody"]["content"].items()
    binary = {"type": "string", "contentMediaType": "application/octet-stream"}
    assert content == (
        "multipart/form-data",
        {
            "schema": {
                "type": "object",
                "properties": {
                    "note": {"type": "string", "description": "A note", "minLength": 1}
                    | {"default": ""},
                    "file": binary,
                    "more": {"items": binary, "type": "array", "description": "Others"},
                },
                "required": ["file", "more"],
            }
        },
    )
    (content,) = paths["/form"]["post"]["requestBody"]["content"].items()
    reference = {"$ref": "#/components/schemas/FormForm"}
    assert content == ("application/x-www-form-urlencoded", {"schema": reference})


def test_items_of_streams(made: dict[str, Any]) -> None:
    def content(document: dict[str, Any], path: str) -> dict[str, Any]:
        found: dict[str, Any] = document["paths"][path]["get"]["responses"]["200"]["content"]
        return found

    item = {"$ref": "#/components/schemas/Thing"}
    assert content(made, "/lines") == {"application/jsonl": {"schema": item}}
    assert content(made, "/events") == {"text/event-stream": {"schema": item}}
    later = exact_openapi(described_app.app, openapi="3.2")
    assert later["openapi"] == "3.2.0"
    assert content(later, "/lines") == {"application/jsonl": {"itemSchema": item}}
    event = content(later, "/events")["text/event-stream"]["itemSchema"]
    assert event["properties"]["data"]["contentSchema"] == item


def test_routes_that_are_left_out_are_as_fastapi_has_them(made: dict[str, Any]) -> None:
    own = described_app.app.openapi()
    assert made["paths"]["/untyped"]["get"] == own["paths"]["/untyped"]["get"]
    assert made["paths"]["/file"] == own["paths"]["/file"]
    schemas = made["components"]["schemas"]
    body = schemas["Body_untyped_body_untyped_post"]
    assert body["properties"]["thing"] == {"$ref": "#/components/schemas/ThingOfFastAPI"}
    assert schemas["ThingOfFastAPI"]["required"] == ["name"]


def test_applications_that_are_mounted_are_in_it(made: dict[str, Any]) -> None:
    count = made["paths"]["/inner/count"]["get"]
    assert count["operationId"] == "count_count_get"
    added = made["paths"]["/inner/things"]["post"]
    assert added["operationId"] == "addThing_inner"
    schema = added["requestBody"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2]
    assert made["components"]["schemas"][name]["properties"].keys() == {"inside"}


def test_each_method_has_an_operation_id_of_its_own(made: dict[str, Any]) -> None:
    item = made["paths"]["/several"]
    assert list(item) == ["get", "post", "delete"]
    ids = [each["operationId"] for each in item.values()]
    assert ids == [f"several_several_{method}" for method in item]


def test_responses_are_what_their_schemas_say() -> None:
    document = exact_openapi(fastapi_app.app)

    async def ask(path: str) -> httpx.Response:
        transport = httpx.ASGITransport(fastapi_app.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path)

    checked = 0
    for (path, method), operation in operations(document).items():
        content = operation["responses"].get("200", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        if method == "get" and schema and "{" not in path:
            response = asyncio.run(ask(path))
            assert response.status_code == 200, path
            validator = Draft202012Validator({**schema, "components": document["components"]})
            assert list(validator.iter_errors(response.json())) == [], path
            checked += 1
    assert checked > 9


CONFIG = f"""\
[contracts.api]
routes = ["{DESCRIBED}:app", "{DESCRIBED}:hidden"]
output = "web"
"""
TARGETS = 'targets.openapi = { openapi = "3.2", title = "Mine" }\n'


def test_the_file_is_planned_and_checked_like_every_other(project: Project) -> None:
    project.write("samewire.toml", CONFIG + TARGETS)
    assert project.run("generate").code == 0
    file = project.root / "web" / "openapi.json"
    text = file.read_text("utf-8")
    document = json.loads(text)
    assert mistakes(document) == []
    assert document["x-generated"] == "Generated by Samewire from schema/api.json; do not edit."
    assert document["openapi"] == "3.2.0"
    assert document["info"] == described_app.app.openapi()["info"] | {"title": "Mine"}
    hidden = document["paths"]["/hidden"]["get"]
    assert hidden["operationId"] == "hidden"
    assert [one["name"] for one in hidden["parameters"]] == ["level"]
    assert hidden["responses"]["200"]["description"] == "OK"
    assert project.run("check").code == 0
    file.write_text(text.replace("Mine", "Yours"), "utf-8")
    found = project.run("check")
    assert found.code == 1
    assert "web/openapi.json: edited by hand" in found.err
    project.write("samewire.toml", CONFIG)
    assert "deleted  web/openapi.json" in project.run("generate").err


def test_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    code = (
        "import hashlib, json, sys\n"
        "from samewire.openapi import exact_openapi\n"
        f"from {DESCRIBED} import app\n"
        "print(hashlib.sha256(json.dumps(exact_openapi(app)).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1


class Pet(BaseModel):
    name: str = "Rex"


def shop() -> FastAPI:
    app = FastAPI()

    @app.get("/pet")
    def pet() -> Pet:
        return Pet()

    return app


def served(app: FastAPI) -> dict[str, Any]:
    async def ask() -> Any:
        transport = httpx.ASGITransport(app, root_path="/v1")
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get("/openapi.json")).json()

    document: dict[str, Any] = asyncio.run(ask())
    return document


def test_an_application_serves_the_document_that_is_made() -> None:
    app = shop()
    patch_openapi(app)
    document = served(app)
    assert document["components"]["schemas"]["Pet"]["required"] == ["name"]
    assert document["servers"] == [{"url": "/v1"}]


def test_an_application_serves_the_file(tmp_path: Path) -> None:
    app, file = shop(), tmp_path / "openapi.json"
    patch_openapi(app, file)
    with pytest.raises(FileNotFoundError, match="samewire generate"):
        app.openapi()
    file.write_text('{"openapi": "3.1.0", "info": {}}', "utf-8")
    assert served(app)["info"] == {}


def test_what_is_served_is_not_what_the_document_is_made_of(tmp_path: Path) -> None:
    """Patching is no reason for another document: FastAPI's own is what goes in."""
    app, file = shop(), tmp_path / "openapi.json"
    before = exact_openapi(app)
    patch_openapi(app, file)
    patch_openapi(app, file)
    assert exact_openapi(app) == before


def test_patching_imports_nothing_heavy() -> None:
    code = (
        "import sys; import samewire.openapi; print(sorted(one for one in sys.modules"
        " if one.split('.')[0] in ('pydantic', 'fastapi', 'jinja2', 'samewire')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert (
        done.stdout.strip()
        == "['samewire', 'samewire.decode', 'samewire.open', 'samewire.openapi']"
    )


def test_a_router_has_a_document_too() -> None:
    router = APIRouter()

    @router.get("/pet")
    def pet() -> Pet:
        return Pet()

    assert mistakes(exact_openapi(router)) == []


MAIN = '[contracts.api]\nroutes = ["main:app"]\noutput = "web"\ntargets = ["openapi"]\n'


def test_an_application_that_fastapi_cannot_describe_has_its_routes(project: Project) -> None:
    project.write("main.py", UNDESCRIBED)
    project.write("samewire.toml", MAIN)
    done = project.run("-v", "generate")
    assert done.code == 0, done.err
    assert "FastAPI cannot build an OpenAPI document for FastAPI" in done.err
    assert "[openapi-failed]" in done.err
    document = json.loads((project.root / "web" / "openapi.json").read_text("utf-8"))
    assert mistakes(document) == []
    assert document["paths"]["/pet/{name}"]["get"]["operationId"] == "pet"


UNDESCRIBED = """\
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Pet(BaseModel):
    name: str


@app.get("/pet/{name}")
def pet(name: str, age: int = 1) -> Pet:
    return Pet(name=name)


def openapi():
    raise ValueError("no schema")


app.openapi = openapi
"""


def test_a_type_that_is_left_out_is_as_fastapi_has_it(project: Project) -> None:
    project.write("main.py", LEFT_OUT)
    project.write("samewire.toml", MAIN)
    done = project.run("generate")
    assert done.code == 2
    assert "main:Secret.code" in done.err
    document = json.loads((project.root / "web" / "openapi.json").read_text("utf-8"))
    assert mistakes(document) == []
    assert document["components"]["schemas"].keys() == {"Pet", "Secret"}


LEFT_OUT = """\
from fastapi import FastAPI
from pydantic import BaseModel, field_serializer

app = FastAPI()


class Pet(BaseModel):
    name: str


class Secret(BaseModel):
    code: int

    @field_serializer("code")
    def hide(self, code):
        return "*"


@app.get("/pet")
def pet() -> Pet:
    return Pet(name="Rex")


@app.get("/secret")
def secret() -> Secret:
    return Secret(code=1)
"""
