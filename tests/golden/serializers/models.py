"""What a serializer is annotated to return is what is on the wire."""

from datetime import datetime, timezone
from typing import Annotated

from pydantic import BaseModel, PlainSerializer, field_serializer, model_serializer
from typing_extensions import TypedDict


class PointOnWire(TypedDict):
    lat: float
    lon: float


class Point(BaseModel):
    coordinates: tuple[float, float]

    @model_serializer
    def wire(self) -> PointOnWire:
        return {"lat": self.coordinates[0], "lon": self.coordinates[1]}


class Visit(BaseModel):
    where: Point
    when: Annotated[datetime, PlainSerializer(lambda value: int(value.timestamp()), return_type=int)]
    guests: list[str]

    @field_serializer("guests")
    def number_of_guests(self, guests: list[str]) -> int:
        return len(guests)
