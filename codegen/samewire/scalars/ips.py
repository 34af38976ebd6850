"""IP addresses, networks and interfaces, of version 4, 6 or either."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, Self, TypeAlias

from samewire.scalars import spelling
from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Builtin, Predicate
from samewire.scalars.keywords import Keywords
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.view import CoreSchema, JsonSchema, View

Version: TypeAlias = Literal[4, 6]
Mask: TypeAlias = Literal["network", "interface"]

_VERSIONS: Final[tuple[Version, ...]] = (4, 6)
_ADDRESSES: Final[Mapping[Version, tuple[str, ...]]] = {
    4: ("127.0.0.1", "0.0.0.0", "255.255.255.255", "10.1.2.3"),  # noqa: S104 - examples
    6: ("::1", "::", "2001:db8::1", "ffff:" * 7 + "ffff", "fe80::1%eth0", "::ffff:102:304"),
}
_EXAMPLES: Final[Mapping[Mask | None, Mapping[Version, tuple[str, ...]]]] = {
    None: _ADDRESSES,
    "network": {
        4: ("10.0.0.0/8", "0.0.0.0/0", "192.168.1.0/24", "1.2.3.4/32"),
        6: ("2001:db8::/32", "::/0", "::1/128"),
    },
    "interface": {
        4: ("10.1.2.3/8", "1.2.3.4/32", "0.0.0.0/0"),
        6: ("2001:db8::1/32", "::1/128", "fe80::1%eth0/64"),
    },
}
_READERS: Final[Mapping[Mask | None, Mapping[Version, Callable[[str], object]]]] = {
    None: {4: ipaddress.IPv4Address, 6: ipaddress.IPv6Address},
    "network": {4: ipaddress.IPv4Network, 6: ipaddress.IPv6Network},
    "interface": {4: ipaddress.IPv4Interface, 6: ipaddress.IPv6Interface},
}
_INVALID: Final = {
    4: (
        ("256.0.0.1", "a byte of 256"),
        ("1.2.3", "three bytes"),
        ("1.2.3.4.5", "five bytes"),
        ("01.2.3.4", "a zero in front"),
    ),
    6: (
        (":::", "three colons"),
        ("1:2:3:4:5:6:7", "seven groups"),
        ("g::1", "no hex"),
        ("::12345", "five digits"),
    ),
}
_BYTE: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS_PATTERNS: Final[Mapping[Version, str]] = {
    4: rf"{_BYTE}(?:\.{_BYTE}){{3}}",
    6: r"[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[^/]+)?",  # a scope, which RFC 4291 does not have
}
_NO_MASK: Final = {
    4: (("10.0.0.0/33", "a prefix beyond 32"), ("10.0.0.0/", "an empty prefix")),
    6: (("::/129", "a prefix beyond 128"),),
}
_BITS: Final = {
    4: ("10.0.0.1/8", "bits beyond the prefix"),
    6: ("2001:db8::1/32", "bits beyond the prefix"),
}
_OTHER: Final[Mapping[Mask | None, Mapping[Version, Near]]] = {
    None: {4: ("::1", "version 6"), 6: ("1.2.3.4", "version 4")},
    "network": {4: ("::/0", "version 6"), 6: ("10.0.0.0/8", "version 4")},
    "interface": {4: ("::1/64", "version 6"), 6: ("10.0.0.1/8", "version 4")},
}


@dataclass(frozen=True, slots=True)
class Ip(Format):
    """Of one of ``versions``; with ``mask`` it may have a prefix length, beyond which a network has no bits."""

    versions: tuple[Version, ...] = (4, 6)
    mask: Mask | None = None
    spelling: Spelling = Spelling.WRITTEN

    annotations = (
        *("IPv4Address", "IPv6Address", "IPv4Network", "IPv6Network", "IPv4Interface"),
        *("IPv6Interface", "IPvAnyAddress", "IPvAnyNetwork", "IPvAnyInterface"),
    )

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        kinds: dict[str, Mask | None] = {
            "Address": None,
            "Network": "network",
            "Interface": "interface",
        }
        return {
            f"pydantic._internal._validators:ip_v{version}_{kind.lower()}_validator": cls(
                (version,), mask
            )
            for kind, mask in kinds.items()
            for version in _VERSIONS
        } | {
            f"pydantic.networks:IPvAny{kind}._validate": cls(mask=mask)
            for kind, mask in kinds.items()
        }

    # --- The document -------------------------------------------------------------------------------------------------

    keywords = (SPELLING,)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """As Pydantic's generator describes it."""

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {
            "ipv4": cls((4,)),
            "ipv6": cls((6,)),
            "ipvanyaddress": cls(),
            "ipv4network": cls((4,), "network"),
            "ipv6network": cls((6,), "network"),
            "ipvanynetwork": cls(mask="network"),
            "ipv4interface": cls((4,), "interface"),
            "ipv6interface": cls((6,), "interface"),
            "ipvanyinterface": cls(mask="interface"),
        }

    def document(self) -> JsonSchema:
        plain = replace(self, spelling=Spelling.WRITTEN)
        name = next(name for name, each in self.named().items() if each == plain)
        return {"type": "string", "format": name, **spelling.document(self.spelling)}

    def standard(self) -> JsonSchema:
        if self.spelling is Spelling.STANDARD or (self.versions, self.mask) == ((4,), None):
            return (
                {} if self.mask or len(self.versions) > 1 else {"format": f"ipv{self.versions[0]}"}
            )
        address = "|".join(_ADDRESS_PATTERNS[version] for version in self.versions)
        masked = "" if self.mask is None else "/[0-9]+"
        if self.mask is not None and self.spelling is Spelling.READ:
            masked = r"(?:/[0-9.]+)?"
        return {"pattern": f"^(?:{address}){masked}$"}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(
            replace(plain, spelling=each) for each in Spelling for plain in cls.named().values()
        )

    def limited(self, keywords: Keywords) -> Self:
        return replace(self, spelling=keywords.one(SPELLING) or Spelling.WRITTEN)

    @classmethod
    def adjusted(cls, document: JsonSchema, *, emits: bool) -> JsonSchema:
        """Networks and interfaces are written with their prefix length, and read with a mask as well."""
        format_ = cls.named()[document["format"]]
        if emits or (format_.versions == (4,) and format_.mask is None):
            return document
        return {**document, **spelling.document(Spelling.READ)}

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        version = f"v{self.versions[0]}" if len(self.versions) == 1 else ""
        name = f"ip{version}{'' if self.mask is None else self.mask.title()}"
        return spelling.label(name, self.spelling)

    def predicate(self) -> Predicate:
        version = f"v{self.versions[0]}" if len(self.versions) == 1 else ""
        masks = () if self.mask is None else (self.mask,)
        message = f"Invalid IP{version} {self.mask or 'address'}"
        return Predicate(spelling.predicate("Ip", self.spelling), message, (self.versions, *masks))

    def zod(self) -> Builtin | None:
        return Builtin("ipv4") if self.versions == (4,) and self.mask is None else None

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        found = (_read(_READERS[self.mask][version], text) for version in self.versions)
        value = next((each for each in found if each is not None), None)
        if value is None or self.spelling is not Spelling.WRITTEN:
            return value is not None
        mapped = text.startswith("::ffff:")  # which newer Pythons write with dots
        return str(value) == text or ((mapped and "/" in str(value)) == ("/" in text) and mapped)

    def edges(self) -> Iterator[str]:
        for version in self.versions:
            yield from _EXAMPLES[self.mask][version]

    def invalid(self) -> Iterable[Near]:
        for version in self.versions:
            yield from _INVALID[version]
            if self.mask is not None:
                yield from _NO_MASK[version]
            if self.mask == "network":
                yield _BITS[version]
            if len(self.versions) == 1:
                yield _OTHER[self.mask][version]

    def draw(self, draw: Draw) -> str:
        if self.mask is None and 4 in self.versions:
            return ".".join(str(draw.integer(0, 255)) for _ in range(4))
        return draw.choice(tuple(self.edges()))


def _read(read: Callable[[str], object], text: str) -> object | None:
    try:
        return read(text)
    except ValueError:
        return None
