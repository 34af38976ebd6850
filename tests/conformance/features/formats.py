"""String formats: what Pydantic writes for identifiers, addresses, bytes and secrets."""

from __future__ import annotations

from .case import Case, Json, accepts, both, emits, refused

WRITTEN: dict[str, Json] = {
    "a": "9e73facc-e651-41f1-b0dd-02fc00000001",
    "b": "03:04:00",
    "c": "2024-01-02T03:04:00",
    "d": "P1D",
    "e": "1",
    "f": "10.0.0.0/8",
    "g": "::1",
    "h": "a@example.com",
}

IDENTIFIERS: tuple[Case, ...] = (
    both(
        "uuid",
        """
        class Root(BaseModel):
            a: UUID
        """,
        [
            "Root(a=UUID(int=0))",
            "Root(a=UUID(int=1))",
            "Root(a=UUID('12345678-1234-5678-1234-567812345678'))",
            "Root(a=UUID('ffffffff-ffff-ffff-ffff-ffffffffffff'))",
            "Root(a=UUID('018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b'))",
        ],
        [
            {"a": "12345678-1234-5678-1234-56781234567"},
            {"a": "12345678-1234-5678-1234-56781234567g"},
            {"a": ""},
            {"a": None},
            {"a": 1},
        ],
        never_emits=[{"a": "12345678123456781234567812345678"}],
    ),
    *(
        both(
            f"uuid-version-{version}",
            f"""
            class Root(BaseModel):
                a: UUID{version}
            """,
            [f"Root(a=UUID('9e73facc-e651-{version}1f1-b0dd-02fc00000001'))"],
            [
                {"a": f"9e73facc-e651-{other}1f1-b0dd-02fc00000001"},
                {"a": "12345678-1234-0678-1234-567812345678"},
                {"a": "x"},
            ],
            pydantic=(2, 11) if version > 5 else (2, 10),
        )
        for version, other in ((1, 4), (3, 5), (4, 1), (5, 3), (6, 7), (7, 4), (8, 4))
    ),
    both(
        "email",
        """
        class Root(BaseModel):
            a: EmailStr
        """,
        [
            "Root(a='ann@example.com')",
            "Root(a='jörg@example.com')",
            "Root(a='user@münchen.de')",
            "Root(a='a.b+c@example.org')",
        ],
        [
            {"a": "ann"},
            {"a": "ann@"},
            {"a": "@example.com"},
            {"a": "a b@example.com"},
            {"a": ""},
            {"a": None},
        ],
    ),
    both(
        "name-email",
        """
        class Root(BaseModel):
            a: NameEmail
        """,
        ["Root(a=NameEmail('Bob', 'bob@example.com'))", "Root(a='ann@example.com')"],
        [{"a": "Bob"}, {"a": "Bob <bob>"}, {"a": ""}, {"a": None}],
    ),
    both(
        "ulid",
        """
        from ulid import ULID
        class Root(BaseModel):
            a: ULID
            b: dict[str, list[ULID | None]] = {}
        """,
        [
            "Root(a='01ARZ3NDEKTSV4RRFFQ69G5FAV')",
            "Root(a=ULID.from_int(0), b={'x': [ULID.from_int(2**128 - 1), None]})",
        ],
        [
            {"a": "81ARZ3NDEKTSV4RRFFQ69G5FAV"},
            {"a": "01ARZ3NDEKTSV4RRFFQ69G5FAI"},
            {"a": "01ARZ3NDEKTSV4RRFFQ69G5FA"},
            {"a": ""},
        ],
        never_emits=[{"a": 1, "b": {}}],
    ),
    accepts(
        "ulid-extra-types",
        """
        from pydantic_extra_types.ulid import ULID
        class Root(BaseModel):
            a: ULID
        """,
        [{"a": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}, {"a": "7" + "Z" * 25}],
        [{"a": "8" + "Z" * 25}, {"a": "01arz3ndektsv4rrffq69g5fav"}, {"a": "x"}],
    ),
    emits(
        "ulid-extra-types-serialized",
        """
        from pydantic_extra_types.ulid import ULID
        class Root(BaseModel):
            a: Annotated[ULID, PlainSerializer(str, return_type=str)]
        """,
        ["Root(a='01ARZ3NDEKTSV4RRFFQ69G5FAV')"],
        [{"a": 1}],
    ),
    refused(
        "ulid-extra-types-emitted",
        """
        from pydantic_extra_types.ulid import ULID
        class Root(BaseModel):
            a: ULID
        """,
        "no-json-form",
        "Root.a",
    ),
    both(
        "mac-address",
        """
        from pydantic_extra_types.mac_address import MacAddress
        class Root(BaseModel):
            a: MacAddress
            b: list[MacAddress] = []
        """,
        [
            "Root(a='00:00:5e:00:53:01')",
            "Root(a='0000.5E00.5301', b=['00-00-5E-00-53-01', '02:00:5e:10:00:00:00:01'])",
        ],
        [{"a": "00:00:5e:00:53"}, {"a": "00:00:5e:00:53:0g"}, {"a": "00005e005301"}, {"a": ""}],
        never_emits=[{"a": "00-00-5e-00-53-01", "b": []}, {"a": "00:00:5E:00:53:01", "b": []}],
        also_accepts=[{"a": "00-00-5e-00-53-01"}, {"a": "0000.5E00.5301"}],
    ),
    both(
        "semantic-version",
        """
        import semver
        from pydantic_extra_types.semantic_version import SemanticVersion
        from pydantic_extra_types.semver import ManifestVersion
        class Root(BaseModel):
            a: SemanticVersion
            b: dict[str, list[SemanticVersion | None]] = {}
            c: ManifestVersion = semver.Version(0)
        """,
        [
            "Root(a='1.2.3')",
            "Root(a='0.0.0-alpha.1+build.5', c='1.0.0-rc.1')",
            "Root(a=semver.Version(1, 2, 3, 'rc.1'), b={'x': ['10.20.30', None]})",
        ],
        [{"a": "1.2"}, {"a": "01.2.3"}, {"a": "v1.2.3"}, {"a": ""}, {"a": None}, {"a": 1}],
        never_emits=[{"a": "1.2.3", "b": {}, "c": "1"}],
    ),
    refused(
        "import-string-emitted",
        """
        class Root(BaseModel):
            a: ImportString
        """,
        "no-json-form",
        "Root.a",
    ),
    both(
        "spellings",
        """
        class Root(BaseModel):
            a: UUID4 = Field(default_factory=lambda: UUID('9e73facc-e651-41f1-b0dd-02fc00000001'))
            b: time = time(3, 4)
            c: datetime = datetime(2024, 1, 2, 3, 4)
            d: timedelta = timedelta(days=1)
            e: Decimal = Decimal(1)
            f: IPv4Network = IPv4Network('10.0.0.0/8')
            g: IPv6Address = IPv6Address('::1')
            h: EmailStr = 'a@example.com'
        """,
        [
            "Root(a=UUID('9e73facc-e651-41f1-b0dd-02fc00000001'))",
            "Root(b='03:04:05.5Z', c='2024-01-02 03:04+01:00', d='36:00', e='1e5', f='10.0.0.0/255.0.0.0', g='FE80::0:1%a', h='Bob <A@EXAMPLE.com>')",
            "Root(d='P400D', e='0.0000001', g='1:0:0:2:0:0:0:3')",
            "Root(d='-1 day, 02:03:04.5', e=' 1_0 ')",
        ],
        [
            {"a": "9e73facc-e651-11f1-b0dd-02fc00000001"},
            {"b": "03"},
            {"c": "2024-01-02x03:04"},
            {"d": "1 week"},
            {"e": "1 0"},
            {"f": "10.0.0.0/255.0.255.0"},
            {"g": "1::2::3"},
            {"h": "a@example.test"},
            {"h": "a@printer.local"},
            {"h": "a, b <a@example.com>"},
        ],
        never_emits=[
            {**WRITTEN, **one}
            for one in (
                {"a": "9E73FACC-E651-41F1-B0DD-02FC00000001"},
                {"a": "9e73facce65141f1b0dd02fc00000001"},
                {"b": "03:04"},
                {"b": "03:04:05.5"},
                {"c": "2024-01-02 03:04:00"},
                {"c": "2024-01-02T03:04:00.500"},
                {"d": "PT36H"},
                {"d": "P400D"},
                {"d": "1 day"},
                {"e": "1e5"},
                {"e": "+1"},
                {"e": "0.0000001"},
                {"f": "10.0.0.0"},
                {"g": "::0001"},
                {"g": "FE80::1"},
                {"h": "Bob <a@example.com>"},
                {"h": "a@EXAMPLE.com"},
            )
        ],
        also_accepts=[
            {"a": "9E73FACC-E651-41F1-B0DD-02FC00000001"},
            {"a": "9e73facce65141f1b0dd02fc00000001"},
            {"a": "urn:uuid:9e73facc-e651-41f1-b0dd-02fc00000001"},
            {"a": "{9e73facc-e651-41f1-b0dd-02fc00000001}"},
            {"b": "03:04"},
            {"b": "03:04Z"},
            {"b": "03:04:05,5+0130"},
            {"c": "2024-01-02T03:04"},
            {"c": "2024-01-02 03:04:05.1234567z"},
            {"d": "PT36H"},
            {"d": "1 day, 02:03:04.5"},
            {"d": "02:03"},
            {"e": 1.5},
            {"e": " 1_000.5 "},
            {"f": "10.0.0.0/0.255.255.255"},
            {"g": "FE80::1"},
            {"h": "Bob <a@EXAMPLE.com>"},
            {"h": " a@example.com "},
        ],
    ),
    accepts(
        "spellings-in-bounds",
        """
        class Root(BaseModel):
            a: Annotated[time, Field(gt=time(3, 4))] = time(4)
            b: Annotated[datetime, Field(ge=datetime(2024, 1, 2, 3, 4))] = datetime(2025, 1, 1)
            c: Annotated[timedelta, Field(ge=timedelta(hours=1))] = timedelta(hours=1)
            d: Annotated[Decimal, Field(max_digits=3, le=500)] = Decimal(1)
            e: Annotated[EmailStr, Field(max_length=13)] = 'a@example.com'
            f: set[int] = set()
            g: Annotated[set[int], Field(min_length=2)] = {1, 2}
        """,
        [
            {"a": "03:04:00.000001"},
            {"b": "2024-01-02 03:04"},
            {"c": "01:00"},
            {"c": "1d"},
            {"d": "1_00"},
            {"d": 12.5},
            {"e": "Bob <a@example.com>"},
            {"f": [1, 1]},
        ],
        [
            {"a": "03:04"},
            {"a": "03:04:00.0000009"},
            {"b": "2024-01-02 03:03:59,9999999"},
            {"c": "00:59"},
            {"d": "5_01"},
            {"d": 12.55},
            {"d": " 1.234"},
            {"e": "ab@example.com"},
            {"f": ["x"]},
            {"g": [1, 1]},
        ],
    ),
    emits(
        "cased",
        """
        class Root(BaseModel):
            a: Annotated[str, StringConstraints(to_upper=True, max_length=6)]
            b: Annotated[str, StringConstraints(to_lower=True, max_length=2)] = ''
            c: Annotated[str, StringConstraints(to_upper=True, pattern='^ß?$')] = ''
            d: Annotated[str, StringConstraints(to_upper=True, pattern='^[a-z]*$')] = ''
        """,
        ["Root(a='Straße', b='İİ', c='ß', d='ab')", "Root(a='ﬃabcde', b='Ab')"],
        [
            {"a": "STRAXXSE", "b": "", "c": "", "d": ""},
            {"a": "ABCDEFG", "b": "", "c": "", "d": ""},
            {"a": "Abc", "b": "", "c": "", "d": ""},
            {"a": "", "b": "abc", "c": "", "d": ""},
            {"a": "", "b": "A", "c": "", "d": ""},
            {"a": "", "b": "", "c": "", "d": "1"},
        ],
    ),
    both(
        "payment-card",
        """
        from pydantic import PaymentCardNumber
        class Root(BaseModel):
            a: PaymentCardNumber
        """,
        ["Root(a='4000000000000002')"],
        [{"a": "400"}, {"a": "40000000000000000000"}, {"a": None}],
    ),
)

