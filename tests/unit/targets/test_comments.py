"""What the comment of a property says: nothing that its type, or the comment of its type, says already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from samewire import ir
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract

from tests.unit.targets.harness import contract, definition

NULLABLE = ir.Nullable(ir.String())
ITEM = definition("Item", ir.Object(()), doc=ir.Doc(description="An item of the shop."))


def types_of(type_: ir.Type, *, required: bool = True, accepted: bool = False, **doc: Any) -> str:
    """The lines of ``types.ts`` about one property of a definition."""
    each = ir.Property("value", type_, required, ir.Doc(**doc))
    root = definition("Root", ir.Object((each,)))
    made = replace(contract([root, ITEM]), accepts=("Root",) if accepted else ())
    text = render_contract(made, ZodOptions())["types.ts"]
    return text.partition("export interface Root {\n")[2].partition("}")[0]


@pytest.mark.parametrize(
    ("type_", "doc"),
    [
        (NULLABLE, {"default": (None,)}),
        (ir.String(), {"default": ("<UNSET>",)}),
        (ir.Literal(("a",)), {"default": ("a",)}),
        (ir.String(), {"description": "Value."}),
        (ir.String(), {"title": "Value"}),
        (ir.Ref("Item"), {"description": "An item of the shop."}),
        (ir.Nullable(ir.Ref("Item")), {"description": "An item of the shop."}),
        (ir.Array(ir.Ref("Item")), {"description": "An item of the shop."}),
    ],
)
def test_what_says_nothing_is_left_out(type_: ir.Type, doc: dict[str, Any]) -> None:
    assert "/*" not in types_of(type_, **doc)


@pytest.mark.parametrize(
    ("type_", "doc", "comment"),
    [
        (NULLABLE, {"default": ("",)}, '@defaultValue `""`'),
        (ir.String(), {"default": ("<b>",)}, '@defaultValue `"<b>"`'),
        (ir.Ref("Item"), {"description": "The first item."}, "The first item."),
        (ir.String(), {"description": "The value"}, "The value"),
    ],
)
def test_what_says_something_is_kept(type_: ir.Type, doc: dict[str, Any], comment: str) -> None:
    assert f"/** {comment} */" in types_of(type_, **doc)


def test_a_default_of_null_tells_what_a_key_that_is_left_out_means() -> None:
    said = types_of(NULLABLE, required=False, accepted=True, default=(None,))
    assert "/** @defaultValue `null` */" in said
    assert "/*" not in types_of(NULLABLE, required=False, default=(None,))
