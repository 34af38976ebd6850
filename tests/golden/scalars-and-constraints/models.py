"""Numbers and strings with their limits: code points, not UTF-16; Rust's patterns, not JavaScript's."""

from decimal import Decimal

from pydantic import BaseModel, Field, FiniteFloat, StrictBool


class Everything(BaseModel):
    name: str = Field(min_length=1, max_length=3)
    slug: str = Field(pattern=r"(?i)^\w+-\d{2,}$")
    count: int = Field(ge=0, lt=100, multiple_of=5)
    big: int
    ratio: FiniteFloat = Field(gt=0, le=1)
    reading: float
    active: StrictBool
    price: Decimal = Field(ge=0, max_digits=6, decimal_places=2)
    tags: set[str] = Field(max_length=3)
