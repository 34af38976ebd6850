"""
Tables of SQLModel: models whose constructor validates nothing, so that an instance may hold what its fields do not allow.

What FastAPI returns or reads as one is not validated either: validation of such a model only calls the constructor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from samewire.coreschema import CoreSchema
from samewire.errors import Diagnostic
from samewire.export.described import Described

OF_TABLES: Final = {
    "emits": "the backend may send any value that its columns hold",
    "accepts": "the backend accepts any values for it, and fails late or never",
}


def warnings(described: Iterable[Described]) -> Iterator[Diagnostic]:
    """One for each table, whichever way it goes."""
    directions: dict[type, set[str]] = {}
    for one in described:
        if isinstance(one.type, type) and is_table(one.type):
            directions.setdefault(one.type, set()).add(one.direction)
    for table, used in directions.items():
        consequences = "; ".join(OF_TABLES[direction] for direction in sorted(used, reverse=True))
        yield Diagnostic(
            "unvalidated-model",
            f"{table.__module__}:{table.__qualname__}",
            f"is a SQLModel table (table=True), which is never validated: {consequences}. "
            "The generated types promise its declared fields",
            "return and take a model without table=True, such as "
            f"class {table.__name__}Public({_data_model(table)}), as FastAPI's response_model",
        )


def is_table(cls: type) -> bool:
    config = getattr(cls, "model_config", {})
    return config.get("table") is True and any(
        base.__module__.partition(".")[0] == "sqlmodel" for base in cls.__mro__
    )


def has_table(core: CoreSchema) -> bool:
    """Whether a core schema is that of a table."""
    cls = core.get("cls")
    return isinstance(cls, type) and is_table(cls)


def _data_model(table: type) -> str:
    """The base of a table that is validated: the one that SQLModel's documentation has the fields in."""
    bases = (base for base in table.__mro__[1:] if not is_table(base))
    return next((base.__name__ for base in bases), "SQLModel")
