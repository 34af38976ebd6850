"""
Converts Pydantic's errors about a configuration to diagnostics, each with the path of its key in the file.

A check that raises ``mistake`` has said it all. Everything else that Pydantic finds (a wrong type, an unknown or missing key,
none of the options) is put into words here.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from samewire.config.mistakes import Path, in_words
from samewire.config.tables import Section, TextOr
from samewire.errors import Diagnostic

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
OPTION = re.compile(r"'([^']*)'")

SYNONYMS: Mapping[str, str] = {"ignore": "strip", "allow": "keep", "forbid": "reject"}
"""Words of Pydantic's own configuration, each with the one that means the same here."""

EXPECTED: Mapping[str, str] = {
    "bool_type": "true or false",
    "string_type": "a string",
    "tuple_type": "an array",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
}
"""Pydantic's errors about the type of a value, in TOML's words."""


def diagnostics(
    error: ValidationError, model: type[Section], at: Callable[[Path], str]
) -> Iterator[Diagnostic]:
    """One diagnostic an error; ``at`` says where a path from the top of ``model`` is."""
    for details in error.errors(include_url=False):
        path = details["loc"]
        if path[-1:] == ("[key]",) and details["type"] != "extra_forbidden":
            path = path[:-1]  # the key itself is wrong, not the value under it
        yield _diagnostic(details, path, model, at)


def _diagnostic(
    details: ErrorDetails, path: Path, model: type[Section], at: Callable[[Path], str]
) -> Diagnostic:
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    if "message" in context:
        return Diagnostic(kind, at(path), context["message"], context["hint"])
    if kind == "extra_forbidden":
        hint = _about_key(str(path[-1]), _section_at(model, path[:-1]))
        return Diagnostic("config-unknown-key", at(path), "unknown key", hint)
    if kind == "missing":
        section, key = _section_at(model, path[:-1]), str(path[-1])
        [example, *_] = section.model_fields[section.fields_by_key()[key]].examples or ["..."]
        hint = f"for example {key} = {json.dumps(example)}"
        return Diagnostic("config-value", at(path[:-1]), f"the key {key} is missing", hint)
    if kind == "literal_error":
        return _not_an_option(value, context["expected"], at(path))
    if kind not in EXPECTED:
        return Diagnostic("config-value", at(path), f"{details['msg']}, found {in_words(value)}")
    message = f"expected {EXPECTED[kind]}, found {in_words(value)}"
    as_array = None
    if kind == "tuple_type" and isinstance(value, str):
        as_array = f"write {json.dumps(value.split(), ensure_ascii=False)}"
    return Diagnostic("config-type", at(path), message, as_array)


def _not_an_option(value: object, expected: str, where: str) -> Diagnostic:
    """``expected`` is Pydantic's list: ``'any' or 'safe'``."""
    message = f"expected {expected.replace(chr(39), chr(34))}, found {in_words(value)}"
    if not isinstance(value, str):
        return Diagnostic("config-type", where, message)
    options = OPTION.findall(expected)
    meant = difflib.get_close_matches(value, options, n=1)
    if SYNONYMS.get(value) in options:
        meant = [SYNONYMS[value]]
    hint = f'did you mean "{meant[0]}"?' if meant else None
    return Diagnostic("config-value", where, message, hint)


# --- Keys -------------------------------------------------------------------------------------------------------------


def _about_key(key: str, section: type[Section]) -> str:
    """What to do about an unknown key: the table that it belongs in, or the key that was probably meant."""
    return section.elsewhere.get(key) or suggestion(key, section.fields_by_key())


def suggestion(key: str, known: Iterable[str]) -> str:
    """Which of the ``known`` keys was probably meant."""
    names = sorted(known)
    if key.replace("_", "-").lower() in names:
        return f"keys are written in lower case with hyphens: {key.replace('_', '-').lower()}"
    close = difflib.get_close_matches(key.lower(), names, n=1)
    return f"did you mean {close[0]}?" if close else f"the keys here are {', '.join(names)}"


def _section_at(model: type[Section], path: Path) -> type[Section]:
    """The model of the table at ``path``: of the innermost one, where a key has a table or an array of its own."""
    annotation: Any = model
    section = model
    for step in path:
        section = next(_tables(annotation), section)
        annotation = _inside(annotation, step)
    return next(_tables(annotation), section)


def _inside(annotation: Any, step: str | int) -> Any:
    """The annotation of what ``step`` leads to in a table, or in an array or table of any keys."""
    for section in _tables(annotation):
        field = section.model_fields[section.fields_by_key()[str(step)]]
        return Annotated[field.annotation, None, *field.metadata]
    inner = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return get_args(inner)[0 if isinstance(step, int) else 1]


def _tables(annotation: Any) -> Iterator[type[Section]]:
    """The model of the tables that have this annotation, if it has one."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, TextOr):
        yield annotation.table
    elif origin in (Annotated, Union, UnionType):
        for argument in arguments:
            yield from _tables(argument)
    elif isinstance(annotation, type) and issubclass(annotation, Section):
        yield annotation


def dotted(path: Path) -> str:
    """A TOML path as it is written in a file: ``contracts.api.names."app.models:User"``, with indices in brackets."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            quoted = part if BARE_KEY.fullmatch(part) else '"' + part.replace('"', '\\"') + '"'
            text += f".{quoted}" if text else quoted
    return text
