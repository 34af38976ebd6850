"""The routes of running applications, called by generated code from Node: what arrives is what was sent, and reads as declared."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.project import Project, project_in

HERE = Path(__file__).parent
LEFT_OUT = {
    "GET /get-body": "takes a body, which fetch does not send with GET",
    "GET /hidden-too": "is hidden; name its function to have it",
    "GET /literal-number": "query parameter v: 1 is not read from text",
    "GET /mixed": "query parameter v: text does not tell numbers from text",
    "GET /redirect": "answers with a redirect, which fetch follows",
    "GET /response": "returns JSONResponse, which declares no type",
    "GET /untyped": "declares no response type",
    "MOUNT /static": "is an application that declares no types",
    "POST /typed-bytes": "takes a body of image/png that is neither str nor bytes without limits",
    "TRACE /trace": "fetch does not send TRACE",
    "WS /socket/{room}": "is a WebSocket",
}
COMPILED = {
    "target": "es2022",
    "lib": ["esnext", "dom", "dom.iterable", "dom.asynciterable"],
    "module": "nodenext",
    "types": ["node"],
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noUnusedLocals": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "allowImportingTsExtensions": True,
    "skipLibCheck": True,
    "noEmit": True,
}


UNNAMED = """
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    app = FastAPI()

    @app.get("/a")
    def a(): ...

    @app.get("/b")
    def b(): ...
"""


@contextmanager
def served(folder: Path, application: str) -> Iterator[str]:
    """The address of an application that runs meanwhile."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "critical"], cwd=folder)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the application did not start"
        with closing(socket.socket()) as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the application does not listen")


@contextmanager
def project(folder: Path, node_modules: Path, config: str) -> Iterator[Project]:
    with project_in(folder, empty=True) as made:
        made.write("package.json", '{"type": "module"}')
        made.write("tsconfig.json", json.dumps({"compilerOptions": COMPILED, "include": ["*.ts"]}))
        (folder / "node_modules").symlink_to(node_modules)
        made.write("samewire.toml", config)
        yield made


def compiled(folder: Path, node: Path, node_modules: Path) -> None:
    tsc = node_modules / "typescript" / "bin" / "tsc"
    result = subprocess.run(
        [node, tsc, "-p", folder], capture_output=True, text=True, check=False, timeout=300
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_each_value_arrives_as_it_was_sent(
    target: str, tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    config = f"""
        [contracts.api]
        routes = ["echo_app:app", "echo_app:hidden"]
        output = "generated"
        imports = ".ts"
        targets = ["{target}"]
    """
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "echo_app.py", tmp_path)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        for label, reason in LEFT_OUT.items():
            assert f"{label}: {reason} [route-skipped]" in result.err
        assert result.err.count("[route-skipped]") == len(LEFT_OUT)
        assert made.run("check").code == 0
        shutil.copy(HERE / "calls.ts", tmp_path)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "echo_app:app") as address:
            counts = json.loads(run_node(tmp_path / "calls.ts", address, "7"))
        assert counts["routes"] >= 68
        assert counts["called"] > 900


UNTYPED = {
    "GET /either",
    "GET /json",
    "GET /lines",
    "GET /media/{media:path}",
    "GET /null",
    "POST /any/{status}",
}


@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_routes_without_a_type_are_called(
    target: str, tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    config = f"""
        [contracts.api]
        routes = ["untyped_app:app"]
        output = "generated"
        imports = ".ts"
        targets = ["{target}", "openapi", "docs"]
        untyped-responses = "unknown"
    """
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "untyped_app.py", tmp_path)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        notes = re.findall(r"^note: (.+?): .* \[([a-z-]+)\]$", result.err, re.MULTILINE)
        assert {where for where, code in notes if code == "route-untyped"} == UNTYPED
        assert [where for where, code in notes if code == "route-skipped"] == ["GET /away"]
        assert made.run("generate").err.endswith(
            "\n1 route is skipped; -v lists them with the reasons.\n"
        )
        assert made.run("check").code == 0
        shutil.copy(HERE / "untyped.ts", tmp_path)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "untyped_app:app") as address:
            assert run_node(tmp_path / "untyped.ts", address).strip() == "14"
        paths = json.loads((tmp_path / "generated" / "openapi.json").read_text("utf-8"))["paths"]
        assert paths["/null"]["get"]["responses"].keys() == {"200"}
        (tag,) = [
            one for one in paths["/any/{status}"]["post"]["parameters"] if one["in"] == "query"
        ]
        assert tag["style"] == "form"
        page = (tmp_path / "generated" / "api.md").read_text("utf-8")
        assert "JSON lines, each any" in page
        assert "a body of another media type" in page


@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_routes_without_a_type_are_left_out_unless_asked_for(
    target: str, tmp_path: Path, node: Path, node_modules: Path
) -> None:
    config = f"""
        [contracts.api]
        routes = ["untyped_app:app"]
        output = "generated"
        imports = ".ts"
        targets = ["{target}"]
        exclude = ["untyped_app:Item"]
    """
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "untyped_app.py", tmp_path)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        for label in UNTYPED:
            assert f"{label}: " in result.err
        assert result.err.count("[route-skipped]") == 1 + len(UNTYPED)
        assert 'or untyped-responses = "unknown"' in result.err


