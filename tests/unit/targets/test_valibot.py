"""The expressions of the valibot target, and what it refuses."""

from __future__ import annotations

import pytest
from samewire import ir
from samewire.errors import ModelError
from samewire.extensions import extensions
from samewire.targets.valibot.render import ValibotOptions, render_contract

from tests.unit.targets.harness import contract, schema_text

OBJECT = ir.Object((ir.Property("k", ir.Literal(("a",)), True),))
OTHER = ir.Object((ir.Property("k", ir.Literal(("b", "c")), True),))
NUMBERED = ir.Object((ir.Property("k", ir.Literal((1,)), True),))


@pytest.mark.parametrize(
    ("type_", "code"),
    [
        (ir.Null(), "v.null()"),
        (ir.Literal(("a", 1, None, True)), 'v.union([v.picklist(["a", 1]), v.null(), v.literal(true)])'),
        (ir.Literal((None,)), "v.null()"),
        (ir.Integer(gt=2), "v.pipe(v.number(), v.integer(), v.minValue(3))"),
        (ir.Number(), "v.pipe(v.number(), v.finite())"),
        (ir.Number(lt=2.5), "v.pipe(v.number(), v.finite(), v.ltValue(2.5))"),
        (ir.Array(ir.Boolean(), 2, 2), "v.pipe(v.array(v.boolean()), v.length(2))"),
        (ir.Tuple((ir.Null(),), None, 1), "tuple([v.null()])"),
        (ir.Tuple((ir.Null(),), ir.Boolean(), 0), "tuple([], [v.null()], v.boolean())"),
        (ir.Record(ir.String(), ir.Null()), "exactRecord(v.string(), v.null())"),
    ],
)  # fmt: skip
def test_expressions(type_: ir.Type, code: str) -> None:
    text = schema_text({"A": type_}, valibot_import="valibot")
    assert " ".join(text.split()).startswith(f"function makeA() {{ return {code}; }}")


@pytest.mark.parametrize(
    ("union", "function"),
    [
        (ir.Union((OBJECT, OTHER), "k"), 'tagged("k", {'),
        (ir.Union((OBJECT, NUMBERED), "k"), "v.union(["),
        (ir.Union((OBJECT, ir.Null())), "v.union(["),
        (ir.Union((OBJECT, ir.Object((*OBJECT.properties, ir.Property("x", ir.Null(), True))))), "keepAll("),
    ],
)  # fmt: skip
def test_unions(union: ir.Union, function: str) -> None:
    assert schema_text({"A": union}, valibot_import="valibot").startswith(
        f"function makeA() {{\n  return {function}"
    )


def test_what_extensions_add_is_refused_and_not_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    [ui_stream] = (each for each in extensions() if each.name == "ui-stream")
    monkeypatch.setattr(type(ui_stream), "files", lambda *_: {"chat.ts": ""}, raising=False)
    with pytest.raises(ModelError) as caught:
        render_contract(contract({"A": ir.Null()}))
    [found] = caught.value.diagnostics
    assert found.code == "target-lacks"
    assert found.hint == "set ui-stream = false to do without them, or use the target zod"
    options = ValibotOptions(without=frozenset({"ui-stream"}))
    assert "schemas.ts" in render_contract(contract({"A": ir.Null()}), options)
