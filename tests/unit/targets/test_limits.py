"""Bounds, digits and multiples against Pydantic: a value that can be of the format is accepted exactly if Pydantic accepts it."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from samewire import ir, scalars
from samewire.scalars.spelling import Spelling

from tests.unit.targets.harness import Project

RANDOM = random.Random(3)


def reads(type_: Any, value: Any) -> bool:
    try:
        TypeAdapter(type_).validate_json(json.dumps(value))
    except ValidationError:
        return False
    return True


def limited(type_: Any, **limits: Any) -> Any:
    return Annotated[type_, Field(**limits)]


def text(value: Any) -> str:
    return str(json.loads(TypeAdapter(type(value)).dump_json(value)))


def bounds(**limits: Any) -> scalars.Bounds:
    return scalars.Bounds(**{key: text(limit) for key, limit in limits.items()})


DATE_TIMES = [
    f"{day}T{clock}{zone}"
    for day in ("2023-12-31", "2024-01-01", "2024-01-02", "0001-01-01", "9999-12-31")
    for clock in (
        "11:59:59",
        "11:59:59.999999",
        "12:00:00",
        "12:00:00.000005",
        "12:00:00.000006",
        "12:00:00.00001",
        "17:00:00",
    )
    for zone in ("", "Z", "+05:00", "-05:00", "+23:59", "-00:30")
]
TIMES = [value.split("T")[1] for value in DATE_TIMES[:42]]
DURATIONS = (
    "P1D PT24H PT23H59M59.999999S P1Y35D P1Y36D -P2D P1M P13M P57W PT0S -PT0.000001S PT0.000001S P400D P400DT0.000001S P1W "
    "PT1440M PT86400S PT86399S -P1D"
).split()
DECIMALS = (
    "0 -0 0.0 0E+10 0E-10 1 1.5 1.50 1.500 -1.5 0.10 100 1E+2 1E-2 1E+3 .5 5. +1 123.45 1234.5 12345 0.001 0.0010 1000 9.99 "
    "99.99 99.999 00012.50 0.5E1 5E-1 12E-1 1200E-2 1200E-1 1.20E+3 0.000 0E-2 0E-3 0E5 99999.9 2.5 7.5 7.51 0.07 0.14 2.03 "
    "-0.07 10 20 1E+1 0.3 0.30 0.31 1e20 1.0000000000000000000000001 123456789.123456789 -100 -100.01 100.01 1E-20"
).split()
DAY = date(2024, 1, 2)
NOON = datetime(2024, 1, 1, 12, 0, 0, 5)  # noqa: DTZ001  # bounds without a zone are the point
NOON_UTC = NOON.replace(tzinfo=UTC)

LIMITS: dict[str, tuple[Any, scalars.Format, list[str]]] = {
    "DateGe": (
        limited(date, ge=DAY),
        scalars.Date(bounds(ge=DAY)),
        ["2024-01-01", "2024-01-02", "2024-01-03", "0001-01-01"],
    ),
    "DateLt": (
        limited(date, lt=DAY),
        scalars.Date(bounds(lt=DAY)),
        ["2024-01-01", "2024-01-02", "2024-01-03", "0001-01-01"],
    ),
    "NoonGe": (limited(datetime, ge=NOON), scalars.DateTime(bounds=bounds(ge=NOON)), DATE_TIMES),
    "NoonGt": (limited(datetime, gt=NOON), scalars.DateTime(bounds=bounds(gt=NOON)), DATE_TIMES),
    "UtcGe": (
        limited(datetime, ge=NOON_UTC),
        scalars.DateTime(bounds=bounds(ge=NOON_UTC)),
        DATE_TIMES,
    ),
    "UtcLe": (
        limited(datetime, le=NOON_UTC),
        scalars.DateTime(bounds=bounds(le=NOON_UTC)),
        DATE_TIMES,
    ),
    "UtcLt": (
        limited(datetime, lt=NOON_UTC),
        scalars.DateTime(bounds=bounds(lt=NOON_UTC)),
        DATE_TIMES,
    ),
    "TimeGe": (limited(time, ge=time(12)), scalars.Time(bounds=bounds(ge=time(12))), TIMES),
    "TimeLe": (limited(time, le=time(12)), scalars.Time(bounds=bounds(le=time(12))), TIMES),
    "TimeUtc": (
        limited(time, ge=time(12, tzinfo=UTC)),
        scalars.Time(bounds=bounds(ge=time(12, tzinfo=UTC))),
        TIMES,
    ),
    "DurationGeLe": (
        limited(timedelta, ge=timedelta(1), le=timedelta(400)),
        scalars.Duration(bounds(ge=timedelta(1), le=timedelta(400))),
        DURATIONS,
    ),
    "DurationGt": (
        limited(timedelta, gt=timedelta(0)),
        scalars.Duration(bounds(gt=timedelta(0))),
        DURATIONS,
    ),
    "DurationLt": (
        limited(timedelta, lt=timedelta(-1)),
        scalars.Duration(bounds(lt=timedelta(-1))),
        DURATIONS,
    ),
    **{
        f"Digits{digits}_{places}": (
            limited(Decimal, max_digits=digits, decimal_places=places),
            scalars.Decimal(max_digits=digits, decimal_places=places),
            DECIMALS,
        )
        for digits, places in [
            (5, None),
            (3, None),
            (None, 2),
            (5, 2),
            (3, 2),
            (2, 2),
            (3, 0),
            (1, 3),
            (4, 6),
            (None, 0),
        ]
    },
    **{
        f"Multiple{index}": (
            limited(Decimal, multiple_of=Decimal(step)),
            scalars.Decimal(multiple_of=step),
            [each for each in DECIMALS if each != "1e20" or step != "0.07"],
        )
        for index, step in enumerate(("0.01", "0.1", "2.5", "1", "10", "0.07", "1E+1", "0.30"))
    },
    **{
        f"Decimal_{index}_{name}": (
            limited(Decimal, **{name: Decimal(limit)}),
            scalars.Decimal(bounds=scalars.Bounds(**{name: limit})),
            DECIMALS,
        )
        for index, limit in enumerate(("0", "1.5", "-0.5", "100", "1E+2", "-100"))
        for name in ("ge", "gt", "le", "lt")
    },
}


def as_read(format_: scalars.Format) -> scalars.Format:
    """The format with all spellings that Pydantic reads, where it has several."""
    if isinstance(format_, scalars.DateTime | scalars.Time | scalars.Duration | scalars.Decimal):
        return replace(format_, spelling=Spelling.READ)
    return format_


@pytest.mark.parametrize("zod", ["zod", "zod/mini"])
def test_limits_on_text(project: Project, zod: str) -> None:
    types = {name: ir.String(format=as_read(format_)) for name, (_, format_, _) in LIMITS.items()}
    project.render(types, zod_import=zod)
    tried = [(name, value) for name, (_, _, values) in LIMITS.items() for value in values]
    answers = project.parse([(name, json.dumps(value)) for name, value in tried])
    wrong = [
        (*pair, answer.ok)
        for pair, answer in zip(tried, answers, strict=True)
        if answer.ok != reads(LIMITS[pair[0]][0], pair[1])
    ]
    assert wrong == []
    verdicts = {
        name: {answer.ok for pair, answer in zip(tried, answers, strict=True) if pair[0] == name}
        for name in LIMITS
    }
    assert all(seen == {True, False} for seen in verdicts.values()), verdicts


def test_a_decimal_that_is_no_number_is_within_no_bounds_but_those_of_infinity(
    project: Project,
) -> None:
    project.render(
        {"D": ir.String(format=scalars.Decimal(bounds=scalars.Bounds(ge="0"), allow_special=True))}
    )
    values = ["Infinity", "-Infinity", "NaN", "1E+400", "-1E+400"]
    type_ = limited(Decimal, ge=0, allow_inf_nan=True)
    assert [each.ok for each in project.parse([("D", json.dumps(value)) for value in values])] == [
        reads(type_, value) for value in values
    ]


def floats() -> list[tuple[float, float]]:
    pairs = []
    for _ in range(400):
        step = RANDOM.choice(
            [0.1, 0.01, 0.07, 1.0, 3.0, 0.5, 1e-3, 0.3, 2.5, RANDOM.uniform(1e-3, 100)]
        )
        times = RANDOM.choice(
            [0, 1, -1, 7, RANDOM.randrange(-(10**6), 10**6), RANDOM.randrange(10**15)]
        )
        near = RANDOM.choice(
            [0, 0, 1e-10, 9.9e-10, 1.01e-9, -1e-9, 5e-9, step / 2, RANDOM.uniform(-step, step)]
        )
        pairs.append((step, times * step + near))
    return pairs


def test_multiples_of_a_float_are_those_of_pydantic(project: Project) -> None:
    pairs = floats()
    steps = sorted({step for step, _ in pairs})
    project.render({f"S{index}": ir.Number(multiple_of=step) for index, step in enumerate(steps)})
    answers = project.parse([(f"S{steps.index(step)}", repr(value)) for step, value in pairs])
    expected = [reads(limited(float, multiple_of=step), value) for step, value in pairs]
    assert [each.ok for each in answers] == expected
    assert expected.count(True) > 100 < expected.count(False)


INTEGERS = [
    0,
    -0,
    1,
    -1,
    2,
    3,
    4,
    6,
    7,
    -6,
    10,
    255,
    2**31,
    2**53 - 1,
    2**53,
    2**53 + 2,
    -(2**53),
    10**21,
    2**60,
    2**63 - 1,
    2**64,
    1.5,
    1.0,
]


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"ge": 0},
        {"gt": 0},
        {"le": 10},
        {"lt": 10},
        {"ge": 0, "le": 10},
        {"gt": -1, "lt": 2**53},
        {"ge": 0, "le": 2**53},
        {"ge": -(2**63), "le": 2**63 - 1},
        {"ge": 2**60},
        {"le": -(2**53)},
        {"multiple_of": 3},
        {"multiple_of": 2, "ge": 0, "le": 2**53 - 1},
    ],
)
def test_integers_of_any_size(project: Project, limits: dict[str, int]) -> None:
    project.render({"I": ir.Integer(**limits)})
    answers = project.parse([("I", json.dumps(value)) for value in INTEGERS])
    # What a number is after JSON.parse: rounded to a double. Beyond 2**53 a step can't be judged, and no value is refused for it.
    rounded = [int(float(value)) if isinstance(value, int) else value for value in INTEGERS]
    safe = (
        {**limits}
        if "multiple_of" not in limits
        else {k: v for k, v in limits.items() if k != "multiple_of"}
    )
    expected = [
        reads(limited(int, **limits), value)
        or (abs(value) > 2**53 - 1 and reads(limited(int, **safe), value))
        for value in rounded
    ]
    exact = {**limits, **({"le": int(float(limits["le"]))} if "le" in limits else {})}
    if exact != limits:  # a bound between two doubles admits the value that it is rounded to
        expected = [reads(limited(int, **exact), value) for value in rounded]
    assert [each.ok for each in answers] == expected


def test_numbers(project: Project) -> None:
    project.render({"N": ir.Number(gt=-0.5, le=1e300), "F": ir.Number(ge=float("-inf"), lt=2.5e-7)})
    values = ["-0.5", "-0.4999", "1e300", "1.1e300", "0", "-0", "1e400", "null", '"1"', "true"]
    assert [each.ok for each in project.parse([("N", value) for value in values])] == [
        False,
        True,
        True,
        False,
        True,
        True,
        *[False] * 4,
    ]
    assert [
        each.ok
        for each in project.parse([("F", value) for value in ("2.5e-7", "2.4e-7", "-1e308")])
    ] == [False, True, True]
