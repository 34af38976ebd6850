"""Types in one normal form, in which equal ones are written alike: aliases are followed, and keys and unions have one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from samewire import ir
from samewire.graph import components
from samewire.lower.unions import identity, union
from samewire.walk import references


@dataclass(slots=True)
class Side:
    """
    The definitions of a contract. ``classes`` has what each is called on both sides; what is none, and does not lead back to
    itself, is followed.
    """

    definitions: Mapping[str, ir.Definition]
    classes: Mapping[str, str]
    kept: set[str] = field(default_factory=set)
    known: dict[str, ir.Type] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edges = {
            name: () if _is_class(each.type) else references(each.type)
            for name, each in self.definitions.items()
        }
        for group in components(edges, edges):
            if (
                len(group) > 1
                or group[0] in edges[group[0]]
                or _is_class(self.definitions[group[0]].type)
            ):
                self.kept |= {*group}

    def of(self, name: str) -> str:
        """A definition in the normal form."""
        return identity(self.normal(self.definitions[name].type))

    def normal(self, type_: ir.Type) -> ir.Type:
        match type_:
            case ir.Ref(name) if name in self.kept:
                return ir.Ref(self.classes.get(name, name))
            case ir.Ref(name):
                if name not in self.known:
                    self.known[name] = self.normal(self.definitions[name].type)
                return self.known[name]
            case ir.Union(members, tag):
                made = union(map(self.normal, members), tag)
                inner = made.inner if isinstance(made, ir.Nullable) else made
                if not isinstance(inner, ir.Union):
                    return made
                whole = ir.Union(tuple(sorted(inner.members, key=identity)))
                return whole if inner is made else ir.Nullable(whole)
            case ir.Nullable(inner):
                return self.normal(ir.Union((inner, ir.Null())))
            case ir.Literal(values):
                return ir.Literal(tuple(sorted(values, key=repr)))
            case ir.Array(items):
                return replace(type_, items=self.normal(items))
            case ir.Tuple(prefix, rest):
                others = None if rest is None else self.normal(rest)
                return replace(type_, prefix=tuple(map(self.normal, prefix)), rest=others)
            case ir.Record(key, value):
                return replace(type_, key=self.normal(key), value=self.normal(value))
            case ir.Object(properties, extra):
                listed = sorted(properties, key=lambda each: each.key)
                return ir.Object(
                    tuple(
                        ir.Property(each.key, self.normal(each.type), each.required)
                        for each in listed
                    ),
                    ir.Keep(self.normal(extra.value)) if isinstance(extra, ir.Keep) else extra,
                )
            case ir.JsonValue():
                return ir.Unknown()
            case _:
                return type_


def _is_class(type_: ir.Type) -> bool:
    return isinstance(type_, ir.Object | ir.EnumType)
