from __future__ import annotations

import random

import pytest
from samewire import ir
from samewire.graph import components
from samewire.targets.typescript.order import Ordered, order
from samewire.walk import references


def ref(name: str) -> ir.Ref:
    return ir.Ref(name)


def obj(**types: ir.Type) -> ir.Object:
    return ir.Object(tuple(ir.Property(key, type_, True) for key, type_ in types.items()))


def ordered(**types: ir.Type) -> list[tuple[str, set[str]]]:
    definitions = [ir.Definition(name, type_, "") for name, type_ in types.items()]
    return [(each.definition.name, set(each.later)) for each in order(definitions)]


def test_what_is_named_comes_first() -> None:
    assert ordered(A=obj(b=ref("B")), B=ir.Array(ref("C")), C=obj()) == [
        ("C", set()),
        ("B", set()),
        ("A", set()),
    ]


def test_unrelated_definitions_are_sorted_by_name() -> None:
    assert [name for name, _ in ordered(B=obj(), C=ir.Null(), A=obj())] == ["A", "B", "C"]


def test_a_definition_that_names_itself_names_what_comes_later() -> None:
    assert ordered(Node=obj(children=ir.Array(ref("Node")))) == [("Node", {"Node"})]


def test_objects_of_a_cycle_come_before_its_aliases() -> None:
    result = ordered(
        A=ir.Union((ref("X"), ref("Y"))),
        X=obj(a=ref("A")),
        Y=obj(a=ir.Nullable(ref("A")), x=ref("X")),
        Z=obj(a=ref("A")),
    )
    assert [name for name, _ in result][-2:] == ["A", "Z"]
    assert dict(result)["A"] == set()
    assert dict(result)["Z"] == set()
    assert dict(result)["X"] | dict(result)["Y"] == {"A"} or dict(result)["Y"] == {"A", "X"}


def test_aliases_of_a_cycle_come_after_those_they_name() -> None:
    result = ordered(
        A=ir.Union((ref("B"), ir.Null())),
        B=ir.Union((ref("C"), ir.Boolean())),
        C=ir.Array(ref("O")),
        O=obj(a=ref("A")),
    )
    assert result == [("O", {"A"}), ("C", set()), ("B", set()), ("A", set())]


def test_aliases_that_name_each_other_are_cut_once() -> None:
    result = ordered(A=ir.Array(ref("B")), B=ir.Record(ir.String(), ref("A")))
    assert sorted(len(later) for _, later in result) == [0, 1]


@pytest.mark.parametrize(
    ("type_", "names"),
    [
        (ir.Record(ref("K"), ref("V")), ("K", "V")),
        (ir.Tuple((ref("A"), ref("B")), ref("C")), ("A", "B", "C")),
        (ir.Object((ir.Property("p", ref("P"), False),), ir.Keep(ref("E"))), ("P", "E")),
        (ir.Union((ref("B"), ref("A"), ir.Nullable(ref("B")))), ("B", "A")),
        (ir.String(), ()),
    ],
)
def test_references_are_in_order_and_once(type_: ir.Type, names: tuple[str, ...]) -> None:
    assert references(type_) == names


def test_the_order_given_does_not_matter() -> None:
    generator = random.Random(1)
    names = [f"N{index}" for index in range(60)]
    definitions = [
        ir.Definition(
            name,
            generator.choice(
                [
                    lambda a, b: obj(a=a, b=b),
                    lambda a, b: ir.Union((a, b, ir.Null())),
                    lambda a, b: ir.Array(a),
                ]
            )(ref(generator.choice(names)), ref(generator.choice(names))),
            "",
        )
        for name in names
    ]
    expected = order(definitions)
    for _ in range(5):
        generator.shuffle(definitions)
        assert order(definitions) == expected
    declared: set[str] = set()
    for each in expected:
        assert each.later == set(references(each.definition.type)) - declared
        declared.add(each.definition.name)


def test_recursion_is_said() -> None:
    definitions = [
        ir.Definition(name, type_, "")
        for name, type_ in {"A": obj(a=ref("A")), "B": obj(a=ref("A"))}.items()
    ]
    assert order(definitions) == (
        Ordered(definitions[0], frozenset({"A"}), recursive=True),
        Ordered(definitions[1], frozenset(), recursive=False),
    )


def test_components_of_a_long_chain_need_no_stack() -> None:
    size = 20_000
    edges = {str(index): (str(index + 1),) for index in range(size)} | {str(size): ("0",)}
    assert [len(each) for each in components(edges, edges)] == [size + 1]
    del edges[str(size)]
    assert len(components(edges, edges)) == size
