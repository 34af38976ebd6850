"""String formats against Pydantic itself: what it writes parses and comes out the same, what it refuses to read is refused."""

from __future__ import annotations

import ipaddress
import json
import random
import subprocess
import uuid
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pydantic
import pytest
from pydantic import Field, TypeAdapter, ValidationError
from samewire import ir, scalars

from tests.unit.targets.harness import Project

ZODS = ["zod", "zod/mini", "zod40", "zod43/mini"]
SEED = random.Random(7)


def reads(type_: Any, text: str) -> bool:
    try:
        TypeAdapter(type_).validate_json(json.dumps(text))
    except (ValidationError, OverflowError):
        return False
    return True


def written(type_: Any, values: list[Any]) -> list[str]:
    adapter = TypeAdapter(type_)
    return sorted({json.loads(adapter.dump_json(value)) for value in values})


def version_of(zod: str) -> tuple[int, int]:
    return {"zod40": (4, 0), "zod43": (4, 3)}.get(zod.removesuffix("/mini"), (4, 5))


OFFSETS = [
    timedelta(0),
    timedelta(hours=5, minutes=30),
    timedelta(hours=-8),
    timedelta(hours=23, minutes=59),
]
ZONES = [None, *(timezone(sign * offset) for offset in OFFSETS for sign in (1, -1))]
MOMENTS = [
    datetime(year, month, day, hour, minute, second, micro, zone)
    for year, month, day in [(1, 1, 1), (2024, 2, 29), (9999, 12, 31), (1969, 12, 31)]
    for hour, minute, second in [(0, 0, 0), (23, 59, 59), (3, 4, 5)]
    for micro in (0, 1, 120000, 999999)
    for zone in ZONES
]
DATES = (
    "2024-01-02 0000-01-01 0001-01-01 9999-12-31 2024-02-29 2023-02-29 2024-02-30 2024-13-01 2024-00-10 2024-01-00 "
    "2024-01-32 2024-04-31 1900-02-29 2000-02-29 10000-01-01 -0001-01-01 2024-1-2 20240102 +2024-01-02 0000-02-29 "
    "2024-W01-1 2024-002 2024-01-02T00:00:01 2024-01-02Z"
).split()
TIMES = [
    *"03:04:05 03:04 03:04:05.1 03:04:05.123456 24:00:00 23:59:59 23:59:60 23:60:00 25:00:00 3:04:05 03:4:05 03:04:5 "
    "030405 03:04:05Z 03:04:05+00:00 03:04:05+05:30 03:04:05+23:59 03:04:05+24:00 03:04:05+25:00 03:04:05+05:60 "
    "03:04:05+05 03:04:05-08:00 03:04:05. 03 T03:04:05 03:04:05.5+01:00 03:04:05.000001Z 03:04:05ZZ".split(),
    "",
    "03:04:05 Z",
    "03:04:05\n",
    "03:04:05.12Z\n",
    " 03:04:05",
]
DATE_TIMES = [
    f"{day}{between}{clock}"
    for day in ("2024-01-02", "0000-01-01", "2023-02-29", "2024-13-01", "2024-1-2")
    for between in "T_"
    for clock in TIMES
]
DURATIONS = [
    *"PT0S P0D -P1D PT1.5S PT0.000001S P1Y35D P1Y P1M P1W P1DT1H PT36H P PT P1DT PT1.H P-1D PT1S1M P1D1Y p1d PT.5S P1H PT1D "
    "T1H 10 1.5 PT1H-1M P1000000000D P999999999D P2739726Y10D PT86400000000000S P1.5Y --P1D P1DT24H61M PT1e3S".split(),
    "",
    "PT1S ",
    "PT1S\n",
    "1 day",
]
SPANS = [
    timedelta(0),
    timedelta.max,
    timedelta.min,
    timedelta(days=-1),
    timedelta(microseconds=-1),
    timedelta(days=400, seconds=3),
    timedelta(days=364, hours=23, minutes=59, seconds=59, microseconds=999999),
    *(
        timedelta(
            SEED.randrange(-(10**6), 10**6),
            SEED.randrange(86400),
            SEED.choice([0, 1, 10, 100000, 123456]),
        )
        for _ in range(50)
    ),
]
UUIDS = [
    uuid.UUID(int=0),
    uuid.UUID(int=2**128 - 1),
    uuid.UUID("12345678-1234-5678-1234-567812345678"),
    uuid.uuid5(uuid.NAMESPACE_DNS, "a"),
    uuid.UUID("9e73facc-e651-11f1-b0dd-02fc00000001"),
    uuid.UUID("251b6c70-a4ce-412a-b3b2-bfb2bce7db5d"),
    uuid.UUID("018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b"),
    uuid.UUID("12345678-1234-4678-c234-567812345678"),
]
UUID_TEXTS = [
    *map(str, UUIDS),
    *(str(each).upper() for each in UUIDS),
    "12345678-1234-5678-1234-56781234567",
    "12345678-1234-5678-1234-56781234567g",
    "12345678-1234-5678-1234-567812345678\n",
    "",
]
EMAILS = [
    *(
        "a@b.co a@b joe.bloggs@example.com te~st@example.com ~test@example.com .test@example.com test.@example.com "
        'te..st@example.com joe@[127.0.0.1] joe@[IPv6:::1] "joe"@example.com jörg@example.com user@münchen.de 用户@例子.公司 '
        "a!#$%&'*/=?^_`{|}~@example.com a@-b.com a@b-.com a@b--c.com a@b_c.com a@b..com a@.b.com a@b.com. a@b.c a@b.1 a@b.c1 "
        "a@127.0.0.1 a@localhost a@b.com@c.com @b.com a@ a,b@c.com a;b@c.com a<b>@c.com a:b@c.com a(b)@c.com a\\b@c.com "
        "a[b]@c.com a@b,com a@b/com a@b.co-m a@b.-com a@b.com- a@ab--cd.com 😀@b.com a@😀.com A@B.COM a+b@c.com a'b@c.com "
        "user@xn--mnchen-3ya.de a@1.com a@b.museum é@b.com a@ß.de a@שלום.com"
    ).split(),
    "a b@c.com",
    "a@b .com",
    "a@ b.com",
    "a@b\t.com",
    "a@b.com\n",
    "a\u00a0b@c.com",
    "a\u200bb@c.com",
    "x" * 65 + "@b.com",
    "a@" + "x" * 63 + ".com",
    "a@" + "x" * 64 + ".com",
    "a@" + ".".join(["x" * 60] * 5) + ".com",
    "",
]
NAMES = [
    "Bob <bob@example.com>",
    "Bob Smith <bob@example.com>",
    "Jörg <j@é.com>",
    "bob@example.com",
    "Bob <bob@example>",
    "Bob <bob@example.com",
    "Bob bob@example.com",
    "Bob <bob@example.com> x",
    "Bob <.bob@example.com>",
    "Bob <>",
    "<>",
    "B<ob <bob@example.com>",
    "",
]
IPS = [
    *"1.2.3.4 0.0.0.0 255.255.255.255 256.1.1.1 01.2.3.4 1.2.3 1.2.3.4.5 1.2.3.4/24 1.2.3.0/24 1.2.3.4/32 1.2.3.4/33 0.0.0.0/0 "
    "1.2.3.4/ 1.2.3.4/-1 1.2.3.4/+24 1 1.2.3.a 128.0.0.0/1 192.0.0.0/1 1.2.3.128/25 1.2.3.129/25 1.2.3.4/24/24 "
    "::1 :: fe80::1 fe80::1%eth0 fe80::1% fe80::1%a%b 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7 1:2:3:4:5:6:7:8:9 ::ffff:1.2.3.4 1::2::3 "
    "12345:: g::1 ::1/128 ::/0 ::1/129 2001:db8::/32 2001:db8::1/32 fe80::1%eth0/64 fe80::1/64%eth0 2001:DB8::A ::1.2.3.4 "
    "1:2:3:4:5:6:1.2.3.4 1:2:3:4:5:6:7:1.2.3.4 ::1.2.3.256 ::01.2.3.4 [::1] ::1/ 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1::8 0001:: "
    "2001:db8::/33 2001:db8:8000::/33 2001:db8:8000::/32 ::1.2.3.4/128 ::: : 1.2.3.4:: 1.2.3.4::1 1:2:3:4:5:6:7:8:: "
    "::1:2:3:4:5:6:7:8 ::%1 2001:db8::/ffff:: ::1%eth0".split(),
    "",
    "1.2.3.4\n",
    "::1\n",
    " ::1",
]
ADDRESSES_4 = [ipaddress.IPv4Address(each) for each in ("1.2.3.4", "0.0.0.0", "255.255.255.255")]
ADDRESSES_6 = [
    ipaddress.IPv6Address(each)
    for each in (
        "::1",
        "::",
        "fe80::1%eth0",
        "fe80::1%en-0.1",
        "1:2:3:4:5:6:7:8",
        "::ffff:1.2.3.4",
        "2001:db8::a",
        "1:0:0:2::3",
    )
]
NETWORKS_4 = [
    ipaddress.IPv4Network(each) for each in ("1.2.3.0/24", "0.0.0.0/0", "1.2.3.4/32", "10.0.0.0/8")
]
NETWORKS_6 = [
    ipaddress.IPv6Network(each)
    for each in ("::/0", "2001:db8::/32", "::1/128", "2001:db8:8000::/33")
]
INTERFACES_4 = [ipaddress.IPv4Interface(each) for each in ("1.2.3.4/24", "1.2.3.4", "0.0.0.0/0")]
INTERFACES_6 = [ipaddress.IPv6Interface(each) for each in ("::1/64", "fe80::1%eth0/64", "::1")]
BYTES = [bytes(SEED.randrange(256) for _ in range(length)) for length in range(40)]
BASE64S = [
    "aGVsbG8=",
    "YQ==",
    "YQ=",
    "YQ===",
    "+/8=",
    "_-8=",
    "a",
    "ab cd",
    "====",
    "A===",
    "AA=A",
    "YWJj",
    "YR==",
    "é",
    "Y+==",
]
URLS = [
    *"http://a.com https://a.com/x?y#z http://a.com:99999 http://[::1]/ http://[::1 http://1.2.3.256 http://localhost:8000/x%20y "
    "http://a_b.example.com/ http://münchen.de http://user:pa%20ss@h/x http:// ftp://a.com mailto:a@b.c file:///etc/passwd "
    "custom+x://a custom:foo javascript:alert(1) urn:isbn:1 a.com //a.com /a ws://a.com wss://a.com redis://h redis://h:x/0 "
    "postgres://u:p@h:5432/db postgres://u:p@h1:5432,h2:5433/db postgresql+asyncpg://u@h/db postgres://h1,h2 postgres://,h "
    "postgres://h, postgres://h:x/db postgres://h:70000/db postgres://h1:70000,h2/db postgres:/db mongodb://u:p@h1:1,h2:2/db?a=b "
    "mongodb+srv://c.example.com/db http//a.com : ://".split(),
    "",
    "http://a b/",
]


