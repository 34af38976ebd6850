"""The key ``targets``: a list of targets, or a table with the options of each."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from samewire import targets
from samewire.config.mistakes import Path, in_words, mistake, mistakes

EXPECTED: Final = "an array of target names, or a table with the options of each"


def _listed(value: object) -> object:
    """``["zod"]`` is short for ``{ zod = {} }``."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return {name: {} for name in value}
    if isinstance(value, dict):
        return value
    raise mistake("config-type", f"expected {EXPECTED}, found {in_words(value)}")


def _configured(tables: Mapping[str, Mapping[str, Any]], info: ValidationInfo) -> Mapping[str, Any]:
    if not tables:
        raise mistake("config-value", "expected at least one target", _installed())
    problems: list[tuple[Path, PydanticCustomError]] = []
    configured = {}
    for name, table in tables.items():
        try:
            configured[name] = _options(name, table, info)
        except targets.UnknownTargetError:
            close = difflib.get_close_matches(name, targets.names(), n=1)
            hint = f'did you mean "{close[0]}"?' if close else _installed()
            problems.append(
                ((name,), mistake("config-value", f"there is no target {name!r}", hint))
            )
        except targets.BrokenTargetError as error:
            problems.append(((name,), mistake("config-value", str(error))))
        except ValidationError as error:
            problems += _about_options(name, error)
    if problems:
        raise mistakes(problems)
    return configured


def _options(name: str, table: Mapping[str, Any], info: ValidationInfo) -> object:
    model = targets.load(name).options
    if model is not None:
        return model.model_validate(table, context=info.context)
    if table:
        raise targets.BrokenTargetError(
            f"the target {name!r} has no options, found {', '.join(sorted(table))}"
        )
    return None


def _about_options(name: str, error: ValidationError) -> Iterator[tuple[Path, PydanticCustomError]]:
    """What a target's own model says, under the path of its key."""
    for details in error.errors(include_url=False):
        unknown = details["type"] == "extra_forbidden"
        code = "config-unknown-key" if unknown else "config-value"
        yield (name, *details["loc"]), mistake(code, "unknown key" if unknown else details["msg"])


def _installed() -> str:
    return f"there are {', '.join(targets.names())}"


Targets = Annotated[
    Mapping[str, Any],
    BeforeValidator(_listed),
    AfterValidator(_configured),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}, "minItems": 1},
                {"type": "object", "additionalProperties": {"type": "object"}, "minProperties": 1},
            ]
        }
    ),
]
"""By the name of each target an instance of its model of options, or ``None`` if it has none."""
