"""Strings that are something: identifiers, addresses, bytes, secrets."""

from ipaddress import IPv4Address, IPv6Network
from uuid import UUID

from pydantic import UUID4, AnyUrl, Base64Bytes, BaseModel, EmailStr, HttpUrl, IPvAnyAddress, PostgresDsn, SecretStr


class Service(BaseModel):
    id: UUID
    token: UUID4
    owner: EmailStr
    link: AnyUrl
    site: HttpUrl
    database: PostgresDsn
    address: IPv4Address
    network: IPv6Network
    any_address: IPvAnyAddress
    image: Base64Bytes
    password: SecretStr
