"""How much is compared: types that hold themselves and each other end, and twice the types take about twice the work."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.mismatch import Mismatch
from samewire.compat.relation import Relation
from samewire.compat.rules import Verdict


def optional(key: str, *types: ir.Type) -> ir.Property:
    union = types[0] if len(types) == 1 else ir.Union(types)
    return ir.Property(key, union, required=False)


def definition(name: str, *properties: ir.Property) -> ir.Definition:
    return ir.Definition(name, ir.Object(properties), f"/$defs/{name}")


def schemas(size: int, changed: int = -1, prefix: str = "Type") -> ir.Contract:
    """
    Types as those of OpenAPI: each property is a reference, or one of the other types or of the type itself.

    The one numbered ``changed`` has a property more, and those of another ``prefix`` have other keys.
    """
    text = ir.String()
    definitions = [definition("Reference", ir.Property("$ref", text, True))]
    names = [f"{prefix}{index}" for index in range(size)]
    for index, name in enumerate(names):
        near = [ir.Ref(names[(index + step) % size]) for step in range(3)]
        properties = [ir.Property(f"is{name}", ir.Boolean(), True)]
        properties += [
            optional(f"{prefix}{place}", *[ir.Ref("Reference"), *near][: 2 + place % 3])
            for place in range(8)
        ]
        properties += [optional("flag", ir.Boolean(), text), optional("on", ir.Boolean())]
        if index == changed:
            properties.append(ir.Property("more", text, True))
        definitions.append(definition(name, *properties))
    return ir.Contract("api", tuple(definitions), tuple(names), ())


def steps(old: ir.Contract, new: ir.Contract, monkeypatch: pytest.MonkeyPatch) -> int:
    count = 0
    of = Relation.of

    def counted(relation: Relation, produced: ir.Type, accepted: ir.Type) -> list[Mismatch]:
        nonlocal count
        count += 1
        return of(relation, produced, accepted)

    with monkeypatch.context() as patch:
        patch.setattr(Relation, "of", counted)
        compare(old, new)
    return count


def test_types_that_hold_themselves_in_a_union_end() -> None:
    found = compare(schemas(3, changed=0), schemas(3))
    assert {(each.rule.id, each.old) for each in found if each.verdict is Verdict.BREAKING} == {
        ("emitted-key-missing", "Type0")
    }


@pytest.mark.parametrize("check", [(), (ir.AllOf(ir.Unknown()),)], ids=["plain", "checked"])
def test_a_type_that_holds_itself_or_null_now_ends(check: tuple[ir.Check, ...]) -> None:
    """The reference inside of null or of a check still meets the one that it is compared with."""

    def tree(item: ir.Type) -> ir.Contract:
        node = definition("Node", ir.Property("children", ir.Array(item, None, None, False), True))
        return ir.Contract("api", (node,), ("Node",), ())

    node = ir.Ref("Node")
    changed = ir.Checked(ir.Nullable(node), check) if check else ir.Nullable(node)
    (found,) = compare(tree(node), tree(changed))
    assert (found.rule.id, found.where) == ("emitted-null-added", "Node.children[]")
    assert compare(tree(changed), tree(node)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"changed": 0}, {}),
        ({}, {"changed": 0}),
        ({}, {"prefix": "Next"}),  # all roots are gone, and as many are new
    ],
    ids=str,
)
def test_work_grows_with_the_types(
    before: dict[str, Any], after: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = (
        steps(schemas(size, **before), schemas(size, **after), monkeypatch) for size in (20, 80)
    )
    assert large <= 5 * small
