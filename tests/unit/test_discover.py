"""Which types a specification names, in which order, and what is answered when it names none."""

from __future__ import annotations

import random
import sys
import textwrap
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from pydantic import PydanticUserError, TypeAdapter
from samewire.discover import Discovered, Root, canonical, discover, exclusions, import_path
from samewire.errors import Diagnostic, DiscoverError

WHERE = "samewire.toml: contracts.api.emits"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """
    A folder that modules are imported from; they are forgotten again afterwards.

    No others are: of a package of which a part was there before, the rest would be there twice, its classes too.
    """
    before = set(sys.modules)
    monkeypatch.chdir(tmp_path)
    with import_path([tmp_path]):
        yield tmp_path
    for name in set(sys.modules) - before:
        if _is_inside(tmp_path, sys.modules[name]):
            del sys.modules[name]


def _is_inside(folder: Path, module: ModuleType) -> bool:
    places = [getattr(module, "__file__", None), *getattr(module, "__path__", ())]
    return any(Path(place).is_relative_to(folder) for place in places if place)


def module(project: Path, name: str, source: str) -> None:
    """Write a module and the packages it is in."""
    file = project.joinpath(*name.split(".")).with_suffix(".py")
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in file.relative_to(project).parents:
        if folder != Path() and not (project / folder / "__init__.py").exists():
            (project / folder / "__init__.py").write_text("")
    file.write_text(textwrap.dedent(source))


def found(*specs: str, exclude: Sequence[str] = ()) -> Discovered:
    return discover(specs, WHERE, exclusions(exclude, "samewire.toml: exclude"))


def names(*specs: str, exclude: Sequence[str] = ()) -> list[str]:
    return [root.name for root in found(*specs, exclude=exclude).roots]


def mistake(*specs: str) -> Diagnostic:
    with pytest.raises(DiscoverError) as caught:
        found(*specs)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.where == WHERE
    return diagnostic


MODELS = """
    import dataclasses, enum, logging
    from typing import Annotated, Any, Callable, Generic, Literal, NewType, Optional, TypedDict, TypeVar, Union
    from pydantic import BaseModel, Field, RootModel
    from pydantic.dataclasses import dataclass
    from typing_extensions import TypeAliasType

    T = TypeVar("T")
    LIMIT = 3

    class User(BaseModel):
        name: str
        email: str
        class Address(BaseModel):
            street: str

    class Cat(BaseModel):
        kind: Literal["cat"]

    class Dog(BaseModel):
        kind: Literal["dog"]

    class Page(BaseModel, Generic[T]):
        items: list[T]

    class Tags(RootModel[list[str]]): ...

    @dataclass
    class Point:
        x: int

    @dataclasses.dataclass
    class Plain:
        x: int

    @dataclasses.dataclass
    class NotForTheWire:
        log: logging.Logger

    class Shape(TypedDict):
        sides: int

    class Colour(enum.Enum):
        RED = "red"

    class NoMembers(enum.Enum):
        pass

    class Service:
        pass

    class _Private(BaseModel): ...

    Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]
    Anyone = User | Cat
    MaybeUser = Optional[User]
    Users = list[User]
    UserPage = Page[User]
    OpenPages = list[Page[T]]
    Named = TypeAliasType("Named", dict[str, int])
    Role = Literal["admin", "guest"]
    Handler = Callable[[User], None]
    Kind = type[User]
    Text = Annotated[str, Field(min_length=1)]
    UserId = NewType("UserId", int)
    Same = User

    def build() -> User: ...
"""


# --- Whole modules ----------------------------------------------------------------------------------------------------


def test_a_module_brings_what_is_data_and_its_own(project: Path) -> None:
    module(project, "app.models", MODELS)
    discovered = found("app.models")
    assert [root.name for root in discovered.roots] == [
        "Anyone", "Cat", "Colour", "Dog", "MaybeUser", "Named", "Pet", "Plain", "Point", "Role", "Shape", "Tags",
        "User", "UserPage", "Users",
    ]  # fmt: skip
    assert not any(root.explicit for root in discovered.roots)
    assert discovered == found("app.models:*")