URLS: tuple[Case, ...] = (
    both(
        "url-any",
        """
        class Root(BaseModel):
            a: AnyUrl
        """,
        [
            "Root(a='ftp://user:pa%20ss@h/x')",
            "Root(a='mailto:a@b.c')",
            "Root(a='custom+x://a')",
            "Root(a='http://[::1]:8000')",
        ],
        [{"a": "example.com"}, {"a": "//x"}, {"a": ""}, {"a": None}, {"a": "http://"}],
    ),
    both(
        "url-http",
        """
        class Root(BaseModel):
            a: HttpUrl
        """,
        [
            "Root(a='http://localhost:8000/x y')",
            "Root(a='https://127.0.0.1')",
            "Root(a='https://münchen.de/?q=1#f')",
        ],
        [{"a": "ftp://x.y"}, {"a": "http//x"}, {"a": "file:///etc"}, {"a": "x"}, {"a": 1}],
    ),
    both(
        "url-file",
        """
        class Root(BaseModel):
            a: FileUrl
        """,
        ["Root(a='file:///etc/passwd')"],
        [{"a": "http://x.y/"}, {"a": "/etc/passwd"}],
    ),
    both(
        "url-websocket-and-ftp",
        """
        class Root(BaseModel):
            a: WebsocketUrl
            b: FtpUrl
            c: AnyHttpUrl
        """,
        ["Root(a='wss://x.y/z', b='ftp://x', c='http://x')"],
        [
            {"a": "http://x.y", "b": "ftp://x/", "c": "http://x/"},
            {"a": "ws://x", "b": "sftp://x/", "c": "http://x/"},
            {"a": "ws://x", "b": "ftp://x/", "c": "ws://x/"},
        ],
    ),
    both(
        "url-dsns",
        """
        class Root(BaseModel):
            a: RedisDsn
            b: AmqpDsn
            c: MySQLDsn
        """,
        ["Root(a='rediss://:pw@h:6379/1', b='amqps://u:p@h/v', c='mysql+pymysql://u:p@h:3306/db')"],
        [
            {"a": "http://h", "b": "amqp://h", "c": "mysql://h"},
            {"a": "redis://h", "b": "http://h", "c": "mysql://h"},
            {"a": "redis://h", "b": "amqp://h", "c": "sqlite://h"},
        ],
    ),
    both(
        "url-multi-host",
        """
        class Root(BaseModel):
            a: PostgresDsn
            b: MongoDsn
        """,
        [
            "Root(a='postgresql://u:p@h:5432/db', b='mongodb://a:27017,b:27018/db')",
            "Root(a='postgresql+psycopg://u@h1:5432,h2/db', b='mongodb+srv://cluster/db')",
        ],
        [
            {"a": "http://h/db", "b": "mongodb://h"},
            {"a": "postgresql://h/db", "b": "x"},
            {"a": "", "b": "mongodb://h"},
        ],
    ),
    both(
        "url-constraints",
        """
        class Root(BaseModel):
            a: Annotated[AnyUrl, UrlConstraints(allowed_schemes=['app', 's3'], max_length=12)]
        """,
        ["Root(a='s3://bucket')", "Root(a='app://x')"],
        [{"a": "http://x"}],
        # What is emitted is normalised after it was measured, and may be longer.
        never_accepts=[{"a": "s3://a-long-bucket"}],
    ),
)

