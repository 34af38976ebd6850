"""Models that are never validated, which a table of SQLModel is."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict, TypeAdapter
from samewire.export.tables import is_table

from tests.unit.export.support import definitions, export


class SQLModel(BaseModel):
    """As SQLModel's own, whose constructor validates unless the class is a table; the package is not needed for this."""

    model_config: ClassVar[ConfigDict] = ConfigDict(from_attributes=True)

    def __init__(self, **data: Any) -> None:
        if self.model_config.get("table"):
            object.__setattr__(self, "__dict__", {**self._defaults(), **data})
            object.__setattr__(self, "__pydantic_fields_set__", set(data))
            object.__setattr__(self, "__pydantic_extra__", None)
            object.__setattr__(self, "__pydantic_private__", None)
        else:
            self.__pydantic_validator__.validate_python(data, self_instance=self)

    @classmethod
    def _defaults(cls) -> dict[str, Any]:
        return {
            name: field.get_default()
            for name, field in cls.model_fields.items()
            if not field.is_required()
        }


SQLModel.__module__ = "sqlmodel.main"


class HeroBase(SQLModel):
    name: str
    age: int


class Hero(HeroBase):
    model_config = ConfigDict(from_attributes=True, table=True)  # type: ignore[typeddict-unknown-key]  # SQLModel's own key

    id: int | None = None


class HeroPublic(HeroBase):
    id: int


class Team(BaseModel):
    heroes: list[Hero]


class Plain(BaseModel):
    model_config = ConfigDict(table=True)  # type: ignore[typeddict-unknown-key]  # a key that nobody reads


def test_a_table_is_not_validated_and_what_shares_its_fields_is() -> None:
    assert TypeAdapter(Hero).validate_python({"age": "no number"}).age == "no number"  # type: ignore[comparison-overlap]  # that is it
    with pytest.raises(ValueError, match="valid integer"):
        TypeAdapter(HeroPublic).validate_python({"name": "x", "age": "no number", "id": 1})
    assert [cls.__name__ for cls in (Hero, HeroPublic, Plain) if is_table(cls)] == ["Hero"]


def test_a_table_is_exported_with_a_warning_that_names_the_way_out() -> None:
    result = export(emits=(Team, HeroPublic), accepts=(Hero,))
    assert {"Hero", "HeroPublic", "Team"} <= definitions(result).keys()
    [warning] = result.warnings
    assert (warning.code, warning.where) == ("unvalidated-model", f"{__name__}:Hero")
    assert "the backend may send any value that its columns hold" in warning.message
    assert "the backend accepts any values for it" in warning.message
    assert "class HeroPublic(HeroBase)" in (warning.hint or "")
    [warning] = export(emits=(Hero,)).warnings
    assert "accepts any values" not in warning.message
