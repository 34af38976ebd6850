"""Dates and times: with and without offset, signed and fractional durations, bounds compared as time and not as text."""

from __future__ import annotations

from .case import Case, accepts, both, emits

DATETIMES: tuple[Case, ...] = (
    both(
        "datetime",
        """
        class Root(BaseModel):
            a: datetime
        """,
        [
            "Root(a=datetime(2024, 1, 2, 3, 4, 5))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, 678))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, 120000, timezone(timedelta(hours=5, minutes=30))))",
            "Root(a=datetime(2024, 2, 29, tzinfo=timezone(-timedelta(hours=8))))",
            "Root(a=datetime.min)",
            "Root(a=datetime.max)",
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=23, minutes=59))))",
            "Root(a=datetime(1900, 1, 1, tzinfo=timezone(timedelta(minutes=19, seconds=32))))",
        ],
        [
            {"a": "2023-02-29T00:00:00"},
            {"a": "2024-13-01T00:00:00Z"},
            {"a": "2024-01-02T25:00:00Z"},
            {"a": "2024-01-02T03:60:00Z"},
            {"a": "yesterday"},
            {"a": ""},
            {"a": None},
            {"a": True},
        ],
        never_emits=[{"a": 1704164645}, {"a": "2024-01-02"}, {"a": "2024-01-02 03:04:05"}],
    ),
    both(
        "datetime-aware",
        """
        class Root(BaseModel):
            a: AwareDatetime
        """,
        [
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc))",
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=-3, minutes=-30))))",
        ],
        [{"a": "2024-01-02T03:04:05"}, {"a": "2024-01-02"}, {"a": "2024-01-02T03:04:05+25:00"}],
    ),
    both(
        "datetime-naive",
        """
        class Root(BaseModel):
            a: NaiveDatetime
        """,
        ["Root(a=datetime(2024, 1, 2, 3, 4, 5))", "Root(a=datetime(2024, 1, 2, 3, 4, 5, 6))"],
        [{"a": "2024-01-02T03:04:05Z"}, {"a": "2024-01-02T03:04:05+01:00"}],
    ),
    both(
        "datetime-bounds",
        """
        class Root(BaseModel):
            a: NaiveDatetime = Field(ge=datetime(2024, 1, 1), lt=datetime(2025, 1, 1))
        """,
        ["Root(a=datetime(2024, 1, 1))", "Root(a=datetime(2024, 12, 31, 23, 59, 59, 999999))"],
        [
            {"a": "2023-12-31T23:59:59.999999"},
            {"a": "2025-01-01T00:00:00"},
            {"a": "2025-01-01T00:00:00.000001"},
        ],
    ),
    both(
        "datetime-aware-bounds",
        """
        class Root(BaseModel):
            a: AwareDatetime = Field(gt=datetime(2024, 1, 1, tzinfo=timezone.utc))
        """,
        [
            "Root(a=datetime(2024, 1, 1, 0, 0, 0, 1, timezone.utc))",
            "Root(a=datetime(2023, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-1))))",
        ],
        [
            {"a": "2024-01-01T00:00:00Z"},
            {"a": "2024-01-01T00:30:00+01:00"},
            {"a": "2023-12-31T23:59:59Z"},
        ],
    ),
    both(
        "datetime-past-and-future",
        """
        class Root(BaseModel):
            a: PastDatetime
            b: FutureDatetime
        """,
        ["Root(a=datetime(1999, 1, 1), b=datetime(2999, 1, 1, tzinfo=timezone.utc))"],
        [{"a": "x", "b": "2999-01-01T00:00:00Z"}, {"a": "1999-01-01T00:00:00", "b": None}],
    ),
    both(
        "datetime-strict",
        """
        class Root(BaseModel):
            model_config = ConfigDict(strict=True)
            a: datetime
        """,
        ["Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc))"],
        [{"a": 1704164645}, {"a": "tomorrow"}],
    ),
    emits(
        "datetime-as-seconds",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            a: datetime
            b: timedelta
        """,
        ["Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=timedelta(milliseconds=-1500))"],
        [{"a": "2024-01-02T00:00:00Z", "b": 1.5}, {"a": 1, "b": "PT1.5S"}],
    ),
    both(
        "datetime-of-any-zone-with-a-bound",
        """
        class Root(BaseModel):
            a: datetime = Field(ge=datetime(2024, 1, 1, tzinfo=timezone.utc))
        """,
        [
            "Root(a=datetime(2024, 6, 1, tzinfo=timezone.utc))",
            "Root(a=datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))))",
        ],
        [{"a": "2023-06-01T00:00:00Z"}, {"a": "2023-12-31T23:59:59.999999Z"}],
    ),
    emits(
        "datetime-as-milliseconds",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='milliseconds')
            a: datetime
            b: date
            c: time
        """,
        ["Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=date(2024, 1, 2), c=time(1, 2, 3))"],
        [{"a": "2024-01-02T00:00:00Z", "b": 1, "c": 1}, {"a": None, "b": 1, "c": 1}],
    ),
)

