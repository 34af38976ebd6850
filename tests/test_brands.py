"""Contracts with ``brands``: a ``NewType`` is a type of its own in all that is written, and nothing on the wire differs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conformance.features.batch import COMPILER_OPTIONS
from tests.project import Project, frontend_in

IDS = """
    from datetime import datetime
    from decimal import Decimal
    from typing import Annotated, NewType
    from uuid import UUID

    from pydantic import Field

    UserId = NewType("UserId", int)
    AdminId = NewType("AdminId", UserId)
    OrderId = NewType("OrderId", str)
    Key = NewType("Key", UUID)
    When = NewType("When", datetime)
    Ratio = NewType("Ratio", float)
    Small = NewType("Small", Annotated[int, Field(ge=0, le=9)])
"""
MODELS = """
    from collections.abc import Mapping, Sequence
    from dataclasses import dataclass
    from typing import Annotated, Generic, NamedTuple, TypeVar

    from pydantic import BaseModel, Field, computed_field
    from typing_extensions import TypeAliasType, TypedDict

    from ids import AdminId, Key, OrderId, Ratio, Small, UserId, When

    T = TypeVar("T")
    Crew = TypeAliasType("Crew", list[UserId])
    Many = TypeAliasType("Many", list[T], type_params=(T,))

    class Page(BaseModel, Generic[T]):
        items: list[T]

    class Owned(TypedDict):
        owner: UserId

    class Pair(NamedTuple):
        user: UserId
        text: str

    class Boxed(TypedDict, Generic[T]):
        item: T

    @dataclass
    class Placed:
        order: OrderId

    class User(BaseModel):
        id: UserId
        boss: UserId | None = None
        admin: AdminId
        positive: Annotated[UserId, Field(ge=1)]
        orders: list[OrderId] = []
        by_user: dict[UserId, list[OrderId]] = {}
        by_order: Mapping[OrderId, UserId] = {}
        triple: tuple[UserId, OrderId, int]
        key: Key
        when: When
        ratio: Ratio
        small: Small
        either: UserId | OrderId | None = None
        owned: Owned
        pair: Pair
        placed: Placed
        page: Page[UserId]
        crew: Crew = []
        many: Many[UserId] = []
        boxed: Boxed[UserId]
        friends: set[UserId] = set()
        deep: dict[str, Sequence[UserId | None]] = {}
        plain: int = 0

        @computed_field
        @property
        def me(self) -> UserId:
            return self.id
"""
GENERICS = """
    from collections.abc import Mapping
    from dataclasses import dataclass
    from typing import Annotated, Generic, NamedTuple, Optional, TypeVar

    from pydantic import BaseModel, Field, PlainSerializer
    from typing_extensions import TypeAliasType, TypedDict

    from ids import AdminId, OrderId, UserId

    T = TypeVar("T")
    U = TypeVar("U")
    Many = TypeAliasType("Many", list[T], type_params=(T,))
    Same = TypeAliasType("Same", T, type_params=(T,))
    May = TypeAliasType("May", Optional[T], type_params=(T,))
    Swap = TypeAliasType("Swap", dict[U, T], type_params=(T, U))
    Nested = TypeAliasType("Nested", dict[str, Many[T]], type_params=(T,))
    Small = TypeAliasType("Small", Annotated[T, Field(ge=3)], type_params=(T,))
    Shown = TypeAliasType(
        "Shown", Annotated[T, PlainSerializer(lambda _: 1, return_type=int)], type_params=(T,)
    )
    Fixed = TypeAliasType("Fixed", list[UserId], type_params=(T,))

    class Dict(TypedDict, Generic[T]):
        item: Annotated[T, Field(alias="anItem")]
        items: Many[T]

    class Pair(NamedTuple, Generic[T, U]):
        one: T
        two: U

    @dataclass
    class Data(Generic[T]):
        item: T
        plain: int

    class User(BaseModel):
        many: Many[UserId]
        others: Many[OrderId]
        numbers: Many[int]
        same: Same[AdminId]
        may: May[UserId]
        swap: Swap[UserId, OrderId]
        nested: Nested[UserId]
        small: Small[UserId]
        shown: Shown[UserId]
        fixed: Fixed[int]
        keyed: Dict[UserId]
        strings: Dict[str]
        pair: Pair[UserId, OrderId]
        data: Data[OrderId]
        by_key: Mapping[Same[UserId], str]
