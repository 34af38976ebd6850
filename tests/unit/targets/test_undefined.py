"""``undefined`` is no key to ``JSON.stringify``: what the backend reads may have it, what it writes never has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from samewire import ir
from samewire.targets.guards.render import render_contract as render_guards
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.valibot.render import ValibotOptions
from samewire.targets.valibot.render import render_contract as render_valibot
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract as render_zod

from .harness import Project, definition

_LIMIT = ir.Property("limit", ir.Nullable(ir.Integer()), required=False)
_NEXT = ir.Property("next", ir.Ref("Query"), required=False)
_QUERY = definition("Query", ir.Object((_LIMIT, _NEXT)))
_ROW = definition("Row", ir.Object((_LIMIT, ir.Property("id", ir.Integer(), required=True))))
_CONTRACT = ir.Contract("api", (_QUERY, _ROW), ("Row",), ("Query",))

_USE = """
import type { Query, Row } from "./types.ts";
const limit: number | undefined = undefined;
export const query: Query = { limit, next: { limit: undefined } };
// @ts-expect-error -- a row has no key that is undefined
export const row: Row = { id: 1, limit };
"""
_RUN = """
import { QuerySchema, RowSchema } from "./schemas.ts";
const verdict = (schema, value) => {
  const { issues, value: parsed } = schema["~standard"].validate(value);
  return issues ? "refused" : JSON.stringify(parsed);
};
console.log(JSON.stringify([
  verdict(QuerySchema, { limit: undefined }),
  verdict(QuerySchema, { limit: 1, next: { limit: undefined, next: undefined } }),
  verdict(QuerySchema, {}),
  verdict(QuerySchema, { limit: "1" }),
  verdict(RowSchema, { id: undefined }),
  verdict(RowSchema, { id: 1, limit: undefined }),
]));
"""


def _zod(**options: Any) -> Callable[[ir.Contract], dict[str, str]]:
    made = ZodOptions(import_extension=".ts", type_test=True, **options)
    return lambda contract: render_zod(contract, made)


def _valibot(module: str) -> Callable[[ir.Contract], dict[str, str]]:
    made = ValibotOptions(valibot_import=module, import_extension=".ts", type_test=True)
    return lambda contract: render_valibot(contract, made)


@pytest.mark.parametrize(
    ("render", "exact"),
    [
        pytest.param(_zod(zod_import="zod", zod_version=(4, 6)), True, id="zod"),
        pytest.param(_zod(zod_import="zod/mini", zod_version=(4, 6)), True, id="mini"),
        pytest.param(_zod(zod_import="zod43", zod_version=(4, 3)), True, id="zod43"),
        pytest.param(_zod(zod_import="zod40", zod_version=(4, 0)), False, id="zod40"),
        pytest.param(_zod(zod_import="zod3/v4", zod_version=(4, 0)), False, id="zod3"),
        pytest.param(
            _zod(zod_import="zod3/v4-mini", zod_version=(4, 0), mini=True), False, id="mini3"
        ),
        pytest.param(_valibot("valibot"), True, id="valibot"),
        pytest.param(_valibot("valibot10"), True, id="valibot10"),
    ],
)
def test_an_accepted_key_may_be_undefined(
    project: Project, render: Callable[[ir.Contract], dict[str, str]], exact: bool
) -> None:
    project.write(render(_CONTRACT))
    answers = project.ask(_RUN, [])
    assert answers[:5] == ["{}", '{"limit":1,"next":{}}', "{}", "refused", "refused"]
    # Before zod 4.3 an optional key is one that may be undefined.
    assert answers[5] == ("refused" if exact else '{"id":1}')
    if exact:
        project.write({"use.ts": _USE})
        assert project.type_check(files=("use.ts", "schemas.proof.ts")) == ""


def test_what_is_emitted_too_may_be_undefined(project: Project) -> None:
    shared = replace(_CONTRACT, accepts=("Query", "Row"))
    project.write(_zod(zod_import="zod", zod_version=(4, 6))(shared))
    assert project.ask(_RUN, [])[5] == '{"id":1}'


_GUARDS = """
import { isQuery, isRow } from "./guards.ts";
console.log(JSON.stringify([
  isQuery({ limit: undefined }),
  isQuery({ limit: 1, next: { limit: undefined, next: undefined }, constructor: undefined }),
  isQuery({}),
  isQuery({ limit: "1" }),
  isQuery({ constructor: "1" }),
  isRow({ id: undefined }),
  isRow({ id: 1, limit: undefined }),
]));
"""


def test_a_guard_takes_an_accepted_key_that_is_undefined(project: Project) -> None:
    constructor = ir.Property("constructor", ir.Integer(), required=False)
    query = definition("Query", ir.Object((_LIMIT, _NEXT, constructor)))
    contract = replace(_CONTRACT, definitions=(query, _ROW))
    project.write(render_guards(contract, TypeScriptOptions(import_extension=".ts")))
    assert project.ask(_GUARDS, []) == [True, True, True, False, False, False, False]
    assert project.type_check(files=("guards.ts",)) == ""
