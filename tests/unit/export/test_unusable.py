"""Types without a schema or an exact form: at which field that is, and which places are one message."""

from __future__ import annotations

import dataclasses
import json
from typing import IO, Any, NamedTuple, Required

import pytest
from pydantic import BaseModel, SerializeAsAny
from typing_extensions import TypedDict

from tests.unit.export.support import definitions, export


class File(TypedDict):
    name: str
    data: IO[bytes]


class Folder(TypedDict, total=False):
    files: Required[list[File]]


class Tree(TypedDict):
    above: Tree | None
    data: Required[IO[bytes] | bytes]


@dataclasses.dataclass
class Job:
    name: str
    log: IO[str] | None = None


class Pair(NamedTuple):
    first: int
    second: IO[bytes]


class Unfinished(BaseModel):
    x: int
    y: list[Nowhere]  # type: ignore[name-defined]  # noqa: F821  # the undefined name is the case


class AroundUnfinished(BaseModel):
    inner: Unfinished


class Unreadable(TypedDict):
    x: int
    y: 1 | None  # type: ignore[valid-type]  # an expression that raises is the case


class Fine(BaseModel):
    x: int


HERE = __name__


@pytest.mark.parametrize(
    ("roots", "where"),
    [
        ([File], "File.data"),
        ([Folder], "File.data"),
        ([Tree], "Tree.data"),
        ([Job], "Job.log"),
        ([Pair], "Pair.second"),
        ([Unfinished], "Unfinished.y"),
        ([AroundUnfinished], "Unfinished.y"),
        ([Unreadable], "Unreadable.y"),
        ([File, Folder], "File.data"),
        ([AroundUnfinished, Unfinished], "Unfinished.y"),
    ],
    ids=lambda one: one if isinstance(one, str) else "-".join(each.__name__ for each in one),
)
def test_the_field_is_named_once_with_all_roots_that_are_left_out(
    roots: list[Any], where: str
) -> None:
    kinds = (*roots, Fine)
    result = export(emits=kinds, accepts=kinds)
    [found] = result.diagnostics
    sources = sorted(f"{HERE}:{one.__name__}" for one in roots)
    assert (found.code, found.where) == ("unusable-type", f"{HERE}:{where}")
    assert found.takes == tuple(sources)
    assert found.hint is not None
    assert found.hint.endswith(f"exclude = {json.dumps(sources)}")
    assert list(definitions(result)) == ["Fine"]


class Base(BaseModel):
    x: int


class Other(BaseModel):
    x: int


class One(BaseModel):
    a: SerializeAsAny[Base]
    b: list[SerializeAsAny[Base]]
    c: SerializeAsAny[Base | None]


class Two(BaseModel):
    a: SerializeAsAny[Base]


class Several(BaseModel):
    a: SerializeAsAny[Base | Other]
    b: SerializeAsAny[list[Base]]


def test_fields_that_are_written_as_any_are_one_message_for_each_class_of_values() -> None:
    [found] = export(emits=(One, Two)).diagnostics
    assert (found.where, found.places) == (f"{HERE}:One.a", 4)
    assert f"also at {HERE}:One.b, {HERE}:One.c, {HERE}:Two.a" in found.message
    assert f'opaque = {{ "{HERE}:Base" = "fields" }}' in (found.hint or "")
    trusted = export(emits=(One, Two), opaque={f"{HERE}:Base": "fields"})
    assert not trusted.diagnostics


def test_fields_of_several_classes_are_one_message_for_each_model() -> None:
    [found] = export(emits=(Several,)).diagnostics
    assert (found.where, found.places) == (f"{HERE}:Several.a", 2)
    assert f'opaque = {{ "{HERE}:Several" = "fields" }}' in (found.hint or "")
    trusted = export(emits=(Several,), opaque={f"{HERE}:Several": "fields"})
    assert not trusted.diagnostics
