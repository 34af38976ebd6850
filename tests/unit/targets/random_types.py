"""Random contracts: types of every kind, nested and recursive, with names and keys of all lengths."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from samewire import ir, scalars

from tests.unit.targets.harness import definition

WORDS = "id name created_at user email is_active metadata displayName x configurationOptions items total größe 数据 class".split()
KEYS = [
    *WORDS,
    "a-b",
    "",
    "1",
    "constructor",
    "with space",
    'q"',
    "it's",
    "very_long_property_name_that_fills_the_line_by_itself_ok",
]
FORMATS: list[scalars.Format] = [
    scalars.DateTime(),
    scalars.DateTime(
        scalars.Zone.AWARE, scalars.Bounds(ge="2024-01-01T00:00:00Z", lt="2025-01-01T00:00:00Z")
    ),
    scalars.Date(scalars.Bounds(gt="2024-01-01")),
    scalars.Time(),
    scalars.Duration(scalars.Bounds(le="P400D")),
    scalars.Uuid(),
    scalars.Uuid(4),
    scalars.Decimal(max_digits=10, decimal_places=2, bounds=scalars.Bounds(ge="0")),
    scalars.Decimal(multiple_of="0.01"),
    scalars.Url(),
    scalars.Url(("http", "https")),
    scalars.Url(("postgres", "postgresql+asyncpg"), multi_host=True),
    *scalars.FORMATS.values(),
]
PATTERNS = [
    "^[a-z]+$",
    "x",
    "^(?:[A-Z]{2,4}-)?\\d{1,10}(?:\\.[0-9]{1,3})?(?:[eE][+-]?[0-9]+)?[^\\/]{0,20}$",
    "é|你",
]
TEXTS = [
    "a",
    "b",
    "text-delta",
    "it's",
    'say "hi"',
    "both ' and \"",
    "é你",
    "x" * 50,
    "line\nbreak",
    "back\\slash",
    "",
]


class RandomTypes:
    """Types for one contract of ``names``; references are made to any of them, objects being preferred targets."""

    def __init__(self, seed: int, names: list[str], enums: list[str]) -> None:
        self.random = Random(seed)
        self.names = names
        self.enums = enums

    def definitions(self) -> list[ir.Definition]:
        made = [definition(name, self.top(name), doc=self.doc()) for name in self.names]
        return made + [definition(name, self.enum(), doc=self.doc()) for name in self.enums]

    def top(self, name: str) -> ir.Type:
        """An alias may refer to itself only inside something."""
        if name.startswith("O"):
            return self.object(3)
        return self.random.choice([self.object, self.array, self.tuple, self.record, self.union])(2)

    def type(self, depth: int) -> ir.Type:
        if depth <= 0:
            return self.leaf()
        weighted = [self.leaf] * 5 + [self.ref] * 4
        if self.random.random() < 0.5:
            return self.random.choice(weighted)()
        return self.random.choice(
            [
                self.array,
                self.array,
                self.tuple,
                self.record,
                self.nullable,
                self.nullable,
                self.union,
                self.object,
            ]
        )(depth - 1)

    def leaf(self) -> ir.Type:
        pick = self.random.choice
        leaves: list[Callable[[], ir.Type]] = [
            ir.Unknown,
            ir.JsonValue,
            ir.Null,
            ir.Boolean,
            lambda: ir.Integer(ge=pick([None, 0, -(2**63)]), le=pick([None, 100, 2**63 - 1])),
            lambda: ir.Integer(multiple_of=pick([None, 5])),
            lambda: ir.Number(
                ge=pick([None, 0.5, -1e21]),
                lt=pick([None, 1e-7, 12345678.9]),
                multiple_of=pick([None, None, 0.01]),
            ),
            self.string,
            self.string,
            self.literal,
        ]
        return pick(leaves)()

    def string(self) -> ir.String:
        pick = self.random.choice
        if self.random.random() < 0.3:
            return ir.String()
        patterns = tuple(
            ir.Regex.parse(source) for source in self.random.sample(PATTERNS, pick([0, 0, 0, 1, 2]))
        )
        return ir.String(
            pick([None, 0, 1, 12]),
            pick([None, None, 80, 12]),
            patterns,
            pick([None, None, *FORMATS]),
        )

    def literal(self) -> ir.Literal:
        choices: list[list[ir.Scalar]] = [
            [*TEXTS],
            [1, 2, 300, 2.5, -7, 10**15 + 1],
            [*TEXTS, 1, True, None, False],
        ]
        values = self.random.choice(choices)
        return ir.Literal(tuple(self.random.sample(values, self.random.randint(1, len(values)))))

    def ref(self) -> ir.Type:
        return ir.Ref(self.random.choice([*self.names, *self.enums]))

    def nullable(self, depth: int) -> ir.Type:
        inner = self.plain(depth)
        return inner if isinstance(inner, ir.Null) else ir.Nullable(inner)

    def array(self, depth: int) -> ir.Type:
        pick = self.random.choice
        return ir.Array(
            self.type(depth),
            pick([None, None, 1]),
            pick([None, None, 0, 9]),
            unique=self.random.random() < 0.2,
        )

    def tuple(self, depth: int) -> ir.Type:
        prefix = tuple(self.type(depth) for _ in range(self.random.randint(0, 4)))
        rest = self.type(depth) if self.random.random() < 0.3 else None
        return ir.Tuple(prefix, rest, self.random.choice([0, len(prefix), len(prefix)]))

    def record(self, depth: int) -> ir.Type:
        keys: list[ir.Type] = [
            ir.String(),
            ir.String(),
            ir.String(min_length=1),
            ir.Literal(tuple(TEXTS[:3])),
            *map(ir.Ref, self.enums),
        ]
        return ir.Record(
            self.random.choice(keys), self.type(depth), self.random.choice([None, None, 1])
        )

    def union(self, depth: int) -> ir.Type:
        return ir.Union(tuple(self.plain(depth) for _ in range(self.random.randint(2, 6))))

    def plain(self, depth: int) -> ir.Type:
        """No nullable, and no alias: one that is its own member through others would mean nothing."""
        type_ = self.type(depth)
        while isinstance(type_, ir.Nullable) or (
            isinstance(type_, ir.Ref) and type_.name[0] in "AU"
        ):
            type_ = self.type(depth)
        return type_

    def object(self, depth: int) -> ir.Object:
        keys = self.random.sample(KEYS, self.random.randint(0, 8))
        properties = tuple(
            ir.Property(key, self.type(depth), self.random.random() < 0.6, self.doc())
            for key in keys
        )
        extras: list[ir.Strip | ir.Reject | ir.Keep] = [
            ir.STRIP,
            ir.STRIP,
            ir.REJECT,
            ir.Keep(ir.Unknown()),
            ir.Keep(self.type(depth - 1)),
        ]
        return ir.Object(properties, self.random.choice(extras))

    def enum(self) -> ir.EnumType:
        choices: list[list[str | int | float]] = [[*TEXTS], [1, 2, 3, 400], [*TEXTS, 1, 2.5]]
        values = self.random.choice(choices)
        count = self.random.randint(1, len(values))
        return ir.EnumType(
            tuple(
                ir.EnumMember(f"NAME_{index}", value) for index, value in enumerate(values[:count])
            )
        )

    def doc(self) -> ir.Doc:
        if self.random.random() < 0.7:
            return ir.NO_DOC
        deprecated: list[bool | str] = [False, False, True, "Use another."]
        return ir.Doc(
            title=self.random.choice([None, "A title"]),
            description=self.random.choice(
                [None, "One line.", "Two lines,\n  the second indented.  ", "x " * 60]
            ),
            deprecated=self.random.choice(deprecated),
            examples=self.random.choice([(), ({"a": [1, None]}, "text")]),
            default=self.random.choice([(), (None,), ("`x`",)]),
        )


def random_contract(seed: int, size: int = 40) -> list[ir.Definition]:
    """Definitions with names from one letter to fifty."""
    random = Random(seed)
    names = [
        f"{random.choice('OAOU')}{index}{'x' * random.choice([0, 3, 8, 15, 25, 45])}"
        for index in range(size)
    ]
    enums = [f"E{index}{'numeration' * random.choice([0, 1, 4])}" for index in range(size // 8)]
    return RandomTypes(seed, names, enums).definitions()
