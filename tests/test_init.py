"""``samewire init``: what it finds, what it proposes, what it never touches, and that the next command works."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from samewire.init.edits import appended, targets
from samewire.init.repository import default_branch
from samewire.init.routes import find_routes
from samewire.init.sources import read_project

from tests.project import Project, project_in

MODELS = """
    from pydantic import BaseModel

    class Message(BaseModel):
        text: str
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one module of models and nothing else."""
    with project_in(tmp_path, empty=True) as project:
        project.write("app/__init__.py", "")
        project.write("app/models.py", MODELS)
        yield project


def configured() -> dict[str, object]:
    """The configuration that init wrote."""
    if Path("samewire.toml").exists():
        return tomllib.loads(Path("samewire.toml").read_text())
    section: dict[str, object] = tomllib.loads(Path("pyproject.toml").read_text())["tool"][
        "samewire"
    ]
    return section


def contract() -> dict[str, object]:
    contracts = configured()["contracts"]
    assert isinstance(contracts, dict)
    [only] = contracts.values()
    return only


# --- The next command works -------------------------------------------------------------------------------------------


def test_the_command_it_ends_with_works(project: Project) -> None:
    result = project.run("init")
    assert result.code == 0, result.err
    next_command = result.err.splitlines()[-1].removeprefix("Next: ")
    assert next_command == "samewire generate"
    assert project.run("generate").code == 0
    assert project.run("check").code == 0
    assert "Message" in Path("generated/api/types.ts").read_text()


def test_the_make_targets_it_writes_work(project: Project, tmp_path: Path) -> None:
    project.run("init")
    fake = project.write("bin/samewire", '#!/bin/sh\necho "ran samewire $*"\n')
    fake.chmod(0o755)
    for target in ("generate", "check"):
        done = subprocess.run(
            ["make", target],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PATH": f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}"},
        )
        assert f"ran samewire {target}" in done.stdout


def test_what_would_fail_is_said_before_it_does(project: Project) -> None:
    project.write(
        "app/models.py",
        "import not_installed_anywhere\nfrom pydantic import BaseModel\nclass A(BaseModel): ...\n",
    )
    result = project.run("init")
    assert result.code == 2
    assert "importing app.models failed at app/models.py:1" in result.err
    assert result.err.splitlines()[-1] == (
        "Next: fix the above, in samewire.toml or in the models, then run: samewire generate"
    )


def test_run_again_it_changes_nothing(project: Project) -> None:
    project.write("pyproject.toml", '[project]\nname = "x"\n')
    project.write(".github/workflows/tests.yml", "name: tests\n")
    Path(".git").mkdir()
    project.run("init")
    before = project.tree()
    result = project.run("init")
    assert result.code == 0
    assert project.tree() == before
    assert result.err.splitlines()[-1] == "Samewire is set up here already. Next: samewire generate"


def test_a_dry_run_shows_everything_and_writes_nothing(project: Project) -> None:
    project.write("pyproject.toml", '[project]\nname = "x"\n')
    project.write(".github/x", "")
    before = project.tree()
    result = project.run("init", "--dry-run")
    assert result.code == 0
    assert project.tree() == before
    for file in ("pyproject.toml", "Makefile", ".github/workflows/samewire.yml"):
        assert f"+++ b/{file}\n" in result.out
    subprocess.run(["git", "init", "-q"], check=True)
    shown = project.run("init", "--dry-run").out
    subprocess.run(["git", "apply", "-"], input=shown.encode(), check=True)
    assert project.run("init").err.splitlines()[-1].startswith("Samewire is set up here already.")


def test_json(project: Project) -> None:
    report = json.loads(project.run("init", "--format", "json").out)
    assert (report["command"], report["ok"], report["diagnostics"]) == ("init", True, [])
    assert [(file["path"], file["action"]) for file in report["files"]] == [
        ("samewire.toml", "created"),
        ("Makefile", "created"),
    ]
    assert any("dependencies" in line for line in report["advice"])


# --- The configuration ------------------------------------------------------------------------------------------------


def test_pyproject_is_extended_and_otherwise_kept_byte_for_byte(project: Project) -> None:
    before = (
        '# first\r\n[project]\r\nname = "x"   # odd   spacing\r\n\r\n[tool.ruff]\r\nselect=["ALL",]'
    )
    Path("pyproject.toml").write_bytes(before.encode())
    assert project.run("init").code == 0
    after = Path("pyproject.toml").read_bytes().decode()
    assert after.startswith(before)
    assert after.count("\r\n") == after.count("\n")
    assert not Path("samewire.toml").exists()
    assert contract()["emits"] == ["app.models"]
    assert tomllib.loads(after)["project"]["name"] == "x"


def test_without_pyproject_there_is_a_file_of_its_own(project: Project) -> None:
    project.run("init")
    assert configured() == {
        "contracts": {"api": {"emits": ["app.models"], "output": "generated/api"}}
    }


def test_a_pyproject_that_cannot_be_extended_is_left_alone(project: Project) -> None:
    text = 'tool = { ruff = { line-length = 100 } }\n[project]\nname = "x"\n'
    project.write("pyproject.toml", text)
    result = project.run("init")
    assert result.code == 0
    assert Path("pyproject.toml").read_text() == text
    assert contract()["emits"] == ["app.models"]
    assert "the configuration is in samewire.toml" in result.err


def test_a_configuration_that_is_there_is_kept(project: Project) -> None:
    text = '[contracts.mine]\nemits = ["app.models:Message"]\n'
    project.write("samewire.toml", text)
    assert project.run("init", "--emits", "app.other").code == 0
    assert Path("samewire.toml").read_text() == text
    assert Path("Makefile").exists()


def test_what_the_user_names_is_not_dropped_in_silence(project: Project) -> None:
    project.run("init")
    before = project.tree()
    result = project.run("init", "--emits", "app.models:Other")
    assert "note: samewire.toml already has contracts, and init does not change it\n" in result.err
    assert project.tree() == before


@pytest.mark.parametrize("name", ["Makefile", "pyproject.toml", ".gitattributes"])
def test_a_file_that_is_not_utf8_is_named_and_nothing_is_written(
    project: Project, name: str
) -> None:
    Path(".git").mkdir()
    Path(name).write_bytes(b"# caf\xe9\n")
    before = project.tree()
    result = project.run("init")
    assert result.code == 2
    assert f"error: {name}: is not " in result.err
    assert project.tree() == before


def test_a_file_that_cannot_be_written_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def refuse(self: Path, mode: str = "r", **options: Any) -> IO[Any]:
        if "w" in mode:
            raise PermissionError(errno.EACCES, "Permission denied", str(self))
        return opened(self, mode, **options)

    monkeypatch.setattr(Path, "open", refuse)
    result = project.run("init")
    assert result.code == 2
    assert (
        "error: samewire.toml: cannot be written: Permission denied [file-unwritable]" in result.err
    )
    assert "hint: make its folder writable for the user that runs Samewire" in result.err


def test_a_configuration_that_is_wrong_is_an_error_and_nothing_is_written(project: Project) -> None:
    project.write("samewire.toml", "[contracts.mine]\nemit = 1\n")
    result = project.run("init")
    assert result.code == 2
    assert "did you mean emits?" in result.err
    assert not Path("Makefile").exists()


def test_what_the_user_names_is_taken(project: Project) -> None:
    arguments = [
        "--name",
        "chat",
        "--emits",
        "app.models:Message",
        "--accepts",
        "app.models:Message",
        "--output",
        "web/api",
    ]
    assert project.run("init", *arguments).code == 0
    assert configured() == {
        "contracts": {
            "chat": {
                "emits": ["app.models:Message"],
                "accepts": ["app.models:Message"],
                "output": "web/api",
            }
        }
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--name", "My API"], "--name 'My API': a contract name consists of"),
        (["--emits", "app/models.py"], "write 'app.models'"),
        (["--output", "/somewhere"], "--output: expected a path relative to this folder"),
        (["--output", "../elsewhere"], "is outside the project root"),
    ],
)
def test_what_the_user_names_wrongly_is_not_written(
    project: Project, arguments: list[str], says: str
) -> None:
    before = project.tree()
    result = project.run("init", *arguments)
    assert result.code == 2
    assert says in result.err
    assert project.tree() == before


def test_without_models_it_says_how_to_name_them_and_writes_nothing(tmp_path: Path) -> None:
    with project_in(tmp_path, empty=True) as project:
        result = project.run("init")
        assert result.code == 2
        assert "samewire init --emits app.models:Message" in result.err
        assert project.tree() == {}


# --- Finding models ---------------------------------------------------------------------------------------------------


def test_models_are_found_through_bases_aliases_and_reexports(project: Project) -> None:
    project.write(
        "app/base.py", "import pydantic as p\nclass Base(p.BaseModel): ...\nclass Plain: ...\n"
    )
    project.write(
        "app/lists.py", "from pydantic import RootModel as R\nclass Tags(R[list[str]]): ...\n"
    )
    project.write("app/deep/__init__.py", "from ..base import *\n")
    project.write(
        "app/deep/users.py",
        "from app.deep import Base as B, Plain\nclass User(B): ...\nclass No(Plain): ...\n",
    )
    project.write(
        "app/generic.py",
        "from typing import *\nfrom .base import Base\nT = TypeVar('T')\nclass Page(Base, Generic[T]): ...\n",
    )
    found = read_project(project.root)
    assert found.models == {
        ("app.base", "Base"),
        ("app.deep.users", "User"),
        ("app.generic", "Page"),
        ("app.lists", "Tags"),
        ("app.models", "Message"),
    }
    assert found.generic == {("app.generic", "Page")}


def test_what_is_not_the_applications_is_not_searched(project: Project) -> None:
    for path in (
        "tests/test_models.py", "app/test_x.py", ".venv/lib/x.py", "env2/pyvenv.cfg", "env2/x.py", "node_modules/x.py",
        "build/lib/app/models.py", "app/migrations/0001.py", "conftest.py",
    ):  # fmt: skip
        project.write(path, MODELS)
    project.write("broken.py", "def f(:\n")
    project.write("binary.py", "\0")
    assert read_project(project.root).models == {("app.models", "Message")}


@pytest.mark.parametrize(
    ("files", "module", "folder"),
    [
        ({"src/shop/__init__.py": "", "src/shop/models.py": MODELS}, "shop.models", "src"),
        (
            {"src/shop/models.py": MODELS, "src/shop/main.py": "from shop.models import Message\n"},
            "shop.models",
            "src",
        ),
        ({"models.py": MODELS}, "models", "."),
        (
            {"backend/shop/models.py": MODELS, "backend/main.py": "import shop.models\n"},
            "shop.models",
            "backend",
        ),
        (
            {"backend/shop/__init__.py": "", "backend/shop/models.py": MODELS},
            "shop.models",
            "backend",
        ),
        ({"shop/__init__.py": MODELS}, "shop", "."),
        (
            {
                "packages/core/pyproject.toml": "",
                "packages/core/src/core/models.py": MODELS,
                "packages/api/src/api/main.py": "from core.models import Message\n",
            },
            "core.models",
            "packages/core/src",
        ),
        (
            {
                "packages/core/src/core/models.py": MODELS,
                "packages/core/src/core/main.py": "from core.models import Message\n",
            },
            "core.models",
            "packages/core/src",
        ),
        (
            {
                "services/api/pyproject.toml": "",
                "services/api/services/models.py": MODELS,
                "services/api/main.py": "from services.models import Message\n",
            },
            "services.models",
            "services/api",
        ),
        (
            {"src/models.py": MODELS, "src/main.py": "from src.models import Message\n"},
            "src.models",
            ".",
        ),
    ],
)
def test_modules_are_named_as_the_project_imports_them(
    tmp_path: Path, files: dict[str, str], module: str, folder: str
) -> None:
    with project_in(tmp_path, empty=True) as project:
        for path, text in files.items():
            project.write(path, text)
        found = read_project(tmp_path)
        assert {name for name, _ in found.models} == {module}
        assert os.path.relpath(found.modules[module].folder, tmp_path) == folder
        assert project.run("init").code == 0
        assert configured().get("pythonpath") == (None if folder in (".", "src") else [folder])
        assert project.run("generate").code == 0


def test_many_modules_of_one_package_become_the_package(project: Project) -> None:
    for number in range(9):
        project.write(
            f"app/m{number}.py",
            f"from pydantic import BaseModel\nclass M{number}(BaseModel): ...\n",
        )
    project.run("init")
    assert contract()["emits"] == ["app:**"]
    assert project.run("generate").code == 0


# --- Routes -----------------------------------------------------------------------------------------------------------

ROUTES = """
    from typing import Annotated
    from fastapi import APIRouter, Body, Depends, FastAPI, Query
    from app import schemas
    from app.schemas import User
    from .models import Message as M

    app = FastAPI()
    router = APIRouter()

    class Local(schemas.Base): ...

    @app.get("/a")
    def a() -> list[User]: ...

    @app.get("/b", response_model=schemas.Team | None, responses={404: {"model": schemas.Problem}})
    async def b(filter: Annotated[schemas.Filter, Query()], db: schemas.Db = Depends(a)): ...

    @router.post("/c")
    def c(body: M, extra: Annotated[Local, Body()], *, later: "schemas.Later | None" = None) -> schemas.Page[User]: ...

    def helper(body: schemas.Unused) -> schemas.Unused: ...