"""
GENERIC_TYPES = (
    "export type ManyUserId = UserId[];",
    "export type ManyOrderId = OrderId[];",
    "export type ManyInt = number[];",
    "export type SameAdminId = AdminId;",
    "export type MayUserId = UserId | null;",
    "export type SwapUserIdOrderId = Record<OrderId, UserId>;",
    "export type NestedUserId = Record<string, ManyUserId>;",
    "export type SmallUserId = UserId;",
    "export type ShownUserId = number;",
    "export type FixedInt = UserId[];",
    "export interface DictUserId { anItem: UserId; items: ManyUserId; }",
    "export interface DictStr { anItem: string; items: ManyStr; }",
    "export type PairUserIdOrderId = [UserId, OrderId];",
    "export interface DataOrderId { item: OrderId; plain: number; }",
    "by_key: Record<UserId, string>;",
)
API = """
    from typing import Annotated

    from fastapi import FastAPI, Path, Query
    from ids import OrderId, UserId
    from models import Owned

    app = FastAPI()

    @app.get("/users/{user_id}")
    def get_user(
        user_id: Annotated[UserId, Path(ge=1)], orders: Annotated[list[OrderId], Query()] = []
    ) -> dict[UserId, OrderId]: ...
"""
CONFIG = """
    imports = ".ts"
    brands = true
    type-tests = true

    [contracts.zod]
    emits = ["models:User"]
    accepts = ["models:User"]
    output = "zod4"
    targets = ["zod", "guards", "fixtures"]

    [contracts.mini]
    emits = ["models:User"]
    accepts = ["models:User"]
    output = "mini"
    zod = "zod/mini"

    [contracts.valibot]
    emits = ["models:User"]
    accepts = ["models:User"]
    output = "val"
    targets = ["valibot"]

    [contracts.api]
    routes = ["api:app"]
    output = "api"
    targets = ["zod", "docs"]
"""
SCRIPT = """
    import assert from "node:assert/strict";
    import * as v from "valibot";
    import { getUser } from "./api/routes.ts";
    import { requestOf } from "./api/runtime/call.ts";
    import { UserSchema as MiniSchema } from "./mini/schemas.ts";
    import * as val from "./val/index.ts";
    import { fixturesOfUser } from "./zod4/fixtures.ts";
    import { type AdminId, isUser, type OrderId, type User, type UserId, UserIdSchema, UserSchema } from "./zod4/index.ts";

    const [user] = fixturesOfUser();
    const orders: OrderId[] | undefined = user.by_user[user.id];
    const owner: UserId | undefined = user.by_order[user.orders[0] ?? ("x" as OrderId)];
    const admin: UserId = user.admin;
    const all: readonly (UserId | null | undefined)[] = [
      owner, admin, user.me, user.boss, user.positive, user.triple[0], user.owned.owner, user.pair[0], ...user.crew,
      ...user.page.items, ...user.friends, ...Object.values(user.deep).flat(),
      ...user.many, user.boxed.item,
    ];
    const order: OrderId = user.placed.order;
    const made: UserId = UserIdSchema.parse(5);
    const parsed: User = UserSchema.parse(JSON.parse(JSON.stringify(user)));
    const mini: User = MiniSchema.parse(parsed);
    const other: User = v.parse(val.UserSchema, mini);
    assert.deepEqual(other, user);
    assert.ok(isUser(user) && all.length > 10 && orders !== null && order.length > 0 && made === 5);
    assert.ok(!UserIdSchema.safeParse("5").success && !isUser({ ...user, id: "5" }));
    const { url } = requestOf(getUser, { path: { user_id: 7 as UserId }, query: { orders: ["a" as OrderId] } }, { baseUrl: "http://x" });
    assert.equal(url, "http://x/users/7?orders=a");
    const sum: number = user.id + 1;
    assert.ok(sum > 0);

    // @ts-expect-error: another brand
    export const one: OrderId = user.id;
    // @ts-expect-error: a number has none
    export const two: UserId = 5;
    // @ts-expect-error: not every user is an administrator
    export const three: AdminId = user.id;
    // @ts-expect-error: a parameter as well
    export const four = () => requestOf(getUser, { path: { user_id: 7 } }, {});
    // @ts-expect-error: and a key
    export const five = user.by_user[user.placed.order];
    console.log("ok");
