"""Objects and dictionaries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from samewire import ir
from samewire.lower.docs import doc_of
from samewire.lower.keys import key_type
from samewire.lower.references import implied_types
from samewire.lower.scope import BeyondSubsetError, Scope, Site
from samewire.lower.unions import checked

STRING: Final = frozenset(("string",))


def object_type(site: Site, scope: Scope) -> ir.Type:
    """An object with ``properties``, none of which it requires without describing it."""
    described = scope.named_schemas(site, "properties")
    required = frozenset(scope.texts(site, "required"))
    if not site.has("properties") or not required <= described.keys():
        raise BeyondSubsetError
    properties: list[ir.Property] = []
    for key, schema in described.items():
        type_ = scope.type_of(schema)
        if key in required and isinstance(type_, ir.Never):
            return type_
        properties.append(ir.Property(key, type_, key in required, doc_of(schema, key)))
    rest = scope.schema(site, "additionalProperties")
    extra = ir.STRIP if rest is None else extra_of(scope.type_of(rest))
    return ir.Object(tuple(properties), extra, tuple(names_of(site, scope)))


def names_of(site: Site, scope: Scope) -> Iterator[ir.Names]:
    """
    Under which names values are read (``x-samewire-names``).

    A type stands under the first name that is a key, or else under the first path that is not counted from an end.
    """
    entries = site.schema.get("x-samewire-names", [])
    for entry in entries if isinstance(entries, list) else [None]:
        paths = list(map(_path, entry)) if isinstance(entry, list) else []
        keys = [path for path in paths if len(path) == 1]
        forward = [
            path for path in paths if not any(isinstance(one, int) and one < 0 for one in path)
        ]
        if forward and all(map(_is_path, paths)):
            yield ir.Names(next(iter([*keys, *forward])), tuple(paths))
        else:
            scope.invalid(site, "x-samewire-names", "a list of lists of names")


def _is_path(path: ir.Path) -> bool:
    return (
        bool(path)
        and isinstance(path[0], str)
        and all(isinstance(one, str) or type(one) is int for one in path)
    )


def _path(value: Any) -> ir.Path:  # JSON
    return tuple(value) if isinstance(value, list) else (value,)


def extra_of(rest: ir.Type) -> ir.Extra:
    """What happens to the keys that no property describes, by the type of their values."""
    return ir.REJECT if isinstance(rest, ir.Never) else ir.Keep(rest)


def record_type(site: Site, scope: Scope) -> ir.Type:
    """A dictionary."""
    rest = scope.schema(site, "additionalProperties")
    names = scope.schema(site, "propertyNames")
    key: ir.Type = ir.String()
    if names is not None:
        if implied_types(names, scope) != STRING:
            raise BeyondSubsetError
        key = scope.type_of(names)
    at = site.pointer if names is None else names.pointer
    value = ir.Unknown() if rest is None else scope.type_of(rest)
    low, high = scope.counts([site], "minProperties", "maxProperties")
    return record_of(*key_type(key, at, scope), value, low, high)


def record_of(
    key: ir.Type, check: ir.Type | None, value: ir.Type, low: int | None, high: int | None
) -> ir.Type:
    """Dictionaries of as many entries as the limits allow; ``check`` is what is checked of a key beside its type."""
    if isinstance(value, ir.Never) or isinstance(key, ir.Never) or high == 0:
        return ir.Object((), ir.REJECT) if low is None else ir.Never()
    if low is not None and high is not None and low > high:
        return ir.Never()
    checks = [] if check is None else [ir.PropertyNames(check)]
    return checked(ir.Record(key, value, low, high), checks)
