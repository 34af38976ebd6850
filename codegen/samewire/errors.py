"""
Exceptions and diagnostics.

::

    SamewireError              carries diagnostics; the command line prints them and exits with 2
    ├── ConfigError            the configuration: unknown key, wrong value, no file
    ├── DiscoverError          a root that can't be imported or isn't a type
    ├── ModelError             a model, field or type that has no exact form in a target
    ├── SchemaError            a schema document that can't be read, at a JSON pointer
    ├── NameClashError         two types that want one name, which only the user can decide
    ├── FormatterError         the configured formatter command failed
    ├── ArtifactError          a generated file that can't be read or written, or is in somebody's way
    ├── WatchError             what watches files is not installed
    └── VerifyError            nothing to verify with: no Node, no package, a factory or payloads that can't be used

A diagnostic names the place, what is wrong there, and the way out. Its ``code`` is stable and listed in docs/errors.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """
    One finding.

    ``code`` is a stable kebab-case word (``opaque-serializer``). ``where`` is what the user can search for:
    ``app.models:User.email``, a JSON pointer ``schema/api.json#/$defs/User``, or a file and key of the configuration. ``hint``
    says how to fix it. If one cause affects several ``places``, ``where`` is the first. ``takes`` are the types that are
    omitted because of it: ``module:name``, or the name of a definition without a class.
    """

    code: str
    where: str
    message: str
    hint: str | None = None
    places: int = 1
    takes: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f"{self.where}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class SamewireError(Exception):
    """Base of all errors that the input causes, as opposed to bugs of Samewire."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics


class ConfigError(SamewireError):
    pass


class DiscoverError(SamewireError):
    pass


class ModelError(SamewireError):
    pass


class SchemaError(SamewireError):
    pass


class NameClashError(SamewireError):
    pass


class FormatterError(SamewireError):
    pass


class ArtifactError(SamewireError):
    pass


class WatchError(SamewireError):
    pass


class VerifyError(SamewireError):
    pass


def first_names(names: Sequence[str], count: int) -> str:
    """
    The first names, and how many more there are.

    >>> first_names(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    more = f" and {len(names) - count} more" if len(names) > count else ""
    return ", ".join(names[:count]) + more
