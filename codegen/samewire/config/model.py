"""
``[tool.samewire]`` as written: one class per table, one field per key.

A key is declared here and described in docs/configuration.md; its name, type, default and description are also in the JSON Schema
that editors read (``make generate`` writes it). Paths are checked against the :class:`~samewire.config.paths.Place` of the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, TypeAdapter, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from samewire.config.decode import DatesByDirection, DatesByWay, Decode, Decoded
from samewire.config.emits import Dump, EmittedRoot, tell_apart
from samewire.config.mistakes import Path, mistake, mistakes
from samewire.config.paths import ImportFolder, OutputFolder, ProjectRoot, SchemaFile
from samewire.config.tables import Section, TextOr
from samewire.config.targets import Targets
from samewire.config.words import (
    CONTRACT_NAME,
    ContractName,
    Extension,
    Flag,
    ImportSpecifier,
    Named,
    Opaque,
    PythonObject,
    Root,
    Spec,
    Text,
    TypeName,
    ZodVersion,
)
from samewire.dump import FASTAPI
from samewire.scalars.decoded import ByDirection, Choices, Dates
from samewire.targets import DEFAULT, Layout

ExtraKeys: TypeAlias = Literal["model", "strip", "keep", "reject"]
Integers: TypeAlias = Literal["any", "safe"]
Floats: TypeAlias = Literal["nullable", "finite"]
Imports: TypeAlias = Literal[".js", ".ts", "none"]
Formats: TypeAlias = Literal["annotate", "assert"]
SchemaTypes: TypeAlias = Literal["named", "open"]
OpenTypes: TypeAlias = Literal["keep", "report"]
DateTimes: TypeAlias = Literal["any", "aware", "utc"]
Times: TypeAlias = Literal["any", "naive"]
UntypedResponses: TypeAlias = Literal["skip", "unknown"]

Brands: TypeAlias = Flag | tuple[PythonObject, ...]

EXAMPLE: Final = '[tool.samewire.contracts.api] with emits = ["app.models"]'

# --- unknown-keys -----------------------------------------------------------------------------------------------------

_EXTRA_KEYS: Final[TypeAdapter[ExtraKeys]] = TypeAdapter(ExtraKeys)


class UnknownKeys(Section):
    """What validators do with undeclared keys; ``model`` follows the ``extra`` of the model's config."""

    emits: ExtraKeys = Field(default="model", description="For what the backend sends.")
    accepts: ExtraKeys = Field(default="model", description="For what the backend receives.")


def _both_ways(word: str, _info: ValidationInfo) -> UnknownKeys:
    extra = _EXTRA_KEYS.validate_python(word)
    return UnknownKeys(emits=extra, accepts=extra)


UnknownKeysByDirection = Annotated[
    UnknownKeys,
    TextOr(
        UnknownKeys,
        _both_ways,
        '"model", "strip", "keep", "reject" or a table with emits and accepts',
        _EXTRA_KEYS.json_schema(),
    ),
]

# --- Tables -----------------------------------------------------------------------------------------------------------