ADDRESSES: tuple[Case, ...] = (
    both(
        "ipv4",
        """
        class Root(BaseModel):
            a: IPv4Address
        """,
        ["Root(a='0.0.0.0')", "Root(a='255.255.255.255')"],
        [
            {"a": "256.0.0.1"},
            {"a": "1.2.3"},
            {"a": "01.2.3.4"},
            {"a": "::1"},
            {"a": ""},
            {"a": None},
        ],
    ),
    both(
        "ipv6",
        """
        class Root(BaseModel):
            a: IPv6Address
        """,
        [
            "Root(a='::1')",
            "Root(a='fe80::1%eth0')",
            "Root(a='::ffff:1.2.3.4')",
            "Root(a='2001:db8::8a2e:370:7334')",
        ],
        [{"a": "1.2.3.4"}, {"a": ":::1"}, {"a": "g::1"}, {"a": ""}],
    ),
    both(
        "ip-any",
        """
        class Root(BaseModel):
            a: IPvAnyAddress
        """,
        ["Root(a='1.2.3.4')", "Root(a='::1')"],
        [{"a": "1.2.3"}, {"a": "x"}, {"a": "1.2.3.4/24"}, {"a": None}],
    ),
    both(
        "ip-networks",
        """
        class Root(BaseModel):
            a: IPv4Network
            b: IPv6Network
            c: IPvAnyNetwork
        """,
        [
            "Root(a='10.0.0.0/8', b='2001:db8::/32', c='::/0')",
            "Root(a='1.2.3.4', b='::1', c='10.0.0.0/24')",
        ],
        [
            {"a": "10.0.0.0/33", "b": "::/0", "c": "::/0"},
            {"a": "10.0.0.0/8", "b": "10.0.0.0/8", "c": "::/0"},
            {"a": "10.0.0.0/8", "b": "::/0", "c": "x/8"},
        ],
    ),
    both(
        "ip-interfaces",
        """
        class Root(BaseModel):
            a: IPv4Interface
            b: IPv6Interface
            c: IPvAnyInterface
        """,
        ["Root(a='10.1.2.3/8', b='2001:db8::1/32', c='1.2.3.4/24')"],
        [
            {"a": "10.1.2.3/33", "b": "::1/0", "c": "::/0"},
            {"a": "10.1.2.3/8", "b": "::1/129", "c": "::/0"},
            {"a": "10.1.2.3/8", "b": "::1/128", "c": "x"},
        ],
    ),
    both(
        "networks-are-written-with-their-mask",
        """
        class Root(BaseModel):
            a: ipaddress.IPv4Network
            b: ipaddress.IPv6Network
            c: ipaddress.IPv4Interface
            d: IPvAnyNetwork
            e: IPvAnyInterface
        """,
        ["Root(a='10.0.0.0/8', b='::/0', c='10.0.0.1', d='10.0.0.0/8', e='::1')"],
        [{"a": "x", "b": "::/0", "c": "10.0.0.1/8", "d": "10.0.0.0/8", "e": "::1/128"}],
        never_emits=[
            {"a": "10.0.0.0", "b": "::/0", "c": "10.0.0.1/8", "d": "10.0.0.0/8", "e": "::1/128"},
            {"a": "10.0.0.0/8", "b": "::", "c": "10.0.0.1/8", "d": "10.0.0.0/8", "e": "::1/128"},
            {"a": "10.0.0.0/8", "b": "::/0", "c": "10.0.0.1", "d": "10.0.0.0/8", "e": "::1/128"},
            {"a": "10.0.0.0/8", "b": "::/0", "c": "10.0.0.1/8", "d": "10.0.0.0", "e": "::1/128"},
            {"a": "10.0.0.0/8", "b": "::/0", "c": "10.0.0.1/8", "d": "10.0.0.0/8", "e": "::1"},
        ],
        also_accepts=[{"a": "10.0.0.0", "b": "::", "c": "10.0.0.1", "d": "10.0.0.0", "e": "::1"}],
    ),
    both(
        "name-email-is-written-with-its-name",
        """
        class Root(BaseModel):
            a: NameEmail
        """,
        ["Root(a='Bob <bob@example.com>')", "Root(a='bob@example.com')"],
        [{"a": "bob"}],
        never_emits=[{"a": "bob@example.com"}],
        also_accepts=[{"a": "bob@example.com"}],
    ),
)

