"""Objects and dictionaries, from any number of schemas that apply at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samewire import ir
from samewire.jsonschema.evaluated import described, unevaluated_properties
from samewire.jsonschema.scope import DERIVED, DerivedSite, Scope
from samewire.lower.docs import doc_of
from samewire.lower.keys import key_type
from samewire.lower.keywords import refuse_keyword
from samewire.lower.objects import extra_of, names_of, record_of
from samewire.lower.scope import Site
from samewire.lower.unions import checked
from samewire.schema.keywords import IN_PLACE
from samewire.schema.pointers import Pointer


@dataclass(frozen=True, slots=True)
class Shape:
    """
    What one schema says of an object: its properties, and the keys that are not among them.

    ``patterned``: its patterns say which keys ``additional`` is about, so that both are checked.
    """

    site: Site
    properties: dict[str, Site]
    patterns: dict[str, Site]
    required: tuple[str, ...]
    additional: Site | None

    @property
    def patterned(self) -> bool:
        return bool(self.patterns)

    def of(self, key: str) -> Site | None:
        """What the type of a key says."""
        return self.properties.get(key, None if self.patterned else self.additional)

    @property
    def others(self) -> Site | None:
        """What the type of all keys says that no property is called."""
        if not self.patterned or self.additional is None:
            return self.additional
        schemas = [site.schema for site in (*self.patterns.values(), self.additional)]
        return Site({"anyOf": schemas}, self.site.at("patternProperties", DERIVED))


def object_type(sites: Sequence[Site], scope: Scope, remaining: Site | None) -> ir.Type:
    """
    An object if any schema names a key, else a dictionary.

    ``remaining`` has ``unevaluatedProperties`` around all of them: what holds for keys that none knows.
    """
    _refuse(sites, scope)
    shapes = [_shape(site, scope) for site in sites]
    checks: list[ir.Check] = []
    if remaining is not None:
        if any(shape.patterned for shape in shapes):
            checks += unevaluated_properties(remaining, scope)
        elif all(shape.additional is None for shape in shapes):
            shapes.append(_around(shapes, scope.schema(remaining, "unevaluatedProperties")))
    alone = _only_pattern(shapes)
    if alone is not None:
        ((pattern, value),) = alone.patterns.items()
        values = [value, *(shape.additional for shape in shapes if shape is not alone)]
        return checked(_record(shapes, [_matching(pattern, value.pointer)], values, scope), checks)
    for shape in shapes:
        checks += _pattern_checks(shape, scope)
    if any(shape.site.has("properties") or shape.required for shape in shapes):
        return checked(_object(shapes, scope), [*checks, *_object_checks(shapes, scope)])
    return checked(_record(shapes, [], [shape.others for shape in shapes], scope), checks)


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


def _around(shapes: Sequence[Shape], rest: Site | None) -> Shape:
    """Of the keys that are known to the others it has nothing to say."""
    known = {
        key: Site(True, site.pointer) for shape in shapes for key, site in shape.properties.items()
    }
    return Shape(shapes[0].site, known, {}, (), rest)


def _only_pattern(shapes: Sequence[Shape]) -> Shape | None:
    """The schema with one pattern and no other keys, where no other schema names any: a dictionary whose keys match it."""
    owners = [shape for shape in shapes if shape.patterned]
    if len(owners) != 1 or any(shape.properties or shape.required for shape in shapes):
        return None
    (owner,) = owners
    closed = owner.additional is not None and owner.additional.schema in (False, {"not": {}})
    return owner if closed and len(owner.patterns) == 1 else None


def _matching(pattern: str, pointer: Pointer) -> Site:
    """The schema of the strings that a pattern matches, as a key of ``patternProperties``."""
    return Site({"type": "string", "pattern": pattern}, pointer)


def _pattern_checks(shape: Shape, scope: Scope) -> Iterator[ir.Check]:
    if not shape.patterned:
        return
    known = described(shape.site, scope)
    for pattern, site in zip(known.patterns, shape.patterns.values(), strict=False):
        value = scope.type_of(site)
        if value != ir.Unknown():
            yield ir.PatternProperties(pattern, value)
    if shape.additional is not None:
        rest = scope.type_of(shape.additional)
        if rest != ir.Unknown():
            yield ir.UnevaluatedProperties(known, rest)


# --- Objects ----------------------------------------------------------------------------------------------------------


def _object(shapes: Sequence[Shape], scope: Scope) -> ir.Type:
    declared = {key: site for shape in reversed(shapes) for key, site in shape.properties.items()}
    keys = dict.fromkeys(key for shape in shapes for key in shape.properties)
    required = dict.fromkeys(key for shape in shapes for key in shape.required)
    properties: list[ir.Property] = []
    for key in keys | required:
        type_ = _all_of([shape.of(key) for shape in shapes], scope)
        if key in required and isinstance(type_, ir.Never):
            _refuse_unreachable(key, shapes, scope)
            return type_
        doc = doc_of(declared[key], key) if key in declared else ir.NO_DOC
        properties.append(ir.Property(key, type_, key in required, doc))
    names = tuple(names for shape in shapes for names in names_of(shape.site, scope))
    return ir.Object(tuple(properties), _extra(shapes, scope), names)


def _refuse_unreachable(key: str, shapes: Sequence[Shape], scope: Scope) -> None:
    """A key that one schema requires and another shuts out: legal, and surely not what was meant, as no value is left."""
    if any(isinstance(shape.site, DerivedSite) for shape in shapes):
        return
    for shape in shapes:
        described_elsewhere = any(key in other.properties for other in shapes)
        closed = shape.additional is not None and shape.additional.schema is False
        if closed and described_elsewhere and key not in shape.properties and not shape.patterned:
            message = (
                f"refuses the key {key!r}, which a schema that applies at the same time requires"
            )
            hint = "put unevaluatedProperties: false beside allOf, instead of additionalProperties: false inside it"
            scope.refuse(
                "closed-all-of", shape.additional.pointer if shape.additional else (), message, hint
            )


def _extra(shapes: Sequence[Shape], scope: Scope) -> ir.Extra:
    rests = [rest for shape in shapes if (rest := shape.others) is not None]
    if rests:
        return extra_of(scope.type_of(*rests))
    # Without any property this is a dictionary of which some keys are known, and a dictionary keeps what it has.
    named = any(
        shape.site.has("properties") and not isinstance(shape.site, DerivedSite) for shape in shapes
    )
    patterned = any(shape.patterned for shape in shapes)
    return ir.STRIP if named and not patterned else ir.Keep(ir.Unknown())


def _all_of(schemas: Iterable[Site | None], scope: Scope) -> ir.Type:
    stated = [schema for schema in schemas if schema is not None]
    return scope.type_of(*stated) if stated else ir.Unknown()


def _object_checks(shapes: Sequence[Shape], scope: Scope) -> Iterator[ir.Check]:
    """What an object with properties can't say of its keys."""
    sites = [shape.site for shape in shapes]
    for site in sites:
        name = scope.schema(site, "propertyNames")
        if name is not None:
            key = scope.type_of(Site({"type": "string"}, name.pointer), name)
            if key != ir.String():
                yield ir.PropertyNames(key)
    low, high = scope.counts(sites, "minProperties", "maxProperties")
    required = {key for shape in shapes for key in shape.required}
    closed = any(
        shape.additional is not None and shape.additional.schema is False and not shape.patterned
        for shape in shapes
    )
    if low is not None and low <= len(required):
        low = None
    if (
        high is not None
        and closed
        and high >= len({k for shape in shapes for k in shape.properties})
    ):
        high = None
    if low is not None or high is not None:
        yield ir.PropertyCount(low, high)


# --- Dictionaries -----------------------------------------------------------------------------------------------------


def _record(
    shapes: Sequence[Shape], keys: Sequence[Site], values: Iterable[Site | None], scope: Scope
) -> ir.Type:
    sites = [shape.site for shape in shapes]
    names = [name for site in sites if (name := scope.schema(site, "propertyNames")) is not None]
    key, check = _key([*keys, *names], sites[0].pointer, scope)
    value = _all_of(values, scope)
    return record_of(key, check, value, *scope.counts(sites, "minProperties", "maxProperties"))


def _key(schemas: Sequence[Site], pointer: Pointer, scope: Scope) -> tuple[ir.Type, ir.Type | None]:
    """A key for which all schemas hold, and which is a string whether they say so or not."""
    if not schemas:
        return ir.String(), None
    key = scope.type_of(Site({"type": "string"}, pointer), *schemas)
    with scope.copy():
        return key_type(key, schemas[0].pointer, scope)


def _refuse(sites: Sequence[Site], scope: Scope) -> None:
    for site in sites:
        if site.schema.get("dependencies"):
            refuse_keyword("dependencies", "dependencies has no exact form", site, scope)