"""
SCHEMAS = """
    from typing import Generic, TypeVar
    from pydantic import BaseModel
    T = TypeVar("T")
    class Base(BaseModel): ...
    class User(Base): ...
    class Team(Base): ...
    class Problem(Base): ...
    class Filter(Base): ...
    class Db(Base): ...
    class Later(Base): ...
    class Unused(Base): ...
    class Page(Base, Generic[T]):
        items: list[T]
"""


def test_routes_say_what_is_sent_and_what_is_taken(project: Project) -> None:
    project.write("app/schemas.py", SCHEMAS)
    project.write("app/main.py", ROUTES)
    routes = find_routes(read_project(project.root))
    assert {name for _, name in routes.emits} == {"User", "Team", "Problem"}
    assert routes.accepts == {
        ("app.models", "Message"),
        ("app.main", "Local"),
        ("app.schemas", "Later"),
    }
    assert routes.unnamed == {"Page"}


APPLICATION = """
    from fastapi import FastAPI
    from app.models import Message

    app = FastAPI()

    @app.get("/latest", response_model_exclude_none=True)
    def latest() -> Message: ...

    @app.get("/messages")
    def messages() -> list[Message]: ...

    @app.post("/messages")
    def create(message: Message) -> None: ...
"""


def test_an_application_stands_for_its_routes_and_their_options(project: Project) -> None:
    project.write("app/models.py", MODELS.replace("text: str", "text: str | None = None"))
    project.write("app/main.py", APPLICATION)
    result = project.run("init")
    assert result.code == 0
    assert contract() == {"routes": ["app.main:app"], "output": "generated/api"}
    assert "found    FastAPI application app.main:app\n" in result.err
    assert project.run("generate").code == 0
    types = Path("generated/api/types.ts").read_text()
    assert "export interface MessageWithoutNone" in types
    assert "export type MessagesResponse = Message[];" in types
    assert "export const create: Route<" in Path("generated/api/routes.ts").read_text()


@pytest.mark.parametrize("imports", [True, False])
def test_a_module_that_adds_routes_to_the_router_of_another_one(
    project: Project, imports: bool
) -> None:
    """The application has these routes if it imports the module, by whichever way."""
    project.write("app/models.py", MODELS)
    project.write("app/routers.py", "from fastapi import APIRouter\nbase = APIRouter()\n")
    project.write(
        "app/users.py",
        """
        from fastapi import Query
        from app.models import Message
        from app.routers import base

        @base.get("/messages")
        def messages() -> list[Message]: ...
        """,
    )
    project.write("app/all_routes.py", "from app import users" if imports else "")
    project.write(
        "app/main.py",
        """
        from fastapi import FastAPI
        from app import all_routes
        from app.routers import base

        def make() -> FastAPI:
            app = FastAPI()
            app.include_router(base)
            return app
        """,
    )
    assert project.run("init").code == 0
    if imports:
        assert contract()["routes"] == ["app.main:make()"]
    else:
        assert contract()["emits"] == ["app.models:Message"]


def test_an_application_may_have_the_models_of_another_package(project: Project) -> None:
    project.write("app/models.py", "")
    project.write(
        "app/main.py",
        """
        from datetime import datetime
        from fastapi import FastAPI, Request
        from samewire.ui_stream import TextUIPart

        app = FastAPI()

        @app.get("/parts")
        def parts(at: datetime, request: Request) -> list[TextUIPart]: ...
        """,
    )
    result = project.run("init")
    assert result.code == 0, result.err
    assert contract()["routes"] == ["app.main:app"]
    assert project.run("generate").code == 0
    assert "TextUIPart" in Path("generated/api/types.ts").read_text()


def test_an_application_needs_no_models(project: Project) -> None:
    project.write("app/models.py", "")
    project.write(
        "app/main.py",
        """
        from datetime import datetime
        from fastapi import FastAPI

        app = FastAPI()

        @app.get("/now")
        def now(at: datetime) -> datetime: ...
        """,
    )
    result = project.run("init")
    assert result.code == 0
    assert contract()["routes"] == ["app.main:app"]
    assert project.run("generate").code == 0


UNTYPED = """
    from fastapi import FastAPI
    from app.models import Message

    app = FastAPI()

    @app.get("/now")
    def now(): ...

    @app.get("/then")
    def then(): ...
