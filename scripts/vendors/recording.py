"""What is recorded of a vendor: its types of events as its classes have them, and streams made of those classes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter


@dataclass(frozen=True, slots=True)
class Recording:
    """
    ``known``: names of types or of fields by what they are of. ``streams``: objects of the vendor's, or their JSON, by a name.
    ``oracle``: what the vendor itself makes of a stream.
    """

    package: str
    known: dict[str, list[str]]
    streams: dict[str, list[Any]]
    oracle: dict[str, list[Any]] | None = None

    def to_json(self) -> str:
        streams = {name: [dumped(one) for one in events] for name, events in self.streams.items()}
        found = {
            "package": self.package,
            "version": version(self.package),
            "known": self.known,
            "streams": streams,
            **({} if self.oracle is None else {"oracle": self.oracle}),
        }
        lines = json.dumps(found, indent=1, ensure_ascii=False)
        return f"{lines}\n"


def dumped(event: Any) -> Any:
    if isinstance(event, dict):
        return event
    return event.model_dump(mode="json", exclude_unset=True, warnings=False)


def checked(of: Any, given: dict[str, Any]) -> Any:
    """An object of the vendor's class, or of the member of its union that ``type`` names, without a field that it lacks."""
    made = of.validate_python(given) if isinstance(of, TypeAdapter) else of.model_validate(given)
    if made.type != given["type"] if "type" in given else False:
        raise ValueError(f"{given['type']} was read as {type(made).__name__}")
    return made


def members(union: Any) -> list[type[BaseModel]]:
    """The classes of a union, perhaps annotated."""
    inner = get_args(union)
    if isinstance(union, type):
        return [union] if issubclass(union, BaseModel) else []
    return [one for each in inner for one in members(each)]


def tags(union: Any) -> list[str]:
    """The types by which the members of a union are told apart."""
    return sorted(
        {tag for one in members(union) for tag in get_args(one.model_fields["type"].annotation)}
    )


def fields(model: Any) -> list[str]:
    return sorted(model.model_fields)