"""


@pytest.fixture
def project(tmp_path: Path, node_modules: Path) -> Iterator[Project]:
    files = {
        "ids.py": IDS,
        "models.py": MODELS,
        "api.py": API,
        "samewire.toml": CONFIG,
    }
    with frontend_in(tmp_path, node_modules, files) as made:
        yield made


def test_a_new_type_is_a_type_of_its_own_everywhere(
    project: Project, node: Path, node_modules: Path, run_node: Callable[..., str]
) -> None:
    result = project.run("generate")
    assert result.code == 0, result.err
    project.write("script.ts", SCRIPT)
    options = {**COMPILER_OPTIONS, "isolatedDeclarations": False, "declaration": False}
    options |= {"types": ["node"], "target": "es2022", "lib": ["es2022", "dom"]}
    project.write(
        "tsconfig.json", json.dumps({"compilerOptions": options, "include": ["*.ts", "*/**/*.ts"]})
    )
    for compiler in ("typescript", "typescript5"):
        tsc = node_modules / compiler / "bin" / "tsc"
        done = subprocess.run(
            [node, tsc, "-p", project.root], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
    assert run_node(project.root / "script.ts").strip() == "ok"
    checked = project.run("verify", "--examples", "20")
    assert checked.code == 0, checked.out + checked.err


def test_arguments_of_any_generic_are_branded(project: Project) -> None:
    project.write("models.py", GENERICS)
    project.write("api.py", "from fastapi import FastAPI\n\napp = FastAPI()\n")
    project.edit("samewire.toml", 'routes = ["api:app"]', 'emits = ["models:User"]')
    result = project.run("generate")
    assert result.code == 0, result.err
    types = " ".join((project.root / "zod4/types.ts").read_text("utf-8").split())
    assert not [each for each in GENERIC_TYPES if each not in types], types


def test_without_the_key_nothing_is_branded(project: Project) -> None:
    project.edit("samewire.toml", "brands = true", "")
    assert project.run("generate").code == 0
    assert "__brand" not in (project.root / "zod4/types.ts").read_text("utf-8")
    assert "x-samewire-brand" not in (project.root / "schema/zod.json").read_text("utf-8")


def test_a_list_names_those_that_are_meant(project: Project) -> None:
    project.edit("samewire.toml", "brands = true", 'brands = ["models:OrderId"]')
    assert project.run("generate").code == 0
    types = (project.root / "zod4/types.ts").read_text("utf-8")
    assert "order: OrderId" in types
    assert "id: number" in types
    project.edit("samewire.toml", "models:OrderId", "models:User")
    found = project.run("generate")
    assert found.code == 2
    assert "models:User is no NewType" in found.err


def test_names_that_two_modules_have_are_two_brands(project: Project) -> None:
    project.write("more.py", 'from typing import NewType\n\nUserId = NewType("UserId", int)\n')
    project.write(
        "models.py",
        """
        from pydantic import BaseModel

        import ids, more

        class User(BaseModel):
            one: ids.UserId
            two: more.UserId
        """,
    )
    project.write("api.py", "from fastapi import FastAPI\n\napp = FastAPI()\n")
    project.edit("samewire.toml", 'routes = ["api:app"]', 'emits = ["models:User"]')
    assert project.run("generate").code == 0
    types = (project.root / "zod4/types.ts").read_text("utf-8")
    assert 'readonly "ids:UserId": true' in types
    assert 'readonly "more:UserId": true' in types
    assert "one: IdsUserId;" in types
    assert "two: MoreUserId;" in types


def test_compat_says_that_only_typescript_changes(project: Project) -> None:
    project.edit("samewire.toml", "brands = true", "brands = false")
    project.run("generate")
    for command in (["init", "-q"], ["add", "schema"], ["commit", "-qm", "before"]):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *command],
            cwd=project.root,
            check=True,
        )
    project.edit("samewire.toml", "brands = false", "brands = true")
    found = project.run("compat", "--against", "HEAD", "--format", "json")
    rules = {each["rule"] for each in json.loads(found.out)["findings"]}
    assert rules == {"type-branded"}
    assert found.code == 0
    project.run("generate")
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "after"],
        cwd=project.root,
        check=True,
    )
    project.edit("models.py", "order: OrderId", "order: str")
    project.edit("models.py", "owner: UserId", "owner: AdminId")
    found = project.run("compat", "--against", "HEAD", "--format", "json")
    changed = {(each["rule"], each["type"]) for each in json.loads(found.out)["findings"]}
    assert changed == {("brand-changed", "Placed"), ("brand-changed", "Owned")}
