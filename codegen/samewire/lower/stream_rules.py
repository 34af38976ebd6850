"""
Reading ``x-samewire-order``: the blocks of a document, and the rules of one definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from samewire import ir
from samewire.lower.scope import Scope, Site, did_you_mean, shown
from samewire.schema.pointers import Pointer

T = TypeVar("T")

ORDER: Final = "x-samewire-order"
ABSENT: Final = "absent"
CLOSED: Final = "closed"
_UNTIL: Final[Mapping[Any, ir.Until]] = {"scope": "scope", "end": "end", "any": "any"}
_LAST: Final[Mapping[Any, Literal["ends", "interrupts"]]] = {
    "ends": "ends",
    "interrupts": "interrupts",
}
_OF_BLOCKS: Final = ("inside", "keys", "once", "states")
_OF_EVENTS: Final = ("first", "last", "once", "fixed", "inside", "outside", "after", "moves")
_OF_AFTER: Final = ("block", "continuing")
_OF_MOVES: Final = ("block", "key", "alias", "from", "to", "when", "same", "resets")


def read_blocks(scope: Scope) -> dict[str, ir.Block]:
    root = Site(scope.document, ())
    reader = Reader(root, ir.Never(), {}, scope)
    found: dict[str, ir.Block] = {}
    for name, value in reader.object(scope.document.get(ORDER), (ORDER,), None).items():
        at = (ORDER, name)
        given = reader.object(value, at, _OF_BLOCKS)
        states = [
            (state, until)
            for state, meant in reader.object(given.get("states"), (*at, "states"), None).items()
            if (until := reader.choice(meant, (*at, "states", state), _UNTIL)) is not None
        ]
        found[name] = ir.Block(
            name,
            tuple(states),
            reader.text(given, "inside", at),
            reader.text(given, "keys", at),
            reader.flag(given, "once", at),
        )
    for name, block in found.items():
        place = (ORDER, name, "inside")
        around, seen = block.inside, {name}
        while around is not None:
            if around not in found:
                reader.unknown("block", around, found, place)
                break
            if around in seen:
                reader.refuse(place, f"the block {shown(name)} is inside itself")
                break
            seen.add(around)
            around = found[around].inside
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the keyword of one site, of a definition of the type ``type``."""

    site: Site
    type: ir.Type
    blocks: Mapping[str, ir.Block]
    scope: Scope

    def event(self) -> ir.Event:
        at = (ORDER,)
        given = self.object(self.site.schema[ORDER], at, _OF_EVENTS)
        if not isinstance(self.type, ir.Object):
            self.refuse(at, "only an object can be an event", "take it off this definition")
        return ir.Event(
            tags=(),
            first=self.flag(given, "first", at),
            last=self.choice(given.get("last"), (*at, "last"), _LAST) if "last" in given else None,
            once=self.flag(given, "once", at),
            fixed=self.properties(given, "fixed", at),
            inside=self.known_blocks(given, "inside", at),
            outside=self.known_blocks(given, "outside", at),
            after=tuple(self.afters(given, at)),
            moves=tuple(self.moves(given, at)),
        )

    def afters(self, given: Mapping[str, Any], at: Pointer) -> Iterator[ir.After]:
        for index, value in enumerate(self.list(given, "after", at)):
            place = (*at, "after", str(index))
            each = self.object(value, place, _OF_AFTER)
            name = self.block(each.get("block"), (*place, "block"))
            if name is not None:
                yield ir.After(name, self.flag(each, "continuing", place))

    def moves(self, given: Mapping[str, Any], at: Pointer) -> Iterator[ir.Move]:
        for index, value in enumerate(self.list(given, "moves", at)):
            place = (*at, "moves", str(index))
            each = self.object(value, place, _OF_MOVES)
            name = self.block(each.get("block"), (*place, "block"))
            if name is None:
                continue
            block = self.blocks[name]
            when = self.object(each.get("when", {}), (*place, "when"), None)
            for key in when:
                self.property(key, (*place, "when"))
            yield ir.Move(
                name,
                tuple(
                    self.state(one, block, (*place, "from"))
                    for one in self.list(each, "from", place)
                ),
                self.state(each.get("to"), block, (*place, "to")),
                self.property(self.text(each, "key", place), (*place, "key")),
                self.property(self.text(each, "alias", place), (*place, "alias")),
                tuple(when.items()),
                self.properties(each, "same", place),
                self.flag(each, "resets", place),
            )

    # --- Values -------------------------------------------------------------------------------------------------------

    def state(self, value: Any, block: ir.Block, at: Pointer) -> str:
        known = [ABSENT, *(state for state, _ in block.states), CLOSED]
        if value not in known:
            self.unknown(f"state of the block {shown(block.name)}", value, known, at)
        return str(value)

    def block(self, value: Any, at: Pointer) -> str | None:
        if isinstance(value, str) and value in self.blocks:
            return value
        self.unknown("block", value, self.blocks, at)
        return None

    def known_blocks(self, given: Mapping[str, Any], key: str, at: Pointer) -> tuple[str, ...]:
        found = [self.block(value, (*at, key)) for value in self.list(given, key, at)]
        return tuple(name for name in found if name is not None)

    def properties(self, given: Mapping[str, Any], key: str, at: Pointer) -> tuple[str, ...]:
        found = [self.property(value, (*at, key)) for value in self.list(given, key, at)]
        return tuple(name for name in found if name is not None)

    def property(self, name: Any, at: Pointer) -> str | None:
        known = (
            [each.key for each in self.type.properties] if isinstance(self.type, ir.Object) else []
        )
        if name is not None and name not in known:
            self.unknown("property of this object", name, known, at)
        return None if name is None else str(name)

    def unknown(self, what: str, value: Any, known: Iterable[str], at: Pointer) -> None:
        guess = did_you_mean(value, known) if isinstance(value, str) else None
        self.refuse(at, f"there is no {what} called {shown(value)}", guess)

    def object(self, value: Any, at: Pointer, known: tuple[str, ...] | None) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.refuse(at, f"expected an object, not {shown(value)}")
            return {}
        for key in value:
            if known is not None and key not in known:
                self.refuse((*at, key), f"order has no {shown(key)} here", did_you_mean(key, known))
        return value

    def list(self, given: Mapping[str, Any], key: str, at: Pointer) -> list[Any]:
        value = given.get(key, [])
        if isinstance(value, list):
            return value
        self.refuse((*at, key), f"expected a list, not {shown(value)}")
        return []

    def text(self, given: Mapping[str, Any], key: str, at: Pointer) -> str | None:
        value = given.get(key)
        if value is None or isinstance(value, str):
            return value
        self.refuse((*at, key), f"expected a string, not {shown(value)}")
        return None

    def flag(self, given: Mapping[str, Any], key: str, at: Pointer) -> bool:
        value = given.get(key, False)
        if not isinstance(value, bool):
            self.refuse((*at, key), f"expected true or false, not {shown(value)}")
        return value is True

    def choice(self, value: Any, at: Pointer, known: Mapping[Any, T]) -> T | None:
        if isinstance(value, str) and value in known:
            return known[value]
        self.refuse(at, f"expected one of {', '.join(map(shown, known))}, not {shown(value)}")
        return None

    def refuse(self, at: Pointer, message: str, hint: str | None = None) -> None:
        self.scope.refuse("invalid-order", (*self.site.pointer, *at), message, hint)