"""


def test_routes_without_a_type_are_counted(project: Project) -> None:
    project.write("app/main.py", f"{UNTYPED}    @app.get('/x')\n    def x() -> Message: ...\n")
    result = project.run("init")
    assert result.code == 0
    assert (
        'note: 2 routes declare no type of the response, so they are left out; untyped-responses = "unknown" in the contract '
        "keeps them\n"
    ) in result.err
    assert "untyped-responses" not in project.run("init").err


def test_where_no_route_has_a_type_the_way_out_is_said(project: Project) -> None:
    project.write("app/models.py", "")
    project.write("app/main.py", UNTYPED.replace("from app.models import Message", ""))
    result = project.run("init")
    assert result.code == 2
    assert "GET /now declares no response type, and so on (2 are left out)" in result.err
    file = Path("samewire.toml")
    file.write_text(f'{file.read_text()}untyped-responses = "unknown"\n')
    assert project.run("generate").code == 0


def test_models_that_no_route_mentions_are_named_by_their_modules(project: Project) -> None:
    project.write("app/main.py", UNTYPED)
    result = project.run("init")
    assert result.code == 0
    assert contract()["emits"] == ["app.models"]
    assert (
        "found    modules with models: app.models; no route of app.main:app returns or takes one of them\n"
        in result.err
    )


@pytest.mark.parametrize("mounted", ['"/admin", admin', 'path="/admin", app=admin'])
def test_an_application_that_is_mounted_is_a_part_of_another(
    project: Project, mounted: str
) -> None:
    project.write(
        "app/admin.py", APPLICATION.replace("app = ", "admin = ").replace("@app", "@admin")
    )
    main = f"{APPLICATION}    from app.admin import admin\n    app.mount({mounted})\n"
    project.write("app/main.py", main)
    assert project.run("init").code == 0
    assert contract()["routes"] == ["app.main:app"]
    assert project.run("generate").code == 0
    assert 'path: "/admin/messages"' in Path("generated/api/routes.ts").read_text()


def test_several_applications_may_be_served_apart(project: Project) -> None:
    project.write("app/main.py", APPLICATION)
    project.write("other/__init__.py", "")
    project.write("other/main.py", APPLICATION.replace('"/', '"/other/'))
    result = project.run("init")
    assert result.code == 0
    assert contract()["routes"] == ["app.main:app", "other.main:app"]
    assert "found    FastAPI applications app.main:app, other.main:app\n" in result.err
    assert "if they are served separately, give each its own contract" in result.err
    assert "left out" not in project.run("generate").err
    project.write("other/main.py", APPLICATION)
    result = project.run("generate", "-v")
    assert "GET /latest: is also a route of an application named earlier" in result.err
    assert result.err.count("[route-skipped]") == 3


def test_without_validators_there_are_no_routes_and_it_says_so(project: Project) -> None:
    project.write("app/main.py", APPLICATION)
    project.write("web/package.json", '{"dependencies": {"react": "19.0.0"}}')
    result = project.run("init")
    assert result.code == 0
    assert "routes" not in contract()
    assert (contract()["emits"], contract()["accepts"]) == (["app.main:app"], ["app.main:app"])
    assert (
        "note: the frontend lists neither zod nor valibot, so types alone are generated, and no routes.ts; for both, "
        'run `npm install zod` there, and write routes = ["app.main:app"] in place of `emits`, `accepts` and `targets`\n'
    ) in result.err
    assert project.run("generate").code == 0


@pytest.mark.parametrize(
    ("package", "found", "settings"),
    [
        ({"zod": "^4.1.0"}, "zod ^4.1.0", {}),
        ({"zod": "3.25.76"}, "zod 3.25.76", {"zod": "zod/v4"}),
        ({"valibot": "^1.0.0"}, "valibot ^1.0.0", {"targets": ["valibot"]}),
    ],
)
def test_what_is_found_is_said(
    project: Project, package: dict[str, str], found: str, settings: dict[str, object]
) -> None:
    project.write("app/main.py", APPLICATION)
    project.write("web/package.json", json.dumps({"dependencies": {"react": "^19", **package}}))
    result = project.run("init")
    assert result.code == 0
    assert result.err.startswith(
        f"found    FastAPI application app.main:app\nfound    frontend web\nfound    {found}, which validates\nwrote "
    )
    assert contract() == {
        "routes": ["app.main:app"],
        "output": "web/generated/api",
        **settings,
    }
    assert project.run("generate").code == 0
    report = json.loads(project.run("init", "--format", "json").out)
    assert report["found"] == []


def test_an_application_that_takes_no_body_is_no_root_of_what_is_accepted(project: Project) -> None:
    project.write("app/main.py", APPLICATION.partition("@app.post")[0])
    project.write("package.json", '{"dependencies": {"react": "19.0.0"}}')
    assert project.run("init").code == 0
    assert contract()["emits"] == ["app.main:app"]
    assert "accepts" not in contract()


@pytest.mark.parametrize(
    ("main", "applications"),
    [
        ("import fastapi\napp = fastapi.FastAPI(title='x')", {("app.main", "app")}),
        ("from fastapi import FastAPI\napp: FastAPI = object()", {("app.main", "app")}),
        (
            "from fastapi import FastAPI\ndef make() -> FastAPI: ...\napp = make()",
            {("app.main", "app")},
        ),
        (
            "from fastapi import APIRouter\nrouter = APIRouter()\na = b = 1\ndef make(x): return x",
            {("app.main", "router")},
        ),
        (
            "from fastapi import APIRouter, FastAPI\nrouter = APIRouter()\napp = FastAPI()",
            {("app.main", "app")},
        ),
        ("from fastapi import FastAPI\ndef make(): return FastAPI()", {("app.main", "make()")}),
        (
            "from fastapi import APIRouter, FastAPI\nrouter = APIRouter()\ndef make(): return FastAPI()",
            {("app.main", "make()")},
        ),
        (
            "from fastapi import FastAPI\ndef make() -> 'FastAPI':\n    ...",
            {("app.main", "make()")},
        ),
        (
            "from fastapi import FastAPI\ndef inner(): return FastAPI()\ndef make(debug=False):\n    app = inner()\n    return Cors(app)",
            {("app.main", "make()")},
        ),
        (
            "from fastapi import FastAPI\ndef make():\n    def other(): return FastAPI()\n    return 1",
            set(),
        ),
        (
            "from fastapi import APIRouter\ninner = APIRouter()\nrouter = APIRouter()\nrouter.include_router(inner)",
            {("app.main", "router")},
        ),
        ("from fastapi import FastAPI\ndef make(settings): return FastAPI()", set()),
        ("from fastapi import FastAPI\nasync def make(): return FastAPI()", set()),
        ("from fastapi import FastAPI\napp = Cors(Gzip(app=FastAPI()))", {("app.main", "app")}),
        (
            "from fastapi import FastAPI\ndef make(debug):\n    app = FastAPI()\n    return app\napp = make(1)",
            {("app.main", "app")},
        ),
        ("from fastapi import FastAPI\ndef make(): return make()\napp = make()", set()),
        ("from fastapi import FastAPI\nfrom app.other import app\nx = FastAPI", set()),
    ],
)
def test_applications_are_found_in_modules(
    project: Project, main: str, applications: set[tuple[str, str]]
) -> None:
    project.write("app/main.py", main)
    groups = find_routes(read_project(project.root)).applications
    assert set(groups[0] if groups else ()) == applications


def test_an_application_that_other_modules_add_to_is_not_whole_by_itself(project: Project) -> None:
    project.write("app/main.py", "from fastapi import FastAPI\napp = FastAPI()\n")
    project.write(
        "app/routes.py",
        """
        from fastapi import FastAPI
        from app.main import app
        from app.models import Message

        @app.get("/")
        def latest() -> Message: ...
        """,
    )
    assert find_routes(read_project(project.root)).applications == ()
    assert project.run("init").code == 0
    assert contract()["emits"] == ["app.models:Message"]


FACTORY = """
    import os
    from fastapi import APIRouter, FastAPI
    from starlette.middleware.cors import CORSMiddleware
    from app.models import Message

    router = APIRouter()

    @router.get("/latest", response_model_exclude_none=True)
    def latest() -> Message: ...

    def create_app():
        app = FastAPI()
        app.include_router(router, prefix="/api")
        return CORSMiddleware(app, allow_origins=["*"])
