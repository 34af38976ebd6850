"""The functions inside of core schemas: validators and serializers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from samewire.coreschema.versions import modern_serialization
from samewire.coreschema.wrappers import FUNCTIONS, CoreSchema

VALIDATORS: Final = (*FUNCTIONS, "function-plain")


def validator_function(core: CoreSchema) -> Callable[..., Any] | None:
    """The function that a schema of a validator calls; ``None`` for any other schema."""
    if core["type"] not in VALIDATORS:
        return None
    function: Callable[..., Any] = core["function"]["function"]
    return function


def serializer_function(core: CoreSchema) -> Callable[..., Any] | None:
    """The function that writes the values of a schema; ``None`` where none does."""
    serialization = modern_serialization(core).get("serialization", {})
    if serialization.get("type") not in ("function-plain", "function-wrap"):
        return None
    function: Callable[..., Any] = serialization["function"]
    return function


def without_serialization(core: CoreSchema) -> CoreSchema:
    """A schema whose values are written as their type is."""
    return {key: value for key, value in core.items() if key != "serialization"}


def returning(core: CoreSchema, returned: CoreSchema) -> CoreSchema:
    """A schema whose serializer writes values of the type ``returned``."""
    return {**core, "serialization": {**core["serialization"], "return_schema": returned}}
