"""What is verified: each root and each model of a contract, in each direction that it goes."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, Final, cast

from pydantic import BaseModel, TypeAdapter
from pydantic.errors import PydanticUserError

from samewire import ir
from samewire.config import ContractConfig
from samewire.coreschema import WRAPPERS, CoreSchema, choices, schemas, unwrapped
from samewire.coreschema.flat import Flat
from samewire.export import Described
from samewire.export.tables import has_table
from samewire.scalars.date_times import PROMISED
from samewire.scalars.temporal import Zone
from samewire.targets.typescript.decoding import decoding, wire_name
from samewire.targets.typescript.names import assign_identifiers, assign_validators
from samewire.verify.oracle import Oracle
from samewire.verify.places import tags, users
from samewire.walk import as_written

_IN_PYTHON: Final = " (python)"


def in_python(contract: str) -> str:
    """
    What the Python module of a contract is called.

    >>> in_python("chat"), contract_of(in_python("chat"))
    ('chat (python)', 'chat')
    """
    return f"{contract}{_IN_PYTHON}"


def contract_of(name: str) -> str:
    return name.removesuffix(_IN_PYTHON)


@dataclass(frozen=True, eq=False)
class Terms:
    """
    A contract as it is verified. ``written`` are the definitions without what open types do not list, ``tags`` the keys that tell
    members of unions apart, ``flat`` is what the core schemas of its types consist of. ``promised`` is what every ``datetime`` is
    said to have, ``promised_times`` every ``time``; ``decoded`` are the decoded definitions.
    """

    name: str
    output: Path
    definitions: Mapping[str, ir.Definition]
    written: Mapping[str, ir.Definition]
    tags: frozenset[str]
    safe_integers: bool
    finite_floats: bool
    excluded_fields: bool
    flat: Flat
    promised: Zone = Zone.ANY
    promised_times: Zone = Zone.ANY
    decoded: frozenset[str] = frozenset()

    @property
    def contract(self) -> str:
        return contract_of(self.name)

    @functools.cached_property
    def in_python(self) -> Terms:
        """The same for the Python module of the contract, which is verified apart."""
        return replace(self, name=in_python(self.name))

    def model(self, definition: str) -> str:
        """What a definition is called in Python."""
        return self.definitions[definition].source or definition


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """
    One definition in one direction.

    ``schema`` is the exported validator, ``typescript`` the exported type, ``annotation`` the Python type.
    """

    terms: Terms
    definition: ir.Definition
    direction: ir.Direction
    schema: str
    typescript: str
    annotation: object
    root: bool
    oracle: Oracle

    @property
    def in_python(self) -> bool:
        return self.terms.name != self.terms.contract

    @property
    def model(self) -> str:
        return self.terms.model(self.definition.name)

    @property
    def json_type(self) -> str:
        """The type of its JSON, in a file that imports the types as ``t`` and those of JSON as ``w``."""
        if self.definition.name in self.terms.decoded:
            return f"w.{wire_name(self.typescript)}"
        return f"t.{self.typescript}"

    @property
    def key(self) -> tuple[str, ir.Direction]:
        """The definition and the direction."""
        return self.definition.name, self.direction

    def matches(self, name: str) -> bool:
        """By ``module:Class``, by the class alone, or by the name in the contract."""
        return name in (
            self.model,
            self.model.rpartition(":")[2],
            self.definition.name,
            self.typescript,
        )


def subjects_of(terms: Terms, described: Sequence[Described]) -> Iterator[Subject]:
    """Innermost models first, so that what is wrong with one is told of that one."""
    names = assign_identifiers(terms.definitions, contract=terms.name)
    validators = assign_validators(names, contract=terms.name)
    rank = {name: index for index, name in enumerate(_inwards(terms.definitions))}
    known = [
        each
        for each in described
        if each.definition in rank
        and _stands_alone(each, terms.definitions[each.definition].source or "")
    ]
    for each in sorted(known, key=lambda one: (rank[one.definition], one.direction != "emits")):
        try:
            adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", each.type))
        except PydanticUserError:  # an alias with names in quotes, which only its module knows
            continue
        if not each.root and _is_more_than_the_class(each.type, adapter.core_schema):
            continue
        depends = terms.flat.each(adapter.core_schema, _is_written_as_the_root)
        if not each.root and each.direction == "emits" and any(depends):
            continue
        if any(terms.flat.each(adapter.core_schema, has_table)):
            continue  # Pydantic validates nothing of it, which generation warns of
        name = names[each.definition]
        yield Subject(
            terms,
            terms.definitions[each.definition],
            each.direction,
            validators[each.definition],
            name,
            each.type,
            each.root,
            Oracle(adapter, each.dump, terms.flat),
        )


def terms_of(contract: ContractConfig, output: Path, found: ir.Contract) -> Terms:
    options = contract.options
    definitions = {each.name: each for each in found.definitions}
    return Terms(
        contract.name,
        output,
        definitions,
        as_written(definitions),
        tags(definitions),
        safe_integers=options.integers == "safe",
        finite_floats=options.floats == "finite",
        excluded_fields=bool(options.exclude),
        flat=Flat(),
        promised=PROMISED.get(options.datetimes, Zone.ANY),
        promised_times=Zone.NAIVE if options.times == "naive" else Zone.ANY,
        decoded=decoding(definitions, options.decoded.unsaid).types,
    )


def _stands_alone(described: Described, source: str) -> bool:
    """
    Whether a type means the same by itself as it does inside of others.

    A dataclass, typed dictionary or named tuple without a configuration of its own takes on that of the model around it, and so
    does the way in which the values of an enumeration are written. Of a generic one that is no model, the arguments are lost.
    """
    type_ = described.type
    if described.root or not isinstance(type_, type) or issubclass(type_, BaseModel):
        return True
    if issubclass(type_, Enum):
        return all(type(each.value) in (str, int) for each in type_)
    return "[" not in source and getattr(type_, "__pydantic_config__", None) is not None


def _is_more_than_the_class(type_: object, core: CoreSchema) -> bool:
    """Whether a class by itself is a union of its own schema and others, which stand beside the class inside of other types."""
    inner = unwrapped(core, (*WRAPPERS, "definitions"))
    return isinstance(type_, type) and bool(choices(inner))


def _is_written_as_the_root(part: CoreSchema) -> bool:
    """Whether there are literals or members of an enumeration that Pydantic writes by the configuration of what is dumped."""
    for schema in schemas(part):
        match schema:
            case {"type": "literal", "expected": values} | {"type": "enum", "members": values}:
                plain = (getattr(value, "value", value) for value in values)
                if not all(isinstance(value, str | int | None) for value in plain):
                    return True
    return False


def _inwards(definitions: Mapping[str, ir.Definition]) -> list[str]:
    """Definitions after those that they refer to, as far as there is such an order."""
    refers = users(definitions)
    order: dict[str, None] = {}
    entered: set[str] = set()
    for start in definitions:
        waiting = [(start, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                order.setdefault(name)
            elif name not in entered and name in definitions:
                entered.add(name)
                waiting.append((name, True))
                waiting += [(inner, False) for inner in sorted(refers[name])]
    return list(order)
