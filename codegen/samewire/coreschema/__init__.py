"""
Reads Pydantic's core schemas (``pydantic_core.core_schema``) as a tree.

The one place that knows which kinds of schemas wrap another one, where choices stand, and which keys of a schema hold data or code.
Imports Pydantic for types alone, and nothing of the generator.
"""

from samewire.coreschema.code import (
    VALIDATORS,
    returning,
    serializer_function,
    validator_function,
    without_serialization,
)
from samewire.coreschema.parts import DATA_KEYS, parts, schemas
from samewire.coreschema.wrappers import (
    FUNCTIONS,
    WRAPPERS,
    CoreSchema,
    choices,
    layers,
    tagged_choices,
    unwrapped,
    variant,
)

__all__ = [
    "DATA_KEYS",
    "FUNCTIONS",
    "VALIDATORS",
    "WRAPPERS",
    "CoreSchema",
    "choices",
    "layers",
    "parts",
    "returning",
    "schemas",
    "serializer_function",
    "tagged_choices",
    "unwrapped",
    "validator_function",
    "variant",
    "without_serialization",
]