@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_routes_need_no_types(target: str, tmp_path: Path, node: Path, node_modules: Path) -> None:
    config = f"""
        [contracts.api]
        routes = ["app:app"]
        output = "generated"
        imports = ".ts"
        targets = ["{target}"]
    """
    with project(tmp_path, node_modules, config) as made:
        made.write("app.py", UNNAMED)
        result = made.run("generate")
        assert result.code == 2
        assert "GET /a declares no response type, and so on (2 are left out)" in result.err
        made.write("app.py", UNNAMED.replace("def a():", "def a() -> HTMLResponse:"))
        assert made.run("generate").code == 0
        made.write("calls.ts", 'export * from "./generated/index.ts";')
        compiled(tmp_path, node, node_modules)


@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_forms_and_files_arrive(
    target: str, tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    pytest.importorskip("python_multipart", reason="FastAPI reads no forms without it")
    config = f"""
        [contracts.api]
        routes = ["form_app:app"]
        output = "generated"
        imports = ".ts"
        targets = ["{target}"]
    """
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "form_app.py", tmp_path)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        assert "route-skipped" not in result.err
        shutil.copy(HERE / "forms.ts", tmp_path)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "form_app:app") as address:
            assert run_node(tmp_path / "forms.ts", address).strip() == "5"


needs_ninja = pytest.mark.skipif(find_spec("ninja") is None, reason="Ninja is not installed")
NINJA_LEFT_OUT = {
    "GET /shop/hidden-too": "is hidden; name its function to have it",
    "GET /shop/maybe-model": "takes v, a model of parameters that may be another type",
    "GET /shop/mixed": "query parameter v: text does not tell numbers from text",
    "GET /shop/slug/{slug:v}": "has a path with the convertor slug, whose texts are not known",
    "POST /shop/upload": "takes a file, which Samewire supports only for FastAPI",
}


