"""The formats without an order: examples, as Pydantic writes them, and what they can be told by."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import re
from collections.abc import Callable, Iterator
from typing import Final
from uuid import UUID

from samewire import ir

_UUIDS: Final = (
    "12345678-1234-{}678-9234-567812345678",
    "ffffffff-ffff-{}fff-bfff-ffffffffffff",
    "00000000-0000-{}000-8000-000000000000",
)
_ANY_UUIDS: Final = (
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "12345678-1234-5678-1234-567812345678",
    "018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b",
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):\S+")
_EMAIL: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>]+\.[^\s@<>.]+")

_HOSTED: Final = (
    # Nothing in it is left for Pydantic to fill in.
    "{}://example.com:81/a",
    "{}://example.com/",
    "{}://a/",
    "{}://user:pa%20ss@example.com:8080/a/b?c=d&e=%C3%A9#f",
    "{}://127.0.0.1/",
    "{}://[::1]:81/",
    "{}://localhost/",
    "{}://xn--mnchen-3ya.de/",
)
_FILES: Final = ("file:///etc/passwd", "file:///", "file://host/share/a%20b")
_URLS: Final = (
    *(each.format("https") for each in _HOSTED),
    "ftp://example.com/",
    "mailto:a@b.c",
    "file:///etc/passwd",
    "data:text/plain,x",
    "custom+x://a",
)

_IPV4: Final = ("127.0.0.1", "0.0.0.0", "255.255.255.255", "10.1.2.3")  # noqa: S104 - examples
_IPV6: Final = ("::1", "::", "2001:db8::1", "ffff:" * 7 + "ffff", "fe80::1%eth0", "::ffff:102:304")
_NETWORKS4: Final = ("10.0.0.0/8", "0.0.0.0/0", "192.168.1.0/24", "1.2.3.4/32")
_NETWORKS6: Final = ("2001:db8::/32", "::/0", "::1/128")
_INTERFACES4: Final = ("10.1.2.3/8", "1.2.3.4/32", "0.0.0.0/0")
_INTERFACES6: Final = ("2001:db8::1/32", "::1/128", "fe80::1%eth0/64")
_BYTES: Final = (b"", b"a", b"ab", b"abc", b">>>???~~~", b"\x00" * 16, b"\xfb\xff\xfe")
_EXAMPLES: Final[dict[ir.Named, tuple[str, ...]]] = {
    ir.Named.EMAIL: (
        "a@example.com",
        "jörg@example.com",
        "user@münchen.de",
        "a!#$%&'*/=?^_`{|}~@example.com",
        "first.last+tag@sub.example.co.uk",
    ),
    ir.Named.NAME_EMAIL: ("Bob <bob@example.com>", "Ann B. <ann.b@example.com>"),
    ir.Named.IPV4: _IPV4,
    ir.Named.IPV6: _IPV6,
    ir.Named.IP: (*_IPV4, *_IPV6),
    ir.Named.IPV4_NETWORK: _NETWORKS4,
    ir.Named.IPV6_NETWORK: _NETWORKS6,
    ir.Named.IP_NETWORK: (*_NETWORKS4, *_NETWORKS6),
    ir.Named.IPV4_INTERFACE: _INTERFACES4,
    ir.Named.IPV6_INTERFACE: _INTERFACES6,
    ir.Named.IP_INTERFACE: (*_INTERFACES4, *_INTERFACES6),
    ir.Named.BASE64: tuple(base64.b64encode(each).decode() for each in _BYTES),
    ir.Named.BASE64URL: tuple(base64.urlsafe_b64encode(each).decode() for each in _BYTES),
    ir.Named.JSON: ("null", "1", '"x"', "[]", "{}", '{"a":[1,true,null]}', "-1.5e3", "false"),
}


def edges(format_: ir.Uuid | ir.Url | ir.Named) -> Iterator[str]:
    match format_:
        case ir.Uuid(version):
            templates = (
                _UUIDS if version is None else tuple(each.format(version) for each in _UUIDS)
            )
            yield from _ANY_UUIDS if version is None else templates
        case ir.Url(schemes, multi_host):
            yield from _urls(schemes, multi_host)
        case ir.Named():
            yield from _EXAMPLES[format_]


def _urls(schemes: tuple[str, ...], multi_host: bool) -> Iterator[str]:
    if not schemes:
        yield from _URLS[:6] if multi_host else _URLS
    for scheme in schemes:
        yield from _FILES if scheme == "file" else (each.format(scheme) for each in _HOSTED)
    if multi_host:
        for scheme in schemes or ("https",):
            yield f"{scheme}://a.example:1,b.example:2/db"


def fits(format_: ir.Uuid | ir.Url | ir.Named, text: str) -> bool:
    """Exact for identifiers and addresses; of URLs and e-mail addresses only the shape is looked at."""
    match format_:
        case ir.Uuid(version):
            found = _UUID.fullmatch(text) is not None
            return found and (version is None or UUID(text).version == version)
        case ir.Url(schemes):
            scheme = _URL.fullmatch(text)
            return scheme is not None and (
                not schemes or scheme[1].lower() in {each.lower() for each in schemes}
            )
        case ir.Named.EMAIL:
            return _EMAIL.fullmatch(text) is not None
        case ir.Named.NAME_EMAIL:
            address = re.fullmatch(r"[^<>]+ <(.*)>", text)
            return _EMAIL.fullmatch(address[1] if address else text) is not None
        case ir.Named.BASE64 | ir.Named.BASE64URL:
            return _is_base64(text, b"-_" if format_ is ir.Named.BASE64URL else b"+/")
        case ir.Named.JSON:
            return _reads(_read_json, text)
        case _:
            return any(_reads(read, text) for read in _ADDRESSES[format_])


def _is_base64(text: str, alphabet: bytes) -> bool:
    try:
        value = base64.b64decode(text, altchars=alphabet, validate=True)
        return base64.b64encode(value, alphabet).decode() == text
    except (binascii.Error, ValueError):
        return False


def _read_json(text: str) -> None:
    json.loads(text, parse_constant=_no_json)


def _no_json(constant: str) -> object:
    raise ValueError(f"{constant} is not JSON")


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_ADDRESSES: Final[dict[ir.Named, tuple[Callable[[str], object], ...]]] = {
    ir.Named.IPV4: (ipaddress.IPv4Address,),
    ir.Named.IPV6: (ipaddress.IPv6Address,),
    ir.Named.IP: (ipaddress.IPv4Address, ipaddress.IPv6Address),
    ir.Named.IPV4_NETWORK: (ipaddress.IPv4Network,),
    ir.Named.IPV6_NETWORK: (ipaddress.IPv6Network,),
    ir.Named.IP_NETWORK: (ipaddress.IPv4Network, ipaddress.IPv6Network),
    ir.Named.IPV4_INTERFACE: (ipaddress.IPv4Interface,),
    ir.Named.IPV6_INTERFACE: (ipaddress.IPv6Interface,),
    ir.Named.IP_INTERFACE: (ipaddress.IPv4Interface, ipaddress.IPv6Interface),
}
