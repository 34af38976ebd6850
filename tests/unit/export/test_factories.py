"""Default factories that do not come back."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

import pytest
from pydantic import BaseModel, Field
from samewire.export import factories

from tests.unit.export.support import definitions, export


def sleep() -> int:
    time.sleep(60)
    return 1


def leave() -> int:
    os._exit(3)


@pytest.mark.parametrize(
    ("factory", "what"),
    [
        (sleep, "test_factories:sleep takes longer than"),
        (leave, "test_factories:leave ends the process"),
        (sys.exit, "sys:exit ends the process"),
    ],
)
def test_a_factory_that_does_not_come_back_is_named(
    monkeypatch: pytest.MonkeyPatch, factory: Callable[[], int], what: str
) -> None:
    monkeypatch.setattr(factories, "SECONDS", 0.1)
    monkeypatch.setattr(os, "_exit", os._exit)  # restored after the test

    class Root(BaseModel):
        a: int = Field(default_factory=factory)

    result = export(emits=(Root,), accepts=(Root,))
    assert definitions(result)["Root"]["properties"]["a"] == {"type": "integer"}
    [warning] = result.warnings
    assert (warning.code, warning.where.rpartition(":")[2]) == (
        "default-factory",
        f"{Root.__qualname__}.a",
    )
    assert what in warning.message


def test_a_factory_that_raises_leaves_its_field_as_it_is() -> None:
    class Root(BaseModel):
        a: int = Field(default_factory=lambda: 1 // 0)

    result = export(emits=(Root,))
    assert definitions(result)["Root"]["properties"]["a"] == {"type": "integer"}
    assert result.warnings == ()