@needs_ninja
@pytest.mark.parametrize("target", ["zod", "valibot"])
def test_routes_of_django_ninja_are_called(
    target: str, tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    config = f"""
        [contracts.api]
        routes = ["django_app:api", "django_app:hidden"]
        output = "generated"
        imports = ".ts"
        dump = "ninja"
        targets = ["{target}", "openapi"]
        untyped-responses = "unknown"
    """
    with project(tmp_path, node_modules, config):
        shutil.copy(HERE / "django_app.py", tmp_path)
        # Django has one configuration in a process.
        command = [sys.executable, "-m", "samewire", "-v", "generate"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        for label, reason in NINJA_LEFT_OUT.items():
            assert f"{label}: {reason} [route-skipped]" in done.stderr
        assert done.stderr.count("[route-skipped]") == len(NINJA_LEFT_OUT)
        assert "GET /shop/untyped: is typed except for its response" in done.stderr
        shutil.copy(HERE / "django.ts", tmp_path)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "django_app:application") as address:
            assert run_node(tmp_path / "django.ts", address).strip() == "22"
        document = json.loads((tmp_path / "generated" / "openapi.json").read_text("utf-8"))
        assert "/shop/outer/inner/deep" in document["paths"]


@needs_ninja
def test_the_path_of_an_api_has_to_be_known(tmp_path: Path, node_modules: Path) -> None:
    config = """
        [contracts.api]
        routes = ["django_app:api"]
        dump = "ninja"
    """
    with project(tmp_path, node_modules, config) as made:
        text = (HERE / "django_app.py").read_text("utf-8")
        made.write("django_app.py", text.replace('path("shop/", api.urls)', ""))
        command = [sys.executable, "-m", "samewire", "generate"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "cannot find the path of the API NinjaAPI" in done.stderr
        assert "[routes-unplaced]" in done.stderr


@pytest.mark.parametrize("zod", ["zod", "zod/mini"])
def test_dates_arrive(
    zod: str, tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    pytest.importorskip("python_multipart", reason="FastAPI reads no forms without it")
    config = f"""
        [contracts.api]
        routes = ["date_app:app"]
        output = "generated"
        imports = ".ts"
        zod = "{zod}"
        dates = "date"
        type-tests = true
    """
    with project(tmp_path, node_modules, config) as made:
        shutil.copy(HERE / "date_app.py", tmp_path)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        shutil.copy(HERE / "dates.ts", tmp_path)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "date_app:app") as address:
            assert run_node(tmp_path / "dates.ts", address).strip() == "ok"


HOSTILE = r"""
    from typing import Annotated
    from fastapi import Cookie, FastAPI, Header, Query

    app = FastAPI()
    PATH = "/a`${1}\"'*/</script>\\ \u2028"

    @app.get(
        PATH + "/{x}",
        operation_id="*/ evil(); \"`${}",
        summary="*/ evil() /*",
        description="@deprecated */\n`${evil()}` \u2028 //# sourceMappingURL=x",
    )
    def one(
        x: str,
        a: Annotated[str, Query(alias="__proto__")],
        b: Annotated[str, Query(alias="*/'\"`${evil()}\\", description="*/ evil()")],
        c: Annotated[str, Cookie(alias="constructor")],
    ) -> list[str]:
        return [x, a, b, c]

    def make(name: str):
        def function() -> str:
            return name
        function.__name__ = name
        app.get(f"/{name}")(function)

    for name in ["delete", "s", "t", "readJson", "problem", "constructor", "then", "default", "_", "名"]:
        make(name)
"""
CALLED = r"""
import assert from "node:assert/strict";
import * as api from "./generated/routes.ts";
import { call } from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };
const args = JSON.parse(
  '{"path": {"x": "1"}, "query": {"__proto__": "2", "*/\'\\"`${evil()}\\\\": "3"}, "cookies": {"constructor": "4"}}',
);
assert.deepEqual(await call(api.evil, args, options), ["1", "2", "3", "4"]);
for (const [name, route] of Object.entries(api)) {
  if (name === "evil") continue;
  const said = await call(route as typeof api.delete_, {}, options);
  assert.equal(encodeURI(`/${said}`), encodeURI(route.path));
}
console.log(Object.keys(api).length);
"""


def test_text_of_routes_stays_text(
    tmp_path: Path, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    config = """
        [contracts.api]
        routes = ["app:app"]
        output = "generated"
        imports = ".ts"
    """
    with project(tmp_path, node_modules, config) as made:
        made.write("app.py", HOSTILE)
        result = made.run("generate", "-v")
        assert result.code == 0, result.err
        assert "route-skipped" not in result.err
        made.write("calls.ts", CALLED)
        compiled(tmp_path, node, node_modules)
        with served(tmp_path, "app:app") as address:
            assert run_node(tmp_path / "calls.ts", address).strip() == "11"


def test_routes_are_only_written_where_they_are_asked_for(
    tmp_path: Path, node_modules: Path
) -> None:
    config = """
        [contracts.api]
        emits = ["app:app"]
        output = "generated"
    """
    with project(tmp_path, node_modules, config) as made:
        made.write("app.py", HOSTILE)
        assert made.run("generate").code == 0
        assert not (tmp_path / "generated" / "routes.ts").exists()
        assert "x-samewire-routes" not in (tmp_path / "schema" / "api.json").read_text()


NAMED = """
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Item(BaseModel):
        name: str

    app = FastAPI()

    @app.get("/items/{item_id}")
    def get_item(item_id: int) -> Item: ...

    @app.get("/untyped")
    def untyped(): ...
"""


def test_routes_need_schemas(tmp_path: Path, node_modules: Path) -> None:
    config = """
        [contracts.api]
        routes = ["app:app"]
        targets = ["types", "guards"]
    """
    with project(tmp_path, node_modules, config) as made:
        result = made.run("generate")
        assert result.code == 2
        assert (
            "samewire.toml: contracts.api.routes: routes.ts needs schemas, but no target (types, guards) has any"
            in result.err
        )


def test_init_proposes_them(tmp_path: Path, node_modules: Path) -> None:
    with project_in(tmp_path, empty=True) as made:
        made.write("app.py", NAMED)
        assert made.run("init").code == 0
        text = (tmp_path / "samewire.toml").read_text("utf-8")
        assert '\nroutes = ["app:app"]\n' in text
        result = made.run("generate")
        assert result.code == 0
        assert "1 route is skipped; -v lists them with the reasons." in result.err
        assert list(tmp_path.glob("generated/*/routes.ts"))


def test_what_has_no_routes_is_an_error(tmp_path: Path, node_modules: Path) -> None:
    config = """
        [contracts.api]
        routes = ["app:app", "app:PATH", "app:make"]
    """
    with project(tmp_path, node_modules, config) as made:
        made.write("app.py", HOSTILE)
        result = made.run("generate")
        assert result.code == 2
        assert "app:PATH has no routes" in result.err
        assert "app:make is the function of no route" in result.err


def test_an_application_that_gets_its_routes_later_is_an_error(
    tmp_path: Path, node_modules: Path
) -> None:
    models = """
        from contextlib import asynccontextmanager

        from fastapi import APIRouter, FastAPI

        router = APIRouter()


        @router.get("/count")
        def count() -> int: ...


        @asynccontextmanager
        async def lifespan(app: FastAPI):
            app.include_router(router, prefix="/api")
            yield


        app = FastAPI(lifespan=lifespan)
    """
    config = '[contracts.api]\nroutes = ["app:app"]\n'
    with project(tmp_path, node_modules, config) as made:
        made.write("app.py", models)
        result = made.run("generate")
        assert result.code == 2
        assert "app:app has no route once its module is imported [no-models]" in result.err
        assert "or name the router that has them" in result.err
        Path("samewire.toml").unlink()
        result = made.run("init")
        assert result.code == 0
        assert "found    FastAPI router app:router\n" in result.err
        assert "app:router stands for the application, since app:app has no route" in result.err
