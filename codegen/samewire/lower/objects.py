"""Objects and dictionaries, from any number of schemas that hold at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samewire import ir
from samewire.lower.docs import doc_of
from samewire.lower.keys import key_type, matching
from samewire.lower.scope import Scope, Site
from samewire.schema.keywords import IN_PLACE, REFUSED


@dataclass(frozen=True, slots=True)
class Shape:
    """What one schema says of an object: its properties, and the keys that are not among them."""

    site: Site
    properties: dict[str, Site]
    patterns: dict[str, Site]
    required: tuple[str, ...]
    additional: Site | None

    @property
    def closed(self) -> bool:
        return self.additional is not None and self.additional.schema in (False, {"not": {}})


def object_type(sites: Sequence[Site], scope: Scope, remaining: Site | None) -> ir.Type:
    """
    An object if any schema names a key, else a dictionary.

    ``remaining`` is the schema of ``unevaluatedProperties`` around all of them: what holds for keys that none knows.
    """
    _refuse(sites, scope)
    shapes = [_shape(site, scope) for site in sites]
    if remaining is not None and all(shape.additional is None for shape in shapes):
        # Of the keys that are known to the others it has nothing to say.
        known = {
            key: Site(True, each.pointer)
            for shape in shapes
            for key, each in shape.properties.items()
        }
        shapes.append(Shape(sites[0], known, {}, (), remaining))
    if any(shape.patterns for shape in shapes):
        return _patterned(shapes, scope)
    if any(shape.site.has("properties") or shape.required for shape in shapes):
        return _object(shapes, scope)
    return _record(shapes, [], [shape.additional for shape in shapes], scope)


def _shape(site: Site, scope: Scope) -> Shape:
    additional = scope.schema(site, "additionalProperties")
    if additional is None and not site.has(*IN_PLACE):
        additional = scope.schema(site, "unevaluatedProperties")
    return Shape(
        site,
        scope.named_schemas(site, "properties"),
        scope.named_schemas(site, "patternProperties"),
        scope.texts(site, "required"),
        additional,
    )


# --- Objects ----------------------------------------------------------------------------------------------------------


def _object(shapes: Sequence[Shape], scope: Scope) -> ir.Type:
    declared = {key: each for shape in reversed(shapes) for key, each in shape.properties.items()}
    keys = dict.fromkeys(key for shape in shapes for key in shape.properties)
    required = dict.fromkeys(key for shape in shapes for key in shape.required)
    properties: list[ir.Property] = []
    for key in keys | required:
        _refuse_unreachable(key, shapes, scope)
        parts = [shape.properties.get(key, shape.additional) for shape in shapes]
        type_ = _all_of(parts, scope)
        split = key in required and any(shape.site.derived for shape in shapes)
        if (split or key not in declared) and isinstance(type_, ir.Never):
            return type_
        doc = doc_of(declared[key], key) if key in declared else ir.NO_DOC
        properties.append(ir.Property(key, type_, key in required, doc))
    extra = _extra(shapes, scope)
    _refuse_counts(shapes, properties, extra, scope)
    return ir.Object(tuple(properties), extra)


def _extra(shapes: Sequence[Shape], scope: Scope) -> ir.Extra:
    given = [shape.additional for shape in shapes if shape.additional is not None]
    if given:
        rest = scope.type_of(*given)
        return ir.REJECT if isinstance(rest, ir.Never) else ir.Keep(rest)
    # Without any property this is a dictionary of which some keys are known, and a dictionary keeps what it has.
    return (
        ir.STRIP
        if any(shape.site.has("properties") and not shape.site.derived for shape in shapes)
        else ir.Keep(ir.Unknown())
    )


def _all_of(schemas: Iterable[Site | None], scope: Scope) -> ir.Type:
    given = [schema for schema in schemas if schema is not None]
    return scope.type_of(*given) if given else ir.Unknown()


def _refuse_unreachable(key: str, shapes: Sequence[Shape], scope: Scope) -> None:
    """A key that one schema describes and another shuts out: legal, and surely not what was meant."""
    owner = next(
        (shape for shape in shapes if key in shape.properties and not shape.site.derived), None
    )
    for shape in shapes:
        if owner is not None and shape.closed and key not in shape.properties:
            message = (
                f"refuses the key {key!r}, which a schema that holds at the same time describes"
            )
            hint = "put unevaluatedProperties: false beside allOf, instead of additionalProperties: false inside it"
            scope.refuse(
                "closed-all-of", shape.additional.pointer if shape.additional else (), message, hint
            )


def _refuse_counts(
    shapes: Sequence[Shape], properties: Sequence[ir.Property], extra: ir.Extra, scope: Scope
) -> None:
    low, high = scope.counts([shape.site for shape in shapes], "minProperties", "maxProperties")
    needed = sum(each.required for each in properties)
    if low is not None and low > needed:
        _refuse_count("minProperties", shapes, scope)
    if high is not None and (extra is not ir.REJECT or high < len(properties)):
        _refuse_count("maxProperties", shapes, scope)


def _refuse_count(keyword: str, shapes: Sequence[Shape], scope: Scope) -> None:
    hint = "say which keys are required, or leave properties out and describe a dictionary"
    for shape in shapes:
        if shape.site.has(keyword):
            message = f"{keyword} has no exact form for an object with properties"
            scope.refuse("no-exact-form", shape.site.at(keyword), message, hint)


# --- Dictionaries -----------------------------------------------------------------------------------------------------


def _record(
    shapes: Sequence[Shape], keys: Sequence[Site], values: Iterable[Site | None], scope: Scope
) -> ir.Type:
    sites = [shape.site for shape in shapes]
    names = [each for site in sites if (each := scope.schema(site, "propertyNames")) is not None]
    key = key_type([*keys, *names], sites[0].pointer, scope)
    value = _all_of(values, scope)
    low, high = scope.counts(sites, "minProperties", "maxProperties")
    if isinstance(value, ir.Never) or isinstance(key, ir.Never) or high == 0:
        return ir.Object((), ir.REJECT) if low is None else ir.Never()
    if low is not None and high is not None and low > high:
        return ir.Never()
    return ir.Record(key, value, low, high)


def _patterned(shapes: Sequence[Shape], scope: Scope) -> ir.Type:
    """One pattern, and no other keys: a dictionary whose keys match it."""
    (owner, *others) = [shape for shape in shapes if shape.patterns]
    named = any(shape.properties or shape.required for shape in shapes)
    if others or named or len(owner.patterns) > 1 or not owner.closed:
        message = "patternProperties has an exact form only alone: one pattern, with additionalProperties: false"
        hint = "describe the keys with properties, or all of them with propertyNames and additionalProperties"
        scope.refuse("no-exact-form", owner.site.at("patternProperties"), message, hint)
        return ir.Never()
    ((pattern, value),) = owner.patterns.items()
    values = [value, *(shape.additional for shape in shapes if shape is not owner)]
    return _record(shapes, [matching(pattern, value.pointer)], values, scope)


def _refuse(sites: Sequence[Site], scope: Scope) -> None:
    described = any(site.has("properties", "required") for site in sites)
    for site in sites:
        if site.schema.get("dependencies"):
            message = "dependencies has no exact form"
            hint = REFUSED["dependencies"]
            scope.refuse("unsupported-keyword", site.at("dependencies"), message, hint)
        names = site.schema.get("propertyNames", True)
        if described and names not in (True, {}, {"type": "string"}):
            message = "propertyNames has no exact form for an object with properties"
            hint = "leave properties out and describe a dictionary, or drop propertyNames"
            scope.refuse("no-exact-form", site.at("propertyNames"), message, hint)