DATES: tuple[Case, ...] = (
    both(
        "date",
        """
        class Root(BaseModel):
            a: date
        """,
        ["Root(a=date(2024, 2, 29))", "Root(a=date.min)", "Root(a=date.max)"],
        [
            {"a": "2023-02-29"},
            {"a": "2024-00-10"},
            {"a": "2024-04-31"},
            {"a": "24-01-01"},
            {"a": ""},
            {"a": None},
        ],
        never_emits=[{"a": "2024-01-01T00:00:00"}, {"a": 0}],
    ),
    both(
        "date-bounds",
        """
        class Root(BaseModel):
            a: date = Field(gt=date(2020, 1, 1), le=date(2020, 12, 31))
        """,
        ["Root(a=date(2020, 1, 2))", "Root(a=date(2020, 12, 31))"],
        [{"a": "2020-01-01"}, {"a": "2021-01-01"}, {"a": "1999-06-06"}],
    ),
    both(
        "date-past-and-future",
        """
        class Root(BaseModel):
            a: PastDate
            b: FutureDate
        """,
        ["Root(a=date(1999, 1, 1), b=date(2999, 1, 1))"],
        [{"a": "", "b": "2999-01-01"}, {"a": "1999-01-01", "b": "2999-02-30"}],
    ),
    both(
        "date-or-datetime",
        """
        class Root(BaseModel):
            a: date | datetime
        """,
        ["Root(a=date(2024, 1, 2))", "Root(a=datetime(2024, 1, 2, 3, 4, 5))"],
        [{"a": "x"}, {"a": None}, {"a": "2024-01-32"}],
    ),
    both(
        "date-constrained-by-condate",
        """
        class Root(BaseModel):
            a: condate(lt=date(2020, 1, 1))
        """,
        ["Root(a=date(2019, 12, 31))"],
        [{"a": "2020-01-01"}, {"a": "9999-12-31"}],
    ),
)

TIMES: tuple[Case, ...] = (
    both(
        "time",
        """
        class Root(BaseModel):
            a: time
        """,
        [
            "Root(a=time(3, 4, 5))",
            "Root(a=time(3, 4))",
            "Root(a=time(23, 59, 59, 999999))",
            "Root(a=time(3, 4, 5, tzinfo=timezone.utc))",
            "Root(a=time(3, 4, 5, 678, timezone(timedelta(hours=-2))))",
        ],
        [{"a": "24:00:00"}, {"a": "12:60:00"}, {"a": "noon"}, {"a": None}, {"a": "12:00:00+24:00"}],
        never_emits=[{"a": "12"}, {"a": 43200}],
    ),
    both(
        "time-bounds",
        """
        class Root(BaseModel):
            a: time = Field(ge=time(9), lt=time(17, 30))
        """,
        ["Root(a=time(9))", "Root(a=time(17, 29, 59, 999999))"],
        [{"a": "08:59:59"}, {"a": "17:30:00"}, {"a": "17:30:00.000001"}],
    ),
)

