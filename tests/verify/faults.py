"""
Ways to break a generated validator: a piece of its text, what stands there instead, and the field that verify must name.

Each is a mistake that a generator could make. The text is that of ``schemas.ts`` for ``shop.py``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    model: str
    old: str
    new: str
    where: str  # module:Model.field, as a disagreement names it


def _fault(name: str, model: str, old: str, new: str, field: str = "") -> Fault:
    return Fault(name, model, old, new, f"shop:{model}{f'.{field}' if field else ''}")


EMITTED = (
    _fault("lost-null", "Text", "note: z.string().nullable()", "note: z.string()", "note"),
    _fault("null-let-in", "Text", 'size: z.literal(["s",', 'size: z.literal([null, "s",', "size"),
    _fault("literal-member-lost", "Text", '["s", "m", "l"]', '["s", "m"]', "size"),
    _fault("literal-widened", "Text", 'z.literal(["s", "m", "l"])', "z.string()", "size"),
    _fault("required-made-optional", "Numbers", "rate: z.number().nullable()", "rate: z.number().nullable().exactOptional()", "rate"),
    _fault("min-length-lost", "Text", "z.string().min(1).max(8)", "z.string().max(8)", "name"),
    _fault("max-length-off-by-one", "Text", "z.string().min(1).max(8)", "z.string().min(1).max(7)", "name"),
    _fault("max-length-too-wide", "Text", "z.string().min(1).max(8)", "z.string().min(1).max(9)", "name"),
    _fault("upper-bound-lost", "Numbers", "z.int().min(0).max(99)", "z.int().min(0)", "count"),
    _fault("exclusive-made-inclusive", "Numbers", "z.int().min(0).max(99)", "z.int().min(0).max(100)", "count"),
    _fault("exclusive-bound-of-float", "Numbers", "z.number().gt(0).max(50)", "z.number().min(0).max(50)", "weight"),
    _fault("integer-made-number", "Numbers", "count: z.int().min(0)", "count: z.number().min(0)", "count"),
    _fault("integer-made-32-bit", "Cat", "lives: integer,", "lives: z.int32(),", "lives"),
    _fault("multiple-lost", "Numbers", "isMultipleOf(value, 5)", "value > -Infinity", "step"),
    _fault("float-null-lost", "Numbers", "rate: z.number().nullable()", "rate: z.number()", "rate"),
    _fault("regex-flag-lost", "Text", r"/^shop(?=\n?$)/iu", r"/^shop(?=\n?$)/u", "word"),
    _fault("regex-flag-added", "Text", r"/^[a-z]{2}\p{Lu}$/u", r"/^[a-z]{2}\p{Lu}$/iu", "code"),
    _fault("regex-unicode-flag-lost", "Text", r"/^[^\n]$/u", r"/^[^\n]$/", "mark"),
    _fault("regex-anchor-lost", "Text", r"/^[a-z]{2}\p{Lu}$/u", r"/^[a-z]{2}\p{Lu}/u", "code"),
    _fault("decimal-places-lost", "Numbers", "hasDigits(text, Infinity, 2)", "hasDigits(text, Infinity, 9)", "price"),
    _fault("decimal-sign-lost", "Numbers", 'compareDecimals(text, "0") >= 0', 'compareDecimals(text, "0") >= -1', "price"),
    _fault("date-without-offset-lost", "Times", "at: dateTime", "at: z.iso.datetime({ offset: true })", "at"),
    _fault("date-with-offset-lost", "Times", "at: dateTime", "at: z.iso.datetime({ local: true })", "at"),
    _fault("negative-duration-lost", "Times", "due: duration", "due: z.iso.duration()", "due"),
    _fault("format-lost", "Times", "at: dateTime", "at: z.string()", "at"),
    _fault("uuid-too-strict", "Text", "id: uuid", "id: z.uuid()", "id"),
    _fault("uniqueness-lost", "Many", "z.refine(isUnique,", "z.refine(Array.isArray,", "tags.*"),
    _fault("items-bound-lost", "Times", "z.array(dateTime).min(1).max(3)", "z.array(dateTime).min(1)", "times"),
    _fault("item-type-lost", "Many", "path: z.array(integer)", "path: z.array(z.unknown())", "path.*"),
    _fault("tuple-rest-let-in", "Many", "pair: z.tuple([integer, z.string()])", "pair: z.tuple([integer, z.string()], z.string())", "pair"),
    _fault("tuple-element-lost", "Many", "pair: z.tuple([integer, z.string()])", "pair: z.tuple([integer])", "pair"),
    _fault("enum-member-lost", "Text", "colour: ColourSchema", 'colour: z.enum(["red", "blue"])', "colour"),
    _fault("record-key-unchecked", "Many", r"z.record(z.string().regex(/^(?:0|-?[1-9][0-9]*)$/u), z.string())", "z.record(z.string(), z.string())", "by_number.*"),
    _fault("record-made-exhaustive", "Many", "z.partialRecord(ColourSchema, integer)).check", "z.record(ColourSchema, integer)).check", "by_colour.*"),
    _fault("least-properties-lost", "Many", "hasMinProperties(value, 1)", "hasMinProperties(value, 0)", "by_colour.*"),
    _fault("most-properties-lost", "Many", "hasMaxProperties(value, 2)", "hasMaxProperties(value, 3)", "by_colour"),
    _fault("proto-key-dropped", "Many", "by_name: ownRecord(z.record(z.string(), integer))", "by_name: z.record(z.string(), integer)", "by_name.*"),
    _fault("extra-key-let-in", "Item", "z.strictObject({", "z.object({", ""),
    _fault("alias-lost", "Item", "isShipped: z.boolean()", "shipped: z.boolean()", "isShipped"),
    _fault("boolean-made-coercing", "Item", "isShipped: z.boolean()", "isShipped: z.coerce.boolean()", "isShipped"),
    _fault("trimmed", "Text", "name: z.string()", "name: z.string().trim()", "name"),
    _fault("default-filled-in", "Numbers", "rate: z.number().nullable()", "rate: z.number().nullable().default(0)", "rate"),
    _fault("field-stripped", "Long", "z.object({\n    a: integer,\n    b: integer,\n", "z.object({\n    a: integer,\n", "b"),
    _fault("extras-stripped", "Order", "z.looseObject({", "z.object({", "*"),
    _fault("union-order", "Order", "keepAll(z.union([ShortSchema, LongSchema]))", "z.union([ShortSchema, LongSchema])", "either"),
    _fault("union-arm-lost", "Order", "[Cat, Dog, Bird]", "[Cat, Dog]", "pet"),
    _fault("computed-field-lost", "Order", "      total: integer,\n", "", "total"),
    _fault("computed-field-refused", "Order", "total: integer", "total: z.undefined().optional()", "total"),
    _fault("null-default-lost", "Order", "return OrderSchema.nullable();", "return OrderSchema;", "parent"),
    _fault("throws", "Cat", "lives: integer,", 'lives: integer.refine(() => { throw new Error("oh"); }),', ""),
)  # fmt: skip

ACCEPTED = (
    _fault("min-length-lost", "Change", "z.string().min(1).max(8)", "z.string().max(8)", "name"),
    _fault("optional-made-required", "Change", "z.string().nullable().optional()", "z.string().nullable()", "note"),
    _fault("required-made-optional", "Change", "when: dateTimeInput", "when: dateTimeInput.optional()", "when"),
    _fault("null-let-in", "Change", "when: dateTimeInput", "when: dateTimeInput.nullable()", "when"),
    _fault("bound-too-wide", "Change", "z.int().min(0).max(99)", "z.int().min(0).max(100)", "count"),
    _fault("bound-too-narrow", "Change", "z.int().min(0).max(99)", "z.int().min(1).max(99)", "count"),
    _fault("integer-made-number", "Change", "z.int().min(0).max(99)", "z.number().min(0).max(99)", "count"),
    _fault("enum-widened", "Change", "colour: ColourSchema", "colour: z.string()", "colour"),
    _fault("format-lost", "Change", "when: dateTimeInput", "when: z.string()", "when"),
    _fault("items-bound-lost", "Change", ".max(3)", ".max(4)", "tags"),
    _fault("tuple-widened", "Change", "z.tuple([integer, z.string()])", "z.tuple([integer, z.string()], z.string())", "pair"),
    # Told of the tag of the member that is not there.
    Fault("arm-lost", "Change", "[CatInput, DogInput, BirdInput]", "[CatInput, DogInput]", "shop:Bird.kind"),
    _fault("alias-lost", "Change", "when: dateTimeInput", "at: dateTimeInput", ""),
    _fault("key-type-lost", "Change", "z.partialRecord(ColourSchema, integer)).optional()", "z.record(z.string(), integer)).optional()", "extra.*"),
    _fault("null-refused", "Change", "z.string().nullable().optional()", "z.string().optional()", "note"),
    _fault("stripped", "Change", "    pair: z.tuple([integer, z.string()]),\n", "", "pair"),
)  # fmt: skip
