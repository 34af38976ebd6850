"""Names that TypeScript has for itself, and two classes of one name, of which the configuration renames one."""

from pydantic import BaseModel


class Array(BaseModel):
    items: list[int]


class Record(BaseModel):
    entries: dict[str, Array]


class Billing:
    class Address(BaseModel):
        iban: str


class Shipping:
    class Address(BaseModel):
        street: str


class Date(BaseModel):
    record: Record
    billing: Billing.Address
    shipping: Shipping.Address