class Options(Section):
    """Options of the whole project, which a contract may override."""

    exclude: tuple[Spec, ...] = Field(
        default=(),
        description="Types, modules and fields of models (app.models:User.secret) to omit.",
    )
    unknown_keys: UnknownKeysByDirection = Field(
        default=UnknownKeys(),
        description="What validators do with undeclared keys; model follows the model's extra.",
        json_schema_extra={"default": "model"},
    )
    dump: Dump = Field(
        default=FASTAPI,
        description=(
            "The arguments that the backend passes to model_dump_json, or the framework that "
            "calls it."
        ),
        json_schema_extra={"default": "fastapi"},
    )
    names: Mapping[Named, TypeName] = Field(
        default={},
        description="TypeScript names for types, by app.models:User.",
    )
    opaque: Mapping[PythonObject, Opaque] = Field(
        default={},
        description=(
            "The output of models and fields whose serializer has no return annotation: "
            "fields, unknown, or a type."
        ),
    )
    integers: Integers = Field(
        default="any",
        description="safe rejects integers beyond 2^53, which JavaScript would round.",
    )
    floats: Floats = Field(
        default="nullable",
        description="finite promises that no float is infinite or NaN, which Pydantic writes as null.",
    )
    datetimes: DateTimes = Field(
        default="any",
        description=(
            "The zone of a datetime that declares none: aware promises a UTC offset, utc "
            "promises UTC without an offset."
        ),
    )
    times: Times = Field(
        default="any",
        description="Whether a time may have a UTC offset: naive promises that it has none.",
    )
    untyped_responses: UntypedResponses = Field(
        default="skip",
        description=(
            "How to treat routes without a declared response type: skip omits them, unknown "
            "gives them an unknown response."
        ),
    )
    brands: Brands = Field(
        default=False,
        description=(
            "Whether a NewType is a separate type in TypeScript: true, or a list of those that are."
        ),
        examples=[True, ["app.ids:UserId"]],
    )
    extends: Flag = Field(
        default=False,
        description=(
            "Whether an interface extends that of its base class, if it inherits all fields "
            "unchanged."
        ),
    )
    dates: DatesByWay = Field(
        default=DatesByDirection(),
        description=(
            "The form of dates and times in TypeScript: text, or a Date or Temporal value "
            "that zod decodes."
        ),
        json_schema_extra={"default": "string"},
    )
    temporal: ImportSpecifier | None = Field(
        default=None,
        description="With dates = temporal: the module that exports Temporal; by default the global.",
        examples=["temporal-polyfill", "@js-temporal/polyfill"],
    )
    decode: Decode = Field(
        default=Decode(),
        description="Other values to decode: days, bytes, sets, URLs, decimals, and integers in text.",
        json_schema_extra={"default": {}},
    )
    layout: Layout = Field(
        default="file",
        description="file: one types.ts, schemas.ts and guards.ts; modules: one for each Python module; models: one for each type.",
    )
    index: Flag = Field(
        default=True, description="Whether to write index.ts, which exports everything by name."
    )
    targets: Targets = Field(
        default={DEFAULT: None},
        description="What to generate: a list of targets, or a table with the options of each.",
        examples=[["zod"], ["types"], ["valibot"]],
        json_schema_extra={"default": [DEFAULT]},
    )
    zod: ImportSpecifier = Field(
        default="zod",
        description="The module from which generated code imports zod.",
        examples=["zod", "zod/v4", "zod/mini"],
    )
    zod_version: ZodVersion | None = Field(
        default=None,
        description="The oldest zod that the output must run on; by default read from package.json.",
        examples=["4.1"],
    )
    schema_types: SchemaTypes = Field(
        default="named",
        description=(
            "open exports zod's object schemas as zod infers them, with shape, pick, omit, "
            "extend and partial."
        ),
    )
    imports: Imports | None = Field(
        default=None,
        description="How generated files import each other; by default read from tsconfig.json.",
    )
    type_tests: Flag = Field(
        default=False,
        description="Also write schemas.proof.ts, which proves that types and validators agree.",
    )
    streams: Flag = Field(
        default=False,
        description="Also write streams.ts, which reads streams of events and opens sockets.",
    )
    open: OpenTypes = Field(
        default="keep",
        description=(
            "How to treat unknown members of open types: report also writes "
            "unknown-members.ts, which finds them."
        ),
    )
    extensions: Mapping[Extension, Flag] = Field(
        default={},
        description="Whether to write an extension's files if the contract uses it; by default yes.",
    )
    runtime: OutputFolder | None = Field(
        default=None,
        description=(
            "The folder of a runtime library that contracts share; by default runtime in the "
            "output folder."
        ),
        examples=["web/src/generated/runtime"],
    )
    format: tuple[Text, ...] = Field(
        default=(),
        description="A command that formats a file from stdin to stdout; {path} is the file's path.",
        examples=[["npx", "prettier", "--stdin-filepath", "{path}"]],
    )

    @property
    def decoded(self) -> ByDirection:
        """Which values are decoded."""
        dates, decode = self.dates, self.decode
        return ByDirection(
            self._choices(dates.emits, decode.emits or decode),
            self._choices(dates.accepts, decode.accepts or decode),
        )

    def _choices(self, dates: Dates, decode: Decoded) -> Choices:
        return Choices(
            dates=dates,
            utc=self.datetimes == "utc",
            temporal=self.temporal,
            days=decode.days == "Date",
            bytes=decode.bytes == "Uint8Array",
            integers=decode.integers == "bigint",
            sets=decode.sets == "Set",
            urls=decode.urls == "URL",
            decimals=decode.decimals,
        )


class SchemaSource(Section):
    """Options of a contract that comes from a schema file. First, because other keys depend on them."""

    source: SchemaFile | None = Field(
        default=None, description="A JSON Schema or OpenAPI 3.1 file to generate the contract from."
    )
    formats: Formats = Field(
        default="annotate",
        description="With source: whether validators check format and contentEncoding.",
    )


