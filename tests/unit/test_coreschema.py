"""Core schemas taken apart: each model once."""

from __future__ import annotations

import functools
from typing import Annotated

from pydantic import BaseModel, Strict, TypeAdapter, create_model
from samewire.coreschema.flat import Flat
from samewire.export.deep_stack import with_deep_stack
from samewire.values import inputs

from .values.drawing import drawn

LONG = 400  # far more models inside of one another than Python's stack would hold walks of


class Leaf(BaseModel):
    type: str
    config: int = 0


class Tree(BaseModel):
    leaf: Leaf
    leaves: dict[str, Leaf] = {}
    trees: list[Tree] = []


@functools.cache
def chain() -> type[BaseModel]:
    return with_deep_stack(
        _chain
    )  # Pydantic before 2.14 calls itself some ten times for each model in the one it builds


def _chain() -> type[BaseModel]:
    last: type[BaseModel] = Leaf
    for number in range(LONG):
        last = create_model(f"Link{number}", next=(list[last], []))  # type: ignore[valid-type]
    return last


def core(type_: object) -> dict:
    return dict(TypeAdapter(type_).core_schema)


def classes(flat: Flat, schema: dict) -> list[type]:
    return sorted((part["cls"] for part in flat.parts(schema) if "cls" in part), key=str)


def test_each_model_is_there_once_whatever_its_fields_are_called() -> None:
    flat = Flat()
    assert classes(flat, core(Tree)) == [Leaf, Tree]
    assert classes(flat, core(dict[str, Tree | Leaf])) == [Leaf, Tree]
    fields = [
        list(part["schema"]["fields"]) for part in flat.parts(core(Leaf)) if part.get("cls") is Leaf
    ]
    assert fields == [["type", "config"]]


def test_what_is_said_of_a_part_is_asked_once() -> None:
    asked: list[object] = []

    def told(part: dict) -> object:
        asked.append(part)
        return part.get("cls")

    flat = Flat()
    assert {Leaf, Tree} < set(flat.each(core(Tree), told))
    before = len(asked)
    found = list(flat.each(core(dict[str, Tree]), told))
    assert {Leaf, Tree} < set(found)
    assert len(asked) == before + 1


def test_a_model_that_an_annotation_makes_strict_is_another() -> None:
    flat = Flat()
    found = [
        part.get("strict") for part in flat.parts(core(tuple[Leaf, Annotated[Leaf, Strict()]]))
    ]
    assert sorted(found, key=str) == [None, None, True]


def test_a_long_chain_of_models() -> None:
    flat = Flat()
    assert len(classes(flat, core(chain()))) == LONG + 1
    assert any(isinstance(value, dict) and value.get("next") for value in drawn(inputs(chain()), 9))