def test_what_a_module_leaves_out_is_said(project: Path) -> None:
    module(project, "app.models", MODELS)
    skipped = {note.where: note.message for note in found("app.models").skipped}
    assert set(skipped) == {"app.models:NotForTheWire", "app.models:OpenPages", "app.models:Page"}
    assert (
        skipped["app.models:Page"] == "is generic in T; name `Page[...]` by an alias to export it"
    )


def test_what_a_module_imports_is_not_its_own(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(
        project,
        "app.views",
        """
        from pydantic import BaseModel
        from app.models import Anyone, Colour, Pet, User

        class View(BaseModel):
            user: User
        """,
    )
    assert names("app.views") == ["View"]


def test_all_decides_alone_where_there_is_one(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(
        project,
        "app.api",
        """
        from pydantic import BaseModel
        from app.models import LIMIT, Pet, User, _Private, build

        class Internal(BaseModel): ...

        __all__ = ["BaseModel", "LIMIT", "Pet", "User", "_Private", "build"]
        """,
    )
    assert [(root.name, root.source) for root in found("app.api").roots] == [
        ("Pet", "app.api:Pet"),
        ("User", "app.models:User"),
        ("_Private", "app.models:_Private"),
    ]


def test_all_may_list_submodules_and_what_is_gone(project: Path) -> None:
    module(project, "app.models", "from pydantic import BaseModel\nclass B(BaseModel): ...\n")
    module(project, "app.broken", "raise RuntimeError('not to be imported')\n")
    (project / "app" / "__init__.py").write_text(
        "from pydantic import BaseModel\nclass A(BaseModel): ...\n__all__ = ['A', 'Gone', 'broken', 'models']\n"
    )
    discovered = found("app")
    assert [root.name for root in discovered.roots] == ["A"]
    assert [(note.where, note.message) for note in discovered.skipped] == [
        ("app:Gone", "is listed in __all__ of app, which does not have it")
    ]
    assert names("app:**", exclude=["app.broken"]) == ["A", "B"]


LAZY = """
from pydantic import BaseModel
class A(BaseModel): ...
__all__ = ["A", "Table"]
def __getattr__(name):
    if name == "Table":
        raise ImportError("install app[db]")
    raise AttributeError(name)
"""


def test_what_a_module_imports_only_when_it_is_asked_may_fail_to_import(project: Path) -> None:
    module(project, "app", LAZY)
    discovered = found("app")
    assert [root.name for root in discovered.roots] == ["A"]
    [note] = discovered.skipped
    assert note.where == "app:Table"
    assert note.message.startswith("is listed in __all__, but importing Table from app failed")
    assert note.message.endswith("ImportError: install app[db]")
    diagnostic = mistake("app:Table")
    assert diagnostic.code == "import-failed"
    assert "ImportError: install app[db]" in diagnostic.message
    assert mistake("app:Gone").code == "attribute-not-found"


def test_an_alias_of_classes_whose_instances_are_types_is_not_generic(project: Path) -> None:
    module(
        project,
        "app",
        """
        import types
        from pydantic import BaseModel
        class A(BaseModel): ...
        Given = dict[str, int] | type | A | types.UnionType | types.GenericAlias
        """,
    )
    assert names("app") == ["A", "Given"]


def test_all_that_lists_nothing_that_is_there(project: Path) -> None:
    module(project, "app", "__all__ = ['Gone']\n")
    assert mistake("app").code == "no-models"


def test_aliases_in_branches_of_the_module_count(project: Path) -> None:
    module(
        project,
        "app",
        """
        import sys
        from pydantic import BaseModel
        class A(BaseModel): ...
        class B(BaseModel): ...
        if sys.version_info >= (3, 0):
            First = A | B
        try:
            import missing_module
        except ImportError:
            Second: object = list[A]
        """,
    )
    assert names("app") == ["A", "B", "First", "Second"]


def test_a_module_without_models_is_an_error(project: Path) -> None:
    module(project, "app", "from pydantic import BaseModel\nLIMIT = 3\n")
    diagnostic = mistake("app")
    assert diagnostic.code == "no-models"
    assert "__all__" in (diagnostic.hint or "")


def test_a_package_brings_every_module_below_it_but_never_runs_main(project: Path) -> None:
    for name in ("shop.orders.lines", "shop.users", "shop.orders"):
        module(
            project,
            f"{name}.models",
            f"from pydantic import BaseModel\nclass {name[5:].title().replace('.', '')}(BaseModel): ...\n",
        )
    module(project, "shop.__main__", "raise SystemExit('ran')\n")
    module(project, "shop.empty", "X = 1\n")
    assert names("shop:**") == ["Orders", "OrdersLines", "Users"]
    assert names("shop:**", exclude=["shop.orders:**"]) == ["Users"]
    assert names("shop:**", exclude=["shop.orders.models"]) == ["OrdersLines", "Users"]
    assert mistake("shop").code == "no-models"


def test_an_excluded_package_is_not_imported(project: Path) -> None:
    module(project, "shop.models", "from pydantic import BaseModel\nclass A(BaseModel): ...\n")
    module(project, "shop.migrations.first", "raise RuntimeError('no database')\n")
    assert names("shop:**", exclude=["shop.migrations:**"]) == ["A"]
    diagnostic = mistake("shop:**")
    assert diagnostic.message == (
        "importing shop.migrations.first failed at shop/migrations/first.py:1: RuntimeError: no database"
    )


@pytest.mark.parametrize("exclude", ["shop.broken", "shop.broken:*", "shop.broken:**"])
@pytest.mark.parametrize("as_package", [True, False])
def test_an_excluded_module_is_not_imported(project: Path, exclude: str, as_package: bool) -> None:
    module(project, "shop.models", "from pydantic import BaseModel\nclass A(BaseModel): ...\n")
    if as_package:
        module(project, "shop.broken.models", "raise RuntimeError('no database')\n")
        (project / "shop/broken/__init__.py").write_text("raise RuntimeError('no database')\n")
    else:
        module(project, "shop.broken", "raise RuntimeError('no database')\n")
    assert names("shop:**", exclude=[exclude]) == ["A"]
    assert names("shop.models", "shop.broken", exclude=[exclude]) == ["A"]


def test_an_excluded_type_of_a_module_that_is_broken_is_no_mistake_of_its_own(
    project: Path,
) -> None:
    """The failure is said once, by the contract that needs the module."""
    module(project, "shop.models", "from pydantic import BaseModel\nclass A(BaseModel): ...\n")
    module(project, "shop.broken", "raise RuntimeError('no database')\n")
    exclude = ["shop.broken", "shop.broken:Thing"]
    assert names("shop:**", exclude=exclude) == ["A"]


# --- Generics ---------------------------------------------------------------------------------------------------------

GENERICS = """
    import dataclasses
    from typing import Generic, TypeVar
    from pydantic import BaseModel, computed_field
    from typing_extensions import TypedDict, TypeVar as Variable

    T = TypeVar("T")
    N = TypeVar("N", int, str)
    D = Variable("D", default=int)

    class User(BaseModel): ...
    B = TypeVar("B", bound=User)

    class PageBase(BaseModel, Generic[T]):
        items: list[T]
        total: int

    class UserPage(PageBase):
        items: list[User]

    class DeepPage(UserPage):
        more: int

    class OpenPage(PageBase):
        more: int

    class OfOpen(BaseModel, Generic[T]):
        page: PageBase[T]

    class OfOpenChild(OfOpen): ...

    class Phantom(BaseModel, Generic[T]):
        total: int

    class Either(BaseModel, Generic[N]):
        item: N

    class Defaulted(BaseModel, Generic[D]):
        item: D

    class Bound(BaseModel, Generic[B]):
        item: B

    class BoundChild(Bound): ...

    class Computed(BaseModel, Generic[T]):
        @computed_field
        def item(self) -> T: ...

    @dataclasses.dataclass
    class Data(Generic[T]):
        items: list[T]

    @dataclasses.dataclass
    class UserData(Data):
        items: list[User]

    @dataclasses.dataclass
    class OpenData(Data):
        more: int

    class Dict(TypedDict, Generic[T]):
        items: list[T]

    Users = Dict[User]
"""


def test_a_class_is_generic_by_its_fields(project: Path) -> None:
    module(project, "app.models", GENERICS)
    discovered = found("app.models")
    assert [root.name for root in discovered.roots] == [
        "BoundChild", "DeepPage", "Defaulted", "Either", "Phantom", "User", "UserData", "UserPage", "Users",
    ]  # fmt: skip
    assert [note.where.partition(":")[2] for note in discovered.skipped] == [
        "Bound", "Computed", "Data", "Dict", "OfOpen", "OfOpenChild", "OpenData", "OpenPage", "PageBase",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["PageBase", "OpenPage", "OfOpen", "Computed", "Data", "OpenData"])
def test_a_variable_that_nothing_says_the_type_of_is_refused(project: Path, name: str) -> None:
    module(project, "app.models", GENERICS)
    assert mistake(f"app.models:{name}").code == "generic-root"


@pytest.mark.parametrize("name", ["UserPage", "Bound", "BoundChild", "Either", "Phantom"])
def test_a_variable_that_has_a_type_of_its_own_is_taken(project: Path, name: str) -> None:
    module(project, "app.models", GENERICS)
    assert names(f"app.models:{name}") == [name]


# --- Applications -----------------------------------------------------------------------------------------------------

APPLICATIONS = """
    from fastapi import APIRouter, FastAPI
    from pydantic import BaseModel
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.routing import Host, Mount

    class A(BaseModel): ...
    class B(BaseModel): ...
    class C(BaseModel): ...

    class Wrapper:
        def __init__(self, application): self.application = application

    class SocketServer:
        def __init__(self, other_asgi_app): self.other_asgi_app = other_asgi_app

    def create_app(debug: bool = False):
        sub, router, app = FastAPI(), APIRouter(), FastAPI(middleware=[Middleware(GZipMiddleware)])

        @app.get("/a")
        def a() -> A: ...

        @sub.get("/b")
        def b() -> B: ...

        @router.get("/c")
        def c() -> C: ...

        app.include_router(router)
        app.mount("/sub", GZipMiddleware(sub))
        app.mount("/again", app)
        return app

    class Factory:
        def __call__(self): return wrapped

    made = create_app()
    wrapped = CORSMiddleware(GZipMiddleware(made), allow_origins=["*"])
    socket = SocketServer(Wrapper(made))
    outer = Starlette(routes=[Mount("/api", app=made, middleware=[Middleware(GZipMiddleware)])])
    host = Starlette(routes=[Host("api.example.org", app=wrapped)])
    factory = Factory()

    class Holder:
        create = staticmethod(create_app)

    async def later(): ...
    def needs(settings, *, debug): ...
    def ends(): raise SystemExit(1)
    def three(): return 3
    circle = Wrapper(None)
    circle.application = circle
"""


@pytest.mark.parametrize(
    "name",
    ["create_app()", "made", "wrapped", "socket", "outer", "host", "factory()", "Holder.create()"],
)
def test_an_application_is_found_behind_a_factory_and_middleware(project: Path, name: str) -> None:
    module(project, "app.main", APPLICATIONS)
    assert names(f"app.main:{name}") == ["A", "B", "C"]


def test_included_routers_are_found_in_every_fastapi(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FastAPI 0.137 keeps included routers together, and has no function yet that lists their routes."""
    module(project, "app.main", APPLICATIONS)
    monkeypatch.delattr("fastapi.routing.iter_route_contexts")
    assert names("app.main:made") == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("later()", "factory-failed", "app.main:later is asynchronous"),
        ("needs()", "factory-failed", "app.main:needs needs settings, debug"),
        ("ends()", "factory-failed", "calling app.main:ends failed at app/main.py:"),
        ("made()", "factory-failed", "app.main:made needs scope, receive, send"),
        ("three()", "not-a-type", "app.main:three() makes an int, which is no application"),
        ("gone()", "attribute-not-found", "app.main has no gone"),
        ("circle", "not-a-type", "app.main:circle is a Wrapper, not a type"),
    ],
)
def test_what_makes_no_application_is_said(
    project: Path, name: str, code: str, message: str
) -> None:
    module(project, "app.main", APPLICATIONS)
    diagnostic = mistake(f"app.main:{name}")
    assert (diagnostic.code, diagnostic.message[: len(message)]) == (code, message)
    assert diagnostic.hint is not None or code == "attribute-not-found"


def test_a_function_that_is_named_without_parentheses_is_told_to_call_it(project: Path) -> None:
    module(project, "app.main", APPLICATIONS)
    assert "write app.main:create_app()" in (mistake("app.main:create_app").hint or "")


# --- Names ------------------------------------------------------------------------------------------------------------


def test_named_types_are_explicit_whatever_they_are(project: Path) -> None:
    module(project, "app.models", MODELS)
    wanted = [
        "Handler",
        "Named",
        "Pet",
        "Text",
        "User",
        "User.Address",
        "UserId",
        "UserPage",
        "_Private",
    ]
    roots = found(*(f"app.models:{name}" for name in wanted)).roots
    assert {root.name for root in roots} == {*wanted, "Address"} - {"User.Address"}
    assert all(root.explicit for root in roots)
    assert {root.name: root.source for root in roots}["Address"] == "app.models:User.Address"


def test_a_class_is_called_by_its_own_name_and_module(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(project, "app.api", "from app.models import User as Account\n")
    [root] = found("app.api:Account", "app.models:Same", "app.models:User").roots
    assert (root.name, root.source, root.explicit) == ("User", "app.models:User", True)


def test_naming_a_type_that_a_module_brings_makes_it_explicit(project: Path) -> None:
    module(project, "app.models", MODELS)
    explicit = {root.name for root in found("app.models", "app.models:Cat").roots if root.explicit}
    assert explicit == {"Cat"}


def test_two_aliases_of_the_same_union_are_two_roots(project: Path) -> None:
    module(
        project,
        "app",
        """
        from typing import Union
        from pydantic import BaseModel
        class A(BaseModel): ...
        class B(BaseModel): ...
        One = Union[A, B]
        Two = Union[A, B]
        """,
    )
    assert names("app") == ["A", "B", "One", "Two"]


def test_an_alias_reached_by_two_modules_counts_once(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(project, "app.api", "from app.models import Pet, Named\n__all__ = ['Pet', 'Named']\n")
    sources = {
        (root.name, root.source)
        for root in found("app.api", "app.models:Pet", "app.models:Named").roots
    }
    assert sources == {("Pet", "app.api:Pet"), ("Named", "app.models:Named")}


def test_an_alias_may_name_classes_in_quotes(project: Path) -> None:
    module(
        project,
        "app",
        """
        from typing import Optional, Union
        from pydantic import BaseModel
        Later = list["User"]
        Either = Union["User", "Group"]
        class User(BaseModel): ...
        class Group(BaseModel): ...
        """,
    )
    types = {root.name: root.type for root in found("app").roots}
    app = sys.modules["app"]
    assert types["Later"] == list[app.User]
    assert types["Either"] == app.User | app.Group


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the type statement is of Python 3.12")
def test_type_statements_are_aliases(project: Path) -> None:
    module(
        project,
        "app",
        """
        from pydantic import BaseModel
        class A(BaseModel): ...
        type Tree = A | list[Tree]
        type Pair[T] = tuple[T, T]
        """,
    )
    discovered = found("app")
    assert [(root.name, root.source) for root in discovered.roots] == [
        ("A", "app:A"),
        ("Tree", "app:Tree"),
    ]
    assert [note.where for note in discovered.skipped] == ["app:Pair"]


def test_order_is_that_of_names_however_roots_are_named(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(project, "app.other", "from pydantic import BaseModel\nclass User(BaseModel): ...\n")
    specs = [
        "app.models",
        "app.other",
        "app.models:User",
        "app.models:Pet",
        "app.other:User",
        "app:**",
    ]
    expected = found(*specs)
    assert [root.source for root in expected.roots if root.name == "User"] == [
        "app.models:User",
        "app.other:User",
    ]
    for seed in range(5):
        random.Random(seed).shuffle(specs)
        assert found(*specs) == expected


# --- Exclusion --------------------------------------------------------------------------------------------------------


def test_exclusion_takes_types_from_modules_and_leaves_named_ones(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(
        project,
        "app.api",
        "from app.models import Cat, Dog, Pet\n__all__ = ['Cat', 'Dog', 'Pet']\n",
    )
    # by the name of any module that has it
    assert names("app.api", exclude=["app.models:Cat"]) == ["Dog", "Pet"]
    assert names("app.models:Cat", "app.api", exclude=["app.api:Cat", "app.api:Pet"]) == [
        "Cat",
        "Dog",
    ]


def test_fields_are_told_from_nested_classes(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(project, "app.api", "from app.models import User, Point, Shape\n")
    excluded = exclusions(
        [
            "app.api:User.email",
            "app.models:User.Address",
            "app.api:Point.x",
            "app.api:Shape.sides",
            "app.x:**",
            "app.y",
        ],
        WHERE,
    )
    assert excluded.fields == {
        "app.models:User.email",
        "app.models:Point.x",
        "app.models:Shape.sides",
    }
    assert excluded.names == {"app.models:User.Address"}
    assert (excluded.packages, excluded.modules) == ({"app.x"}, {"app.y"})


def test_computed_fields_are_fields(project: Path) -> None:
    module(
        project,
        "app",
        """
        from pydantic import BaseModel, computed_field
        class A(BaseModel):
            @computed_field
            @property
            def total(self) -> int: return 1
        """,
    )
    assert exclusions(["app:A.total"], WHERE).fields == {"app:A.total"}


def test_an_exclusion_of_nothing_is_an_error(project: Path) -> None:
    module(project, "app.models", MODELS)
    with pytest.raises(DiscoverError) as caught:
        exclusions(
            ["app.models:Usr", "app.models:User.emial", "app.models:User.email.domain"], WHERE
        )
    assert [(one.message, one.hint) for one in caught.value.diagnostics] == [
        ("app.models has no Usr", "did you mean User?"),
        ("User has no emial", "did you mean email?"),
        ("User.email is a field, which has no domain", "name the model that email holds"),
    ]


def test_settings_go_by_the_name_the_exporter_knows(project: Path) -> None:
    module(project, "app.models", MODELS)
    module(project, "app.api", "from app.models import User, Pet\n")
    assert canonical(
        {"app.api:User": "Account", "app.api:User.email": "x", "app.api:Pet": "Animal"}, WHERE
    ) == {
        "app.models:User": "Account",
        "app.models:User.email": "x",
        "app.api:Pet": "Animal",
    }
    with pytest.raises(DiscoverError, match="app.models has no Nobody"):
        canonical({"app.models:Nobody": "X"}, WHERE)


# --- Mistakes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spec", "code", "message", "hint"),
    [
        ("app.models:Usr", "attribute-not-found", "app.models has no Usr", "did you mean User?"),
        ("app.models:User.Adress", "attribute-not-found", "User has no Adress", "did you mean Address?"),
        ("app.models:Zzz", "attribute-not-found", "app.models has no Zzz", None),
        ("app.modles:User", "module-not-found", "there is no module app.modles", "did you mean app.models?"),
        ("app.models.User", "module-not-found", "app.models.User is not a module but something in app.models",
         "write app.models:User"),
        ("app.models.User.Address", "module-not-found", "app.models.User is not a module but something in app.models",
         "write app.models:User.Address"),
        ("app.models:build", "not-a-type", "app.models:build is a function, not a type",
         "name a model or a type alias, or if it makes an application, write app.models:build()"),
        ("app.models:LIMIT", "not-a-type", "app.models:LIMIT is an int, not a type", "name a model or a type alias"),
        ("app.models:logging", "not-a-type", "app.models:logging is a module", "write logging"),
        ("app.models:User.email", "not-a-type", "app.models:User.email is a field, not a type",
         "name the model: app.models:User"),
        ("app.models:Page", "generic-root", "app.models:Page is generic in T, so what is on the wire is open",
         "give it arguments in the module (UserPage = Page[User]) and name that"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere(
    project: Path, spec: str, code: str, message: str, hint: str | None
) -> None:
    module(project, "app.models", MODELS)
    assert mistake(spec) == Diagnostic(code, WHERE, message, hint)


def test_a_module_that_is_nowhere_names_the_search_path(project: Path) -> None:
    diagnostic = mistake("nowhere_to_be_found.models")
    assert diagnostic.message == "there is no module nowhere_to_be_found"
    assert "set pythonpath" in (diagnostic.hint or "")


def test_a_type_adapter_is_told_what_to_name(project: Path) -> None:
    module(
        project,
        "app",
        """
        from pydantic import TypeAdapter
        adapter = TypeAdapter(int)
        """,
    )
    assert mistake("app:adapter").hint == "name the type it was made for"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "import json\n\njson.loads('{')\n",
            "importing app failed at app.py:3: JSONDecodeError: Expecting property name",
        ),
        ("def f(:\n", "importing app failed at app.py:1: SyntaxError: invalid syntax"),
        ("import sys\nsys.exit(4)\n", "importing app failed at app.py:2: SystemExit: 4"),
        ("raise ValueError\n", "importing app failed at app.py:1: ValueError"),
        ("raise ValueError('one\\ntwo')\n", "importing app failed at app.py:1: ValueError: one"),
        (
            "import not_installed_anywhere\n",
            "importing app failed at app.py:1: ModuleNotFoundError: No module named",
        ),
    ],
)
def test_an_import_that_fails_says_where_and_why(project: Path, body: str, message: str) -> None:
    module(project, "app", body)
    diagnostic = mistake("app:Model")
    assert diagnostic.code == "import-failed"
    assert diagnostic.message.startswith(message)
    assert "two" not in diagnostic.message


def test_a_module_that_failed_is_not_run_again(project: Path) -> None:
    module(project, "its_tables", "names = set()")
    body = "import its_tables\nassert not its_tables.names, 'defined twice'\nits_tables.names.add(1)\n1 / 0\n"
    module(project, "app", body)
    said = [mistake(spec).message for spec in ("app:Model", "app:Other", "app")]
    assert said == ["importing app failed at app.py:4: ZeroDivisionError: division by zero"] * 3


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("import sys\nsys.exit(4)\n", 'move that below `if __name__ == "__main__":`'),
        (
            "import os\nos.environ['NOT_SET_ANYWHERE']\n",
            "set the environment variable NOT_SET_ANYWHERE where",
        ),
        ("{}['NOT_SET_ANYWHERE']\n", None),
        ("from app import other\nmine = 1\n", "import one of the two modules in a function"),
        (
            "from pydantic import BaseModel\nclass Settings(BaseModel):\n  url: str\nSettings()\n",
            "if Settings reads them from the environment, set them where Samewire runs",
        ),
        (
            "from pydantic import BaseModel\nclass Settings(BaseModel):\n  port: int\nSettings(port='x')\n",
            None,
        ),
    ],
)
def test_the_usual_reasons_for_an_import_that_fails_have_a_way_out(
    project: Path, body: str, hint: str | None
) -> None:
    module(project, "app.other", "from app.models import mine\n")
    module(project, "app.models", body)
    diagnostic = mistake("app.models:Model")
    assert diagnostic.code == "import-failed"
    assert hint in diagnostic.hint if hint and diagnostic.hint else diagnostic.hint == hint


def test_settings_that_are_missing_are_named(project: Path) -> None:
    body = "from pydantic import BaseModel\nclass Settings(BaseModel):\n  url: str\n  key: str\n"
    module(project, "app", f"{body}Settings()\n")
    message = mistake("app:Model").message
    assert message.endswith("ValidationError: 2 validation errors for Settings: url, key")


def test_no_module_of_pythons_own_is_suggested(project: Path) -> None:
    module(project, "shop.models", MODELS)
    assert "zipapp" not in (mistake("app.models:User").hint or "")
    assert mistake("shpo.models:User").hint == "did you mean shop.models?"


def test_a_missing_dependency_is_not_taken_for_the_module(project: Path) -> None:
    module(project, "app", "import not_installed_anywhere\n")
    assert "environment the application runs in" in (mistake("app").hint or "")


def test_the_users_line_is_named_rather_than_a_librarys(project: Path) -> None:
    module(
        project,
        "app.models",
        "from pydantic import BaseModel\n\nclass A(BaseModel):\n    x: 'list[int'\n    model_config = 3\n",
    )
    diagnostic = mistake("app.models:A")
    assert "importing app.models failed at app/models.py:3: " in diagnostic.message


def test_all_mistakes_are_reported_together_and_once(project: Path) -> None:
    module(project, "app.models", MODELS)
    with pytest.raises(DiscoverError) as caught:
        found("app.models:A1", "app.models:A1", "nope.x:A", "app.models:build", "app.models:User")
    assert [one.code for one in caught.value.diagnostics] == [
        "attribute-not-found",
        "module-not-found",
        "not-a-type",
    ]


# --- Importing --------------------------------------------------------------------------------------------------------


def test_what_modules_print_does_not_reach_stdout(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module(
        project,
        "noisy",
        "print('loading')\nfrom pydantic import BaseModel\nclass A(BaseModel): ...\n",
    )
    with import_path([project]):
        assert names("noisy:A") == ["A"]
    out, err = capsys.readouterr()
    assert (out, err) == ("", "loading\n")


def test_the_search_path_is_restored(tmp_path: Path) -> None:
    before = list(sys.path)
    with import_path([tmp_path]):
        assert sys.path[0] == str(tmp_path)
    assert sys.path == before


def test_a_root_is_a_value() -> None:
    assert Root("A", int, "app:A", True) == Root("A", int, "app:A", True)
    assert len({Root("A", int, "app:A", True), Root("A", int, "app:A", True)}) == 1


def test_names_for_type_checkers_finish_models_that_wait_for_them(project: Path) -> None:
    source = """
        from typing import TYPE_CHECKING, List, Optional
        from pydantic import BaseModel
        if TYPE_CHECKING:
            import shop.people as people
            import shop.nowhere
            from . import goods
            from .goods import Item as Thing, Nothing
        class Order(BaseModel):
            items: "List[Thing]"
            buyer: "Optional[people.Person]"
        class Open(BaseModel):
            x: "Nothing"
        Orders = List["goods.Item"]
    """
    module(project, "shop.orders", source)
    module(
        project,
        "shop.goods",
        """
        import typing
        from pydantic import BaseModel
        if typing.TYPE_CHECKING:
            from shop.people import Person
        class Item(BaseModel):
            made_by: "Person"
        """,
    )
    module(
        project,
        "shop.people",
        """
        from pydantic import BaseModel
        class Person(BaseModel):
            name: str
        """,
    )
    roots = {root.name: root.type for root in found("shop:**").roots}
    order, goods = roots["Order"], sys.modules["shop.goods"]
    assert TypeAdapter(order).json_schema()["$defs"].keys() == {"Item", "Person"}
    assert typing.get_args(roots["Orders"]) == (goods.Item,)
    assert not hasattr(goods, "Person")
    with pytest.raises(PydanticUserError, match="not fully defined"):
        TypeAdapter(roots["Open"]).json_schema()


def test_an_annotation_that_raises_is_left_to_the_export(project: Path) -> None:
    module(project, "shop", "import json\nfrom typing import List\nA = List['json.Nowhere']")
    [root] = found("shop").roots
    assert root.name == "A"


def test_code_of_a_class_that_raises_is_for_the_export_to_report(project: Path) -> None:
    module(
        project,
        "hooked",
        """
        import dataclasses
        from pydantic import BaseModel

        @dataclasses.dataclass
        class WithoutSource:
            a: int
            def __get_pydantic_core_schema__(self, source, handler): ...

        @dataclasses.dataclass
        class Raises:
            a: int
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                raise ZeroDivisionError

        class Fine(BaseModel):
            a: int
        """,
    )
    assert set(names("hooked")) == {"WithoutSource", "Raises", "Fine"}