OF_MODELS: Final = (
    "exclude",
    "unknown-keys",
    "dump",
    "opaque",
    "integers",
    "floats",
    "datetimes",
    "times",
    "untyped-responses",
    "brands",
    "extends",
    "dates",
    "temporal",
    "decode",
)
"""Keys that say how models are exported, of which a schema file has none."""


class Contract(Options, SchemaSource):
    """One contract: ``[tool.samewire.contracts.<name>]``."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        key: f"{key} belongs to the whole project: set it in [tool.samewire]"
        for key in ("root", "schema", "pythonpath", "contracts")
    }

    emits: Annotated[tuple[EmittedRoot, ...], AfterValidator(tell_apart)] = Field(
        default=(), description="Roots: what the backend sends.", examples=[["app.models:Message"]]
    )
    accepts: tuple[Root, ...] = Field(
        default=(),
        description="Roots: what the backend receives.",
        examples=[["app.models:NewMessage"]],
    )
    routes: tuple[Spec, ...] = Field(
        default=(),
        description=(
            "FastAPI or Django Ninja applications whose routes go to routes.ts, with all "
            "types that they send and take."
        ),
        examples=[["app.main:app"]],
    )
    output: OutputFolder | None = Field(
        default=None, description="The folder for the TypeScript; by default generated/<name>."
    )

    @model_validator(mode="after")
    def _comes_from_one_place(self) -> Self:
        problems = [*(self._about_models() if self.source else self._about_a_file())]
        if problems:
            raise mistakes(problems)
        return self

    def options(self, project: Options) -> Options:
        """
        The options of this contract, and of the project where it says nothing.

        ``exclude``, ``names`` and ``opaque`` speak about models, so those of a contract are added to the project's.
        """
        values = {
            name: getattr(self if name in self.model_fields_set else project, name)
            for name in Options.model_fields
        }
        if self.source is None:
            values["exclude"] = (*project.exclude, *self.exclude)
            values["names"] = {**project.names, **self.names}
            values["opaque"] = {**project.opaque, **self.opaque}
        else:
            values["names"] = self.names
        return Options.model_construct(**values)

    def _about_models(self) -> Iterator[tuple[Path, PydanticCustomError]]:
        """What a contract that comes from a schema file can't say."""
        present = {type(self).model_fields[name].alias for name in self.model_fields_set}
        message = "applies to models, but this contract comes from a schema file"
        for key in (*OF_MODELS, "routes"):
            if key in present:
                yield (key,), mistake("config-value", message, "declare it in the schema")
        for index, entry in enumerate(self.emits):
            if entry.dump is not None:
                yield ("emits", index), mistake("config-value", f"dump options: {message}")

    def _about_a_file(self) -> Iterator[tuple[Path, PydanticCustomError]]:
        """What a contract that comes from models can't say, and what it must."""
        if "formats" in self.model_fields_set:
            message = "applies to a schema file, but this contract comes from models"
            yield ("formats",), mistake("config-value", message)
        elif not self.emits and not self.accepts and not self.routes:
            message = "a contract needs roots: emits (backend to frontend) or accepts (frontend to backend)"
            yield (), mistake("config-no-contract", message, 'for example emits = ["app.models"]')


def _at_least_one(contracts: Mapping[str, Contract]) -> Mapping[str, Contract]:
    if not contracts:
        raise mistake("config-no-contract", "no contract", f"add {EXAMPLE}")
    return contracts


class Project(Options):
    """The whole of ``[tool.samewire]``."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        key: f"{key} belongs to one contract: set it in [tool.samewire.contracts.<name>]"
        for key in ("emits", "accepts", "routes", "output", "source", "formats")
    }

    root: ProjectRoot = Field(
        default=".",
        description='Samewire never writes outside this folder: ".", or a folder above.',
        validate_default=True,
    )
    schema_folder: OutputFolder = Field(
        default="schema",
        alias="schema",
        description="The folder of the schema documents.",
        validate_default=True,
    )
    pythonpath: tuple[ImportFolder, ...] | None = Field(
        default=None,
        description='Folders to import modules from; by default ["."], and "src" if it exists.',
    )
    contracts: Annotated[Mapping[ContractName, Contract], AfterValidator(_at_least_one)] = Field(
        default={},
        description="One table per contract.",
        validate_default=True,
        json_schema_extra={"propertyNames": {"pattern": f"^{CONTRACT_NAME.pattern}$"}},
    )
