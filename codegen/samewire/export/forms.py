"""
Forms of a type: what is emitted, with which dump options, and what is accepted, under which configuration.

A model has a configuration of its own. A typed dictionary, a plain dataclass, a named tuple or an alias has that of the model
it stands in, so the same class may be two different things in two models.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from pydantic import AliasGenerator
from pydantic.json_schema import JsonSchemaMode

from samewire.coreschema import unwrapped
from samewire.dump import DumpOptions

Form: TypeAlias = str
"""``serialization``, ``validation``; ``serialization~2`` with other dump options, ``serialization@...`` in a configuration."""

EMITS: Final[JsonSchemaMode] = "serialization"
ACCEPTS: Final[JsonSchemaMode] = "validation"

_EMITTED = (
    "allow_inf_nan",
    "regex_engine",
    "ser_json_bytes",
    "ser_json_inf_nan",
    "ser_json_temporal",
    "ser_json_timedelta",
    "serialize_by_alias",
    "str_max_length",
    "str_min_length",
    "str_strip_whitespace",
    "str_to_lower",
    "str_to_upper",
    "use_enum_values",
    "extra",
)
_ACCEPTED = (
    "allow_inf_nan",
    "coerce_numbers_to_str",
    "extra",
    "populate_by_name",
    "regex_engine",
    "str_max_length",
    "str_min_length",
    "str_strip_whitespace",
    "str_to_lower",
    "str_to_upper",
    "val_json_bytes",
    "val_temporal_unit",
    "validate_by_alias",
    "validate_by_name",
)


def configuration(core: Mapping[str, Any] | None, config: Mapping[str, Any], *, emits: bool) -> str:
    """
    The part of a form that says in what configuration a definition is generated; empty for what has its own.

    >>> configuration({"type": "typed-dict"}, {"ser_json_bytes": "hex", "title": "x"}, emits=True)
    '@SerJsonBytesHex'
    """
    if core is None or _has_its_own(core):
        return ""
    keys = _EMITTED if emits else _ACCEPTED
    words = [
        f"{_word(key)}{_word(str(config[key]))}" for key in keys if config.get(key) is not None
    ]
    if (generator := config.get("alias_generator")) is not None:
        words.append(_generator_name(generator))
    return f"@{''.join(words)}" if words else ""


def _has_its_own(core: Mapping[str, Any]) -> bool:
    core = unwrapped(core)
    if core["type"] == "dataclass":
        return hasattr(core["cls"], "__pydantic_config__")
    # Infinity is written as the model around says, by an enumeration of floats alone.
    return core["type"] == "model" or (core["type"] == "enum" and core.get("sub_type") != "float")


def _generator_name(generator: object) -> str:
    """What an alias generator is called; functions of one name are told apart by the keys that they made."""
    if isinstance(generator, AliasGenerator):
        functions = (generator.alias, generator.validation_alias, generator.serialization_alias)
        return "".join(_generator_name(function) for function in functions if function is not None)
    name = str(getattr(generator, "__name__", type(generator).__name__))
    return _word(re.sub(r"\W", "_", name))


def _word(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in text.replace("-", "_").split("_"))


class Forms:
    """The forms of a run by dump options, the contract's own first; ``suffixes`` are those that the user gave to some."""

    def __init__(self, base: DumpOptions) -> None:
        self.by_dump: dict[DumpOptions, Form] = {base: EMITS}
        self.suffixes: dict[Form, str] = {}

    def of(self, dump: DumpOptions) -> Form:
        """The form of what is emitted with some dump options."""
        return self.by_dump.setdefault(dump, f"{EMITS}~{len(self.by_dump)}")

    def dump_of(self, form: Form) -> DumpOptions:
        """The dump options of a form; those of the contract for what is accepted."""
        base = next(iter(self.by_dump))
        return next((dump for dump, known in self.by_dump.items() if known == form), base)

    def give_suffix(self, form: Form, suffix: str, among: Iterable[Form]) -> None:
        """Gives a suffix of the user's to a form, and to those forms ``among`` that a choice of fields led to."""
        if form == EMITS:
            return
        for dump, known in self.by_dump.items():
            if known == form or (dump.selects and known in among):
                self.suffixes.setdefault(known, suffix)

    def suffix(self, form: Form) -> str:
        """What the name of a type gets in one of several forms."""
        dumped, _, config = form.partition("@")
        if dumped in (EMITS, ACCEPTS):
            return config
        if dumped in self.suffixes:
            return self.suffixes[dumped] + config
        dump = self.dump_of(dumped)
        whole = self.suffixes.get(self.by_dump.get(dump.everything(), ""))
        base = next(iter(self.by_dump))
        return (f"{whole}Part" if whole is not None else dump.suffix(base)) + config

    def in_order(self) -> Mapping[Form, int]:
        """The place of each form but for its configuration: the contract's own first, the others by their options."""
        base, *others = self.by_dump
        others.sort(key=lambda dump: (dump.selects, dump.order()))
        ordered = [*(self.by_dump[dump] for dump in (base, *others)), ACCEPTS]
        return {form: place for place, form in enumerate(ordered)}