DURATIONS: tuple[Case, ...] = (
    both(
        "timedelta",
        """
        class Root(BaseModel):
            a: timedelta
        """,
        [
            "Root(a=timedelta(0))",
            "Root(a=timedelta(days=1, seconds=1.5))",
            "Root(a=-timedelta(days=1))",
            "Root(a=-timedelta(seconds=1.5))",
            "Root(a=timedelta(microseconds=1))",
            "Root(a=timedelta(days=400))",
            "Root(a=timedelta(weeks=3, hours=1))",
        ],
        [{"a": "P"}, {"a": "1 hour"}, {"a": ""}, {"a": None}, {"a": "PT1X"}, {"a": True}],
        never_emits=[{"a": 1.5}, {"a": "01:00:00"}],
    ),
    both(
        "timedelta-bounds",
        """
        class Root(BaseModel):
            a: timedelta = Field(ge=timedelta(0), lt=timedelta(days=365))
        """,
        [
            "Root(a=timedelta(0))",
            "Root(a=timedelta(days=364, hours=23))",
            "Root(a=timedelta(hours=30))",
        ],
        [{"a": "-PT1S"}, {"a": "P1Y"}, {"a": "P365D"}, {"a": "-P1D"}, {"a": "PT9999H"}],
    ),
    emits(
        "timedelta-as-float",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float')
            a: timedelta
        """,
        ["Root(a=timedelta(seconds=1.5))", "Root(a=-timedelta(days=1))"],
        [{"a": "PT1.5S"}, {"a": None}],
    ),
    emits(
        "timedelta-as-float-in-bounds",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float')
            a: timedelta = Field(ge=timedelta(seconds=1))
        """,
        ["Root(a=timedelta(seconds=1))", "Root(a=timedelta(days=1))"],
        [{"a": "PT1S"}, {"a": None}],
    ),
    both(
        "timedelta-in-containers",
        """
        class Root(BaseModel):
            a: dict[str, list[timedelta | None]]
        """,
        ["Root(a={'x': [timedelta(minutes=-1), None]})"],
        [{"a": {"x": ["one"]}}, {"a": {"x": None}}],
    ),
    both(
        "seconds-both-ways",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float')
            a: timedelta
            b: Annotated[timedelta, Field(le=timedelta(minutes=1))] = timedelta(0)
        """,
        ["Root(a=timedelta(days=-1.5))", "Root(a=timedelta(days=999999), b=timedelta(seconds=60))"],
        [{"a": None, "b": 0}, {"a": 1, "b": 60.5}],
        never_emits=[{"a": "P1D", "b": 0}],
        also_accepts=[{"a": "P1D"}, {"a": 1.5, "b": "PT1M"}],
        never_accepts=[{"a": 86400000000000}],
    ),
    both(
        "seconds-beyond-a-bound",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float')
            a: timedelta = Field(gt=timedelta(0), lt=timedelta(seconds=1))
        """,
        ["Root(a=timedelta(microseconds=1))"],
        [{"a": 0}, {"a": 1}],
        also_accepts=[{"a": 5e-7}, {"a": 6e-7}, {"a": 0.9999994}],
        never_accepts=[{"a": 1e-7}, {"a": 0.9999995}, {"a": 0.9999998}],
    ),
)

OTHERS: tuple[Case, ...] = (
    both(
        "time-zone",
        """
        class Root(BaseModel):
            a: zoneinfo.ZoneInfo
        """,
        ["Root(a=zoneinfo.ZoneInfo('UTC'))", "Root(a=zoneinfo.ZoneInfo('Europe/Paris'))"],
        [{"a": 1}, {"a": None}],
    ),
    both(
        "temporal-literals-apart",
        """
        class Root(BaseModel):
            a: date | time | timedelta
        """,
        ["Root(a=date(2024, 1, 2))", "Root(a=time(1, 2, 3))", "Root(a=timedelta(hours=1))"],
        [{"a": "x"}, {"a": "2024-01-32"}, {"a": None}],
    ),
    both(
        "temporal-keys",
        """
        class Root(BaseModel):
            a: dict[datetime, int]
            b: dict[timedelta, int]
        """,
        [
            "Root(a={datetime(2024, 1, 2, tzinfo=timezone.utc): 1}, b={timedelta(hours=-1): 2})",
            "Root(a={}, b={})",
        ],
        [{"a": {"x": 1}, "b": {}}, {"a": {}, "b": {"an hour": 1}}],
    ),
    accepts(
        "temporal-offsets-and-fractions",
        """
        class Root(BaseModel):
            a: datetime
            b: time
        """,
        [
            {"a": "2024-01-02T03:04:05.123Z", "b": "03:04:05.1"},
            {"a": "2024-01-02T03:04:05-00:00", "b": "03:04:05.123456Z"},
        ],
        [
            {"a": "2024-01-02T03:04:05+1:00", "b": "03:04:05"},
            {"a": "2024-01-02T03:04:05Z", "b": "03:04:05+"},
        ],
    ),
)

CASES = (*DATETIMES, *DATES, *TIMES, *DURATIONS, *OTHERS)