BYTES: tuple[Case, ...] = (
    both(
        "bytes",
        """
        class Root(BaseModel):
            a: bytes
        """,
        ["Root(a=b'')", "Root(a='é'.encode())"],
        [{"a": None}, {"a": 1}, {"a": []}],
    ),
    emits(
        "bytes-as-base64",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='base64', val_json_bytes='base64')
            a: bytes
        """,
        ["Root(a=b'')", "Root(a=bytes([251, 255]))", "Root(a=b'a')"],
        [{"a": "+/8="}, {"a": "a"}, {"a": "é"}, {"a": "a b="}, {"a": None}],
    ),
    emits(
        "bytes-as-hex",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex')
            a: bytes
        """,
        ["Root(a=b'')", "Root(a=bytes([0, 255]))"],
        [{"a": "0"}, {"a": "0g"}, {"a": "a b"}, {"a": None}],
    ),
    both(
        "bytes-lengths",
        """
        class Root(BaseModel):
            a: bytes = Field(min_length=1, max_length=3)
        """,
        ["Root(a=b'abc')", "Root(a='é'.encode())", "Root(a='中'.encode())"],
        [{"a": ""}, {"a": "abcd"}, {"a": "éé"}, {"a": "😀"}, {"a": "a中"}],
    ),
    both(
        "bytes-lengths-in-many-places",
        """
        class Root(BaseModel):
            a: list[Annotated[bytes, Field(min_length=4)]]
            b: dict[Annotated[bytes, Field(max_length=4)], int] = {}
            c: Annotated[bytes, Field(min_length=2, max_length=2)] | None = None
            d: SecretBytes = SecretBytes(b'')
        """,
        ["Root(a=['😀'.encode(), b'abcd'], b={'中a'.encode(): 1}, c='é'.encode())", "Root(a=[])"],
        [
            {"a": ["abc"], "b": {}, "c": None, "d": ""},
            {"a": ["中"], "b": {}, "c": None, "d": ""},
            {"a": [], "b": {"😀a": 1}, "c": None, "d": ""},
            {"a": [], "b": {}, "c": "éa", "d": ""},
        ],
    ),
    both(
        "base64",
        """
        class Root(BaseModel):
            a: Base64Bytes
            b: Base64Str
        """,
        ["Root(a=b'+/8=', b='aGVsbG8=')", "Root(a=b'', b='')"],
        [{"a": "a", "b": ""}, {"a": "", "b": "a==="}, {"a": None, "b": ""}],
    ),
    both(
        "base64url",
        """
        class Root(BaseModel):
            a: Base64UrlBytes
            b: Base64UrlStr
        """,
        ["Root(a=b'-_8=', b='aGVsbG8=')", "Root(a=b'', b='')"],
        [{"a": "a", "b": ""}, {"a": "", "b": 1}, {"a": "", "b": "aGVsbG8"}],
    ),
    accepts(
        "bytes-from-base64",
        """
        class Root(BaseModel):
            model_config = ConfigDict(val_json_bytes='base64')
            a: bytes
        """,
        [{"a": ""}, {"a": "-_8="}, {"a": "aGVsbG8="}],
        [{"a": "a"}, {"a": "é"}, {"a": None}],
    ),
    accepts(
        "bytes-from-hex",
        """
        class Root(BaseModel):
            model_config = ConfigDict(val_json_bytes='hex')
            a: bytes
        """,
        [{"a": ""}, {"a": "00ff"}, {"a": "AB"}],
        [{"a": "0"}, {"a": "0g"}, {"a": None}],
    ),
    emits(
        "bytes-or-string",
        """
        class Root(BaseModel):
            a: bytes | str
            b: dict[bytes, int]
        """,
        ["Root(a=b'x', b={b'k': 1})", "Root(a='y', b={})"],
        [{"a": 1, "b": {}}, {"a": "", "b": {"k": "x"}}],
    ),
)

