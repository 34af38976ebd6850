"""
Forms of a type: what is emitted, with which dump options, and what is accepted, under which configuration.

A model has a configuration of its own. A typed dictionary, a plain dataclass, a named tuple or an alias has that of the model
it stands in, so the same class may be two different things in two models.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from pydantic import AliasGenerator

from samewire.coreschema import unwrapped
from samewire.dump import DumpOptions

Form: TypeAlias = str
"""``serialization``, ``validation``; ``serialization~2`` with other dump options, ``serialization@...`` by a model's settings."""

EMITS: Final = "serialization"
ACCEPTS: Final = "validation"

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


def settings(core: Mapping[str, Any] | None, config: Mapping[str, Any], *, emits: bool) -> str:
    """
    The part of a form that says in what configuration a definition is generated; empty for what has its own.

    >>> settings({"type": "typed-dict"}, {"ser_json_bytes": "hex", "title": "x"}, emits=True)
    '@SerJsonBytesHex'
    """
    if core is None or _has_its_own(core):
        return ""
    keys = _EMITTED if emits else _ACCEPTED
    found = [
        f"{_word(key)}{_word(str(config[key]))}" for key in keys if config.get(key) is not None
    ]
    if (generator := config.get("alias_generator")) is not None:
        found.append(_generator_name(generator))
    return f"@{''.join(found)}" if found else ""


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
        return "".join(_generator_name(each) for each in functions if each is not None)
    name = str(getattr(generator, "__name__", type(generator).__name__))
    return _word(re.sub(r"\W", "_", name))


def _word(text: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in text.replace("-", "_").split("_"))


def suffix(form: Form, forms: Mapping[DumpOptions, Form], own: Mapping[Form, str]) -> str:
    """What the name of a type gets in one of several forms; ``own`` are the suffixes that the user has given to some."""
    dumped, _, given = form.partition("@")
    if dumped in (EMITS, ACCEPTS):
        return given
    if dumped in own:
        return own[dumped] + given
    base = next(iter(forms))
    dump = next(dump for dump, known in forms.items() if known == dumped)
    whole = own.get(forms.get(dump.everything(), ""))
    return (f"{whole}Part" if whole is not None else dump.suffix(base)) + given


def in_order(forms: Mapping[DumpOptions, Form]) -> Mapping[Form, int]:
    """The place of each form but for its settings: the contract's own first, the others by their options."""
    base, *others = forms
    others.sort(key=lambda dump: (dump.selects, dump.order()))
    ordered = [*(forms[dump] for dump in (base, *others)), ACCEPTS]
    return {form: place for place, form in enumerate(ordered)}
