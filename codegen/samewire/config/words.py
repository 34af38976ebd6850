"""Values with a syntax: names of Python objects and TypeScript types, versions, commands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    Strict,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from samewire.config.mistakes import in_words, mistake
from samewire.dump import EACH, Path
from samewire.extensions import extensions
from samewire.identifiers import is_type_name
from samewire.zod_versions import OLDEST_ZOD

IDENTIFIER = r"[^\W\d]\w*"
DOTTED = rf"{IDENTIFIER}(?:\.{IDENTIFIER})*"
SPEC = re.compile(rf"{DOTTED}(?::(?:\*\*?|{DOTTED}(?:\(\))?))?")
OBJECT = re.compile(rf"{DOTTED}:{DOTTED}")
OPAQUE = re.compile(rf"fields|unknown|{OBJECT.pattern}")
CONTRACT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
VERSION = re.compile(r"\d{1,4}\.\d{1,4}(?:\.\d{1,4})?")
IMPORT_SPECIFIER = re.compile(r"[A-Za-z0-9@._/:~^-]+")
SUFFIX = re.compile(r"[A-Za-z0-9_$]{1,64}")
FIELD_PATH = re.compile(rf"(?:{IDENTIFIER}|\*)(?:\.(?:{IDENTIFIER}|\*))*")

# A file of this name, whatever its ending, cannot exist on Windows.
DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(frozen=True, slots=True, eq=False)
class Reads:
    """Annotates a value that is written as ``written`` and read by ``read``, which takes that and the validation's info."""

    written: object
    read: core_schema.WithInfoValidatorFunction

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        written = handler.generate_schema(self.written)
        return core_schema.with_info_after_validator_function(self.read, written)


@dataclass(frozen=True, slots=True)
class Form:
    """A check that a text has a pattern; ``expected`` says it in words, ``hint`` what to do about a text that has not."""

    pattern: re.Pattern[str]
    expected: str
    hint: Callable[[str], str | None] = lambda _text: None

    def __call__(self, text: str) -> str:
        if self.pattern.fullmatch(text):
            return text
        message = f"expected {self.expected}, found {text!r}"
        raise mistake("config-value", message, self.hint(text))


def matching(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern.pattern})$"})


# --- Texts ------------------------------------------------------------------------------------------------------------


def printable(text: str) -> str:
    if not text or not text.isprintable():
        message = f"expected text without control characters, found {text!r}"
        raise mistake("config-value", message)
    return text


Flag = Annotated[bool, Strict()]
Text = Annotated[str, AfterValidator(printable), WithJsonSchema({"type": "string", "minLength": 1})]

# --- Python -----------------------------------------------------------------------------------------------------------


def _as_module(text: str) -> str | None:
    """A path to a Python file, said as the module it is."""
    path, colon, name = text.partition(":")
    module = path.removesuffix(".py").strip("./").replace("/", ".")
    meant = f"{module}{colon}{name}"
    return f"write {meant!r}" if meant != text and SPEC.fullmatch(meant) else None


def _about_steps(_text: str) -> str:
    return "* stands for every item of a list, and every value of a dictionary"


spec = Form(SPEC, "module:Type, module, or package:**", _as_module)
python_object = Form(OBJECT, "module:Model")
opaque = Form(OPAQUE, '"fields", "unknown" or a type as module:Type')
field_path = Form(FIELD_PATH, "a field, or a path like items.*.name", _about_steps)


def _installed(name: str) -> str:
    names = [one.name for one in extensions()]
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, n=1)
    hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(names)}"
    raise mistake("config-value", f"there is no extension {name!r}", hint)


def root(text: str, info: ValidationInfo) -> str:
    """In a contract from a schema file a root is the name of a type in it, in any other a specification."""
    return text if info.data.get("source") else spec(text)


def _named(text: str, info: ValidationInfo) -> str:
    """What ``names`` names: a type of the schema file, or a model."""
    return text if info.data.get("source") else python_object(text)


def _field_paths(texts: tuple[str, ...], _info: ValidationInfo) -> frozenset[Path]:
    return frozenset(
        tuple(EACH if step == "*" else step for step in text.split(".")) for text in texts
    )


Spec = Annotated[Text, AfterValidator(spec)]
PythonObject = Annotated[Text, AfterValidator(python_object)]
Opaque = Annotated[Text, AfterValidator(opaque)]
Root = Annotated[Text, AfterValidator(root)]
Named = Annotated[Text, AfterValidator(_named)]
FieldPaths = Annotated[
    frozenset[Path], Reads(tuple[Annotated[Text, AfterValidator(field_path)], ...], _field_paths)
]

# --- TypeScript -------------------------------------------------------------------------------------------------------


def contract_name(name: str) -> str:
    """A contract's name is also a file's."""
    if not CONTRACT_NAME.fullmatch(name):
        message = (
            "a contract name consists of a-z, 0-9, - and _ (at most 64), because it becomes a "
            "file name"
        )
        meant = name.lower().replace(" ", "-")
        hint = f"write {meant}" if CONTRACT_NAME.fullmatch(meant) else None
        raise mistake("config-value", message, hint)
    if name in DEVICE_NAMES:
        message = f"{name!r} cannot be a file name on Windows"
        raise mistake("config-value", message, "choose another name")
    return name


def _type_name(text: str) -> str:
    if not is_type_name(text):
        raise mistake("config-value", f"expected a TypeScript type name, found {text!r}")
    return text


def _zod_4(specifier: str) -> str:
    if specifier.endswith("/v3"):
        message = f"{specifier!r} is zod 3; generated validators need zod 4 ('zod', 'zod/v4' or 'zod/mini')"
        raise mistake("config-value", message)
    return specifier


def _quoted(value: object) -> object:
    """In TOML ``4.10`` without quotes is the number 4.1."""
    if isinstance(value, str):
        return value
    message = f'expected a version in quotes like "4.1", found {in_words(value)}'
    raise mistake("config-type", message)


def _zod_version(text: str, _info: ValidationInfo) -> tuple[int, int]:
    major, minor, *_ = map(int, text.split("."))
    if (major, minor) < OLDEST_ZOD:
        message = f"generated validators need zod 4.0 or newer, found {text!r}"
        raise mistake("config-zod-version", message)
    return major, minor


specifier = Form(IMPORT_SPECIFIER, "an import specifier like 'zod' or 'zod/mini'")
suffix = Form(SUFFIX, "letters and digits for the end of a type's name")
version = Form(VERSION, 'a version like "4.1"')

ContractName = Annotated[str, AfterValidator(contract_name)]
Extension = Annotated[str, AfterValidator(_installed)]
TypeName = Annotated[Text, AfterValidator(_type_name)]
Suffix = Annotated[Text, AfterValidator(suffix), matching(SUFFIX)]
ImportSpecifier = Annotated[Text, AfterValidator(specifier), AfterValidator(_zod_4)]
VersionText = Annotated[str, AfterValidator(version), BeforeValidator(_quoted), matching(VERSION)]
ZodVersion = Annotated[tuple[int, int], Reads(VersionText, _zod_version)]