class Bytes(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")
    value: bytes


def base64_bytes() -> list[str]:
    return [Bytes(value=each).model_dump(mode="json")["value"] for each in BYTES]


def read_url(type_: Any) -> list[Any]:
    return [TypeAdapter(type_).validate_python(each) for each in URLS if reads(type_, each)]


def schemes(*names: str, multi_host: bool = False) -> scalars.Url:
    return scalars.Url(names, multi_host=multi_host)


# Each: the type in Python, the format, texts to try, and what Pydantic writes.
CASES: dict[str, tuple[Any, scalars.Format, list[str], list[str]]] = {
    "DateTime": (datetime, scalars.DateTime(), DATE_TIMES, written(datetime, MOMENTS)),
    "Aware": (
        pydantic.AwareDatetime,
        scalars.DateTime(scalars.Zone.AWARE),
        DATE_TIMES,
        written(datetime, [each for each in MOMENTS if each.tzinfo]),
    ),
    "Naive": (
        pydantic.NaiveDatetime,
        scalars.DateTime(scalars.Zone.NAIVE),
        DATE_TIMES,
        written(datetime, [each for each in MOMENTS if not each.tzinfo]),
    ),
    "Date": (date, scalars.Date(), DATES, written(date, [each.date() for each in MOMENTS])),
    "Time": (time, scalars.Time(), TIMES, written(time, [each.timetz() for each in MOMENTS])),
    "Duration": (timedelta, scalars.Duration(), DURATIONS, written(timedelta, SPANS)),
    "Uuid": (uuid.UUID, scalars.Uuid(), UUID_TEXTS, written(uuid.UUID, UUIDS)),
    "Uuid4": (
        pydantic.UUID4,
        scalars.Uuid(4),
        UUID_TEXTS,
        ["251b6c70-a4ce-412a-b3b2-bfb2bce7db5d"],
    ),
    "Uuid7": (
        pydantic.UUID7,
        scalars.Uuid(7),
        UUID_TEXTS,
        ["018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b"],
    ),
    "Email": (
        pydantic.EmailStr,
        scalars.Email(),
        EMAILS,
        [
            TypeAdapter(pydantic.EmailStr).validate_python(each)
            for each in EMAILS
            if reads(pydantic.EmailStr, each)
        ],
    ),
    "NameEmail": (
        pydantic.NameEmail,
        scalars.NameEmail(),
        # Written for a name in quotes, though not read.
        [each for each in NAMES if each != "B<ob <bob@example.com>"],
        written(
            pydantic.NameEmail,
            [
                pydantic.NameEmail(name, "bob@example.com")
                for name in ("Bob", "Bob, Jr", 'B"ob', "Jörg", '"a@b"')
            ],
        ),
    ),
    "Ipv4": (
        ipaddress.IPv4Address,
        scalars.Ip((4,)),
        IPS,
        written(ipaddress.IPv4Address, ADDRESSES_4),
    ),
    "Ipv6": (
        ipaddress.IPv6Address,
        scalars.Ip((6,)),
        IPS,
        written(ipaddress.IPv6Address, ADDRESSES_6),
    ),
    "Ip": (
        pydantic.IPvAnyAddress,
        scalars.Ip(),
        IPS,
        [*map(str, ADDRESSES_4), *map(str, ADDRESSES_6)],
    ),
    "Net4": (
        ipaddress.IPv4Network,
        scalars.Ip((4,), "network"),
        IPS,
        written(ipaddress.IPv4Network, NETWORKS_4),
    ),
    "Net6": (
        ipaddress.IPv6Network,
        scalars.Ip((6,), "network"),
        IPS,
        written(ipaddress.IPv6Network, NETWORKS_6),
    ),
    "Net": (
        pydantic.IPvAnyNetwork,
        scalars.Ip(mask="network"),
        IPS,
        [*map(str, NETWORKS_4), *map(str, NETWORKS_6)],
    ),
    "Face4": (
        ipaddress.IPv4Interface,
        scalars.Ip((4,), "interface"),
        IPS,
        written(ipaddress.IPv4Interface, INTERFACES_4),
    ),
    "Face6": (
        ipaddress.IPv6Interface,
        scalars.Ip((6,), "interface"),
        IPS,
        written(ipaddress.IPv6Interface, INTERFACES_6),
    ),
    "Face": (
        pydantic.IPvAnyInterface,
        scalars.Ip(mask="interface"),
        IPS,
        [*map(str, INTERFACES_4), *map(str, INTERFACES_6)],
    ),
    "Base64": (
        pydantic.Base64Bytes,
        scalars.Base64(),
        BASE64S,
        written(pydantic.Base64Bytes, BYTES),
    ),
    "Base64Url": (
        pydantic.Base64UrlBytes,
        scalars.Base64(for_urls=True),
        BASE64S,
        [*written(pydantic.Base64UrlBytes, BYTES), *base64_bytes()],
    ),
    "Json": (
        pydantic.Json,
        scalars.JsonText(),
        ["1", "null", '{"a": [1]}', "{a:1}", "", "[1,]", "'a'", "01", "tru", "1 2"],
        ['"a"', " 1 "],
    ),
    "AnyUrl": (
        pydantic.AnyUrl,
        scalars.Url(),
        URLS,
        written(pydantic.AnyUrl, read_url(pydantic.AnyUrl)),
    ),
    "HttpUrl": (
        pydantic.HttpUrl,
        schemes("http", "https"),
        URLS,
        written(pydantic.HttpUrl, read_url(pydantic.HttpUrl)),
    ),
    "FileUrl": (
        pydantic.FileUrl,
        schemes("file"),
        URLS,
        written(pydantic.FileUrl, read_url(pydantic.FileUrl)),
    ),
    "Redis": (
        pydantic.RedisDsn,
        schemes("redis", "rediss"),
        URLS,
        written(pydantic.RedisDsn, read_url(pydantic.RedisDsn)),
    ),
    "Postgres": (
        pydantic.PostgresDsn,
        schemes("postgres", "postgresql", "postgresql+asyncpg", multi_host=True),
        URLS,
        written(pydantic.PostgresDsn, read_url(pydantic.PostgresDsn)),
    ),
    "Mongo": (
        pydantic.MongoDsn,
        schemes("mongodb", "mongodb+srv", multi_host=True),
        URLS,
        written(pydantic.MongoDsn, read_url(pydantic.MongoDsn)),
    ),
    "Decimal": (
        Decimal,
        scalars.Decimal(),
        [
            *"1 -0 1E+2 0E-10 .5 5. +1 1. 1.e5 .e5 e5 1e 1e+ - + . NaN Infinity inf 0x1 1,5".split(),
            "",
            "1\n ",
            "1 2",
        ],
        written(
            Decimal, [Decimal(each) for each in "1.50 1E+2 -0 0E-10 1E-20 -12.5 1E+400".split()]
        ),
    ),
    "Special": (
        Annotated[Decimal, Field(allow_inf_nan=True)],
        scalars.Decimal(allow_special=True),
        "NaN sNaN Infinity -Infinity NaN12 Nan! Infinity1 x".split(),
        written(
            Annotated[Decimal, Field(allow_inf_nan=True)],
            [Decimal(each) for each in "NaN Infinity -Infinity 1.5".split()],
        ),
    ),
}


@pytest.mark.parametrize("zod", ZODS)
def test_what_pydantic_writes_parses_and_what_it_refuses_is_refused(
    project: Project, zod: str
) -> None:
    project.render(
        {name: ir.String(format=format_) for name, (_, format_, _, _) in CASES.items()},
        zod_import=zod,
        zod_version=version_of(zod),
    )
    good = [(name, text) for name, case in CASES.items() for text in case[3]]
    bad = [
        (name, text) for name, case in CASES.items() for text in case[2] if not reads(case[0], text)
    ]
    assert len(good) > 500
    assert len(bad) > 500
    answers = project.parse([(name, json.dumps(text)) for name, text in good + bad])
    refused = [pair for pair, answer in zip(good, answers, strict=False) if answer.value != pair[1]]
    accepted = [pair for pair, answer in zip(bad, answers[len(good) :], strict=True) if answer.ok]
    assert refused == []
    assert accepted == []


COMPILED = """
import * as z from "zod";
import { readFileSync } from "node:fs";
const schemas = await import(process.argv[2]);
const wrong = [];
for (const [name, text] of JSON.parse(readFileSync(0, "utf8"))) {
  const schema = schemas[name + "Schema"];
  if (z.compile(schema).safeParse(text).success !== schema.safeParse(text).success) wrong.push([name, text]);
}
process.stdout.write(JSON.stringify(wrong));
"""


def test_a_compiled_format_judges_alike(project: Project, node: Path) -> None:
    """z.compile goes by the names of formats."""
    formats = {
        each.label(): each
        for scalar in scalars.SCALARS
        if isinstance(scalar, scalars.Format)
        for each in scalar.variants()
    }
    project.render({name.title(): ir.String(format=format_) for name, format_ in formats.items()})
    texts = [
        (name.title(), text)
        for name, format_ in formats.items()
        for text in (*format_.edges(), *(text for text, _ in format_.invalid()), "aGVsbG8", "::1")
    ]
    (project.folder / "compiled.mjs").write_text(COMPILED)
    command = [str(node), "compiled.mjs", str(project.folder / "schemas.ts")]
    done = subprocess.run(
        command,
        cwd=project.folder,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("[]", 0), done.stderr
