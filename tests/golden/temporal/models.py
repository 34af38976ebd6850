"""Dates and times as Pydantic writes them."""

from datetime import date, datetime, time, timedelta

from pydantic import AwareDatetime, BaseModel, Field, NaiveDatetime


class Event(BaseModel):
    at: datetime
    aware: AwareDatetime
    naive: NaiveDatetime
    day: date = Field(ge=date(2020, 1, 1))
    doors: time
    length: timedelta = Field(gt=timedelta(0))
    delay: timedelta