"""


def test_a_factory_is_called(project: Project) -> None:
    project.write("app/main.py", FACTORY)
    assert project.run("init").code == 0
    assert contract()["routes"] == ["app.main:create_app()"]
    assert project.run("generate").code == 0
    assert "export interface Message" in Path("generated/api/types.ts").read_text()


def test_a_router_stands_in_for_a_factory_that_cannot_be_called(project: Project) -> None:
    project.write(
        "app/main.py",
        FACTORY.replace("app = FastAPI()", "app = FastAPI(title=os.environ['SAMEWIRE_NO'])"),
    )
    result = project.run("init")
    assert result.code == 0
    assert (
        "app.main:router stands for the application, since calling app.main:create_app failed"
        in result.err
    )
    assert contract()["emits"] == ["app.main:router"]
    # Its paths lack the prefix that the application includes it with.
    assert "routes" not in contract()
    assert (
        "no routes.ts is written, because a router may lack the prefix of its paths" in result.err
    )


def test_only_the_application_that_fails_is_left_out(project: Project) -> None:
    project.write("app/main.py", APPLICATION)
    project.write("app/admin.py", APPLICATION + "    raise RuntimeError('no')\n")
    assert project.run("init").code == 0
    assert contract()["routes"] == ["app.main:app"]


def test_models_are_named_where_the_application_cannot_be_imported(project: Project) -> None:
    project.write("app/main.py", APPLICATION + "    import os; os.environ['SAMEWIRE_NOT_SET']\n")
    result = project.run("init")
    assert result.code == 0
    assert re.search(
        r"one by one, without the routes' own options, since importing app.main "
        r"failed at app/main.py:\d+: KeyError: 'SAMEWIRE_NOT_SET'",
        result.err,
    )
    assert contract()["emits"] == ["app.models:Message"]
    assert contract()["accepts"] == ["app.models:Message"]


def test_the_application_is_proposed_where_nothing_can_be_imported(project: Project) -> None:
    """In an environment that lacks what the project needs, each fallback fails as the application does."""
    project.write("app/main.py", "\n    import not_installed" + APPLICATION)
    for name in ("a", "b"):
        project.write(f"app/routes_{name}.py", "\n    import not_installed" + FACTORY)
    project.write("app/models.py", "import not_installed\n" + Path("app/models.py").read_text())
    result = project.run("init")
    assert result.code == 2
    assert contract()["routes"] == ["app.main:app"]
    assert "No module named 'not_installed'" in result.err
    assert "run Samewire in the environment the application runs in" in result.err
    assert "one by one" not in result.err


def test_escapes_of_the_project_are_no_warning(
    project: Project, recwarn: pytest.WarningsRecorder
) -> None:
    project.write("app/main.py", APPLICATION)
    project.write("app/punctuation.py", 'MARKS = "\\#"\n')
    assert project.run("init").code == 0
    assert [str(each.message) for each in recwarn if each.category is SyntaxWarning] == []


def test_without_an_application_the_models_of_routes_are_proposed(project: Project) -> None:
    project.write("app/schemas.py", SCHEMAS)
    main = ROUTES.replace("class Local(schemas.Base): ...", "").replace(
        "Annotated[Local, Body()]", "int"
    )
    project.write("app/main.py", main + "\n    raise RuntimeError('no database')\n")
    result = project.run("init")
    assert result.code == 0
    assert contract()["emits"] == ["app.schemas:Problem", "app.schemas:Team", "app.schemas:User"]
    assert contract()["accepts"] == ["app.models:Message", "app.schemas:Later"]
    assert "Page is generic: give it arguments in an alias (UserPage = Page[User])" in result.err
    assert project.run("generate").code == 0


@pytest.mark.parametrize(
    ("source", "dump"),
    [
        ("from litestar import Litestar\n", "litestar"),
        ("from ninja import NinjaAPI\n", "ninja"),
        ("from ninja.router import Router\n", "ninja"),
        ("import litestar\nimport fastapi\n", None),
        ("from litestarlike import x\n", None),
    ],
)
def test_who_dumps_the_models_is_found(project: Project, source: str, dump: str | None) -> None:
    project.write("app/main.py", source)
    assert project.run("init").code == 0
    assert contract().get("dump") == dump


LITESTAR = """
    from litestar import Litestar, get, post
    from litestar.params import JSONBody
    from app.models import Message

    @get("/")
    async def latest() -> Message: ...

    @{method}("/other")
    async def other({data}) -> Message: ...

    app = Litestar([latest, other])
