"""Functions in core schemas: whose they are, and whether they may change the value that they check."""

from __future__ import annotations

import dis
import functools
import inspect
from typing import Any, Final

from samewire.coreschema.code import validator_function
from samewire.coreschema.wrappers import CoreSchema

_PYDANTICS: Final = ("pydantic", "pydantic_core", "pydantic_extra_types", "annotated_types")
# Of the standard library: the constructors that Pydantic calls.
_CONSTRUCTORS: Final = ("ipaddress", "pathlib", "uuid", "decimal", "datetime")
_LOADS: Final = ("LOAD_FAST", "LOAD_FAST_BORROW", "LOAD_FAST_CHECK")


def inner_function(function: Any) -> Any:
    """
    The function that partial applications of it call.

    >>> inner_function(functools.partial(len)) is len
    True
    """
    while isinstance(function, functools.partial):
        function = function.func
    return function


def is_pydantics(function: object) -> bool:
    """Whether a validator comes with Pydantic, or with its package of extra types, so that what it returns is known."""
    target = inner_function(function)
    package = (getattr(target, "__module__", None) or "").partition(".")[0]
    return package in _PYDANTICS or package in _CONSTRUCTORS


def is_limit(core: CoreSchema) -> bool:
    """Whether Pydantic checks a limit, for which the type inside has no word, in a function of its own."""
    if core["type"] != "function-after":
        return False
    target = inner_function(validator_function(core))
    return getattr(target, "__module__", "") == "pydantic._internal._validators"


def returns_its_argument(function: object) -> bool:
    """
    Whether a function gives back the value that it is called with, whenever it returns: it checks and does not change.

    Read from its bytecode, so that a function that builds its result is one that may change the value.

    >>> returns_its_argument(lambda value: value), returns_its_argument(str.upper)
    (True, False)
    """
    bound = inspect.ismethod(function)
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None or code.co_argcount < (2 if bound else 1):
        return False
    if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        return False
    name = code.co_varnames[1 if bound else 0]
    before: dis.Instruction | None = None
    for step in dis.get_instructions(code):
        if step.opname.startswith(("STORE_FAST", "DELETE_FAST")) and name in _stored(step):
            return False
        if step.opname.startswith("RETURN") and not _is_return_of(name, step, before):
            return False
        before = step
    return True


def _is_return_of(name: str, step: dis.Instruction, before: dis.Instruction | None) -> bool:
    if step.opname != "RETURN_VALUE" or step.is_jump_target or before is None:
        return False
    if before.opname == "STORE_FAST_LOAD_FAST":
        return bool(before.argval[-1] == name)
    return before.opname in _LOADS and before.argval == name


def _stored(step: dis.Instruction) -> tuple[str, ...]:
    """The variables that an instruction sets; one that also reads a variable names it last."""
    names = step.argval if isinstance(step.argval, tuple) else (step.argval,)
    return names[:1] if step.opname == "STORE_FAST_LOAD_FAST" else names
