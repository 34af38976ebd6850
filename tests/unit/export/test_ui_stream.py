"""What a schema document says of a UI stream by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, PlainSerializer, model_serializer
from samewire.discover import Root
from samewire.export import Export, ExportOptions, export_contract
from samewire.export.subset import without
from samewire.ui_stream import DataChunk, Tool, UIMessage, UIMessageChunk, UIStream

from tests.documents import roots_of

KEYWORD = "x-samewire-ui-stream"


class Step(BaseModel):
    title: str
    note: str | None = None


class StepsChunk(DataChunk):
    type: Literal["data-steps"] = "data-steps"
    data: list[Step]


class StepChunk(DataChunk):
    type: Literal["data-step"] = "data-step"
    data: Step


class SecretChunk(DataChunk):
    type: Literal["data-secret"] = "data-secret"
    data: Callable[[], int]


search = Tool("search", Step, list[Step])
stream = UIStream(StepsChunk, StepChunk, tools=[search], metadata=dict[str, int])


def exported(*types: tuple[str, Any], **options: Any) -> Export:
    roots = [Root(name, type_, f"app:{name}", explicit=True) for name, type_ in types]
    return export_contract("app", roots, [], ExportOptions(**options))


def test_names_of_definitions_and_of_what_has_no_name() -> None:
    found = exported(("Chunk", Annotated[UIMessageChunk, stream]))
    assert found.diagnostics == ()
    assert found.document[KEYWORD] == {
        "chunk": "Chunk",
        "metadata": "MessageMetadata",
        "data": {"steps": "StepsData", "step": "Step"},
        "tools": {"search": {"input": "Step", "output": "SearchOutput"}},
        "dynamicTools": False,
    }
    assert roots_of(found.document, "emits") == ["Chunk"]
    made = found.document["$defs"]["StepsData"]
    assert made["items"] == {"$ref": "#/$defs/Step"}
    assert made["x-samewire-source"].endswith("test_ui_stream:StepsChunk.data")


def test_the_users_names_and_dump_options_hold() -> None:
    names = {f"{__name__}:StepsChunk.data": "Steps"}
    found = exported(("Chunk", Annotated[UIMessageChunk, stream]), names=names).document
    assert found[KEYWORD]["data"] == {"steps": "Steps", "step": "Step"}


def test_only_chunks_name_a_stream() -> None:
    assert KEYWORD not in exported(("Message", Annotated[UIMessage, stream])).document
    assert KEYWORD not in exported(("Chunk", UIMessageChunk)).document


def test_a_stream_that_names_nothing() -> None:
    found = exported(("Chunk", Annotated[UIMessageChunk, UIStream()])).document
    assert found[KEYWORD] == {"chunk": "Chunk", "data": {}, "tools": {}, "dynamicTools": False}


def test_a_contract_has_one() -> None:
    other = UIStream()
    found = exported(
        ("A", Annotated[UIMessageChunk, stream]),
        ("B", Annotated[UIMessageChunk, other]),
        ("C", Annotated[UIMessageChunk, stream]),
    )
    twice = [each for each in found.diagnostics if each.code == "ui-stream-twice"]
    assert [each.where for each in twice] == ["app:B"]
    assert "app:A" in twice[0].message


def test_a_part_without_a_json_form_takes_the_stream_with_it() -> None:
    broken = UIStream(StepChunk, SecretChunk)
    found = exported(("Chunk", Annotated[UIMessageChunk, broken]), ("Step", Step))
    assert "no-json-form" in {each.code for each in found.diagnostics}
    assert KEYWORD not in found.document
    assert list(found.document["$defs"]) == ["Step"]


class Plain(BaseModel):
    value: Annotated[int, PlainSerializer(lambda value: value)]


class PlainChunk(DataChunk):
    type: Literal["data-plain"] = "data-plain"
    data: Plain


class OpaqueChunk(DataChunk):
    """Refused as a whole, so there is no ``data`` to look at."""

    type: Literal["data-opaque"] = "data-opaque"
    data: Step

    @model_serializer
    def written(self):  # type: ignore[no-untyped-def]  # what is tested
        return {}


@pytest.mark.parametrize(
    "broken",
    [
        UIStream(OpaqueChunk),
        UIStream(PlainChunk),
        UIStream(StepChunk, metadata=Plain),
        UIStream(StepChunk, metadata=Callable[[], int]),
        UIStream(StepChunk, tools=[Tool("in", Plain, int)]),
        UIStream(StepChunk, tools=[Tool("out", int, list[Plain])]),
        UIStream(StepChunk, tools=[Tool("out", int, Callable[[], int])]),
    ],
)
def test_what_has_no_exact_form_is_reported_and_takes_the_stream_with_it(broken: UIStream) -> None:
    found = exported(("Chunk", Annotated[UIMessageChunk, broken]), ("Step", Step))
    assert {each.code for each in found.diagnostics} & {"opaque-serializer", "no-json-form"}
    assert KEYWORD not in found.document
    assert "Step" in found.document["$defs"]


def test_a_definition_that_is_left_out_later_takes_the_stream_with_it() -> None:
    chunk, other = Annotated[UIMessageChunk, stream], list[int]
    found = exported(("Chunk", chunk), ("Other", other)).document
    assert KEYWORD not in without(found, {"SearchOutput"})
    assert KEYWORD in without(found, {"Other"})
