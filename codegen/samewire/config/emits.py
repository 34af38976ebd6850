"""``dump`` and ``emits``: how the backend serializes, for a contract and for single roots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, ClassVar, Final, Self

from pydantic import (
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from samewire.config.mistakes import Path, in_words, mistake, mistakes
from samewire.config.tables import Section, TextOr
from samewire.config.words import FieldPaths, Flag, Spec, Suffix, printable, root
from samewire.coreschema.versions import supported
from samewire.dump import FASTAPI, LITESTAR, NINJA, PYDANTIC, DumpOptions

PRESETS: Final[Mapping[str, DumpOptions]] = {
    "fastapi": FASTAPI,
    "litestar": LITESTAR,
    "ninja": NINJA,
    "pydantic": PYDANTIC,
}
PRESET_NAMES: Final = ", ".join(f'"{name}"' for name in PRESETS)
FLAGS: Final = ("exclude-none", "exclude-defaults", "exclude-unset", "exclude-computed-fields")

# What the arguments are called in FastAPI's decorators and in Pydantic.
ARGUMENTS: Final[Mapping[str, str]] = {
    **{f"response_model_{key.replace('-', '_')}": f"write {key}" for key in FLAGS},
    **{f"response_model_{key}": f"write {key}" for key in ("include", "exclude")},
    "response_model_by_alias": "write by-alias",
    "serialize_by_alias": 'to let each model\'s serialize_by_alias decide, set by-alias = "config"',
    **dict.fromkeys(
        ("serialize-as-any", "serialize_as_any"),
        "its output cannot be known: name the possible classes of a field in a union",
    ),
}
ONE_ROOT: Final = 'it picks fields of one root: emits = [{ type = "...", dump = { ... } }]'

# --- dump -------------------------------------------------------------------------------------------------------------


def _by_alias(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    if value == "config":
        return None
    code = "config-value" if isinstance(value, str) else "config-type"
    raise mistake(code, f'expected true, false or "config", found {in_words(value)}')


ByAlias = Annotated[
    bool | None, PlainValidator(_by_alias), WithJsonSchema({"enum": [True, False, "config"]})
]


class DumpTable(Section):
    """The arguments with which the backend calls ``model_dump_json``."""

    elsewhere: ClassVar[Mapping[str, str]] = {**ARGUMENTS, "include": ONE_ROOT, "exclude": ONE_ROOT}

    by_alias: ByAlias = Field(
        default=True,
        description='Write keys as aliases; "config" lets each model\'s serialize_by_alias decide.',
    )
    exclude_none: Flag = Field(default=False, description="Omit keys whose value is None.")
    exclude_defaults: Flag = Field(default=False, description="Omit keys with their default value.")
    exclude_unset: Flag = Field(default=False, description="Omit keys that were not set.")
    exclude_computed_fields: Flag = Field(default=False, description="Omit computed fields.")
    round_trip: Flag = Field(
        default=False, description="Dump values so that they can be validated again."
    )

    @field_validator("exclude_computed_fields")
    @classmethod
    def _supported_by_pydantic(cls, value: bool) -> bool:
        if value and not supported(TypeAdapter.dump_json, exclude_computed_fields=value):
            message = (
                f"Pydantic {version('pydantic')} has no exclude_computed_fields, which "
                "Pydantic 2.12 added"
            )
            raise mistake(
                "config-value", message, "install Pydantic 2.12 or later, or delete the key"
            )
        return value

    def options(self) -> DumpOptions:
        return DumpOptions(**dict(self))


class RootDumpTable(DumpTable):
    """The dump options of one root, with a choice of fields."""

    elsewhere: ClassVar[Mapping[str, str]] = ARGUMENTS

    include: FieldPaths | None = Field(default=None, description="The only fields to dump.")
    exclude: FieldPaths = Field(default=frozenset(), description="Fields not to dump.")


def _preset(name: str, _info: ValidationInfo) -> DumpOptions:
    if name in PRESETS:
        return PRESETS[name]
    message = f"expected {PRESET_NAMES} or a table of dump options, found {in_words(name)}"
    raise mistake("config-value", message)


def _written(table: type[DumpTable]) -> TextOr:
    words = f"{PRESET_NAMES} or a table of dump options"
    return TextOr(table, _preset, words, {"enum": list(PRESETS)}, DumpTable.options)


Dump = Annotated[DumpOptions, _written(DumpTable)]
RootDump = Annotated[DumpOptions, _written(RootDumpTable)]

# --- emits ------------------------------------------------------------------------------------------------------------


class EmitsTable(Section):
    """A root with its own dump options."""

    model_config = ConfigDict(json_schema_extra={"required": ["type", "dump"]})

    type: Spec = Field(description="The root.", examples=["app.models:Message"])
    dump: RootDump | None = Field(
        default=None,
        description="The dump options of this root; missing options have their defaults.",
    )
    suffix: Suffix | None = Field(
        default=None,
        description="The suffix for names of types that have another form elsewhere.",
    )

    @model_validator(mode="after")
    def _has_dump_options(self) -> Self:
        if self.dump is None:
            hint = f'write "{self.type}" alone, or add dump = {{ ... }}'
            raise mistake("config-value", "a root in a table needs dump options", hint)
        return self


def _plain(text: str, info: ValidationInfo) -> EmitsTable:
    return EmitsTable.model_construct(type=root(printable(text), info), dump=None, suffix=None)


EmittedRoot = Annotated[
    EmitsTable,
    TextOr(EmitsTable, _plain, "a string or a table", {"type": "string", "minLength": 1}),
]


def tell_apart(roots: Sequence[EmitsTable]) -> Sequence[EmitsTable]:
    """Checks that equal options have one suffix, so that a type in several roots has one name."""
    problems: list[tuple[Path, PydanticCustomError]] = []
    suffixes: dict[DumpOptions, EmitsTable] = {}
    options: dict[str, EmitsTable] = {}
    for entry in roots:
        if entry.suffix is None or entry.dump is None:
            continue
        first = suffixes.setdefault(entry.dump, entry)
        if first.suffix != entry.suffix:
            message = f"the same dump options have the suffix {first.suffix!r} already"
            hint = f"write suffix = {first.suffix!r} here too: types that both use have one name"
            problems.append(((), mistake("config-value", message, hint)))
        rival = options.setdefault(entry.suffix, entry)
        if rival.dump != entry.dump:
            message = f"{entry.type} and {rival.type} have the suffix {entry.suffix!r} and different dump options"
            hint = "give one of them another suffix"
            problems.append(((), mistake("config-value", message, hint)))
    if problems:
        raise mistakes(problems)
    return roots
