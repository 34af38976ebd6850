"""Texts that look like ones of a format and are none, with what is wrong with each."""

from __future__ import annotations

from typing import Final

from samewire import ir

_INFINITE_DIGITS: Final = "9" * 40

_MOMENTS: Final = (
    ("not a date", "no date at all"),
    ("2024-02-30T03:04:05Z", "a day that February lacks"),
    ("2024-13-01T03:04:05Z", "a month 13"),
    ("2024-01-02T24:00:00Z", "hour 24"),
    ("2024-01-02T03:60:00Z", "minute 60"),
    ("2024-01-02T03:04:05+25:00", "an offset beyond a day"),
    ("2024-01-02", "no time"),
    ("03:04:05", "no date"),
    ("0000-01-02T03:04:05Z", "year 0"),
    ("12024-01-02T03:04:05Z", "a year of five digits"),
    ("2024-1-2T03:04:05Z", "single digits"),
    ("Tue, 02 Jan 2024 03:04:05 GMT", "an HTTP date"),
)
_CLOCKS: Final = (
    ("24:00:00", "hour 24"),
    ("03:60:00", "minute 60"),
    ("03:04:60", "second 60"),
    ("3:04:05", "a single digit"),
    ("03:04:05+25:00", "an offset beyond a day"),
    ("noon", "no time at all"),
    ("2024-01-02T03:04:05Z", "a date as well"),
)
_NO_UUIDS: Final = (
    ("12345678-1234-4678-9234-56781234567", "a digit short"),
    ("12345678-1234-4678-9234-56781234567g", "a digit that is none"),
    ("12345678-1234-4678-9234-5678123456789", "a digit too many"),
)
BROKEN: Final[dict[type[ir.Format], tuple[tuple[str, str], ...]]] = {
    ir.DateTime: _MOMENTS,
    ir.Date: (
        ("2024-02-30", "a day that February lacks"),
        ("2023-02-29", "a day that only leap years have"),
        ("2024-13-01", "a month 13"),
        ("2024-00-10", "a month 0"),
        ("0000-01-01", "year 0"),
        ("2024-1-2", "single digits"),
        ("02.01.2024", "another order"),
        ("2024-01-02T03:04:05", "a time as well"),
        ("today", "no date at all"),
    ),
    ir.Time: _CLOCKS,
    ir.Duration: (
        ("P", "nothing in it"),
        ("PT", "nothing behind the T"),
        ("1 hour", "words"),
        ("P1S", "seconds before the T"),
        ("PT1.5.5S", "two points"),
        ("P1000000000D", "a billion days"),
    ),
    ir.Uuid: _NO_UUIDS,
    ir.Decimal: (
        ("1,5", "a comma"),
        ("1.2.3", "two points"),
        ("0x10", "hexadecimal"),
        ("1e", "an exponent without digits"),
        ("one", "a word"),
        ("NaN", "no number"),
        ("Infinity", "infinity"),
        (_INFINITE_DIGITS, "40 digits"),
        (f"0.{_INFINITE_DIGITS}", "40 decimal places"),
    ),
    ir.Url: (
        ("example.com", "no scheme"),
        ("://example.com", "an empty scheme"),
        ("http://", "no host"),
        ("http://exa mple.com/", "a space in the host"),
        ("http://example.com:99999/", "a port beyond 65535"),
        ("javascript:alert(1)", "a scheme that runs"),
        ("gopher://example.com/", "another scheme"),
    ),
}
_NO_EMAILS: Final = (
    ("a.example.com", "no @"),
    ("a@", "no domain"),
    ("@example.com", "no name"),
    ("a@b@example.com", "two @"),
    ("a b@example.com", "a space"),
    ("a@example..com", "two dots"),
    (".a@example.com", "a dot first"),
)
_NO_IPV4: Final = (
    ("256.0.0.1", "a byte of 256"),
    ("1.2.3", "three bytes"),
    ("1.2.3.4.5", "five bytes"),
    ("01.2.3.4", "a zero in front"),
)
_NO_IPV6: Final = (
    (":::", "three colons"),
    ("1:2:3:4:5:6:7", "seven groups"),
    ("g::1", "no hex"),
    ("::12345", "five digits"),
)
_NO_MASK4: Final = (("10.0.0.0/33", "a prefix beyond 32"), ("10.0.0.0/", "an empty prefix"))
_NO_MASK6: Final = (("::/129", "a prefix beyond 128"),)
_BITS4: Final = (("10.0.0.1/8", "bits beyond the prefix"),)
_BITS6: Final = (("2001:db8::1/32", "bits beyond the prefix"),)
BROKEN_NAMED: Final[dict[ir.Named, tuple[tuple[str, str], ...]]] = {
    ir.Named.EMAIL: (*_NO_EMAILS, ("Bob <bob@example.com>", "a name as well")),
    ir.Named.NAME_EMAIL: (
        *_NO_EMAILS,
        ("Bob <bob>", "no address"),
        ("Bob <bob@example.com", "no >"),
    ),
    ir.Named.IPV4: (*_NO_IPV4, ("::1", "version 6")),
    ir.Named.IPV6: (*_NO_IPV6, ("1.2.3.4", "version 4")),
    ir.Named.IP: (*_NO_IPV4, *_NO_IPV6),
    ir.Named.IPV4_NETWORK: (*_NO_IPV4, *_NO_MASK4, *_BITS4, ("::/0", "version 6")),
    ir.Named.IPV6_NETWORK: (*_NO_IPV6, *_NO_MASK6, *_BITS6, ("10.0.0.0/8", "version 4")),
    ir.Named.IP_NETWORK: (*_NO_IPV4, *_NO_IPV6, *_NO_MASK4, *_NO_MASK6, *_BITS4, *_BITS6),
    ir.Named.IPV4_INTERFACE: (*_NO_IPV4, *_NO_MASK4, ("::1/64", "version 6")),
    ir.Named.IPV6_INTERFACE: (*_NO_IPV6, *_NO_MASK6, ("10.0.0.1/8", "version 4")),
    ir.Named.IP_INTERFACE: (*_NO_IPV4, *_NO_IPV6, *_NO_MASK4, *_NO_MASK6),
    ir.Named.BASE64: (
        ("YQ=", "padding cut short"),
        ("Y", "a character alone"),
        ("YW*=", "another alphabet"),
        ("_-8=", "the alphabet for URLs"),
    ),
    ir.Named.BASE64URL: (
        ("YQ=", "padding cut short"),
        ("Y", "a character alone"),
        ("YW*=", "another alphabet"),
        ("+/8=", "the plain alphabet"),
    ),
    ir.Named.JSON: (
        ("{", "cut short"),
        ("{a: 1}", "a key without quotes"),
        ("", "empty"),
        ("NaN", "no JSON"),
        ("'x'", "single quotes"),
    ),
}
