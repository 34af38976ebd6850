"""One class, two types, where what is sent and what is taken differ; and one type where they don't."""

from decimal import Decimal

from pydantic import BaseModel, computed_field


class Price(BaseModel):
    amount: int
    currency: str


class Item(BaseModel):
    name: str
    weight: Decimal


class Order(BaseModel):
    total: Price
    items: list[Item]
    note: str = ""

    @computed_field
    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)