WRAPPED: tuple[Case, ...] = (
    accepts(
        "json-text",
        """
        class Root(BaseModel):
            a: Json
            b: Json[list[int]]
        """,
        [{"a": "[1]", "b": "[1, 2]"}, {"a": "null", "b": "[]"}, {"a": ' "x" ', "b": "[]"}],
        [
            {"a": "{", "b": "[]"},
            {"a": "", "b": "[]"},
            {"a": 1, "b": "[]"},
            {"a": "1", "b": [1]},
            {"a": None, "b": "[]"},
        ],
    ),
    emits(
        "json-text-read-back",
        """
        class Root(BaseModel):
            a: Json
            b: Json[list[int]]
        """,
        ["Root(a='{\"x\": null}', b='[1, 2]')", "Root(a='null', b='[]')"],
        [{"a": 1, "b": "[1]"}, {"a": 1, "b": ["x"]}, {"a": 1}],
    ),
    emits(
        "secrets",
        """
        class Root(BaseModel):
            a: SecretStr
            b: SecretBytes
            c: SecretStr | None = None
        """,
        ["Root(a='x', b=b'y')", "Root(a='', b=b'', c='z')"],
        [
            {"a": "x", "b": "", "c": None},
            {"a": "*********", "b": "", "c": None},
            {"a": "", "b": "", "c": 1},
        ],
    ),
    accepts(
        "secrets-read",
        """
        class Root(BaseModel):
            a: SecretStr = Field(min_length=2)
            b: SecretBytes
        """,
        [{"a": "hunter2", "b": ""}],
        [{"a": "x", "b": ""}, {"a": "xx", "b": None}, {"a": 1, "b": ""}],
    ),
    accepts(
        "secret-of-a-type-read",
        """
        class Root(BaseModel):
            a: Secret[int]
            b: Secret[date]
        """,
        [{"a": 1, "b": "2024-01-02"}],
        [{"a": "x", "b": "2024-01-02"}, {"a": 1, "b": "2024"}],
    ),
    emits(
        "secret-of-a-type",
        """
        class Root(BaseModel):
            a: Secret[int]
        """,
        ["Root(a=1)", "Root(a=0)"],
        [{"a": 1}, {"a": "1"}, {"a": None}],
    ),
    both(
        "paths",
        """
        class Root(BaseModel):
            a: Path
            b: pathlib.PurePosixPath | None
        """,
        ["Root(a='/etc/passwd', b=None)", "Root(a='a b', b='x')"],
        [{"a": None, "b": None}, {"a": 1, "b": None}, {"a": "", "b": []}],
    ),
    both(
        "paths-that-exist",
        """
        class Root(BaseModel):
            a: DirectoryPath
            b: NewPath
        """,
        ["Root(a='/', b='/nowhere-to-be-found')"],
        [{"a": None, "b": "/nowhere-to-be-found"}, {"a": "/", "b": 1}],
    ),
    both(
        "compiled-pattern",
        """
        class Root(BaseModel):
            a: re.Pattern[str]
        """,
        ["Root(a=re.compile('^a+$'))"],
        [{"a": 1}, {"a": None}],
    ),
    both(
        "byte-size",
        """
        class Root(BaseModel):
            a: ByteSize
        """,
        ["Root(a=0)", "Root(a='1 GiB')"],
        [{"a": None}, {"a": "1 lightyear"}, {"a": -1}, {"a": []}],
        never_emits=[{"a": "1 GiB"}],
    ),
    accepts(
        "import-string",
        """
        class Root(BaseModel):
            a: ImportString
        """,
        [{"a": "math.cos"}],
        [{}],
    ),
    refused(
        "callable",
        """
        class Root(BaseModel):
            a: Callable[[int], int]
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "class-itself",
        """
        class Root(BaseModel):
            ok: int
            a: type[int]
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "arbitrary-class",
        """
        class Thing:
            pass
        class Root(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            a: Thing
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "arbitrary-class-deep-inside",
        """
        class Thing:
            pass
        class Inner(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            things: dict[str, list[Thing]]
        class Root(BaseModel):
            inner: Inner
        """,
        "no-json-form",
        "Inner.things",
        accepted=True,
    ),
    emits(
        "secret-displayed-otherwise",
        """
        class SecretDate(Secret[date]):
            def _display(self) -> str:
                return '****/**/**'
        class Root(BaseModel):
            a: SecretDate
        """,
        ["Root(a='2024-01-01')"],
        [{"a": 1}, {"a": None}],
    ),
    accepts(
        "secret-bytes-as-base64",
        """
        class Root(BaseModel):
            model_config = ConfigDict(val_json_bytes='base64')
            a: SecretBytes
        """,
        [{"a": "_-8="}, {"a": ""}],
        [{"a": "a"}, {"a": "*"}],
    ),
    accepts(
        "json-text-of-a-type",
        """
        class Node(BaseModel):
            value: int
            children: 'list[Node]' = []
        class Root(BaseModel):
            a: Json[list[int]]
            b: Json[Node] | None = None
            c: dict[str, Json[Node]] = {}
            d: Json[Json[int]] | None = None
            e: Json[Any] = None
        """,
        [
            {"a": "[1]"},
            {
                "a": " [ ] ",
                "b": '{"value": 1, "children": [{"value": 2}]}',
                "d": '"3"',
                "e": "null",
            },
            {"a": "[]", "b": None, "c": {"x": '{"value": 1, "unknown": 2}'}},
        ],
        [
            {"a": [1]},
            {"a": "x"},
            {"a": '["x"]'},
            {"a": "[]", "b": "{}"},
            {"a": "[]", "b": '{"value": 1, "children": [{}]}'},
            {"a": "[]", "c": {"x": "[]"}},
            {"a": "[]", "d": '"x"'},
            {"a": "[]", "e": "{"},
        ],
    ),
)

CASES = (*IDENTIFIERS, *URLS, *ADDRESSES, *BYTES, *WRAPPED)