"""


@pytest.mark.parametrize(("method", "data"), [("get", ""), ("post", "data: JSONBody[Message]")])
def test_an_application_of_litestar_is_proposed(project: Project, method: str, data: str) -> None:
    project.write("app/main.py", LITESTAR.format(method=method, data=data))
    assert project.run("init").code == 0
    assert contract()["emits"] == ["app.main:app"]
    assert contract().get("accepts", []) == (["app.main:app"] if data else [])
    assert "routes" not in contract()
    assert project.run("generate").code == 0


def test_an_api_that_needs_settings_stands_back_for_its_models(project: Project) -> None:
    source = "import os\nos.environ['SETTINGS']\nfrom ninja import NinjaAPI\napi = NinjaAPI()\n"
    project.write("app/api.py", source)
    assert project.run("init").code == 0
    assert (contract()["emits"], contract()["dump"]) == (["app.models"], "ninja")


def test_models_of_django_ninja_are_models(project: Project) -> None:
    project.write(
        "app/schemas.py",
        "from ninja import ModelSchema, Schema\nclass A(Schema): ...\nclass B(ModelSchema): ...\nclass C(A): ...\n",
    )
    project.write("app/other.py", "from marshmallow import Schema\nclass D(Schema): ...\n")
    assert {name for _, name in read_project(project.root).models} == {"A", "B", "C", "Message"}


# --- The frontend -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("packages", "output"),
    [
        ({"web": ["zod", "react"]}, "web/generated/api"),
        ({"web/src/x.ts": None, "web": ["zod"]}, "web/src/generated/api"),
        ({"tools": ["typescript"], "web": ["react"]}, "web/generated/api"),
        ({"admin": ["react"], "web": ["react", "zod"]}, "web/generated/api"),
        ({"web": ["react"], "apps/web": ["react"]}, "web/generated/api"),
        ({".": ["zod"]}, "generated/api"),
        ({"node_modules/zod": ["zod"]}, "generated/api"),
        ({"scripts": ["left-pad"]}, "generated/api"),
        ({"docs": ["react", "typescript"]}, "generated/api"),
        ({"tools/emails/preview": ["react", "zod"], "web": ["react"]}, "web/generated/api"),
        ({"packages/ui": ["react"], "apps/web": ["react", "next"]}, "apps/web/generated/api"),
    ],
)
def test_the_output_goes_to_the_likeliest_frontend(
    project: Project, packages: dict[str, list[str] | None], output: str
) -> None:
    for folder, dependencies in packages.items():
        if dependencies is None:
            project.write(folder, "")
        else:
            listed = dict.fromkeys(dependencies, "^4.1.0")
            project.write(f"{folder}/package.json", json.dumps({"dependencies": listed}))
    assert project.run("init").code == 0
    assert contract()["output"] == output


def test_a_frontend_beside_the_backend_widens_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "backend").mkdir()
    with project_in(tmp_path / "backend", empty=True) as project:
        project.write("app/models.py", MODELS)
        project.write("../web/package.json", '{"dependencies": {"react": "19.0.0"}}')
        result = project.run("init")
        assert result.code == 0
        assert configured()["root"] == ".."
        assert contract()["output"] == "../web/generated/api"
        assert contract()["targets"] == ["types"]
        assert (
            "lists neither zod nor valibot, so types alone are generated; for validators, run `npm install zod`"
            in result.err
        )
        assert project.run("generate").code == 0
    assert (tmp_path / "web/generated/api/types.ts").exists()


def repository(top: Path, *packages: tuple[str, list[str]]) -> None:
    """A git repository with these packages, each with what it depends on."""
    (top / ".git").mkdir()
    for folder, names in packages:
        (top / folder).mkdir(parents=True, exist_ok=True)
        listed = {"scripts": {"dev": "x"}, "dependencies": dict.fromkeys(names, "^4.1.0")}
        (top / folder / "package.json").write_text(json.dumps(listed))


@pytest.mark.parametrize(
    ("backend", "packages", "output"),
    [
        ("services/api", [("apps/web", ["react"])], "../../apps/web/generated/api"),
        ("backend", [("backend/docs/preview", ["react", "zod"]), ("web", ["react"])], "../web/generated/api"),
        ("backend", [("backend/a/b/mail", ["react", "zod"]), ("web", ["react"])], "../web/generated/api"),
        ("api", [("packages/ui", ["react"]), ("apps/site/web", ["next", "react"]), ("apps/web", ["next", "react"])], "../apps/web/generated/api"),
        ("api", [(".", ["typescript", "turbo"]), ("apps/web", ["react"])], "../apps/web/generated/api"),
    ],
)  # fmt: skip
def test_the_frontend_may_be_anywhere_in_the_repository(
    tmp_path: Path, backend: str, packages: list[tuple[str, list[str]]], output: str
) -> None:
    repository(tmp_path, *packages)
    (tmp_path / "turbo.json").write_text("{}")
    with project_in(tmp_path / backend, empty=True) as project:
        project.write("app/models.py", MODELS)
        assert project.run("init").code == 0
        assert contract()["output"] == output
        assert project.run("generate").code == 0


def test_an_application_of_an_nx_workspace_needs_no_package_of_its_own(tmp_path: Path) -> None:
    repository(tmp_path, (".", ["react", "zod", "nx"]))
    (tmp_path / "nx.json").write_text("{}")
    with project_in(tmp_path / "apps/api", empty=True) as project:
        project.write("app/models.py", MODELS)
        project.write("project.json", '{"projectType": "application"}')
        project.write("../web/project.json", '{"projectType": "application"}')
        project.write("../web/tsconfig.json", "{}")
        project.write("../web/src/main.ts", "")
        project.write("../web-e2e/project.json", '{"projectType": "application"}')
        project.write("../../libs/ui/project.json", '{"projectType": "library"}')
        assert project.run("init").code == 0
        assert contract()["output"] == "../web/src/generated/api"
        assert "targets" not in contract()


@pytest.mark.parametrize(
    ("packages", "settings", "says"),
    [
        ({"zod": "^4.1.0"}, {}, ""),
        ({"zod": "latest"}, {}, ""),
        ({"zod": "^3.25.1"}, {"zod": "zod/v4"}, ""),
        ({"zod": "~3.25.76 || ^4.0.0"}, {"zod": "zod/v4"}, ""),
        ({"zod": "^3.22.4"}, {"targets": ["types"]}, "asks for zod ^3.22.4, and validators need 3.25"),
        ({"zod": "^3.22.4", "valibot": "^1.0.0"}, {"targets": ["valibot"]}, ""),
        ({"valibot": "^0.42.1"}, {"targets": ["types"]}, "asks for valibot ^0.42.1, and validators need 1.0"),
        ({"valibot": "^1.0.0"}, {"targets": ["valibot"]}, ""),
        ({"zod": "^4.1.0", "valibot": "^1.0.0"}, {}, ""),
        ({"zod": "^4.1.0", "typescript": "~4.9.5"}, {"targets": ["types"]}, "asks for TypeScript ~4.9.5"),
        ({"react": "^19.0.0"}, {"targets": ["types"]}, "for validators, run `pnpm add zod` there"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [True, False])
def test_validators_are_what_the_frontend_has(
    project: Project, packages: dict[str, str], settings: dict[str, object], says: str, named: bool
) -> None:
    project.write("web/package.json", json.dumps({"dependencies": {"react": "^19", **packages}}))
    project.write("web/pnpm-lock.yaml", "")
    result = project.run("init", *(["--output", "web/generated/api"] if named else []))
    assert result.code == 0
    assert says in result.err
    written = contract()
    assert {key: written[key] for key in ("targets", "zod") if key in written} == settings
    assert project.run("generate").code == 0
    assert project.run("check").code == 0
    validators = settings.get("targets") != ["types"]
    assert Path("web/generated/api/schemas.ts").exists() == validators


def test_beside_a_project_without_a_repository_nothing_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "backend").mkdir()
    with project_in(tmp_path / "backend", empty=True) as project:
        project.write("app/models.py", MODELS)
        project.write("../web/package.json", '{"dependencies": {"react": "19.0.0"}}')
        project.run("init")
        assert contract()["output"] == "generated/api"


# --- Makefiles --------------------------------------------------------------------------------------------------------


def test_a_makefile_is_extended_and_otherwise_kept(project: Project) -> None:
    before = "VERSION := 1\n\ntest: lint\n\tpytest\n\nlint:\n\truff check"
    project.write("Makefile", before)
    project.run("init")
    after = Path("Makefile").read_text()
    assert after.startswith(before)
    assert targets(after) == {"test", "lint", "generate", "check"}


def test_a_target_of_that_name_is_kept_and_the_user_told(project: Project) -> None:
    before = ".PHONY: check\ncheck: test\n\tpytest\n"
    project.write("Makefile", before)
    result = project.run("init")
    assert "Makefile already has a target check; add to its recipe: samewire check" in result.err
    after = Path("Makefile").read_text()
    assert after.startswith(before)
    assert "\nsamewire check" not in after
    assert "\nsamewire check" not in after.replace("\t", "\n")
    assert "generate:" in after
    project.write("Makefile", after + "\ngenerate2:\n\tsamewire check\n")
    assert "already" not in project.run("init").err.splitlines()[0]


@pytest.mark.parametrize("name", ["makefile", "GNUmakefile"])
def test_the_makefile_that_make_reads_is_the_one(project: Project, name: str) -> None:
    project.write(name, "all:\n")
    project.run("init")
    assert "generate:" in Path(name).read_text()
    assert name.lower() == "makefile" or not Path("Makefile").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a b: c\n", {"a", "b"}),
        ("a:\n\tcheck: x\n", {"a"}),
        ("check := 1\ngenerate = 2\ncheck ?= 3\n", set()),
        ("check ::= 1\n", set()),
        ("a:: b\n", {"a"}),
        ("# check: no\n", set()),
        (".PHONY: check\n", set()),
        ("check : dep\n", {"check"}),
    ],
)
def test_targets_of_a_makefile(text: str, found: set[str]) -> None:
    assert targets(text) == found


def test_commands_run_in_the_projects_environment(project: Project) -> None:
    project.write("uv.lock", "")
    project.write(
        "pyproject.toml", '[project]\nname = "x"\n[dependency-groups]\ndev = ["samewire"]\n'
    )
    result = project.run("init", "--ci", "github")
    assert result.err.splitlines()[-1] == "Next: uv run samewire generate"
    assert "\tuv run samewire check" in Path("Makefile").read_text()
    workflow = Path(".github/workflows/samewire.yml").read_text()
    assert "- run: uv sync\n" in workflow
    assert "- run: uv run samewire check --format github\n" in workflow
    assert "dependencies" not in result.err


@pytest.mark.parametrize(
    ("lock", "next_command"),
    [
        ("uv.lock", "uv add --dev samewire && uv run samewire generate"),
        ("poetry.lock", "poetry add --group dev samewire && poetry run samewire generate"),
        ("pdm.lock", "pdm add --dev samewire && pdm run samewire generate"),
        ("Pipfile.lock", "pipenv install --dev samewire && pipenv run samewire generate"),
    ],
)
def test_samewire_goes_into_the_lock_of_a_workspace_first(
    tmp_path: Path, lock: str, next_command: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / lock).write_text("")
    with project_in(tmp_path / "services/api", empty=True) as project:
        project.write("pyproject.toml", '[project]\nname = "samewire-demo"\n')
        project.write("app/models.py", MODELS)
        assert project.run("init").err.splitlines()[-1] == f"Next: {next_command}"
        assert "--with" not in Path("Makefile").read_text()


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "x"\n[project.optional-dependencies]\ndev = ["samewire[verify]>=0.1"]\n',
        '[dependency-groups]\ndev = ["samewire==0.1.0"]\n',
        '[tool.poetry.group.dev.dependencies]\nsamewire = "^0.1"\n',
        '[tool.pdm.dev-dependencies]\ndev = ["samewire"]\n',
        '[tool.uv]\ndev-dependencies = ["samewire"]\n',
    ],
)
def test_samewire_is_listed_wherever_a_tool_keeps_dependencies(project: Project, text: str) -> None:
    project.write("uv.lock", "")
    project.write("pyproject.toml", text)
    assert project.run("init").err.splitlines()[-1] == "Next: uv run samewire generate"


# --- CI ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "install"),
    [
        ({"requirements.txt": "fastapi\n"}, ["pip install -r requirements.txt samewire==0.1.0"]),
        ({"requirements.txt": "fastapi\nsamewire\n"}, ["pip install -r requirements.txt"]),
        ({"pyproject.toml": '[project]\nname = "x"\n'}, ["pip install -e . samewire==0.1.0"]),
        ({"poetry.lock": ""}, ["pip install poetry", "poetry install"]),
        ({"pdm.lock": ""}, ["pip install pdm", "pdm install"]),
        ({"Pipfile.lock": "{}"}, ["pip install pipenv", "pipenv install --dev"]),
        ({"pyproject.toml": "[tool.hatch.envs.default]\n"}, ["pip install hatch"]),
        (
            {"requirements-dev.in": "samewire\n", "requirements-dev.txt": "samewire==0.1.0\n"},
            ["pip install -r requirements-dev.txt"],
        ),
        ({"uv.lock": ""}, ["pip install uv", "uv sync"]),
        ({}, ["pip install samewire==0.1.0"]),
    ],
)
def test_ci_installs_what_the_project_needs(
    project: Project, files: dict[str, str], install: list[str]
) -> None:
    for path, text in files.items():
        project.write(path, text)
    project.run("init", "--ci", "github")
    steps = re.findall(r"- run: (.*)", Path(".github/workflows/samewire.yml").read_text())
    assert steps[:-1] == install
    assert steps[-1].endswith("samewire check --format github")


def test_ci_is_only_for_those_who_use_it(project: Project) -> None:
    project.run("init")
    assert not Path(".github").exists()


def test_a_workflow_that_checks_already_is_enough(project: Project) -> None:
    project.write(
        ".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: uv run samewire check\n"
    )
    project.run("init")
    assert not Path(".github/workflows/samewire.yml").exists()


def test_ci_of_a_repository_works_in_the_folder_of_the_project(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".github").mkdir()
    (tmp_path / "backend").mkdir()
    with project_in(tmp_path / "backend", empty=True) as project:
        project.write("app/models.py", MODELS)
        project.write("pyproject.toml", '[project]\nname = "x"\nrequires-python = ">=3.11"\n')
        project.run("init")
    workflow = (tmp_path / ".github/workflows/samewire.yml").read_text()
    assert '        working-directory: "backend"\n' in workflow
    assert '          python-version-file: "backend/pyproject.toml"\n' in workflow


# --- Git --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "branch"),
    [
        ({}, "main"),
        ({"HEAD": "ref: refs/heads/trunk"}, "trunk"),
        (
            {"HEAD": "ref: refs/heads/topic", "refs/heads/master": "0", "refs/heads/topic": "0"},
            "master",
        ),
        (
            {"HEAD": "ref: refs/heads/topic", "packed-refs": "# pack-refs\n0 refs/heads/main\n"},
            "main",
        ),
        (
            {
                "refs/remotes/origin/HEAD": "ref: refs/remotes/origin/release/1",
                "refs/heads/main": "0",
            },
            "release/1",
        ),
        ({"refs/remotes/origin/HEAD": "ref: refs/remotes/origin/x]: y"}, "main"),
        ({"HEAD": "0123456789"}, "main"),
    ],
)
def test_ci_runs_for_the_branch_that_pushes_go_to(
    tmp_path: Path, files: dict[str, str], branch: str
) -> None:
    for name, text in files.items():
        (tmp_path / ".git" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ".git" / name).write_text(f"{text}\n")
    assert default_branch(tmp_path) == branch


def test_schema_documents_are_there_to_be_reviewed(project: Project) -> None:
    Path(".git").mkdir()
    project.run("init")
    assert Path(".gitattributes").read_text() == (
        "/schema/** text eol=lf\n/generated/api/** text eol=lf linguist-generated=true\n"
    )


def test_git_leaves_generated_line_endings_alone(project: Project) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    project.write(".gitattributes", "*.png binary\n/schema/** text\n")
    project.run("init")
    assert Path(".gitattributes").read_text() == (
        "*.png binary\n/schema/** text\n\n/generated/api/** text eol=lf linguist-generated=true\n"
    )
    project.run("generate")
    done = subprocess.run(
        ["git", "check-attr", "eol", "generated/api/types.ts"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip().endswith("eol: lf")


# --- Text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (None, "new\n"),
        ("", "new\n"),
        ("\n\n", "new\n"),
        ("a", "a\n\nnew\n"),
        ("a\n", "a\n\nnew\n"),
        ("a\n\n", "a\n\nnew\n"),
        ("a\r\n", "a\r\n\r\nnew\r\n"),
    ],
)
def test_text_is_added_after_a_blank_line(text: str | None, result: str) -> None:
    assert appended(text, "new\n") == result
