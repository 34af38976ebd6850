"""
Every scalar has all its parts, and they agree. What a scalar lacks fails here under its name, with the file where it belongs.

A method that a class lacks altogether is reported by mypy, at the registry in ``samewire/scalars/__init__.py``.
"""

from __future__ import annotations

import dataclasses
import decimal
import inspect
import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Annotated, get_args

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from samewire import ir
from samewire.scalars import FORMATS, SCALARS, Format, Ordered, Scalar
from samewire.scalars.base import Draw
from samewire.scalars.bounds import Bounds
from samewire.scalars.checks import Argument, Predicate
from samewire.scalars.decimals import Decimal
from samewire.targets.typescript.runtime import load
from samewire.values import edges, is_valid, near_misses

from tests.unit.lower.support import type_of

VARIANTS = [
    each
    for scalar in SCALARS
    if isinstance(scalar, Format)
    for each in dict.fromkeys((*scalar.variants(), *scalar.named().values()))
]
of_every_scalar = pytest.mark.parametrize(
    "scalar", SCALARS, ids=[type(each).__name__ for each in SCALARS]
)
of_every_format = pytest.mark.parametrize(
    "format_", VARIANTS, ids=[f"{type(each).__name__}-{each.label()}" for each in VARIANTS]
)


def home(scalar: Scalar) -> str:
    """Where the scalar is written, for messages."""
    return Path(inspect.getfile(type(scalar))).name


def concrete(class_: type[Scalar]) -> Iterator[type[Scalar]]:
    for each in class_.__subclasses__():
        yield from concrete(each)
        # A dataclass with slots is made twice; the first one is not what the module has.
        if (
            not inspect.isabstract(each)
            and getattr(inspect.getmodule(each), each.__name__, None) is each
        ):
            yield each


def test_every_class_is_registered() -> None:
    registered = {type(each) for each in SCALARS}
    missing = [each.__name__ for each in concrete(Scalar) if each not in registered]
    assert missing == [], f"add {missing} to SCALARS in scalars/__init__.py"


@of_every_scalar
def test_a_feature_case_has_it(scalar: Scalar, repo_root: Path) -> None:
    features = repo_root / "tests" / "conformance" / "features"
    code = "\n".join(each.read_text(encoding="utf-8") for each in features.glob("*.py"))
    assert scalar.annotations, f"{home(scalar)}: annotations"
    missing = [each for each in scalar.annotations if not re.search(rf": .*\b{each}\b", code)]
    assert missing == [], f"add a case with a field of these types to {features}"


@of_every_scalar
def test_the_documentation_has_it(scalar: Scalar, repo_root: Path) -> None:
    text = (repo_root / "docs" / "schema-format.md").read_text(encoding="utf-8")
    table = text.partition("## Types\n")[2].partition("\n## ")[0]
    words = set(re.findall(r"\w[\w-]*", " ".join(re.findall(r"`[^`]+`", table))))
    names = {*scalar.annotations, *(scalar.named() if isinstance(scalar, Format) else ())}
    assert words & names, f"add a row for one of {sorted(names)} to docs/schema-format.md"


@of_every_format
def test_it_is_a_frozen_value(format_: Format) -> None:
    assert hash(format_) == hash(dataclasses.replace(format_)), f"{home(format_)}: frozen dataclass"


@of_every_format
def test_its_document_is_read_back(format_: Format) -> None:
    assert type_of(format_.document()) == ir.String(format=format_)


@of_every_format
def test_the_runtime_has_what_it_names(format_: Format, repo_root: Path) -> None:
    runtime = load(repo_root / "templates" / "typescript" / "runtime", "zod")
    named = [
        format_.predicate(),
        *(each for each in format_.limits() if isinstance(each, Predicate)),
    ]
    functions = [each.name for each in named]
    functions += [format_.comparison()] if isinstance(format_, Ordered) else []
    missing = [each for each in functions if each not in runtime.homes]
    assert missing == [], f"{home(format_)} names what templates/typescript/runtime does not export"
    assert all(each.message for each in named)
    assert all(
        isinstance(value, (*get_args(Argument)[:4], tuple))
        for each in named
        for value in each.arguments
    )


@of_every_format
def test_it_has_examples(format_: Format) -> None:
    texts = list(format_.edges())
    assert len(texts) >= 2, f"{home(format_)}: edges"
    assert [text for text in texts if not format_.fits(text)] == []
    assert list(edges(ir.String(format=format_), {}))


@of_every_format
def test_it_has_near_misses(format_: Format) -> None:
    assert list(format_.invalid()), f"{home(format_)}: invalid"
    assert [text for text, _ in format_.invalid() if not format_.fits(text)], (
        f"{home(format_)}: fits"
    )
    value = next(format_.edges())
    misses = [each.value for each in near_misses(ir.String(format=format_), {}, value)]
    assert any(not is_valid(ir.String(format=format_), {}, each) for each in misses)


@of_every_format
def test_a_drawn_text_fits_now_and_then(format_: Format) -> None:
    from samewire.values import Draw, values

    type_ = ir.String(format=format_)
    make = values(type_, {})
    assert make is not None
    texts = [make(Draw(Random(seed)), 0) for seed in range(20)]
    assert [json.dumps(text) for text in texts if not is_valid(type_, {}, text)] == []


def test_labels_are_of_one_format_each() -> None:
    labels = [
        each.label()
        for scalar in SCALARS
        if isinstance(scalar, Format)
        for each in scalar.variants()
    ]
    assert sorted(labels) == sorted(set(labels))


def test_formats_have_one_name_each_in_documents() -> None:
    names = [name for scalar in SCALARS if isinstance(scalar, Format) for name in scalar.named()]
    assert sorted(names) == sorted(FORMATS)


def test_what_draws_is_known() -> None:
    from samewire.values import Draw as Drawn

    parts = [name for name in vars(Draw) if not name.startswith("_")]
    assert [name for name in parts if not hasattr(Drawn, name)] == []


def test_digits_are_counted_as_pydantic_does() -> None:
    texts = (
        *("0", "0.0", "0.00", "0.000", "-0", "-0.00", "0E+3", "0E-5", "1", "1.0", "1.00", "10"),
        *("100", "1E+2", "0.01", "0.1", "12.50", "120", "99.9", "999", "0.000000", "1E-3"),
    )
    for most, places in product((None, 1, 2, 3, 5), (None, 0, 1, 2, 3)):
        format_ = Decimal(most, places)
        limits = Field(max_digits=most, decimal_places=places)
        adapter = TypeAdapter(Annotated[decimal.Decimal, limits])
        for text in texts:
            try:
                adapter.validate_json(f'"{text}"')
            except ValidationError:
                assert not format_.fits(text), (text, most, places)
            else:
                assert format_.fits(text) or str(decimal.Decimal(text)) != text, (
                    text,
                    most,
                    places,
                )


@pytest.mark.parametrize("places", [0, 2, 9, 17])
def test_each_decimal_that_is_drawn_is_one(places: int) -> None:
    """Zero in steps of 1E-9 is written with an exponent, too."""
    from samewire.values import Draw as Drawn

    format_ = Decimal(decimal_places=places, bounds=Bounds(ge="0", le="1"))
    for seed in range(500):
        decimal.Decimal(format_.draw(Drawn(Random(seed))))
