"""Generated schemas run in Node: what they accept, what they refuse, and that nothing gets lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from samewire import ir, scalars

from tests.unit.targets.harness import Project, definition

P = ir.Property
STRING, INTEGER, NUMBER, BOOLEAN = ir.String(), ir.Integer(), ir.Number(), ir.Boolean()
ANY = ir.Unknown()
ZODS = ["zod", "zod/mini", "zod40", "zod43", "zod40/mini"]


def options(zod: str) -> dict[str, Any]:
    return {
        "zod_import": zod,
        "zod_version": {"zod40": (4, 0), "zod43": (4, 3)}.get(
            zod.split("/", maxsplit=1)[0], (4, 5)
        ),
    }


def obj(*properties: ir.Property, extra: ir.Extra = ir.STRIP) -> ir.Object:
    return ir.Object(properties, extra)


def tagged(
    value: str | int | bool, *properties: ir.Property, extra: ir.Extra = ir.STRIP
) -> ir.Object:
    return obj(P("kind", ir.Literal((value,)), True), *properties, extra=extra)


def call(kind: str, name: str, *properties: ir.Property, extra: ir.Extra = ir.STRIP) -> ir.Object:
    return tagged(kind, P("name", ir.Literal((name,)), True), *properties, extra=extra)


REFUSED = object()
SAME = object()

# Each: a type, and JSON texts with what they become.
CASES: dict[str, tuple[ir.Type, dict[str, Any]]] = {
    "Unknown": (ANY, {"1": SAME, "null": SAME, '{"a": [1]}': SAME}),
    "Json": (ir.JsonValue(), {"1": SAME, "null": SAME, '{"a": [1, {"b": null}]}': SAME, '"x"': SAME}),
    "Never": (ir.Never(), {"1": REFUSED, "null": REFUSED}),
    "Null": (ir.Null(), {"null": SAME, "0": REFUSED}),
    "Boolean": (BOOLEAN, {"true": SAME, "1": REFUSED}),
    "OneLiteral": (ir.Literal(("a",)), {'"a"': SAME, '"b"': REFUSED}),
    "MixedLiteral": (
        ir.Literal(("a", 1, 2.5, True, None)),
        {'"a"': SAME, "1": SAME, "1.0": 1, "2.5": SAME, "true": SAME, "null": SAME, "false": REFUSED, '"1"': REFUSED},
    ),
    "Length": (
        ir.String(min_length=2, max_length=3),
        {'"a"': REFUSED, '"ab"': SAME, '"abcd"': REFUSED, '"😀"': REFUSED, '"😀😀"': SAME, '"😀😀😀"': SAME, '"😀😀😀😀"': REFUSED},
    ),
    "ExactLength": (ir.String(min_length=1, max_length=1), {'""': REFUSED, '"😀"': SAME, '"é"': SAME, '"ab"': REFUSED}),
    "LoneSurrogates": (ir.String(min_length=2, max_length=2), {'"\\ud800\\ud800"': SAME, '"\\udc00\\ud800"': SAME, '"\\ud800"': REFUSED}),
    "Patterns": (
        ir.String(patterns=(ir.Regex.parse("^[a-z/]+$".replace("/", "\\/")), ir.Regex.parse("B", "iu"))),
        {'"ab"': SAME, '"a/b"': SAME, '"a"': REFUSED, '"AB"': REFUSED},
    ),
    "EmailLength": (ir.String(format=scalars.Email(), max_length=8), {'"a@bc.de"': SAME, '"abc@bc.de"': REFUSED}),
    "Items": (ir.Array(INTEGER, min_items=1, max_items=2), {"[]": REFUSED, "[1]": SAME, "[1, 2, 3]": REFUSED, "[1.5]": REFUSED}),
    "NoItems": (ir.Array(INTEGER, max_items=0), {"[]": SAME, "[1]": REFUSED, "null": REFUSED}),
    "TwoItems": (ir.Array(ANY, min_items=2, max_items=2), {"[null, 1]": SAME, "[1]": REFUSED, "[1, 2, 3]": REFUSED}),
    "Unique": (
        ir.Array(ANY, unique=True),
        {
            "[1, 2]": SAME,
            "[1, 1.0]": REFUSED,
            '[1, "1", true]': SAME,
            '[{"a": 1, "b": 2}, {"b": 2, "a": 1}]': REFUSED,
            "[[1], [1]]": REFUSED,
            '[[1], "[1]"]': SAME,
            '[{"a": 1}, {"a": "1"}]': SAME,
            "[null, null]": REFUSED,
            '["a", "a"]': REFUSED,
        },
    ),
    "Pair": (ir.Tuple((STRING, INTEGER), min_items=2), {'["a", 1]': SAME, '["a"]': REFUSED, '["a", 1, 2]': REFUSED, "[]": REFUSED}),
    "EmptyTuple": (ir.Tuple(()), {"[]": SAME, "[1]": REFUSED}),
    "OptionalTail": (
        ir.Tuple((STRING, INTEGER, BOOLEAN), min_items=1),
        {'["a"]': SAME, '["a", 1]': SAME, '["a", 1, true]': SAME, '["a", null]': REFUSED, "[]": REFUSED, '["a", 1, true, 1]': REFUSED},
    ),
    "OptionalUnknown": (ir.Tuple((ANY, ANY), min_items=1), {"[1]": SAME, "[1, 2]": SAME, "[]": REFUSED}),
    "Rest": (
        ir.Tuple((STRING,), rest=INTEGER, min_items=1),
        {'["a"]': SAME, '["a", 1, 2]': SAME, '["a", "b"]': REFUSED, "[]": REFUSED},
    ),
    "OptionalRest": (
        ir.Tuple((STRING, BOOLEAN), rest=INTEGER),
        {"[]": SAME, '["a"]': SAME, '["a", true]': SAME, '["a", true, 1]': SAME, '["a", 1]': REFUSED},
    ),
    "LongRest": (ir.Tuple((STRING,), rest=INTEGER, min_items=3, max_items=4), {'["a", 1]': REFUSED, '["a", 1, 2]': SAME, '["a", 1, 2, 3, 4]': REFUSED}),
    "OnlyRest": (ir.Tuple((), rest=INTEGER, min_items=2), {"[1]": REFUSED, "[1, 2]": SAME}),
    "Record": (
        ir.Record(STRING, INTEGER),
        {
            "{}": SAME,
            '{"a": 1}': SAME,
            '{"a": "1"}': REFUSED,
            '{"1": 1, "-1.5": 2}': SAME,
            '{"__proto__": 1, "b": 2}': SAME,
            '{"__proto__": "x"}': REFUSED,
            '{"constructor": 1, "toString": 2, "hasOwnProperty": 3}': SAME,
            '{"constructor": "x"}': REFUSED,
            "[]": REFUSED,
            "null": REFUSED,
        },
    ),
    "RecordOfObjects": (ir.Record(STRING, obj(P("a", INTEGER, True))), {'{"__proto__": {"a": 1, "b": 2}}': {"__proto__": {"a": 1}}, '{"x": {"a": 1}}': SAME, '{"x": 1}': REFUSED}),
    "KeyPattern": (
        ir.Record(ir.String(patterns=(ir.Regex.parse("^[0-9]+$"),)), STRING),
        {'{"1": "a"}': SAME, '{"a": "a"}': REFUSED, '{"__proto__": "a"}': REFUSED, '{"1.5": "a"}': REFUSED, '{"constructor": "a"}': REFUSED},
    ),
    "KeyFormat": (ir.Record(ir.String(format=scalars.Uuid()), STRING), {'{"12345678-1234-5678-1234-567812345678": "a"}': SAME, '{"a": "a"}': REFUSED}),
    "KeyLiteral": (
        ir.Record(ir.Literal(("a", "b", "1")), INTEGER),
        {"{}": SAME, '{"a": 1}': SAME, '{"a": 1, "b": 2, "1": 3}': SAME, '{"c": 1}': REFUSED, '{"__proto__": 1}': REFUSED, '{"a": null}': REFUSED},
    ),
    "KeyProto": (ir.Record(ir.Literal(("__proto__", "constructor")), INTEGER), {'{"__proto__": 1}': SAME, '{"constructor": 1}': SAME, '{"a": 1}': REFUSED, "{}": SAME}),
    "KeyEnum": (ir.Record(ir.Ref("Color"), INTEGER), {'{"red": 1}': SAME, "{}": SAME, '{"blue": 1}': REFUSED}),
    "KeyAlias": (ir.Record(ir.Ref("Name"), INTEGER), {'{"ab": 1}': SAME, '{"a": 1}': REFUSED}),
    "Properties": (ir.Record(STRING, ANY, min_properties=1, max_properties=2), {"{}": REFUSED, '{"__proto__": 1}': SAME, '{"a": 1, "b": 2, "c": 3}': REFUSED}),
    "Name": (ir.String(min_length=2), {'"ab"': SAME}),
    "Strip": (obj(P("a", INTEGER, True)), {'{"a": 1, "b": 2}': {"a": 1}, '{"a": 1, "__proto__": {"x": 1}}': {"a": 1}, "{}": REFUSED, "[]": REFUSED}),
    "Reject": (obj(P("a", INTEGER, True), extra=ir.REJECT), {'{"a": 1}': SAME, '{"a": 1, "b": 2}': REFUSED, '{"a": 1, "__proto__": 2}': REFUSED}),
    "Loose": (
        obj(P("a", INTEGER, True), extra=ir.Keep(ANY)),
        {'{"a": 1, "b": [2]}': SAME, '{"a": "x"}': REFUSED, '{"a": 1, "__proto__": {"x": 1}, "constructor": 2, "toString": 3}': SAME},
    ),
    "Typed": (
        obj(P("a", STRING, True), P("b", BOOLEAN, False), extra=ir.Keep(INTEGER)),
        {'{"a": "x", "c": 1}': SAME, '{"a": "x", "c": "y"}': REFUSED, '{"a": "x", "__proto__": 1}': SAME, '{"a": "x", "__proto__": "y"}': REFUSED},
    ),
    "OnlyTyped": (obj(extra=ir.Keep(INTEGER)), {'{"c": 1}': SAME, '{"c": "y"}': REFUSED, "{}": SAME}),
    "OnlyLoose": (obj(extra=ir.Keep(ANY)), {'{"c": 1, "__proto__": 1}': SAME, "1": REFUSED}),
    "Empty": (obj(), {"{}": SAME, '{"a": 1}': {}, "1": REFUSED}),
    "EmptyStrict": (obj(extra=ir.REJECT), {"{}": SAME, '{"a": 1}': REFUSED}),
    "Presence": (
        obj(P("r", STRING, True), P("o", STRING, False), P("rn", ir.Nullable(STRING), True), P("on", ir.Nullable(STRING), False)),
        {
            '{"r": "a", "rn": null}': SAME,
            '{"r": "a", "rn": "b", "o": "c", "on": null}': SAME,
            '{"r": "a"}': REFUSED,
            '{"rn": null}': REFUSED,
            '{"r": null, "rn": null}': REFUSED,
            '{"r": "a", "rn": null, "o": null}': REFUSED,
        },
    ),
    "RequiredAny": (
        obj(P("a", ANY, True), P("b", ir.Nullable(ANY), True), P("c", ir.Ref("Unknown"), True), P("d", ANY, False)),
        {'{"a": null, "b": 1, "c": 2}': SAME, '{"b": 1, "c": 2}': REFUSED, '{"a": 1, "c": 2}': REFUSED, '{"a": 1, "b": 2}': REFUSED, '{"a": 1, "b": 2, "c": 3, "d": 4}': SAME},
    ),
    "RequiredJson": (obj(P("a", ir.JsonValue(), True)), {'{"a": null}': SAME, "{}": REFUSED}),
    "Inherited": (
        obj(P("constructor", STRING, False), P("toString", ir.Nullable(INTEGER), False), P("valueOf", ANY, False), P("x", INTEGER, True)),
        {
            '{"x": 1}': SAME,
            '{"x": 1, "constructor": "a", "toString": null, "valueOf": 2}': SAME,
            '{"x": 1, "constructor": 1}': REFUSED,
            '{"constructor": "a"}': REFUSED,
            '{"x": 1, "y": 2}': {"x": 1},
        },
    ),
    "InheritedRequired": (
        obj(P("hasOwnProperty", ANY, True), P("__defineGetter__", STRING, True), extra=ir.REJECT),
        {'{"hasOwnProperty": 1, "__defineGetter__": "a"}': SAME, '{"__defineGetter__": "a"}': REFUSED, '{"hasOwnProperty": 1}': REFUSED, '{"hasOwnProperty": 1, "__defineGetter__": "a", "b": 1}': REFUSED},
    ),
    "Proto": (
        obj(P("__proto__", obj(P("a", INTEGER, True)), True), P("b", INTEGER, False)),
        {'{"__proto__": {"a": 1}}': SAME, '{"__proto__": {"a": 1}, "b": 2}': SAME, '{"b": 2}': REFUSED, '{"__proto__": {"a": "x"}}': REFUSED, '{"__proto__": null}': REFUSED},
    ),
    "ProtoOptional": (obj(P("__proto__", STRING, False)), {"{}": SAME, '{"__proto__": "a"}': SAME, '{"__proto__": 1}': REFUSED}),
    "ProtoStrict": (obj(P("__proto__", ANY, True), extra=ir.REJECT), {'{"__proto__": 1}': SAME, "{}": REFUSED, '{"__proto__": 1, "a": 1}': REFUSED}),
    "StrictInherited": (obj(P("valueOf", STRING, False), extra=ir.REJECT), {"{}": SAME, '{"__proto__": 1}': REFUSED, '{"valueOf": "x"}': SAME}),
    "OddKeys": (
        obj(*(P(key, INTEGER, True) for key in ("a-b", "", " ", "1", "class", "größe", 'q"\'', "new\nline", "`${x}`"))),
        {json.dumps(dict.fromkeys(("a-b", "", " ", "1", "class", "größe", 'q"\'', "new\nline", "`${x}`"), 1)): SAME, "{}": REFUSED},
    ),
    "NullableUnion": (ir.Nullable(ir.Union((STRING, INTEGER))), {"null": SAME, "1": SAME, "true": REFUSED}),
    "Scalars": (ir.Union((INTEGER, NUMBER, STRING)), {"1.5": SAME, '"a"': SAME, "null": REFUSED}),
    "Tagged": (
        ir.Union((tagged("a", P("x", INTEGER, True)), tagged("b", P("y", STRING, False), extra=ir.REJECT), ir.Ref("TagC")), "kind"),
        {
            '{"kind": "a", "x": 1}': SAME,
            '{"kind": "b"}': SAME,
            '{"kind": "c"}': SAME,
            '{"kind": "b", "x": 1}': REFUSED,
            '{"kind": "a"}': REFUSED,
            '{"kind": "d"}': REFUSED,
            "{}": REFUSED,
            "null": REFUSED,
        },
    ),
    "TagC": (tagged("c"), {'{"kind": "c"}': SAME}),
    "Nested": (ir.Union((ir.Ref("Tagged"), tagged("d", P("z", INTEGER, True))), "kind"), {'{"kind": "a", "x": 1}': SAME, '{"kind": "d", "z": 1}': SAME, '{"kind": "d"}': REFUSED, '{"kind": "e"}': REFUSED}),
    # Unions with another tag as members, one of them recursive.
    "TwoTags": (
        ir.Union((ir.Ref("Calls"), ir.Union(tuple(call("w", name, extra=ir.REJECT) for name in "xy"), "name"), tagged("z")), "kind"),
        {
            '{"kind": "a", "name": "x", "n": 1}': SAME,
            '{"kind": "b", "name": "y", "inner": {"kind": "a", "name": "x", "n": 1}}': SAME,
            '{"kind": "b", "name": "y", "inner": {"kind": "z"}}': SAME,
            '{"kind": "w", "name": "x"}': SAME,
            '{"kind": "z"}': SAME,
            '{"kind": "b", "name": "y", "inner": {"kind": "b"}}': REFUSED,
            '{"kind": "a", "name": "y", "n": 1}': REFUSED,
            '{"kind": "w", "name": "q"}': REFUSED,
            '{"kind": "w", "name": "x", "n": 1}': REFUSED,
            '{"name": "x", "n": 1}': REFUSED,
        },
    ),
    "Calls": (
        ir.Union((call("a", "x", P("n", INTEGER, True)), ir.Ref("Deep")), "name"),
        {'{"kind": "a", "name": "x", "n": 1}': SAME, '{"kind": "b", "name": "x", "n": 1}': REFUSED},
    ),
    "Deep": (
        call("b", "y", P("inner", ir.Union((ir.Union((ir.Ref("Deep"), call("a", "x", P("n", INTEGER, True))), "name"), tagged("z")), "kind"), True)),
        {'{"kind": "b", "name": "y", "inner": {"kind": "b", "name": "y", "inner": {"kind": "z"}}}': SAME, '{"kind": "b", "name": "y", "inner": {"kind": "b"}}': REFUSED},
    ),
    "TaggedByNumber": (ir.Union((tagged(1), tagged(2, P("x", INTEGER, True))), "kind"), {'{"kind": 1}': SAME, '{"kind": 2, "x": 1}': SAME, '{"kind": 2}': REFUSED, '{"kind": "1"}': REFUSED}),
    "TaggedByBoolean": (ir.Union((tagged(True), tagged(False, P("x", INTEGER, True))), "kind"), {'{"kind": true}': SAME, '{"kind": false}': REFUSED, '{"kind": 1}': REFUSED}),
    "TaggedInherited": (
        ir.Union((tagged("a", P("constructor", STRING, False)), tagged("b", P("__proto__", INTEGER, True))), "kind"),
        {'{"kind": "a"}': SAME, '{"kind": "a", "constructor": "x"}': SAME, '{"kind": "b", "__proto__": 1}': SAME, '{"kind": "b"}': REFUSED},
    ),
    "TaggedByInherited": (
        ir.Union(tuple(obj(P("constructor", ir.Literal((each,)), True), P(each, INTEGER, True)) for each in "ab"), "constructor"),
        {'{"constructor": "a", "a": 1}': SAME, '{"constructor": "b", "b": 1}': SAME, '{"a": 1}': REFUSED},
    ),
    "TaggedByProto": (
        ir.Union(tuple(obj(P("__proto__", ir.Literal((each,)), True), P(each, INTEGER, True)) for each in "ab"), "__proto__"),
        {'{"__proto__": "a", "a": 1}': SAME, '{"__proto__": "b", "b": 1}': SAME, '{"a": 1}': REFUSED, '{"__proto__": "c", "a": 1}': REFUSED},
    ),
    "Overlap": (
        ir.Union((obj(P("a", INTEGER, True)), obj(P("a", INTEGER, True), P("b", INTEGER, True)), obj(P("c", INTEGER, False)))),
        {'{"a": 1}': SAME, '{"a": 1, "b": 2}': SAME, '{"c": 1}': SAME, "{}": SAME, '{"a": 1, "b": 2, "z": 3}': {"a": 1, "b": 2}, '{"a": 1, "c": 3}': {"a": 1}, "1": REFUSED, '{"c": "x"}': REFUSED},
    ),
    "DeepOverlap": (
        ir.Union((obj(P("x", ir.Array(obj(P("p", INTEGER, False))), True)), obj(P("x", ir.Array(obj(P("q", INTEGER, False))), True)))),
        {'{"x": [{"p": 1}]}': SAME, '{"x": [{"q": 1}]}': SAME, '{"x": [{}, {"q": 1}]}': SAME},
    ),
    "ArrayOverlap": (ir.Union((ir.Array(obj(P("p", INTEGER, False))), ir.Array(obj(P("q", INTEGER, False))))), {'[{"p": 1}]': SAME, '[{"q": 1}]': SAME, "[]": SAME}),
    "RecordOrObject": (ir.Union((obj(P("a", INTEGER, False)), ir.Record(STRING, INTEGER))), {'{"a": 1}': SAME, '{"b": 1}': SAME, '{"__proto__": 1}': SAME}),
    "ObjectOrJson": (ir.Union((obj(P("a", INTEGER, False)), ir.JsonValue())), {'{"a": 1}': SAME, '{"b": {"c": 1}}': SAME, "[1]": SAME}),
    "RecursiveOverlap": (ir.Union((ir.Ref("Left"), ir.Ref("Right"))), {'{"r": {"l": {}}}': {"r": {"l": {}}}, '{"l": {"r": {"l": {}}}}': SAME}),
    "Left": (obj(P("l", ir.Ref("RecursiveOverlap"), False)), {"{}": SAME}),
    "Right": (obj(P("r", ir.Ref("RecursiveOverlap"), False)), {"{}": SAME}),
    "Tree": (obj(P("value", INTEGER, True), P("children", ir.Array(ir.Ref("Tree")), True), P("parent", ir.Nullable(ir.Ref("Tree")), False)), {'{"value": 1, "children": [{"value": 2, "children": [], "parent": null}]}': SAME, '{"value": 1, "children": [{"value": "x", "children": []}]}': REFUSED, '{"value": 1}': REFUSED}),
    "Ping": (obj(P("pong", ir.Ref("Pong"), False)), {'{"pong": {"ping": {"pong": {}}}}': SAME, '{"pong": {"ping": 1}}': REFUSED}),
    "Pong": (obj(P("ping", ir.Ref("Ping"), False), extra=ir.REJECT), {'{"ping": {}}': SAME, '{"x": 1}': REFUSED}),
    "Value": (ir.Nullable(ir.Union((STRING, NUMBER, ir.Array(ir.Ref("Value")), ir.Record(STRING, ir.Ref("Value"))))), {'{"a": [1, "b", null, {"__proto__": [2]}]}': SAME, "true": REFUSED, '[{"a": true}]': REFUSED}),
    "Expr": (ir.Union((ir.Ref("Num"), ir.Ref("Add"), ir.Ref("Neg")), "kind"), {'{"kind": "add", "args": [{"kind": "num", "n": 1}, {"kind": "neg", "arg": {"kind": "num", "n": 2}}]}': SAME, '{"kind": "add", "args": [{"kind": "num"}]}': REFUSED}),
    "Num": (tagged("num", P("n", NUMBER, True)), {'{"kind": "num", "n": 1}': SAME}),
    "Add": (tagged("add", P("args", ir.Array(ir.Ref("Expr")), True)), {'{"kind": "add", "args": []}': SAME}),
    "Neg": (tagged("neg", P("arg", ir.Ref("Expr"), True), P("note", ir.Union((ir.Ref("Expr"), STRING)), False)), {'{"kind": "neg", "arg": {"kind": "num", "n": 1}, "note": {"kind": "num", "n": 1}}': SAME, '{"kind": "neg", "arg": 1}': REFUSED}),
    "Chain": (ir.Tuple((INTEGER, ir.Nullable(ir.Ref("Chain"))), min_items=1), {"[1, [2, [3]]]": SAME, "[1, null]": SAME, "[1, 2]": REFUSED}),
    "Link": (ir.Tuple((INTEGER, ir.Nullable(ir.Ref("Link"))), min_items=2), {"[1, [2, null]]": SAME, "[1]": REFUSED}),
    "Twins": (obj(P("pair", ir.Nullable(ir.Tuple((ir.Ref("Twins"), ir.Ref("Twins")), min_items=2)), True)), {'{"pair": [{"pair": null}, {"pair": null}]}': SAME, '{"pair": [{"pair": null}]}': REFUSED}),
    "OpenTree": (obj(P("left", ir.Ref("OpenTree"), False), P("size", INTEGER, True), extra=ir.Keep(INTEGER)), {'{"size": 1, "left": {"size": 2, "x": 1}}': SAME, '{"size": 1, "left": {"size": 2, "x": "y"}}': REFUSED}),
    "LooseTree": (obj(P("left", ir.Ref("LooseTree"), False), P("any", ANY, True), extra=ir.Keep(ANY)), {'{"any": 1, "left": {"any": 2, "__proto__": 1}}': SAME, '{"any": 1, "left": {}}': REFUSED}),
    "StrictTree": (obj(P("left", ir.Ref("StrictTree"), False), P("any", ANY, True), extra=ir.REJECT), {'{"any": 1, "left": {"any": 2}}': SAME, '{"any": 1, "left": {}}': REFUSED, '{"any": 1, "x": 1}': REFUSED}),
    "Starting": (ir.String(patterns=(ir.Regex.parse("^data-"),)), {'"data-x"': SAME, '"data-"': SAME, '"xdata-"': REFUSED, '"data-a\\nb"': SAME, '"data"': REFUSED}),
    "StartingKeys": (ir.Record(ir.String(patterns=(ir.Regex.parse("^x-"),)), INTEGER), {'{"x-a": 1}': SAME, '{"y": 1}': REFUSED}),
    "Graph": (ir.Record(STRING, ir.Array(ir.Ref("Graph"))), {'{"a": [{"b": []}]}': SAME, '{"a": [1]}': REFUSED}),
    "Open": (obj(P("n", INTEGER, False), extra=ir.Keep(ir.Ref("Open"))), {'{"n": 1, "a": {"b": {}}}': SAME, '{"a": 1}': REFUSED}),
    "Inline": (ir.Array(obj(P("next", ir.Ref("Inline"), False), P("either", ir.Union((INTEGER, ir.Ref("Inline"))), False))), {'[{"next": [{"either": []}]}]': SAME, '[{"next": 1}]': REFUSED}),
    "Alias": (ir.Ref("Tree"), {'{"value": 1, "children": []}': SAME}),
}  # fmt: skip

ENUMS: dict[str, tuple[tuple[ir.EnumMember, ...], dict[str, Any]]] = {
    "Color": ((ir.EnumMember("RED", "red"), ir.EnumMember("GREEN", "green")), {'"red"': SAME, '"RED"': REFUSED}),
    "Level": ((ir.EnumMember("LOW", 1), ir.EnumMember("HIGH", 2)), {"1": SAME, "3": REFUSED, '"LOW"': REFUSED}),
    "Reverse": ((ir.EnumMember("1", "a"), ir.EnumMember("B", 1)), {'"a"': SAME, "1": SAME, '"1"': REFUSED, '"B"': REFUSED}),
    "Reverse2": ((ir.EnumMember("01.0e0", "a"), ir.EnumMember("", "b"), ir.EnumMember("C", 1), ir.EnumMember("D", 0)), {'"a"': SAME, '"b"': SAME, "1": SAME, "0": SAME, '"C"': REFUSED}),
    "Mixed": ((ir.EnumMember("A", "a"), ir.EnumMember("B", 1.5), ir.EnumMember("C", True)), {'"a"': SAME, "1.5": SAME, "true": SAME, "false": REFUSED, "1": REFUSED}),
    "OddNames": ((ir.EnumMember("a b", "x"), ir.EnumMember("class", "y"), ir.EnumMember("__proto__", "z"), ir.EnumMember("constructor", "w")), {'"x"': SAME, '"y"': SAME, '"z"': SAME, '"w"': SAME, '"a b"': REFUSED}),
    "Same": ((ir.EnumMember("A", "x"), ir.EnumMember("B", "x")), {'"x"': SAME, '"A"': REFUSED}),
}  # fmt: skip


def definitions() -> list[ir.Definition]:
    return [
        *(definition(name, type_) for name, (type_, _) in CASES.items()),
        *(definition(name, ir.EnumType(members)) for name, (members, _) in ENUMS.items()),
    ]


@pytest.mark.parametrize("zod", ZODS)
def test_values(project: Project, zod: str) -> None:
    project.render(definitions(), **options(zod))
    tables = {name: table for name, (_, table) in [*CASES.items(), *ENUMS.items()]}
    tried = [(name, text) for name, table in tables.items() for text in table]
    wrong = []
    for (name, text), answer in zip(tried, project.parse(tried), strict=True):
        expected = tables[name][text]
        if expected is SAME:
            expected = json.loads(text)
        if answer.ok != (expected is not REFUSED) or (
            answer.ok
            and json.dumps(answer.value, sort_keys=True) != json.dumps(expected, sort_keys=True)
        ):
            wrong.append((name, text, answer))
    assert wrong == []


@pytest.mark.parametrize("zod", ZODS)
def test_types_are_those_of_the_schemas(project: Project, zod: str) -> None:
    project.render(definitions(), **options(zod))
    assert project.type_check() == ""


@pytest.mark.parametrize("zod", ["zod", "zod/mini"])
def test_output_is_formatted(project: Project, zod: str) -> None:
    project.render(definitions(), **options(zod))
    assert project.unformatted() == ""
